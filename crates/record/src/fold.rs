//! Folding: the form of a text in which spelling variants meet.
//!
//! NFKD with combining marks dropped (Unicode Standard Annex #15), letters
//! that have no decomposition spelled out (`ß` ss, `ø` o, `ł` l), lower case.
//! What is stored is never folded; what is searched always is.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends the folded form of `text` to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|b| char::from(b.to_ascii_lowercase())));
        return;
    }
    for c in text.nfkd() {
        push_folded(c, out);
    }
}

/// The folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The spelling of `text` in which German and Nordic letters are written with
/// two (`ü` ue, `ø` oe, `å` aa), folded; `None` where it holds none of them,
/// so that a second form is made only where there is one.
pub fn fold_expanded(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut expanded = String::with_capacity(text.len() + 2);
    let mut differs = false;
    for c in text.nfc() {
        let two = match c {
            'ä' | 'Ä' => "ae",
            'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
            'ü' | 'Ü' => "ue",
            'å' | 'Å' => "aa",
            _ => {
                for part in std::iter::once(c).nfkd() {
                    push_folded(part, &mut expanded);
                }
                continue;
            }
        };
        expanded.push_str(two);
        differs = true;
    }
    differs.then_some(expanded)
}

/// Appends one already decomposed character.
fn push_folded(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    if is_combining_mark(c) || is_invisible(c) {
        return;
    }
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'þ' | 'Þ' => out.push_str("th"),
        'ħ' | 'Ħ' => out.push('h'),
        'ı' => out.push('i'),
        'ŋ' | 'Ŋ' => out.push('n'),
        'ς' => out.push('σ'),
        '’' | '‘' | 'ʼ' | 'ʹ' | '′' => out.push('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => out.push('-'),
        _ => out.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
    }
}

/// Soft hyphens, zero-width and bidirectional marks: they change how text
/// looks, never what it says.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn variants_meet() {
        for (text, folded) in [
            ("Naïve", "naive"),
            ("Müller", "muller"),
            ("ﬁeld", "field"),
            ("Straße", "strasse"),
            ("Łukasz Ørsted", "lukasz orsted"),
            ("İstanbul", "istanbul"),
            ("F𝛽", "fβ"),
            ("co\u{ad}op", "coop"),
            ("ＡＢＣ", "abc"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn two_letter_spellings() {
        assert_eq!(fold_expanded("Müller").as_deref(), Some("mueller"));
        assert_eq!(fold_expanded("Mu\u{308}ller").as_deref(), Some("mueller"));
        assert_eq!(fold_expanded("Ångström").as_deref(), Some("aangstroem"));
        assert_eq!(fold_expanded("naïve"), None);
        assert_eq!(fold_expanded("Muller"), None);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
