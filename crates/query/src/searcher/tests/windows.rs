//! Lists of many blocks, segments of several windows: the best found without
//! looking at all, and all counted.

use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;
use crate::results::Without;

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

#[test]
fn the_best_are_found_unread_blocks_or_not_and_all_are_counted() {
    let records = corpus();
    let searcher = searcher(&records, 9_000);
    let mut runner = TestRunner::deterministic();
    let mut trees = Vec::new();
    for _ in 0..60 {
        trees.push(tree().new_tree(&mut runner).unwrap().current());
    }
    trees.extend((0..WORDS.len()).map(Tree::Word));
    for tree in trees {
        let query = tree.text();
        let expected = records.iter().filter(|record| tree.matches(record)).count();
        let mut base = options(10, false);
        base.explain = false;
        base.all_versions = true;
        base.without = Without {
            question_words: false,
            adjacency: true,
            titles: true,
            feedback: true,
        };
        let few = searcher.search(&query, &base).unwrap();
        assert_eq!(few.total, expected as u64, "{query}");
        let counted = searcher.count(&query, &base).unwrap().0;
        assert_eq!(counted, expected as u64, "{query}");
        // All of them, so that nothing can be passed over.
        base.limit = N_RECORDS;
        base.snippet_chars = 0;
        let all = searcher.search(&query, &base).unwrap();
        assert_eq!(all.hits.len(), expected, "{query}");
        assert_eq!(ids(&few), &ids(&all)[..few.hits.len()], "{query}");
        for (a, b) in few.hits.iter().zip(&all.hits) {
            assert!((a.score - b.score).abs() < f32::EPSILON, "{query}");
        }
        // Versions of a work count once, and the best of them stays.
        base.all_versions = false;
        let works = searcher.search(&query, &base).unwrap();
        assert_eq!(works.n_records, expected as u64, "{query}");
        assert_eq!(works.hits.len() as u64, works.total, "{query}");
        base.limit = 10;
        let few = searcher.search(&query, &base).unwrap();
        assert_eq!(ids(&few), &ids(&works)[..few.hits.len()], "{query}");
    }
    // Partial matches, which are never counted.
    for words in [
        "leaf root",
        "graph leaf path",
        "node edge tree loop path root leaf",
    ] {
        let mut any = options(20, true);
        any.explain = false;
        any.snippet_chars = 0;
        any.without.feedback = true;
        let few = searcher.search(words, &any).unwrap();
        any.limit = N_RECORDS;
        let all = searcher.search(words, &any).unwrap();
        let n_full = all.hits.iter().filter(|hit| hit.full_match).count();
        assert_eq!(few.total, n_full as u64, "{words}");
        let partial = &all.hits[n_full..];
        assert!(!partial.is_empty());
        assert!(
            partial
                .windows(2)
                .all(|pair| pair[0].score >= pair[1].score)
        );
        let best: Vec<f32> = all.hits.iter().map(|hit| hit.score).take(20).collect();
        if n_full < 100 {
            let found: Vec<f32> = few.hits.iter().map(|hit| hit.score).collect();
            assert_eq!(found.len(), best.len(), "{words}");
        }
    }
}
