//! Lines of the older text formats: ended by `\n`, `\r\n` or, from old Macs,
//! `\r`; in UTF-8 or, line by line where that fails, in Windows-1252, of
//! which Latin-1 is a part.

use std::borrow::Cow;
use std::io::{self, BufRead};

use encoding_rs::WINDOWS_1252;
use memchr::memchr2;

use crate::error::ReadErrorKind;
use crate::lines::BadLine;

/// What one long line has added to the buffer beyond this is given back.
const KEPT_BYTES: usize = 1 << 20;

/// Reads lines, counting them from 1.
pub(super) struct PlainLines<R> {
    input: R,
    limit: usize,
    line: Vec<u8>,
    number: u64,
    /// The last line ended in `\r`: a `\n` that follows belongs to it.
    after_return: bool,
    ended: bool,
}

/// A line, without its end.
#[derive(Debug)]
pub(super) struct PlainLine<'a> {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Its text.
    pub(super) text: Cow<'a, str>,
}

impl<R: BufRead> PlainLines<R> {
    /// Lines of at most `limit` bytes; a longer one is skipped to its end.
    pub(super) fn new(input: R, limit: usize) -> PlainLines<R> {
        PlainLines {
            input,
            limit,
            line: Vec::new(),
            number: 0,
            after_return: false,
            ended: false,
        }
    }

    /// The next line, until its successor is asked for.
    pub(super) fn read(&mut self) -> Option<Result<PlainLine<'_>, BadLine<'_>>> {
        if self.ended {
            return None;
        }
        self.number += 1;
        let number = self.number;
        let bytes = match self.fill() {
            Ok(Some(n_bytes)) => n_bytes,
            Ok(None) => {
                self.ended = true;
                return None;
            }
            Err(error) => {
                self.ended = true;
                let kind = ReadErrorKind::Io(error);
                return Some(Err(BadLine {
                    number,
                    kind,
                    raw: &self.line,
                }));
            }
        };
        if bytes > self.limit {
            let kind = ReadErrorKind::LineTooLong { limit: self.limit };
            return Some(Err(BadLine {
                number,
                kind,
                raw: &self.line,
            }));
        }
        Some(Ok(PlainLine {
            number,
            text: decode(&self.line),
        }))
    }

    /// Fills `line`; how long the line is, of which no more than the limit
    /// and a little is kept.
    fn fill(&mut self) -> io::Result<Option<usize>> {
        self.line.clear();
        self.line.shrink_to(KEPT_BYTES);
        let mut n_bytes = 0;
        loop {
            let chunk = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                chunk => chunk?,
            };
            if chunk.is_empty() {
                return Ok((n_bytes > 0).then_some(n_bytes));
            }
            if std::mem::take(&mut self.after_return) && chunk[0] == b'\n' {
                self.input.consume(1);
                continue;
            }
            let end = memchr2(b'\n', b'\r', chunk);
            let text = &chunk[..end.unwrap_or(chunk.len())];
            n_bytes += text.len();
            if n_bytes <= self.limit {
                self.line.extend_from_slice(text);
            }
            let Some(end) = end else {
                let n = chunk.len();
                self.input.consume(n);
                continue;
            };
            self.after_return = chunk[end] == b'\r';
            self.input.consume(end + 1);
            return Ok(Some(n_bytes));
        }
    }
}

/// The text of bytes in UTF-8 or Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The lines of a head, decoded.
pub(super) fn head_lines(bytes: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    bytes.split(|b| matches!(b, b'\n' | b'\r')).map(decode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &[u8], expected: &[&str]) {
        for capacity in [1, 2, 3, 100] {
            let input = io::BufReader::with_capacity(capacity, input);
            let mut lines = PlainLines::new(input, 8);
            let mut found = Vec::new();
            while let Some(line) = lines.read() {
                found.push(match line {
                    Ok(line) => format!("{} {}", line.number, line.text),
                    Err(bad) => format!("{} {}", bad.number, bad.kind),
                });
            }
            assert_eq!(found, expected, "{capacity}");
        }
    }

    #[test]
    fn ends_of_lines() {
        check(b"", &[]);
        check(b"a\nb\r\nc\rd", &["1 a", "2 b", "3 c", "4 d"]);
        check(b"a\r\r\nb\n\n", &["1 a", "2 ", "3 b", "4 "]);
    }

    #[test]
    fn other_encodings() {
        check("é—".as_bytes(), &["1 é—"]);
        check(b"L\xe9vy \x97\nx", &["1 Lévy —", "2 x"]);
    }

    #[test]
    fn long_lines_are_skipped_whole() {
        let long = "1 the line is longer than 8 bytes";
        check(b"12345678\rx", &["1 12345678", "2 x"]);
        check(b"1234567890123\nx", &[long, "2 x"]);
    }
}
