//! How a word differs from its stem, in six bits.
//!
//! Ranked text is indexed by stem, and quoted phrases are exact. Rather than
//! index every word twice, a token's position carries its form: the position
//! times 64, plus a code for the ending that makes the word out of its stem.
//! Given stem and code the word is known again. The [`ENDINGS`] are those met
//! most often in 100 thousand abstracts, 98 % of all words; a word with
//! another ending has the code [`OTHER`] and is indexed once more as it is,
//! behind [`OTHER_MARK`].

/// Bits of a position that are the form.
pub const FORM_BITS: u32 = 6;
/// The word has an ending that is not in the table.
pub const OTHER: u8 = 62;
/// Not a word as printed, but a compound joined: never part of a phrase.
pub const JOINED: u8 = 63;
/// In front of the term of a word with another ending.
pub const OTHER_MARK: char = '\u{1e}';
/// Every form but [`JOINED`].
pub const ANY_WORD: u64 = !(1 << JOINED);
/// Every form.
pub const ANY: u64 = !0;

/// What is cut off the stem, and what is put there; the index is the code.
/// Part of the index format: an entry never changes its place.
pub const ENDINGS: [(&str, &str); 62] = [
    ("", ""),
    ("", "s"),
    ("", "e"),
    ("", "ed"),
    ("", "ing"),
    ("", "es"),
    ("i", "y"),
    ("", "al"),
    ("", "ion"),
    ("", "ation"),
    ("", "ic"),
    ("", "d"),
    ("", "er"),
    ("", "ent"),
    ("e", "ing"),
    ("", "ions"),
    ("", "ly"),
    ("", "ate"),
    ("", "ive"),
    ("", "ity"),
    ("", "ations"),
    ("", "ical"),
    ("", "ated"),
    ("", "ence"),
    ("", "ance"),
    ("", "ization"),
    ("", "y"),
    ("", "able"),
    ("", "ics"),
    ("", "ant"),
    ("", "ers"),
    ("", "ional"),
    ("", "ized"),
    ("", "ally"),
    ("", "ment"),
    ("", "ically"),
    ("", "ative"),
    ("", "ement"),
    ("l", "ility"),
    ("", "ication"),
    ("", "ating"),
    ("", "ous"),
    ("", "ates"),
    ("", "ments"),
    ("", "ness"),
    ("i", "ying"),
    ("", "als"),
    ("", "ize"),
    ("", "ational"),
    ("", "ency"),
    ("", "ism"),
    ("", "ively"),
    ("", "ements"),
    ("", "ability"),
    ("", "ents"),
    ("", "ely"),
    ("", "ently"),
    ("", "ities"),
    ("", "ator"),
    ("", "ful"),
    ("", "ible"),
    ("", "ered"),
];

/// The code of a word with this stem.
pub fn code(word: &str, stem: &str) -> u8 {
    if word == stem {
        return 0;
    }
    let mut shared = word
        .bytes()
        .zip(stem.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    while !word.is_char_boundary(shared) || !stem.is_char_boundary(shared) {
        shared -= 1;
    }
    let found = ENDINGS
        .iter()
        .position(|(cut, put)| *cut == &stem[shared..] && *put == &word[shared..]);
    found.map_or(OTHER, |code| u8::try_from(code).unwrap_or(OTHER))
}

/// The word a stem makes with a code of the table, if its ending can be cut.
pub fn word(stem: &str, code: usize) -> Option<String> {
    let (cut, put) = ENDINGS.get(code)?;
    let mut word = stem.strip_suffix(cut)?.to_owned();
    word.push_str(put);
    Some(word)
}

/// The forms of a stem that `keep` wants, as a mask of codes.
pub fn mask(stem: &str, mut keep: impl FnMut(&str) -> bool) -> u64 {
    let mut mask = 0;
    for code in 0..ENDINGS.len() {
        if word(stem, code).is_some_and(|word| keep(&word)) {
            mask |= 1 << code;
        }
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::stem;
    use proptest::prelude::*;

    #[test]
    fn a_word_is_known_by_stem_and_code() {
        for text in [
            "model",
            "models",
            "modeling",
            "happy",
            "happiness",
            "studies",
            "computers",
        ] {
            let stem = stem(text).unwrap();
            let code = code(text, &stem);
            if code != OTHER {
                assert_eq!(word(&stem, usize::from(code)).as_deref(), Some(text));
            }
        }
        assert_eq!(code("happy", "happi"), 6);
        assert_eq!(code("running", "run"), OTHER);
    }

    proptest! {
        #[test]
        fn no_two_words_share_stem_and_code(a in "[a-z]{3,9}(s|ed|ing|ies|y|ation)?", b in "[a-z]{3,9}(s|ed|ing|ies|y|ation)?") {
            if let (Some(stem_a), Some(stem_b)) = (stem(&a), stem(&b)) {
                let (code_a, code_b) = (code(&a, &stem_a), code(&b, &stem_b));
                if stem_a == stem_b && code_a == code_b && code_a != OTHER {
                    prop_assert_eq!(a, b);
                }
            }
        }
    }
}
