//! Pages as they are printed.

use abs_query::results::{
    Explanation, Facet, FacetValue, Hit, QueryReport, SearchResults, Snippet, Stats, Version,
};
use abs_record::{Author, Date, Field, Record, RecordId};
use expect_test::{Expect, expect};

use super::*;
use crate::{Account, FileAccount, IngestReport, Sources};

fn record(id: &str) -> Record {
    let mut record = Record::new(RecordId::parse(id).expect("an id"));
    record.title = "VisualPRM: An Effective Process Reward Model".to_owned();
    record.authors = Author::parse_pairs(
        "Wang, Weiyun, Gao, Zhangwei, Chen, Lianjie, Chen, Zhe, Zhu, Jinguo, Lu, Lewei, Dai, Jifeng",
    );
    record.date = Date::parse("2025-03-13");
    record.venue = Some("arXiv".to_owned());
    record.abstract_text = Some("We introduce VisualPRM.".to_owned());
    record
}

fn hit(rank: usize, full_match: bool) -> Hit {
    Hit {
        rank,
        score: 12.5,
        full_match,
        record: record("arXiv:2503.10291"),
        title_ranges: vec![24..31, 32..38],
        author_ranges: vec![(5, 0..2)],
        snippet: Some(Snippet {
            text: "an advanced multimodal Process Reward Model".to_owned(),
            ranges: vec![23..30, 31..37],
            start: 24,
            cut_before: true,
            cut_after: true,
        }),
        snippets: Vec::new(),
        explanation: None,
        versions: Vec::new(),
    }
}

fn results(total: u64, hits: Vec<Hit>) -> SearchResults {
    SearchResults {
        query: QueryReport {
            raw: "process reward".to_owned(),
            parsed: "process reward".to_owned(),
            diagnostics: Vec::new(),
            relaxed: None,
            expansions: Vec::new(),
            unknown: Vec::new(),
            suggestions: Vec::new(),
        },
        total,
        n_records: total,
        hits,
        facets: Vec::new(),
    }
}

#[track_caller]
fn check(
    colour: bool,
    print: impl FnOnce(&mut TextPrinter<&mut Vec<u8>>) -> io::Result<()>,
    expected: Expect,
) {
    let mut out = Vec::new();
    let options = TextOptions { colour, width: 60 };
    print(&mut TextPrinter::new(&mut out, options)).expect("a vector takes anything");
    let out = String::from_utf8(out).expect("text");
    expected.assert_eq(&out.replace('\u{1b}', "␛"));
}

#[track_caller]
fn check_page(colour: bool, results: &SearchResults, expected: Expect) {
    check(colour, |printer| printer.results(results), expected);
}

