//! Lines of bounded length.

use std::io::{self, BufRead, Read};
use std::path::Path;

use crate::error::{Place, ReadError, ReadErrorKind};

/// The longest line in bytes, unless a format says otherwise. A gzip bomb of
/// 1 MB can hold one line of 1 GB.
pub const MAX_LINE_BYTES: usize = 16 << 20;

/// What one long line has added to the buffer beyond this is given back.
const KEPT_BYTES: usize = 1 << 20;

/// Reads lines ended by `\n` or `\r\n`, counting them from 1.
pub struct Lines<R> {
    input: R,
    limit: usize,
    line: Vec<u8>,
    number: u64,
    ended: bool,
}

/// A line, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// Its text.
    pub text: &'a str,
}

/// A line that cannot be used.
#[derive(Debug)]
pub struct BadLine<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// What is wrong; after [`ReadErrorKind::Io`] nothing follows.
    pub kind: ReadErrorKind,
    /// Its start, or all of it.
    pub raw: &'a [u8],
}

impl BadLine<'_> {
    /// The reject it becomes.
    pub fn into_error(self, path: &Path) -> ReadError {
        ReadError::new(path, Place::Line(self.number), self.kind, self.raw)
    }
}

/// What reading a line came to.
enum Found {
    Nothing,
    Line,
    TooLong,
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most `limit` bytes; a longer one is skipped to its end.
    pub fn new(input: R, limit: usize) -> Lines<R> {
        Lines {
            input,
            limit,
            line: Vec::new(),
            number: 0,
            ended: false,
        }
    }

    /// The next line, until its successor is asked for.
    pub fn read(&mut self) -> Option<Result<Line<'_>, BadLine<'_>>> {
        if self.ended {
            return None;
        }
        self.number += 1;
        let number = self.number;
        let found = self.read_line();
        let raw = self.line.as_slice();
        let bad = |kind| Some(Err(BadLine { number, kind, raw }));
        match found {
            Ok(Found::Nothing) => {
                self.ended = true;
                None
            }
            Ok(Found::Line) => match std::str::from_utf8(raw) {
                Ok(text) => Some(Ok(Line { number, text })),
                Err(error) => bad(ReadErrorKind::Utf8 {
                    byte: error.valid_up_to(),
                }),
            },
            Ok(Found::TooLong) => bad(ReadErrorKind::LineTooLong { limit: self.limit }),
            Err(error) => {
                self.ended = true;
                bad(ReadErrorKind::Io(error))
            }
        }
    }

    /// Fills `line` with the next line, without its end.
    fn read_line(&mut self) -> io::Result<Found> {
        self.line.clear();
        self.line.shrink_to(KEPT_BYTES);
        // Room for the line's end, which does not count.
        let most = self.limit as u64 + 2;
        let n = (&mut self.input)
            .take(most)
            .read_until(b'\n', &mut self.line)?;
        if n == 0 {
            return Ok(Found::Nothing);
        }
        let ends = self.line.last() == Some(&b'\n');
        if ends {
            self.line.pop();
            if self.line.last() == Some(&b'\r') {
                self.line.pop();
            }
        }
        if self.line.len() <= self.limit {
            return Ok(Found::Line);
        }
        if !ends {
            self.input.skip_until(b'\n')?;
        }
        self.line.truncate(KEPT_BYTES);
        Ok(Found::TooLong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &[u8], expected: &[&str]) {
        let mut lines = Lines::new(input, 8);
        let mut found = Vec::new();
        while let Some(line) = lines.read() {
            found.push(match line {
                Ok(line) => format!("{} {}", line.number, line.text),
                Err(bad) => format!("{} {}", bad.number, bad.kind),
            });
        }
        assert_eq!(found, expected);
        assert!(lines.read().is_none());
    }

    #[test]
    fn ends_of_lines() {
        check(b"", &[]);
        check(b"\n", &["1 "]);
        check(b"a\r\nb\n\nc", &["1 a", "2 b", "3 ", "4 c"]);
        check(b"a\rb\r", &["1 a\rb\r"]);
    }

    #[test]
    fn long_lines_are_skipped_whole() {
        let long = "1 the line is longer than 8 bytes";
        check(b"12345678\r\nx", &["1 12345678", "2 x"]);
        check(b"123456789\nx", &[long, "2 x"]);
        check(b"1234567890\nx", &[long, "2 x"]);
        check(b"12345678901234567890\nx", &[long, "2 x"]);
        check(b"12345678901234567890", &[long]);
    }

    #[test]
    fn bad_bytes_are_placed() {
        check(
            b"ab\xffcd\nx",
            &["1 not UTF-8 at byte 2 of the line", "2 x"],
        );
    }
}
