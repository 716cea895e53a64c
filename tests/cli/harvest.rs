//! Harvesting from a server on this machine.

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::archive::{Archive, PAGE, Reply, error, page_of};
use crate::session::{Answer, Session};

/// Runs a harvest without pauses.
fn harvest(session: &Session, archive: &Archive, more: &[&str]) -> Answer {
    let args = [
        "harvest",
        "arxiv",
        "--url",
        &archive.url,
        "--index",
        "i",
        "--pause",
        "0",
    ];
    session.run(&[&args, more].concat())
}

fn update(session: &Session) -> Answer {
    session.run(&["update", "--index", "i", "--pause", "0", "--json"])
}

fn report(answer: &Answer) -> Value {
    serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{answer:?}"))
}

#[track_caller]
fn check_account(report: &Value, expected: [u64; 5]) {
    let count = |key: &str| report[key].as_u64().unwrap();
    let keys = ["read", "indexed", "unchanged", "deleted", "rejected"];
    assert_eq!(keys.map(count), expected, "{report}");
    let parts = [
        "indexed",
        "updated",
        "unchanged",
        "duplicate",
        "deleted",
        "rejected",
    ];
    assert_eq!(count("read"), parts.map(count).iter().sum::<u64>());
}

#[test]
fn records_come_page_by_page_and_then_what_is_new() {
    let archive = Archive::start(|asked, n_before| match (asked, n_before) {
        ("metadataPrefix=arXiv&set=cs&from=2020-01-01", 0) => Reply::Status(503, "1"),
        ("metadataPrefix=arXiv&set=cs&from=2020-01-01", 1) => Reply::Page(PAGE.to_owned()),
        ("resumptionToken=6511260%7C1001", _) => Reply::Page(page_of("", 2, 5)),
        (_, 4) => Reply::Page(error("noRecordsMatch", "Nothing.")),
        _ => Reply::Page(page_of("", 3, 5)),
    });
    let session = Session::empty();
    let more = ["--set", "cs", "--from", "2020", "--json"];
    let answer = harvest(&session, &archive, &more);
    assert_eq!((answer.code, &*answer.err), (0, ""), "{answer:?}");
    let first = report(&answer);
    check_account(&first, [5, 4, 0, 1, 0]);
    assert_eq!(
        (&first["pages"], &first["requests"]),
        (&2.into(), &3.into())
    );
    assert_eq!(
        (&first["done"], &first["reached"]),
        (&true.into(), &"2020-01-01".into())
    );
    assert_eq!(
        session.ids(&["--index", "i", "bounds"]),
        ["arXiv:2001.99999"]
    );
    let seal = ["--index", "i", "title:\"speech embedding alignment\""];
    assert_eq!(session.ids(&seal), ["arXiv:2401.00001"]);

    // The first page was of 2020: from its day on, as later ones may be wrong.
    let answer = update(&session);
    assert_eq!(answer.code, 0, "{answer:?}");
    check_account(&report(&answer), [3, 1, 2, 0, 0]);
    let answer = update(&session);
    assert_eq!(answer.code, 0, "{answer:?}");
    check_account(&report(&answer), [0, 0, 0, 0, 0]);
    let requests = archive.requests();
    assert_eq!(requests[3], "metadataPrefix=arXiv&set=cs&from=2020-01-01");
    assert_eq!(requests[4], "metadataPrefix=arXiv&set=cs&from=2024-01-01");
}

/// Records in the index, and how many of them are different.
fn n_records(session: &Session) -> (u64, usize) {
    let stats = session.json(&["stats", "--index", "i", "--json"]);
    let args = ["--index", "i", "-n", "1000", "cat:cs.CV"];
    let mut ids = session.ids(&args);
    ids.sort_unstable();
    ids.dedup();
    (stats["n_records"].as_u64().unwrap(), ids.len())
}

