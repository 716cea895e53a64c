//! Records that are too long, too deep or too many: rejected where they are,
//! in bounded memory, and what stands around them is found.

use std::fs::{self, File};
use std::io::{BufWriter, Write};

use expect_test::{Expect, expect};
use serde_json::Value;

use crate::measured::run;
use crate::session::Session;

/// What an ingest is told it may use, and what it may use beyond that.
const MEMORY: &str = "256MB";
const MOST_MB: u64 = 256 + 300;

/// A file that is too large to hold: what stands before, between and after,
/// and one piece so often.
struct Huge {
    name: &'static str,
    before: &'static str,
    piece: &'static str,
    times: usize,
    after: &'static str,
}

const fn huge(
    name: &'static str,
    before: &'static str,
    piece: &'static str,
    times: usize,
    after: &'static str,
) -> Huge {
    Huge {
        name,
        before,
        piece,
        times,
        after,
    }
}

/// Longer than any line or record may be.
const LONG: usize = 20_000_000;

const HUGE: &[Huge] = &[
    huge(
        "line.jsonl",
        "{\"title\":\"Neighbour line1\"}\n{\"title\":\"",
        "haystack ",
        100_000_000 / 9,
        "\"}\n{\"title\":\"Neighbour line2\"}\n",
    ),
    huge(
        "array.json",
        "[{\"title\":\"Neighbour array1\"},\n{\"title\":\"",
        "haystack ",
        LONG / 9,
        "\"},\n{\"title\":\"Neighbour array2\"}]\n",
    ),
    huge(
        "element.xml",
        "<PubmedArticleSet>\n<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Neighbour element1</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n<PubmedArticle><MedlineCitation><PMID>2</PMID><Article><ArticleTitle>",
        "haystack ",
        LONG / 9,
        "</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n<PubmedArticle><MedlineCitation><PMID>3</PMID><Article><ArticleTitle>Neighbour element2</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n</PubmedArticleSet>\n",
    ),
    huge(
        "cell.csv",
        "title,abstract\nNeighbour cell1,a\n\"",
        "haystack ",
        LONG / 9,
        "\",b\nNeighbour cell2,c\n",
    ),
    huge(
        "field.bib",
        "@article{a, title = {Neighbour field1}}\n@article{b, title = {",
        "haystack ",
        LONG / 9,
        "}}\n@article{c, title = {Neighbour field2}}\n",
    ),
    huge(
        "value.ris",
        "TY  - JOUR\nTI  - Neighbour value1\nER  - \nTY  - JOUR\nTI  - ",
        "haystack ",
        LONG / 9,
        "\nER  - \nTY  - JOUR\nTI  - Neighbour value2\nER  - \n",
    ),
    huge(
        "abstract.jsonl",
        "{\"title\":\"Neighbour abstract1\"}\n{\"title\":\"T\",\"abstract\":\"",
        "haystack ",
        10_000_000 / 9,
        "\"}\n{\"title\":\"Neighbour abstract2\"}\n",
    ),
    huge(
        "authors.jsonl",
        "{\"title\":\"Neighbour authors1\"}\n{\"title\":\"T\",\"authors\":[\"Doe, Jane\"",
        ",\"Roe, R\"",
        100_000,
        "]}\n{\"title\":\"Neighbour authors2\"}\n",
    ),
    huge(
        "deep.jsonl",
        "{\"title\":\"Neighbour deep1\"}\n{\"title\":\"T\",\"x\":",
        "[",
        100_000,
        "\n{\"title\":\"Neighbour deep2\"}\n",
    ),
    huge(
        "deep.json",
        "[{\"title\":\"Neighbour array3\"},\n{\"title\":\"T\",\"x\":",
        "{\"x\":",
        100_000,
        "\n{\"title\":\"Neighbour array4\"}]\n",
    ),
    huge(
        "deep.xml",
        "<PubmedArticleSet>\n<PubmedArticle><MedlineCitation><PMID>4</PMID><Article><ArticleTitle>Neighbour element3</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n<PubmedArticle><MedlineCitation><PMID>5</PMID><Article><ArticleTitle>",
        "<i>",
        100_000,
        "</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n<PubmedArticle><MedlineCitation><PMID>6</PMID><Article><ArticleTitle>Neighbour element4</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n</PubmedArticleSet>\n",
    ),
    huge(
        "deep.bib",
        "@article{d, title = {Neighbour field3}}\n@article{e, title = {",
        "{",
        100_000,
        "\n\n@article{f, title = {Neighbour field4}}\n",
    ),
    // As deep, but sound, and short enough to be taken.
    huge(
        "latex.jsonl",
        "{\"title\":\"Neighbour latex1\",\"abstract\":\"",
        "\\\\'{\\\\textbf{",
        5_000,
        "\"}\n{\"title\":\"Neighbour latex2\"}\n",
    ),
    huge(
        "tags.jsonl",
        "{\"title\":\"Neighbour tags1\",\"abstract\":\"",
        "&amp;lt;i&amp;gt;<b",
        5_000,
        "\"}\n{\"title\":\"Neighbour tags2\"}\n",
    ),
];

