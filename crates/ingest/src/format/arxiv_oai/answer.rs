//! An answer to `ListRecords` as a whole: whether it is one and complete, what
//! the server says instead of records, and where the list goes on. Its records
//! are read as those of any file.

use std::ops::Range;

use abs_record::Date;

use crate::error::{CutShort, ReadErrorKind, excerpt, excerpt_up_to};
use crate::format::Head;
use crate::format::xml::{Cursor, Piece, Root, Splitter, Tag, Wanted};
use crate::source::HEAD_BYTES;

/// The longest token that is taken. It goes into an address, and servers
/// refuse those of more than some 8 thousand bytes.
pub const MAX_TOKEN_BYTES: usize = 4096;

/// What is quoted of an error. arXiv recites the protocol before it comes to
/// the reason.
const MAX_MESSAGE_CHARS: usize = 600;

/// What is said in an answer beside its records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The server's day when it answered (`responseDate`).
    pub responded: Option<Date>,
    /// What the server says instead of records; of several the first.
    pub error: Option<ServerError>,
    /// Records, deleted and unreadable ones among them.
    pub n_records: u64,
    /// The days their datestamps tell, if any does.
    pub days: Option<Days>,
    /// Where the list goes on; `None` at its end.
    pub token: Option<String>,
    /// How long the list is, where the server says so (`completeListSize`).
    pub list_size: Option<u64>,
    /// The bytes of the records that are more than were asked for.
    pub surplus: Range<usize>,
}

/// An `error` element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerError {
    /// One of the protocol's codes, `badArgument`.
    pub code: String,
    /// What the server says about it.
    pub message: String,
}

/// Datestamps in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// That of the first record.
    pub first: Date,
    /// That of the last record.
    pub last: Date,
    /// The latest.
    pub latest: Date,
    /// Whether none comes before one that is earlier.
    pub ascending: bool,
}

/// Why a body is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// Something else, such as a page for people.
    #[error("the answer is not OAI-PMH; it starts with: {0}")]
    NotOai(String),
    /// It ends too early.
    #[error("the answer is cut short: {0}")]
    CutShort(CutShort),
    /// It has neither records nor an error.
    #[error("the answer has neither records nor an error")]
    Empty,
    /// The token cannot be read, or used.
    #[error("the answer's resumption token cannot be used: {0}")]
    Token(String),
}

const WANTED: Wanted = Wanted {
    elements: &["record", "error", "responseDate", "resumptionToken"],
    tags: &["ListRecords"],
    // A record that lost its end must not swallow the token: the rest of the
    // list would be lost with it.
    breaks: &["record", "resumptionToken"],
};

impl Answer {
    /// Reads an answer; records beyond `at_most` are `surplus`.
    pub fn read(body: &[u8], at_most: u64) -> Result<Answer, AnswerError> {
        let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let head = Head {
            bytes: &text[..text.len().min(HEAD_BYTES)],
            name: "",
            whole: text.len() <= HEAD_BYTES,
        };
        if Root::find(&head).is_none_or(|root| root.name != "OAI-PMH") {
            return Err(AnswerError::NotOai(excerpt(body)));
        }
        let mut answer = Answer::default();
        let mut has_list = false;
        let mut splitter = Splitter::new(body, &WANTED);
        // Reading from memory does not fail.
        while let Ok(Some(piece)) = splitter.next() {
            match piece {
                Piece::Cut(cut) => return Err(AnswerError::CutShort(cut)),
                Piece::Tag { .. } => has_list = true,
                Piece::Bad { raw, kind, .. } if is_token(raw) => {
                    return Err(AnswerError::Token(kind.to_string()));
                }
                Piece::Bad { byte, raw, .. } => answer.record(byte, raw, at_most),
                Piece::Element {
                    byte,
                    raw,
                    encoding,
                } => {
                    let text = encoding.decode(raw);
                    let text = text.as_deref().unwrap_or_default();
                    let mut cursor = Cursor::new(text);
                    match cursor.child(0) {
                        Ok(Some(tag)) => answer.element(&tag, &mut cursor, byte, raw, at_most)?,
                        _ if is_token(raw) => return Err(AnswerError::Token(excerpt(raw))),
                        _ => answer.record(byte, raw, at_most),
                    }
                }
            }
        }
        if !has_list && answer.error.is_none() {
            return Err(AnswerError::Empty);
        }
        Ok(answer)
    }

    fn element(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        byte: u64,
        raw: &[u8],
        at_most: u64,
    ) -> Result<(), AnswerError> {
        match tag.name() {
            "record" => {
                self.record(byte, raw, at_most);
                if let Some(day) = datestamp(cursor).ok().flatten() {
                    self.days = Some(match self.days {
                        None => Days::of(day),
                        Some(days) => days.followed_by(Days::of(day)),
                    });
                }
            }
            "responseDate" => self.responded = cursor.text().ok().and_then(|text| day(&text)),
            "resumptionToken" => {
                let text = cursor.text();
                let text = text.map_err(|kind| AnswerError::Token(kind.to_string()))?;
                let text = text.trim();
                if text.len() > MAX_TOKEN_BYTES {
                    let n_bytes = text.len();
                    return Err(AnswerError::Token(format!("it has {n_bytes} bytes")));
                }
                self.token = (!text.is_empty()).then(|| text.to_owned());
                let size = tag.attribute("completeListSize");
                self.list_size = size.and_then(|size| size.trim().parse().ok());
            }
            _ => {
                let message = cursor.text().unwrap_or_default();
                let words: Vec<&str> = message.split_whitespace().collect();
                self.error.get_or_insert(ServerError {
                    code: excerpt(tag.attribute("code").unwrap_or_default().as_bytes()),
                    message: excerpt_up_to(words.join(" ").as_bytes(), MAX_MESSAGE_CHARS),
                });
            }
        }
        Ok(())
    }

    /// Counts a record, and what of it is too many.
    fn record(&mut self, byte: u64, raw: &[u8], at_most: u64) {
        self.n_records += 1;
        if self.n_records > at_most {
            let start = usize::try_from(byte).unwrap_or(usize::MAX);
            if self.surplus.is_empty() {
                self.surplus.start = start;
            }
            self.surplus.end = start.saturating_add(raw.len());
        }
    }
}

impl Days {
    fn of(day: Date) -> Days {
        Days {
            first: day,
            last: day,
            latest: day,
            ascending: true,
        }
    }

    /// These and, after them, others.
    pub fn followed_by(self, next: Days) -> Days {
        Days {
            first: self.first,
            last: next.last,
            latest: self.latest.max(next.latest),
            ascending: self.ascending && next.ascending && self.last <= next.first,
        }
    }
}

/// The day of a record's datestamp.
fn datestamp(cursor: &mut Cursor<'_>) -> Result<Option<Date>, ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if tag.name() != "header" {
            continue;
        }
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            if tag.name() == "datestamp" {
                return Ok(day(&cursor.text()?));
            }
        }
        break;
    }
    Ok(None)
}

/// The day of `2024-03-07` or `2024-03-07T10:00:00Z`.
fn day(text: &str) -> Option<Date> {
    Date::parse(text).filter(|date| date.day().is_some())
}

fn is_token(raw: &[u8]) -> bool {
    let end = raw
        .iter()
        .position(|&b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
    let name = &raw[..end.unwrap_or(raw.len())];
    name.ends_with(b"resumptionToken")
}

#[cfg(test)]
mod tests;
