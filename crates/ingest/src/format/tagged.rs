//! What the tagged text formats share: a tag and a value a line, lines
//! without a tag that go on with the value before them, records one after
//! another. RIS, MEDLINE, Web of Science and Refer differ in how a line is
//! told to have a tag, and in what opens and closes a record.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::plain::PlainLines;
use super::{Item, Items};
use crate::draft::{Draft, Origin};
use crate::error::{Place, ReadError, ReadErrorKind};

/// The longest record in bytes.
const MAX_RECORD_BYTES: usize = 16 << 20;

/// A tagged format.
#[derive(Clone, Copy)]
pub(super) struct Grammar {
    /// Takes a line apart, if it has a tag.
    pub(super) split: fn(&str) -> Option<Split<'_>>,
    /// What a tag does to the record, if one is open.
    pub(super) role: fn(tag: &str, open: Option<&Fields>) -> Role,
    /// Makes a draft of a record.
    pub(super) draft: fn(&Fields) -> Draft,
}

/// A line with a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Split<'a> {
    pub(super) tag: &'a str,
    pub(super) value: &'a str,
    /// Whether it is spaced as the format wants it. A line that is not is
    /// taken for text, unless the record was opened by such a line.
    pub(super) strict: bool,
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins a record, and ends the one before.
    Opens,
    /// Belongs to the record that is open, or begins one.
    Within,
    /// Ends the record.
    Closes,
    /// Belongs to none.
    Outside,
}

/// The fields of a record in order.
#[derive(Debug, Default)]
pub(super) struct Fields {
    list: Vec<(Box<str>, String)>,
    line: u64,
    start: Vec<u8>,
    n_bytes: usize,
    /// A blank line was the last one.
    pub(super) after_blank: bool,
    loose: bool,
}

impl Fields {
    /// Every field, the lines of a value with `\n` between them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let list = self.list.iter();
        list.map(|(tag, value)| (&**tag, value.trim()))
    }

    /// The values of a tag that are not empty.
    pub(super) fn all<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self
            .iter()
            .filter(move |(name, value)| *name == tag && !value.is_empty());
        named.map(|(_, value)| value)
    }

    /// The first value of the first tag that has one.
    pub(super) fn first<'a>(&'a self, tags: &[&'a str]) -> Option<&'a str> {
        tags.iter().find_map(|tag| self.all(tag).next())
    }

    /// As [`Fields::first`], copied.
    pub(super) fn text(&self, tags: &[&str]) -> Option<String> {
        tags.iter()
            .find_map(|tag| self.all(tag).next().map(str::to_owned))
    }

    /// All values of a tag as one text.
    pub(super) fn joined(&self, tag: &str) -> String {
        self.all(tag).collect::<Vec<_>>().join("\n")
    }

    /// Whether a tag has been seen.
    pub(super) fn has(&self, tag: &str) -> bool {
        self.iter().any(|(name, _)| name == tag)
    }
}

/// Reads the records of a tagged format.
pub(super) fn records<'a>(
    input: Box<dyn BufRead + Send + 'a>,
    path: &Path,
    grammar: Grammar,
) -> Items<'a> {
    Box::new(Reader {
        lines: PlainLines::new(input, MAX_RECORD_BYTES),
        path: path.to_path_buf(),
        grammar,
        open: None,
        failure: None,
        ended: false,
    })
}

struct Reader<R> {
    lines: PlainLines<R>,
    path: PathBuf,
    grammar: Grammar,
    open: Option<Fields>,
    failure: Option<ReadError>,
    ended: bool,
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            if let Some(done) = self.read_line() {
                return Some(self.finish(&done));
            }
        }
        // A record that the input broke off in is no fault of its own.
        if let Some(failure) = self.failure.take() {
            self.open = None;
            return Some(Err(failure));
        }
        let last = self.open.take()?;
        Some(self.finish(&last))
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads a line; the record that it ends.
    fn read_line(&mut self) -> Option<Fields> {
        let line = match self.lines.read() {
            None => {
                self.ended = true;
                return None;
            }
            Some(Err(bad)) if matches!(bad.kind, ReadErrorKind::Io(_)) => {
                self.ended = true;
                self.failure = Some(bad.into_error(&self.path));
                return None;
            }
            Some(Err(_)) => {
                if let Some(open) = &mut self.open {
                    open.n_bytes = MAX_RECORD_BYTES + 1;
                }
                return None;
            }
            Some(Ok(line)) => line,
        };
        let text = line.text.trim_end();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let is_loose = self.open.as_ref().is_some_and(|open| open.loose);
        let split = (self.grammar.split)(text).map(|split| {
            let role = (self.grammar.role)(split.tag, self.open.as_ref());
            (split, role)
        });
        let Some((split, role)) = split.filter(|(split, role)| {
            split.strict || is_loose || matches!(role, Role::Opens | Role::Closes)
        }) else {
            if let Some(open) = &mut self.open {
                open.go_on(text);
            }
            return None;
        };
        match role {
            Role::Outside => None,
            Role::Closes => self.open.take(),
            Role::Within => {
                let open = self
                    .open
                    .get_or_insert_with(|| Fields::new(line.number, split));
                open.push(split, text);
                None
            }
            Role::Opens => {
                let mut next = Fields::new(line.number, split);
                next.push(split, text);
                self.open.replace(next)
            }
        }
    }

    fn finish(&self, fields: &Fields) -> Result<Item, ReadError> {
        let place = Place::Line(fields.line);
        if fields.n_bytes > MAX_RECORD_BYTES {
            let kind = ReadErrorKind::RecordTooLong {
                limit: MAX_RECORD_BYTES,
            };
            return Err(ReadError::new(&self.path, place, kind, &fields.start));
        }
        let mut draft = (self.grammar.draft)(fields);
        draft.origin = Origin::new(place, &fields.start);
        Ok(Item::Draft(Box::new(draft)))
    }
}

impl Fields {
    fn new(line: u64, split: Split<'_>) -> Fields {
        Fields {
            line,
            loose: !split.strict,
            ..Fields::default()
        }
    }

    fn push(&mut self, split: Split<'_>, line: &str) {
        self.grow(line);
        self.after_blank = false;
        if self.n_bytes <= MAX_RECORD_BYTES {
            self.list.push((split.tag.into(), split.value.to_owned()));
        }
    }

    /// A line without a tag goes on with the last value.
    fn go_on(&mut self, line: &str) {
        self.grow(line);
        self.after_blank = line.is_empty();
        if let Some((_, value)) = self.list.last_mut().filter(|_| !line.is_empty())
            && self.n_bytes <= MAX_RECORD_BYTES
        {
            value.push('\n');
            value.push_str(line.trim_start());
        }
    }

    fn grow(&mut self, line: &str) {
        self.n_bytes += line.len() + 1;
        if self.start.len() < 400 {
            self.start.extend_from_slice(line.as_bytes());
            self.start.push(b'\n');
        }
    }
}
