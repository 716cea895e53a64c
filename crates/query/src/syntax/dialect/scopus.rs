//! Names before parentheses, of Scopus and Web of Science, and limits.

use abs_record::Field;

use super::super::chars::{is_blank, is_quote};
use super::super::name::Target;
use super::ovid;

/// `TI=(…)` of Web of Science, `TITLE-ABS-KEY(…)` of Scopus: where to look, and
/// the length of the name with its `=`. One word behind the `=` is such a value
/// only where an operand starts: elsewhere it is a formula.
pub(in super::super) fn upper_case_name(rest: &str, starts_here: bool) -> Option<(Target, usize)> {
    use Field::{Abstract, Author, Doi, Keyword, Language, Title, Venue, Year};
    let len = rest
        .bytes()
        .take(16)
        .position(|b| !b.is_ascii_uppercase() && b != b'-')?;
    let name = &rest[..len];
    // Scopus's own export has a blank before it; elsewhere `TITLE (x)` are words.
    let behind = rest[len..].trim_start_matches(' ');
    let is_call = behind.starts_with('(')
        && (rest[len..].starts_with('(') || matches!(name, "TITLE-ABS-KEY" | "TITLE-ABS"));
    let behind_sign = rest[len..].strip_prefix('=').unwrap_or_default();
    let has_word = starts_here && behind_sign.starts_with(char::is_alphanumeric);
    let is_equation = has_word || behind_sign.starts_with(|c| c == '(' || is_quote(c));
    let is_number =
        rest[len..].starts_with('=') && rest[len + 1..].starts_with(|c: char| c.is_ascii_digit());
    if name == "PUBYEAR" && behind.starts_with(['<', '>', '=']) {
        return Some((Target::Dates, rest.len() - behind.len()));
    }
    if name == "PY" && is_number {
        return Some((Target::Dates, len + 1));
    }
    if name == "ALL" && (is_equation || rest[len..].starts_with('(')) {
        return Some((Target::ANY, len + usize::from(is_equation)));
    }
    let fields: &[Field] = match name {
        "TS" if is_equation => &[Title, Abstract, Keyword],
        "TI" if is_equation => &[Title],
        "AB" if is_equation => &[Abstract],
        "AK" if is_equation => &[Keyword],
        "AU" if is_equation => &[Author],
        "SO" if is_equation => &[Venue],
        "PY" if is_equation => &[Year],
        "DO" if is_equation => &[Doi],
        "LA" if is_equation => &[Language],
        "LANGUAGE" if is_call => &[Language],
        "TITLE-ABS-KEY" if is_call => &[Title, Abstract, Keyword],
        "TITLE-ABS" if is_call => &[Title, Abstract],
        "TITLE" if is_call => &[Title],
        "ABS" if is_call => &[Abstract],
        "KEY" | "AUTHKEY" if is_call => &[Keyword],
        "AUTH" if is_call => &[Author],
        "SRCTITLE" if is_call => &[Venue],
        "DOI" if is_call => &[Doi],
        _ => return None,
    };
    Some((Target::fields(fields)?, len + usize::from(is_equation)))
}

/// Whether a word, printed in front of a blank, is read as more than a word for
/// what may follow it.
pub(in super::super) fn leads(word: &str) -> bool {
    matches!(word, "TITLE-ABS-KEY" | "TITLE-ABS" | "PUBYEAR") || LIMITS.contains(&word)
}

/// `{deep learning}`, the very phrase: what is in it. Braces of LaTeX have
/// signs inside or letters beside them.
pub(in super::super) fn braced(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('{')?;
    if !inner.starts_with(char::is_alphanumeric) {
        return None;
    }
    let end = inner
        .char_indices()
        .take(MAX_BRACED)
        .find(|(_, c)| !is_braced(*c))
        .map(|(at, _)| at)?;
    let behind = inner[end..].strip_prefix('}')?;
    let ends = behind
        .chars()
        .next()
        .is_none_or(|c| is_blank(c) || c == ')');
    ends.then_some(&inner[..end])
}

fn is_braced(c: char) -> bool {
    c.is_alphanumeric() || is_blank(c) || matches!(c, '-' | '\'' | '’')
}

