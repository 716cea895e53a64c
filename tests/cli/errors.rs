//! Errors say what was attempted, what went wrong, and what to do.

use std::fs;

use expect_test::expect;

use crate::corpus;
use crate::session::Session;

#[test]
fn no_index() {
    Session::empty().check(&["--index", "nowhere", "reward"], expect![[r#"
        exit 2
        --- stderr
        abs-search: cannot search: there is no index in nowhere: make one with `abs-search ingest --index nowhere FILE`, FILE being JSON Lines with title, authors and abstract (.jsonl, also .gz and .zst), or name another with --index DIR
    "#]]);
}

#[test]
fn no_query() {
    Session::empty().check(&["search"], expect![[r#"
        exit 2
        --- stderr
        abs-search: cannot search for nothing: say what to look for, such as `abs-search reward model`, or ask for all records with --facet or a filter such as --author
    "#]]);
    Session::empty().check(&["--", " "], expect![[r#"
        exit 2
        --- stderr
        abs-search: cannot search for nothing: say what to look for, such as `abs-search reward model`, or ask for all records with --facet or a filter such as --author
    "#]]);
}

#[test]
fn no_arguments() {
    let answer = Session::empty().run(&[]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.starts_with("Full-text search"), "{answer:?}");
    assert!(answer.out.is_empty());
}

#[test]
fn unknown_option() {
    Session::empty().check(
        &["reward", "--limits", "3"],
        expect![[r#"
        exit 2
        --- stderr
        error: unexpected argument '--limits' found

          tip: a similar argument exists: '--limit'

        Usage: abs-search search --limit <N> <QUERY>...

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn an_exclusion_outside_the_query() {
    Session::empty().check(
        &["reward", "-model"],
        expect![[r#"
            exit 2
            --- stderr
            error: unexpected argument '-m' found

              tip: to exclude a word, quote the query ('reward -model') or put `--` before it

            Usage: abs-search search [OPTIONS] [QUERY]...

            For more information, try '--help'.
        "#]],
    );
}

#[test]
fn unknown_topic() {
    Session::empty().check(&["help", "nothing"], expect![[r#"
        exit 2
        --- stderr
        abs-search: there is no help on nothing: topics are syntax, search, ingest, harvest, update, export, delete, optimize, check, facet, show, count, stats, parse, eval, help
    "#]]);
}

#[test]
fn pages_beyond_bounds() {
    let session = corpus::session();
    session.check(&["reward", "-n", "18446744073709551616"], expect![[r#"
        exit 2
        --- stderr
        error: invalid value '18446744073709551616' for '--limit <N>': number too large to fit in target type

        For more information, try '--help'.
    "#]]);
    session.check(
        &["reward", "--offset", "18446744073709551615"],
        expect![[r#"
            exit 2
            --- stderr
            error: invalid value '18446744073709551615' for '--offset <N>': 18446744073709551615 is not in 0..=100000

            For more information, try '--help'.
        "#]],
    );
    session.check(&["reward", "-n", "100000", "--offset", "1"], expect![[r#"
        exit 2
        --- stderr
        abs-search: cannot search: offset and limit together may reach 100000, 100001 was asked for: narrow the query instead
    "#]]);
    let most = session.run(&["reward", "-n", "100000"]);
    assert_eq!(most.code, 0, "{most:?}");
}

#[test]
fn facets_are_no_hits() {
    let session = corpus::session();
    session.check(
        &["reward", "--format", "jsonl", "--facet", "year"],
        expect![[r#"
            exit 2
            --- stderr
            abs-search: cannot put facets into JSON lines, which are hits: use --json
        "#]],
    );
    session.check(
        &["facet", "title", "reward"],
        expect![[r#"
        exit 2
        --- stderr
        error: invalid value 'title' for '<FIELD>'
          [possible values: author, year, venue, cat]

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn an_index_of_another_version() {
    let session = corpus::session();
    let stamp = session.path("index/abs-search.json");
    let mut value: serde_json::Value = serde_json::from_slice(&fs::read(&stamp).unwrap()).unwrap();
    value["schema_version"] = 0.into();
    value["made_by"] = "abs-search 0.0.1".into();
    fs::write(&stamp, value.to_string()).unwrap();
    let answer = session.run(&["reward"]);
    assert_eq!(answer.code, 2);
    for part in [
        "abs-search: cannot search: the index in index has schema version 0",
        "build it again",
        "abs-search 0.0.1",
    ] {
        assert!(answer.err.contains(part), "{answer:?}");
    }
    let answer = session.run(&["ingest", "records.jsonl", "--index", "index"]);
    assert_eq!(answer.code, 2, "{answer:?}");
}

#[test]
fn an_index_of_another_make_and_a_damaged_one() {
    let session = corpus::session();
    fs::write(session.path("index/abs-search.json"), "{").unwrap();
    let answer = session.run(&["reward"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("is damaged"), "{answer:?}");
    fs::remove_file(session.path("index/abs-search.json")).unwrap();
    let answer = session.run(&["reward"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("did not make"), "{answer:?}");
}

#[test]
fn nothing_to_ingest() {
    let session = Session::empty();
    session.check(
        &["ingest", "--index", "i", "nowhere.jsonl"],
        expect![[r#"
        exit 2
        --- stderr
        abs-search: nowhere.jsonl: no such file or folder
        abs-search: cannot ingest into i: none of the files can be read
    "#]],
    );
    fs::create_dir(session.path("empty")).unwrap();
    session.check(
        &["ingest", "--index", "i", "empty"],
        expect![[r#"
        exit 2
        --- stderr
        abs-search: cannot ingest into i: there is no file to read in what was named
    "#]],
    );
    assert!(!session.path("i").exists());
}

#[test]
fn numbers_that_make_no_sense() {
    let session = Session::empty();
    session.check(&["ingest", "--memory", "much", "x"], expect![[r#"
        exit 2
        --- stderr
        error: invalid value 'much' for '--memory <SIZE>': a size is a number with a unit, such as 1GB or 512MB

        For more information, try '--help'.
    "#]]);
    session.check(
        &["ingest", "--threads", "0", "x"],
        expect![[r#"
        exit 2
        --- stderr
        error: invalid value '0' for '--threads <N>': 0 is not in 1..=64

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn rejects_never_overwrite_an_input() {
    let session = Session::empty();
    session.write("a.jsonl", corpus::RECORDS);
    let args = [
        "ingest",
        "--index",
        "i",
        "a.jsonl",
        "--rejects",
        "./a.jsonl",
    ];
    let answer = session.run(&args);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("cannot take the rejects"), "{answer:?}");
    let kept = fs::read_to_string(session.path("a.jsonl")).unwrap();
    assert_eq!(kept, corpus::RECORDS);
}

#[test]
fn deep_nesting_and_long_queries_are_only_queries() {
    let session = corpus::session();
    for query in [
        "(".repeat(100_000),
        format!("{}reward{}", "(".repeat(5_000), ")".repeat(5_000)),
        "NOT ".repeat(20_000),
        "title:".repeat(20_000),
        "\"".repeat(100_001),
    ] {
        let answer = session.run(&["count", "--quiet", "--", &query]);
        assert!(answer.code < 2, "{:.30}: {answer:?}", query);
    }
}
