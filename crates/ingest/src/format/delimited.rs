//! Tables with a header: comma, semicolon, tab or bar between fields, quoted
//! as RFC 4180 has it (<https://www.rfc-editor.org/rfc/rfc4180>). Columns are
//! told by their names, among them those of Scopus, Web of Science, Embase,
//! PubMed, IEEE, Springer, Zotero, EndNote, Google Scholar, Dimensions, Lens,
//! CORD-19 (<https://github.com/allenai/cord19>) and ASReview; a [`Mapping`] says
//! which column is what where names are strange. The header may come after a
//! few lines of something else.

mod cell;
mod columns;
mod layout;
mod mapping;
mod own;
mod row;
mod rows;
mod transposed;

pub use mapping::{Mapping, MappingError};
pub use transposed::Transposed;

use std::io::BufRead;
use std::path::{Path, PathBuf};

use self::layout::Layout;
use self::rows::{Fault, Rows};
use super::{Confidence, Format, Head, Item, Items};
use crate::draft::Origin;
use crate::error::{Place, ReadError, ReadErrorKind};
use crate::source::HEAD_BYTES;

/// The longest row in bytes.
const MAX_ROW_BYTES: usize = 16 << 20;

/// A table whose columns are told by their names.
#[derive(Debug, Clone, Copy)]
pub struct Delimited;

/// A table of which a person has named columns.
#[derive(Debug, Clone)]
pub struct Mapped(pub Mapping);

impl Format for Delimited {
    fn name(&self) -> &'static str {
        "CSV"
    }

    fn source(&self) -> &'static str {
        "csv"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        sniff(head, None)
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        open(input, path, None)
    }
}

impl Format for Mapped {
    fn name(&self) -> &'static str {
        "CSV"
    }

    fn source(&self) -> &'static str {
        "csv"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        sniff(head, Some(&self.0))
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        open(input, path, Some(self.0.clone()))
    }
}

fn sniff(head: &Head<'_>, mapping: Option<&Mapping>) -> Confidence {
    match layout::find(head.bytes, mapping) {
        Some(layout) if layout.n_known > 1 => Confidence::Likely,
        Some(_) => Confidence::Possible,
        None => Confidence::No,
    }
}

fn open<'a>(
    input: Box<dyn BufRead + Send + 'a>,
    path: &Path,
    mapping: Option<Mapping>,
) -> Items<'a> {
    Box::new(Reader {
        rows: Rows::new(input, MAX_ROW_BYTES),
        mapping,
        layout: None,
        path: path.to_path_buf(),
        ended: false,
    })
}

struct Reader<R> {
    rows: Rows<R>,
    mapping: Option<Mapping>,
    /// The columns, once the header is read.
    layout: Option<Layout>,
    path: PathBuf,
    ended: bool,
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        if self.layout.is_none()
            && let Err(kind) = self.start()
        {
            self.ended = true;
            return Some(Err(ReadError::new(&self.path, Place::Line(1), kind, b"")));
        }
        let layout = self.layout.as_ref()?;
        let mut row = match self.rows.read() {
            Ok(row) => row?,
            Err(Fault { line, kind, raw }) => {
                self.ended = matches!(kind, ReadErrorKind::Io(_));
                return Some(Err(ReadError::new(
                    &self.path,
                    Place::Line(line),
                    kind,
                    &raw,
                )));
            }
        };
        if layout.is_own {
            own::without_guards(&mut row.fields);
        }
        let mut draft = row::to_draft(layout, &row.fields);
        draft.origin = Origin::new(Place::Line(row.line), row.raw);
        Some(Ok(Item::Draft(Box::new(draft))))
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads the header.
    fn start(&mut self) -> Result<(), ReadErrorKind> {
        let head = self.rows.head(HEAD_BYTES)?;
        let layout =
            layout::find(head, self.mapping.as_ref()).ok_or_else(|| ReadErrorKind::Malformed {
                format: "CSV",
                reason: "no column is called title or abstract".to_owned(),
            })?;
        self.rows
            .start(layout.separator, layout.n_fields, layout.header_end);
        self.layout = Some(layout);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
