//! The one way from record text to a terminal.
//!
//! A title may hold anything a source let through: escape sequences that move
//! the cursor or set the window's title, C1 codes that some terminals take for
//! the same, and marks that turn the direction of the line so that it reads as
//! something else. None of them is printed.

use std::borrow::Cow;

/// Text that a terminal prints and does not act upon, on one line: white
/// space of any kind is a blank, other control characters are U+FFFD, marks
/// that turn the direction and characters nobody sees are left out.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| printable_char(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(printable_char).collect())
}

/// What to print for a character, `None` for nothing.
pub fn printable_char(c: char) -> Option<char> {
    match c {
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => Some('\u{fffd}'),
        c if is_hidden(c) => None,
        c => Some(c),
    }
}

/// Characters without a shape of their own. The joiners U+200C and U+200D are
/// none: Persian, Hindi and emoji are spelled with them.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Whether a terminal may act upon a character, or a reader be misled by it:
/// JSON writes those as `\u…`.
pub(crate) fn needs_escape(c: char) -> bool {
    c.is_control() || is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(printable(text), expected);
    }

    #[test]
    fn plain_text_is_left_alone() {
        for text in ["", "naïve β-carotene", "日本語", "می‌خواهم", "👩‍🔬"] {
            assert!(matches!(printable(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn nothing_a_terminal_acts_upon_gets_through() {
        check("a\u{1b}[2Jb", "a\u{fffd}[2Jb");
        check("a\u{9b}2Jb\u{7f}", "a\u{fffd}2Jb\u{fffd}");
        check("a\tb\r\nc\u{2028}d", "a b  c d");
        check("\u{202e}evil\u{202c} \u{2066}x\u{2069}", "evil x");
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            assert!(
                !printable(&c.to_string()).chars().any(needs_escape),
                "{c:?}"
            );
        }
    }
}
