//! Titles as far as they tell works apart.

use std::sync::LazyLock;

use abs_record::fold::fold_into;
use rustc_hash::FxHashSet;

/// A title in folded words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    folded: String,
}

impl Title {
    /// Folds a title; commands of TeX that only change the look are left out.
    pub fn of(title: &str) -> Title {
        let mut folded = String::with_capacity(title.len());
        fold_into(title, &mut folded);
        if folded.contains('\\') {
            folded = without_looks(&folded);
        }
        Title { folded }
    }

    /// Runs of letters and digits; ideographs and kana one by one.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let mut rest = self.folded.as_str();
        std::iter::from_fn(move || {
            let start = rest.find(char::is_alphanumeric)?;
            rest = &rest[start..];
            let first = rest.chars().next()?;
            let end = if is_syllable(first) {
                first.len_utf8()
            } else {
                rest.find(|c: char| !c.is_alphanumeric() || is_syllable(c))
                    .unwrap_or(rest.len())
            };
            let (word, after) = rest.split_at(end);
            rest = after;
            Some(word)
        })
    }

    /// Letters and digits and nothing else: `x-ray`, `X ray` and `xray` are
    /// the same.
    pub fn letters(&self) -> String {
        self.folded
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect()
    }

    /// Whether one author gives such a title to one work: two words and twelve
    /// letters beside those that any volume has on its first pages.
    pub fn is_telling(&self) -> bool {
        let (mut n_words, mut n_letters) = (0, 0);
        for word in self.words() {
            if is_numeral(word) || USUAL_WORDS.contains(word) {
                continue;
            }
            n_words += 1;
            let weight = if word.starts_with(is_syllable) { 3 } else { 1 };
            n_letters += weight * word.chars().count();
            if n_words >= 2 && n_letters >= 12 {
                return true;
            }
        }
        false
    }
}

/// Whether a word is a number in Arabic or, up to 39, in Roman digits.
pub fn is_numeral(word: &str) -> bool {
    let is_roman = |word: &str| {
        let tens = word.trim_start_matches('x');
        word.len() - tens.len() <= 3
            && matches!(
                tens,
                "" | "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix"
            )
    };
    !word.is_empty() && (word.bytes().all(|b| b.is_ascii_digit()) || is_roman(word))
}

/// Written without blanks between words.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Commands of TeX that say how something looks, not what it is.
const LOOKS: &str = "\
    boldsymbol ensuremath mathbb mathbf mathcal mathfrak mathit mathrm mathsf mathscr \
    operatorname textbf textit textrm textsc texttt emph text bf it rm cal em";

/// The text without [`LOOKS`].
fn without_looks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let (command, after) = rest.split_at(end);
        if LOOKS.split(' ').any(|look| look == command) {
            rest = after;
        } else {
            out.push('\\');
        }
    }
    out.push_str(rest);
    out
}

static USUAL_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| USUAL.split(' ').collect());

/// Words of titles that say what kind of text it is, or join others.
const USUAL: &str = "\
    a abstract abstracts acknowledgement acknowledgements acknowledgment addendum advances an \
    and announcement announcements annual answer as at author authors avant book books by case \
    chair chairs chapter clinical column comment commentary comments committee conference \
    contents contributors correction corrections correspondence corrigenda corrigendum das de \
    der des die discussion du editor editorial editorials editors einleitung el epilogue \
    errata erratum et first for foreword from front general guest image images in index \
    instructions international interview introduction invited issue issues journal keynote la \
    le les letter letters list matter meeting memoriam message minutes month news note notes \
    notice obituary of on opening or organizers overview panel paper papers part perspective \
    plenary poster posters preface presentation president presidential proceedings program \
    programme prologue propos question questions quiz reader readers rebuttal recent regarding \
    rejoinder remarks replies reply report reports response responses retracted retraction \
    review reviewer reviewers reviews second section series session short special speech \
    statement student study summary supplement survey symposium table talk thanks the thesis \
    third this title to today track tribute tutorial tutorials und untitled update updates \
    volume vorwort welcome with workshop year zur";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_told_from_words() {
        for numeral in ["1", "2019", "i", "iv", "ix", "xii", "xxx"] {
            assert!(is_numeral(numeral), "{numeral}");
        }
        for word in ["", "mix", "vitamin", "1a", "xxxx", "ivi"] {
            assert!(!is_numeral(word), "{word}");
        }
    }
}
