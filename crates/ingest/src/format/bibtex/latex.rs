//! What BibTeX makes of text: braces that only protect, escapes, quotes,
//! dashes, signs and commands for fonts. Accents are left to
//! [`clean`](crate::clean), formulas stay as they are.

mod command;
mod sign;

use command::{FONTS, HIDDEN, SWITCHES, argument};
use sign::sign;

/// The longest formula that `\ensuremath` is undone for, in bytes.
const MAX_ENSURED: usize = 1000;
/// The longest argument that is not shown, in bytes: an address.
const MAX_HIDDEN: usize = 4000;

/// The text of a value.
pub(super) fn plain(value: &str) -> String {
    let mut reader = Reader {
        rest: value,
        out: String::with_capacity(value.len()),
        groups: Vec::new(),
    };
    while let Some(c) = reader.rest.chars().next() {
        reader.step(c);
    }
    reader.out
}

/// The text of a value that is an id or an address.
pub(super) fn verbatim(value: &str) -> String {
    let value = value.trim();
    let value = value.strip_prefix("\\url").unwrap_or(value);
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    let mut has_blank = false;
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' => {}
            '\\' if chars.peek().is_some_and(|c| !c.is_alphanumeric()) => {}
            _ if c.is_whitespace() && !has_blank => {
                has_blank = true;
                out.push(' ');
            }
            _ => out.push(c),
        }
    }
    out
}

struct Reader<'a> {
    rest: &'a str,
    out: String,
    /// Whether each open brace was written.
    groups: Vec<bool>,
}

impl Reader<'_> {
    fn step(&mut self, c: char) {
        match c {
            '$' => self.formula(),
            '\\' => self.command(),
            '{' => {
                // `{\'e}` and `{\ss}` are for whoever reads accents.
                let inner = self.rest[1..].trim_start();
                let is_accent = inner.starts_with('\\') && !is_font(inner);
                self.open(is_accent);
            }
            '}' => {
                if self.groups.pop().unwrap_or_default() {
                    self.out.push('}');
                }
                self.pass(1);
            }
            '~' => self.write(" ", 1),
            '`' if self.rest.starts_with("``") => self.write("\u{201c}", 2),
            '\'' if self.rest.starts_with("''") => self.write("\u{201d}", 2),
            '-' if self.rest.starts_with("---") => self.write("\u{2014}", 3),
            '-' if self.rest.starts_with("--") => self.write("\u{2013}", 2),
            _ => {
                self.out.push(c);
                self.pass(c.len_utf8());
            }
        }
    }

    fn pass(&mut self, n: usize) {
        self.rest = &self.rest[n..];
    }

    fn write(&mut self, text: &str, n: usize) {
        self.out.push_str(text);
        self.pass(n);
    }

    fn open(&mut self, written: bool) {
        if written {
            self.out.push('{');
        }
        self.groups.push(written);
        self.pass(1);
    }

    /// Copies a formula as it is; a lone `$` is one.
    fn formula(&mut self) {
        let mark = if self.rest.starts_with("$$") { 2 } else { 1 };
        let end = self.rest[mark..]
            .find('$')
            .map_or(mark, |end| end + 2 * mark);
        let end = end.min(self.rest.len());
        // The other end of `$$` may be missing.
        let end = if self.rest.is_char_boundary(end) {
            end
        } else {
            mark
        };
        self.out.push_str(&self.rest[..end]);
        self.pass(end);
    }

    fn command(&mut self) {
        let after = &self.rest[1..];
        let name_len = after.len()
            - after
                .trim_start_matches(|c: char| c.is_ascii_alphabetic())
                .len();
        let name = &after[..name_len];
        if name.is_empty() {
            match after.chars().next() {
                Some(c @ ('&' | '%' | '_' | '#' | '$' | '{' | '}')) => {
                    self.out.push(c);
                    self.pass(2);
                }
                // A thin space as any.
                Some('\\' | ' ' | '/' | '\n' | ',' | ';' | ':') => self.write(" ", 2),
                Some('-' | '!') => self.pass(2),
                Some('(') => {
                    let end = self.rest.find("\\)").map_or(self.rest.len(), |end| end + 2);
                    self.out.push_str(&self.rest[..end]);
                    self.pass(end);
                }
                // An accent on nothing is a sign.
                Some(c @ ('~' | '^')) if after[1..].starts_with("{}") => {
                    self.out.push(c);
                    self.pass(4);
                }
                // An accent, with what it stands on.
                Some(accent) => {
                    self.out.push('\\');
                    self.out.push(accent);
                    self.pass(1 + accent.len_utf8());
                    self.argument();
                }
                None => self.write("\\", 1),
            }
        } else if let Some(sign) = sign(name) {
            self.out.push_str(sign);
            self.pass(1 + name_len);
            // A blank ends the command, and is not shown.
            let rest = self.rest.strip_prefix("{}");
            self.rest = rest.unwrap_or_else(|| self.rest.strip_prefix(' ').unwrap_or(self.rest));
        } else if let Some(formula) = ensured(name, &after[name_len..]) {
            let is_plain = !formula.contains(['\\', '^', '_', '{']);
            let mark = if is_plain { "" } else { "$" };
            self.out.extend([mark, formula, mark]);
            self.pass(1 + name_len + formula.len() + 2);
        } else if let Some(address) = address(name, &after[name_len..]) {
            self.out.push_str(&verbatim(address));
            self.pass(1 + name_len + address.len() + 2);
        } else if FONTS.contains(&name) {
            self.pass(1 + name_len);
            if self.rest.starts_with('{') {
                self.open(false);
            }
        } else if let Some(hidden) = hidden(name, &after[name_len..]) {
            self.rest = hidden;
            if self.rest.starts_with('{') {
                self.open(false);
            }
        } else if SWITCHES.contains(&name) {
            self.pass(1 + name_len);
            self.rest = self.rest.strip_prefix(' ').unwrap_or(self.rest);
        } else {
            self.out.push_str(&self.rest[..1 + name_len]);
            self.pass(1 + name_len);
            self.argument();
        }
    }

    /// Keeps the braces of a command's argument.
    fn argument(&mut self) {
        if self.rest.starts_with('{') {
            self.open(true);
        }
    }
}

