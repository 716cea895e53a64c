//! Records leave the index, and make room.

use expect_test::expect;

use crate::corpus;
use crate::session::Session;

#[test]
fn deleted_records_are_gone_until_they_are_read_again() {
    let session = corpus::session();
    session.check(
        &["delete", "t:1", "123456", "nothing", "--index", "index"],
        expect![[r#"
            exit 1
            deleted 2
            --- stderr
            abs-search: no record has the id nothing
        "#]],
    );
    assert_eq!(session.json(&["stats", "--json"])["n_records"], 6);
    assert_eq!(session.run(&["show", "t:1"]).code, 1);
    // The file has not changed.
    let args = ["ingest", "records.jsonl", "--index", "index", "--json"];
    assert_eq!(session.json(&args)["read"], 0);
    assert_eq!(session.json(&["stats", "--json"])["n_records"], 6);
    let again = session.json(&[&args[..], &["--again"]].concat());
    assert_eq!(
        (&again["indexed"], &again["unchanged"]),
        (&2.into(), &6.into())
    );
    assert_eq!(session.run(&["show", "t:1"]).code, 0);
}

#[test]
fn optimize_leaves_one_segment_and_no_deleted_records() {
    let session = Session::empty();
    session.write("records.jsonl", corpus::RECORDS);
    session.write("more.jsonl", "{\"id\":\"t:2\",\"title\":\"Newer\"}\n");
    for file in ["records.jsonl", "more.jsonl"] {
        session.run(&["ingest", file, "--index", "index", "--threads", "1"]);
    }
    let before = session.json(&["stats", "--json", "--files"]);
    assert_eq!(before["n_segments"], 2);
    let ids = session.ids(&["reward"]);
    let answer = session.run(&["optimize", "--index", "index"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(
        answer
            .out
            .starts_with("segments 2 to 1, deleted records 1 to 0, bytes "),
        "{answer:?}"
    );
    let after = session.json(&["stats", "--json", "--files"]);
    assert_eq!(after["n_segments"], 1);
    // The ledger is as it was.
    assert_eq!(after["sources"], before["sources"]);
    assert_eq!(session.ids(&["reward"]), ids);
    let args = [
        "ingest",
        "records.jsonl",
        "more.jsonl",
        "--index",
        "index",
        "--json",
    ];
    assert_eq!(session.json(&args)["unchanged_files"], 2);
    session.check(
        &["optimize", "--index", "nowhere"],
        expect![[r#"
            exit 2
            --- stderr
            abs-search: cannot optimize the index in nowhere: there is no index in nowhere
        "#]],
    );
}
