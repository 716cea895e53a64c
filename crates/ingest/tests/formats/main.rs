//! Each fixture in `seeds/formats` of the formats that are not XML: found by
//! its content, read to the end, and what came of it.

mod tables;
mod tagged;
mod told_apart;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use abs_ingest::{Input, Observer, ReadError, SourceError, Summary, pipeline};
use abs_record::Record;
use expect_test::{Expect, expect};

/// Writes down what it is told.
#[derive(Default)]
struct Log(String);

impl Observer for Log {
    fn file_started(&mut self, _: &Path, _: Option<u64>, format: &'static str) {
        self.0.push_str(&format!("{format}\n"));
    }

    fn rejected(&mut self, error: &ReadError) -> ControlFlow<()> {
        let line = format!("rejected {}: {}\n", error.place, error.kind);
        self.0.push_str(&line);
        ControlFlow::Continue(())
    }

    fn file_failed(&mut self, error: &SourceError) {
        self.0.push_str(&format!("failed: {}\n", error.kind));
    }
}

fn fixture(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("../../seeds/formats").join(name)
}

fn read(name: &str) -> (Summary, Vec<Record>, Log) {
    let (mut records, mut log) = (Vec::new(), Log::default());
    let input = Input::from_path(fixture(name));
    let Ok(summary) = pipeline::run([input], &mut records, &mut log);
    assert!(summary.adds_up(), "{summary:?}");
    (summary, records, log)
}