fn is_font(command: &str) -> bool {
    let name = command[1..]
        .split(|c: char| !c.is_ascii_alphabetic())
        .next();
    name.is_some_and(|name| {
        SWITCHES.contains(&name)
            || HIDDEN.contains(&name)
            || FONTS.contains(&name)
            || matches!(name, "ensuremath" | "url")
            || sign(name).is_some()
            || name.is_empty() && is_escape(command)
    })
}

/// What follows the argument of a command that does not show it.
fn hidden<'a>(name: &str, after: &'a str) -> Option<&'a str> {
    let after = HIDDEN.contains(&name).then(|| after.trim_start())?;
    let hidden = argument(after, MAX_HIDDEN)?;
    let rest = after.get(hidden.len() + 2..)?;
    // `\href {address} {text}`
    let text = rest.trim_start();
    match text.starts_with('{') {
        true => Some(text),
        // The address is all there is.
        false if name == "href" => None,
        false => Some(rest),
    }
}

/// The argument of `\url`, without its braces: a tilde in it is no blank.
fn address<'a>(name: &str, after: &'a str) -> Option<&'a str> {
    let after = (name == "url").then_some(after)?;
    argument(after, MAX_HIDDEN)
}

/// The argument of `\ensuremath`, without its braces.
fn ensured<'a>(name: &str, after: &'a str) -> Option<&'a str> {
    let after = (name == "ensuremath").then_some(after)?;
    argument(after, MAX_ENSURED).filter(|inner| !inner.contains('$'))
}

fn is_escape(command: &str) -> bool {
    let after = &command[1..];
    after.starts_with(['&', '%', '_', '#', '$', '{', '}', '\\', ' '])
        || after.starts_with("~{}")
        || after.starts_with("^{}")
}
