//! The records of a JSON text, one by one: the objects of a top-level array,
//! of an array in a page that some service wrapped around it, or objects one
//! after another on as many lines as they like. Only one is in memory.

mod recovery;

use std::io::BufRead;

use super::scan::{Fault, Scan};
use crate::error::{Place, ReadErrorKind};

/// The longest record in bytes.
pub(crate) const MAX_RECORD_BYTES: usize = 16 << 20;

/// How deep records may be wrapped.
const MAX_WRAPPERS: usize = 8;

/// Keys under which services put the list of their records, or, as Crossref
/// and Elasticsearch do, one record.
const LIST_KEYS: &[&[u8]] = &[
    b"items",
    b"results",
    b"result",
    b"data",
    b"papers",
    b"works",
    b"records",
    b"documents",
    b"docs",
    b"articles",
    b"entries",
    b"entry",
    b"publications",
    b"hits",
    b"hit",
    b"references",
    b"recommendedPapers",
    b"message",
];
const OBJECT_KEYS: &[&[u8]] = &[
    b"message",
    b"hits",
    b"response",
    b"resultList",
    b"search-results",
    b"feed",
    b"_source",
];

/// An object that has one of these before a list is a record itself.
const RECORD_KEYS: &[&[u8]] = &[
    b"title",
    b"abstract",
    b"DOI",
    b"doi",
    b"author",
    b"authors",
    b"paperAbstract",
    b"text",
    b"corpusid",
    b"lens_id",
    b"paper_id",
    b"paperId",
];

/// A record's text and where it starts.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    pub(crate) place: Place,
    pub(crate) text: Result<&'a str, BadElement>,
}

/// Text that is no record.
#[derive(Debug)]
pub(crate) struct BadElement {
    pub(crate) kind: ReadErrorKind,
    /// Its start.
    pub(crate) raw: Vec<u8>,
}

/// Reads records.
pub(crate) struct Elements<R> {
    scan: Scan<R>,
    /// What is open around the next record.
    open: Vec<Level>,
    /// The first key of the first record.
    first_key: Option<Vec<u8>>,
    /// The rest cannot be understood.
    lost: bool,
    ended: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Level {
    Array,
    Object,
}

/// What the value of a key is.
enum Value {
    /// Records, which come next.
    Records,
    /// A list that holds none, and is passed.
    NoRecords,
    /// Anything else, which comes next.
    Other,
}

/// What an object turned out to be.
enum Object {
    Record,
    /// The records are further in.
    Wrapper,
}

impl<R: BufRead> Elements<R> {
    pub(crate) fn new(input: R) -> Elements<R> {
        Elements {
            scan: Scan::new(input, MAX_RECORD_BYTES),
            open: Vec::new(),
            first_key: None,
            lost: false,
            ended: false,
        }
    }

    /// The next record, until its successor is asked for.
    pub(crate) fn read(&mut self) -> Option<Element<'_>> {
        loop {
            if self.ended {
                return None;
            }
            let Some(b) = self.scan.peek_token() else {
                return self.end();
            };
            let in_object = self.open.last() == Some(&Level::Object);
            match b {
                b',' | 0x1e => self.scan.bump(),
                b']' if self.open.last() == Some(&Level::Array) => self.close(),
                b'}' if in_object => self.close(),
                b'"' if in_object => {
                    if let Err(fault) = self.member() {
                        return Some(self.fail(fault, None));
                    }
                }
                b'[' if !in_object && self.open.len() < MAX_WRAPPERS => {
                    self.scan.bump();
                    self.open.push(Level::Array);
                }
                b'{' => {
                    let place = self.scan.place();
                    let indent = self.scan.indent();
                    match self.object() {
                        Ok(Object::Wrapper) => {}
                        Ok(Object::Record) => return Some(self.record(place)),
                        Err(fault) => return Some(self.fail(fault, Some((place, indent)))),
                    }
                }
                _ => return Some(self.garbage()),
            }
        }
    }

