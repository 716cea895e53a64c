//! Telling an authors line from a title or an abstract.

use abs_record::fold::fold;

/// The longest name in words (`de la Cruz y Fernández`) and in bytes.
const MAX_WORDS: usize = 6;
const MAX_BYTES: usize = 80;

/// Who a collection is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Folded family and given name; empty where the first line is no name.
    family: String,
    given: String,
}

impl Names {
    /// From a first line that is one `Family, Given` and nothing else.
    pub(super) fn of_collection(line: &str) -> Option<Names> {
        let (family, given) = line.trim().split_once(',')?;
        if !is_name(family) || !is_name(given) {
            return None;
        }
        Some(Names {
            family: fold(family.trim()),
            given: fold(given.trim()),
        })
    }

    /// Whether the one it is about is among the pairs of a line.
    pub(super) fn has_owner(&self, line: &str) -> bool {
        // A name in an abstract stands between words.
        let mut before = "";
        line.split(',').map(str::trim).any(|part| {
            let family = std::mem::replace(&mut before, part);
            is_name(part)
                && !self.given.is_empty()
                && fold(part) == self.given
                && fold(family) == self.family
        })
    }
}

/// Whether a line is nothing but pairs of names.
pub(super) fn are_pairs(line: &str) -> bool {
    line.split(',').count().is_multiple_of(2) && line.split(',').all(is_name)
}

/// Whether a text can be a family name or given names.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    let fits = |c: char| {
        c.is_alphabetic()
            || is_mark(c)
            || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '‐' | '~' | '`')
    };
    // Title case, or initials; particles are lower case.
    let mut words = text.split_whitespace();
    text.len() <= MAX_BYTES
        && text.chars().all(fits)
        && words.clone().count() <= MAX_WORDS
        && words.any(|word| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()))
        && text.split_whitespace().all(|word| {
            word.len() <= 4 || !word.starts_with(char::is_lowercase) || word.contains(['-', '\''])
        })
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
