//! Rows that are no rows, and how the next one is found after them.

use std::io::BufRead;

use csv_core::ReadRecordResult;
use memchr::{memchr, memchr_iter};

use super::fields::Fields;
use super::{Fault, Row, Rows};
use crate::error::ReadErrorKind;

impl<R: BufRead> Rows<R> {
    /// A row over several lines whose fields do not come out: a quote of its
    /// first line is not closed.
    pub(super) fn unclosed(&mut self, line: u64, n_blank: usize) -> Result<Option<Row<'_>>, Fault> {
        let start = self.at + n_blank;
        let rest = &self.window[start..];
        let len = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let first = rest[..len].trim_ascii_end();
        if self.is_plain(first) {
            let n_first = first.len();
            self.split_plainly(n_blank, n_first);
            self.pass(n_blank + len);
            return Ok(Some(self.row(line, start)));
        }
        let kind = ReadErrorKind::Malformed {
            format: "CSV",
            reason: "a quote is not closed, or fields are missing".to_owned(),
        };
        let raw = first[..first.len().min(1_000)].to_vec();
        self.pass(n_blank + len);
        self.resync();
        Err(Fault { line, kind, raw })
    }

    /// Whether a line is a row where quotes mean nothing, as in many tables
    /// with tabs.
    pub(super) fn is_plain(&self, line: &[u8]) -> bool {
        self.separator == b'\t' && memchr_iter(b'\t', line).count() + 1 == self.n_fields
    }

    pub(super) fn split_plainly(&mut self, n_blank: usize, len: usize) {
        let start = self.at + n_blank;
        let fields = &mut self.fields;
        fields.text.clear();
        fields.ends.clear();
        for field in self.window[start..start + len].split(|b| *b == b'\t') {
            fields.text.extend_from_slice(field);
            fields.ends.push(fields.text.len());
        }
    }

    /// Goes to the next line that is a row by itself.
    fn resync(&mut self) {
        loop {
            self.make_room();
            let len = loop {
                if let Some(end) = memchr(b'\n', &self.window[self.at..]) {
                    break end + 1;
                }
                let len = self.window.len() - self.at;
                // A failure comes again when the row is read.
                if len > self.limit || !self.fill().unwrap_or_default() {
                    break len;
                }
            };
            if len == 0 || self.is_row(len) {
                return;
            }
            self.pass(len);
        }
    }

    /// Whether so many bytes are a row and its end.
    fn is_row(&mut self, len: usize) -> bool {
        let line = &self.window[self.at..self.at + len];
        if self.is_plain(line.trim_ascii_end()) {
            return true;
        }
        let n_quotes = memchr_iter(b'"', line).count();
        let n_separators = memchr_iter(self.separator, line).count();
        if n_quotes % 2 == 1 || n_separators + 1 < self.n_fields {
            return false;
        }
        self.reader.reset();
        let mut fields = Fields::with_room_for(line);
        let (result, _) = fields.first(&mut self.reader, line);
        result == ReadRecordResult::Record && fields.ends.len() == self.n_fields
    }

    pub(super) fn reject(&mut self, line: u64, n_blank: usize, kind: ReadErrorKind) -> Fault {
        let rest = &self.window[self.at + n_blank..];
        let len = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let raw = rest[..len.min(1_000)].to_vec();
        self.pass(n_blank + len);
        if matches!(kind, ReadErrorKind::RecordTooLong { .. }) {
            // Most likely a quote that is not closed.
            self.resync();
        }
        Fault { line, kind, raw }
    }
}

/// Whether every quote opens or closes a field, or is written twice.
pub(super) fn are_quotes_closed(row: &[u8], separator: u8) -> bool {
    let mut rest = row;
    loop {
        // At the start of a field.
        let Some(quoted) = rest.strip_prefix(b"\"") else {
            let Some(end) = memchr(separator, rest) else {
                return true;
            };
            rest = &rest[end + 1..];
            continue;
        };
        rest = quoted;
        loop {
            let Some(end) = memchr(b'"', rest) else {
                return false;
            };
            rest = &rest[end + 1..];
            match rest.first() {
                None => return true,
                Some(b'"') => rest = &rest[1..],
                Some(b) if *b == separator => break,
                Some(_) => return false,
            }
        }
        rest = &rest[1..];
    }
}
