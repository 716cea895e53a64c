//! Rows that are no rows, and how the next one is found after them.

use std::io::BufRead;

use memchr::{memchr, memchr_iter};

use super::quotes::{Quotes, Split, are_quotes_closed, split};
use super::{Fault, Rows};
use crate::error::ReadErrorKind;

/// Bytes of a row over several lines that is looked for where one was broken.
const MAX_FOUND_BYTES: usize = 256 << 10;
/// Bytes looked at in vain for such rows: this many, and so many times those
/// that were passed, so that a table of broken rows takes linear time. Then
/// rows of one line are enough.
const VAIN_BYTES: usize = 1 << 20;
const VAIN_SHARE: usize = 8;

impl<R: BufRead> Rows<R> {
    /// The fields of a row whose quotes do not close, or that has not the right
    /// number of them, if quotes mean nothing in it, or only some of them are
    /// no quotes: its bytes.
    pub(super) fn split_otherwise(&mut self, n_blank: usize) -> Option<usize> {
        let start = self.at + n_blank;
        let first = first_line(&self.window[start..]);
        if self.is_plain(first) {
            let n_bytes = first.len();
            let len = without_end(first).len();
            self.split_plainly(start, len);
            return Some(n_bytes);
        }
        let found = self.split_from(start, Quotes::Lenient)?;
        // A row that starts inside tells that this one was not closed.
        let (mut at, end) = (start, start + found.len);
        loop {
            at += first_line(&self.window[at..end]).len();
            if at >= end {
                break;
            }
            if self.is_row(first_line(&self.window[at..end]))
                || self.split_from(at, Quotes::Strict).is_some()
            {
                return None;
            }
        }
        self.fields = found.fields;
        Some(found.len)
    }

    /// Passes the first line of what cannot be read, and goes to the next row.
    pub(super) fn unclosed(&mut self, line: u64, n_blank: usize) -> Fault {
        let first = first_line(&self.window[self.at + n_blank..]);
        let n_bytes = first.len();
        let raw = without_end(first);
        let raw = raw[..raw.len().min(1_000)].to_vec();
        self.pass(n_blank + n_bytes);
        let n_passed = self.resync();
        let mut reason = "a quote is not closed, or fields are missing".to_owned();
        if n_passed > 0 {
            reason.push_str(&format!(
                "; the next {n_passed} lines, before the next whole row, are passed over"
            ));
        }
        let kind = ReadErrorKind::Malformed {
            format: "CSV",
            reason,
        };
        Fault { line, kind, raw }
    }

    /// Whether a line is a row where quotes mean nothing, as in many tables
    /// with tabs.
    pub(super) fn is_plain(&self, line: &[u8]) -> bool {
        self.separator == b'\t'
            && memchr_iter(b'\t', without_end(line)).count() + 1 == self.n_fields
    }

    /// Whether every line of a row is one where quotes mean nothing.
    pub(super) fn are_plain(&self, row: &[u8]) -> bool {
        self.separator == b'\t'
            && without_end(row)
                .split(|b| *b == b'\n')
                .all(|line| self.is_plain(line))
    }

    /// Takes the columns as they stand. A cell between quotes of which there
    /// are no others is meant without.
    pub(super) fn split_plainly(&mut self, start: usize, len: usize) {
        let fields = &mut self.fields;
        fields.text.clear();
        fields.ends.clear();
        for field in self.window[start..start + len].split(|b| *b == b'\t') {
            let inner = field
                .strip_prefix(b"\"")
                .and_then(|field| field.strip_suffix(b"\""))
                .filter(|inner| !inner.contains(&b'"'));
            fields.text.extend_from_slice(inner.unwrap_or(field));
            fields.ends.push(fields.text.len());
        }
    }

    /// The row at a place of the window, read anew, if there is one and not too
    /// much was looked at in vain.
    fn split_from(&mut self, start: usize, quotes: Quotes) -> Option<Split> {
        if self.n_vain > VAIN_BYTES + VAIN_SHARE * self.n_passed {
            return None;
        }
        // A failure comes again when the row is read.
        while self.window.len() - start < MAX_FOUND_BYTES && self.fill().unwrap_or_default() {}
        let rest = &self.window[start..];
        let rest = &rest[..rest.len().min(MAX_FOUND_BYTES)];
        let is_all = self.ended && start + rest.len() == self.window.len();
        let found = split(rest, is_all, self.separator, self.n_fields, quotes);
        if let Err(n_bytes) = found {
            self.n_vain = self.n_vain.saturating_add(n_bytes);
        }
        found.ok()
    }

    /// Goes to the next line that begins a row; how many lines were passed.
    fn resync(&mut self) -> u64 {
        let before = self.line;
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
            if len == 0
                || self.is_row(&self.window[self.at..self.at + len])
                || self.split_from(self.at, Quotes::Strict).is_some()
            {
                return self.line - before;
            }
            self.pass(len);
        }
    }

    /// Whether a line is a row.
    fn is_row(&self, line: &[u8]) -> bool {
        self.is_plain(line)
            || split(line, true, self.separator, self.n_fields, Quotes::Single)
                .is_ok_and(|row| row.len == line.len())
    }

    pub(super) fn reject(&mut self, line: u64, n_blank: usize, kind: ReadErrorKind) -> Fault {
        let rest = &self.window[self.at + n_blank..];
        let len = first_line(rest).len();
        let raw = rest[..len.min(1_000)].to_vec();
        self.pass(n_blank + len);
        if matches!(kind, ReadErrorKind::RecordTooLong { .. }) {
            // Most likely a quote that is not closed.
            self.resync();
        }
        Fault { line, kind, raw }
    }

    /// Whether the quotes of a row that was read are all where they belong.
    pub(super) fn has_closed_quotes(&self, row: &[u8]) -> bool {
        // Most rows have none.
        memchr(b'"', row).is_none() || are_quotes_closed(row, self.separator)
    }
}

/// The first line of a text with its end.
fn first_line(text: &[u8]) -> &[u8] {
    let len = memchr(b'\n', text).map_or(text.len(), |end| end + 1);
    &text[..len]
}

/// A line without its end. Tabs there are columns.
pub(super) fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
