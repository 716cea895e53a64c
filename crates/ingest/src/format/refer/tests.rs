use super::*;
use crate::format::Item;

#[track_caller]
fn read(text: &str) -> Vec<Draft> {
    let items = Refer.open(Box::new(text.as_bytes()), Path::new("x"));
    let drafts = items.map(|item| match item.unwrap() {
        Item::Draft(draft) => *draft,
        Item::Delete(_) => panic!("a deletion"),
    });
    drafts.collect()
}

#[test]
fn a_file() {
    let drafts = read(
        "%0 Journal Article\n%A Doe, Jane\n%A Roe, Richard\n%D 2019\n%8 Mar 15, 2019\n%T A title\n%J Journal\n%X First line\nsecond line\n\n%K one\ntwo\n%R 10.1000/x\n%U http://x\n\n\n%0 Book\n%T Second\n",
    );
    let [first, second] = drafts.as_slice() else {
        panic!("{} records", drafts.len());
    };
    assert_eq!(
        (first.authors.len(), first.title.as_deref()),
        (2, Some("A title"))
    );
    assert_eq!(
        first.abstract_text.as_deref(),
        Some("First line\nsecond line")
    );
    assert_eq!(first.keywords, ["one", "two"]);
    assert_eq!(
        first.date.map(|date| date.to_string()).as_deref(),
        Some("2019-03-15")
    );
    assert_eq!(second.title.as_deref(), Some("Second"));
    let plain = read("%T One\n%A Doe, J\n\n%T Two\n%K a, b\n");
    assert_eq!(plain.len(), 2);
    assert_eq!(plain[1].keywords, ["a", "b"]);
}

#[test]
fn sniffing() {
    let sniff = |text: &str| {
        Refer.sniff(&Head {
            bytes: text.as_bytes(),
            name: "x.enw",
            whole: true,
        })
    };
    assert_eq!(sniff("%0 Journal Article\n%T T\n"), Confidence::Certain);
    assert_eq!(
        sniff("% Encoding: UTF-8\n@article{a, title={T}}"),
        Confidence::No
    );
    assert_eq!(sniff("%PDF-1.4\n%T T\n%A x"), Confidence::No);
}

/// As bepress and the AIS eLibrary write them: the title, then a type if there
/// is one, two blank lines between records.
#[test]
fn a_title_before_the_type() {
    let text = "%T One\n%0 Journal Article\n%A Doe, Jane\n%X It swims.\n\nIt does.\n\n\n%T Two\n%D 2021\n\n\n%T Three\n%0 Journal Article\n%A Roe, R\n";
    let items = Refer.open(Box::new(text.as_bytes()), Path::new("x"));
    let found: Vec<(Option<String>, usize)> = items
        .map(|item| match item.unwrap() {
            crate::format::Item::Draft(draft) => (draft.title, draft.authors.len()),
            crate::format::Item::Delete(_) => panic!("a deletion"),
        })
        .collect();
    let expected = [("One", 1), ("Two", 0), ("Three", 1)];
    let expected = expected.map(|(title, n)| (Some(title.to_owned()), n));
    assert_eq!(found, expected);
}
