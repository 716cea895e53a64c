//! Whether given names agree: position by position, initials with names.

use super::key::push_given;
use super::spelling::spellings;
use crate::fold::fold_expanded;

/// The given names of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    /// Each with its spellings, the folded one first.
    words: Vec<Vec<String>>,
    /// Whether the other side must have them all: for initials that may be
    /// none, `ej`.
    strict: bool,
}

impl Given {
    /// The given names of a person.
    pub(super) fn new(given: &str, family: &str) -> Given {
        let mut folded = String::new();
        push_given(given, family, &mut folded);
        let mut expanded = String::new();
        if let Some(text) = fold_expanded(given) {
            push_given(&text, family, &mut expanded);
        }
        let has_umlaut = !expanded.is_empty();
        let mut expanded = expanded
            .split(' ')
            .filter(|_| expanded.split(' ').count() == folded.split(' ').count());
        let words = folded
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(|word| {
                let second = expanded.next();
                if has_umlaut {
                    let second = second.filter(|second| *second != word);
                    std::iter::once(word)
                        .chain(second)
                        .map(str::to_owned)
                        .collect()
                } else {
                    spellings(word, word.to_owned(), 0)
                }
            })
            .collect();
        Given {
            words,
            strict: false,
        }
    }

    /// The other reading of given names that are one short word without
    /// telling capitals: `ej` as E. J.
    pub(super) fn as_glued_initials(given: &str, family: &str) -> Option<Given> {
        let short = matches!(given.len(), 2 | 3);
        let even = given.bytes().all(|b| b.is_ascii_lowercase())
            || given.bytes().all(|b| b.is_ascii_uppercase());
        if !(short && even) || Given::new(given, family).words.len() > 1 {
            return None;
        }
        let words = given
            .chars()
            .map(|c| vec![c.to_ascii_lowercase().to_string()])
            .collect();
        Some(Given {
            words,
            strict: true,
        })
    }

    /// The letter the given names of a key open with, if they agree and are
    /// any; `None` if that may be any letter. Spellings of a name and names
    /// that are joined open as the name does.
    pub(super) fn initial(&self) -> Option<char> {
        let spellings = self.words.first()?;
        let initial = folded(spellings).chars().next()?;
        spellings
            .iter()
            .all(|spelling| spelling.starts_with(initial))
            .then_some(initial)
    }

    /// Whether they agree with the given names of a key.
    pub(super) fn fit(&self, key: &str) -> bool {
        let mut theirs = key.split(' ').filter(|word| !word.is_empty());
        let mut ours = self.words.iter();
        while let Some(our) = ours.as_slice().first() {
            let Some(their) = theirs.next() else {
                return !self.strict;
            };
            ours.next();
            if word_fits(our, their) {
                continue;
            }
            // `Le-Wei` and `Lewei`, either way round.
            let our_next = ours.as_slice().first();
            if our_next.is_some_and(|next| is_joined(their, folded(our), folded(next))) {
                ours.next();
            } else if let Some(their_next) = theirs.next()
                && is_joined(folded(our), their, their_next)
            {
            } else {
                return false;
            }
        }
        true
    }
}

fn folded(word: &[String]) -> &str {
    word.first().map_or("", String::as_str)
}

fn word_fits(our: &[String], their: &str) -> bool {
    let first = folded(our);
    if is_one_letter(first) || is_one_letter(their) {
        return first.chars().next() == their.chars().next();
    }
    our.iter().any(|spelling| spelling == their)
}

fn is_one_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some() && letters.next().is_none()
}

/// Whether `whole` is `head` and `tail` written together; initials never are.
fn is_joined(whole: &str, head: &str, tail: &str) -> bool {
    !is_one_letter(head) && !is_one_letter(tail) && whole.strip_prefix(head) == Some(tail)
}
