//! Finds where JSON values end, without reading them: a window onto the
//! input, and what passes over it.

mod grammar;

pub(super) use grammar::Fault;

use std::io::{self, BufRead};

use memchr::{memchr_iter, memrchr};

use crate::error::{MAX_EXCERPT_CHARS, Place};

/// What more than this one long record has added to the window is given back.
const KEPT_BYTES: usize = 1 << 20;

/// The input, of which only the record being read is kept.
pub(super) struct Scan<R> {
    input: R,
    limit: usize,
    window: Vec<u8>,
    /// The next byte in `window`.
    at: usize,
    /// Where the kept record starts in `window`.
    kept: Option<usize>,
    /// The kept record passed the limit and was given up.
    too_long: bool,
    /// How much input there was before `window`.
    offset: u64,
    /// Whether a line starts where `window` does.
    opens_line: bool,
    /// The line of `window[counted]`, from 1.
    line: u64,
    counted: usize,
    /// What broke the input off.
    failure: Option<io::Error>,
    ended: bool,
}

impl<R: BufRead> Scan<R> {
    pub(super) fn new(input: R, limit: usize) -> Scan<R> {
        Scan {
            input,
            limit,
            window: Vec::new(),
            at: 0,
            kept: None,
            too_long: false,
            offset: 0,
            opens_line: true,
            line: 1,
            counted: 0,
            failure: None,
            ended: false,
        }
    }

    /// The next byte, until [`Scan::bump`].
    pub(super) fn peek(&mut self) -> Option<u8> {
        if self.at == self.window.len() && !self.fill() {
            return None;
        }
        self.window.get(self.at).copied()
    }

    pub(super) fn bump(&mut self) {
        self.at += 1;
    }

    /// The next byte that is no white space.
    pub(super) fn peek_token(&mut self) -> Option<u8> {
        loop {
            match self.peek()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.bump(),
                b => return Some(b),
            }
        }
    }

    /// What broke the input off, once.
    pub(super) fn failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// Keeps what is read from here on.
    pub(super) fn keep(&mut self) {
        self.kept = Some(self.at);
        self.too_long = false;
    }

    /// What was kept, or `None` where it passed the limit. It stays until
    /// something else is read.
    pub(super) fn kept(&mut self) -> Option<&[u8]> {
        let start = self.kept.take()?;
        let fits = !self.too_long && self.at - start <= self.limit;
        fits.then(|| &self.window[start..self.at])
    }

    /// The start of what was kept, enough for an excerpt.
    pub(super) fn kept_start(&self) -> &[u8] {
        let start = self.kept.unwrap_or(self.at);
        let end = self.window.len().min(start + 4 * MAX_EXCERPT_CHARS);
        &self.window[start..end.min(self.at.max(start))]
    }

    /// Where the next byte is: its line, and its byte where the line has
    /// something else before it.
    pub(super) fn place(&mut self) -> Place {
        self.count_lines();
        let line = self.line_before();
        let opens = |line: &[u8]| line.iter().all(|b| matches!(b, b' ' | b'\t' | b'[' | 0x1e));
        if line.is_some_and(opens) {
            Place::Line(self.line)
        } else {
            Place::Byte(self.read_bytes())
        }
    }

    /// How far the next byte is from the start of its line, where only blanks
    /// are between.
    pub(super) fn indent(&self) -> Option<usize> {
        let line = self.line_before()?;
        let is_blank = line.iter().all(|b| matches!(b, b' ' | b'\t'));
        is_blank.then_some(line.len())
    }

    /// The line up to the next byte, if it is still there.
    fn line_before(&self) -> Option<&[u8]> {
        let before = &self.window[..self.at];
        match memrchr(b'\n', before) {
            Some(end) => Some(&before[end + 1..]),
            None => self.opens_line.then_some(before),
        }
    }

    /// Keeps nothing any more.
    pub(super) fn forget(&mut self) {
        self.kept = None;
    }

    /// Goes back to where [`Scan::keep`] was called.
    pub(super) fn rewind(&mut self) {
        self.at = self.kept.take().unwrap_or(self.at);
        if let Some(again) = self.window.get(self.at..self.counted) {
            self.line -= memchr_iter(b'\n', again).count() as u64;
            self.counted = self.at;
        }
    }

    /// Passes the rest of the line.
    pub(super) fn pass_line(&mut self) {
        while let Some(b) = self.peek() {
            self.bump();
            if b == b'\n' {
                break;
            }
        }
    }

    /// How much was read.
    pub(super) fn read_bytes(&self) -> u64 {
        self.offset + self.at as u64
    }

    /// The two bytes read last that are no white space, as far as the line
    /// goes back.
    pub(super) fn last_tokens(&self) -> [u8; 2] {
        let mut read = self.window[..self.at].iter().rev();
        let mut last = || read.find(|b| !b.is_ascii_whitespace()).copied();
        let newest = last().unwrap_or(b' ');
        [last().unwrap_or(b' '), newest]
    }

    fn count_lines(&mut self) {
        if self.counted < self.at {
            let lines = memchr_iter(b'\n', &self.window[self.counted..self.at]).count();
            self.line += lines as u64;
            self.counted = self.at;
        }
    }

    /// Reads more; whether there was some.
    fn fill(&mut self) -> bool {
        if self.ended {
            return false;
        }
        self.make_room();
        let chunk = loop {
            match self.input.fill_buf() {
                Ok(chunk) => break chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    self.ended = true;
                    return false;
                }
            }
        };
        let n = chunk.len();
        self.window.extend_from_slice(chunk);
        self.input.consume(n);
        self.ended = n == 0;
        n > 0
    }

    /// Drops what is read and not kept, but for the line it ends in.
    fn make_room(&mut self) {
        self.count_lines();
        if let Some(start) = self.kept
            && self.at - start > self.limit
        {
            self.too_long = true;
            // The start is still wanted for an excerpt.
            let end = start + 4 * MAX_EXCERPT_CHARS;
            self.window.drain(end..self.at);
            self.offset += (self.at - end) as u64;
            self.counted = end;
            self.at = end;
            self.window.shrink_to(KEPT_BYTES);
        }
        let used = self.kept.unwrap_or(self.at);
        let line = memrchr(b'\n', &self.window[..used]).map_or(0, |end| end + 1);
        // A long line is not kept for the sake of its indentation.
        let drop = if used - line > 1_024 { used } else { line };
        // Moving what stays costs as much as what stays.
        if drop > self.window.len() - drop || drop > KEPT_BYTES {
            self.opens_line = match drop.checked_sub(1) {
                Some(last) => self.window[last] == b'\n',
                None => self.opens_line,
            };
            self.window.drain(..drop);
            self.offset += drop as u64;
            self.at -= drop;
            self.counted -= drop;
            self.kept = self.kept.map(|start| start - drop);
        }
    }
}