    /// Whether what was read last is inside of something else.
    pub(super) fn is_wrapped(&self) -> bool {
        self.open.contains(&Level::Object)
    }

    fn close(&mut self) {
        self.scan.bump();
        self.open.pop();
    }

    /// Passes a member of a wrapper, up to the records if it holds some.
    fn member(&mut self) -> Result<(), Fault> {
        let key = self.scan.key()?;
        match self.value(&key, false)? {
            Value::Other => self.scan.pass_value(),
            Value::Records | Value::NoRecords => Ok(()),
        }
    }

    /// Looks at the value of a key, and goes into it where it holds records.
    fn value(&mut self, key: &[u8], is_first: bool) -> Result<Value, Fault> {
        let b = self.scan.peek_token().ok_or(Fault::Cut)?;
        if self.open.len() + 2 > MAX_WRAPPERS {
            return Ok(Value::Other);
        }
        if b == b'{' && OBJECT_KEYS.contains(&key) {
            return Ok(Value::Records);
        }
        // All that DBLP answers is a result; elsewhere it may be anything.
        if b == b'{' && key == b"result" && is_first && self.open.is_empty() {
            return Ok(Value::Records);
        }
        if b != b'[' || !LIST_KEYS.contains(&key) {
            return Ok(Value::Other);
        }
        self.scan.bump();
        // Lists of the same name may hold texts or numbers.
        if self.scan.peek_token() == Some(b'{') {
            self.open.push(Level::Array);
            return Ok(Value::Records);
        }
        loop {
            match self.scan.peek_token().ok_or(Fault::Cut)? {
                b',' => self.scan.bump(),
                b']' => break self.scan.bump(),
                _ => self.scan.pass_value()?,
            }
        }
        Ok(Value::NoRecords)
    }

    /// Passes the object that comes next, or goes into it where it is a
    /// wrapper.
    fn object(&mut self) -> Result<Object, Fault> {
        self.scan.keep();
        self.scan.bump();
        let depth = self.open.len();
        let mut first_key: Option<Vec<u8>> = None;
        let (mut is_record, mut is_page) = (false, false);
        loop {
            match self.scan.peek_token().ok_or(Fault::Cut)? {
                b'}' => break self.scan.bump(),
                b'"' => {}
                _ => return Err(Fault::Unexpected("a key is missing")),
            }
            let key = self.scan.key()?;
            is_record |= RECORD_KEYS.contains(&key.as_slice());
            let value = if is_record {
                Value::Other
            } else {
                self.value(&key, first_key.is_none())?
            };
            match value {
                Value::Records => {
                    self.scan.forget();
                    self.open.insert(depth, Level::Object);
                    return Ok(Object::Wrapper);
                }
                Value::NoRecords => is_page = true,
                Value::Other => self.scan.pass_value()?,
            }
            first_key.get_or_insert(key);
            match self.scan.peek_token().ok_or(Fault::Cut)? {
                b'}' => {}
                b',' => self.scan.bump(),
                _ => {
                    let missing = "a comma or the end of the object is missing";
                    return Err(Fault::Unexpected(missing));
                }
            }
        }
        if is_page && !is_record {
            self.scan.forget();
            return Ok(Object::Wrapper);
        }
        self.first_key.get_or_insert(first_key.unwrap_or_default());
        Ok(Object::Record)
    }

    /// The record just passed.
    fn record(&mut self, place: Place) -> Element<'_> {
        let excerpt = self.scan.kept_start().to_vec();
        let text = match self.scan.kept() {
            None => Err(ReadErrorKind::RecordTooLong {
                limit: MAX_RECORD_BYTES,
            }),
            Some(raw) => std::str::from_utf8(raw).map_err(|error| ReadErrorKind::Malformed {
                format: "JSON",
                reason: format!("not UTF-8 at byte {} of the record", error.valid_up_to()),
            }),
        };
        Element {
            place,
            text: text.map_err(|kind| BadElement { kind, raw: excerpt }),
        }
    }
}

#[cfg(test)]
mod tests;
