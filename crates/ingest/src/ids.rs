//! Identifiers and dates, from the many ways they are written to one.

use abs_record::Date;

/// The longest DOI or arXiv id in bytes; with a prefix it must fit into a
/// record id.
const MAX_BYTES: usize = 480;

/// The longest volume, issue or page that [`place`] takes, in characters.
const MAX_PLACE_CHARS: usize = 40;

/// A DOI, lower case, without resolver or prefix; `None` where the text is
/// none. (DOI Handbook, 2.2: `10.` registrant `/` suffix, case-insensitive.)
pub fn doi(text: &str) -> Option<String> {
    // arXiv lists several with blanks between; a DOI itself has none here.
    let text = text.trim().to_ascii_lowercase();
    let text = without_prefix(&text, &["doi:", "doi"]);
    let resolver = ["doi.org/", "doi.acm.org/"];
    let behind = |mark: &str| {
        let (before, after) = text.split_once(mark)?;
        (!before.starts_with("10.")).then_some(after)
    };
    let after = resolver
        .iter()
        .find_map(|resolver| behind(resolver))
        .or_else(|| Some(of_publisher(behind("/doi/")?)))
        .unwrap_or(text);
    let first = after.split_whitespace().next()?;
    let doi = first.replace("%2f", "/");
    let doi = doi.trim_end_matches(['.', ',', ';']);
    let (registrant, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
    let fits = registrant.len() >= 4
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty()
        && doi.len() <= MAX_BYTES
        && !doi.chars().any(char::is_control);
    fits.then(|| doi.to_owned())
}

/// The DOI in what follows `/doi/` in a publisher's address, between what part
/// of the work the page shows: `abs/10.1000/x?src=y`, `10.1000/x/abstract`.
fn of_publisher(path: &str) -> &str {
    const PARTS: &[&str] = &[
        "abs",
        "abstract",
        "book",
        "epdf",
        "epub",
        "full",
        "pdf",
        "pdfdirect",
        "pdfplus",
        "summary",
    ];
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = match path.split_once('/') {
        Some((part, rest)) if PARTS.contains(&part) => rest,
        _ => path,
    };
    match path.rsplit_once('/') {
        Some((rest, part)) if PARTS.contains(&part) && rest.contains('/') => rest,
        _ => path,
    }
}

/// An arXiv id without prefix and version: `2503.10291`, `hep-th/9901001`.
/// (Source: arXiv, "Understanding the arXiv identifier".)
pub fn arxiv(text: &str) -> Option<String> {
    let text = text.trim();
    let text = ["arxiv.org/abs/", "arxiv.org/pdf/", "/arxiv.", "arxiv:"]
        .iter()
        .find_map(|mark| {
            let at = find_ignoring_case(text, mark)?;
            text.get(at + mark.len()..)
        })
        .unwrap_or(text)
        .trim_start();
    let text = text.split([' ', '?', '#', '[']).next()?;
    let text = text.strip_suffix(".pdf").unwrap_or(text);
    let text = without_version(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    // Year and month come first in both forms.
    let is_month = |text: &str| {
        let month = text.get(2..4).and_then(|month| month.parse().ok());
        month.is_some_and(|month: u8| (1..=12).contains(&month))
    };
    let is_id = match text.split_once('/') {
        Some((archive, number)) => {
            number.len() == 7
                && digits(number)
                && is_month(number)
                && archive.len() <= 20
                && archive.starts_with(|c: char| c.is_ascii_lowercase())
                && archive
                    .bytes()
                    .all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'.')
        }
        None => text.split_once('.').is_some_and(|(month, number)| {
            month.len() == 4
                && digits(month)
                && is_month(month)
                && matches!(number.len(), 4 | 5)
                && digits(number)
        }),
    };
    is_id.then(|| text.to_owned())
}

/// An id without the version, if it is an arXiv id with one: `2401.00001v2`
/// and `2401.00001v1` are the same record, and the one read last counts.
pub fn without_arxiv_version(id: &str) -> &str {
    let id = id.trim();
    let bare = without_version(id);
    match arxiv(id) {
        Some(arxiv) if bare.ends_with(&arxiv) => bare,
        _ => id,
    }
}

/// A PubMed id: digits.
pub fn pmid(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
    let text = text.rsplit('/').next().unwrap_or_default();
    let text = without_prefix(text, &["pmid:", "pmid"]);
    let fits = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.trim_start_matches('0').to_owned())
        .filter(|pmid| !pmid.is_empty())
}

