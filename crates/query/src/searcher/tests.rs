//! The engine against a brute-force matcher, and against itself.

use abs_ingest::{IndexSink, RecordSink, WriterOptions};
use abs_record::{Author, Record, RecordId};
use proptest::prelude::*;

use super::*;
use crate::results::{Filters, Hit, Sort};

mod acronyms;
mod filters;
mod known;
mod many;
mod prose;
mod suggestions;
mod versions;
mod windows;

const WORDS: [&str; 8] = [
    "graph", "node", "edge", "tree", "loop", "path", "root", "leaf",
];

/// A record of so many words, and a searcher over some, committed in batches.
fn record(idx: usize, title: &str, abstract_text: &str) -> Record {
    let mut record = Record::new(RecordId::parse(&format!("r{idx}")).unwrap());
    record.title = title.to_owned();
    record.abstract_text = Some(abstract_text.to_owned()).filter(|text| !text.is_empty());
    record.authors = vec![Author::parse("Doe, Jane")];
    record
}

fn searcher(records: &[Record], batch: usize) -> Searcher {
    searcher_without(records, batch, |_| false)
}

/// Records committed so many at a time, some of them deleted again.
fn searcher_without(records: &[Record], batch: usize, is_gone: impl Fn(usize) -> bool) -> Searcher {
    let options = WriterOptions {
        threads: 1,
        memory_bytes: 0,
    };
    let mut sink = IndexSink::open(IndexFolder::in_memory(), options).unwrap();
    for (idx, record) in records.iter().enumerate() {
        sink.push(record.clone()).unwrap();
        if idx % batch == batch - 1 {
            sink.commit().unwrap();
        }
    }
    sink.commit().unwrap();
    for (idx, record) in records.iter().enumerate() {
        if is_gone(idx) {
            assert!(sink.delete(&record.id).unwrap());
        }
    }
    Searcher::open(&sink.finish().unwrap().0).unwrap()
}

fn options(limit: usize, relax: bool) -> SearchOptions {
    SearchOptions {
        limit,
        offset: 0,
        sort: Sort::Relevance,
        filters: Filters::default(),
        facets: Vec::new(),
        snippet_chars: 80,
        n_snippets: 1,
        relax,
        all_versions: false,
        expand: true,
        without: crate::results::Without::default(),
        explain: true,
        suggest: false,
        limits: crate::syntax::Limits::TYPED,
        today: None,
    }
}

/// A query of plain words, phrases and operators, as a tree to check by hand.
#[derive(Debug, Clone)]
enum Tree {
    Word(usize),
    TitleWord(usize),
    AbstractWord(usize),
    Phrase(usize, usize),
    And(Box<Tree>, Box<Tree>),
    Or(Box<Tree>, Box<Tree>),
    ButNot(Box<Tree>, Box<Tree>),
}

impl Tree {
    fn text(&self) -> String {
        match self {
            Tree::Word(w) => WORDS[*w].to_owned(),
            Tree::TitleWord(w) => format!("title:{}", WORDS[*w]),
            Tree::AbstractWord(w) => format!("abstract:{}", WORDS[*w]),
            Tree::Phrase(a, b) => format!("\"{} {}\"", WORDS[*a], WORDS[*b]),
            Tree::And(a, b) => format!("({} AND {})", a.text(), b.text()),
            Tree::Or(a, b) => format!("({} OR {})", a.text(), b.text()),
            Tree::ButNot(a, b) => format!("({} AND NOT {})", a.text(), b.text()),
        }
    }

