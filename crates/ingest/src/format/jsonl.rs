//! JSON Lines: one JSON object a line (<https://jsonlines.org>), with the
//! field names that scholarly collections use and their common aliases. Reads
//! among others arXiv's metadata snapshot (<https://www.kaggle.com/datasets/Cornell-University/arxiv>),
//! BEIR's `corpus.jsonl` (<https://github.com/beir-cellar/beir/wiki>), papers and
//! abstracts of Semantic Scholar and S2ORC, old and new
//! (<https://api.semanticscholar.org/api-docs/datasets>,
//! <https://github.com/allenai/s2orc>), results of Europe PMC
//! (<https://europepmc.org/RestfulWebService>), items of Zotero
//! (<https://www.zotero.org/support/dev/web_api/v3/basics>), works of The Lens
//! (<https://docs.api.lens.org/response-scholar.html>) and of DataCite
//! (<https://support.datacite.org/docs/api>), hits of DBLP's search, and what
//! `abs-search --format jsonl` prints.

mod authors;
mod beside;
mod external;
mod full_text;
mod keys;
mod nested;
mod object;
mod person;
mod spans;
mod terms;
mod typed;
pub(super) mod value;

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::{Confidence, Format, Head, Item, Items};
use crate::draft::{Draft, Origin};
use crate::error::{Place, ReadError, ReadErrorKind};
use crate::lines::{Line, Lines, MAX_LINE_BYTES};

pub(super) use object::malformed;
pub use object::parse;

/// How many lines of a file are looked at for one that is an object.
const SNIFFED_LINES: usize = 100;

/// One JSON object a line.
#[derive(Debug, Clone, Copy)]
pub struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "JSON Lines"
    }

    fn source(&self) -> &'static str {
        "json"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let mut lines = head.lines().take(SNIFFED_LINES);
        match lines.next() {
            Some(first) if opens_object(first) => Confidence::Likely,
            // A first line that is damaged must not cost the others.
            Some(_) if lines.any(|line| opens_object(line) && line.ends_with(b"}")) => {
                Confidence::Possible
            }
            _ => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        Box::new(Reader::new(input, path, read))
    }
}

/// Whether a line starts with `{` and a key: in JSON that is printed over
/// several lines the brace stands alone.
fn opens_object(line: &[u8]) -> bool {
    line.strip_prefix(b"{")
        .is_some_and(|rest| matches!(rest.trim_ascii_start(), [b'"' | b'}', ..]))
}

/// One line's record.
type ReadLine = fn(Line<'_>) -> Result<Draft, ReadErrorKind>;

/// Reads a line after the other, each with `read`; blank ones are passed over.
pub(super) struct Reader<R> {
    lines: Lines<R>,
    path: PathBuf,
    read: ReadLine,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn new(input: R, path: &Path, read: ReadLine) -> Reader<R> {
        Reader {
            lines: Lines::new(input, MAX_LINE_BYTES),
            path: path.to_path_buf(),
            read,
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            // Files put together have a byte order mark where each began.
            let line = self.lines.read()?.map(|line| Line {
                text: line.text.trim_start_matches('\u{feff}'),
                ..line
            });
            return Some(match line {
                Ok(line) if line.text.trim().is_empty() => continue,
                Ok(line) => (self.read)(line)
                    .map(|draft| Item::Draft(Box::new(draft)))
                    .map_err(|kind| {
                        let place = Place::Line(line.number);
                        ReadError::new(&self.path, place, kind, line.text.as_bytes())
                    }),
                Err(bad) => Err(bad.into_error(&self.path)),
            });
        }
    }
}

fn read(line: Line<'_>) -> Result<Draft, ReadErrorKind> {
    let mut draft = parse(line.text)?;
    draft.origin = Origin::new(Place::Line(line.number), line.text.as_bytes());
    Ok(draft)
}

#[cfg(test)]
mod tests;
