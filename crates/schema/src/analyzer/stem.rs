//! Stems: rust-stemmers with a memo.
//!
//! Porter2 (Snowball English) by rust-stemmers, frozen as of 2019, with the
//! words in which Snowball has since been corrected in a table of their own.
//! Word forms repeat, so each filter remembers what it stemmed: a fixed,
//! direct-mapped table of half a megabyte, which stays in a core's cache, where
//! a stem is kept as a cut of its word in 16 bytes.

use std::cell::RefCell;

use rust_stemmers::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

use super::form;
use super::stop::is_stop_word;

/// Slots of a memo for running text; a power of two, as all such numbers.
const SLOTS: usize = 1 << 15;
/// Slots of a memo for short fields: the two of one thread share its cache.
pub(super) const FEW_SLOTS: usize = 1 << 12;
/// The longest ending a stem may have that its word has not.
const MAX_ENDING: usize = 4;

/// What to do with a word: the stem is its first `keep` bytes and `ending`.
#[derive(Debug, Clone, Copy, Default)]
struct Cut {
    keep: u8,
    ending_len: u8,
    ending: [u8; MAX_ENDING],
    /// The word's form, see [`super::form`]; [`STOP`] for a stop word.
    code: u8,
}

/// The code of a stop word: no form has it.
const STOP: u8 = 64;

/// What became of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stemmed {
    /// How the word differs from its stem, see [`super::form`].
    pub code: u8,
    /// It is a stop word, and its own stem.
    pub stop: bool,
}

/// Words seen and their stems, by the word's hash.
pub struct Memo {
    stemmer: Stemmer,
    slots: Box<[(u64, Cut)]>,
}

impl Default for Memo {
    fn default() -> Memo {
        Memo::with_slots(SLOTS)
    }
}

impl Memo {
    /// A memo of so many words, a power of two.
    pub(super) fn with_slots(n_slots: usize) -> Memo {
        Memo {
            stemmer: Stemmer::create(Algorithm::English),
            slots: vec![(0, Cut::default()); n_slots.next_power_of_two()].into_boxed_slice(),
        }
    }

    /// Turns a folded word into its stem in place; a stop word stays as it is.
    #[inline]
    pub fn stem(&mut self, word: &mut String) -> Stemmed {
        let hash = xxh3_64(word.as_bytes());
        // The index wants the low bits only.
        #[expect(clippy::cast_possible_truncation, reason = "masked to the table")]
        let slot = hash as usize & (self.slots.len() - 1);
        let (known, cut) = self.slots[slot];
        if known == hash {
            return apply(cut, word);
        }
        if let Some(cut) = cut_of(&self.stemmer, word) {
            self.slots[slot] = (hash, cut);
            return apply(cut, word);
        }
        let stem = stem_with(&self.stemmer, word);
        let code = form::code(word, &stem);
        *word = stem;
        Stemmed { code, stop: false }
    }
}

/// Turns one folded word into its stem in place, with a memo for each thread.
pub fn stem_in_place(word: &mut String) -> Stemmed {
    thread_local! {
        static MEMO: RefCell<Option<Memo>> = const { RefCell::new(None) };
    }
    MEMO.with_borrow_mut(|memo| memo.get_or_insert_with(Memo::default).stem(word))
}

/// The stem of one folded word, or `None` for a stop word.
pub fn stem(word: &str) -> Option<String> {
    let mut word = word.to_owned();
    (!stem_in_place(&mut word).stop).then_some(word)
}

/// The term of a folded word as printed, and the forms of that term it is:
/// its stem with one code, or, where the ending is rare, a term of its own.
pub fn exact(word: &str) -> (String, u64) {
    let mut stem = word.to_owned();
    let stemmed = stem_in_place(&mut stem);
    if stemmed.code == form::OTHER {
        return (format!("{}{word}", form::OTHER_MARK), form::ANY_WORD);
    }
    (stem, 1 << stemmed.code)
}

