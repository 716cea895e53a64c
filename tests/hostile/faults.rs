//! One malformed record between two good ones, in every format: it is
//! rejected by place and reason, or taken where it can do no harm, and its
//! neighbours are found.

use std::collections::BTreeMap;
use std::fs;

use expect_test::expect;
use serde_json::Value;

use crate::session::Session;

/// How a format writes records; `@ID`, `@TITLE` and `@DATE` stand for theirs.
struct Layout {
    /// With the extension a file of it would have.
    name: &'static str,
    head: &'static str,
    record: &'static str,
    between: &'static str,
    tail: &'static str,
    /// A record with a field of a type, or at a place, that it cannot have.
    ill_typed: &'static str,
    /// Half a surrogate pair: how the format writes it, or else its bytes as
    /// UTF-8 would be if it allowed them.
    surrogate: &'static [u8],
}

/// U+D800 as if UTF-8 could write it.
const BYTES: &[u8] = b"\xed\xa0\x80";
const JSON: &[u8] = b"\\ud800";
const XML: &[u8] = b"&#xD800;";

const LAYOUTS: &[Layout] = &[
    Layout {
        name: "lines.jsonl",
        head: "",
        record: r#"{"id":"@ID","title":"@TITLE","date":"@DATE"}"#,
        between: "\n",
        tail: "\n",
        ill_typed: r#"{"id":"@ID","title":{"a":1}}"#,
        surrogate: JSON,
    },
    Layout {
        name: "array.json",
        head: "[\n",
        record: r#"{"id":"@ID","title":"@TITLE","date":"@DATE"}"#,
        between: ",\n",
        tail: "\n]\n",
        ill_typed: r#"{"id":"@ID","title":[[1]]}"#,
        surrogate: JSON,
    },
    Layout {
        name: "crossref.json",
        head: "{\"status\":\"ok\",\"message-type\":\"work-list\",\"message\":{\"items\":[\n",
        record: r#"{"DOI":"10.5555/@ID","type":"book","title":["@TITLE"],"issued":{"date-parts":[["@DATE"]]}}"#,
        between: ",\n",
        tail: "\n]}}\n",
        ill_typed: r#"{"DOI":"10.5555/@ID","type":"book","title":{"a":1}}"#,
        surrogate: JSON,
    },
    Layout {
        name: "csl.json",
        head: "[\n",
        record: r#"{"id":"@ID","type":"book","title":"@TITLE","issued":{"raw":"@DATE"}}"#,
        between: ",\n",
        tail: "\n]\n",
        ill_typed: r#"{"id":"@ID","type":"book","title":{"a":1}}"#,
        surrogate: JSON,
    },
    Layout {
        name: "openalex.jsonl",
        head: "",
        record: r#"{"id":"https://openalex.org/W@ID","title":"@TITLE","publication_date":"@DATE","abstract_inverted_index":{"One":[0]}}"#,
        between: "\n",
        tail: "\n",
        ill_typed: r#"{"id":"https://openalex.org/W@ID","title":"T","abstract_inverted_index":{"One":"zero"}}"#,
        surrogate: JSON,
    },
    Layout {
        name: "beir.jsonl",
        head: "",
        record: r#"{"_id":"@ID","title":"@TITLE","text":"Text.","metadata":{}}"#,
        between: "\n",
        tail: "\n",
        ill_typed: r#"{"_id":"@ID","title":"T","text":7}"#,
        surrogate: JSON,
    },
    Layout {
        name: "pubmed.xml",
        head: "<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n",
        record: "<PubmedArticle><MedlineCitation><PMID>@ID</PMID><Article><Journal><JournalIssue><PubDate><Year>@DATE</Year></PubDate></JournalIssue></Journal><ArticleTitle>@TITLE</ArticleTitle></Article></MedlineCitation></PubmedArticle>",
        between: "\n",
        tail: "\n</PubmedArticleSet>\n",
        ill_typed: "<PubmedArticle><MedlineCitation><PMID>@ID</PMID><Article><ArticleTitle>T</Article></MedlineCitation></PubmedArticle>",
        surrogate: XML,
    },
    Layout {
        name: "oai.xml",
        head: "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><ListRecords>\n",
        record: "<record><header><identifier>oai:arXiv.org:@ID</identifier></header><metadata><arXiv xmlns=\"http://arxiv.org/OAI/arXiv/\"><id>@ID</id><created>@DATE</created><title>@TITLE</title></arXiv></metadata></record>",
        between: "\n",
        tail: "\n</ListRecords></OAI-PMH>\n",
        ill_typed: "<record><header><identifier>oai:arXiv.org:@ID</identifier></header><metadata><arXiv xmlns=\"http://arxiv.org/OAI/arXiv/\"><id>@ID</title></arXiv></metadata></record>",
        surrogate: XML,
    },
    Layout {
        name: "atom.xml",
        head: "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>http://arxiv.org/api/x</id>\n",
        record: "<entry><id>http://arxiv.org/abs/@ID</id><published>@DATE</published><title>@TITLE</title><summary>S</summary></entry>",
        between: "\n",
        tail: "\n</feed>\n",
        ill_typed: "<entry><id>http://arxiv.org/abs/@ID</id><title>T</id></entry>",
        surrogate: XML,
    },
    Layout {
        name: "jats.xml",
        head: "<pmc-articleset>\n",
        record: "<article><front><article-meta><article-id pub-id-type=\"pmc\">@ID</article-id><title-group><article-title>@TITLE</article-title></title-group><pub-date><year>@DATE</year></pub-date></article-meta></front></article>",
        between: "\n",
        tail: "\n</pmc-articleset>\n",
        ill_typed: "<article><front><article-meta><article-id pub-id-type=\"pmc\">@ID</title-group></article-meta></front></article>",
        surrogate: XML,
    },
    Layout {
        name: "acl.xml",
        head: "<collection id=\"2020.ex\"><volume id=\"main\"><meta><year>2020</year></meta>\n",
        record: "<paper id=\"@ID\"><title>@TITLE</title><year>@DATE</year></paper>",
        between: "\n",
        tail: "\n</volume></collection>\n",
        ill_typed: "<paper id=\"@ID\"><title>T</paper>",
        surrogate: XML,
    },
    Layout {
        name: "dblp.xml",
        head: "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<dblp>\n",
        record: "<article key=\"@ID\"><title>@TITLE</title><year>@DATE</year></article>",
        between: "\n",
        tail: "\n</dblp>\n",
        ill_typed: "<article key=\"@ID\"><title>T</year></article>",
        surrogate: XML,
    },
    Layout {
        name: "endnote.xml",
        head: "<xml><records>\n",
        record: "<record><rec-number>@ID</rec-number><ref-type name=\"Journal Article\">17</ref-type><titles><title>@TITLE</title></titles><dates><year>@DATE</year></dates></record>",
        between: "\n",
        tail: "\n</records></xml>\n",
        ill_typed: "<record><ref-type>17</ref-type><titles><title>T</titles></record>",
        surrogate: XML,
    },
    Layout {
        name: "entries.bib",
        head: "",
        record: "@article{x@ID,\n title = {@TITLE},\n date = {@DATE}\n}",
        between: "\n\n",
        tail: "\n",
        ill_typed: "@article{x@ID,\n title = {T\n}",
        surrogate: BYTES,
    },
    Layout {
        name: "medline.nbib",
        head: "\n",
        record: "PMID- @ID\nOWN - NLM\nTI  - @TITLE\nDP  - @DATE\nAU  - Doe J",
        between: "\n\n",
        tail: "\n",
        ill_typed: "PMID- @ID\nOWN - NLM\nAU  - Doe J",
        surrogate: BYTES,
    },
    Layout {
        name: "records.ris",
        head: "",
        record: "TY  - JOUR\nID  - @ID\nTI  - @TITLE\nPY  - @DATE\nER  - ",
        between: "\n",
        tail: "\n",
        ill_typed: "TY  - JOUR\nID  - @ID\nPY  - 2020\nER  - ",
        surrogate: BYTES,
    },
    Layout {
        name: "savedrecs.txt",
        head: "FN Clarivate Analytics Web of Science\nVR 1.0\n",
        record: "PT J\nAU Doe, J\nTI @TITLE\nPY @DATE\nUT WOS:@ID\nER",
        between: "\n\n",
        tail: "\n\nEF\n",
        ill_typed: "PT J\nAU Doe, J\nUT WOS:@ID\nER",
        surrogate: BYTES,
    },
    Layout {
        name: "endnote.enw",
        head: "",
        record: "%0 Book\n%A Doe, Jane\n%D @DATE\n%T @TITLE\n%M @ID",
        between: "\n\n",
        tail: "\n",
        ill_typed: "%0 Book\n%A Doe, Jane\n%M @ID",
        surrogate: BYTES,
    },
    Layout {
        name: "table.csv",
        head: "id,title,date\n",
        record: "x@ID,@TITLE,@DATE",
        between: "\n",
        tail: "\n",
        ill_typed: "@ID,\"T\"x\",2020,more,and more,still more",
        surrogate: BYTES,
    },
    Layout {
        name: "table.tsv",
        head: "id\ttitle\tdate\n",
        record: "x@ID\t@TITLE\t@DATE",
        between: "\n",
        tail: "\n",
        ill_typed: "@ID",
        surrogate: BYTES,
    },
    Layout {
        name: "seed.txt",
        head: "Doe, Jane\n",
        record: "@TITLE\nDoe, Jane, Roe, Richard\nAn abstract of @ID.",
        between: "\n",
        tail: "\n",
        ill_typed: "A title, and no authors",
        surrogate: BYTES,
    },
];

