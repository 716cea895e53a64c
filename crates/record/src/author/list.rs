//! Several authors in one string: which pieces of it are one. What a name is,
//! the rest of the module says.

use std::ops::Range;

use super::Author;
use super::abbreviated;
use super::clean::clean;
use super::evidence::is_collective;
use super::pieces::{Piece, Separator, pieces};
use super::words::{Suffix, is_initial, suffix_kind};

/// See [`Author::parse_list`].
pub(super) fn parse_list(text: &str) -> Vec<Author> {
    let (mut pieces, divided) = pieces(text);
    let mut list = List {
        text,
        authors: Vec::with_capacity(pieces.len()),
    };
    let parts = || pieces.chunk_by(|_, next| next.before != Separator::Hard);
    let abbreviated: Vec<bool> = parts().map(|part| list.is_abbreviated(part)).collect();
    let mut persons = parts().zip(&abbreviated).filter(|(_, is)| **is).peekable();
    let has_persons = persons.peek().is_some();
    // `;` parts persons from groups, not person from person.
    let has_groups = divided && persons.any(|(part, _)| part.len() > 1);
    if has_persons {
        list.drop_full_stop(&mut pieces);
    }
    let parts = pieces.chunk_by(|_, next| next.before != Separator::Hard);
    for (group, is_abbreviated) in parts.zip(abbreviated) {
        if is_abbreviated {
            list.push_each(group);
            continue;
        } else if has_persons && list.push_group(group, has_groups) {
            continue;
        }
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

    fn is_abbreviated(&self, part: &[Piece]) -> bool {
        abbreviated::is_list(part.iter().map(|piece| self.get(&piece.range)))
    }

    fn drop_full_stop(&self, pieces: &mut [Piece]) {
        let texts = pieces.iter().map(|piece| self.get(&piece.range));
        let length = abbreviated::last_without_full_stop(texts);
        if let (Some(length), Some(last)) = (length, pieces.last_mut()) {
            last.range.end = last.range.start + length;
        }
    }

    fn push_each(&mut self, part: &[Piece]) {
        for piece in part {
            self.push(piece.range.clone());
        }
    }

    /// One group of a whole part, commas and all; whether it is one.
    fn push_group(&mut self, part: &[Piece], known: bool) -> bool {
        let (Some(first), Some(last)) = (part.first(), part.last()) else {
            return false;
        };
        let name = self.get(&(first.range.start..last.range.end));
        let is_group = known || is_collective(&clean(name));
        if is_group {
            let group = Author::collective(name);
            self.authors.push(group);
        }
        is_group
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
