//! What single words of a name say: particle, suffix, initial. Knows nothing
//! of their order.

use unicode_normalization::char::is_combining_mark;

/// A letter of which something is left when its text is folded: no mark, not
/// even one that Unicode calls a letter, and no numeral.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (!c.is_ascii()
            && c.is_alphabetic()
            && !c.is_numeric()
            && !is_combining_mark(c)
            && !is_spacing_mark(c))
}

/// Apostrophes, Greek and Arabic marks standing alone, Japanese sound marks.
fn is_spacing_mark(c: char) -> bool {
    matches!(
        c,
        '\u{2b9}' | '\u{2bc}' | '\u{374}' | '\u{37a}' | '\u{fc5e}'..='\u{fc63}' | '\u{fe70}'..='\u{fe7f}'
            | '\u{ff9e}' | '\u{ff9f}'
    )
}

/// Whether a letter has a case: an ideograph is never an initial.
fn is_cased(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && (c.is_uppercase() || c.is_lowercase()))
}

/// One of the characters written for an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '’' | '‘' | 'ʼ' | 'ʹ' | '′')
}

/// Whether `word` is a particle in lower case: `van`, `de`, `'t`.
pub(super) fn is_particle(word: &str) -> bool {
    // Nearly every word of a name fails here.
    word.len() <= 5
        && !word.starts_with(|c: char| c.is_ascii_uppercase())
        && (is_plain_particle(word) || is_ambiguous_particle(word))
}

/// A particle that is no given name in any language we know of.
pub(super) fn is_plain_particle(word: &str) -> bool {
    matches!(
        word,
        "van"
            | "von"
            | "der"
            | "den"
            | "del"
            | "dem"
            | "della"
            | "dello"
            | "degli"
            | "delle"
            | "dei"
            | "dos"
            | "des"
            | "zur"
            | "zum"
            | "vom"
            | "ter"
            | "ibn"
            | "bint"
            | "de"
            | "'t"
            | "’t"
            | "d'"
            | "d’"
            | "het"
            | "und"
            | "af"
            | "op"
            | "auf"
    )
}

/// A particle that, in a text without capitals, may be a name as well.
fn is_ambiguous_particle(word: &str) -> bool {
    matches!(
        word,
        "di" | "da"
            | "das"
            | "do"
            | "du"
            | "la"
            | "las"
            | "le"
            | "los"
            | "les"
            | "el"
            | "al"
            | "bin"
            | "ten"
            | "te"
            | "zu"
            | "av"
            | "in"
            | "im"
    )
}

/// A capital particle that opens a family name when it stands right before
/// the last word: `Luc De Raedt`, `Karyn Le Hur`.
pub(super) fn is_capital_particle(word: &str) -> bool {
    word.len() <= 5
        && matches!(
            word,
            "Van"
                | "Von"
                | "Der"
                | "Den"
                | "De"
                | "Del"
                | "Della"
                | "Di"
                | "Da"
                | "Dos"
                | "Du"
                | "Des"
                | "La"
                | "Las"
                | "Le"
                | "Los"
                | "El"
                | "Al"
                | "Bin"
                | "Ibn"
                | "Ten"
                | "Ter"
                | "VAN"
                | "VON"
                | "DER"
                | "DEN"
                | "DE"
                | "DEL"
                | "DELLA"
                | "DI"
                | "DA"
                | "DOS"
        )
}

/// A word that joins two family names: `Ortega y Gasset`.
pub(super) fn is_connector(word: &str) -> bool {
    matches!(word, "y" | "e" | "i")
}

/// How sure a word is a suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suffix {
    /// `Jr.`, `III`, `3rd`.
    Definite,
    /// `II`, `IV`: initials of many a Petrov.
    Ambiguous,
}

/// Whether `word` is a suffix.
pub(super) fn suffix_kind(word: &str) -> Option<Suffix> {
    if word.len() > 4 || word.is_empty() {
        return None;
    }
    let bare = word.strip_suffix('.').unwrap_or(word);
    let is = |suffix: &str| bare.eq_ignore_ascii_case(suffix);
    if is("jr") || is("sr") || is("jnr") || is("snr") || is("iii") || is_ordinal(word) {
        Some(Suffix::Definite)
    } else if matches!(bare, "II" | "IV") {
        Some(Suffix::Ambiguous)
    } else {
        None
    }
}

