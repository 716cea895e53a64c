//! Takes one word apart: its text and what its end asks for (`*`, `~1`, `^2`).

use super::ast::{Modifier, Term};
use super::build::BOOSTS;
use super::chars::{
    count_word_chars, drops_at_end, has_two_word_chars, says_something, without_lone_brackets,
};

/// Characters of a word, at most; what is longer is cut.
pub const MAX_WORD_CHARS: usize = 256;

/// A word taken apart.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) term: Term,
    pub(super) boost: Option<f32>,
    /// What to tell about it.
    pub(super) remarks: Vec<&'static str>,
    /// The word was too long.
    pub(super) is_cut: bool,
}

impl Word {
    /// Reads a word; `None` when it has no letter and no digit.
    pub(super) fn read(raw: &str, exact: bool) -> Option<Word> {
        // Suffixes are looked for one by one, each time from the end.
        let near_end = raw.char_indices().nth(4 * MAX_WORD_CHARS);
        let head = near_end.map_or(raw, |(at, _)| &raw[..at]);
        let mut suffixes = Suffixes::default();
        let mut text = suffixes.strip(head);
        if near_end.is_none() && !says_something(text) {
            return None;
        }
        let end = text.char_indices().nth(MAX_WORD_CHARS);
        let is_cut = end.is_some() || near_end.is_some();
        if is_cut {
            let cut = end.map_or(text, |(at, _)| &text[..at]);
            // Half a bracket would be read as something else.
            let cut = &cut[..cut.find('(').unwrap_or(cut.len())];
            text = Suffixes::default().strip(cut);
        }
        // Of a word that is too long and starts with a bracket nothing is left.
        let mut text = without_lone_brackets(text);
        let modifier = suffixes.modifier(&mut text, exact);
        Some(Word {
            term: Term { text, modifier },
            boost: suffixes.boost,
            remarks: suffixes.remarks,
            is_cut,
        })
    }
}

/// What the end of a word asks for.
#[derive(Debug, Default)]
struct Suffixes {
    boost: Option<f32>,
    fuzzy: Option<Option<u8>>,
    star: bool,
    remarks: Vec<&'static str>,
}

impl Suffixes {
    /// Takes off whatever is at the end until only the word is left.
    fn strip<'a>(&mut self, raw: &'a str) -> &'a str {
        let mut text = raw;
        loop {
            let before = text.len();
            text = text.trim_end_matches(drops_at_end);
            text = self.strip_boost(text);
            text = self.strip_fuzzy(text);
            text = self.strip_star(text);
            if text.len() == before {
                return text;
            }
        }
    }

    fn strip_boost<'a>(&mut self, text: &'a str) -> &'a str {
        let Some((base, factor)) = split_number(text, '^') else {
            return text;
        };
        if !takes_boost(base) {
            return text;
        }
        if let Some(factor) = boost(factor) {
            self.boost.get_or_insert(factor);
        } else {
            self.remark("a boost must be between 0.001 and 1000: left out");
        }
        base
    }

    fn strip_fuzzy<'a>(&mut self, text: &'a str) -> &'a str {
        let (base, edits) = match split_number(text, '~') {
            Some((base, number)) => (base, fuzziness(number)),
            None => match text.strip_suffix('~') {
                Some(base) => (base, None),
                None => return text,
            },
        };
        if edits.is_some_and(|edits| edits > 2) {
            self.remark("a fuzzy term allows 2 edits at most");
        }
        self.fuzzy.get_or_insert(edits.map(|edits| edits.min(2)));
        base
    }

    fn strip_star<'a>(&mut self, text: &'a str) -> &'a str {
        let base = text.trim_end_matches('*');
        self.star |= base.len() < text.len();
        base
    }

    /// How the word is matched; a wildcard's last star goes back into its text.
    fn modifier(&mut self, text: &mut String, exact: bool) -> Modifier {
        if exact {
            if self.star || self.fuzzy.is_some() {
                self.remark("`=` takes the word as it is: `*` and `~` left out");
            }
            return Modifier::Exact;
        }
        if self.star && self.fuzzy.is_some() {
            self.remark("`*` and `~` do not go together: `~` left out");
        }
        if self.star {
            if !has_two_word_chars(text) {
                self.remark("a prefix needs two letters before the `*`: searched as a word");
            } else if is_pattern(text) {
                text.push('*');
                return Modifier::Wildcard;
            } else {
                return Modifier::Prefix;
            }
        } else if let Some(edits) = self.fuzzy {
            let edits = edits.unwrap_or(if count_word_chars(text) <= 5 { 1 } else { 2 });
            if edits > 0 {
                return Modifier::Fuzzy(edits);
            }
        }
        if is_pattern(text) {
            Modifier::Wildcard
        } else {
            Modifier::Plain
        }
    }

    fn remark(&mut self, remark: &'static str) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }
}

/// Whether `^2` behind a word is a boost. `x^2` is a square, `E=mc^2` a formula.
pub(super) fn takes_boost(base: &str) -> bool {
    has_two_word_chars(base) && !base.contains(['=', '$', '\\', '{', '/', '<', '>'])
}

/// A boost in bounds.
pub(super) fn boost(number: &str) -> Option<f32> {
    let factor: f32 = number.parse().ok()?;
    (BOOSTS.start..=BOOSTS.end)
        .contains(&factor)
        .then_some(factor)
}

/// The edits a number after `~` allows. Lucene once took a similarity there.
fn fuzziness(number: &str) -> Option<u8> {
    if number.contains('.') {
        return Some(1);
    }
    Some(number.parse().unwrap_or(u8::MAX))
}

/// Splits `base^1.5` at its last mark, if a number follows.
fn split_number(text: &str, mark: char) -> Option<(&str, &str)> {
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &text[head.len()..];
    let base = head.strip_suffix(mark)?;
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().filter(|b| *b == b'.').count() <= 1;
    is_number.then_some((base, number))
}

/// Whether a word has wildcards inside: `?` between letters, `*` before a
/// letter and after two, and no other punctuation than hyphen and apostrophe.
fn is_pattern(text: &str) -> bool {
    let mut has_wildcard = false;
    let mut n_letters = 0;
    let mut previous = ' ';
    for c in text.chars() {
        match c {
            '?' if n_letters >= 1 => has_wildcard = true,
            '*' if n_letters >= 2 => has_wildcard = true,
            '-' | '\'' | '’' if previous.is_alphanumeric() => {}
            c if c.is_alphanumeric() => n_letters += 1,
            _ => return false,
        }
        previous = c;
    }
    has_wildcard && previous.is_alphanumeric()
}
