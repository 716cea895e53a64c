//! What people put around an identifier when they cite it: its name, brackets,
//! quotes, the category and the year.

use abs_record::Field;

use super::super::super::chars::{is_blank, is_quote};
use super::{is_arxiv, without_tail};

/// Names before an identifier, the longer first.
const LABELS: [(&str, Field); 9] = [
    ("arxiv preprint", Field::Arxiv),
    ("oai:arxiv.org", Field::Arxiv),
    ("info:arxiv", Field::Arxiv),
    ("arxiv", Field::Arxiv),
    ("eprint", Field::Arxiv),
    ("info:doi", Field::Doi),
    ("doi", Field::Doi),
    ("do", Field::Doi),
    ("pmid", Field::Pmid),
];

/// Names in a row, as in `arXiv preprint arXiv:…`, and pairs of brackets.
const MAX_LAYERS: usize = 6;
/// `[cs.CL] 5 Mar 2012` has four words.
const MAX_ASIDES: usize = 4;

/// What is inside, and what it says it is; `None` when there is more around it
/// than belongs to an identifier.
pub(super) fn undress(query: &str) -> Option<(Option<Field>, &str)> {
    let mut text = query.trim_matches(is_blank);
    let mut kind = None;
    let unquoted = text.strip_prefix(is_quote);
    if let Some(inside) = unquoted.and_then(|text| text.strip_suffix(is_quote)) {
        text = inside.trim_matches(is_blank);
    }
    for _ in 0..MAX_LAYERS {
        if let Some(inside) = in_brackets(text, kind.is_some()) {
            text = inside;
        } else if let Some((field, rest)) = labelled(text) {
            // `arXiv … doi:` is the latter.
            kind = Some(field);
            text = rest;
        } else {
            break;
        }
    }
    let id = match text.find(is_blank) {
        Some(at) => {
            let id = without_tail(&text[..at]);
            (is_arxiv(id) && are_asides(&text[at..])).then_some(id)?
        }
        None => without_tail(text),
    };
    Some((kind, id))
}

/// `<…>` around an address, `[…]` around a citation, `{…}` in BibTeX.
fn in_brackets(text: &str, is_named: bool) -> Option<&str> {
    let text = text.trim_end_matches([',', ';', '.', ':']);
    let pairs = [('<', '>'), ('[', ']'), ('{', '}')];
    let (_, inside) = pairs.into_iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(open)?.strip_suffix(close)?;
        (open != '{' || is_named).then_some((open, inside))
    })?;
    Some(inside.trim_matches(is_blank))
}

fn labelled(text: &str) -> Option<(Field, &str)> {
    LABELS.into_iter().find_map(|(label, field)| {
        let (name, rest) = text.split_at_checked(label.len())?;
        if !name.eq_ignore_ascii_case(label) {
            return None;
        }
        let after = rest.trim_start_matches(is_blank);
        let behind = match label {
            // `DO=` of Web of Science; else it is a word.
            "do" => rest.strip_prefix('='),
            "info:doi" | "info:arxiv" => rest.strip_prefix('/'),
            _ => after
                .strip_prefix([':', '='])
                .or_else(|| (after.len() < rest.len()).then_some(after)),
        };
        Some((field, behind?.trim_start_matches(is_blank)))
    })
}

/// `[cs.CL]`, `(2012)`, `[cs.CL] 5 Mar 2012`, as arXiv prints it in the margin.
fn are_asides(text: &str) -> bool {
    let mut has_category = false;
    let words = text.split(is_blank).filter(|word| !word.is_empty());
    words.enumerate().all(|(idx, word)| {
        let word = word.trim_end_matches(['.', ',', ';', ':']);
        let is_aside = if let Some(year) = word.strip_prefix('(') {
            let year = year.strip_suffix(')').unwrap_or(year);
            year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
        } else if let Some(inside) = word.strip_prefix('[') {
            has_category = true;
            let inside = inside.strip_suffix(']').unwrap_or_default();
            // `[ti]` is a tag.
            super::super::tag(word).is_none()
                && inside.starts_with(|c: char| c.is_ascii_lowercase())
                && inside
                    .bytes()
                    .all(|b| b.is_ascii_alphabetic() || matches!(b, b'.' | b'-'))
        } else {
            let is_month = word.len() == 3 && word.bytes().all(|b| b.is_ascii_alphabetic());
            let is_number = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
            has_category && (is_month || is_number)
        };
        is_aside && idx < MAX_ASIDES
    })
}