#[test]
fn other_versions_are_named_and_records_counted() {
    let mut one = hit(1, true);
    one.snippet = None;
    let version = |id: &str, year: Option<u16>, venue: &str| Version {
        id: RecordId::parse(id).expect("an id"),
        title: "VisualPRM".to_owned(),
        year,
        venue: Some(venue.to_owned()).filter(|venue| !venue.is_empty()),
        doi: None,
        arxiv: None,
        pmid: None,
        url: None,
    };
    one.versions = vec![
        version("pmid:31", None, ""),
        version("ACL:D17-1045", Some(2025), "Journal of Careful Listening"),
    ];
    let mut two = hit(2, true);
    two.snippet = None;
    two.versions = (0..6)
        .map(|idx| version(&format!("r{idx}"), None, ""))
        .collect();
    let mut page = results(7, vec![one, two]);
    page.n_records = 15;
    check_page(
        false,
        &page,
        expect![[r#"
         1. VisualPRM: An Effective Process Reward Model
            Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe; …
            Lu, Lewei; +2
            2025 · arXiv · arXiv:2503.10291
            also pmid:31, ACL:D17-1045 (2025, Journal of Careful
            Listening)

         2. VisualPRM: An Effective Process Reward Model
            Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe; …
            Lu, Lewei; +2
            2025 · arXiv · arXiv:2503.10291
            also r0, r1, r2, r3 +2

        results 1–2 of 7 (15 records)
    "#]],
    );
    page.total = 2;
    page.hits.truncate(1);
    page.hits[0].versions.clear();
    check_page(
        false,
        &page,
        expect![[r#"
         1. VisualPRM: An Effective Process Reward Model
            Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe; …
            Lu, Lewei; +2
            2025 · arXiv · arXiv:2503.10291

        result 1 of 2 (15 records)
    "#]],
    );
}

#[test]
fn a_page() {
    check_page(
        false,
        &results(1, vec![hit(1, true)]),
        expect![[r#"
         1. VisualPRM: An Effective Process Reward Model
            Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe; …
            Lu, Lewei; +2
            2025 · arXiv · arXiv:2503.10291
            … an advanced multimodal Process Reward Model …

        1 result
    "#]],
    );
}

#[test]
fn a_page_in_colour() {
    check_page(
        true,
        &results(1, vec![hit(1, true)]),
        expect![[r#"
        ␛[2m 1.␛[0m ␛[1mVisualPRM: An Effective ␛[0m␛[1m␛[31mProcess␛[0m␛[1m ␛[0m␛[1m␛[31mReward␛[0m␛[1m Model␛[0m
            Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe; …
            ␛[1m␛[31mLu␛[0m, Lewei␛[2m; +2␛[0m
            ␛[2m2025 · arXiv · ␛[0m␛[36marXiv:2503.10291␛[0m
            ␛[2m… ␛[0man advanced multimodal ␛[1m␛[31mProcess␛[0m ␛[1m␛[31mReward␛[0m Model␛[2m …␛[0m

        ␛[2m1 result␛[0m
    "#]],
    );
}

#[test]
fn partial_matches_stand_apart() {
    let page = results(1, vec![hit(9, true), hit(10, false)]);
    check_page(
        false,
        &page,
        expect![[r#"
          9. VisualPRM: An Effective Process Reward Model
             Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe;
             … Lu, Lewei; +2
             2025 · arXiv · arXiv:2503.10291
             … an advanced multimodal Process Reward Model …

        1 record matches all words; below are the best partial
        matches.

         10. VisualPRM: An Effective Process Reward Model
             Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe;
             … Lu, Lewei; +2
             2025 · arXiv · arXiv:2503.10291
             … an advanced multimodal Process Reward Model …

        1 result, 1 partial match
    "#]],
    );
}

#[test]
fn no_page() {
    check_page(
        false,
        &results(0, vec![]),
        expect![[r#"
        0 results
    "#]],
    );
}

#[test]
fn a_page_further_on() {
    check_page(
        false,
        &results(4321, vec![hit(1000, true)]),
        expect![[r#"
             1000. VisualPRM: An Effective Process Reward Model
                   Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen,
                   Zhe; … Lu, Lewei; +2
                   2025 · arXiv · arXiv:2503.10291
                   … an advanced multimodal Process Reward Model …

            result 1,000 of 4,321
        "#]],
    );
}

#[test]
fn record_text_cannot_reach_the_terminal() {
    let mut hit = hit(1, true);
    hit.record.title = "a\u{1b}]0;owned\u{7} \u{202e}b\nc".to_owned();
    hit.record.venue = Some("\u{9b}31m".to_owned());
    hit.title_ranges = vec![0..2, 500..600];
    hit.author_ranges = vec![(99, 0..1)];
    check_page(
        false,
        &results(1, vec![hit]),
        expect![[r#"
         1. a�]0;owned� b c
            Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe;
            +3
            2025 · �31m · arXiv:2503.10291
            … an advanced multimodal Process Reward Model …

        1 result
    "#]],
    );
}

#[test]
fn explanations_are_trees() {
    let leaf = |what: &str, value| Explanation {
        what: what.to_owned(),
        value,
        parts: Vec::new(),
    };
    let mut hit = hit(1, true);
    hit.explanation = Some(Explanation {
        parts: vec![
            leaf("process in title", 7.25),
            leaf("reward in abstract", 5.25),
        ],
        ..leaf("sum", 12.5)
    });
    hit.snippet = None;
    check_page(
        false,
        &results(1, vec![hit]),
        expect![[r#"
         1. VisualPRM: An Effective Process Reward Model
            Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe; …
            Lu, Lewei; +2
            2025 · arXiv · arXiv:2503.10291
            12.5000 sum
              7.2500 process in title
              5.2500 reward in abstract

        1 result
    "#]],
    );
}

#[test]
fn facets_follow_the_hits() {
    let mut page = results(1234, vec![]);
    page.facets = vec![Facet {
        field: Field::Author,
        values: [("Lu, Lewei", 1010), ("Dai, Jifeng", 9)]
            .map(|(value, count)| FacetValue {
                value: value.to_owned(),
                count,
            })
            .to_vec(),
        n_values: 77,
    }];
    check_page(
        false,
        &page,
        expect![[r#"
        author  77 values, first 2
          1,010  Lu, Lewei
              9  Dai, Jifeng

        1,234 results
    "#]],
    );
}

#[test]
fn a_record_in_full() {
    let record = record("arXiv:2503.10291");
    check(
        false,
        |printer| printer.record(&record),
        expect![[r#"
        VisualPRM: An Effective Process Reward Model
        Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe; Zhu,
        Jinguo; Lu, Lewei; Dai, Jifeng

        id          arXiv:2503.10291
        date        2025-03-13
        venue       arXiv

        We introduce VisualPRM.
    "#]],
    );
}

#[test]
fn an_index_in_numbers() {
    let stats = Stats {
        n_records: 394_201,
        n_works: 394_201,
        n_abstracts: 390_000,
        n_authors: 1_000_000,
        n_terms: 2_000_000,
        n_segments: 6,
        years: Some((1986, 2026)),
        n_bytes: 401_000_000,
    };
    check(
        false,
        |printer| printer.stats(&stats, &Sources::default()),
        expect![[r#"
            records         394,201
            works           394,201
            with abstract   390,000
            authors         1,000,000
            terms           2,000,000
            years           1986–2026
            segments        6
            size            401.0 MB
        "#]],
    );
    let account = Account {
        read: 1012,
        indexed: 1000,
        rejected: 12,
        ..Account::default()
    };
    let file = FileAccount {
        path: "/a folder/a.jsonl".to_owned(),
        state: "partial",
        format: Some("JSON Lines".to_owned()),
        account,
    };
    let sources = Sources {
        account,
        files: 1,
        failed_files: 0,
        partial_files: 1,
        is_open: true,
        list: Some(vec![file]),
    };
    check(
        false,
        |printer| printer.stats(&stats, &sources),
        expect![[r#"
            records         394,201
            works           394,201
            with abstract   390,000
            authors         1,000,000
            terms           2,000,000
            years           1986–2026
            segments        6
            size            401.0 MB

            made of 1 file, 1 not read to the end
            read 1,012 = indexed 1,000 + updated 0 + unchanged 0 + duplicate 0 + deleted 0 + rejected 12
            the last ingest was broken off: the same command goes on with it
            /a folder/a.jsonl
                partial, JSON Lines: read 1,012 = indexed 1,000 + updated 0 + unchanged 0 + duplicate 0 + deleted 0 + rejected 12
        "#]],
    );
}

#[test]
fn an_ingest() {
    let report = IngestReport {
        account: Account {
            read: 1012,
            indexed: 1000,
            updated: 0,
            unchanged: 7,
            duplicate: 3,
            deleted: 0,
            rejected: 2,
        },
        files: 2,
        unchanged_files: 3,
        failed_files: 1,
        skipped_files: 0,
        source_bytes: 2_000_000,
        resumed: false,
        index: Some(("a folder/index".into(), 900_000)),
        rejects_path: Some("a folder/index/rejects.jsonl".into()),
        took: std::time::Duration::from_millis(500),
    };
    check(
        false,
        |printer| printer.ingest(&report),
        expect![[r#"
            read 1,012 = indexed 1,000 + updated 0 + unchanged 7 + duplicate 3 + deleted 0 + rejected 2
            2 files, 3 unchanged, 1 failed, 2.0 MB in 0.5 s: 2,024 records/s, 4.0 MB/s
            index a folder/index, 900.0 kB
            rejects are listed in a folder/index/rejects.jsonl
        "#]],
    );
}
