//! The grammar of BibTeX: finds the next entry in a text.

use super::{Macros, lenient};

/// An entry as it was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// In lower case.
    pub(super) kind: String,
    pub(super) key: String,
    /// Names in lower case, values without their delimiters, in order.
    pub(super) fields: Vec<(String, String)>,
}

/// What starts at an `@`.
#[derive(Debug)]
pub(super) enum Parsed {
    /// `@comment`, `@preamble`.
    Nothing,
    /// `@string`.
    Macro(String, String),
    Entry(Entry),
    /// An entry that breaks the grammar. The rest of the text belongs to it.
    Broken(&'static str),
}

/// A find and its place in the text.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) parsed: Parsed,
}

/// Finds the entries of a text one after another, in time linear in it.
pub(super) struct Entries<'a> {
    text: &'a str,
    at: usize,
    /// The line that `at` is in, as far as it is known: where it starts, and
    /// whether a `%` makes it a comment.
    line: usize,
    is_comment: bool,
    /// Comments that do not close, of which each was read to the end of the
    /// text.
    n_unclosed: usize,
}

/// After so many comments that do not close, the others end with their lines.
const MAX_UNCLOSED: usize = 16;

impl<'a> Entries<'a> {
    pub(super) fn new(text: &'a str) -> Entries<'a> {
        Entries {
            text,
            at: 0,
            line: 0,
            is_comment: is_comment(text),
            n_unclosed: 0,
        }
    }

    /// The next entry.
    pub(super) fn next(&mut self, macros: &Macros) -> Option<Found> {
        let text = self.text;
        let mut from = self.at;
        let start = loop {
            let start = from + text[from..].find('@')?;
            if let Some(end) = text[self.line..start].rfind('\n') {
                self.is_comment = is_comment(&text[self.line + end + 1..]);
                self.line += end + 1;
            }
            // What is before is not looked at again.
            self.line = self.line.max(from);
            if !self.is_comment && super::opens_entry(&text[start..]) {
                break start;
            }
            from = start + 1;
        };
        let mut cursor = Cursor {
            text,
            at: start + 1,
            macros,
            n_unclosed: self.n_unclosed,
        };
        let mut parsed = cursor.entry();
        if matches!(parsed, Parsed::Entry(_)) && has_fields(&text[cursor.at..]) {
            parsed = Parsed::Broken("a brace too many closes the entry");
        }
        self.n_unclosed = cursor.n_unclosed;
        self.at = match parsed {
            Parsed::Broken(_) => text.len(),
            _ => cursor.at,
        };
        Some(Found { start, parsed })
    }
}

/// BibTeX knows no comments, but people do.
fn is_comment(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).starts_with('%')
}

/// Whether fields follow before the line of the next entry does.
fn has_fields(rest: &str) -> bool {
    let before = match rest.find('@') {
        Some(next) => &rest[..rest[..next].rfind('\n').map_or(0, |end| end + 1)],
        None => rest,
    };
    // Those of an entry that lost its `@` on purpose are no others'.
    let mut lines = before.lines().take_while(|line| !is_disabled(line));
    lines.any(|line| lenient::field(line).is_some_and(|(_, value)| value.starts_with(['{', '"'])))
}

/// Whether a line is `article{key,`: people leave out an entry this way.
fn is_disabled(line: &str) -> bool {
    let line = line.trim();
    let after = line.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let key = after.trim_start().strip_prefix(['{', '(']);
    after.len() < line.len()
        && key.is_some_and(|key| key.ends_with(',') && !key.contains(['=', '{', '"']))
}