fn write(session: &Session, huge: &Huge) {
    let path = session.path("files").join(huge.name);
    let mut file = BufWriter::new(File::create(path).unwrap());
    let block = huge.piece.repeat(1_000);
    file.write_all(huge.before.as_bytes()).unwrap();
    for _ in 0..huge.times / 1_000 {
        file.write_all(block.as_bytes()).unwrap();
    }
    for _ in 0..huge.times % 1_000 {
        file.write_all(huge.piece.as_bytes()).unwrap();
    }
    file.write_all(huge.after.as_bytes()).unwrap();
    file.flush().unwrap();
}

/// File, place and reason of each reject.
pub(crate) fn rejects(session: &Session) -> String {
    let text = fs::read_to_string(session.path("index/rejects.jsonl")).unwrap();
    let mut out = String::new();
    for line in text.lines() {
        let reject: Value = serde_json::from_str(line).unwrap();
        assert!(line.len() < 2_000, "{line}");
        let place = [("line", &reject["line"]), ("byte", &reject["byte"])];
        let place = place.iter().find(|(_, value)| !value.is_null());
        let place = place.map_or_else(String::new, |(name, value)| format!(":{name} {value}"));
        let (file, reason) = (&reject["file"], &reject["reason"]);
        let [file, reason] = [file, reason].map(|text| text.as_str().unwrap());
        out.push_str(&format!("{file}{place}: {reason}\n"));
    }
    out
}

#[track_caller]
fn check(session: &Session, expected: Expect) {
    expected.assert_eq(&rejects(session));
}

#[test]
fn what_is_too_long_too_deep_or_too_many_is_rejected() {
    let session = Session::empty();
    fs::create_dir(session.path("files")).unwrap();
    for file in HUGE {
        write(&session, file);
    }
    let args = [
        "ingest",
        "--index",
        "index",
        "--memory",
        MEMORY,
        "--threads",
        "1",
        "files",
    ];
    let answer = run(session.command(&args), |_| {});
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.peak_mb < MOST_MB, "{answer:?}");
    check(
        &session,
        expect![[r#"
            files/abstract.jsonl:line 2: the abstract has 9999999 bytes, at most 1048576 are allowed
            files/array.json:line 2: the record is longer than 16777216 bytes
            files/authors.jsonl:line 2: there are 100001 authors, at most 100000 are allowed
            files/cell.csv:line 3: the record is longer than 16777216 bytes
            files/deep.bib:line 2: malformed BibTeX: a brace is not closed
            files/deep.json:line 2: malformed JSON: values are nested too deep at byte 2608
            files/deep.jsonl:line 2: malformed JSON at column 100017: EOF while parsing a list
            files/deep.xml:byte 166: elements are nested deeper than 256
            files/element.xml:byte 166: the title has 19999998 bytes, at most 65536 are allowed
            files/field.bib:line 2: the record is longer than 16777216 bytes
            files/line.jsonl:line 2: the line is longer than 16777216 bytes
            files/value.ris:line 4: the record is longer than 16777216 bytes
        "#]],
    );
    for file in HUGE {
        for part in [file.before, file.after] {
            let (_, rest) = part.split_once("Neighbour ").unwrap();
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap();
            let word = format!("title:{}", &rest[..end]);
            let answer = session.json(&["count", "--json", "--index", "index", &word]);
            assert_eq!(answer["total"], 1, "{word}");
        }
    }
}

#[test]
fn as_many_authors_as_may_be_are_all_found() {
    let session = Session::empty();
    let mut line =
        String::from("{\"id\":\"many\",\"title\":\"Many hands\",\"authors\":[\"Zed, Last\"");
    for n in 1..100_000 {
        line.push_str(&format!(",\"Fam{n}, Given\""));
    }
    line.push_str("]}\n{\"id\":\"one\",\"title\":\"One hand\",\"authors\":[\"Doe, Jane\"]}\n");
    session.write("a.jsonl", line);
    let args = ["ingest", "--index", "index", "--memory", MEMORY, "a.jsonl"];
    let answer = run(session.command(&args), |_| {});
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.peak_mb < MOST_MB, "{answer:?}");
    for query in ["author:Fam99999", "author:\"Zed, Last\""] {
        let args = ["search", "--index", "index", query];
        let answer = run(session.command(&args), |_| {});
        assert!(answer.out.contains("Many hands"), "{query}: {answer:?}");
        // A screen, not a flood.
        assert!(answer.out.len() < 10_000, "{}", answer.out.len());
        assert!(answer.peak_mb < 256, "{answer:?}");
    }
}
