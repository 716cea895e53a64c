//! Lines of the older text formats: ended by `\n`, `\r\n` or, from old Macs,
//! `\r`; in UTF-8 or, line by line where that fails, in Windows-1252, of
//! which Latin-1 is a part, or in GBK, which Chinese programs write.

use std::borrow::Cow;
use std::io::{self, BufRead};

use encoding_rs::{GBK, WINDOWS_1252};
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
    /// A line before was in GBK.
    is_chinese: bool,
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
            is_chinese: false,
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
            text: match std::str::from_utf8(&self.line) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => {
                    self.is_chinese |= is_gb2312(&self.line);
                    not_utf8(&self.line, self.is_chinese)
                }
            },
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

/// The text of bytes in UTF-8, Windows-1252 or GBK.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => not_utf8(bytes, is_gb2312(bytes)),
    }
}

fn not_utf8(bytes: &[u8], is_chinese: bool) -> Cow<'_, str> {
    let chinese = is_chinese
        .then(|| GBK.decode_without_bom_handling_and_without_replacement(bytes))
        .flatten();
    chinese.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// Whether a line is in the part of GBK that any Chinese text is mostly of:
/// all that is no ASCII comes in pairs, two of them together somewhere, and
/// most are among the 3,755 characters that are used most. In Western text
/// letters with accents stand between others.
fn is_gb2312(bytes: &[u8]) -> bool {
    let (mut n_pairs, mut n_common, mut run, mut longest) = (0_usize, 0, 0, 0);
    let mut rest = bytes;
    loop {
        match *rest {
            [] => return longest >= 2 && 3 * n_common >= 2 * n_pairs,
            [0..=0x7f, ..] => {
                run = 0;
                rest = &rest[1..];
            }
            [lead @ 0xa1..=0xf7, 0xa1..=0xfe, ..] => {
                n_pairs += 1;
                n_common += usize::from((0xb0..=0xd7).contains(&lead));
                run += 1;
                longest = longest.max(run);
                rest = &rest[2..];
            }
            _ => return false,
        }
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
    fn chinese_is_told_from_western() {
        for (line, chinese) in [
            (&b"\xb2\xe2\xca\xd4\xc6\xda\xbf\xaf"[..], true),
            (b"author = {\xc0\xee\xb0\xd7},", true),
            // One character alone, halves, and what Western languages have.
            (b"\xc0\xee", false),
            (b"\xc0\xee\xb0\xd7 \xc0", false),
            (b"INFORMA\xc7\xc3O E COMUNICA\xc7\xc3O", false),
            (b"\xc4\xd6\xdc\xdf", false),
            // Russian in Windows-1251
            (b"\xee\xe1\xf9\xe5", false),
        ] {
            assert_eq!(is_gb2312(line), chinese, "{line:x?}");
        }
        // The first character is not in GB 2312; a line before tells.
        check(b"\xb2\xe2\xca\xd4\n\x96\x7c\xb7\xbd", &["1 测试", "2 東方"]);
    }

    #[test]
    fn long_lines_are_skipped_whole() {
        let long = "1 the line is longer than 8 bytes";
        check(b"12345678\rx", &["1 12345678", "2 x"]);
        check(b"1234567890123\nx", &[long, "2 x"]);
    }
}
