//! Which characters part words, quote them, or are dropped at their ends.

use super::dialect::scopus;

/// Parts words. Control characters and zero-width spaces do, as blanks do.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// A double quote in any of the shapes word processors make of it.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞'
    )
}

/// The length of two single quotes used as a double one (`''`, `’’`, ` `` `).
pub(super) fn twin_quote(rest: &str) -> Option<usize> {
    ["''", "’’", "‘‘", "``"]
        .iter()
        .find(|twin| rest.starts_with(**twin))
        .map(|twin| twin.len())
}

/// Says nothing at the start of a word.
pub(super) fn drops_at_start(c: char) -> bool {
    matches!(
        c,
        '-' | '+'
            | '='
            | '^'
            | '~'
            | '*'
            | '?'
            | ','
            | ';'
            | ':'
            | '!'
            | '¿'
            | '¡'
            | '…'
            | '&'
            | '|'
            | '/'
            | '\''
            | '’'
            | '‘'
            | '`'
            | '—'
            | '–'
            | '−'
    )
}

/// Says nothing at the end of a word.
pub(super) fn drops_at_end(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '.' | '!' | '?' | '…' | '\'' | '’' | '‘' | '`' | '-' | '—' | '–' | '^'
    )
}

/// How many letters and digits a text has.
pub(super) fn count_word_chars(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Whether a text has two letters or digits. Looks from the end, where suffixes
/// are taken off one by one.
pub(super) fn has_two_word_chars(text: &str) -> bool {
    text.chars()
        .rev()
        .filter(|c| c.is_alphanumeric())
        .nth(1)
        .is_some()
}

/// Whether a text has anything to look for.
pub(super) fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A word's text, its square brackets made braces where they are no pairs: in
/// a word they part what stands beside them all the same, and printed before
/// the next words they would be read as a tag of PubMed's or a limit of
/// Embase's.
pub(super) fn without_lone_brackets(text: &str) -> String {
    let mut is_open = false;
    let is_paired = text.bytes().all(|b| match b {
        b'[' => !std::mem::replace(&mut is_open, true),
        b']' => std::mem::take(&mut is_open),
        _ => true,
    });
    let mut text = match is_paired && !is_open {
        true => text.to_string(),
        false => text.replace('[', "{").replace(']', "}"),
    };
    // It would open a phrase of Scopus's.
    if scopus::opens_braces(&text) {
        text.remove(0);
    }
    text
}

/// Blanks collapsed to one space, quotes to none, both ends trimmed.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split(|c| is_blank(c) || is_quote(c)) {
        if part.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}
