//! Identifiers pasted alone, as such or as addresses.

use abs_record::Field;

/// A query that is one identifier, or its address, and nothing else.
pub(in super::super) fn whole_id(query: &str) -> Option<(Field, &str)> {
    let query = query.trim();
    // `PMID 123`, as it stands behind a reference.
    if let Some((name, id)) = query.split_once(' ') {
        let id = id.trim_start();
        return match name.to_ascii_lowercase().as_str() {
            "doi" => doi(id),
            "arxiv" => arxiv(id),
            "pmid" => pmid(id),
            _ => None,
        };
    }
    // A bracket is a tag's.
    if query.len() > 512 || query.contains(super::super::chars::is_blank) || query.contains('[') {
        return None;
    }
    let query = query.trim_end_matches(['.', ',', ';']);
    let (scheme, address) = match query.split_once("://") {
        Some(("http" | "https", address)) => (true, address),
        _ => (false, query),
    };
    let address = address.strip_prefix("www.").unwrap_or(address);
    let Some((host, path)) = address.split_once('/') else {
        // Numbers of fewer digits are rather numbers.
        let may_be_pmid = (6..=8).contains(&query.len());
        return arxiv(query).or_else(|| pmid(query).filter(|_| may_be_pmid));
    };
    // What a browser or a mail program appended.
    let path = path.split(['?', '#']).next().unwrap_or(path);
    match host.to_ascii_lowercase().as_str() {
        "doi.org" | "dx.doi.org" => doi(path),
        "arxiv.org" | "export.arxiv.org" => {
            let kinds = ["abs/", "pdf/", "html/", "format/"];
            let id = kinds.iter().find_map(|kind| path.strip_prefix(kind))?;
            arxiv(id.trim_end_matches(".pdf").trim_end_matches('/'))
        }
        "pubmed.ncbi.nlm.nih.gov" => pmid(path.trim_end_matches('/')),
        "ncbi.nlm.nih.gov" => pmid(path.strip_prefix("pubmed/")?.trim_end_matches('/')),
        _ if scheme => None,
        _ => arxiv(query).or_else(|| doi(query)),
    }
}

fn doi(text: &str) -> Option<(Field, &str)> {
    let (registrant, name) = text.strip_prefix("10.")?.split_once('/')?;
    let digits = registrant.bytes().filter(u8::is_ascii_digit).count();
    let plain = registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (plain
        && digits >= 4
        && super::super::chars::says_something(name)
        && !name.contains(super::super::chars::is_quote))
    .then_some((Field::Doi, text))
}

/// `2503.10291v2`, `hep-th/9901001`, `math.AG/0101001`.
pub(in super::super) fn arxiv(text: &str) -> Option<(Field, &str)> {
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
    let fits = match base.split_once('/') {
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
    };
    fits.then_some((Field::Arxiv, text))
}

fn pmid(text: &str) -> Option<(Field, &str)> {
    (!text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()))
        .then_some((Field::Pmid, text))
}
