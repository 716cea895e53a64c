//! Exit codes, closed pipes, and what goes where.

use std::io::Read;

use crate::corpus;
use crate::session::Session;

#[track_caller]
fn check(session: &Session, args: &[&str], code: i32) {
    let answer = session.run(args);
    assert_eq!(answer.code, code, "{args:?}: {answer:?}");
}

#[test]
fn hits_none_error() {
    let session = corpus::session();
    check(&session, &["reward"], 0);
    check(&session, &["zyzzyva"], 1);
    check(&session, &["reward", "zyzzyva"], 0);
    check(&session, &["reward", "zyzzyva", "--no-relax"], 1);
    check(&session, &["reward", "--bad"], 2);
    check(&session, &["count", "reward"], 0);
    check(&session, &["count", "zyzzyva"], 1);
    check(&session, &["show", "t:1"], 0);
    check(&session, &["show", "t:99"], 1);
    check(&session, &["facet", "author", "reward"], 0);
    check(&session, &["facet", "author", "zyzzyva"], 1);
    check(&session, &["stats"], 0);
    check(&session, &["--version"], 0);
}

#[test]
fn a_word_that_is_a_command_can_be_searched() {
    let session = corpus::session();
    let count = session.run(&["--", "count"]);
    assert_eq!((count.code, &*count.out), (1, "0 results\n"));
    assert_eq!(session.ids(&["--", "-reward", "bones"]), ["t:3"]);
    assert_eq!(session.run(&["bones", "study"]).code, 0);
}

#[test]
fn a_closed_pipe_is_success() {
    let session = corpus::session();
    for args in [
        &["reward"][..],
        &["reward", "--json"],
        &["stats"],
        &["show", "t:1"],
        &["--help"],
    ] {
        let mut child = session.command(args).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        let mut stderr = child.stderr.take().unwrap();
        stderr.read_to_string(&mut err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}");
        assert_eq!(err, "", "{args:?}");
    }
}

#[test]
fn a_closed_stderr_changes_nothing() {
    let session = corpus::session();
    let mut child = session.command(&["reward", "AND"]).spawn().unwrap();
    drop(child.stderr.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!output.stdout.is_empty());
}

#[test]
fn warnings_go_to_stderr_and_quiet_silences_them() {
    let session = corpus::session();
    let answer = session.run(&["reward", "AND"]);
    assert!(answer.err.starts_with("warning: "), "{answer:?}");
    assert!(!answer.out.contains("warning"));
    let answer = session.run(&["--quiet", "reward", "AND"]);
    assert_eq!(answer.err, "");
    let answer = session.json(&["reward", "AND", "--json"]);
    assert_eq!(answer["query"]["warnings"][0]["severity"], "warning");
}

#[test]
fn the_variable_names_the_index() {
    let session = corpus::session();
    let other = Session::empty();
    let index = session.path("index");
    let output = other
        .command(&["count", "reward"])
        .env("ABS_SEARCH_INDEX", &index)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let output = other
        .command(&["count", "reward", "--index", "nowhere"])
        .env("ABS_SEARCH_INDEX", &index)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
