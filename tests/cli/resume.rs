//! Files that are as they were, signals, dry runs, strict ones.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::thread;
use std::time::Duration;

use expect_test::expect;
use serde_json::Value;

use crate::corpus::{self, RECORDS};
use crate::session::{Session, signal};

const BAD: &str = "{\"id\":\"a\",\"title\":\"A\"}\nnot json\n{\"id\":\"b\",\"title\":\"B\"}\n";

fn counts(report: &Value, keys: &[&str]) -> Vec<u64> {
    keys.iter()
        .map(|key| {
            report[key]
                .as_u64()
                .unwrap_or_else(|| panic!("{key}: {report}"))
        })
        .collect()
}

#[test]
fn files_that_have_not_changed_are_left_out() {
    let session = Session::empty();
    session.write("d/a.jsonl", RECORDS);
    session.write("d/b.jsonl", BAD);
    let args = ["ingest", "--index", "i", "d", "--json"];
    let keys = ["read", "files", "unchanged_files", "unchanged", "rejected"];
    assert_eq!(counts(&session.json(&args), &keys), [11, 2, 0, 0, 1]);
    assert_eq!(counts(&session.json(&args), &keys), [0, 0, 2, 0, 0]);
    let answer = session.run(&["ingest", "--index", "i", "d"]);
    assert_eq!(answer.code, 0);
    assert!(
        answer.out.contains("\n0 files, 2 unchanged, 0 B in "),
        "{answer:?}"
    );
    session.write("d/b.jsonl", format!("{BAD}{{\"title\":\"C\"}}\n"));
    assert_eq!(counts(&session.json(&args), &keys), [4, 1, 1, 2, 1]);
    let again = [&args[..], &["--again"]].concat();
    assert_eq!(counts(&session.json(&again), &keys), [12, 2, 0, 11, 1]);
    // The totals are those of the last reading of each.
    let stats = session.json(&["stats", "--index", "i", "--json", "--files"]);
    let keys = ["read", "n_files", "partial_files", "failed_files"];
    assert_eq!(counts(&stats["sources"], &keys), [12, 2, 0, 0]);
    let files = stats["sources"]["files"].as_array().unwrap();
    assert!(files[1]["file"].as_str().unwrap().ends_with("/d/b.jsonl"));
    assert_eq!(files[1]["format"], "JSON Lines");
}

#[test]
fn what_is_no_format_is_said_to_be_none() {
    let session = Session::empty();
    session.write("d/a.jsonl", BAD);
    session.write("d/notes", "Some words.\n");
    let skipped = "d/notes\n    skipped: of no known format\n";
    let args = ["ingest", "--index", "i", "d", "--files"];
    let answer = session.run(&args);
    assert!(answer.out.contains(skipped), "{answer:?}");
    assert!(answer.out.contains("\n1 file, 1 skipped, "), "{answer:?}");
    let stats = session.run(&["stats", "--index", "i", "--files"]).out;
    assert!(stats.contains("made of 1 file\n"), "{stats}");
    assert!(stats.contains(skipped), "{stats}");
    let again = session.run(&args).out;
    assert!(
        again.contains("d/notes\n    unchanged since it was read\n"),
        "{again}"
    );
    // A dry run has no list of rejects that an input could be.
    session.write("rejects.jsonl", BAD);
    let args = ["ingest", "--dry-run", "rejects.jsonl"];
    assert_eq!(session.run(&args).code, 0);
}

#[test]
fn the_index_itself_is_no_input() {
    let session = Session::empty();
    session.write("a.jsonl", BAD);
    let args = ["ingest", "--index", "i", ".", "--json"];
    let keys = ["read", "files", "unchanged_files", "skipped_files"];
    assert_eq!(counts(&session.json(&args), &keys), [3, 1, 0, 0]);
    // Now there are a ledger and rejects in it.
    assert_eq!(counts(&session.json(&args), &keys), [0, 0, 1, 0]);
}

