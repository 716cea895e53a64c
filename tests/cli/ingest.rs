//! What goes in is accounted for, whatever it is packed in.

use std::fs;
use std::io::Write;

use expect_test::expect;
use serde_json::Value;

use crate::corpus::{self, RECORDS};
use crate::session::Session;

/// Two good records, one of them twice, one newer, and three that are none.
const MIXED: &str = r#"{"id":"m:1","title":"First"}
{"id":"m:2","title":"Second"}
{"id":"m:1","title":"First"}
{"id":"m:2","title":"Second, revised"}
{"id":"m:3"}
{"title":
[1, 2]
"#;

#[track_caller]
fn check_account(report: &Value, expected: [u64; 6]) {
    let count = |key: &str| report[key].as_u64().unwrap();
    let keys = [
        "read",
        "indexed",
        "updated",
        "unchanged",
        "duplicate",
        "rejected",
    ];
    assert_eq!(keys.map(count), expected, "{report}");
    let parts: u64 = keys[1..].iter().map(|key| count(key)).sum();
    assert_eq!(count("read"), parts);
}

#[test]
fn every_line_is_counted_once_and_rejects_are_listed() {
    let session = Session::empty();
    session.write("mixed.jsonl", MIXED);
    let report = session.json(&["ingest", "--index", "i", "mixed.jsonl", "--json"]);
    check_account(&report, [7, 2, 1, 0, 1, 3]);
    let path = report["rejects"].as_str().unwrap();
    assert_eq!(path, "i/rejects.jsonl");
    let list = fs::read_to_string(session.path(path)).unwrap();
    expect![[r#"
        {"file":"mixed.jsonl","line":5,"reason":"has neither a title nor an abstract","excerpt":"{\"id\":\"m:3\"}"}
        {"file":"mixed.jsonl","line":6,"reason":"malformed JSON at column 9: EOF while parsing a value","excerpt":"{\"title\":"}
        {"file":"mixed.jsonl","line":7,"reason":"not a JSON object","excerpt":"[1, 2]"}
    "#]].assert_eq(&list);
    // What is said of another file stays.
    session.write("good.jsonl", RECORDS);
    let report = session.json(&["ingest", "--index", "i", "good.jsonl", "--json"]);
    check_account(&report, [8, 8, 0, 0, 0, 0]);
    assert_eq!(report["rejects"], Value::Null);
    assert_eq!(fs::read_to_string(session.path(path)).unwrap(), list);
    // Read again, it has none.
    session.write("mixed.jsonl", RECORDS);
    let report = session.json(&["ingest", "--index", "i", "mixed.jsonl", "--json"]);
    check_account(&report, [8, 0, 0, 8, 0, 0]);
    assert!(!session.path(path).exists());
}

#[test]
fn rejects_go_where_they_are_asked_to() {
    let session = Session::empty();
    session.write("mixed.jsonl", MIXED);
    let args = [
        "ingest",
        "--index",
        "i",
        "mixed.jsonl",
        "--rejects",
        "r.txt",
    ];
    let answer = session.run(&args);
    assert_eq!(answer.code, 0, "{answer:?}");
    let list = fs::read_to_string(session.path("r.txt")).unwrap();
    assert_eq!(list.lines().count(), 3);
    assert!(answer.out.contains("rejects are listed in r.txt"));
}

#[test]
fn the_summary_for_people() {
    let session = Session::empty();
    session.write("mixed.jsonl", MIXED);
    let answer = session.run(&["ingest", "--index", "i", "mixed.jsonl"]);
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!(
        lines[0],
        "read 7 = indexed 2 + updated 1 + unchanged 0 + duplicate 1 + deleted 0 + rejected 3"
    );
    assert!(lines[1].starts_with("1 file, "), "{answer:?}");
    assert!(lines[1].contains(" records/s, "), "{answer:?}");
    assert!(lines[2].starts_with("index i, "), "{answer:?}");
    assert_eq!(lines[3], "rejects are listed in i/rejects.jsonl");
    // No terminal, no progress.
    assert_eq!(answer.err, "");
}

#[test]
fn packed_files_and_standard_input_read_alike() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(RECORDS.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(RECORDS.as_bytes(), 1).unwrap();
    for (name, bytes) in [
        ("a.jsonl", RECORDS.as_bytes()),
        ("a.jsonl.gz", &gzip),
        ("a.jsonl.zst", &zstd),
    ] {
        let session = Session::empty();
        session.write(name, bytes);
        let report = session.json(&["ingest", "--index", "i", name, "--json"]);
        check_account(&report, [8, 8, 0, 0, 0, 0]);
        assert_eq!(report["source_bytes"], bytes.len() as u64, "{name}");

        let answer = session.run_with(&["ingest", "--index", "j", "-", "--json"], bytes);
        assert_eq!(answer.code, 0, "{answer:?}");
        check_account(
            &serde_json::from_str(&answer.out).unwrap(),
            [8, 8, 0, 0, 0, 0],
        );
        let args = ["reward", "--index", "j"];
        assert_eq!(session.ids(&args).len(), 3, "{name}");
    }
}

#[test]
fn a_file_that_breaks_off_leaves_what_was_read() {
    let session = Session::empty();
    let zstd = zstd::encode_all(RECORDS.as_bytes(), 1).unwrap();
    session.write("cut.jsonl.zst", &zstd[..zstd.len() - 10]);
    session.write("good.jsonl", r#"{"id":"good","title":"Good"}"#);
    let answer = session.run(&["ingest", "--index", "i", "cut.jsonl.zst", "good.jsonl"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(
        answer.err.starts_with("abs-search: cut.jsonl.zst:byte "),
        "{answer:?}"
    );
    assert!(answer.out.contains(", 1 failed, "), "{answer:?}");
    assert_eq!(session.run(&["show", "good", "--index", "i"]).code, 0);
}

#[test]
fn a_missing_file_does_not_stop_the_others() {
    let session = Session::empty();
    session.write("good.jsonl", RECORDS);
    let answer = session.run(&["ingest", "--index", "i", "nowhere.jsonl", "good.jsonl"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains("no such file or folder"), "{answer:?}");
    assert!(answer.out.starts_with("read 8 = indexed 8 "), "{answer:?}");
}

#[test]
fn records_without_an_id_keep_theirs() {
    let session = Session::empty();
    session.write(
        "a.jsonl",
        "{\"title\":\"No id\",\"abstract\":\"None at all.\"}\n",
    );
    let first = session.json(&["ingest", "--index", "i", "a.jsonl", "--json"]);
    check_account(&first, [1, 1, 0, 0, 0, 0]);
    let again = session.json(&["ingest", "--index", "i", "a.jsonl", "--again", "--json"]);
    check_account(&again, [1, 0, 0, 1, 0, 0]);
    let ids = session.ids(&["--index", "i", "none"]);
    assert!(ids[0].starts_with("abs:"), "{ids:?}");
}

#[test]
fn records_are_shown_by_any_of_their_ids() {
    let session = corpus::session();
    for (asked, id) in [
        ("t:1", "t:1"),
        ("T:1", "t:1"),
        ("10.1000/alpha.1", "t:1"),
        ("2501.00001", "t:6"),
        ("123456", "t:7"),
    ] {
        let record = session.json(&["show", asked, "--json"]);
        assert_eq!(record["id"], id, "{asked}");
    }
    session.check(
        &["show", "t:1"],
        expect![[r#"
        exit 0
        Deep reward learning
        Müller, Jörg; Lu, Lewei

        id          t:1
        date        2019
        venue       Journal of Tests
        categories  cs.LG
        doi         10.1000/alpha.1

        Reward models are trained. They guide search in naïve settings.
    "#]],
    );
    session.check(
        &["show", "t:99"],
        expect![[r#"
        exit 1
        --- stderr
        abs-search: no record has the id t:99: hits print theirs in the line below the authors
    "#]],
    );
}
