//! Words broken at the ends of lines: `mod-` and, on the next line, `els`.

use std::borrow::Cow;

use memchr::memchr_iter;
use rustc_hash::FxHashSet;

/// Puts words together that a hyphen at the end of a line has broken, where
/// the text itself has the word elsewhere, whole (`models`) or with a hyphen
/// of its own (`long-term`), but not both. Nothing else tells for certain:
/// `long- and short-term` breaks after its hyphen as well, and so do the
/// compounds that lines are broken at first.
pub fn without_breaks(text: &str) -> Cow<'_, str> {
    let mut words = None;
    let mut out = String::new();
    let mut done = 0;
    let (mut n_marks, mut counted) = (0, 0);
    for at in memchr_iter(b'\n', text.as_bytes()) {
        let before = text[..at].trim_end_matches([' ', '\t', '\r']);
        let Some(start) = before.strip_suffix('-') else {
            continue;
        };
        let after = text[at..].trim_start();
        // Not over what is empty, nor what was looked at before.
        if start.len() < done || text[at + 1..text.len() - after.len()].contains('\n') {
            continue;
        }
        let left = &start[start.trim_end_matches(in_word).len()..];
        let right = &after[..after.len() - after.trim_start_matches(in_word).len()];
        if !is_part(left) || !is_part(right) || right.starts_with(char::is_uppercase) {
            continue;
        }
        // In a formula it is a minus.
        n_marks += memchr_iter(b'$', &text.as_bytes()[counted..at]).count();
        counted = at;
        if n_marks % 2 == 1 {
            continue;
        }
        let words = words.get_or_insert_with(|| words_of(text));
        let has = |word: String| words.contains(&word.to_lowercase());
        let kept = match (
            has([left, right].concat()),
            has([left, "-", right].concat()),
        ) {
            (true, false) => start,
            (false, true) => before,
            _ => continue,
        };
        out.push_str(&kept[done..]);
        done = text.len() - after.len();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Whether a word may go on with this.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// Whether something is long enough to be a part of a word, and nothing but
/// letters where it is broken.
fn is_part(text: &str) -> bool {
    text.chars().nth(1).is_some()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.chars().all(|c| c.is_alphabetic() || c == '-')
}

fn words_of(text: &str) -> FxHashSet<String> {
    let words = text.split(|c| !in_word(c)).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_the_text_has_elsewhere_are_put_together() {
        for (raw, clean) in [
            ("Models: mod-\nels of", "Models: models of"),
            ("net-  \r\n  works, networks", "networks, networks"),
            (
                "a long-\nterm, Long-term plan",
                "a long-term, Long-term plan",
            ),
            (
                "re-\nlation, re-\nlation, relation",
                "relation, relation, relation",
            ),
            (
                "état, é-\ntat; éta-\nblir, établir",
                "état, é-\ntat; établir, établir",
            ),
        ] {
            assert_eq!(without_breaks(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn what_is_not_certain_stays() {
        for raw in [
            "Stra-\ntegic",
            "short-\nand long-term",
            "mod-\nels, models and mod-els",
            "mod-\n\nels, models",
            "mod -\nels, models",
            "mod--\nels, models",
            "Pretty-\nClever, prettyclever",
            "models of $mod-\nels$",
            "k-\nn and kn",
            "models mod-\n",
            "-\n",
            "\n-\nmodels",
        ] {
            assert_eq!(without_breaks(raw), raw);
        }
    }

    /// Each break looks at its own words only.
    #[test]
    fn many_breaks_take_linear_time() {
        let text = "re-\nlation, ab-\ncd ".repeat(50_000) + "relation";
        assert!(without_breaks(&text).len() < text.len());
        let text = "re-\n".repeat(200_000);
        assert_eq!(without_breaks(&text), text);
    }

    proptest! {
        #[test]
        fn letters_stay(raw in "(ab|abc|c|é|-\n|-|\n|[ $,\r])*") {
            let letters = |text: &str| text.replace(['-', '\n', '\r', ' '], "");
            prop_assert_eq!(letters(&without_breaks(&raw)), letters(&raw));
        }
    }
}
