//! From text as sources write it to plain text: pure functions.
//!
//! [`text`] is a pipeline of small steps. Each step gives back what it was
//! given, unchanged and uncopied, where it finds nothing to do, so that clean
//! text costs one look at its bytes.

use std::borrow::Cow;

use abs_record::fold::is_invisible;

/// One step of the pipeline.
type Step = for<'a> fn(&'a str) -> Cow<'a, str>;

/// The steps in order; mark-up comes before white space, which it leaves.
const STEPS: &[Step] = &[without_invisible, single_blanks];

/// Text on one line: no control characters, no invisible marks, one blank
/// where there was any white space, none at the ends.
pub fn text(raw: &str) -> Cow<'_, str> {
    if is_plain(raw.as_bytes()) {
        return Cow::Borrowed(raw);
    }
    let mut text = Cow::Borrowed(raw);
    for step in STEPS {
        text = match text {
            Cow::Borrowed(text) => step(text),
            Cow::Owned(text) => match step(&text) {
                Cow::Owned(changed) => Cow::Owned(changed),
                // A part of the text, or all of it.
                Cow::Borrowed(part) if part.len() < text.len() => Cow::Owned(part.to_owned()),
                Cow::Borrowed(_) => Cow::Owned(text),
            },
        };
    }
    text
}

/// As [`text`], keeping the allocation where nothing changes.
pub fn owned(raw: String) -> String {
    match text(&raw) {
        Cow::Owned(text) => text,
        Cow::Borrowed(text) if text.len() < raw.len() => text.to_owned(),
        Cow::Borrowed(_) => raw,
    }
}

/// Whether no step can have anything to do: printable ASCII with single
/// blanks inside.
fn is_plain(bytes: &[u8]) -> bool {
    // No early end inside a chunk, so that the compiler can use vectors.
    let printable = bytes.chunks(64).all(|chunk| {
        chunk
            .iter()
            .fold(true, |fits, b| fits & (b' '..0x7f).contains(b))
    });
    let blanks = |(a, b): (&[u8], &[u8])| {
        a.iter()
            .zip(b)
            .fold(false, |any, (a, b)| any | ((*a == b' ') & (*b == b' ')))
    };
    printable
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ')
        && !bytes
            .chunks(64)
            .zip(bytes.get(1..).unwrap_or_default().chunks(64))
            .any(blanks)
}

/// Drops soft hyphens, zero-width and bidirectional marks.
fn without_invisible(text: &str) -> Cow<'_, str> {
    // In UTF-8 all of them start with one of three bytes.
    let may_have = text.bytes().any(|b| matches!(b, 0xc2 | 0xe2 | 0xef));
    if !may_have || !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).collect())
}

/// Turns any run of white space and control characters into one blank and
/// drops it at the ends. A control character becomes a blank and not nothing,
/// so that words never grow together.
fn single_blanks(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(is_space);
    let mut after_blank = false;
    let is_clean = text.chars().all(|c| {
        let fits = c == ' ' && !after_blank || !is_space(c);
        after_blank = c == ' ';
        fits
    });
    if is_clean {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_and_marks() {
        for (raw, clean) in [
            ("", ""),
            (" \n ", ""),
            ("plain text", "plain text"),
            ("  two  blanks ", "two blanks"),
            ("hard\n  break\r\nhere", "hard break here"),
            ("no\u{a0}break", "no break"),
            ("co\u{ad}op\u{200b}er\u{202e}ate", "cooperate"),
            ("\u{feff}mark", "mark"),
            ("\u{1b}[31mred\u{7f}", "[31mred"),
            ("a\u{0}b\u{85}c", "a b c"),
            ("naïve — “quoted”", "naïve — “quoted”"),
            ("  naïve\u{3000}", "naïve"),
        ] {
            assert_eq!(text(raw), clean, "{raw:?}");
            assert_eq!(owned(raw.to_owned()), clean, "{raw:?}");
        }
    }

    #[test]
    fn clean_text_is_not_copied() {
        for clean in ["plain text", "naïve — “quoted”", ""] {
            assert!(matches!(text(clean), Cow::Borrowed(_)), "{clean}");
        }
    }

    proptest! {
        #[test]
        fn letters_survive_in_order_and_cleaning_is_done_once(raw in "\\PC{0,40}|.{0,40}|[ a\u{a0}\u{ad}\n\u{1b}é]{0,20}") {
            let clean = text(&raw);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&raw), letters(&clean));
            prop_assert!(!clean.contains(|c: char| c.is_control() || is_invisible(c)));
            prop_assert!(!clean.contains("  ") && clean.trim() == clean);
            prop_assert_eq!(text(&clean), clean.as_ref());
        }
    }
}