/// Format, rejects, and every record with the start of its abstract.
#[track_caller]
fn check(name: &str, expected: Expect) {
    let (_, records, Log(mut out)) = read(name);
    for record in records {
        let authors: Vec<String> = record.authors.iter().map(|a| a.display()).collect();
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let words: Vec<&str> = record
            .abstract_text
            .iter()
            .flat_map(|text| text.split(' '))
            .take(12)
            .collect();
        out.push_str(&format!("{}\n", record.id));
        for (label, value) in [
            ("title", record.title.clone()),
            ("by", authors.join("; ")),
            (
                "on",
                record.date.map(|date| date.to_string()).unwrap_or_default(),
            ),
            ("in", optional(&record.venue)),
            ("doi", optional(&record.doi)),
            ("arxiv", optional(&record.arxiv)),
            ("pmid", optional(&record.pmid)),
            ("at", optional(&record.url)),
            ("language", optional(&record.language)),
            ("classes", record.categories.join(" | ")),
            ("keywords", record.keywords.join(" | ")),
            ("abstract", words.join(" ")),
        ] {
            if !value.is_empty() {
                out.push_str(&format!("  {label} {value}\n"));
            }
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn abs_search() {
    check(
        "abs-search/hits.jsonl",
        expect![[r#"
        JSON Lines
        arXiv:2503.10291
          title Seeing Everything
          by Lu, Lewei; van der Berg, Ludwig, Jr.
          on 2024-03
          in ACL
          arxiv 2503.10291
          language en
          classes cs.CL
          keywords eyes
        abs:00112233445566778899aabbccddeeff
          title In Full
          doi 10.5555/x
          abstract All of it.
    "#]],
    );
}

#[test]
fn beir() {
    check(
        "beir/corpus.jsonl",
        expect![[r#"
        JSON Lines
        4983
          title Microstructural development
          abstract Alterations of the architecture can be seen.
        MED-10
          abstract A text without a title.
    "#]],
    );
}

#[test]
fn bibtex() {
    check(
        "bibtex/library.bib",
        expect![[r#"
        BibTeX
        rejected 52: malformed BibTeX: a brace is not closed
        bibtex:doi:10.5555/jcl.2021._07
          title The Harmonic Field of 5–10% Noise: BERT & friends
          by Moreau, Renée; van der Berg, Ludwig; King, Martin L., Jr.
          on 2021-03-07
          in Journal of Careful Listening
          doi 10.5555/jcl.2021._07
          keywords audio | noise | fields
          abstract We measure the energy $E = \frac{1}{2} m v^{2}$ of a field.
        abs:8bea5be8f701b996c493e0e732067faa
          title Sparse Graphs Revisited
          by Okafor, N.; Lindqvist, S.
          on 2020-05
          in Proceedings of Nothing
          keywords graphs | sparsity
        DBLP:journals/corr/abs-2301-01234
          title A Paper in CoRR
          by Example Collaboration; Other, A. N.
          on 2023
          in CoRR
          arxiv 2301.01234
        abs:d0ead2314705c7e439c70cdceb501a30
          title Quotes "inside" quotes
          by Umeå, Eva
          on 1985
        abs:3b25cf9f1ec57defb51fb56261d8d7b6
          title A brace is missing here
          by Doe, Jane
          on 2019
          abstract The abstract is found all the same.
        abs:a3ea5d3c9608f21ff788202d63319b27
          title An entry without a key
          by Solo
        bibtex:arXiv:hep-th/9901001
          title The neighbour after it
          on 2019-05
          arxiv hep-th/9901001
    "#]],
    );
}

#[test]
fn crossref() {
    check(
        "crossref/list.json",
        expect![[r#"
        Crossref JSON
        rejected 4: has neither a title nor an abstract
        doi:10.5555/abc.1
          title Listening to Graphs: A Survey
          by Carberry, Josiah; The Example Consortium, Working Group 2
          on 2021-11-26
          in Journal of Examples
          doi 10.5555/abc.1
          at http://dx.doi.org/10.5555/abc.1
          language en
          classes Acoustics
          abstract Background: Graphs are quiet (P<.001). Methods: We listen.
        doi:10.5555/abc.2
          title No Date Parts
          on 2018-10-29
          doi 10.5555/abc.2
    "#]],
    );
    check(
        "crossref/work.json",
        expect![[r#"
        Crossref JSON
        doi:10.5555/one
          title One Work
          by Example, Ada, Jr.
          on 2014-02-27
          doi 10.5555/one
    "#]],
    );
}

#[test]
fn csl_json() {
    check(
        "csl-json/references.json",
        expect![[r#"
        CSL-JSON
        rejected 25: malformed JSON: a comma or the end of the object is missing at byte 776
        csl:doi:10.5555/ex.1
          title On the Weight of Evidence
          by van der Berg, Ludwig; Institute of Examples; Plato
          on 2020-03
          in Journal of Examples
          doi 10.5555/ex.1
          keywords evidence | weight
          abstract Evidence has weight.
        http://zotero.org/users/1/items/ABCD
          title A Second Look
          on 2019-02-08
          arxiv 1902.01234
          pmid 123456
        abs:88b1da30aa63894d063673a3a336dade
          title 17
        abs:2e4f1c7b1e17e3fca8a016506fc16f53
          title A Last Word
    "#]],
    );
}

#[test]
fn europe_pmc() {
    check(
        "europe-pmc/search.xml",
        expect![[r#"
        Europe PMC XML
        europepmc:doi:10.1000/lichen.2
          title Lichens in vitro.
          by Müller, Jan; Osei, R; Lichen Group
          on 2020-05-06
          in Journal of Examples
          doi 10.1000/lichen.2
          pmid 90000023
          language en
          keywords lichen
          abstract Aims: To see & say.
        europepmc:PPR1
          title A preprint of mosses
          by Osei, R; Müller, J
          on 2021
    "#]],
    );
}

#[test]
fn ovid() {
    check(
        "ovid/citations.txt",
        expect![[r#"
            Ovid text
            ovid:doi:10.1000/lichen.1
              title How lichens hold on to granite: a field trial.
              by Marlow, Jane A; Osei, Richard
              on 2015-01-10
              in Journal of Examples
              doi 10.1000/lichen.1
              pmid 90000021
              keywords lichens | granite
              abstract BACKGROUND: Granite is smooth. RESULTS: Lichens hold on.
            ovid-embase:pmid:90000022
              title Of mosses
              by Marlow, J. A.; Osei, R.
              on 2004-08-25
              in Mosses
              pmid 90000022
        "#]],
    );
}

#[test]
fn json() {
    check(
        "json/array.json",
        expect![[r#"
        JSON
        rejected 9: malformed JSON: a comma or the end of the list or object is missing at line 13
        a:1
          title Printed Over Several Lines
          by Lovelace, Ada; Babbage, Charles
          on 1843
          abstract An array of objects.
        a:3
          title Found Again
          on 1844-05-06
    "#]],
    );
}

#[test]
fn medline() {
    check(
        "medline/pubmed.nbib",
        expect![[r#"
            MEDLINE
            pmid:900000001
              title A title that is so long that it has to go on on the next line of the file.
              by Casbon, James A; Crooks, GE; Example Study Group, Part B
              on 1998-12
              in Journal of examples
              doi 10.5555/nbib.1
              pmid 900000001
              language en
              keywords wrapping | Abstracting and Indexing
              abstract BACKGROUND: Abstracts are wrapped. METHODS: We unwrap them.
            pmid:900000002
              title [A second record].
              by Mangalam, H
              on 2002-09-03
              pmid 900000002
        "#]],
    );
    check(
        "medline/eric.nbib",
        expect![[r#"
            MEDLINE
            ERIC:EJ0000001
              title Teaching Without Identifiers
              by Example, Ada
              on 2010
              at http://eric.ed.gov/?id=EJ0000001
              language en
              abstract ERIC has no PubMed ids.
            ERIC:ED0000002
              title A Second Report
              on 2011
        "#]],
    );
}

#[test]
fn openalex() {
    check(
        "openalex/works.jsonl",
        expect![[r#"
        OpenAlex JSON
        rejected 4: has neither a title nor an abstract
        rejected 5: malformed JSON: a string is not closed on its line at byte 1598
        openalex:W1
          title A Tidy Index
          by Carberry, Josiah; Example, Ada
          on 2020-05-17
          in Index Letters
          doi 10.5555/w1
          pmid 123
          at https://example.org/w1
          language en
          classes Information Retrieval
          keywords Index
          abstract the All words of the abstract return.
        openalex:W2
          on 1999
          in An Old Venue
          at https://openalex.org/W2
          classes Sure
          abstract Only an abstract.
        openalex:W3
          title No Abstract
          at https://openalex.org/W3
        openalex:W6
          title Last
          on 2001
          at https://openalex.org/W6
    "#]],
    );
    check(
        "openalex/page.json",
        expect![[r#"
        OpenAlex JSON
        openalex:W7
          title First on the Page
          by van der Berg, Ludwig
          on 2022-01-02
          at https://openalex.org/W7
          abstract Old form
        openalex:W8
          title Second on the Page
          at https://openalex.org/W8
    "#]],
    );
}

#[test]
fn refer() {
    check(
        "refer/endnote.enw",
        expect![[r#"
        Refer
        refer:doi:10.5555/refer.1
          title The Percent Sign as a Tag
          by van der Berg, Ludwig; Doe, Jane
          on 2019
          in Journal of Examples
          doi 10.5555/refer.1
          keywords tags | percent
          abstract It is an old format.
        abs:980c2d70db85b1eb280c741006751727
          title A Second Book
          by Roe, Richard
          on 1999
    "#]],
    );
}

#[test]
fn ris() {
    check(
        "ris/dialects.ris",
        expect![[r#"
            RIS
            rejected 37: has neither a title nor an abstract
            ris:doi:10.5555/ris.1
              title Listening in the Dark: A Study of Ovid.
              by Reimer, E J; de Bruyn Kops, S M
              on 2015
              in Journal of Examples
              doi 10.5555/ris.1
              keywords Listening | Human | Darkness
              abstract The first line of an abstract that goes on without a tag.
            ris-scopus:pmid:31234567
              title A Title From Scopus
              by Okafor, N.; Lindqvist, S.
              on 2020-08
              pmid 31234567
              at https://www.scopus.example.org/record?eid=2-s2.0-1
              language en
            abs:25317b9d3701cc5cd4db9640b16edaf3
              title No end of record, and a year that is none
            abs:d8ad71a0af73d434353b56be40ed8856
              title One blank where two should be
              by Solo
        "#]],
    );
    check(
        "ris/old-mac.ris",
        expect![[r#"
        RIS
        abs:64a70868222b9a894dbe5177d40c0991
          title Une étude à l’ancienne
          by Lévy, André
          on 1987
        abs:8660367c3d1eb7d81b5ab152aace51c8
          title The second
    "#]],
    );
}

#[test]
fn semantic_scholar() {
    check(
        "semantic-scholar/papers.jsonl",
        expect![[r#"
        JSON Lines
        CorpusId:101
          title Reading Everything
          by Example, Ada; van der Berg, L.
          on 2023-01-04
          in ArXiv
          doi 10.5555/s2.1
          arxiv 2301.01234
          at https://www.semanticscholar.org/paper/x
          classes Computer Science
        03babdf3e61730b68ca47c21a0edcdc47e5cba8c
          title The Old Form
          by Example, V. A.
          on 2007
          in Journal of Examples
          doi 10.5555/s2.2
          at https://semanticscholar.org/paper/03
          classes Mathematics
          abstract Its abstract has another name.
        77
          title S2ORC of 2020
          by Example, Ada B.
          on 2010
          in X
          pmid 456
          classes Physics
          abstract Text.
    "#]],
    );
    check(
        "semantic-scholar/abstracts.jsonl",
        expect![[r#"
        JSON Lines
        CorpusId:101/abstract
          doi 10.5555/s2.1
          arxiv 2301.01234
          abstract We read everything.
    "#]],
    );
}

#[test]
fn web_of_science() {
    check(
        "web-of-science/savedrecs.txt",
        expect![[r#"
            Web of Science text
            WOS:000999999900001
              title On Tags of Two Letters
              by Doe, Jane; van der Berg, Ludwig
              on 2018-09
              in JOURNAL OF EXAMPLES
              doi 10.5555/wos.1
              pmid 900000003
              language en
              classes Information Science & Library Science
              keywords tags | field names | LETTERS
              abstract Each tag has two letters. Values go on.
            WOS:000999999900002
              title A Second Record
              by Roe, R
              on 2019
        "#]],
    );
}
