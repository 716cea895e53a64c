//! Every operator of the language against records made for it, and random
//! queries against a matcher that reads each record from end to end.

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    reason = "what fails here fails the test; the texts are short"
)]

mod brute;
mod random;
mod table;

use std::path::Path;

use abs_ingest::{IndexSink, Input, RecordSink, WriterOptions, pipeline};
use abs_query::syntax::{Limits, parse};
use abs_query::{Filters, SearchOptions, Searcher, Sort};
use abs_record::{Date, Record, RecordId};
use abs_schema::IndexFolder;

use brute::Brute;

/// The records of `seeds/operators`.
fn records() -> Vec<Record> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/operators/operators.jsonl");
    let mut records: Vec<Record> = Vec::new();
    let summary = pipeline::run([Input::from_path(&path)], &mut records, &mut ()).unwrap();
    assert_eq!(
        (summary.rejected, summary.indexed),
        (0, records.len() as u64)
    );
    assert!(records.len() >= 60);
    records
}

/// An index of records, committed so many at a time, some deleted again.
fn searcher(records: &[Record], batch: usize, deleted: &[RecordId]) -> Searcher {
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
    for id in deleted {
        assert!(sink.delete(id).unwrap());
    }
    Searcher::open(&sink.finish().unwrap().0).unwrap()
}

/// The day of these tests.
fn today() -> Option<Date> {
    Date::parse("2025-01-15")
}

fn options() -> SearchOptions {
    SearchOptions {
        limit: 1_000,
        offset: 0,
        sort: Sort::Relevance,
        filters: Filters::default(),
        facets: Vec::new(),
        snippet_chars: 0,
        n_snippets: 1,
        relax: false,
        all_versions: true,
        expand: false,
        without: abs_query::results::Without::default(),
        explain: false,
        suggest: false,
        limits: Limits::TYPED,
        today: today(),
    }
}

/// What the engine finds, in the order of `records`; counted alike, cut alike.
fn found(searcher: &Searcher, records: &[Record], query: &str) -> Vec<String> {
    let results = searcher.search(query, &options()).unwrap();
    assert_eq!(results.total, results.hits.len() as u64, "{query}");
    assert_eq!(
        searcher.count(query, &options()).unwrap().0,
        results.total,
        "{query}"
    );
    let mut few = options();
    few.limit = 3;
    let head = searcher.search(query, &few).unwrap();
    let ids = |hits: &[abs_query::Hit]| -> Vec<RecordId> {
        hits.iter().map(|hit| hit.record.id.clone()).collect()
    };
    let all = ids(&results.hits);
    assert_eq!(ids(&head.hits), &all[..head.hits.len()], "{query}");
    records
        .iter()
        .filter(|record| all.contains(&record.id))
        .map(|record| record.id.to_string())
        .collect()
}

/// What reading every record finds.
fn read(brute: &Brute, query: &str) -> Vec<String> {
    brute.matching(&parse(query).ast)
}
