use super::*;
use crate::format::Item;

#[track_caller]
fn read(text: &str) -> Vec<Draft> {
    let items = Nbib.open(Box::new(text.as_bytes()), Path::new("x"));
    let drafts = items.map(|item| match item.unwrap() {
        Item::Draft(draft) => *draft,
        Item::Delete(_) => panic!("a deletion"),
    });
    drafts.collect()
}

#[test]
fn records_are_told_apart() {
    let ids = |text| {
        read(text)
            .into_iter()
            .map(|draft| draft.id)
            .collect::<Vec<_>>()
    };
    let some = |id: &str| Some(id.to_owned());
    assert_eq!(
        ids("\nPMID- 1\nTI  - A\n\nPMID- 2\nTI  - B\n"),
        [some("pmid:1"), some("pmid:2")]
    );
    assert_eq!(
        ids("PMID- 1\nTI  - A\nPMID- 2\nTI  - B"),
        [some("pmid:1"), some("pmid:2")]
    );
    assert_eq!(
        ids("PMID- 1\nTI  - A\n\nAB  - after a blank line\n"),
        [some("pmid:1")]
    );
    // ERIC
    assert_eq!(
        ids("OWN - ERIC\nTI  - A\nOID - EJ1\n\nOWN - ERIC\nTI  - B\n"),
        [some("ERIC:EJ1"), None]
    );
    assert_eq!(ids("TI  - A\nAU  - X\n\nTI  - B\n"), [None, None]);
    assert!(read("\n\n").is_empty());
}

#[test]
fn full_names_stand_for_short_ones() {
    let fields = "PMID- 1\nFAU - Casbon, James A\nAU  - Casbon JA\nAD  - Somewhere,\n      far\nAUID- ORCID: 0000-0002-1825-0097\nAU  - Crooks GE\nCN  - The Group, Part 2\nFAU - Saqi, M\nAU  - Saqi M\nFED - Editor, An\nED  - Editor A\n";
    let draft = read(fields).remove(0);
    let names: Vec<RawName> = draft
        .authors
        .iter()
        .map(|author| author.name.clone())
        .collect();
    let one = |name: &str| RawName::One(name.to_owned());
    let group = RawName::Collective("The Group, Part 2".to_owned());
    assert_eq!(
        names,
        [
            one("Casbon, James A"),
            one("Crooks GE"),
            group,
            one("Saqi, M")
        ]
    );
    assert_eq!(
        draft.authors[0].orcid.as_deref(),
        Some("0000-0002-1825-0097")
    );
}

#[test]
fn fields() {
    let draft = read("PMID- 1\nTI  - One\n      two\nLID - e17 [pii]\nLID - 10.1000/x [doi]\nAB  - Text.\nOAB - Texte.\nDP  - 1998 Dec-1999 Jan\nTA  - J\nJT  - Journal\nMH  - *Software/methods\nOT  - *word\nLA  - eng\n").remove(0);
    assert_eq!(draft.title.as_deref(), Some("One\ntwo"));
    assert_eq!(draft.doi.as_deref(), Some("10.1000/x"));
    assert_eq!(draft.abstract_text.as_deref(), Some("Text."));
    assert_eq!(
        draft.date.map(|date| date.to_string()).as_deref(),
        Some("1998-12")
    );
    assert_eq!(draft.venue.as_deref(), Some("Journal"));
    assert_eq!(draft.keywords, ["word", "Software/methods"]);
    assert_eq!(draft.language.as_deref(), Some("eng"));
    let other =
        read("PMID- 1\nTT  - Titel\nOAB - Text.\nAID - http://eric.ed.gov/?id=EJ1\n").remove(0);
    assert_eq!(other.title.as_deref(), Some("Titel"));
    assert_eq!(other.abstract_text.as_deref(), Some("Text."));
    assert_eq!(other.url.as_deref(), Some("http://eric.ed.gov/?id=EJ1"));
}

#[test]
fn a_remark_is_no_other_abstract() {
    let abstract_of = |fields: &str| read(&format!("PMID- 1\n{fields}")).remove(0).abstract_text;
    let remark = "OAB - Publisher: Abstract available from the publisher.\nOABL- spa\n";
    assert_eq!(abstract_of(remark), None);
    let text = abstract_of(&format!("{remark}OAB - Publisher: Texte.\nOABL- fre\n"));
    assert_eq!(text.as_deref(), Some("Texte."));
}

#[test]
fn lines_of_eric_and_of_old_records() {
    let text = "OWN - ERIC\nTI  - A\nAU  - Doe, Jane\nAB  - Fish are wet.\nISBN - 978-0-0000\n\
                ISSN - EISSN-0000-0000\nLA  - English\n\n\
                PMID- 1\nTI  - B\nFAU - Roe, R\nAU  - Roe R\nAU  - et al.\n";
    let drafts = read(text);
    assert_eq!(drafts[0].abstract_text.as_deref(), Some("Fish are wet."));
    assert_eq!(drafts[0].language.as_deref(), Some("English"));
    assert_eq!(drafts[1].authors.len(), 1);
}

/// As ERIC writes them.
#[test]
fn a_tag_before_a_blank_and_the_address_of_a_doi() {
    let text = "OWN - ERIC\nTI  - Of fish\nAID - http://dx.doi.org/10.1000/eric.1\nOID - EJ900001\n\
                AB  - They swim.\nISSN - ISSN-1234-5678\nUR  - http://eric.ed.gov/?id=EJ900001\n";
    let draft = read(text).remove(0);
    assert_eq!(draft.abstract_text.as_deref(), Some("They swim."));
    assert_eq!(draft.doi.as_deref(), Some("10.1000/eric.1"));
    assert_eq!(
        draft.url.as_deref(),
        Some("http://eric.ed.gov/?id=EJ900001")
    );
}
