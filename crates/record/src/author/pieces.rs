//! A list cut at its separators, whatever they separate.

use std::ops::Range;

use super::clean::clean;
use super::evidence::is_collective;

/// What stands before a piece of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Comma,
    And,
    /// `;`, `|`, or the end of a line.
    Hard,
}

/// A piece between two separators of whatever kind.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) before: Separator,
    pub(super) range: Range<usize>,
}

/// The pieces of a list, and whether `;` or `|` divides it. Nothing inside
/// braces or parentheses is a separator.
pub(super) fn pieces(text: &str) -> (Vec<Piece>, bool) {
    let unclosed = unclosed(text);
    let mut unclosed = unclosed.iter().copied().peekable();
    let divided = has_divider(text);
    let lines = !divided && !is_wrapped(text);
    let mut pieces = Vec::new();
    let (mut start, mut before) = (0, Separator::Hard);
    let mut depth = 0_usize;
    let mut colon_seen = false;
    for (at, c) in text.char_indices() {
        if at < start {
            continue;
        }
        let after = at + c.len_utf8();
        let found = match c {
            '(' | '{' if unclosed.next_if_eq(&at).is_some() => None,
            '(' | '{' => {
                depth += 1;
                None
            }
            ')' | '}' => {
                depth = depth.saturating_sub(1);
                None
            }
            _ if depth > 0 => None,
            ';' | '；' | '|' => Some((Separator::Hard, after)),
            '\n' | '\r' if lines => Some((Separator::Hard, after)),
            ',' | '，' | '、' => Some((Separator::Comma, after)),
            ':' if !colon_seen => {
                // `ATLAS Collaboration: A. Smith, B. Jones`. Only the first
                // is looked at, or many would make many looks.
                colon_seen = true;
                let named = text.get(start..at).unwrap_or("");
                is_collective(&clean(named)).then_some((Separator::Hard, after))
            }
            _ if c.is_whitespace() => and_after(text, after).map(|end| (Separator::And, end)),
            _ => None,
        };
        if let Some((separator, end)) = found {
            push_piece(text, start..at, before, &mut pieces);
            before = strongest(text, start..at, before, separator);
            start = end;
        }
    }
    push_piece(text, start..text.len(), before, &mut pieces);
    (pieces, divided)
}

/// The separator before the next piece: one after an empty piece gives way to
/// the stronger of both, as in `Doe, and Roe`.
fn strongest(text: &str, piece: Range<usize>, before: Separator, found: Separator) -> Separator {
    let empty = text.get(piece).is_none_or(|piece| piece.trim().is_empty());
    match (empty, before, found) {
        (true, Separator::Hard, _) | (_, _, Separator::Hard) => Separator::Hard,
        (true, Separator::And, _) | (_, _, Separator::And) => Separator::And,
        _ => Separator::Comma,
    }
}

fn push_piece(text: &str, range: Range<usize>, before: Separator, pieces: &mut Vec<Piece>) {
    let Some(piece) = text.get(range.clone()) else {
        return;
    };
    let start = range.start + (piece.len() - piece.trim_start().len());
    let piece = piece.trim();
    let bare = piece
        .strip_prefix("and ")
        .unwrap_or(piece)
        .trim_end_matches('.');
    if bare.is_empty() || matches!(bare, "and" | "others" | "et al" | "al") {
        return;
    }
    pieces.push(Piece {
        before,
        range: start..start + piece.len(),
    });
}

/// Where ` and ` or ` & ` ends, if its word starts at `at`.
fn and_after(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let length = match rest.as_bytes() {
        [b'&', ..] => 1,
        [a, n, d, ..] if [*a, *n, *d].eq_ignore_ascii_case(b"and") => 3,
        _ => return None,
    };
    // The blank stays: the next piece is trimmed, and `A and and B` is read.
    rest.get(length..)?
        .starts_with(char::is_whitespace)
        .then_some(at + length)
}

/// Whether `;` or `|` stands outside of parentheses and braces.
fn has_divider(text: &str) -> bool {
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'(' | b'{' => depth += 1,
            b')' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(byte, b';' | b'|')
    })
}

/// Whether line ends are those of wrapped text: a line ends with a comma or
/// `and`, or the next is indented or starts with `and`.
fn is_wrapped(text: &str) -> bool {
    let mut lines = text.trim().lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        let Some(next) = lines.peek() else {
            return false;
        };
        if line.ends_with(',')
            || line.ends_with(" and")
            || next.starts_with([' ', '\t'])
            || next.starts_with("and ")
        {
            return true;
        }
    }
    false
}

/// The places, in order, of parentheses and braces that are never closed.
fn unclosed(text: &str) -> Vec<usize> {
    let (mut round, mut curly) = (Vec::new(), Vec::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => round.push(at),
            b'{' => curly.push(at),
            b')' => drop(round.pop()),
            b'}' => drop(curly.pop()),
            _ => {}
        }
    }
    round.append(&mut curly);
    round.sort_unstable();
    round
}
