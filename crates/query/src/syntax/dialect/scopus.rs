//! Names before parentheses, of Scopus and Web of Science, and limits.

use abs_record::Field;

use super::super::name::Target;

/// `TI=(…)` of Web of Science, `TITLE-ABS-KEY(…)` of Scopus: where to look, and
/// the length of the name with its `=`.
pub(in super::super) fn upper_case_name(rest: &str) -> Option<(Target, usize)> {
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
    let is_equation = rest[len..].starts_with("=(") || rest[len..].starts_with("=\"");
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

/// Names of what Scopus appends.
const LIMITS: [&str; 5] = ["LIMIT-TO", "EXCLUDE", "DOCTYPE", "SUBJAREA", "PUBSTAGE"];

/// `AND ( LIMIT-TO ( DOCTYPE,"ar" ) )` of Scopus, `AND [english]/lim` of Embase:
/// what they append for the boxes ticked beside a result, and its length.
pub(in super::super) fn limit(rest: &str) -> Option<usize> {
    let mut inner = rest;
    for word in ["AND", "NOT"] {
        let behind = inner.strip_prefix(word);
        let behind = behind.filter(|behind| behind.starts_with([' ', '(']));
        inner = behind.unwrap_or(inner).trim_start_matches(' ');
    }
    if let Some(len) = super::ovid::embase_limit(inner) {
        return Some(rest.len() - inner.len() + len);
    }
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let inner = inner.trim_start_matches(' ');
    let name = LIMITS.into_iter().find(|name| inner.starts_with(name))?;
    if !inner[name.len()..].trim_start_matches(' ').starts_with('(') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate().take(MAX_LIMIT) {
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
