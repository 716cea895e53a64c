//! Which keys of reference managers mean something beyond one list.

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
    id.split_once(':').is_some_and(|(scheme, rest)| {
        let scheme = scheme.trim().to_ascii_lowercase();
        SCHEMES.contains(&scheme.as_str()) && rest.trim().len() > 2
    })
}