/// `2nd`, `3rd`, `4th`: a generation, not a footnote mark.
pub(super) fn is_ordinal(word: &str) -> bool {
    match word.as_bytes() {
        [digit, a, b] if digit.is_ascii_digit() => {
            matches!(
                (digit, [*a, *b]),
                (b'1', [b's', b't']) | (b'2', [b'n', b'd']) | (b'3', [b'r', b'd'])
            ) || (matches!(digit, b'4'..=b'9') && [*a, *b] == *b"th")
        }
        _ => false,
    }
}

/// An academic degree after a name, `Ph. D.`; initials look the same, so only
/// its place can tell.
pub(super) fn is_degree(part: &str) -> bool {
    const DEGREES: [&str; 9] = ["md", "phd", "msc", "bsc", "dr", "mph", "rn", "frcp", "dsc"];
    part.len() <= 10
        && DEGREES.iter().any(|degree| {
            let mut letters = part.bytes().filter(u8::is_ascii_alphabetic);
            degree
                .bytes()
                .all(|d| letters.next().is_some_and(|l| l.eq_ignore_ascii_case(&d)))
                && letters.next().is_none()
        })
}

/// Whether `word` is made of initials: `J`, `J.`, `J.-P.`, `j-p`.
pub(super) fn is_initial(word: &str) -> bool {
    let mut after_letter = false;
    let mut any = false;
    for c in word.chars() {
        if c == '.' || c == '-' {
            after_letter = false;
        } else if !after_letter && is_cased(c) && is_letter(c) {
            after_letter = true;
            any = true;
        } else if !(after_letter && !c.is_ascii() && is_combining_mark(c)) {
            return false;
        }
    }
    any
}

/// Whether `word` may be initials run together, `EJ`: two or three capitals.
pub(super) fn is_glued(word: &str) -> bool {
    let mut count = 0;
    word.len() <= 12
        && word.chars().all(|c| {
            count += 1;
            c.is_uppercase() && is_letter(c)
        })
        && (count == 2 || count == 3)
}

/// Whether glued capitals are initials beside a family name: they are where
/// that is in small letters, or where they could not be spoken as a name.
pub(super) fn glued_are_initials(word: &str, family: &str) -> bool {
    let is_small = |word: &str| word.chars().any(char::is_lowercase) && !is_particle(word);
    !has_vowel(word) || family.split(' ').any(is_small)
}

/// Whether a name could be spoken; a letter beyond ASCII counts as a vowel.
fn has_vowel(word: &str) -> bool {
    word.bytes().any(|b| {
        !b.is_ascii()
            || matches!(
                b.to_ascii_lowercase(),
                b'a' | b'e' | b'i' | b'o' | b'u' | b'y'
            )
    })
}

/// Whether all of `word` is capitals, at least four: a family name set off as
/// in `ABIDI Karima`.
pub(super) fn is_shouted(word: &str) -> bool {
    word.len() >= 4
        && word.chars().all(|c| {
            c == '-' || is_apostrophe(c) || (is_letter(c) && !c.is_lowercase() && is_cased(c))
        })
}

/// Whether the word is in Han characters or Hangul.
pub(super) fn is_east_asian(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|c| {
            matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        })
}

/// The words of a cleaned text, addressed by number, their ranges by slicing.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    text: &'a str,
    starts: &'a [usize],
}

impl<'a> Words<'a> {
    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Word `i`, empty beyond the last.
    pub(super) fn get(&self, i: usize) -> &'a str {
        self.range(i, i + 1)
    }

    /// The text of words `from..to`.
    pub(super) fn range(&self, from: usize, to: usize) -> &'a str {
        let Some(&start) = self.starts.get(from) else {
            return "";
        };
        // One blank stands between two words.
        let end = self.starts.get(to).map_or(self.text.len(), |next| next - 1);
        self.text.get(start..end).unwrap_or("")
    }
}

/// Gives `f` the words of `text`, whose words stand one blank apart. A name
/// has few words: their places fit on the stack.
pub(super) fn with_words<R>(text: &str, f: impl FnOnce(Words<'_>) -> R) -> R {
    let mut few = [0_usize; 12];
    let count = text.bytes().filter(|b| *b == b' ').count() + usize::from(!text.is_empty());
    let starts = std::iter::once(0)
        .chain(
            text.bytes()
                .enumerate()
                .filter(|(_, b)| *b == b' ')
                .map(|(i, _)| i + 1),
        )
        .take(count);
    if let Some(places) = few.get_mut(..count) {
        for (place, start) in places.iter_mut().zip(starts) {
            *place = start;
        }
        f(Words {
            text,
            starts: places,
        })
    } else {
        let many: Vec<usize> = starts.collect();
        f(Words {
            text,
            starts: &many,
        })
    }
}
