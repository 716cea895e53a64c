//! Semantic Scholar's full texts: what the annotations say of them.

use super::*;

/// A line of `s2orc` with such a text and annotations.
fn line(text: &str, annotations: &[(&str, &str)]) -> String {
    let annotations: serde_json::Map<_, _> = annotations
        .iter()
        .map(|(kind, spans)| ((*kind).to_owned(), (*spans).into()))
        .collect();
    let content = serde_json::json!({"text": text, "annotations": annotations});
    serde_json::json!({"corpusid": 7, "content": content}).to_string()
}

#[test]
fn annotations_say_what_is_what() {
    check(
        r#"{"corpusid":77,"externalids":{"arxiv":"2001.00001","mag":null,"acl":null,"pubmed":"17","doi":"10.1234/NEW"},"content":{"source":{"pdfurls":null},"text":"A Title Here\n\nAbstract text is inside here.\n\nIntro","annotations":{"title":"[{\"start\":0,\"end\":12}]","abstract":"[{\"start\":14,\"end\":43}]","author":"[]","authorfirstname":null,"authorlastname":null,"bibref":"[{\"attributes\":{\"ref_id\":\"b0\"},\"start\":1,\"end\":2}]"}},"updated":"2023-01-01T00:00:00Z"}"#,
        expect![[r#"
            id CorpusId:77/s2orc
            title A Title Here
            abstract Abstract text is inside here.
            doi 10.1234/new
            arxiv 2001.00001
            pmid 17
        "#]],
    );
    // Offsets are in code points, spans in any order, names within authors.
    check(
        &line(
            "Über 𝔉\nJosé B. Peña 1\nUniv. of X\nAda Li\n2\nGrün.\nMore. End",
            &[
                ("title", r#"[{"start":"0","end":"6"}]"#),
                ("author", r#"[{"start":7,"end":32},{"start":33,"end":41}]"#),
                (
                    "authorfirstname",
                    r#"[{"start":7,"end":11},{"start":12,"end":14},{"start":33,"end":36}]"#,
                ),
                (
                    "authorlastname",
                    r#"[{"start":15,"end":19},{"start":37,"end":39}]"#,
                ),
                (
                    "abstract",
                    r#"[{"start":48,"end":53},{"start":42,"end":47}]"#,
                ),
            ],
        ),
        expect![[r#"
            id CorpusId:7/s2orc
            title Über 𝔉
            authors Peña, José B.; Li, Ada
            abstract Grün. More.
        "#]],
    );
    // Names alone; and authors alone, whose first line is the name.
    let text = "Ada Li Lu\nAda B. Lee 1,2\nUniv.";
    check(
        &line(
            text,
            &[
                ("title", r#"[{"start":0,"end":2}]"#),
                ("authorfirstname", r#"[{"start":0,"end":3}]"#),
                (
                    "authorlastname",
                    r#"[{"start":4,"end":6},{"start":7,"end":9}]"#,
                ),
            ],
        ),
        expect![[r#"
            id CorpusId:7/s2orc
            title Ad
            authors Li, Ada; Lu
        "#]],
    );
    check(
        &line(
            text,
            &[
                ("title", r#"[{"start":0,"end":2}]"#),
                ("author", r#"[{"start":9,"end":30}]"#),
            ],
        ),
        expect![[r#"
            id CorpusId:7/s2orc
            title Ad
            authors Lee, Ada B.
        "#]],
    );
}

#[test]
fn the_second_layout_says_some_of_it_beside_the_text() {
    check_file(
        r#"{"corpusid":8,"title":"Beside","authors":[{"authorid":"1","name":"Ada Li"}],"openaccessinfo":{"externalids":{"DOI":"10.1234/b","ArXiv":null},"url":null},"body":{"text":"Inside\n\nThe abstract.","annotations":{"title":"[{\"start\":0,\"end\":6}]","abstract":"[{\"start\":8,\"end\":21}]","author":null}},"bibliography":{"text":"no","annotations":{"title":"[{\"start\":0,\"end\":2}]"}}}"#,
        expect![[r#"
            id CorpusId:8/s2orc
            title Beside
            authors Li, Ada
            abstract The abstract.
            doi 10.1234/b
        "#]],
    );
}

#[test]
fn annotations_that_cannot_be_cost_only_themselves() {
    for spans in [
        r#"[{"start":13,"end":400}]"#,
        r#"[{"start":13,"end":18446744073709551615}]"#,
        r#"[{"start":900,"end":901},{"start":9,"end":3},{"start":-1,"end":4},{"start":13,"end":22}]"#,
        r#"[{"start":13,"end":22},{"start":13,"end":22},{"start":14,"end":20}]"#,
        r#"[null,7,"x",{},{"start":{},"end":[1]},{"start":13,"end":22,"attributes":{"a":[1]}}]"#,
    ] {
        let line = line(
            "Title\n\nIntro\nThe words",
            &[("title", r#"[{"start":0,"end":5}]"#), ("abstract", spans)],
        );
        let record = parse(&line).and_then(Draft::finish).unwrap();
        assert_eq!(record.title, "Title");
        let text = record.abstract_text.unwrap_or_default();
        assert_eq!(text, "The words", "{spans}");
    }
    for spans in [
        "",
        "[",
        "[[]]",
        "{}",
        "null",
        "\"[]\"",
        r#"[{"start":0,"end":0}]"#,
    ] {
        let line = line(
            "Title\nWords",
            &[
                ("title", r#"[{"start":0,"end":5}]"#),
                ("abstract", spans),
                ("author", spans),
            ],
        );
        let record = parse(&line).and_then(Draft::finish).unwrap();
        assert_eq!(
            (record.title.as_str(), record.abstract_text),
            ("Title", None),
            "{spans}"
        );
        assert!(record.authors.is_empty());
    }
    // Spans over all of it, again and again, are one.
    let spans = vec![r#"{"start":0,"end":100000}"#; 50_000].join(",");
    let line = line(
        &"word ".repeat(20_000),
        &[("abstract", &format!("[{spans}]"))],
    );
    let record = parse(&line).and_then(Draft::finish).unwrap();
    assert_eq!(record.abstract_text.map(|text| text.len()), Some(99_999));
    // Content that is something else is no matter.
    for content in [
        "\"text\"",
        "7",
        "null",
        "true",
        "[{\"text\": 1}]",
        "{\"text\": {}}",
        "{\"text\": \"x\", \"annotations\": []}",
    ] {
        let record = parse(&format!(
            r#"{{"title": "T", "content": {content}, "body": {content}}}"#
        ))
        .and_then(Draft::finish)
        .unwrap();
        assert_eq!(
            (record.title.as_str(), record.abstract_text),
            ("T", None),
            "{content}"
        );
    }
}