/// The DOI that an id or an address is, where it says so.
pub fn doi_of_address(text: &str) -> Option<String> {
    let text = text.trim();
    let is_doi = ["doi:", "10."].iter().any(|mark| {
        text.get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
    });
    (is_doi || find_ignoring_case(text, "doi.org/10.").is_some())
        .then(|| doi(text))
        .flatten()
}

/// The PubMed id that an id or an address is, where it says so.
pub fn pmid_of_address(text: &str) -> Option<String> {
    let text = text.trim();
    let marks = ["pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/"];
    let address = marks
        .iter()
        .find_map(|mark| text.get(find_ignoring_case(text, mark)? + mark.len()..));
    let named = ["pmid:", "pubmed:"].iter().find_map(|mark| {
        let start = text.get(..mark.len())?;
        start
            .eq_ignore_ascii_case(mark)
            .then(|| &text[mark.len()..])
    });
    pmid(address.or(named)?)
}

/// A date as free text gives it: a date that [`Date::parse`] knows, else the
/// first number in it that can be a year (`Spring 2020`).
pub fn date(text: &str) -> Option<Date> {
    Date::parse(text).or_else(|| {
        text.split(|c: char| !c.is_ascii_digit())
            .filter(|digits| digits.len() == 4)
            .filter_map(|digits| digits.parse().ok())
            .find(|year| (1400..=2100).contains(year))
            .and_then(|year| Date::new(year, None, None))
    })
}

/// Where in its venue a work is, in one form for `12(3), 45--67` and
/// `12`, `3`, `45`: volume, issue and first page, of which some may be empty.
pub fn place(volume: &str, issue: &str, pages: &str) -> Option<String> {
    let letters = |text: &str| -> String {
        let known = text.chars().filter(|c| c.is_alphanumeric());
        known.take(MAX_PLACE_CHARS).collect()
    };
    let first = pages.trim_start().split(['-', '\u{2013}', ',', ';']).next();
    let parts = [volume, issue, first.unwrap_or_default()].map(letters);
    parts
        .iter()
        .any(|part| !part.is_empty())
        .then(|| parts.join("/"))
}

fn without_prefix<'a>(text: &'a str, prefixes: &[&str]) -> &'a str {
    prefixes
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(text)
        .trim_start()
}

/// `2503.10291v2` is version 2 of `2503.10291`.
fn without_version(text: &str) -> &str {
    match text.rsplit_once(['v', 'V']) {
        Some((id, version))
            if !version.is_empty()
                && version.bytes().all(|b| b.is_ascii_digit())
                && id.ends_with(|c: char| c.is_ascii_digit()) =>
        {
            id
        }
        _ => text,
    }
}

