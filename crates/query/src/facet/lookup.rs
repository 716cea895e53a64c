//! Authors by the beginning of any part of their names: what a person types
//! who looks for a value.

use abs_record::fold::{fold, fold_expanded};
use abs_schema::fields::{author_key_hash, author_value_key};
use rustc_hash::FxHashSet;

use crate::error::SearchError;
use crate::snapshot::Snapshot;

/// Words typed that are looked at.
const MAX_WORDS: usize = 16;

/// Beginnings of words as typed, ready to be held against keys.
///
/// `lewei` and `lu lew` fit `lu, lewei`: each word begins another word of the
/// key. With a comma the order is given, family name first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// Each in its spellings, the longest first.
    words: Vec<Vec<String>>,
    /// What the key opens with, where a comma was typed.
    opening: Option<Vec<String>>,
}

impl Typed {
    /// `None` for a text without a letter.
    pub(super) fn parse(text: &str) -> Option<Typed> {
        let spellings: Vec<String> = std::iter::once(fold(text))
            .chain(fold_expanded(text))
            .collect();
        let opening = |text: &String| {
            let (family, given) = text.split_once(',')?;
            let (family, given) = (words(family).join(" "), words(given).join(" "));
            let blank = if given.is_empty() { "" } else { " " };
            Some(format!("{family},{blank}{given}"))
        };
        let opening: Vec<String> = spellings.iter().filter_map(opening).collect();
        let mut by_word: Vec<Vec<String>> = Vec::new();
        for spelling in &spellings {
            for (idx, word) in words(spelling).into_iter().take(MAX_WORDS).enumerate() {
                match by_word.get_mut(idx) {
                    Some(spellings) if !spellings.contains(&word) => spellings.push(word),
                    Some(_) => {}
                    None => by_word.push(vec![word]),
                }
            }
        }
        if by_word.is_empty() {
            return None;
        }
        // What the longest fits is fitted by any beginning of it, so that it
        // goes first, and no choice has to be taken back.
        by_word.sort_by_key(|spellings| std::cmp::Reverse(spellings[0].len()));
        Some(Typed {
            words: by_word,
            opening: (!opening.is_empty()).then_some(opening),
        })
    }

    pub(super) fn fits(&self, key: &str) -> bool {
        if let Some(opening) = &self.opening {
            return opening.iter().any(|opening| key.starts_with(opening));
        }
        let mut taken = 0_u64;
        self.words.iter().all(|spellings| {
            let words = key.split([' ', ',']).filter(|word| !word.is_empty());
            let place = words.take(64).enumerate().position(|(idx, word)| {
                taken & (1 << idx) == 0 && spellings.iter().any(|typed| word.starts_with(typed))
            });
            place.is_some_and(|idx| {
                taken |= 1 << idx;
                true
            })
        })
    }
}

/// As keys have them: apostrophes dropped, anything else that is no letter or
/// digit a blank.
fn words(text: &str) -> Vec<String> {
    text.replace(['\'', '’', '`', '´'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The keys of all authors, one a line, in the order of the dictionaries.
///
/// Reading it from the dictionaries costs 300 ns a name; searching it as text
/// hundreds of times less. Memory: about 20 bytes for each author of each
/// segment, from the first such search on.
#[derive(Debug)]
pub(crate) struct AuthorKeys {
    text: String,
}

impl AuthorKeys {
    fn read(snapshot: &Snapshot) -> Result<AuthorKeys, SearchError> {
        let mut text = String::from("\n");
        for segment in snapshot.segments() {
            let mut start = text.len();
            let names = segment.inverted_index(snapshot.fields.author_name)?;
            let mut terms = names.terms().stream()?;
            while terms.advance() {
                let Ok(value) = std::str::from_utf8(terms.key()) else {
                    continue;
                };
                let key = author_value_key(value);
                // Spellings of one author are neighbours.
                if text[start..].trim_end_matches('\n') != key {
                    start = text.len();
                    text.push_str(key);
                    text.push('\n');
                }
            }
        }
        text.shrink_to_fit();
        Ok(AuthorKeys { text })
    }

    /// Shows every key in which a word starts so; one of two segments twice.
    fn with_word<'a>(&'a self, word: &str, mut each: impl FnMut(&'a str)) {
        let text = self.text.as_bytes();
        let finder = memchr::memmem::Finder::new(word);
        let mut from = 0;
        while let Some(found) = finder.find(&text[from..]) {
            let at = from + found;
            from = at + 1;
            if at > 0 && !matches!(text[at - 1], b' ' | b'\n') {
                continue;
            }
            let start = memchr::memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1);
            let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |len| at + len);
            if let Some(key) = self.text.get(start..end) {
                each(key);
            }
            from = end;
        }
    }
}

/// Hashes of the keys of all authors whose names fit. With a comma the
/// dictionaries are read from the first such key to the last.
pub(super) fn authors_named(
    snapshot: &Snapshot,
    text: &str,
) -> Result<FxHashSet<u64>, SearchError> {
    let mut found = FxHashSet::default();
    let Some(typed) = Typed::parse(text) else {
        return Ok(found);
    };
    let mut hold_against = |key: &str| {
        if typed.fits(key) {
            found.insert(author_key_hash(key));
        }
    };
    if let Some(openings) = &typed.opening {
        for segment in snapshot.segments() {
            let names = segment.inverted_index(snapshot.fields.author_name)?;
            for opening in openings {
                let from = opening.as_bytes();
                let mut terms = names.terms().range().ge(from).into_stream()?;
                while terms.advance() && terms.key().starts_with(from) {
                    if let Ok(value) = std::str::from_utf8(terms.key()) {
                        hold_against(author_value_key(value));
                    }
                }
            }
        }
        return Ok(found);
    }
    let keys = match snapshot.author_keys.get() {
        Some(keys) => keys,
        None => {
            let keys = AuthorKeys::read(snapshot)?;
            snapshot.author_keys.get_or_init(|| keys)
        }
    };
    for spelling in &typed.words[0] {
        keys.with_word(spelling, &mut hold_against);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_of_a_name_may_be_typed() {
        for (typed, key, fits) in [
            ("mur", "murphy, kevin", true),
            ("kev", "murphy, kevin", true),
            ("evin", "murphy, kevin", false),
            ("Lewei Lu", "lu, lewei", true),
            ("lu lewei", "lu, lewei", true),
            ("l lu", "lu, lewei", true),
            ("lu l", "lu, lewei", true),
            ("lu lu", "lu, lewei", false),
            ("lu, lew", "lu, lewei", true),
            ("lu,lew", "lu, lewei", true),
            ("lewei, lu", "lu, lewei", false),
            ("lu,", "lu, lewei", true),
            ("lu,", "lund, a", false),
            ("Müll", "muller, jorg", true),
            ("Müll", "mueller, j", true),
            ("Mull", "mueller, j", false),
            ("van der", "van der berg, ludwig", true),
            ("berg", "van der berg, ludwig", true),
            ("O'Br", "obrien, s", true),
            ("J.-P.", "dupont, jean pierre", true),
            ("stan coll", "stanford collaboration", true),
        ] {
            let parsed = Typed::parse(typed).unwrap();
            assert_eq!(parsed.fits(key), fits, "{typed}: {key}");
        }
        assert_eq!(Typed::parse("… ,"), None);
        assert_eq!(Typed::parse(""), None);
    }
}