#[test]
fn strict_stops_at_the_first_reject_every_time() {
    let session = Session::empty();
    session.write("a.jsonl", BAD);
    session.write("b.jsonl", RECORDS);
    let args = ["ingest", "--index", "i", "a.jsonl", "b.jsonl", "--json"];
    let strict = [&args[..], &["--strict"]].concat();
    for n_indexed in [1, 0] {
        let answer = session.run(&strict);
        assert_eq!(answer.code, 1, "{answer:?}");
        assert!(
            answer
                .err
                .starts_with("abs-search: a.jsonl:2: malformed JSON")
        );
        assert!(
            answer
                .err
                .ends_with("stopped at the first reject, as --strict asks\n")
        );
        let report = serde_json::from_str(&answer.out).unwrap();
        let keys = ["read", "indexed", "rejected"];
        assert_eq!(counts(&report, &keys), [2, n_indexed, 1]);
        // What was read before is there.
        assert_eq!(
            session.json(&["stats", "--index", "i", "--json"])["n_records"],
            1
        );
    }
    // Without it the rest is read, and the whole file accounted for.
    let report = session.json(&args);
    assert_eq!(counts(&report, &["read", "rejected", "files"]), [11, 1, 2]);
    let list = fs::read_to_string(session.path("i/rejects.jsonl")).unwrap();
    assert_eq!(list.lines().count(), 1);
    // A file that is known to have rejects is no good to it either.
    assert_eq!(session.run(&strict).code, 1);
    session.write("a.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n");
    assert_eq!(session.run(&strict).code, 0);
}

