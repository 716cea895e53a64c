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
/// there what it has no field for. Its tables have one line of all of them,
/// where a number is a PubMed id by the name before it.
pub(super) fn noted(note: &str, name: &str) -> Option<String> {
    let in_line = note.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        let value = value.split_whitespace().next()?;
        key.trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.to_owned())
    });
    let among_others = || {
        let mut words = note.split_whitespace();
        words.find(|word| *word == "PMID:")?;
        let number = words.next()?;
        let is_number = number.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| number.to_owned())
    };
    in_line.or_else(|| among_others().filter(|_| name.eq_ignore_ascii_case("pmid")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_notes() {
        for (note, name, expected) in [
            ("tex: x\nPMID: 25462637", "PMID", Some("25462637")),
            (
                "Place: Europe PMID: 25462637  PMCID: PMC1",
                "PMID",
                Some("25462637"),
            ),
            ("Place: Europe PMID: none", "PMID", None),
            ("see PMID: 25462637", "DOI", None),
        ] {
            assert_eq!(noted(note, name).as_deref(), expected, "{note}");
        }
    }
}
