use proptest::prelude::*;

use super::*;
use crate::draft::{Draft, RawName};
use crate::error::ReadErrorKind;
use crate::format::Item;

#[track_caller]
fn read(text: &[u8]) -> Vec<Draft> {
    let items = Ris.open(Box::new(text), Path::new("x"));
    let drafts = items.map(|item| match item.unwrap() {
        Item::Draft(draft) => *draft,
        Item::Delete(_) => panic!("a deletion"),
    });
    drafts.collect()
}

/// Titles with the lines that records start on.
#[track_caller]
fn check(text: &[u8], expected: &[&str]) {
    let found: Vec<String> = read(text)
        .into_iter()
        .map(|draft| format!("{} {}", draft.origin.place, draft.title.unwrap_or_default()))
        .collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn one(fields: &str) -> Draft {
    let mut drafts = read(format!("TY  - JOUR\n{fields}\nER  - \n").as_bytes());
    assert_eq!(drafts.len(), 1);
    drafts.remove(0)
}

#[test]
fn records_in_every_dialect() {
    check(
        b"TY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nT1  - Two\nER  -",
        &["1 One", "5 Two"],
    );
    check(
        b"\xef\xbb\xbfTY  - JOUR\rTI  - One\rER  - \r\rTY  - CHAP\rTI  - Two\r",
        &["1 One", "5 Two"],
    );
    check(
        b"TY  - JOUR\r\nTI  - One\r\nTY  - JOUR\r\nTI  - Two\r\nER  - \r\n",
        &["1 One", "3 Two"],
    );
    // Ovid
    check(
        b"1.\nTY  - JOUR\nID  - 2015-1\nT1  - One\nER  - \n\nLink to the full text: http://x\n2.\nTY  - JOUR\nT1  - Two\nER  - \n",
        &["2 One", "9 Two"],
    );
    check(b"TY - JOUR\nTI - One\nAB - a\nER -\n", &["1 One"]);
    check(b"  TY  - JOUR\n  TI  - One\n  ER  - \n", &["1 One"]);
    check(
        b"TI  - No type\nAU  - A\nER  - \nFN  - x\nTY  - JOUR\nTI  -Two\nER  - ",
        &["1 No type", "5 Two"],
    );
    check(
        b"TY  - JOUR\nTI  - L\xe9vy \x96 \xe0\nER  - \n",
        &["1 Lévy – à"],
    );
    check(b"", &[]);
    check(b"ER  - \nnothing\n", &[]);
}

#[test]
fn lines_without_a_tag_go_on() {
    let draft = one(
        "AB  - First\n  second\n\nCI - third\nKW  - one\ntwo, three\nfour; five\nTI  - T\nof it",
    );
    assert_eq!(
        draft.abstract_text.as_deref(),
        Some("First\nsecond\nCI - third")
    );
    assert_eq!(draft.keywords, ["one", "two, three", "four", "five"]);
    assert_eq!(draft.title.as_deref(), Some("T\nof it"));
}

#[test]
fn names() {
    let names = |fields| {
        one(fields)
            .authors
            .into_iter()
            .map(|author| author.name)
            .collect::<Vec<_>>()
    };
    let of = |name: &str| RawName::One(name.to_owned());
    assert_eq!(
        names("AU  - Doe, Jane,\nA1  - Liu R.\nA2  - Editor, An\nAU  - "),
        [of("Doe, Jane"), of("Liu R.")]
    );
    assert_eq!(
        names("AU  - Doe, J; Roe, R"),
        [RawName::List("Doe, J; Roe, R".into())]
    );
    assert_eq!(names("AU  - Doe, J\nRoe, R"), [of("Doe, J"), of("Roe, R")]);
}

#[test]
fn a_remark_is_no_abstract() {
    let text = |fields: &str| one(fields).finish().unwrap().abstract_text;
    assert_eq!(text("TI  - T\nAB  - [No abstract available]"), None);
    assert_eq!(text("TI  - T\nN2  - No abstract available."), None);
    assert_eq!(
        text("TI  - T\nAB  - No abstract data type is available.").as_deref(),
        Some("No abstract data type is available.")
    );
}

#[test]
fn dates() {
    for (fields, date) in [
        ("PY  - 2019", "2019"),
        ("PY  - 10 15", ""),
        ("DA  - MAR\nPY  - 2019", "2019-03"),
        ("PY  - 2019\nDA  - MAR 15", "2019-03-15"),
        ("PY  - 2019\nPD  - JAN-FEB", "2019-01"),
        ("PY  - 2019\nDA  - SPR", "2019"),
        ("Y1  - 2019//", "2019"),
        ("Y1  - 2019/05/03/Spring", "2019-05-03"),
        ("PY  - 2019///", "2019"),
        ("DA  - 2019/10//undefined\nPY  - 2019", "2019-10"),
        ("PY  - 2019\nDA  - 2020/01/02", "2019"),
        ("PY  - 2020\nY1  - 4-8 Aug. 2020", "2020-08"),
        ("Y1  - Mar. 2017", "2017-03"),
        ("DA  - 2017/Mar/04", "2017-03-04"),
        ("DA  - 2017/02/31", "2017-02"),
        ("PY  - in press", ""),
        ("Y2  - 2019/01/01", ""),
    ] {
        let found = one(fields).date.map(|date| date.to_string());
        assert_eq!(found.unwrap_or_default(), date, "{fields}");
    }
}

#[test]
fn ids_wherever_a_database_puts_them() {
    for (fields, doi, pmid) in [
        (
            "DO  - http://dx.doi.org/10.1002/jts.22387",
            "http://dx.doi.org/10.1002/jts.22387",
            "",
        ),
        (
            "M3  - Article\nL2  - http://x\nL2  - http://dx.doi.org/10.1/x\nL2  - http://dx.doi.org/10.1000/x",
            "http://dx.doi.org/10.1000/x",
            "",
        ),
        ("M3  - 10.1000/x", "10.1000/x", ""),
        ("N1  - Cited by 7; doi: 10.1000/x", "doi: 10.1000/x", ""),
        ("DB  - Embase\nC5  - 15368318", "", "15368318"),
        ("DB  - Scopus\nC2  - 15368318", "", "15368318"),
        ("DB  - x\nC2  - 15368318", "", ""),
        ("DP  - NLM\nAN  - 15368318", "", "15368318"),
        ("AN  - PMID:15368318", "", "PMID:15368318"),
    ] {
        let draft = one(fields);
        assert_eq!(draft.doi.as_deref().unwrap_or_default(), doi, "{fields}");
        assert_eq!(draft.pmid.as_deref().unwrap_or_default(), pmid, "{fields}");
    }
    assert_eq!(
        one("UT  - WOS:000123456").id.as_deref(),
        Some("WOS:000123456")
    );
    assert_eq!(one("ID  - 1\nAN  - rayyan-1").id, None);
}

/// `crates/printer/src/export/ris.rs` writes them so.
#[test]
fn ids_of_our_own_export() {
    let ids = |fields: &str| {
        let record = one(fields).finish().unwrap();
        [record.doi, record.arxiv, record.pmid].map(Option::unwrap_or_default)
    };
    assert_eq!(
        ids("ID  - W1\nTI  - T\nAU  - A, B\nPY  - 2024\nDO  - 10.1000/x\nKW  - k\nAN  - 12"),
        ["10.1000/x", "", "12"]
    );
    assert_eq!(
        ids("ID  - W1\nTI  - T\nAN  - arXiv:2401.00001\nN1  - PMID:12"),
        ["", "2401.00001", "12"]
    );
    assert_eq!(
        ids("ID  - W1\nTI  - T\nAN  - arXiv:hep-ex/0307015"),
        ["", "hep-ex/0307015", ""]
    );
    // Numbers of other catalogues.
    for fields in [
        "ID  - W1\nTI  - T\nDB  - x\nAN  - 12",
        "TI  - T\nAN  - 12",
        "ID  - W1\nAU  - A, B\nTI  - T\nAN  - 12",
        "ID  - W1\nTI  - T\nAN  - 12\nKW  - k",
    ] {
        assert_eq!(ids(fields), ["", "", ""], "{fields}");
    }
}

#[test]
fn titles_venues_and_abstracts() {
    let draft = one("T1  - A\nT2  - \nJF  - J\nN2  - long text\nAB  - n/a");
    assert_eq!(
        (draft.title.as_deref(), draft.venue.as_deref()),
        (Some("A"), Some("J"))
    );
    assert_eq!(draft.abstract_text.as_deref(), Some("long text"));
    let draft = one("BT  - A Book");
    assert_eq!(
        (draft.title.as_deref(), draft.venue),
        (Some("A Book"), None)
    );
}

#[test]
fn a_long_record_costs_only_itself() {
    let long = format!(
        "TY  - JOUR\n{}ER  - \nTY  - JOUR\nTI  - T\nER  - \n",
        "KW  - x\n".repeat(3 << 20)
    );
    let mut items = Ris.open(Box::new(long.as_bytes()), Path::new("x"));
    let error = items.next().unwrap().unwrap_err();
    assert!(
        matches!(error.kind, ReadErrorKind::RecordTooLong { .. }),
        "{error}"
    );
    assert!(matches!(items.next(), Some(Ok(Item::Draft(_)))));
    assert!(items.next().is_none());
}

proptest! {
    #[test]
    fn any_text_is_read(text in "((TY|ER|AB|PY|K)  ?- ?[a-z0-9/é -]{0,9}\n|[ -~]{0,9}[\r\n]){0,20}") {
        read(text.as_bytes());
    }
}

#[test]
fn a_thesis_is_from_its_university() {
    let venue = |text: &str| read(text.as_bytes()).remove(0).venue;
    let thesis = "TY  - THES\nTI  - T\nPB  - University of Nowhere\n";
    assert_eq!(venue(thesis).as_deref(), Some("University of Nowhere"));
    assert_eq!(venue("TY  - BOOK\nTI  - T\nPB  - Nowhere Press\n"), None);
}

/// As CiteSource writes them.
#[test]
fn records_without_types() {
    let text =
        b"C1  - 1\nAU  - Roe, Jan\nTI  - One\nER  - \n\nC1  - 2\nAU  - Li, A\nTI  - Two\nER  - \n";
    check(text, &["2 One", "7 Two"]);
    let head = |bytes| Head {
        bytes,
        name: "x",
        whole: true,
    };
    assert_eq!(Ris.sniff(&head(text)), Confidence::Likely);
    assert_eq!(
        Ris.sniff(&head(b"TI  - One\nAU  - Roe, Jan\nPMID- 1\n")),
        Confidence::No
    );
}
