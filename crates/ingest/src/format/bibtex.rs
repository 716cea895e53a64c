//! BibTeX and BibLaTeX, as people and exporters write it. Sources: Patashnik,
//! *BibTeXing* (1988, in every TeX distribution), the manual of BibLaTeX
//! (<https://ctan.org/pkg/biblatex>, section 2), and what Scopus, Web of
//! Science, EBSCO, ACM, Wiley and DBLP export.
//!
//! The file is read in pieces, each from one `@type{` that opens a line to the
//! next, so that a broken entry costs only itself. In a piece the grammar
//! comes first; where braces or quotes do not close, fields are told by the
//! lines they start on.

mod author;
mod crossref;
mod draft;
mod entry;
mod journal;
mod latex;
mod lenient;

use std::collections::{HashMap, VecDeque};
use std::io::BufRead;
use std::path::{Path, PathBuf};

use self::crossref::{Crossrefs, Links};
use self::entry::{Entries, Entry, Parsed};
use super::plain::{PlainLines, decode, head_lines};
use super::{Confidence, Format, Head, Item, Items};
use crate::draft::{Draft, Origin};
use crate::error::{MAX_EXCERPT_CHARS, Place, ReadError, ReadErrorKind};
use crate::lines::BadLine;

/// The longest entry in bytes.
const MAX_ENTRY_BYTES: usize = 16 << 20;

/// The most text that `@string` may keep in memory.
const MAX_MACRO_BYTES: usize = 16 << 20;

/// BibTeX and BibLaTeX.
#[derive(Debug, Clone, Copy)]
pub struct Bibtex;

impl Format for Bibtex {
    fn name(&self) -> &'static str {
        "BibTeX"
    }

    fn source(&self) -> &'static str {
        "bibtex"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let mut is_first = true;
        for line in head_lines(head.bytes) {
            let line = line.trim_start_matches('\u{feff}').trim();
            if opens_entry(line) {
                return if is_first {
                    Confidence::Certain
                } else {
                    Confidence::Likely
                };
            }
            // What is outside of entries is a comment; most start with `%`.
            is_first &= line.is_empty() || line.starts_with('%');
        }
        Confidence::No
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        Box::new(Reader {
            lines: PlainLines::new(input, MAX_ENTRY_BYTES),
            path: path.to_path_buf(),
            macros: Macros::default(),
            crossrefs: Crossrefs::default(),
            piece: Piece::default(),
            ready: VecDeque::new(),
            ended: false,
        })
    }
}

/// Whether a line starts with `@type{` or `@type(`; Mendeley has `@web_page{`.
fn opens_entry(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('@') else {
        return false;
    };
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let after = rest.trim_start_matches(in_name);
    rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && after.trim_start().starts_with(['{', '('])
}

/// The start of a line that is too long.
fn start(line: &BadLine<'_>) -> String {
    decode(&line.raw[..line.raw.len().min(4 * MAX_EXCERPT_CHARS)]).into_owned()
}

/// What `@string` defined.
#[derive(Default)]
struct Macros {
    texts: HashMap<String, String>,
    n_bytes: usize,
}

impl Macros {
    fn define(&mut self, name: &str, text: String) {
        self.n_bytes += name.len() + text.len();
        if self.n_bytes <= MAX_MACRO_BYTES {
            self.texts.insert(name.to_ascii_lowercase(), text);
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let text = self.texts.get(&name.to_ascii_lowercase());
        text.map(String::as_str)
    }
}

/// Lines from one that opens an entry to the next that does.
#[derive(Default)]
struct Piece {
    text: String,
    /// The number of its first line.
    first: u64,
    too_long: bool,
}

struct Reader<R> {
    lines: PlainLines<R>,
    path: PathBuf,
    macros: Macros,
    crossrefs: Crossrefs,
    piece: Piece,
    ready: VecDeque<Result<Item, ReadError>>,
    ended: bool,
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.ended {
                return None;
            }
            self.read_piece();
        }
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads up to the next line that opens an entry, and what is before it.
    fn read_piece(&mut self) {
        let mut failure = None;
        let next = loop {
            match self.lines.read() {
                None => break None,
                Some(Ok(line)) if opens_entry(&line.text) => {
                    let mut text = line.text.into_owned();
                    text.push('\n');
                    break Some(Piece {
                        text,
                        first: line.number,
                        too_long: false,
                    });
                }
                Some(Ok(line)) => {
                    let piece = &mut self.piece;
                    piece.too_long |= piece.text.len() + line.text.len() > MAX_ENTRY_BYTES;
                    if !piece.too_long {
                        piece.text.push_str(&line.text);
                        piece.text.push('\n');
                    }
                }
                Some(Err(bad)) if matches!(bad.kind, ReadErrorKind::Io(_)) => {
                    failure = Some(bad.into_error(&self.path));
                    break None;
                }
                Some(Err(bad)) if opens_entry(&start(&bad)) => {
                    break Some(Piece {
                        text: start(&bad),
                        first: bad.number,
                        too_long: true,
                    });
                }
                Some(Err(_)) => self.piece.too_long = true,
            }
        };
        self.ended = next.is_none();
        let piece = std::mem::replace(&mut self.piece, next.unwrap_or_default());
        // An entry that the input broke off in is no fault of its own.
        if failure.is_none() {
            self.parse(&piece);
        }
        if self.ended {
            let rest = self.crossrefs.rest().map(item);
            self.ready.extend(rest);
        }
        self.ready.extend(failure.map(Err));
    }

    fn parse(&mut self, piece: &Piece) {
        if piece.too_long {
            let kind = ReadErrorKind::RecordTooLong {
                limit: MAX_ENTRY_BYTES,
            };
            let place = Place::Line(piece.first.max(1));
            let error = ReadError::new(&self.path, place, kind, piece.text.as_bytes());
            self.ready.push_back(Err(error));
            return;
        }
        let mut line = piece.first;
        let mut counted = 0;
        let mut entries = Entries::new(&piece.text);
        while let Some(found) = entries.next(&self.macros) {
            line += memchr::memchr_iter(b'\n', &piece.text.as_bytes()[counted..found.start]).count()
                as u64;
            counted = found.start;
            let place = Place::Line(line);
            let raw = &piece.text.as_bytes()[found.start..];
            match found.parsed {
                Parsed::Nothing => {}
                Parsed::Macro(name, text) => self.macros.define(&name, text),
                Parsed::Entry(entry) => self.entry(entry, place, raw),
                Parsed::Broken(reason) => {
                    match lenient::entry(&piece.text[found.start..], &self.macros) {
                        Some(entry) => self.entry(entry, place, raw),
                        None => {
                            let kind = ReadErrorKind::Malformed {
                                format: "BibTeX",
                                reason: reason.to_owned(),
                            };
                            let error = ReadError::new(&self.path, place, kind, raw);
                            self.ready.push_back(Err(error));
                        }
                    }
                }
            }
        }
    }

    fn entry(&mut self, entry: Entry, place: Place, raw: &[u8]) {
        let links = Links::of(&entry);
        let n_bytes = entry.fields.iter().map(|(_, value)| value.len()).sum();
        let mut draft = draft::from_entry(entry);
        draft.origin = Origin::new(place, raw);
        let complete = self.crossrefs.take(links, draft, n_bytes);
        self.ready.extend(complete.into_iter().map(item));
    }
}

fn item(draft: Draft) -> Result<Item, ReadError> {
    Ok(Item::Draft(Box::new(draft)))
}

#[cfg(test)]
mod tests;