/// The kind of an entry, and where its text starts after the brace.
pub(super) fn opening(text: &str) -> Option<(String, char, usize)> {
    let brace = text.find(['{', '('])?;
    let kind = text[..brace]
        .trim()
        .trim_start_matches('@')
        .to_ascii_lowercase();
    let close = if text[brace..].starts_with('{') {
        '}'
    } else {
        ')'
    };
    Some((kind, close, brace + 1))
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
    macros: &'a Macros,
    n_unclosed: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(skipped).len();
    }

    /// Text up to the first of some characters, which is not passed.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let n = rest.find(ends).unwrap_or(rest.len());
        self.at += n;
        &rest[..n]
    }

    fn entry(&mut self) -> Parsed {
        let Some((kind, close, len)) = opening(self.rest()) else {
            return Parsed::Nothing;
        };
        let body = self.at + len;
        match kind.as_str() {
            "comment" | "preamble" => {
                self.at = body - 1;
                // One that does not close ends with its line.
                if self.n_unclosed >= MAX_UNCLOSED || self.group().is_none() {
                    self.n_unclosed += 1;
                    self.at = body;
                    self.until(|c| c == '\n');
                }
                return Parsed::Nothing;
            }
            _ => self.at = body,
        }
        if kind == "string" {
            return match self.fields(close) {
                Ok(fields) => match fields.into_iter().next() {
                    Some((name, text)) => Parsed::Macro(name, text),
                    None => Parsed::Nothing,
                },
                Err(reason) => Parsed::Broken(reason),
            };
        }
        let key = self.key(close);
        match self.fields(close) {
            Ok(fields) => Parsed::Entry(Entry { kind, key, fields }),
            Err(reason) => Parsed::Broken(reason),
        }
    }

    /// The key, which may hold blanks (Scopus) or be missing.
    fn key(&mut self, close: char) -> String {
        self.skip(char::is_whitespace);
        let start = self.at;
        let key = self.until(|c| matches!(c, ',' | '\n' | '{' | '"') || c == close);
        let name_end = key.find('=').unwrap_or(key.len());
        if name_end == key.len() && !matches!(self.peek(), Some('{' | '"')) {
            return key.trim().to_owned();
        }
        // No comma after it: the last word is a field's name.
        let before = key[..name_end].trim_end();
        let key = before
            .rsplit_once(char::is_whitespace)
            .map_or("", |(key, _)| key);
        self.at = start + key.len();
        key.trim().to_owned()
    }

    /// Fields up to the end of the entry.
    fn fields(&mut self, close: char) -> Result<Vec<(String, String)>, &'static str> {
        let mut fields = Vec::new();
        loop {
            self.skip(|c| c.is_whitespace() || c == ',');
            let Some(c) = self.peek() else {
                return Err("the entry is not closed");
            };
            if c == '%' {
                self.until(|c| c == '\n');
                continue;
            }
            if c == close {
                self.bump(c);
                return Ok(fields);
            }
            let name = self.until(|c| matches!(c, '=' | '{' | '}' | '"' | ',' | '\n'));
            self.skip(char::is_whitespace);
            match self.peek() {
                // What is left of a key with commas in it.
                Some(',' | '\n') if fields.is_empty() && !name.trim().is_empty() => continue,
                Some('=') if !name.trim().is_empty() => {}
                _ => return Err("there is text that belongs to no field"),
            }
            self.bump('=');
            let value = self.value(close)?;
            fields.push((name.trim().to_ascii_lowercase(), value));
        }
    }

    /// Strings, numbers and macros with `#` between them.
    fn value(&mut self, close: char) -> Result<String, &'static str> {
        let mut value = String::new();
        loop {
            self.skip(char::is_whitespace);
            match self.peek() {
                Some('{') => value.push_str(self.group().ok_or("a brace is not closed")?),
                Some('"') => value.push_str(self.quoted().ok_or("a quote is not closed")?),
                _ => {
                    let word = self
                        .until(|c| matches!(c, ',' | '#' | '\n') || c == close)
                        .trim();
                    value.push_str(self.macros.get(word).unwrap_or(word));
                }
            }
            self.skip(char::is_whitespace);
            if self.peek() != Some('#') {
                return Ok(value);
            }
            self.bump('#');
        }
    }

    /// What braces, or the parentheses of an entry, enclose.
    fn group(&mut self) -> Option<&'a str> {
        let (open, close) = match self.peek()? {
            '(' => (b'(', b')'),
            _ => (b'{', b'}'),
        };
        let rest = self.rest().as_bytes();
        let mut depth = 0usize;
        let mut at = 0;
        while let Some(&b) = rest.get(at) {
            match b {
                b'\\' => at += 1,
                _ if b == open => depth += 1,
                _ if b == close => {
                    depth -= 1;
                    if depth == 0 {
                        let inner = &self.rest()[1..at];
                        self.at += at + 1;
                        return Some(inner);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// What quotes enclose. A quote within braces, or one that nothing that
    /// may follow a value follows, is part of the text.
    fn quoted(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let mut depth = 0i32;
        let mut escaped = false;
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => {}
                '{' => depth += 1,
                '}' => depth -= 1,
                '"' if depth <= 0 => {
                    // The next field begins before this one has ended.
                    if rest[1..at].trim_end().ends_with('=') {
                        return None;
                    }
                    let after = rest[at + 1..].trim_start();
                    if after.is_empty() || after.starts_with([',', '#', '}', ')']) {
                        self.at += at + 1;
                        return Some(&rest[1..at]);
                    }
                }
                _ => {}
            }
            escaped = c == '\\' && !escaped;
        }
        None
    }
}
