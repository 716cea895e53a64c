use super::*;
use crate::draft::{Draft, RawName};

#[track_caller]
fn draft(json: &str) -> Draft {
    work::parse(json).unwrap()
}

#[test]
fn dates() {
    for (issued, date) in [
        (r#"{"date-parts": [[2019, 2, 8]]}"#, "2019-02-08"),
        (r#"{"date-parts": [["2019", "2"]]}"#, "2019-02"),
        (r#"{"date-parts": [[2019, 2], [2019, 3]]}"#, "2019-02"),
        (r#"{"date-parts": [2019]}"#, "2019"),
        (r#"{"date-parts": [[2019, 13, 8]]}"#, "2019"),
        (r#"{"date-parts": [[2019, null]]}"#, "2019"),
        (r#"{"date-parts": [[]]}"#, ""),
        (r#"{"date-parts": [[null]]}"#, ""),
        (r#"{"date-parts": []}"#, ""),
        (r#"{"raw": "8 Feb 2019"}"#, "2019-02-08"),
        (r#"{"literal": "Spring 2019"}"#, "2019"),
        (r#""2019-02""#, "2019-02"),
        ("2019", "2019"),
        ("null", ""),
        ("[]", ""),
    ] {
        let found = draft(&format!(r#"{{"title": "T", "issued": {issued}}}"#)).date;
        let found = found.map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(found, date, "{issued}");
    }
    let online =
        r#"{"issued": {"date-parts": [[null]]}, "published-online": {"date-parts": [[2018]]}}"#;
    assert_eq!(
        draft(online).date.map(|date| date.to_string()).as_deref(),
        Some("2018")
    );
}

#[test]
fn texts_may_be_lists() {
    let title = |json| draft(json).title;
    assert_eq!(title(r#"{"title": "T"}"#).as_deref(), Some("T"));
    assert_eq!(title(r#"{"title": ["T", "Other"]}"#).as_deref(), Some("T"));
    assert_eq!(
        title(r#"{"title": ["T?"], "subtitle": ["S"]}"#).as_deref(),
        Some("T? S")
    );
    assert_eq!(
        title(r#"{"title": ["T: A Survey"], "subtitle": ["a survey"]}"#).as_deref(),
        Some("T: A Survey")
    );
    assert_eq!(title(r#"{"title": []}"#), None);
    assert_eq!(title(r#"{"title": null}"#), None);
}

#[test]
fn names() {
    let json = r#"{"author": [{"family": "Berg", "given": "L.", "dropping-particle": "van", "non-dropping-particle": "der"}, {"name": "A, B and C"}, {"literal": "Plato"}, {"affiliation": []}]}"#;
    let names: Vec<RawName> = draft(json)
        .authors
        .into_iter()
        .map(|author| author.name)
        .collect();
    let berg = RawName::Parts {
        family: "Berg".into(),
        given: "L.".into(),
        particle: "van der".into(),
        suffix: String::new(),
    };
    let group = RawName::Collective("A, B and C".into());
    assert_eq!(names, [berg, group, RawName::One("Plato".into())]);
    assert!(draft(r#"{"author": null}"#).authors.is_empty());
    assert!(work::parse(r#"{"author": 7}"#).is_err());
}

#[test]
fn ids() {
    for (json, id) in [
        (r#"{"id": "smith2020"}"#, None),
        (r#"{"id": 7}"#, None),
        (r#"{"id": "smith:2020"}"#, None),
        (r#"{"id": "url:https://x.org"}"#, Some("url:https://x.org")),
        (
            r#"{"id": "http://zotero.org/users/1"}"#,
            Some("http://zotero.org/users/1"),
        ),
    ] {
        assert_eq!(draft(json).id.as_deref(), id, "{json}");
    }
    let noted = draft(r#"{"note": "seen\nPMID: 17\nDOI: 10.5555/x\narXiv: 1902.01234"}"#);
    assert_eq!(noted.pmid.as_deref(), Some("17"));
    assert_eq!(noted.doi.as_deref(), Some("10.5555/x"));
    assert_eq!(noted.arxiv.as_deref(), Some("1902.01234"));
}

#[test]
fn abstracts_with_mark_up() {
    let text = |text: &str| {
        jats::text(text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (marked, plain) in [
        ("plain & <i>text</i>", "plain & <i>text</i>"),
        (
            "<jats:title>Abstract</jats:title><jats:p>Text.</jats:p>",
            "Text.",
        ),
        ("<jats:p>One</jats:p><jats:p>two</jats:p>", "One two"),
        (
            "<jats:sec><jats:title>Aims</jats:title>\n<jats:p>H<jats:sub>2</jats:sub>O</jats:p></jats:sec>",
            "Aims: H2O",
        ),
        (
            "<jats:p>Of <jats:tex-math>$x$</jats:tex-math><mml:math><mml:mi>x</mml:mi></mml:math>.</jats:p>",
            "Of $x$.",
        ),
        (
            "<jats:p>Of <mml:math><mml:mi>x</mml:mi></mml:math> > 1</jats:p>",
            "Of x > 1",
        ),
        ("a < b and <jats:p", "a < b and <jats:p"),
    ] {
        assert_eq!(text(marked), plain, "{marked}");
    }
}

#[test]
fn the_two_are_told_apart() {
    let head = |text: &'static str| Head {
        bytes: text.as_bytes(),
        name: "x.json",
        whole: true,
    };
    for (text, crossref, csl) in [
        (
            r#"{"DOI": "1", "member": "7", "reference-count": 0, "title": ["T"]}"#,
            Confidence::Certain,
            Confidence::No,
        ),
        (
            r#"[{"id": "a", "type": "article-journal", "issued": {"date-parts": [[2019]]}}]"#,
            Confidence::No,
            Confidence::Certain,
        ),
        (
            r#"[{"id": "a", "type": "book", "issued": {"date-parts": [[2019]]}}]"#,
            Confidence::No,
            Confidence::Likely,
        ),
        (
            r#"{"id": "a", "title": "the \"member\": and \"date-parts\": of it", "issued": 1}"#,
            Confidence::No,
            Confidence::No,
        ),
        ("member", Confidence::No, Confidence::No),
    ] {
        assert_eq!(Crossref.sniff(&head(text)), crossref, "{text}");
        assert_eq!(CslJson.sniff(&head(text)), csl, "{text}");
    }
}
