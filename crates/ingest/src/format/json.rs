//! JSON that is more than one line a record: a top-level array of objects,
//! objects printed over several lines, or a page that a service wrapped
//! around its records (`{"results": […]}`). The field names are those of
//! [`JsonLines`](super::JsonLines). (RFC 8259; RFC 7464 for the record
//! separators that may stand before each object.)

mod elements;
mod scan;

use std::io::BufRead;
use std::path::{Path, PathBuf};

use self::elements::{Element, Elements};
use super::{Confidence, Format, Head, Item, Items, jsonl};
use crate::draft::{Draft, Origin};
use crate::error::{ReadError, ReadErrorKind};

/// JSON objects in an array, in a page, or over several lines.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "JSON"
    }

    fn source(&self) -> &'static str {
        "json"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match shape(head.bytes) {
            Shape::Other | Shape::Lines => Confidence::No,
            Shape::Records => Confidence::Likely,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        records(input, path, jsonl::parse)
    }
}

pub(super) use jsonl::malformed;

/// Reads one record.
pub(super) type Parse = fn(&str) -> Result<Draft, ReadErrorKind>;

/// The records of any JSON: lines, arrays, pages.
pub(super) fn records<'a>(
    input: Box<dyn BufRead + Send + 'a>,
    path: &Path,
    parse: Parse,
) -> Items<'a> {
    Box::new(Reader {
        elements: Elements::new(input),
        path: path.to_path_buf(),
        parse,
    })
}

struct Reader<R> {
    elements: Elements<R>,
    path: PathBuf,
    parse: Parse,
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Element { place, text } = self.elements.read()?;
        Some(match text {
            Ok(text) => match (self.parse)(text) {
                Ok(mut draft) => {
                    draft.origin = Origin::new(place, text.as_bytes());
                    Ok(Item::Draft(Box::new(draft)))
                }
                Err(kind) => Err(ReadError::new(&self.path, place, kind, text.as_bytes())),
            },
            Err(bad) => Err(ReadError::new(&self.path, place, bad.kind, &bad.raw)),
        })
    }
}

/// How a file starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// An object a line.
    Lines,
    /// An array of objects, a page, or objects over several lines.
    Records,
    /// No JSON objects.
    Other,
}

/// Tells the shape of a file from its start.
pub(super) fn shape(head: &[u8]) -> Shape {
    let start = skip_blanks(head);
    match start {
        [b'[', rest @ ..] => {
            let mut rest = skip_blanks(rest);
            while let [b'[', more @ ..] = rest {
                rest = skip_blanks(more);
            }
            match rest {
                [b'{', rest @ ..] if opens_member(rest) => Shape::Records,
                // An empty list is one of no records.
                [b']', rest @ ..] if skip_blanks(rest).is_empty() => Shape::Records,
                _ => Shape::Other,
            }
        }
        [b'{', rest @ ..] if opens_member(rest) => {
            let line = start.split(|&b| b == b'\n').next().unwrap_or_default();
            let line = line.trim_ascii_end();
            let is_cut = line.len() == start.trim_ascii_end().len();
            let is_whole = line.ends_with(b"}");
            if (is_whole || is_cut) && line.len() > 1 && !is_page(line) {
                Shape::Lines
            } else {
                Shape::Records
            }
        }
        _ => Shape::Other,
    }
}

fn skip_blanks(bytes: &[u8]) -> &[u8] {
    let is_blank = |b: &u8| b.is_ascii_whitespace() || *b == 0x1e;
    let n = bytes.iter().take_while(|b| is_blank(b)).count();
    &bytes[n..]
}

/// Whether an object goes on as one does after its brace.
fn opens_member(rest: &[u8]) -> bool {
    matches!(skip_blanks(rest), [b'"' | b'}', ..] | [])
}

/// Whether one line is a page of records, `{"meta": {…}, "results": [{…`, or
/// has several of them, `{…}{…}`.
fn is_page(line: &[u8]) -> bool {
    let mut elements = Elements::new(line);
    elements.read().is_none()
        || elements.is_wrapped()
        || elements.read().is_some_and(|second| second.text.is_ok())
}

#[cfg(test)]
mod tests;
