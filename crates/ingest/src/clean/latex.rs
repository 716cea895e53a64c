//! LaTeX in running text: accents and letters decoded, formulas untouched.

mod accent;

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use accent::{Decoded, decode};

/// Decodes LaTeX's accents (`L\'evy`, `{\"o}`, `\u{g}`), letters (`\ss`) and
/// escapes (`\%`), and unwraps `\emph{…}`, outside of formulas. What is not
/// certain stays as it is.
pub fn accents(text: &str) -> Cow<'_, str> {
    if memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let quotes = has_escaped_quotes(bytes);
    let mut out = String::new();
    let mut ends = Ends::default();
    // Braces that go when their group ends.
    let mut unwrapped: Vec<usize> = Vec::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = memchr2(b'\\', b'$', &bytes[at..]) {
        at += found;
        if let Some(end) = ends.formula(bytes, at) {
            at = end;
            continue;
        }
        let decoded = match bytes[at] {
            b'\\' => decode(text, at, quotes),
            _ => None,
        };
        let Some(Decoded {
            start,
            end,
            text: new,
        }) = decoded.filter(|d| d.start >= copied)
        else {
            // A backslash escapes what follows, be it a dollar.
            at += if bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii) {
                2
            } else {
                1
            };
            continue;
        };
        unwrap(&mut out, &text[copied..start], &mut unwrapped);
        out.push_str(&new);
        if new.is_empty() && bytes[end - 1] == b'{' {
            unwrapped.push(0);
        }
        (copied, at) = (end, end);
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    unwrap(&mut out, &text[copied..], &mut unwrapped);
    Cow::Owned(out)
}

/// Copies text, but for the braces that end what `\emph{` began.
fn unwrap(out: &mut String, text: &str, unwrapped: &mut Vec<usize>) {
    if unwrapped.is_empty() {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match (c, unwrapped.last_mut()) {
            ('}', Some(0)) => {
                unwrapped.pop();
                continue;
            }
            ('}', Some(depth)) => *depth -= 1,
            ('{', Some(depth)) => *depth += 1,
            _ => {}
        }
        out.push(c);
    }
}

/// Finds where formulas end; remembers what has no end, so that a text full
/// of beginnings takes linear time.
#[derive(Default)]
struct Ends {
    without: [bool; 5],
}

impl Ends {
    /// Where the formula that starts at `at` ends.
    fn formula(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let rest = &bytes[at..];
        let (idx, start, mark): (usize, usize, &[u8]) = if rest.starts_with(b"$$") {
            (0, 2, b"$$")
        } else if rest.starts_with(b"$") {
            (1, 1, b"$")
        } else if rest.starts_with(b"\\(") {
            (2, 2, b"\\)")
        } else if rest.starts_with(b"\\[") {
            (3, 2, b"\\]")
        } else if rest.starts_with(b"\\begin{") {
            (4, 7, b"\\end{")
        } else {
            return None;
        };
        if self.without[idx] {
            return None;
        }
        let mut from = start;
        while let Some(found) = rest.get(from..).and_then(|text| memmem::find(text, mark)) {
            let end = from + found;
            // `\$` is a dollar inside of the formula, `\\$` is not.
            let n_slashes = rest[..end]
                .iter()
                .rev()
                .take_while(|b| **b == b'\\')
                .count();
            if mark[0] == b'$' && n_slashes % 2 == 1 {
                from = end + 1;
                continue;
            }
            let end = end + mark.len();
            return match idx {
                4 => memchr(b'}', &rest[end..]).map(|n| at + end + n + 1),
                _ => Some(at + end),
            };
        }
        self.without[idx] = true;
        None
    }
}

/// Whether `\"` encloses words here, as some exports of JSON leave it, and is
/// no accent.
fn has_escaped_quotes(bytes: &[u8]) -> bool {
    let letter = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    let (mut opens, mut closes) = (false, false);
    for at in memmem::find_iter(bytes, b"\\\"") {
        let before = at.checked_sub(1).and_then(|idx| bytes.get(idx));
        let after = bytes.get(at + 2);
        opens |= !letter(before) && before != Some(&b'{') && letter(after);
        closes |= before.is_some_and(|b| !b.is_ascii_whitespace() && *b != b'{')
            && after.is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'{' | b'\\'));
    }
    opens && closes
}

#[cfg(test)]
mod tests;
