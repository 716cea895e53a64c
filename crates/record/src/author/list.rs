//! Several authors in one string. Knows separators; what a name is, the rest
//! of the module says.

use std::ops::Range;

use super::Author;
use super::clean::clean;
use super::evidence::is_collective;
use super::words::{Suffix, is_initial, suffix_kind};

/// What stands before a piece of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Comma,
    And,
    /// `;`, `|`, or the end of a line.
    Hard,
}

/// A piece between two separators of whatever kind.
#[derive(Debug, Clone)]
struct Piece {
    before: Separator,
    range: Range<usize>,
}

/// See [`Author::parse_list`].
pub(super) fn parse_list(text: &str) -> Vec<Author> {
    let (pieces, divided) = pieces(text);
    let mut list = List {
        text,
        authors: Vec::with_capacity(pieces.len()),
    };
    for group in pieces.chunk_by(|_, next| next.before != Separator::Hard) {
        let joined: Vec<&[Piece]> = group
            .chunk_by(|_, next| next.before != Separator::And)
            .collect();
        // `A and B and C`: BibTeX, every comma is inside a name. So it is
        // where both sides of a single `and` have just one.
        let inverted = joined.len() > 2
            || (joined.len() == 2 && joined.iter().all(|side| list.units(side).len() == 2));
        for side in joined {
            let units = list.units(side);
            if units.len() == 1 || (units.len() < 4 && divided) || (units.len() < 3 && inverted) {
                list.push_all(&units);
            } else {
                list.push_commas(side, &units);
            }
        }
    }
    list.authors
}

/// See [`Author::parse_pairs`].
pub(super) fn parse_pairs(text: &str) -> Vec<Author> {
    let (pieces, _) = pieces(text);
    let mut list = List {
        text,
        authors: Vec::with_capacity(pieces.len() / 2 + 1),
    };
    list.push_pairs(&pieces);
    list.authors
}

struct List<'a> {
    text: &'a str,
    authors: Vec<Author>,
}

impl List<'_> {
    fn get(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }

    fn push(&mut self, range: Range<usize>) {
        let author = Author::parse(self.get(&range));
        if !author.is_empty() {
            self.authors.push(author);
        }
    }

    /// One author of all units.
    fn push_all(&mut self, units: &[Range<usize>]) {
        if let (Some(first), Some(last)) = (units.first(), units.last()) {
            self.push(first.start..last.end);
        }
    }

    /// The pieces with each suffix joined to what it follows.
    fn units(&self, pieces: &[Piece]) -> Vec<Range<usize>> {
        let mut units: Vec<Range<usize>> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let kind = suffix_kind(self.get(&piece.range));
            if let Some(last) = units.last_mut()
                && (kind == Some(Suffix::Definite)
                    || (kind.is_some()
                        && self
                            .text
                            .get(last.clone())
                            .is_some_and(|unit| unit.contains(' '))))
            {
                last.end = piece.range.end;
            } else {
                units.push(piece.range.clone());
            }
        }
        units
    }

    /// Authors with nothing but commas between them, or inside of them.
    fn push_commas(&mut self, pieces: &[Piece], units: &[Range<usize>]) {
        let whole: Vec<bool> = units
            .iter()
            .map(|unit| is_whole_name(self.get(unit)))
            .collect();
        let parts = whole.iter().filter(|whole| !**whole).count();
        let alternate = |from: usize| whole.iter().skip(from).step_by(2).all(|whole| !whole);
        let even = units.len().is_multiple_of(2);
        if parts > 0
            && even
            && (units.len() == 2 || parts * 2 > units.len() || alternate(0) || alternate(1))
        {
            self.push_pairs(pieces);
        } else {
            for unit in units {
                self.push(unit.clone());
            }
        }
    }

    /// `Family, Given, Family, Given`; a suffix belongs to what it follows.
    fn push_pairs(&mut self, pieces: &[Piece]) {
        let mut pair: Option<Range<usize>> = None;
        let mut parts = 0;
        for piece in pieces {
            let is_suffix = match suffix_kind(self.get(&piece.range)) {
                Some(Suffix::Definite) => parts > 0,
                Some(Suffix::Ambiguous) => parts == 2,
                None => false,
            };
            match &mut pair {
                Some(pair) if is_suffix => pair.end = piece.range.end,
                Some(pair) if parts == 1 => {
                    pair.end = piece.range.end;
                    parts = 2;
                }
                _ => {
                    if let Some(pair) = pair.replace(piece.range.clone()) {
                        self.push(pair);
                    }
                    parts = 1;
                }
            }
        }
        if let Some(pair) = pair {
            self.push(pair);
        }
    }
}

/// Whether a piece can be an author alone: two words that are not all
/// initials, or one that holds both (`Hoiby-N`, `A.Smith`).
fn is_whole_name(piece: &str) -> bool {
    let piece = clean(piece);
    let mut words = piece.split(' ');
    match (words.next(), words.next()) {
        (Some(word), None) => Author::parse(word).key().contains(','),
        _ => !piece.split(' ').all(is_initial),
    }
}

/// The pieces of a list, and whether `;` or `|` divides it. Nothing inside
/// braces or parentheses is a separator.
fn pieces(text: &str) -> (Vec<Piece>, bool) {
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