/// Starts a harvest, waits until the server has had so many requests, and, if
/// asked to, until something is saved; then kills it.
fn kill_in_the_middle(session: &Session, archive: &Archive, n_requests: usize, saved: bool) {
    let args = [
        "harvest",
        "arxiv",
        "--url",
        &archive.url,
        "--index",
        "i",
        "--pause",
        "0",
    ];
    let mut child = session.command(&args).spawn().unwrap();
    archive.wait_for(n_requests);
    while saved && !session.path("i/harvest.json").exists() {
        thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_killed_harvest_goes_on_with_the_last_token_that_is_safe() {
    let archive = Archive::start(|asked, n_before| match n_before {
        // A wait as long as this is a time to save, and to be killed in.
        2 => Reply::Status(503, "100"),
        _ => Reply::Page(page_of(asked, 95, 20)),
    });
    let session = Session::empty();
    kill_in_the_middle(&session, &archive, 3, true);
    assert_eq!(n_records(&session), (40, 40));
    let answer = harvest(&session, &archive, &["--json"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.err.contains("going on"), "{answer:?}");
    check_account(&report(&answer), [55, 55, 0, 0, 0]);
    assert_eq!(n_records(&session), (95, 95));
    let requests = archive.requests();
    assert_eq!(
        requests[2..4],
        ["resumptionToken=at%7C40", "resumptionToken=at%7C40"]
    );
    assert_eq!(requests.len(), 6);
}

#[test]
fn a_harvest_killed_before_anything_was_safe_begins_anew() {
    let archive = Archive::start(|asked, n_before| match n_before {
        3 => Reply::Silence,
        _ => Reply::Page(page_of(asked, 95, 20)),
    });
    let session = Session::empty();
    kill_in_the_middle(&session, &archive, 4, false);
    let answer = harvest(&session, &archive, &["--json"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    check_account(&report(&answer), [95, 95, 0, 0, 0]);
    assert_eq!(n_records(&session), (95, 95));
    assert_eq!(archive.requests()[4], "metadataPrefix=arXiv");
}

#[test]
fn an_answer_that_stays_broken_is_named_and_what_came_before_is_kept() {
    let archive = Archive::start(|asked, n_before| {
        let page = page_of(asked, 50, 20);
        match n_before {
            1 => Reply::Page(page[..page.len() / 2].to_owned()),
            3 => Reply::Page("<html><body>Sorry</body></html>".to_owned()),
            5 => Reply::Status(500, ""),
            _ => Reply::Page(page),
        }
    });
    let session = Session::empty();
    let answer = harvest(&session, &archive, &["--max-wait", "0", "--json"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains("resumptionToken=at%7C20"), "{answer:?}");
    assert!(answer.err.contains("cut short"), "{answer:?}");
    let first = report(&answer);
    check_account(&first, [20, 20, 0, 0, 0]);
    assert_eq!(first["done"], false);
    assert!(first["error"].as_str().unwrap().contains("cut short"));
    assert_eq!(n_records(&session), (20, 20));
    // The next run begins with that page.
    let answer = harvest(&session, &archive, &["--limit", "5", "--json"]);
    check_account(&report(&answer), [5, 5, 0, 0, 0]);
    let answer = harvest(&session, &archive, &["--max-wait", "0"]);
    assert_eq!(answer.code, 2, "{answer:?}");
    assert!(
        answer.err.contains("it starts with: <html><body>Sorry"),
        "{answer:?}"
    );
    let answer = harvest(&session, &archive, &["--json"]);
    check_account(&report(&answer), [30, 25, 5, 0, 0]);
    assert_eq!(n_records(&session), (50, 50));
}

#[test]
fn what_a_server_refuses_is_one_message() {
    let archive = Archive::start(|_, _| Reply::Page(error("badArgument", "Set does not exist")));
    let session = Session::empty();
    let answer = harvest(&session, &archive, &["--set", "x"]);
    assert_eq!((answer.code, &*answer.out), (2, ""), "{answer:?}");
    assert_eq!(answer.err.lines().count(), 1, "{answer:?}");
    assert!(
        answer
            .err
            .ends_with("refuses: badArgument: Set does not exist\n"),
        "{answer:?}"
    );
    assert!(!session.path("i").exists());
    assert_eq!(archive.requests().len(), 1);
}

#[test]
fn a_dry_run_writes_nothing() {
    let archive = Archive::start(|asked, _| Reply::Page(page_of(asked, 30, 20)));
    let session = Session::empty();
    let answer = harvest(
        &session,
        &archive,
        &["--dry-run", "--limit", "25", "--json"],
    );
    assert_eq!(answer.code, 0, "{answer:?}");
    let first = report(&answer);
    check_account(&first, [25, 25, 0, 0, 0]);
    assert_eq!(
        (&first["index"], &first["done"]),
        (&Value::Null, &false.into())
    );
    assert!(!session.path("i").exists());
}

#[test]
fn rejects_are_listed_with_the_page_they_are_on() {
    let archive = Archive::start(|asked, _| {
        let page = page_of(asked, 12, 20);
        Reply::Page(page.replace(
            "<title>Part 10 of a list</title>",
            "<title>Part <b 10</title>",
        ))
    });
    let session = Session::empty();
    let answer = harvest(&session, &archive, &[]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!(
        lines[0],
        "read 12 = indexed 11 + updated 0 + unchanged 0 + duplicate 0 + deleted 0 + rejected 1"
    );
    assert_eq!(
        lines[2],
        "complete up to 2024-01-02; `abs-search update` asks for more"
    );
    assert_eq!(lines[4], "rejects are listed in i/harvest-rejects.jsonl");
    let list = fs::read_to_string(session.path("i/harvest-rejects.jsonl")).unwrap();
    let reject: Value = serde_json::from_str(list.trim_end()).unwrap();
    let url = format!("{}?verb=ListRecords&metadataPrefix=arXiv", archive.url);
    assert_eq!(reject["file"], url);
    assert!(reject["reason"].as_str().unwrap().contains("malformed XML"));
}

#[test]
fn an_update_needs_a_harvest_and_a_closed_one_needs_no_update() {
    let session = Session::empty();
    let answer = update(&session);
    assert_eq!(answer.code, 2, "{answer:?}");
    assert!(
        answer.err.contains("start with `abs-search harvest arxiv"),
        "{answer:?}"
    );

    let archive = Archive::start(|asked, _| Reply::Page(page_of(asked, 12, 20)));
    let answer = harvest(&session, &archive, &["--until", "2024-01"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(
        archive.requests(),
        ["metadataPrefix=arXiv&until=2024-01-31"]
    );
    let answer = update(&session);
    assert_eq!(
        (answer.code, archive.requests().len()),
        (0, 1),
        "{answer:?}"
    );
    // A wider one makes it needless.
    harvest(&session, &archive, &[]);
    let states = fs::read_to_string(session.path("i/harvest.json")).unwrap();
    let states: Value = serde_json::from_str(&states).unwrap();
    assert_eq!(states["harvests"].as_array().unwrap().len(), 1);
}

#[test]
fn bad_arguments_are_refused_before_anything_is_asked() {
    let session = Session::empty();
    for (args, reason) in [
        (&["--url", "a.org/oai"][..], "no address"),
        (&["--from", "2024-02", "--until", "2024-01"], "is after"),
        (&["--from", "soon"], "a date is"),
        (&["--limit", "0"], "0"),
        (&["--pause", "-1"], "-1"),
    ] {
        let answer = session.run(&[&["harvest", "arxiv", "--index", "i"], args].concat());
        assert_eq!(answer.code, 2, "{answer:?}");
        assert!(answer.err.contains(reason), "{answer:?}");
    }
    assert!(!session.path("i").exists());
}
