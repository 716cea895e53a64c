//! The grammar of JSON (RFC 8259) as far as it tells one value from the next.

use std::io::BufRead;

use memchr::memchr3;

use super::Scan;

/// The deepest nesting that is followed. serde_json gives up at 128.
const MAX_DEPTH: usize = 512;

/// How much of a key is looked at.
const MAX_KEY_BYTES: usize = 64;

/// Why a value has no end.
#[derive(Debug)]
pub(in crate::format::json) enum Fault {
    /// The input ends first.
    Cut,
    /// A byte that cannot stand where it does; the next one is that byte.
    Unexpected(&'static str),
}

/// What may come next.
#[derive(Clone, Copy, PartialEq)]
enum Expect {
    Value,
    Key,
    Colon,
    CommaOrEnd,
}

impl<R: BufRead> Scan<R> {
    /// Passes a whole value.
    pub(in crate::format::json) fn pass_value(&mut self) -> Result<(), Fault> {
        let mut open = Vec::new();
        let mut expect = Expect::Value;
        loop {
            let b = self.peek_token().ok_or(Fault::Cut)?;
            match (expect, b) {
                (Expect::Value, b'{' | b'[') => {
                    if open.len() == MAX_DEPTH {
                        return Err(Fault::Unexpected("values are nested too deep"));
                    }
                    self.bump();
                    open.push(b);
                    expect = if b == b'{' {
                        Expect::Key
                    } else {
                        Expect::Value
                    };
                    continue;
                }
                (Expect::Value | Expect::Key, b'"') => self.pass_string()?,
                // Whether a comma may stand before the end is for the parser
                // of the record to say.
                (Expect::Value | Expect::CommaOrEnd, b']') if open.last() == Some(&b'[') => {
                    self.bump();
                    open.pop();
                }
                (Expect::Key | Expect::CommaOrEnd, b'}') if open.last() == Some(&b'{') => {
                    self.bump();
                    open.pop();
                    expect = Expect::Value;
                }
                (Expect::Value, b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => {
                    self.pass_scalar();
                }
                (Expect::Colon, b':') => {
                    self.bump();
                    expect = Expect::Value;
                    continue;
                }
                (Expect::CommaOrEnd, b',') => {
                    self.bump();
                    let in_object = open.last() == Some(&b'{');
                    expect = if in_object {
                        Expect::Key
                    } else {
                        Expect::Value
                    };
                    continue;
                }
                (Expect::CommaOrEnd, _) => {
                    return Err(Fault::Unexpected(
                        "a comma or the end of the list or object is missing",
                    ));
                }
                (Expect::Colon, _) => return Err(Fault::Unexpected("a colon is missing")),
                (Expect::Key, _) => return Err(Fault::Unexpected("a key is missing")),
                (Expect::Value, _) => return Err(Fault::Unexpected("a value is missing")),
            }
            if open.is_empty() {
                return Ok(());
            }
            expect = match expect {
                Expect::Key => Expect::Colon,
                _ => Expect::CommaOrEnd,
            };
        }
    }

    /// Passes a string. A line end cannot be in one: there it is taken to be
    /// left open.
    pub(in crate::format::json) fn pass_string(&mut self) -> Result<(), Fault> {
        self.bump();
        loop {
            if self.at == self.window.len() && !self.fill() {
                return Err(Fault::Cut);
            }
            let Some(n) = memchr3(b'"', b'\\', b'\n', &self.window[self.at..]) else {
                self.at = self.window.len();
                continue;
            };
            self.at += n;
            match self.window[self.at] {
                b'"' => {
                    self.bump();
                    return Ok(());
                }
                b'\n' => return Err(Fault::Unexpected("a string is not closed on its line")),
                _ => {
                    self.bump();
                    self.peek().ok_or(Fault::Cut)?;
                    self.bump();
                }
            }
        }
    }

    /// Reads a string that is a key, as it is escaped.
    pub(in crate::format::json) fn key(&mut self) -> Result<Vec<u8>, Fault> {
        self.bump();
        let mut key = Vec::new();
        let mut escaped = false;
        loop {
            let b = self.peek().ok_or(Fault::Cut)?;
            match b {
                b'"' if !escaped => break self.bump(),
                b'\n' => return Err(Fault::Unexpected("a string is not closed on its line")),
                _ if key.len() < MAX_KEY_BYTES => key.push(b),
                _ => {}
            }
            escaped = b == b'\\' && !escaped;
            self.bump();
        }
        match self.peek_token() {
            Some(b':') => self.bump(),
            Some(_) => return Err(Fault::Unexpected("a colon is missing")),
            None => return Err(Fault::Cut),
        }
        Ok(key)
    }

    fn pass_scalar(&mut self) {
        while let Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') = self.peek() {
            self.bump();
        }
    }
}
