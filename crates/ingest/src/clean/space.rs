//! White space, control characters and marks that cannot be seen.

use std::borrow::Cow;

use abs_record::fold::is_invisible;

/// Drops soft hyphens, zero-width and bidirectional marks, and takes the
/// ligatures `ﬀ` to `ﬆ` apart, which are a matter of type and not of spelling
/// (`æ` and `œ` are letters).
pub fn visible(text: &str) -> Cow<'_, str> {
    // In UTF-8 all of them start with one of three bytes.
    if memchr::memchr3(0xc2, 0xe2, 0xef, text.as_bytes()).is_none()
        || !text.contains(|c| is_invisible(c) || ligature(c).is_some())
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        match ligature(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// Turns any run of white space and control characters into one blank and
/// drops it at the ends. A control character becomes a blank and not nothing,
/// so that words never grow together.
pub fn single_blanks(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(is_space);
    if is_plain(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
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

/// Whether a text is printable ASCII and has no two blanks side by side. Most
/// are: every byte is looked at, for that is faster than to stop at one.
fn is_plain(text: &[u8]) -> bool {
    let is_printable = |so_far, byte: &u8| so_far & matches!(byte, 0x20..=0x7e);
    text.iter().fold(true, is_printable) && memchr::memmem::find(text, b"  ").is_none()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_letters_stay() {
        for (raw, clean) in [
            ("co\u{ad}op\u{200b}er\u{202e}ate", "cooperate"),
            ("\u{feff}mark", "mark"),
            ("eﬃcient ﬁlter of ﬂow", "efficient filter of flow"),
            ("œuvre, Ægir, ĳs", "œuvre, Ægir, ĳs"),
            ("naïve — “quoted”", "naïve — “quoted”"),
        ] {
            assert_eq!(visible(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn blanks() {
        for (raw, clean) in [
            (" \n ", ""),
            ("  two  blanks ", "two blanks"),
            ("hard\n  break\r\nhere", "hard break here"),
            ("no\u{a0}break", "no break"),
            ("\u{1b}[31mred\u{7f}", "[31mred"),
            ("a\u{0}b\u{2028}c", "a b c"),
            ("  naïve\u{3000}", "naïve"),
        ] {
            assert_eq!(single_blanks(raw), clean, "{raw:?}");
        }
    }
}