#[test]
fn a_dry_run_touches_nothing() {
    let session = Session::empty();
    session.write(
        "a.jsonl",
        format!("{BAD}{RECORDS}{{\"id\":\"a\",\"title\":\"A\"}}\n"),
    );
    let before = fs::read_dir(session.path(".")).unwrap().count();
    let answer = session.run(&["ingest", "--dry-run", "--files", "a.jsonl"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let lines: Vec<&str> = answer.out.lines().collect();
    let account =
        "read 12 = indexed 10 + updated 0 + unchanged 0 + duplicate 1 + deleted 0 + rejected 1";
    assert_eq!(lines[0], "a.jsonl");
    assert_eq!(lines[1], format!("    done, JSON Lines: {account}"));
    assert_eq!(lines[2], account);
    assert_eq!(lines[4], "a dry run: nothing is written");
    assert!(
        answer
            .err
            .starts_with("abs-search: a.jsonl:2: malformed JSON"),
        "{answer:?}"
    );
    assert_eq!(fs::read_dir(session.path(".")).unwrap().count(), before);
    // A list where one is asked for.
    let args = ["ingest", "--dry-run", "a.jsonl", "--rejects", "r", "--json"];
    let report = session.json(&args);
    assert_eq!(
        (&report["index"], &report["rejects"]),
        (&Value::Null, &"r".into())
    );
    let list = fs::read_to_string(session.path("r")).unwrap();
    assert_eq!(list.lines().count(), 1);
}

#[test]
fn columns_are_named() {
    let session = Session::empty();
    session.write(
        "t.csv",
        "nr,Betreff,Inhalt,Wer\n1,Ein Titel,Ein Text,\"Lu, Lewei\"\n",
    );
    assert_eq!(session.run(&["ingest", "--index", "i", "t.csv"]).code, 2);
    let map = "title=Betreff,abstract=Inhalt,authors=Wer";
    let args = ["ingest", "--index", "j", "t.csv", "--map", map];
    assert_eq!(session.run(&args).code, 0);
    assert_eq!(
        session.titles(&["--index", "j", "text", "au:lu"]),
        ["Ein Titel"]
    );
    // The same file with other names is read again.
    let args = [
        "ingest",
        "--index",
        "j",
        "t.csv",
        "--json",
        "--map",
        "title=Inhalt",
    ];
    assert_eq!(session.json(&args)["read"], 1);
    session.check(
        &["ingest", "--index", "j", "t.csv", "--map", "colour=x"],
        expect![[r#"
            exit 2
            --- stderr
            abs-search: cannot ingest into j: there is no field `colour` (id, title, abstract, authors, date, venue, categories, keywords, doi, arxiv, pmid, url, language)
        "#]],
    );
}

#[test]
fn languages_and_versions_have_one_name() {
    let session = Session::with_records(concat!(
        "{\"id\":\"2401.00001v1\",\"title\":\"First\",\"language\":\"English\"}\n",
        "{\"id\":\"2401.00001v2\",\"title\":\"Second\",\"language\":\"eng\"}\n",
        "{\"id\":\"x\",\"title\":\"Third\",\"language\":\"en-GB\"}\n",
    ));
    assert_eq!(
        session.json(&["show", "2401.00001", "--json"])["title"],
        "Second"
    );
    for name in ["en", "eng", "English"] {
        let answer = session.run(&["count", &format!("lang:{name}")]);
        assert_eq!(answer.out, "2\n", "{name}");
    }
}

/// Waits until an ingest has come so far, by its ledger.
fn wait_for_ledger(session: &Session, index: &str) {
    for _ in 0..600 {
        let ledger = fs::read_to_string(session.path(index).join("ledger.jsonl"));
        if ledger.is_ok_and(|ledger| ledger.contains("partial")) {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("the ingest does not come on");
}

#[test]
fn a_signal_commits_what_is_read_and_says_how_to_go_on() {
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        let session = Session::empty();
        session.write("a.jsonl", corpus::generated(30_000).join("\n"));
        let args = [
            "ingest",
            "--index",
            "i",
            "a.jsonl",
            "--json",
            "--commit-every",
            "300",
        ];
        let child = session.command(&args).spawn().unwrap();
        wait_for_ledger(&session, "i");
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        let part: Value = serde_json::from_slice(&output.stdout).unwrap();
        let read = part["read"].as_u64().unwrap();
        assert!((300..30_000).contains(&read), "{read}");
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "abs-search: stopped: what was read is in the index; run the same command again to \
             go on from there\n"
        );
        let stats = session.json(&["stats", "--index", "i", "--json"]);
        assert_eq!(stats["n_records"], read);
        assert_eq!(stats["sources"]["unfinished"], true);
        let answer = session.run(&["stats", "--index", "i"]);
        assert!(
            answer.out.contains("the last ingest was broken off"),
            "{answer:?}"
        );

        let answer = session.run(&["ingest", "--index", "i", "a.jsonl", "--json"]);
        assert_eq!(answer.err, "going on with an ingest that was broken off\n");
        let whole: Value = serde_json::from_str(&answer.out).unwrap();
        assert_eq!(counts(&whole, &["read", "indexed"]), [30_000, 30_000]);
        assert_eq!(whole["resumed"], true);
    }
}

#[test]
fn a_stream_that_is_silent_can_be_stopped() {
    let session = Session::empty();
    let args = [
        "ingest",
        "--index",
        "i",
        "-",
        "--commit-every",
        "500",
        "--json",
    ];
    let mut child = session
        .command(&args)
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // More than the head that its format is told by.
    for line in corpus::generated(2_000) {
        writeln!(stdin, "{line}").unwrap();
    }
    stdin.flush().unwrap();
    wait_for_ledger(&session, "i");
    signal(&child, "-TERM");
    let mut err = String::new();
    BufReader::new(child.stderr.take().unwrap())
        .read_line(&mut err)
        .unwrap();
    assert!(
        err.contains("standard input cannot be gone on with"),
        "{err}"
    );
    assert_eq!(child.wait().unwrap().code(), Some(143));
    drop(stdin);
    let n_records = session.json(&["stats", "--index", "i", "--json"])["n_records"].as_u64();
    assert!(n_records.unwrap() > 0);
}
