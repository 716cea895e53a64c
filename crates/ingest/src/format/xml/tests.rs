use std::io::{Cursor, Read};

use expect_test::expect;
use proptest::prelude::*;

use super::testing::read;
use crate::Input;

/// A file of PubMed's around some records.
fn pubmed(records: &str) -> String {
    format!("<PubmedArticleSet>\n{records}\n</PubmedArticleSet>")
}

/// A record with a title, as it stands in the file.
fn titled(pmid: u32, title: &str) -> String {
    format!(
        "<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article>\
         <ArticleTitle>{title}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )
}

#[test]
fn bad_records_cost_only_themselves() {
    let records = [
        titled(1, "One"),
        // A tag that is closed by another.
        titled(2, "<i>Two</b>"),
        // A record without end.
        "<PubmedArticle><MedlineCitation><PMID>3</PMID>".to_owned(),
        titled(4, "Fo<ur < five & six &unknown; AT&T"),
        // A comment without end, and a record inside of one.
        format!("<!-- never {}", titled(5, "Five")),
        format!("<!-- {} -->", titled(6, "Six")),
        titled(7, "<![CDATA[<PubmedArticle> & seven]]>"),
        "<PubmedArticle/>".to_owned(),
        "<PubmedArticle><MedlineCitation><PMID>9</PMID>".to_owned(),
    ];
    expect![[r#"
        PubMed XML
        byte 151: malformed XML at byte 75 of the record: ill-formed document: expected `</i>`, but `</b>` was found
        byte 290: <PubmedArticle> has no end
        byte 337: malformed XML at byte 117 of the record: ill-formed document: expected `</ur>`, but `</Article>` was found
        byte 948: has neither a title nor an abstract
        byte 965: <PubmedArticle> has no end
        pmid:1 One
          pmid: 1
        pmid:7 <PubmedArticle> & seven
          pmid: 7"#]].assert_eq(&read(pubmed(&records.join("\n"))));
}

#[test]
fn cut_files_say_so() {
    let whole = pubmed(&[titled(1, "One"), titled(2, "Two")].join("\n"));
    for (cut, message) in [
        (
            whole.len() - 5,
            "<PubmedArticleSet>, which starts at byte 0",
        ),
        (
            whole.len() - 40,
            "<PubmedArticle>, which starts at byte 151",
        ),
        (100, "<PubmedArticle>, which starts at byte 19"),
    ] {
        let found = read(&whole[..cut]);
        let message = format!("failed: the XML is cut short: {message} of the text, has no end");
        assert!(found.contains(&message), "{found}");
    }
    let two = [whole.clone(), whole].join("\n");
    assert_eq!(read(two).matches("\npmid:").count(), 4);
}

#[test]
fn depth_is_bounded() {
    let deep = "<i>".repeat(100_000);
    let found = read(pubmed(&[titled(1, &deep), titled(2, "Two")].join("\n")));
    expect![[r#"
        PubMed XML
        byte 19: elements are nested deeper than 256
        pmid:2 Two
          pmid: 2"#]]
    .assert_eq(&found);
    let closed = [&deep, "x", &"</i>".repeat(100_000)].concat();
    let found = read(pubmed(&[titled(1, &closed), titled(2, "Two")].join("\n")));
    expect![[r#"
        PubMed XML
        byte 19: elements are nested deeper than 256
        pmid:2 Two
          pmid: 2"#]]
    .assert_eq(&found);
    let found = read(pubmed(&[deep, titled(2, "Two")].join("\n")));
    expect![[r#"
        PubMed XML
        pmid:2 Two
          pmid: 2"#]]
    .assert_eq(&found);
}

#[test]
fn sections_without_end_take_linear_time() {
    for part in ["<!--", "<![CDATA[", "<!x[", "<?", "<", "<a b=\"", "</"] {
        let found = read(pubmed(&titled(1, &part.repeat(50_000))));
        assert!(found.starts_with("PubMed XML\n"), "{part}");
    }
}

#[test]
fn names_with_another_prefix_are_others() {
    let text = "<OAI-PMH><ListRecords><record><metadata><marc:record><marc:leader/></marc:record>\
                </metadata></record><record><metadata><dc><title>T</title></dc></metadata>\
                </record></ListRecords></OAI-PMH>";
    let found = read(text);
    assert_eq!(
        found.matches("metadata of a known schema").count(),
        1,
        "{found}"
    );
    assert!(found.ends_with(" T"), "{found}");
}

#[test]
fn encodings_are_decoded() {
    let latin1 = [
        b"<?xml version='1.0' encoding='iso-8859-1'?>".as_slice(),
        pubmed(&titled(1, "na@ve")).as_bytes(),
    ]
    .concat();
    let latin1: Vec<u8> = latin1
        .iter()
        .map(|b| if *b == b'@' { 0xef } else { *b })
        .collect();
    assert!(read(&latin1).contains("pmid:1 naïve"));
    let undeclared = &latin1[b"<?xml version='1.0' encoding='iso-8859-1'?>".len()..];
    assert!(
        read(undeclared).contains("malformed XML at byte 71 of the record: not UTF-8"),
        "{}",
        read(undeclared)
    );
    let text = [
        "<?xml version='1.0' encoding='UTF-16'?>",
        &pubmed(&titled(1, "naïve β")),
    ]
    .concat();
    for big in [false, true] {
        for mark in ["\u{feff}", ""] {
            let units = [mark, &text].concat();
            let bytes: Vec<u8> = units
                .encode_utf16()
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect();
            assert!(read(&bytes).contains("pmid:1 naïve β"), "{}", read(&bytes));
        }
    }
}

#[test]
fn other_xml_is_of_no_format() {
    for text in [
        "<html><body>x</body></html>",
        "<?xml version='1.0'?><!-- only a comment -->",
        "<article><title>DocBook</title></article>",
        "<",
        "<<<",
        "<a",
        "<!DOCTYPE x",
    ] {
        assert!(read(text).contains("is of no known format"), "{text}");
    }
}

#[test]
fn pieces_may_be_cut_anywhere() {
    /// Gives some bytes at a time.
    struct Slow<R>(R, usize);
    impl<R: Read> Read for Slow<R> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let n = buffer.len().min(self.1);
            self.0.read(&mut buffer[..n])
        }
    }
    let records: Vec<String> = (1..2000)
        .map(|n| titled(n, &format!("T{n} <!-- > --> <![CDATA[<x>]]> &lt; é")))
        .collect();
    let text = pubmed(&records.join("\n"));
    for step in [1000, 4093, 70_001] {
        let input = Input::from_reader("x", Slow(Cursor::new(text.clone().into_bytes()), step));
        let mut found = Vec::new();
        let summary = crate::pipeline::run([Ok(input)], &mut found, &mut ()).unwrap();
        assert_eq!((summary.indexed, summary.rejected), (1999, 0));
        assert_eq!(found[1998].title, "T1999 <x> < é");
    }
}

/// Parts of XML in any order.
fn parts() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "<PubmedArticleSet>",
        "</PubmedArticleSet>",
        "<PubmedArticle>",
        "</PubmedArticle>",
        "<MedlineCitation>",
        "</MedlineCitation>",
        "<Article>",
        "</Article>",
        "<ArticleTitle>",
        "</ArticleTitle>",
        "<Abstract><AbstractText Label='A'>",
        "</AbstractText></Abstract>",
        "<PMID>1</PMID>",
        "<i>",
        "</i>",
        "<br/>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?pi",
        "?>",
        "&amp;",
        "&#x0;",
        "&",
        "<",
        "<a b=\"",
        "text é",
        "\u{0}",
    ]);
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_xml_panics(body in parts()) {
        read(format!("<PubmedArticleSet>{body}"));
        read(format!("<PubmedArticleSet>{body}</PubmedArticleSet>"));
    }

    #[test]
    fn no_reader_panics(body in parts(), root in 0..6_usize) {
        let (start, records) = [
            ("<feed xmlns='http://arxiv.org/'>", ["entry", "title"]),
            ("<OAI-PMH>", ["record", "metadata"]),
            ("<article article-type='x'>", ["front", "abstract"]),
            ("<volume id='C18'><paper", ["paper", "title"]),
            ("<dblp>", ["article", "title"]),
            ("<ArticleSet>", ["Article", "Abstract"]),
        ][root];
        let body = body
            .replace("PubmedArticle>", &format!("{}>", records[0]))
            .replace("ArticleTitle>", &format!("{}>", records[1]));
        read(format!("{start}{body}"));
    }
}
