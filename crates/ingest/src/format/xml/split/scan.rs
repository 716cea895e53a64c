//! What starts at a `<`.

use memchr::{memchr2, memmem};

/// What was found, with positions relative to the `<`.
pub(in crate::format::xml) enum Found {
    /// More text is needed to tell.
    More,
    /// A `<` that starts nothing.
    Text,
    /// A comment, a section, an instruction or a declaration of this length.
    Skip(usize),
    /// A start tag: the end of its name and its own.
    Open {
        name: usize,
        end: usize,
        empty: bool,
    },
    /// An end tag.
    Close { name: usize, end: usize },
}

/// How many kinds of sections there are.
pub(super) const N_KINDS: usize = 4;

/// The kind of the section that starts here: a comment, a CDATA section, a
/// declaration or an instruction.
pub(super) fn kind(text: &[u8]) -> Option<usize> {
    match text.get(1..)? {
        [b'!', b'-', ..] => Some(0),
        [b'!', b'[', ..] => Some(1),
        [b'!', _, ..] => Some(2),
        [b'?', ..] => Some(3),
        _ => None,
    }
}

/// What starts at the first byte, which is `<`.
pub(in crate::format::xml) fn construct(text: &[u8]) -> Found {
    match text.get(1) {
        None => Found::More,
        Some(b'!') => declaration(text),
        Some(b'?') => up_to(text, 2, b"?>"),
        Some(b'/') => match text.get(2) {
            None => Found::More,
            Some(&b) if starts_name(b) => tag(text, 2, |name, end| Found::Close { name, end }),
            Some(_) => Found::Text,
        },
        Some(&b) if starts_name(b) => tag(text, 1, |name, end| Found::Open {
            name,
            end,
            empty: text[end - 2] == b'/',
        }),
        Some(_) => Found::Text,
    }
}

fn starts_name(b: u8) -> bool {
    b.is_ascii_alphabetic() || b == b'_' || b == b':' || b >= 0x80
}

fn ends_name(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>' | b'<')
}

/// A tag ends at a `>` outside of quotes; a `<` comes too early anywhere.
fn tag(text: &[u8], start: usize, found: impl Fn(usize, usize) -> Found) -> Found {
    let Some(n_name) = text[start..].iter().position(|&b| ends_name(b)) else {
        return Found::More;
    };
    let name = start + n_name;
    let mut at = name;
    loop {
        match text.get(at) {
            None => return Found::More,
            Some(b'>') => return found(name, at + 1),
            Some(b'<') => return Found::Text,
            Some(&quote @ (b'"' | b'\'')) => {
                match memchr2(quote, b'<', &text[at + 1..]) {
                    None => return Found::More,
                    Some(n) if text[at + 1 + n] == b'<' => return Found::Text,
                    Some(n) => at += 2 + n,
                };
            }
            Some(_) => at += 1,
        }
    }
}

/// `<!-- … -->`, `<![CDATA[ … ]]>`, or `<!DOCTYPE … [ … ]>`.
fn declaration(text: &[u8]) -> Found {
    for (start, end) in [(&b"<!--"[..], &b"-->"[..]), (b"<![CDATA[", b"]]>")] {
        if text.starts_with(start) {
            return up_to(text, start.len(), end);
        }
        if start.starts_with(text) {
            return Found::More;
        }
    }
    let mut depth = 0u32;
    for (idx, b) in text.iter().enumerate() {
        match b {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if depth == 0 => return Found::Skip(idx + 1),
            _ => {}
        }
    }
    Found::More
}

fn up_to(text: &[u8], start: usize, end: &[u8]) -> Found {
    let found = text.get(start..).and_then(|rest| memmem::find(rest, end));
    found.map_or(Found::More, |idx| Found::Skip(start + idx + end.len()))
}