fn apply(cut: Cut, word: &mut String) -> Stemmed {
    if cut.code == STOP {
        return Stemmed {
            code: 0,
            stop: true,
        };
    }
    let keep = usize::from(cut.keep);
    if keep < word.len() {
        word.truncate(keep);
    }
    for &byte in &cut.ending[..usize::from(cut.ending_len)] {
        word.push(char::from(byte));
    }
    Stemmed {
        code: cut.code,
        stop: false,
    }
}

/// The stem as a cut; `None` where it does not fit one.
fn cut_of(stemmer: &Stemmer, word: &str) -> Option<Cut> {
    if is_stop_word(word) {
        return Some(Cut {
            code: STOP,
            ..Cut::default()
        });
    }
    let stem = stem_with(stemmer, word);
    let mut keep = word
        .bytes()
        .zip(stem.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    while !word.is_char_boundary(keep) || !stem.is_char_boundary(keep) {
        keep -= 1;
    }
    let ending = &stem.as_bytes()[keep..];
    let mut cut = Cut {
        keep: u8::try_from(keep).ok()?,
        ending_len: u8::try_from(ending.len()).ok()?,
        code: form::code(word, &stem),
        ..Cut::default()
    };
    cut.ending.get_mut(..ending.len())?.copy_from_slice(ending);
    ending.is_ascii().then_some(cut)
}

/// Stems what looks English: ASCII letters only. A word with a digit, a sign
/// or a letter of another script is its own stem.
fn stem_with(stemmer: &Stemmer, word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    // Porter's rules ask for a vowel; plurals of acronyms have none: LLMs, CNNs.
    if let Some(head) = word.strip_suffix('s')
        && head.len() >= 2
        && !word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        && !head.ends_with('s')
    {
        return head.to_owned();
    }
    if let Some(head) = word.strip_suffix("ist").or(word.strip_suffix("ists"))
        && head.ends_with("olog")
    {
        return head.to_owned();
    }
    if let Ok(idx) = CORRECTED.binary_search_by_key(&word, |(known, _)| known) {
        return CORRECTED[idx].1.to_owned();
    }
    stemmer.stem(word).into_owned()
}

/// Words Snowball stems otherwise since rust-stemmers was frozen, beside those
/// in `-ologist`: found by comparing with Snowball's current English algorithm
/// over the 194 thousand words of 100 thousand abstracts.
const CORRECTED: &[(&str, &str)] = &[
    ("added", "add"),
    ("adding", "add"),
    ("emergence", "emergenc"),
    ("emergences", "emergenc"),
    ("emergencies", "emergenc"),
    ("emergency", "emergenc"),
    ("emergent", "emergent"),
    ("emergents", "emergent"),
    ("evening", "evening"),
    ("evenings", "evening"),
    ("interfered", "interfer"),
    ("interfering", "interfer"),
    ("internal", "internal"),
    ("internalization", "internal"),
    ("internalize", "internal"),
    ("internalized", "internal"),
    ("internalizes", "internal"),
    ("internalizing", "internal"),
    ("internally", "internal"),
    ("internals", "internal"),
    ("international", "internat"),
    ("internationally", "internat"),
    ("interval", "interval"),
    ("intervals", "interval"),
    ("lateral", "lateral"),
    ("laterality", "lateral"),
    ("lateralization", "lateral"),
    ("laterally", "lateral"),
    ("organic", "organic"),
    ("organically", "organic"),
    ("organics", "organic"),
    ("organism", "organism"),
    ("organisms", "organism"),
    ("organization", "organiz"),
    ("organizations", "organiz"),
    ("organize", "organiz"),
    ("organized", "organiz"),
    ("organizer", "organiz"),
    ("organizers", "organiz"),
    ("organizes", "organiz"),
    ("organizing", "organiz"),
    ("paste", "paste"),
    ("pasted", "paste"),
    ("pastes", "paste"),
    ("pasting", "paste"),
    ("universal", "universal"),
    ("universalities", "universal"),
    ("universality", "universal"),
    ("universally", "universal"),
    ("universals", "universal"),
    ("universities", "universiti"),
    ("university", "universiti"),
];
