//! The rows of a table, of bounded length, found again after one whose quotes
//! do not close.

mod fields;
mod quotes;
mod recovery;

pub(super) use fields::first_row;

use std::borrow::Cow;
use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::memchr_iter;

use self::fields::Fields;
use crate::error::ReadErrorKind;
use crate::format::plain::decode;

/// What one long row has added to the window beyond this is given back.
const KEPT_BYTES: usize = 1 << 20;

/// A row.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// The number of its first line.
    pub(super) line: u64,
    pub(super) fields: Vec<Cow<'a, str>>,
    pub(super) raw: &'a [u8],
}

/// A row that cannot be used.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) line: u64,
    /// After [`ReadErrorKind::Io`] nothing follows.
    pub(super) kind: ReadErrorKind,
    pub(super) raw: Vec<u8>,
}

/// Reads rows.
pub(super) struct Rows<R> {
    input: R,
    limit: usize,
    separator: u8,
    n_fields: usize,
    window: Vec<u8>,
    /// Where the next row starts in `window`.
    at: usize,
    /// The line there.
    line: u64,
    /// Bytes passed, and bytes looked at in vain where a row was broken.
    n_passed: usize,
    n_vain: usize,
    ended: bool,
    fields: Fields,
    /// Built once: its tables cost more than a row.
    reader: Reader,
}

impl<R: BufRead> Rows<R> {
    pub(super) fn new(input: R, limit: usize) -> Rows<R> {
        Rows {
            input,
            limit,
            separator: b',',
            n_fields: 0,
            window: Vec::new(),
            at: 0,
            line: 1,
            n_passed: 0,
            n_vain: 0,
            ended: false,
            fields: Fields::default(),
            reader: Reader::new(),
        }
    }

    /// The first bytes, as many as there are up to `n`.
    pub(super) fn head(&mut self, n: usize) -> io::Result<&[u8]> {
        while self.window.len() < n && self.fill()? {}
        Ok(&self.window)
    }

    /// Where and how rows start. A row may have one field more than the
    /// header: then the first is a row's name.
    pub(super) fn start(&mut self, separator: u8, n_fields: usize, header_end: usize) {
        self.separator = separator;
        self.n_fields = n_fields;
        self.reader = ReaderBuilder::new().delimiter(separator).build();
        self.pass(header_end);
    }

    /// The next row.
    pub(super) fn read(&mut self) -> Result<Option<Row<'_>>, Fault> {
        self.make_room();
        let line = self.line;
        let n_bytes = match self.parse() {
            Ok(Some(n_bytes)) if n_bytes > 0 => n_bytes,
            Ok(_) => return Ok(None),
            Err(error) => return Err(self.fault(ReadErrorKind::Io(error))),
        };
        let raw = &self.window[self.at..self.at + n_bytes];
        // Blank lines before a row belong to none.
        let n_blank = raw
            .iter()
            .take_while(|b| matches!(b, b'\n' | b'\r'))
            .count();
        let line = line + memchr_iter(b'\n', &raw[..n_blank]).count() as u64;
        if n_bytes == n_blank {
            self.pass(n_bytes);
            return Ok(None);
        }
        if n_bytes > self.limit {
            return Err(self.reject(
                line,
                n_blank,
                ReadErrorKind::RecordTooLong { limit: self.limit },
            ));
        }
        let inner = recovery::without_end(&raw[n_blank..]);
        let is_long = inner.contains(&b'\n');
        let n_found = self.n_found();
        let is_closed = self.has_closed_quotes(inner);
        // Over several lines the right number may be found by chance.
        let is_chance = is_long && (!is_closed || self.are_plain(inner));
        if n_found != self.n_fields || !is_closed || is_chance {
            if let Some(n_bytes) = self.split_otherwise(n_blank) {
                let start = self.at + n_blank;
                self.pass(n_blank + n_bytes);
                return Ok(Some(self.row(line, start)));
            }
            if is_long {
                return Err(self.unclosed(line, n_blank));
            }
            if n_found != self.n_fields {
                let kind = ReadErrorKind::Malformed {
                    format: "CSV",
                    reason: format!("{n_found} fields, the header has {}", self.n_fields),
                };
                return Err(self.reject(line, n_blank, kind));
            }
        }
        let start = self.at + n_blank;
        self.pass(n_bytes);
        Ok(Some(self.row(line, start)))
    }

    fn row(&self, line: u64, start: usize) -> Row<'_> {
        Row {
            line,
            fields: self
                .fields
                .ranges()
                .take(self.n_fields)
                .map(decode)
                .collect(),
            raw: &self.window[start..self.at],
        }
    }

    /// How many fields were found, without empty ones beyond the last column.
    fn n_found(&self) -> usize {
        let n_empty = self
            .fields
            .ranges()
            .skip(self.n_fields)
            .filter(|field| field.is_empty())
            .count();
        self.fields.ends.len() - n_empty
    }

    fn fault(&mut self, kind: ReadErrorKind) -> Fault {
        Fault {
            line: self.line,
            kind,
            raw: Vec::new(),
        }
    }

    /// Parses a row; how many bytes it has, with its end. One that passes the
    /// limit is left there.
    fn parse(&mut self) -> io::Result<Option<usize>> {
        self.reader.reset();
        let (mut used, mut n_text, mut n_ends) = (0, 0, 0);
        loop {
            if self.at + used == self.window.len() && !self.ended {
                self.fill()?;
            }
            let fields = &mut self.fields;
            // Not to its capacity: after one long row every row would pay.
            let n_room = fields.text.len().max(n_text + 4_096);
            fields.text.resize(n_room, 0);
            let n_room = fields.ends.len().max(n_ends + 64);
            fields.ends.resize(n_room, 0);
            let (result, n_in, n_out, n_end) = self.reader.read_record(
                &self.window[self.at + used..],
                &mut fields.text[n_text..],
                &mut fields.ends[n_ends..],
            );
            used += n_in;
            n_text += n_out;
            n_ends += n_end;
            let is_done = match result {
                ReadRecordResult::InputEmpty => false,
                ReadRecordResult::OutputFull => {
                    fields.text.resize(2 * fields.text.len(), 0);
                    false
                }
                ReadRecordResult::OutputEndsFull => {
                    fields.ends.resize(2 * fields.ends.len(), 0);
                    false
                }
                ReadRecordResult::Record | ReadRecordResult::End => true,
            };
            if is_done || used > self.limit {
                fields.text.truncate(n_text);
                fields.ends.truncate(n_ends);
                return Ok((result != ReadRecordResult::End || used > 0).then_some(used));
            }
        }
    }

    /// Passes bytes, counting lines.
    fn pass(&mut self, n: usize) {
        let end = (self.at + n).min(self.window.len());
        self.line += memchr_iter(b'\n', &self.window[self.at..end]).count() as u64;
        self.n_passed = self.n_passed.saturating_add(end - self.at);
        self.at = end;
    }

    /// Drops what is passed.
    fn make_room(&mut self) {
        if self.at > KEPT_BYTES || self.at == self.window.len() {
            self.window.drain(..self.at);
            self.at = 0;
            self.window.shrink_to(KEPT_BYTES);
        }
    }

    /// Reads more; whether there was some.
    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let chunk = loop {
            match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                chunk => break chunk?,
            }
        };
        let n = chunk.len();
        self.window.extend_from_slice(chunk);
        self.input.consume(n);
        self.ended = n == 0;
        Ok(n > 0)
    }
}
