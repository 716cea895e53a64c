//! Harvests that a signal ends: what was read is kept, and gone on from.

use std::process::Child;

use serde_json::Value;

use crate::archive::{Archive, PAGE, Reply, page_of};
use crate::session::{Answer, Session, signal};

const GO_ON: &str = "abs-search: stopped: what was read is in the index; run the same command \
                     again to go on from there\n";

fn start(session: &Session, archive: &Archive, pause: &str) -> Child {
    let url = archive.url.as_str();
    let args = ["harvest", "arxiv", "--url", url, "--index", "i", "--json"];
    let more = ["--pause", pause, "--quiet"];
    session
        .command(&[&args[..], &more].concat())
        .spawn()
        .unwrap()
}

/// How a run ended that is sent a signal once the archive was asked so often.
fn stopped(child: Child, archive: &Archive, n_requests: usize, name: &str) -> Answer {
    archive.wait_for(n_requests);
    signal(&child, name);
    let output = child.wait_with_output().unwrap();
    Answer {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn counts(answer: &Answer) -> [u64; 3] {
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    ["read", "indexed", "unchanged"].map(|key| report[key].as_u64().unwrap())
}

fn n_records(session: &Session) -> u64 {
    let stats = session.json(&["stats", "--index", "i", "--json"]);
    stats["n_records"].as_u64().unwrap()
}

#[test]
fn a_signal_while_a_server_is_silent_keeps_the_pages_before() {
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        let archive = Archive::start(|asked, n_before| match n_before {
            2 => Reply::Silence,
            _ => Reply::Page(page_of(asked, 95, 20)),
        });
        let session = Session::empty();
        let answer = stopped(start(&session, &archive, "0"), &archive, 3, name);
        assert_eq!((answer.code, &*answer.err), (code, GO_ON), "{answer:?}");
        assert_eq!(counts(&answer), [40, 40, 0]);
        assert_eq!(n_records(&session), 40);

        let output = start(&session, &archive, "0").wait_with_output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (&report["read"], &report["done"]),
            (&55.into(), &true.into())
        );
        assert_eq!(archive.requests()[3], "resumptionToken=at%7C40");
        assert_eq!(n_records(&session), 95);
    }
}

#[test]
fn a_signal_ends_a_wait() {
    // One that the server asks for, and one that is only polite: longer than
    // anybody waits for a test.
    for pause in ["0", "1000"] {
        let archive = Archive::start(|asked, n_before| match n_before {
            1 => Reply::Status(503, "1000"),
            _ => Reply::Page(page_of(asked, 95, 20)),
        });
        let session = Session::empty();
        let n_requests = if pause == "0" { 2 } else { 1 };
        let child = start(&session, &archive, pause);
        let answer = stopped(child, &archive, n_requests, "-INT");
        assert_eq!(answer.code, 130, "{answer:?}");
        // The first page may not have been taken whole when the signal came.
        if answer.err == GO_ON {
            let [read, indexed, _] = counts(&answer);
            assert!(read == indexed && (1..=20).contains(&read), "{answer:?}");
            assert_eq!(n_records(&session), read);
            assert!(pause != "0" || read == 20);
        } else {
            assert_eq!(answer.err, "abs-search: stopped: nothing was written\n");
        }
    }
}

#[test]
fn a_signal_before_the_first_page_leaves_nothing() {
    let archive = Archive::start(|_, _| Reply::Silence);
    let session = Session::empty();
    let answer = stopped(start(&session, &archive, "0"), &archive, 1, "-INT");
    assert_eq!(answer.code, 130, "{answer:?}");
    assert_eq!(answer.err, "abs-search: stopped: nothing was written\n");
    assert!(!session.path("i").exists());
}

#[test]
fn a_signal_ends_all_of_an_update() {
    let archive = Archive::start(|_, n_before| match n_before {
        // Two harvests of one page each, and then an update of both.
        0 | 1 => Reply::Page(PAGE.replace("6511260|1001", "")),
        _ => Reply::Silence,
    });
    let session = Session::empty();
    for set in ["cs", "math"] {
        let url = archive.url.as_str();
        let args = [
            "harvest", "arxiv", "--url", url, "--index", "i", "--set", set,
        ];
        assert_eq!(session.run(&args).code, 0);
    }
    let child = session
        .command(&["update", "--index", "i"])
        .spawn()
        .unwrap();
    let answer = stopped(child, &archive, 3, "-INT");
    assert_eq!(answer.code, 130, "{answer:?}");
    assert!(
        answer
            .err
            .ends_with("stopped: nothing was read; run the same command again\n"),
        "{answer:?}"
    );
    assert_eq!(archive.requests().len(), 3);
}
