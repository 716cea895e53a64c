//! Items of Zotero: its web API, and what Better BibTeX exports.

use super::*;

#[test]
fn creators_are_authors_by_what_they_did() {
    for (creators, authors) in [
        (
            r#"{"creatorType":"editor","firstName":"E","lastName":"Editor"},{"creatorType":"author","firstName":"Ada","lastName":"Li"},{"creatorType":"translator","name":"T Ranslator"},{"creatorType":"author","name":"CMS Collaboration"},{"creatorType":"contributor","lastName":"C"},{"creatorType":"seriesEditor","lastName":"S"},{"creatorType":"reviewedAuthor","lastName":"R"}"#,
            "Li, Ada; CMS Collaboration",
        ),
        (
            r#"{"creatorType":"presenter","firstName":"Ada","lastName":"Li"},{"creatorType":"contributor","lastName":"C"}"#,
            "Li, Ada",
        ),
        (
            r#"{"creatorType":"inventor","lastName":"In"},{"creatorType":"inventor","lastName":"Ventor"}"#,
            "In; Ventor",
        ),
        (
            r#"{"creatorType":"presenter","lastName":"P"},{"creatorType":"author","lastName":"A"}"#,
            "A",
        ),
        (r#"{"creatorType":"editor","lastName":"E"}"#, ""),
        (r#"{"firstName":"Ada","lastName":"Li"}"#, "Li, Ada"),
    ] {
        let item = format!(r#"{{"itemType":"book","title":"T","creators":[{creators}]}}"#);
        let record = parse(&item).and_then(Draft::finish).unwrap();
        let found: Vec<_> = record.authors.iter().map(|a| a.display()).collect();
        assert_eq!(found.join("; "), authors, "{creators}");
    }
}

#[test]
fn items_of_the_web_api_stand_in_data() {
    check_file(
        r#"[
  {
    "key": "ABCD2345",
    "version": 7,
    "library": {"type": "user", "id": 1, "name": "x"},
    "links": {"self": {"href": "https://api.zotero.org/users/1/items/ABCD2345"}},
    "meta": {"creatorSummary": "Li", "parsedDate": "2015-03-02", "numChildren": 1},
    "data": {
      "key": "ABCD2345",
      "version": 7,
      "itemType": "journalArticle",
      "title": "In data",
      "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Li"}, {"creatorType": "editor", "lastName": "E"}],
      "abstractNote": "An abstract.",
      "publicationTitle": "J",
      "date": "2015-03-02",
      "language": "en",
      "DOI": "10.1000/Zot",
      "url": "https://example.org/x",
      "extra": "PMID: 99\narXiv: 1404.7828 [cs]\nDOI: 10.1000/other",
      "tags": [{"tag": "deep learning", "type": 1}],
      "collections": ["C"],
      "relations": {}
    }
  },
  {"key": "C", "data": {"itemType": "preprint", "title": "Noted", "extra": "seen\nDOI: 10.1000/noted\nPMID:"}}
]"#,
        expect![[r#"
            id json:doi:10.1000/zot
            title In data
            authors Li, Ada
            abstract An abstract.
            date 2015-03-02
            venue J
            keywords deep learning
            doi 10.1000/zot
            arxiv 1404.7828
            pmid 99
            url https://example.org/x
            language en

            id json:doi:10.1000/noted
            title Noted
            doi 10.1000/noted
        "#]],
    );
}

#[test]
fn texts_with_data_beside_them_stay_as_they_are() {
    check(
        r#"{"_id": "1", "text": "A text.", "data": {"title": "no", "date": {}}, "tags": {"a": 1}}"#,
        expect![[r#"
            id 1
            title 
            abstract A text.
        "#]],
    );
}

#[test]
fn attachments_and_notes_are_no_works() {
    check(
        r#"{"key": "A", "data": {"itemType": "attachment", "title": "Full Text PDF", "parentItem": "B"}}"#,
        expect![[r#"
            the item is an attachment, a work is expected
        "#]],
    );
    check(
        r#"{"itemType": "note", "title": "", "note": "<p>x</p>"}"#,
        expect![[r#"
            the item is a note, a work is expected
        "#]],
    );
}