fn find_ignoring_case(text: &str, mark: &str) -> Option<usize> {
    text.as_bytes()
        .windows(mark.len())
        .position(|window| window.eq_ignore_ascii_case(mark.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parse: fn(&str) -> Option<String>, table: &[(&str, &str)]) {
        for (text, expected) in table {
            assert_eq!(parse(text).unwrap_or_default(), *expected, "{text}");
        }
    }

    #[test]
    fn dois() {
        check(
            doi,
            &[
                ("10.1103/PhysRevD.76.013009", "10.1103/physrevd.76.013009"),
                ("https://doi.org/10.1000/ABC", "10.1000/abc"),
                ("http://dx.doi.org/10.1000/abc.", "10.1000/abc"),
                ("doi: 10.1000/a/b", "10.1000/a/b"),
                ("DOI:10.1000/a(b)c", "10.1000/a(b)c"),
                ("https://doi.org/10.1000%2Fabc", "10.1000/abc"),
                (
                    "https://dl.acm.org/doi/10.1145/3292500.3330701",
                    "10.1145/3292500.3330701",
                ),
                (
                    "http://onlinelibrary.wiley.com/doi/10.1002/ajim.1/abstract",
                    "10.1002/ajim.1",
                ),
                (
                    "https://www.tandfonline.com/doi/abs/10.1080/1.2?journalCode=x",
                    "10.1080/1.2",
                ),
                ("https://example.org/doi/10.1000/full", "10.1000/full"),
                ("https://doi.org/10.1000/a/abstract", "10.1000/a/abstract"),
                ("10.1000/abc 10.1000/def", "10.1000/abc"),
                (
                    "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
                    "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
                ),
                ("n/a", ""),
                ("", ""),
                ("10.1000", ""),
                ("10.1000/", ""),
                ("11.1000/abc", ""),
                ("10.abc/def", ""),
                ("https://example.org/10.5", ""),
            ],
        );
    }

    #[test]
    fn arxiv_ids() {
        check(
            arxiv,
            &[
                ("0704.0001", "0704.0001"),
                ("arXiv:2503.10291v2", "2503.10291"),
                ("arxiv: 2503.10291", "2503.10291"),
                ("https://arxiv.org/abs/2503.10291v1", "2503.10291"),
                (
                    "http://arxiv.org/pdf/hep-th/9901001v3.pdf",
                    "hep-th/9901001",
                ),
                ("10.48550/arXiv.2503.10291", "2503.10291"),
                ("arXiv:acc-phys/9502001", "acc-phys/9502001"),
                ("math.GT/0309136", "math.GT/0309136"),
                ("arXiv:2503.10291 [cs.CL]", "2503.10291"),
                ("704.001", ""),
                ("2013.12345", ""),
                ("1234", ""),
                ("10.1000/1234567", ""),
                ("C18-1001", ""),
                ("", ""),
            ],
        );
    }

    #[test]
    fn versions_of_arxiv_are_one_record() {
        for (id, expected) in [
            ("2401.00001v2", "2401.00001"),
            ("arXiv:2401.00001v12", "arXiv:2401.00001"),
            ("hep-th/9901001v3", "hep-th/9901001"),
            (
                "http://arxiv.org/abs/2401.00001v1",
                "http://arxiv.org/abs/2401.00001",
            ),
            ("2401.00001", "2401.00001"),
            ("10.1000/2401.00001v2", "10.1000/2401.00001v2"),
            ("dev1", "dev1"),
            ("C18-1001v2", "C18-1001v2"),
        ] {
            assert_eq!(without_arxiv_version(id), expected);
        }
    }

    #[test]
    fn pmids() {
        check(
            pmid,
            &[
                ("12345", "12345"),
                ("PMID: 12345", "12345"),
                ("https://pubmed.ncbi.nlm.nih.gov/12345/", "12345"),
                ("0", ""),
                ("PMC123", ""),
                ("1234567890", ""),
            ],
        );
    }

    #[test]
    fn ids_and_addresses_that_say_what_they_are() {
        check(
            doi_of_address,
            &[
                ("doi:10.1000/ABC", "10.1000/abc"),
                ("10.1000/abc", "10.1000/abc"),
                ("https://doi.org/10.1000/abc", "10.1000/abc"),
                ("https://example.org/10.1000/abc", ""),
                ("arXiv:2503.10291", ""),
                ("é", ""),
            ],
        );
        check(
            pmid_of_address,
            &[
                ("PMID:12345", "12345"),
                ("pubmed: 12345", "12345"),
                ("https://pubmed.ncbi.nlm.nih.gov/12345/", "12345"),
                ("http://www.ncbi.nlm.nih.gov/pubmed/12345", "12345"),
                ("https://pubmed.ncbi.nlm.nih.gov/?term=x", ""),
                ("12345", ""),
                ("PMC:12345", ""),
            ],
        );
    }

    #[test]
    fn dates() {
        for (text, expected) in [
            ("2024-03-07T10:00:00Z", "2024-03-07"),
            ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
            ("Spring 2020", "2020"),
            ("1998 Dec-1999 Jan", "1998-12"),
            ("2019 Mar-Apr", "2019-03"),
            ("2019//", "2019"),
            ("c1987", "1987"),
            ("in press", ""),
            ("0000", ""),
            ("", ""),
        ] {
            let date = date(text).map(|date| date.to_string());
            assert_eq!(date.unwrap_or_default(), expected, "{text}");
        }
    }
}