/// Whether a word would open such braces, printed before other words.
pub(in super::super) fn opens_braces(word: &str) -> bool {
    word.strip_prefix('{')
        .filter(|rest| rest.starts_with(char::is_alphanumeric))
        .is_some_and(|rest| rest.chars().all(is_braced))
}

/// Characters between braces.
const MAX_BRACED: usize = 200;

/// Whether a word is more than a word where an operand starts.
pub(in super::super) fn is_clause(word: &str) -> bool {
    limit(word).is_some() || braced(word).is_some() || upper_case_name(word, true).is_some()
}

/// Names of what Scopus appends.
const LIMITS: [&str; 5] = ["LIMIT-TO", "EXCLUDE", "DOCTYPE", "SUBJAREA", "PUBSTAGE"];

/// `AND ( LIMIT-TO ( DOCTYPE,"ar" ) )` of Scopus, `AND DT=(Article)` of Web of
/// Science, `AND [english]/lim` and `NOT 'review'/it` of Embase: what they
/// append for the boxes ticked beside a result, and its length.
pub(in super::super) fn limit(rest: &str) -> Option<usize> {
    let mut inner = rest;
    for word in ["AND", "NOT"] {
        let behind = inner.strip_prefix(word);
        let behind = behind.filter(|behind| behind.starts_with([' ', '(']));
        inner = behind.unwrap_or(inner).trim_start_matches(' ');
    }
    if let Some(len) = ovid::embase_limit(inner) {
        return Some(rest.len() - inner.len() + len);
    }
    if let Some(len) = alone(inner).or_else(|| group(inner)) {
        return Some(rest.len() - inner.len() + len);
    }
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let inner = inner.trim_start_matches(' ');
    let name = LIMITS.into_iter().find(|name| inner.starts_with(name))?;
    if !inner[name.len()..].trim_start_matches(' ').starts_with('(') {
        return None;
    }
    closed(rest)
}

fn alone(text: &str) -> Option<usize> {
    ovid::embase_type(text).or_else(|| equation(text))
}

/// `(DT=(Article) OR DT=(Review))`, where there is nothing else between the
/// parentheses, and its length.
fn group(text: &str) -> Option<usize> {
    let mut rest = text.strip_prefix('(')?;
    for _ in 0..MAX_GROUP {
        rest = rest.trim_start_matches(' ');
        rest = rest[alone(rest)?..].trim_start_matches(' ');
        if let Some(rest) = rest.strip_prefix(')') {
            return Some(text.len() - rest.len());
        }
        rest = rest.strip_prefix("OR ").or(rest.strip_prefix("AND "))?;
    }
    None
}

/// Limits between one pair of parentheses.
const MAX_GROUP: usize = 32;

/// Fields of Web of Science that records here lack: kind of document, subject,
/// research area.
const LACKED: [&str; 4] = ["DT", "WC", "SU", "PT"];

/// `DT=(Article)`, `DT==("ARTICLE")`, `DT=Article`, and its length.
fn equation(text: &str) -> Option<usize> {
    let name = LACKED.into_iter().find(|name| text.starts_with(name))?;
    let behind = text[name.len()..].strip_prefix('=')?;
    let value = behind.strip_prefix('=').unwrap_or(behind);
    let start = text.len() - value.len();
    match value.chars().next()? {
        '(' => Some(start + closed(value)?),
        quote if is_quote(quote) => {
            let inside = &value[quote.len_utf8()..];
            let (end, close) = inside
                .char_indices()
                .take(MAX_LIMIT)
                .find(|(_, c)| is_quote(*c))?;
            Some(start + quote.len_utf8() + end + close.len_utf8())
        }
        c if c.is_alphanumeric() => {
            let end = value.find(|c: char| is_blank(c) || is_quote(c) || matches!(c, '(' | ')'));
            Some(start + end.unwrap_or(value.len()))
        }
        _ => None,
    }
}

/// The length up to where the first parenthesis that opens is closed.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(MAX_LIMIT) {
        match byte {
            b'(' => depth += 1,
            b')' if depth <= 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Bytes of a limit.
const MAX_LIMIT: usize = 1_000;
