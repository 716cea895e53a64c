//! The same records and query give the same list, however they were indexed.

use serde_json::Value;

use crate::corpus::generated;
use crate::session::Session;

const QUERIES: &[&[&str]] = &[
    &["reward"],
    &["reward", "process"],
    &["title:model", "image"],
    &["speech", "OR", "graph"],
    &["rewa* -kernel"],
    &["author:smith"],
    &["climate", "sensor", "robot", "vision", "language"],
    &["reward", "--sort", "-date"],
    &["--facet", "author", "--sort", "date"],
];

/// Ids and scores.
fn list(session: &Session, query: &[&str]) -> Vec<(String, f64)> {
    let args = [&["search", "--json", "-n", "150"], query].concat();
    let answer = session.json(&args);
    let hits = answer["hits"].as_array().unwrap().iter();
    let pair = |hit: &Value| {
        let id = hit["id"].as_str().unwrap().to_owned();
        (id, hit["score"].as_f64().unwrap())
    };
    hits.map(pair).collect()
}

/// Indexes the records in so many batches with so many threads.
fn indexed(records: &[String], n_batches: usize, threads: &str) -> Session {
    let session = Session::empty();
    for batch in records.chunks(records.len().div_ceil(n_batches)) {
        session.write("batch.jsonl", batch.join("\n"));
        let args = [
            "ingest",
            "batch.jsonl",
            "--index",
            "index",
            "--threads",
            threads,
        ];
        let answer = session.run(&args);
        assert_eq!(answer.code, 0, "{answer:?}");
    }
    session
}

#[test]
fn threads_and_batches_do_not_change_the_list() {
    let records = generated(600);
    let mut reversed = records.clone();
    reversed.reverse();
    let reference = indexed(&records, 1, "1");
    let others = [
        indexed(&records, 1, "4"),
        indexed(&records, 5, "2"),
        indexed(&reversed, 3, "4"),
    ];
    for query in QUERIES {
        let expected = list(&reference, query);
        assert!(expected.len() > 10, "{query:?}");
        for other in &others {
            let found = list(other, query);
            let ids = |list: &[(String, f64)]| -> Vec<String> {
                list.iter().map(|(id, _)| id.clone()).collect()
            };
            assert_eq!(ids(&found), ids(&expected), "{query:?}");
            for ((id, left), (_, right)) in found.iter().zip(&expected) {
                assert!(
                    (left - right).abs() <= 1e-4,
                    "{query:?} {id}: {left} {right}"
                );
            }
        }
    }
}

#[test]
fn counts_and_facets_do_not_change_either() {
    let records = generated(300);
    let one = indexed(&records, 1, "1");
    let many = indexed(&records, 4, "4");
    for args in [
        &["facet", "author", "--json"][..],
        &["facet", "year", "reward", "--json", "--top", "50"],
    ] {
        assert_eq!(one.json(args)["facets"], many.json(args)["facets"]);
    }
    for query in ["reward", "reward OR model", "author:berg"] {
        let args = ["count", query];
        assert_eq!(one.run(&args).out, many.run(&args).out, "{query}");
    }
}

#[test]
fn the_same_question_twice_gives_the_same_bytes() {
    let session = indexed(&generated(200), 2, "2");
    let args = ["reward", "model", "-n", "50"];
    assert_eq!(session.run(&args).out, session.run(&args).out);
}
