//! Ids as reference managers have them: which of their keys mean something
//! beyond one list, and what their notes say.

/// Prefixes of ids that are given by a catalogue, or are addresses.
const SCHEMES: &[&str] = &[
    "arxiv", "bibcode", "corpusid", "dblp", "doi", "eric", "http", "https", "isbn", "isi", "mag",
    "medline", "openalex", "pmc", "pmcid", "pmid", "pubmed", "scopus", "url", "urn", "wikidata",
    "wos",
];

/// Whether an id says where it comes from: `DBLP:conf/…`, `WOS:0002…`,
/// `https://…`; and not `smith2020`, `smith:2020` or `ITEM-1`, which name
/// another work in every list.
pub(super) fn is_global(id: &str) -> bool {
    let is_known = id.split_once(':').is_some_and(|(scheme, rest)| {
        let scheme = scheme.trim().to_ascii_lowercase();
        SCHEMES.contains(&scheme.as_str()) && rest.trim().len() > 2
    });
    is_known || is_content(id)
}

/// Whether an id is one that this program made from a record's content, which
/// says more than the record that was exported with it.
pub(super) fn is_content(id: &str) -> bool {
    id.strip_prefix("abs:")
        .is_some_and(|hash| hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// An id that a note gives in a line of its own, `PMID: 25462637`: Zotero puts
/// there what it has no field for.
pub(super) fn noted(note: &str, name: &str) -> Option<String> {
    note.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        let value = value.split_whitespace().next()?;
        key.trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.to_owned())
    })
}
