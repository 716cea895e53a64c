//! Identifiers pasted alone: as such, as addresses, or as people cite them.

mod dress;

use std::borrow::Cow;

use abs_record::Field;

use super::super::chars::{is_blank, is_quote, says_something};

/// Bytes of an identifier with all that stands around it.
const MAX_LEN: usize = 512;

/// A query that is one identifier, or its address or its citation, and nothing
/// else.
pub(in super::super) fn whole_id(query: &str) -> Option<(Field, Cow<'_, str>)> {
    if query.len() > MAX_LEN {
        return None;
    }
    let (kind, id) = dress::undress(query)?;
    if id.contains(is_blank) || id.contains(is_quote) || id.contains('[') {
        return None;
    }
    if let Some(found) = address(id) {
        return found;
    }
    let field = match kind {
        Some(Field::Arxiv) => is_arxiv(id).then_some(Field::Arxiv),
        Some(Field::Doi) => is_doi(id).then_some(Field::Doi),
        Some(_) => is_pmid(id).then_some(Field::Pmid),
        None if is_arxiv(id) => Some(Field::Arxiv),
        None if is_doi(id) => Some(Field::Doi),
        // Numbers of fewer digits are rather numbers.
        None => (is_pmid(id) && id.len() >= 6 && id.len() <= 8).then_some(Field::Pmid),
    };
    Some((field?, Cow::Borrowed(id)))
}

type Found<'a> = Option<(Field, Cow<'a, str>)>;

/// What an address leads to; `None` when the text is no address of a place
/// known here, `Some(None)` when it is one of something else.
fn address(text: &str) -> Option<Found<'_>> {
    let (has_scheme, address) = match text.split_once("://") {
        Some(("http" | "https", address)) => (true, address),
        _ => (false, text),
    };
    let address = address.strip_prefix("www.").unwrap_or(address);
    let Some((host, path)) = address.split_once('/') else {
        return has_scheme.then_some(None);
    };
    // What a browser or a mail program appended.
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = path.trim_end_matches('/');
    let arxiv_behind = |kinds: &[&str]| -> Found<'_> {
        let id = kinds.iter().find_map(|kind| path.strip_prefix(kind))?;
        let id = id.trim_end_matches(".pdf").trim_end_matches('/');
        is_arxiv(id).then_some((Field::Arxiv, Cow::Borrowed(id)))
    };
    let pmid = |id: &'_ str| is_pmid(id).then_some(Field::Pmid);
    Some(match host.to_ascii_lowercase().as_str() {
        "doi.org" | "dx.doi.org" => {
            let id = percent_decoded(path);
            is_doi(&id).then_some((Field::Doi, id))
        }
        "arxiv.org" | "export.arxiv.org" => arxiv_behind(&["abs/", "pdf/", "html/", "format/"]),
        "ar5iv.org" | "ar5iv.labs.arxiv.org" => arxiv_behind(&["abs/", "html/"]),
        "alphaxiv.org" => arxiv_behind(&["abs/", "pdf/", "overview/"]),
        "huggingface.co" => arxiv_behind(&["papers/"]),
        "pubmed.ncbi.nlm.nih.gov" => pmid(path).map(|field| (field, Cow::Borrowed(path))),
        "ncbi.nlm.nih.gov" => path
            .strip_prefix("pubmed/")
            .and_then(|id| Some((pmid(id)?, Cow::Borrowed(id)))),
        _ if has_scheme => None,
        _ => return None,
    })
}

/// `10.1063%2F1.5084144`, as a link checker or a form writes it.
fn percent_decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = match rest {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match code {
            Some((high, low)) => {
                bytes.push(high * 16 + low);
                rest = &rest[3..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(path), Cow::Owned)
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16)?.try_into().ok()
}

fn is_doi(text: &str) -> bool {
    let Some((registrant, name)) = text
        .strip_prefix("10.")
        .and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    let digits = registrant.bytes().filter(u8::is_ascii_digit).count();
    let plain = registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    plain && digits >= 4 && says_something(name) && !name.contains(|c| is_quote(c) || is_blank(c))
}

/// `2503.10291v2`, `hep-th/9901001`, `math.AG/0101001`.
pub(in super::super) fn is_arxiv(text: &str) -> bool {
    let base = match text.rsplit_once('v') {
        Some((base, version))
            if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) =>
        {
            base
        }
        _ => text,
    };
    let digits = |text: &str, len: std::ops::RangeInclusive<usize>| {
        len.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    match base.split_once('/') {
        Some((archive, number)) => {
            digits(number, 7..=7)
                && archive.len() >= 2
                && archive
                    .bytes()
                    .all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'.'))
        }
        None => base
            .split_once('.')
            .is_some_and(|(month, number)| digits(month, 4..=4) && digits(number, 4..=5)),
    }
}

fn is_pmid(text: &str) -> bool {
    !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit())
}

/// An identifier without the punctuation of the sentence it stood in: a closing
/// bracket is the sentence's where none was opened.
pub(in super::super) fn without_tail(text: &str) -> &str {
    let count = |sign: char| text.chars().filter(|c| *c == sign).count();
    let mut surplus = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')]
        .map(|(open, close)| (close, count(close).saturating_sub(count(open))));
    let mut id = text;
    while let Some(last) = id.chars().next_back() {
        let is_tail = match surplus.iter_mut().find(|(close, _)| *close == last) {
            Some((_, 0)) => false,
            Some((_, n)) => {
                *n -= 1;
                true
            }
            None => matches!(last, '.' | ',' | ';' | ':' | '*' | ' '),
        };
        if !is_tail {
            break;
        }
        id = &id[..id.len() - last.len_utf8()];
    }
    id
}
