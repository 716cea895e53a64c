use std::io;

use abs_record::Record;
use expect_test::{Expect, expect};

use super::*;
use crate::format::{Head, detect};
use crate::{Input, pipeline};

mod europe_pmc;
mod full_text;
mod lens;
mod wrapped;
mod zotero;

/// The record a line gives, one field a line, or why it is none.
#[track_caller]
fn check(line: &str, expected: Expect) {
    let found = match parse(line).and_then(Draft::finish) {
        Ok(record) => facts(record),
        Err(kind) => format!("{kind}\n"),
    };
    expected.assert_eq(&found);
}

/// The records that a file gives, whatever they are wrapped in.
#[track_caller]
fn check_file(text: &str, expected: Expect) {
    expected.assert_eq(&read(text));
}

fn read(text: &str) -> String {
    let input = Input::from_reader("x", io::Cursor::new(text.to_owned()));
    let mut records = Vec::new();
    let Ok(summary) = pipeline::run([Ok(input)], &mut records, &mut ());
    assert_eq!((summary.rejected, summary.failed_files), (0, 0));
    let records: Vec<String> = records.into_iter().map(facts).collect();
    records.join("\n")
}

fn facts(record: Record) -> String {
    let mut out = format!("id {}\ntitle {}\n", record.id, record.title);
    let authors: Vec<_> = record.authors.iter().map(|a| a.display()).collect();
    let orcids = record
        .authors
        .iter()
        .filter_map(|author| author.orcid.as_deref());
    let orcids: Vec<_> = orcids.collect();
    let fields = [
        ("authors", (!authors.is_empty()).then(|| authors.join("; "))),
        ("orcids", (!orcids.is_empty()).then(|| orcids.join("; "))),
        ("abstract", record.abstract_text),
        ("date", record.date.map(|date| date.to_string())),
        ("venue", record.venue),
        ("categories", list(&record.categories)),
        ("keywords", list(&record.keywords)),
        ("doi", record.doi),
        ("arxiv", record.arxiv),
        ("pmid", record.pmid),
        ("url", record.url),
        ("language", record.language),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            out.push_str(&format!("{name} {value}\n"));
        }
    }
    out
}

fn list(terms: &[String]) -> Option<String> {
    (!terms.is_empty()).then(|| terms.join(" | "))
}

