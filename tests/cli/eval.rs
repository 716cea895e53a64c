//! Measuring collections and known works, end to end.

use expect_test::expect;
use serde_json::Value;

use crate::corpus::RECORDS;
use crate::session::Session;

/// A collection of three documents and two judged topics.
fn collection() -> Session {
    let session = Session::empty();
    let corpus = r#"{"_id": "a", "title": "Whales", "text": "Whales dive deep and sing."}
{"_id": "b", "title": "Birds", "text": "Birds sing."}
{"_id": "c", "title": "Stones", "text": "Stones are mute."}
"#;
    let packed = zstd::encode_all(corpus.as_bytes(), 0).unwrap();
    session.write("small/corpus.jsonl.zst", packed);
    session.write(
        "small/queries.jsonl",
        "{\"_id\": \"1\", \"text\": \"deep diving whales\"}\n{\"_id\": 2, \"text\": \"stones\"}\n{\"_id\": \"3\", \"text\": \"mute\"}\n",
    );
    session.write(
        "small/qrels/test.tsv",
        "query-id\tcorpus-id\tscore\n1\ta\t2\n1\tb\t1\n2\tb\t1\n",
    );
    session
}

#[test]
fn a_collection_is_measured() {
    let session = collection();
    session.check(
        &["eval", "small", "--run", "small.run"],
        expect![[r#"
            exit 0
            collection    topics   nDCG@10  nDCG@100        AP      R@10     R@100        RR
            small              2    0.3801    0.3801    0.2500    0.2500    0.2500    0.5000
        "#]],
    );
    let run = std::fs::read_to_string(session.path("small.run")).unwrap();
    let columns: Vec<Vec<&str>> = run.lines().map(|l| l.split(' ').collect()).collect();
    let hits: Vec<[&str; 3]> = columns.iter().map(|c| [c[0], c[2], c[3]]).collect();
    assert_eq!(hits, [["1", "a", "1"], ["2", "c", "1"]]);

    let answer = session.json(&["eval", "small", "--json"]);
    let row = &answer["rows"][0];
    assert_eq!(row["name"], "small");
    assert!((row["measures"]["RR"].as_f64().unwrap() - 0.5).abs() < 1e-9);
}

#[test]
fn what_is_no_collection_is_said() {
    let session = collection();
    session.write("empty/queries.jsonl", "");
    let said = |args: &[&str]| {
        let answer = session.run(args);
        assert_eq!(answer.code, 2, "{answer:?}");
        answer.err
    };
    assert!(said(&["eval", "empty"]).contains("holds no corpus.jsonl"));
    assert!(said(&["eval"]).contains("nothing to measure"));
    assert!(said(&["eval", "small", "--split", "dev"]).contains("judgements of that split"));
    session.write("small/qrels/dev.tsv", "1\ta\tone\n1\ta\ttwo\n");
    assert!(said(&["eval", "small", "--split", "dev"]).contains("dev.tsv:2: \"two\" is no grade"));
}

#[test]
fn known_works_are_asked_for() {
    let session = Session::with_records(RECORDS);
    let args = ["eval", "--known-items", "100", "--index", "index", "--json"];
    let answer = session.json(&args);
    let rows = answer["rows"].as_array().unwrap();
    let by_name = |name: &str| -> &Value { rows.iter().find(|row| row["name"] == name).unwrap() };
    assert_eq!(by_name("title")["n"], 8);
    assert_eq!(by_name("title")["measures"]["first"], 1.0);
    assert_eq!(session.json(&args)["rows"], answer["rows"]);
}
