use super::*;
use crate::format::Item;

const TEXT: &str = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\n   Roe, R\nAF Doe, Jane\n   Roe, Richard\nCA Some Group, The\nTI A title over\n   two lines\nSO JOURNAL OF THINGS\nLA English\nDE one; two\n   words\nID THREE\nAB Text.\n   More.\nPD MAR 15\nPY 2019\nDI 10.1000/x\nPM 12345\nUT WOS:000123456789012\nER\n\nPT J\nTI Second\nPD SEP-OCT\nPY 2018\nUT WOS:2\nER\n\nEF\n";

#[test]
fn a_file() {
    let items = WebOfScience.open(Box::new(TEXT.as_bytes()), Path::new("x"));
    let drafts: Vec<Draft> = items
        .map(|item| match item.unwrap() {
            Item::Draft(draft) => *draft,
            Item::Delete(_) => panic!("a deletion"),
        })
        .collect();
    let [first, second] = drafts.as_slice() else {
        panic!("{} records", drafts.len());
    };
    let names: Vec<RawName> = first
        .authors
        .iter()
        .map(|author| author.name.clone())
        .collect();
    let one = |name: &str| RawName::One(name.to_owned());
    assert_eq!(
        names,
        [
            one("Doe, Jane"),
            one("Roe, Richard"),
            RawName::Collective("Some Group, The".into())
        ]
    );
    assert_eq!(first.id.as_deref(), Some("WOS:000123456789012"));
    assert_eq!(first.title.as_deref(), Some("A title over\ntwo lines"));
    assert_eq!(first.abstract_text.as_deref(), Some("Text.\nMore."));
    assert_eq!(first.keywords, ["one", "two words", "THREE"]);
    assert_eq!(
        first.date.map(|date| date.to_string()).as_deref(),
        Some("2019-03-15")
    );
    assert_eq!(second.title.as_deref(), Some("Second"));
    assert_eq!(
        second.date.map(|date| date.to_string()).as_deref(),
        Some("2018-09")
    );
}

#[test]
fn sniffing() {
    let sniff = |text: &str| {
        WebOfScience.sniff(&Head {
            bytes: text.as_bytes(),
            name: "savedrecs.txt",
            whole: true,
        })
    };
    assert_eq!(sniff(TEXT), Confidence::Certain);
    assert_eq!(
        sniff("\u{feff}FN Thomson Reuters\nVR 1.0\n"),
        Confidence::Certain
    );
    assert_eq!(sniff("AI and law\nIT in hospitals\n"), Confidence::No);
    assert_eq!(sniff("TY  - JOUR\nTI  - PT\n"), Confidence::No);
}
