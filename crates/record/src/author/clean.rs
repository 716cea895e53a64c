//! One name's text made plain: what is no name is dropped, blanks are one.
//! Knows characters, not names.

use std::borrow::Cow;

use super::words::{is_letter, is_ordinal};
use crate::fold::is_invisible;

/// Cleaned text longer than this is cut to [`CUT`]. No name is this long; a
/// list taken for one is, and later steps may then be simple.
const LONGEST: usize = 1_100;
/// What a text beyond [`LONGEST`] is cut to. The gap between both lets a name
/// that was cut be displayed, with its commas, and parsed again uncut.
const CUT: usize = 1_000;

/// `text` with words one blank apart and parts one comma apart: no control or
/// invisible characters, no parentheses, braces, footnote marks or digits,
/// nothing without a letter. A period before a letter ends a word. Cleaning
/// twice changes nothing.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST && is_plain(text) {
        return Cow::Borrowed(text);
    }
    let cleaned = clean_words(text, true);
    if cleaned.len() > LONGEST {
        return Cow::Owned(clean_words(cut(&cleaned, CUT), true));
    }
    Cow::Owned(cleaned)
}

/// The same for one part of a name: a comma is a blank.
pub(super) fn clean_part(text: &str) -> Cow<'_, str> {
    const PART: usize = CUT / 4;
    if text.len() <= PART && !text.contains(',') && is_plain(text) {
        return Cow::Borrowed(text);
    }
    let cleaned = clean_words(text, false);
    if cleaned.len() > PART {
        return Cow::Owned(clean_words(cut(&cleaned, PART), false));
    }
    Cow::Owned(cleaned)
}

/// A collective's name: readable characters, braces dropped, blanks made one.
pub(super) fn tidy(text: &str) -> String {
    let mut text = cut(text, 4 * CUT).trim();
    while let Some(rest) = text.strip_prefix("and ") {
        text = rest.trim_start();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !(c.is_control() || is_invisible(c) || matches!(c, '{' | '}')) {
            out.push(c);
        }
    }
    let kept = cut(out.trim_matches([' ', ',', ';']), CUT).trim_end().len();
    let start = out.len() - out.trim_start_matches([' ', ',', ';']).len();
    out.truncate(start + kept);
    out.drain(..start);
    out
}

/// The inside of a text that one pair of braces encloses, as BibTeX marks a
/// collective.
pub(super) fn braced(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut depth = 0_usize;
    for byte in inner.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    (depth == 0 && inner.chars().any(is_letter)).then_some(inner)
}

/// At most `bytes` of `text`, cut between characters.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Whether cleaning would change nothing but blanks around commas. Nine names
/// in ten are, and are read without a copy.
fn is_plain(text: &str) -> bool {
    let mut has_letter = false;
    let mut previous = ' ';
    for c in text.chars() {
        match c {
            ' ' => {
                if matches!(previous, ' ' | '-') || !(has_letter || previous == ',') {
                    return false;
                }
                has_letter = false;
            }
            ',' => {
                if previous == '-' || !has_letter {
                    return false;
                }
                has_letter = false;
            }
            '-' if matches!(previous, ' ' | ',') => return false,
            '.' | '\'' | '-' => {}
            _ if c.is_ascii_alphabetic()
                || (!c.is_ascii() && c.is_alphabetic() && !c.is_numeric()) =>
            {
                if previous == '.' {
                    return false;
                }
                has_letter = has_letter || is_letter(c);
            }
            _ => return false,
        }
        previous = c;
    }
    has_letter && previous != '-'
}

fn clean_words(text: &str, keep_commas: bool) -> String {
    // Lists of thousands are passed by mistake; what is cut later is not
    // worth cleaning now.
    let text = cut(text, 16 * CUT);
    let mut visible = visible(text, true);
    if !visible.chars().any(is_letter) {
        visible = self::visible(text, false);
    }
    let mut out = String::with_capacity(visible.len() + 4);
    for segment in visible.split(',') {
        let mut first = keep_commas;
        // An address is no name.
        for word in segment.split(' ').filter(|word| !word.contains('@')) {
            let mut rest = word;
            while let Some(end) = first_period_before_letter(rest) {
                let (head, tail) = rest.split_at(end);
                push_word(head, &mut first, &mut out);
                rest = tail;
            }
            push_word(rest, &mut first, &mut out);
        }
    }
    out
}

/// Appends what is left of `word` without marks and digits around it, if that
/// holds a letter.
fn push_word(word: &str, first_of_segment: &mut bool, out: &mut String) {
    let mut word = word.trim_matches(is_mark);
    let mut joined = false;
    // `Doe K 3rd.` may end a list.
    if let Some(ordinal) = word.strip_suffix('.').filter(|word| is_ordinal(word)) {
        word = ordinal;
    }
    if !is_ordinal(word) {
        // arXiv writes `J. -P. Serre` for `J.-P. Serre`.
        joined = word.starts_with('-') && !*first_of_segment && out.ends_with('.');
        word = word.trim_matches(|c| is_mark(c) || c == '-' || c.is_numeric());
    }
    if !word.chars().any(is_letter) {
        return;
    }
    if joined {
        out.push('-');
    } else if !out.is_empty() {
        out.push(if *first_of_segment { ',' } else { ' ' });
    }
    out.push_str(word);
    *first_of_segment = false;
}

/// Marks around a word that are no part of a name.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '*' | '#'
            | ':'
            | ';'
            | '|'
            | '^'
            | '~'
            | '_'
            | '='
            | '+'
            | '!'
            | '?'
            | '<'
            | '>'
            | '['
            | ']'
            | '/'
            | '&'
            | '%'
            | '$'
            | '"'
            | '\\'
            | '†'
            | '‡'
            | '§'
            | '¶'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '\u{fffd}'
            | '⋆'
            | '∗'
            | '–'
            | '—'
    )
}

/// Where a word ends inside `text`: after a period with a letter behind it.
fn first_period_before_letter(text: &str) -> Option<usize> {
    text.match_indices('.').map(|(at, _)| at + 1).find(|end| {
        text.get(*end..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(is_letter)
    })
}

/// Readable characters, white space as blanks, with or without what stands in
/// parentheses. `&NA;` is Ovid's word for a missing name.
fn visible(text: &str, drop_parentheses: bool) -> String {
    let text = if text.contains("&NA;") {
        Cow::Owned(text.replace("&NA;", " "))
    } else {
        Cow::Borrowed(text)
    };
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '（' => {
                depth += 1;
                out.push(' ');
            }
            ')' | '）' => {
                depth = depth.saturating_sub(1);
                out.push(' ');
            }
            _ if depth > 0 && drop_parentheses => {}
            '，' => out.push(','),
            '{' | '}' | '"' | '\\' | '$' => {}
            _ if c.is_whitespace() => out.push(' '),
            _ if c.is_control() || is_invisible(c) => {}
            _ => out.push(c),
        }
    }
    out
}