const FAULTS: [&str; 5] = ["date", "type", "id", "nul", "surrogate"];

impl Layout {
    fn file(&self, fault: &str, n: usize) -> Vec<u8> {
        let record = |id: &str, title: &str, date: &str| {
            let text = self.record.replace("@DATE", date).replace("@TITLE", title);
            text.replace("@ID", id).into_bytes()
        };
        let id = |k: usize| format!("{}", 90_000 + 10 * n + k);
        let good = |k| record(&id(k), &format!("Neighbour {n}x{k}"), "2019");
        let bad = match fault {
            "date" => record(&id(2), "Odd", "2019-13-45-x"),
            "type" => self.ill_typed.replace("@ID", &id(2)).into_bytes(),
            "id" => record(&"9".repeat(100_000), "Odd", "2019"),
            "nul" => record(&id(2), "Odd\0ity", "2019"),
            _ => {
                let text = record(&id(2), "Odd@ity", "2019");
                let at = position(&text, b"Odd@") + 3;
                [&text[..at], self.surrogate, &text[at + 1..]].concat()
            }
        };
        let between = self.between.as_bytes();
        [
            self.head.as_bytes(),
            &good(1),
            between,
            &bad,
            between,
            &good(3),
            self.tail.as_bytes(),
        ]
        .concat()
    }
}

