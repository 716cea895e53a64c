//! Lists of many blocks, segments of several windows: the best found without
//! looking at all, and all counted.

use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;

const N_RECORDS: usize = 10_000;

/// Words from frequent to rare, in texts of varying length, a function of the
/// record's number alone. Every 40th record is a version of one before it.
fn corpus() -> Vec<Record> {
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut text = |n_words: u64| {
        let mut words = Vec::new();
        for _ in 0..n_words {
            // Each word half as frequent as the one before, roughly.
            let idx = random(255) + 1;
            words.push(WORDS[idx.leading_zeros() as usize - 56]);
        }
        words.join(" ")
    };
    let mut records: Vec<Record> = Vec::new();
    for idx in 0..N_RECORDS {
        let n_words = [3, 8, 20, 50][idx % 4];
        let mut record = record(idx, &text(2), &text(n_words));
        record.authors = vec![Author::parse(&format!("Doe, J{}", idx % 97))];
        if idx % 40 == 39 {
            record.title = format!("the very same title as number {}", idx / 80);
            record.authors = vec![Author::parse("Roe, Richard")];
        }
        records.push(record);
    }
    records
}

/// The best of what matches in full, or of what holds any of the words.
fn best(searcher: &Searcher, query: &str, wanted: usize, all_versions: bool) -> Ranked {
    let (resolved, _) = searcher.understand(query, &options(10, false)).unwrap();
    let execution = Execution {
        snapshot: &searcher.snapshot,
        lengths: searcher.lengths,
        sort: Sort::Relevance,
        works: (!all_versions).then_some(&*searcher.snapshot.works),
    };
    let mut no_facets = FacetCounter::default();
    execution
        .all(&resolved.full(), wanted, &mut no_facets)
        .unwrap()
}

fn any(searcher: &Searcher, query: &str, wanted: usize) -> Vec<Entry> {
    let (resolved, _) = searcher.understand(query, &options(10, false)).unwrap();
    let execution = Execution {
        snapshot: &searcher.snapshot,
        lengths: searcher.lengths,
        sort: Sort::Relevance,
        works: None,
    };
    execution.any(&resolved, wanted, &[]).unwrap()
}

#[test]
fn the_best_are_found_unread_blocks_or_not_and_all_are_counted() {
    let records = corpus();
    let searcher = searcher(&records, 9_000);
    let mut runner = TestRunner::deterministic();
    let mut trees: Vec<Tree> = (0..WORDS.len()).map(Tree::Word).collect();
    for _ in 0..60 {
        trees.push(tree().new_tree(&mut runner).unwrap().current());
    }
    for tree in trees {
        let query = tree.text();
        let expected = records.iter().filter(|record| tree.matches(record)).count();
        for all_versions in [true, false] {
            // All of them, so that nothing can be passed over.
            let all = best(&searcher, &query, N_RECORDS, all_versions);
            assert_eq!(all.n_records, expected as u64, "{query}");
            assert_eq!(all.entries.len() as u64, all.total, "{query}");
            for wanted in [0, 1, 10, 100] {
                let few = best(&searcher, &query, wanted, all_versions);
                assert_eq!(few.total, all.total, "{query}");
                let head = &all.entries[..wanted.min(all.entries.len())];
                assert_eq!(few.entries, head, "{query}");
            }
        }
    }
    // Partial matches, which are not counted.
    for words in [
        "leaf root",
        "graph leaf path",
        "node edge tree loop path root leaf",
    ] {
        let all = any(&searcher, words, N_RECORDS);
        for wanted in [1, 10, 100] {
            assert_eq!(any(&searcher, words, wanted), all[..wanted], "{words}");
        }
    }
}

/// A compound's parts score, and its phrase makes a match: lists and sets in
/// one window, tested once.
#[test]
fn a_full_match_is_no_partial_match_as_well() {
    let texts = [
        "the navier-stokes equations solved",
        "navier and stokes",
        "a difference of navier-stokes flows",
        "equations solved",
    ];
    let records = texts.iter().enumerate();
    let records: Vec<Record> = records.map(|(idx, text)| record(idx, "", text)).collect();
    let searcher = searcher(&records, records.len());
    let found = searcher.search("navier-stokes equations solved", &options(10, true));
    let mut ids: Vec<String> = found
        .unwrap()
        .hits
        .iter()
        .map(|hit| hit.record.id.to_string())
        .collect();
    assert_eq!(ids[0], "r0");
    ids.sort_unstable();
    assert_eq!(ids, ["r0", "r2", "r3"], "parts apart are no match");
}