    fn matches(&self, record: &Record) -> bool {
        let title: Vec<&str> = record.title.split(' ').collect();
        let abstract_text = record.abstract_text.as_deref().unwrap_or_default();
        let abstract_text: Vec<&str> = abstract_text.split(' ').collect();
        let holds = |text: &[&str], w: usize| text.contains(&WORDS[w]);
        let phrase = |text: &[&str], a: usize, b: usize| {
            text.windows(2).any(|pair| pair == [WORDS[a], WORDS[b]])
        };
        match self {
            Tree::Word(w) => holds(&title, *w) || holds(&abstract_text, *w),
            Tree::TitleWord(w) => holds(&title, *w),
            Tree::AbstractWord(w) => holds(&abstract_text, *w),
            Tree::Phrase(a, b) => phrase(&title, *a, *b) || phrase(&abstract_text, *a, *b),
            Tree::And(a, b) => a.matches(record) && b.matches(record),
            Tree::Or(a, b) => a.matches(record) || b.matches(record),
            Tree::ButNot(a, b) => a.matches(record) && !b.matches(record),
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let word = 0..WORDS.len();
    let leaf = prop_oneof![
        4 => word.clone().prop_map(Tree::Word),
        1 => word.clone().prop_map(Tree::TitleWord),
        1 => word.clone().prop_map(Tree::AbstractWord),
        2 => (word.clone(), word).prop_map(|(a, b)| Tree::Phrase(a, b)),
    ];
    leaf.prop_recursive(4, 12, 2, |inner| {
        let pair = || {
            (
                inner.clone().prop_map(Box::new),
                inner.clone().prop_map(Box::new),
            )
        };
        prop_oneof![
            pair().prop_map(|(a, b)| Tree::And(a, b)),
            pair().prop_map(|(a, b)| Tree::Or(a, b)),
            pair().prop_map(|(a, b)| Tree::ButNot(a, b)),
        ]
    })
}

fn text(n_words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    proptest::collection::vec(0..WORDS.len(), n_words).prop_map(|words| {
        let words: Vec<&str> = words.into_iter().map(|w| WORDS[w]).collect();
        words.join(" ")
    })
}

fn corpus() -> impl Strategy<Value = Vec<Record>> {
    proptest::collection::vec((text(1..4), text(0..8)), 1..40).prop_map(|texts| {
        texts
            .iter()
            .enumerate()
            .map(|(idx, (title, abstract_text))| record(idx, title, abstract_text))
            .collect()
    })
}

fn ids(results: &SearchResults) -> Vec<String> {
    results
        .hits
        .iter()
        .map(|hit| hit.record.id.to_string())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn engine_and_brute_force_agree(
        records in corpus(),
        trees in proptest::collection::vec(tree(), 8),
        batch in 1usize..20,
    ) {
        let searcher = searcher(&records, batch);
        for tree in trees {
            let expected: Vec<String> = records
                .iter()
                .filter(|record| tree.matches(record))
                .map(|record| record.id.to_string())
                .collect();
            let all = searcher.search(&tree.text(), &options(100, false)).unwrap();
            let mut found = ids(&all);
            found.sort_by_key(|id| id[1..].parse::<usize>().unwrap());
            prop_assert_eq!(&found, &expected, "{}", tree.text());
            prop_assert_eq!(all.total, expected.len() as u64);
            // A short page is the head of the long one: pruning loses nothing.
            let few = searcher.search(&tree.text(), &options(3, false)).unwrap();
            prop_assert_eq!(ids(&few), &ids(&all)[..few.hits.len()]);
            prop_assert_eq!(few.total, all.total);
            for hit in &all.hits {
                let explained = hit.explanation.as_ref().unwrap();
                let sum: f32 = explained.parts.iter().map(|part| part.value).sum();
                prop_assert!((sum - hit.score).abs() <= 1e-4 * hit.score.max(1.0));
            }
        }
    }

    #[test]
    fn partial_matches_follow_full_ones_and_are_the_best_there_are(
        records in corpus(),
        words in proptest::collection::vec(0..WORDS.len(), 2..4),
        batch in 1usize..20,
    ) {
        let searcher = searcher(&records, batch);
        let words: Vec<&str> = words.into_iter().map(|w| WORDS[w]).collect();
        let query = words.join(" ");
        let relaxed = searcher.search(&query, &options(100, true)).unwrap();
        let any = searcher.search(&words.join(" OR "), &options(100, false)).unwrap();
        let (full, partial): (Vec<&Hit>, Vec<&Hit>) =
            relaxed.hits.iter().partition(|hit| hit.full_match);
        prop_assert_eq!(full.len() as u64, relaxed.total);
        prop_assert_eq!(relaxed.hits.len() as u64, any.total);
        prop_assert!(partial.windows(2).all(|pair| pair[0].score >= pair[1].score));
        // A page cut anywhere is a part of the whole list.
        for limit in 1..relaxed.hits.len().min(6) {
            let page = searcher.search(&query, &options(limit, true)).unwrap();
            prop_assert_eq!(ids(&page), &ids(&relaxed)[..limit]);
        }
    }
}

#[test]
fn forms_are_told_apart_in_quotes_and_met_without() {
    let records = [
        record(0, "reward model", ""),
        record(1, "reward models", ""),
        record(2, "rewarding modeling", ""),
        record(3, "running a computer", ""),
        record(4, "runs on computers", "computing happily"),
        record(5, "the state of the art", ""),
    ];
    let searcher = searcher(&records, 2);
    let check = |query: &str, expected: &[&str]| {
        let mut found = ids(&searcher.search(query, &options(10, false)).unwrap());
        found.sort();
        assert_eq!(found, expected, "{query}");
    };
    check("reward model", &["r0", "r1", "r2"]);
    check("\"reward model\"", &["r0"]);
    check("\"reward models\"", &["r1"]);
    check("\"reward mod*\"", &["r0", "r1"]);
    check("=models", &["r1"]);
    check("run", &["r3", "r4"]);
    check("=running", &["r3"]);
    check("runn*", &["r3"]);
    check("comput*", &["r3", "r4"]);
    check("computer*", &["r3", "r4"]);
    check("computers*", &["r4"]);
    check("computi*", &["r4"]);
    check("comp?ter", &["r3"]);
    check("happi*", &["r4"]);
    check("happy*", &[]);
    check("happil*", &["r4"]);
    check("modle~1", &["r0", "r1", "r2"]);
    check("\"state of the art\"", &["r5"]);
    check("\"state of art\"", &[]);
    check("\"of the\"", &["r5"]);
    check("reward NEAR/0 model", &["r0", "r1", "r2"]);
    check("model NEAR/0 reward", &["r0", "r1", "r2"]);
    check("title:computing", &["r3", "r4"]);
    check("abstract:computer", &["r4"]);
}

#[test]
fn the_abstract_alone_is_counted_without_the_title() {
    let searcher = searcher(&[record(0, "node", ""), record(1, "tree", "node")], 2);
    let results = searcher
        .search("abstract:node", &options(10, false))
        .unwrap();
    assert_eq!((results.total, ids(&results)), (1, vec!["r1".to_owned()]));
}

#[test]
fn hits_by_a_name_alone_are_the_best_of_all_segments() {
    let mut records: Vec<Record> = (0..40).map(|idx| record(idx, "graph", "")).collect();
    for record in &mut records {
        record.authors = vec![Author::parse("Lu, Lewei")];
    }
    let searcher = searcher(&records, 7);
    let all = ids(&searcher.search("lewei", &options(100, false)).unwrap());
    assert_eq!(all.len(), 40);
    for limit in 1..10 {
        let few = ids(&searcher.search("lewei", &options(limit, false)).unwrap());
        assert_eq!(few, all[..limit]);
    }
}

#[test]
fn a_page_too_deep_is_an_error_with_its_numbers() {
    let searcher = searcher(&[record(0, "graph", "")], 1);
    let mut deep = options(10, true);
    deep.offset = usize::MAX;
    let error = searcher.search("graph", &deep).unwrap_err().to_string();
    assert!(error.contains("100000"), "{error}");
}

#[test]
fn what_is_not_looked_up_any_more_widens_nothing() {
    let records = [record(0, "graph", ""), record(1, "tree", "")];
    let searcher = searcher(&records, 1);
    let check = |query: &str, expected: u64| {
        let found = searcher.search(query, &options(10, false)).unwrap();
        assert_eq!(found.total, expected, "{:.40}", query);
        let told = |d: &&crate::syntax::Diagnostic| d.message.contains("than one query looks up");
        let n_told = found.query.diagnostics.iter().filter(told).count();
        assert_eq!(n_told, 1, "{:.40}", query);
    };
    let shapes = |n: usize, end: &str| -> String {
        let words = (0..n).map(|n| format!("zzzzz{n}{end} OR "));
        words.collect()
    };
    let many = |n: usize| shapes(n, "*");
    // As many as are looked up, and one more.
    check(&format!("{}gra* OR tre*", many(255)), 1);
    check(&format!("{}graph AND NOT tre*", many(256)), 0);
    check(&format!("{}grahp~1", shapes(32, "~1")), 0);
}