fn position(text: &[u8], part: &[u8]) -> usize {
    text.windows(part.len()).position(|w| w == part).unwrap()
}

#[test]
fn a_malformed_record_harms_no_other() {
    let session = Session::empty();
    let mut outcomes = BTreeMap::new();
    let mut n_files = 0;
    for layout in LAYOUTS {
        for fault in FAULTS {
            n_files += 1;
            let name = format!("{fault}-{}", layout.name);
            session.write(&format!("files/{name}"), layout.file(fault, n_files));
            outcomes.insert((layout.name, fault), "taken".to_owned());
        }
    }
    let answer = session.run(&["ingest", "--index", "index", "files"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let rejects = fs::read_to_string(session.path("index/rejects.jsonl")).unwrap();
    for line in rejects.lines() {
        let reject: Value = serde_json::from_str(line).unwrap();
        let file = reject["file"].as_str().unwrap();
        let (fault, name) = file.trim_start_matches("files/").split_once('-').unwrap();
        let (place, at) = match reject["line"].as_u64() {
            Some(line) => ("line", line),
            None => ("byte", reject["byte"].as_u64().unwrap()),
        };
        let outcome = outcomes
            .iter_mut()
            .find(|(key, _)| **key == (name, fault))
            .unwrap()
            .1;
        *outcome = format!("{place} {at}: {}", reject["reason"].as_str().unwrap());
    }
    let mut table = String::new();
    for ((name, fault), outcome) in outcomes {
        table.push_str(&format!("{name:15}{fault:10}{outcome}\n"));
    }
    expect![[r#"
        acl.xml        date      taken
        acl.xml        id        byte 147: the URL has 100038 bytes, at most 16384 are allowed
        acl.xml        nul       taken
        acl.xml        surrogate taken
        acl.xml        type      byte 147: malformed XML at byte 26 of the record: ill-formed document: expected `</title>`, but `</paper>` was found
        array.json     date      taken
        array.json     id        line 3: the id has 100000 bytes, at most 512 are allowed
        array.json     nul       line 3: malformed JSON at column 27: control character (\u0000-\u001F) found while parsing a string
        array.json     surrogate line 3: malformed JSON at column 33: unexpected end of hex escape
        array.json     type      line 3: the title is a list, text is expected
        atom.xml       date      taken
        atom.xml       id        byte 201: the id has 100021 bytes, at most 512 are allowed
        atom.xml       nul       taken
        atom.xml       surrogate taken
        atom.xml       type      byte 201: malformed XML at byte 50 of the record: ill-formed document: expected `</title>`, but `</id>` was found
        beir.jsonl     date      taken
        beir.jsonl     id        line 2: the id has 100000 bytes, at most 512 are allowed
        beir.jsonl     nul       line 2: malformed JSON at column 28: control character (\u0000-\u001F) found while parsing a string
        beir.jsonl     surrogate line 2: malformed JSON at column 34: unexpected end of hex escape
        beir.jsonl     type      line 2: the abstract is a number, text is expected
        crossref.json  date      taken
        crossref.json  id        line 3: the DOI has 100008 bytes, at most 16384 are allowed
        crossref.json  nul       line 3: malformed JSON at column 51: control character (\u0000-\u001F) found while parsing a string
        crossref.json  surrogate line 3: malformed JSON at column 57: unexpected end of hex escape
        crossref.json  type      line 3: has neither a title nor an abstract
        csl.json       date      taken
        csl.json       id        taken
        csl.json       nul       line 3: malformed JSON at column 41: control character (\u0000-\u001F) found while parsing a string
        csl.json       surrogate line 3: malformed JSON at column 47: unexpected end of hex escape
        csl.json       type      line 3: has neither a title nor an abstract
        dblp.xml       date      taken
        dblp.xml       id        byte 129: the id has 100005 bytes, at most 512 are allowed
        dblp.xml       nul       taken
        dblp.xml       surrogate taken
        dblp.xml       type      byte 129: malformed XML at byte 29 of the record: ill-formed document: expected `</title>`, but `</year>` was found
        endnote.enw    date      taken
        endnote.enw    id        taken
        endnote.enw    nul       taken
        endnote.enw    surrogate taken
        endnote.enw    type      line 7: has neither a title nor an abstract
        endnote.xml    date      taken
        endnote.xml    id        taken
        endnote.xml    nul       taken
        endnote.xml    surrogate taken
        endnote.xml    type      byte 187: malformed XML at byte 47 of the record: ill-formed document: expected `</title>`, but `</titles>` was found
        entries.bib    date      taken
        entries.bib    id        taken
        entries.bib    nul       taken
        entries.bib    surrogate taken
        entries.bib    type      line 6: malformed BibTeX: the entry is not closed
        jats.xml       date      taken
        jats.xml       id        byte 239: the id has 100003 bytes, at most 512 are allowed
        jats.xml       nul       taken
        jats.xml       surrogate taken
        jats.xml       type      byte 239: malformed XML at byte 65 of the record: ill-formed document: expected `</article-id>`, but `</title-group>` was found
        lines.jsonl    date      taken
        lines.jsonl    id        line 2: the id has 100000 bytes, at most 512 are allowed
        lines.jsonl    nul       line 2: malformed JSON at column 27: control character (\u0000-\u001F) found while parsing a string
        lines.jsonl    surrogate line 2: malformed JSON at column 33: unexpected end of hex escape
        lines.jsonl    type      line 2: the title is an object, text is expected
        medline.nbib   date      taken
        medline.nbib   id        line 8: the PMID has 100000 bytes, at most 16384 are allowed
        medline.nbib   nul       taken
        medline.nbib   surrogate taken
        medline.nbib   type      line 8: has neither a title nor an abstract
        oai.xml        date      taken
        oai.xml        id        byte 285: the id has 100014 bytes, at most 512 are allowed
        oai.xml        nul       taken
        oai.xml        surrogate taken
        oai.xml        type      byte 285: malformed XML at byte 131 of the record: ill-formed document: expected `</id>`, but `</title>` was found
        openalex.jsonl date      taken
        openalex.jsonl id        line 2: the URL has 100022 bytes, at most 16384 are allowed
        openalex.jsonl nul       line 2: malformed JSON at column 49: control character (\u0000-\u001F) found while parsing a string
        openalex.jsonl surrogate line 2: malformed JSON at column 55: unexpected end of hex escape
        openalex.jsonl type      line 2: malformed JSON at column 87: invalid type: string "zero", expected a list of positions
        pubmed.xml     date      taken
        pubmed.xml     id        taken
        pubmed.xml     nul       taken
        pubmed.xml     surrogate taken
        pubmed.xml     type      byte 272: malformed XML at byte 74 of the record: ill-formed document: expected `</ArticleTitle>`, but `</Article>` was found
        records.ris    date      taken
        records.ris    id        taken
        records.ris    nul       taken
        records.ris    surrogate taken
        records.ris    type      line 6: has neither a title nor an abstract
        savedrecs.txt  date      taken
        savedrecs.txt  id        line 10: the id has 100004 bytes, at most 512 are allowed
        savedrecs.txt  nul       taken
        savedrecs.txt  surrogate taken
        savedrecs.txt  type      line 10: has neither a title nor an abstract
        seed.txt       date      taken
        seed.txt       id        taken
        seed.txt       nul       taken
        seed.txt       surrogate line 5: not UTF-8 at byte 3 of the line
        seed.txt       type      line 5: the work has no authors and no abstract
        table.csv      date      taken
        table.csv      id        line 3: the id has 100001 bytes, at most 512 are allowed
        table.csv      nul       taken
        table.csv      surrogate taken
        table.csv      type      line 3: malformed CSV: 6 fields, the header has 3
        table.tsv      date      taken
        table.tsv      id        line 3: the id has 100001 bytes, at most 512 are allowed
        table.tsv      nul       taken
        table.tsv      surrogate taken
        table.tsv      type      line 3: malformed CSV: 1 fields, the header has 3
    "#]].assert_eq(&table);

    for n in 1..=n_files {
        for k in [1, 3] {
            let word = format!("title:{n}x{k}");
            let answer = session.json(&["count", "--json", "--index", "index", &word]);
            assert_eq!(answer["total"], 1, "{word}");
        }
    }
}