#[test]
fn our_own_names() {
    check(
        r#"{"id": "x:1", "title": " A\n title", "authors": ["Lu, Lewei", "Li, Hao"], "abstract": "Text.", "date": "2024-03-07", "year": 2023, "venue": "ACL", "categories": ["cs.CL", "cs.CL"], "keywords": ["a b", "c"], "doi": "https://doi.org/10.1000/ABC", "url": "https://example.org", "language": "EN", "pmid": 17, "extra": {"deep": [1, {"a": null}]}}"#,
        expect![[r#"
            id x:1
            title A title
            authors Lu, Lewei; Li, Hao
            abstract Text.
            date 2024-03-07
            venue ACL
            categories cs.CL
            keywords a b | c
            doi 10.1000/abc
            pmid 17
            url https://example.org
            language en
        "#]],
    );
}

#[test]
fn arxiv_snapshot() {
    check(
        r#"{"id":"0704.0001","submitter":"P N","authors":"C. Bal\\'azs, E. L. Berger","title":"Calculation of\n  sections","comments":"37 pages","journal-ref":"Phys.Rev.D76:013009,2007","doi":"10.1103/PhysRevD.76.013009","report-no":"ANL","categories":"hep-ph math.CO","license":null,"abstract":"  A fully\ndifferential.\n","versions":[{"version":"v1","created":"Mon, 2 Apr 2007 19:18:42 GMT"},{"version":"v2","created":"Tue, 24 Jul 2007 20:10:27 GMT"}],"update_date":"2008-11-26","authors_parsed":[["Balazs","C.",""],["Berger","E. L.",""]]}"#,
        expect![[r#"
            id 0704.0001
            title Calculation of sections
            authors Balazs, C.; Berger, E. L.
            abstract A fully differential.
            date 2007-04-02
            venue Phys.Rev.D76:013009,2007
            categories hep-ph | math.CO
            doi 10.1103/physrevd.76.013009
            arxiv 0704.0001
        "#]],
    );
}

#[test]
fn other_collections() {
    // BEIR
    check(
        r#"{"_id": "4983", "title": "T", "text": "Body.", "metadata": {"title": "no"}}"#,
        expect![[r#"
            id 4983
            title T
            abstract Body.
        "#]],
    );
    // SciFact
    check(
        r#"{"doc_id": 4983, "title": "T", "abstract": ["One.", "Two."], "structured": false}"#,
        expect![[r#"
            id 4983
            title T
            abstract One. Two.
        "#]],
    );
    // Semantic Scholar
    check(
        r#"{"corpusid": 7, "title": "T", "paperAbstract": "Text.", "authors": [{"name": "Lewei Lu", "ids": ["1"]}, {"first": "Hao", "middle": ["B."], "last": "Li", "suffix": ""}], "year": "2007", "venue": "", "journalName": "J", "summary": "no", "doi": "", "pmid": ""}"#,
        expect![[r#"
            id CorpusId:7
            title T
            authors Lu, Lewei; Li, Hao B.
            abstract Text.
            date 2007
            venue J
        "#]],
    );
    // Semantic Scholar, the datasets of today
    check(
        r#"{"corpusid": 7, "externalids": {"ACL": null, "DBLP": "x", "ArXiv": "2503.10291", "PubMed": null, "DOI": "10.1000/A"}, "url": "https://www.semanticscholar.org/paper/x", "title": "T", "authors": [{"authorId": "1", "name": "Lewei Lu"}], "venue": "", "publicationvenueid": null, "year": 2024, "s2fieldsofstudy": [{"category": "Physics", "source": "s2-fos-model"}], "publicationdate": "2024-03-07", "journal": {"name": "J", "pages": null}}"#,
        expect![[r#"
            id CorpusId:7
            title T
            authors Lu, Lewei
            date 2024-03-07
            venue J
            categories Physics
            doi 10.1000/a
            arxiv 2503.10291
            url https://www.semanticscholar.org/paper/x
        "#]],
    );
    check(
        r#"{"corpusid": 7, "openaccessinfo": {"externalids": {"MAG": "2", "DOI": "10.1000/A", "PubMedCentral": null}, "license": null}, "abstract": "Text.", "updated": "2024-01-01T00:00:00Z"}"#,
        expect![[r#"
            id CorpusId:7/abstract
            title 
            abstract Text.
            doi 10.1000/a
        "#]],
    );
    // CORD-19, a parsed paper
    check(
        r#"{"paper_id": "1e12", "metadata": {"title": "T", "authors": [{"first": "Ada", "middle": ["B"], "last": "Example", "suffix": "", "affiliation": {}, "email": ""}]}, "abstract": [{"text": "One.", "cite_spans": [], "section": "Abstract"}, {"text": "Two."}], "body_text": [{"text": "no"}]}"#,
        expect![[r#"
            id 1e12
            title T
            authors Example, Ada B
            abstract One. Two.
        "#]],
    );
    // Our own
    check(
        r#"{"rank":1,"score":7.5,"full_match":true,"id":"arXiv:2503.10291","title":"T","authors":["Lu, Lewei","van der Berg, Ludwig, Jr."],"year":2024,"date":"2024-03","venue":null,"categories":["cs.CL"],"keywords":["a; b"],"doi":null,"arxiv":"2503.10291","pmid":null,"url":null,"language":"en","title_ranges":[[0,1]],"author_ranges":[],"snippet":{"text":"no","ranges":[],"start":0,"cut_before":false,"cut_after":true},"explanation":null}"#,
        expect![[r#"
            id arXiv:2503.10291
            title T
            authors Lu, Lewei; van der Berg, Ludwig, Jr.
            date 2024-03
            categories cs.CL
            keywords a; b
            arxiv 2503.10291
            language en
        "#]],
    );
    // MongoDB
    check(
        r#"{"_id": {"$oid": "5f"}, "title": "T", "categories": ["math.CO cs.CG"], "published": {"$date": 1}}"#,
        expect![[r#"
            the date is an object, text or a number is expected
        "#]],
    );
}

#[test]
fn ids_come_from_what_is_known() {
    for (fields, id) in [
        (
            r#""doi": "10.1000/A", "arxiv_id": "2503.10291""#,
            "doi:10.1000/a",
        ),
        (
            r#""arxiv_id": "2503.10291v2", "pmid": "1""#,
            "arXiv:2503.10291",
        ),
        (r#""pmid": "1", "id": null"#, "pmid:1"),
        (
            r#""id": "  ", "url": "http://arxiv.org/abs/2503.10291v1""#,
            "arXiv:2503.10291",
        ),
    ] {
        let record = parse(&format!(r#"{{"title": "T", {fields}}}"#))
            .and_then(Draft::finish)
            .unwrap();
        assert_eq!(record.id.as_str(), id);
    }
    let id = |line: &str| parse(line).and_then(Draft::finish).unwrap().id;
    let content = id(r#"{"title": "A Title", "authors": ["Lu, Lewei"], "year": 2024}"#);
    assert!(content.as_str().starts_with("abs:"));
    assert_eq!(
        content,
        id(r#"{"year": "2024", "authors": ["lu, lewei"], "title": "a  title"}"#)
    );
    assert_ne!(
        content,
        id(r#"{"title": "A Title", "authors": ["Lu, Lewei"], "year": 2023}"#)
    );
}

#[test]
fn dates() {
    for (fields, date) in [
        (r#""year": 2024"#, "2024"),
        (r#""year": "2024""#, "2024"),
        (r#""year": 2024.0"#, "2024"),
        (r#""year": 20240307"#, "2024-03-07"),
        (r#""date": [2024, 3, 7]"#, "2024-03-07"),
        (
            r#""published": "2024-03-07T00:00:00Z", "updated": "2025-01-01""#,
            "2024-03-07",
        ),
        (
            r#""updated": "2025-01-01", "published": "2024-03-07""#,
            "2024-03-07",
        ),
        (r#""date": "soon", "year": 2024"#, "2024"),
        (r#""year": 2024, "date": "soon""#, "2024"),
        (r#""date": "Spring 2020""#, "2020"),
        (r#""date": "soon""#, ""),
        (r#""year": 0"#, ""),
        (r#""year": -5"#, ""),
        (r#""year": 1e300"#, ""),
        (r#""year": null"#, ""),
        (
            r#""versions": ["v1", {"created": 7}], "year": 1999"#,
            "1999",
        ),
    ] {
        let record = parse(&format!(r#"{{"title": "T", {fields}}}"#))
            .and_then(Draft::finish)
            .unwrap();
        let found = record.date.map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(found, date, "{fields}");
    }
}

#[test]
fn categories() {
    for (value, expected) in [
        (r#""cs.CL cs.AI""#, "cs.CL | cs.AI"),
        (r#""hep-ph""#, "hep-ph"),
        (r#""Computer Science""#, "Computer Science"),
        (
            r#""Computer Science; Physics""#,
            "Computer Science | Physics",
        ),
        (r#""a, b""#, "a | b"),
        (r#"["math.CO cs.CG"]"#, "math.CO | cs.CG"),
        (
            r#"["machine learning", "Physics, applied"]"#,
            "machine learning | Physics, applied",
        ),
        (
            r#"[{"term": "cs.CL"}, {"scheme": "x"}, null, 7]"#,
            "cs.CL | 7",
        ),
        (r#"{"a": 1}"#, ""),
        ("true", ""),
    ] {
        let record = parse(&format!(r#"{{"title": "T", "categories": {value}}}"#))
            .and_then(Draft::finish)
            .unwrap();
        assert_eq!(record.categories.join(" | "), expected, "{value}");
    }
}

#[test]
fn malformed_lines_say_why() {
    for (line, reason) in [
        ("[1]", "not a JSON object"),
        ("17", "not a JSON object"),
        ("null", "not a JSON object"),
        ("nonsense", "malformed JSON at column 2: expected ident"),
        (
            r#"{"title": "T""#,
            "malformed JSON at column 13: EOF while parsing an object",
        ),
        (
            r#"{"title": "T"} x"#,
            "malformed JSON at column 16: trailing characters",
        ),
        (
            r#"{"title": "T",}"#,
            "malformed JSON at column 15: trailing comma",
        ),
        ("{}", "has neither a title nor an abstract"),
        (
            r#"{"title": " ", "abstract": "\u00a0"}"#,
            "has neither a title nor an abstract",
        ),
        (r#"{"title": 7}"#, "the title is a number, text is expected"),
        (
            r#"{"title": {"a": 1}}"#,
            "the title is an object, text is expected",
        ),
        (
            r#"{"title": "T", "abstract": [1]}"#,
            "the abstract is a list, text is expected",
        ),
        (
            r#"{"title": "T", "authors": 7}"#,
            "the author is a number, a name is expected",
        ),
        (
            r#"{"title": "T", "authors": [true]}"#,
            "the author is true or false, a name is expected",
        ),
        (
            r#"{"title": "T", "id": []}"#,
            "the id is a list, text or a number is expected",
        ),
        (r#"{"title": "T", "id": "a\u001bb"}"#, ""),
        (
            r#"{"title": "T", "year": {}}"#,
            "the date is an object, text or a number is expected",
        ),
        (
            r#"{"title": 7, "abstract": "#,
            "malformed JSON at column 24: EOF while parsing a value",
        ),
    ] {
        let found = parse(line).and_then(Draft::finish);
        let found = found.map_or_else(|kind| kind.to_string(), |_| String::new());
        assert_eq!(found, reason, "{line}");
    }
    for open in [
        "[",
        "{\"metadata\":",
        "{\"externalids\":",
        "{\"author\":",
        "{\"body\":",
        "{\"ids\":",
    ] {
        let deep = format!(r#"{{"title": "T", "metadata": {}"#, open.repeat(100_000));
        assert!(parse(&deep).is_err());
        let deep = format!(r#"{{"title": "T", "authors": {}"#, open.repeat(100_000));
        assert!(parse(&deep).is_err());
    }
    let long = format!(r#"{{"title": "T", "id": "{}"}}"#, "x".repeat(600));
    check(
        &long,
        expect![[r#"
            the id has 600 bytes, at most 512 are allowed
        "#]],
    );
}

#[test]
fn limits() {
    let long = |key: &str, n: usize| format!(r#"{{"title": "T", "{key}": "{}"}}"#, "a ".repeat(n));
    for (line, reason) in [
        (long("abstract", 1 << 18), ""),
        (
            long("abstract", 1 << 20),
            "the abstract has 2097152 bytes, at most 1048576 are allowed",
        ),
        (
            long("venue", 1 << 14),
            "the venue has 32768 bytes, at most 16384 are allowed",
        ),
        (
            format!(
                r#"{{"title": "T", "keywords": [1{}]}}"#,
                ",1".repeat(10_000)
            ),
            "there are 10001 keywords, at most 10000 are allowed",
        ),
        (
            format!(
                r#"{{"title": "T", "authors": ["A B"{}]}}"#,
                r#","A B""#.repeat(100_000)
            ),
            "there are 100001 authors, at most 100000 are allowed",
        ),
    ] {
        let found = parse(&line).and_then(Draft::finish);
        let found = found.map_or_else(|kind| kind.to_string(), |_| String::new());
        assert_eq!(found, reason);
    }
}

#[test]
fn lines_are_sniffed_by_content() {
    for (text, is_jsonl) in [
        ("{\"id\": 1}\n", true),
        ("\n\n  { \"id\": 1}\r\n", true),
        ("damaged\n{\"id\": 1}\n", true),
        ("{\"id\": \"cut sho", true),
        ("{\n  \"id\": 1\n}\n", false),
        ("[\n{\"id\": 1},\n{\"id\": 2}\n]", false),
        ("[{\"id\": 1}]", false),
        ("id,title\n1,x\n", false),
        ("", false),
    ] {
        let head = Head {
            bytes: text.as_bytes(),
            name: "x.json",
            whole: true,
        };
        let name = detect(&head).map(|format| format.name());
        assert_eq!(name == Some("JSON Lines"), is_jsonl, "{text:?}");
    }
}
