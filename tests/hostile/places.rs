//! Surroundings that are not as they should be: no home, no terminal, closed
//! pipes, clocks that are wrong, files that are none.

use std::fs::{self, File};
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use crate::session::Session;

const RECORDS: &str = "{\"id\":\"a\",\"title\":\"One record\",\"date\":\"2020-01-01\"}\n";

#[test]
fn without_a_home_an_index_that_is_named_is_used() {
    let session = Session::with_records(RECORDS);
    let bare = |args: &[&str]| {
        let mut command = session.command(args);
        for name in [
            "HOME",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "PATH",
            "USER",
            "TERM",
        ] {
            command.env_remove(name);
        }
        command.output().unwrap()
    };
    let answer = bare(&["search", "--index", "index", "record"]);
    assert_eq!(answer.status.code(), Some(0));
    // The folder holds an index of its own.
    assert_eq!(bare(&["record"]).status.code(), Some(0));
    let elsewhere = Session::empty();
    let mut command = elsewhere.command(&["record"]);
    let answer = command
        .env_remove("HOME")
        .env_remove("XDG_DATA_HOME")
        .output()
        .unwrap();
    assert_eq!(answer.status.code(), Some(2));
    let err = String::from_utf8(answer.stderr).unwrap();
    assert!(err.contains("--index DIR"), "{err}");
}

#[test]
fn an_ingest_goes_on_when_nobody_listens() {
    let session = Session::empty();
    let line = "{\"title\":\"Word\"}\n{\n".repeat(300);
    session.write("a.jsonl", line);
    let mut child = session
        .command(&["ingest", "--index", "index", "a.jsonl"])
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let count = session.json(&["count", "--index", "index", "--json", "word"]);
    assert_eq!(count["total"], 1);
}

#[test]
fn a_search_whose_reader_goes_away_ends_cleanly() {
    let lines: String = (0..2_000)
        .map(|n| {
            format!(
                "{{\"id\":\"p:{n}\",\"title\":\"Pipe {n}\",\"abstract\":\"{}\"}}\n",
                "word ".repeat(40)
            )
        })
        .collect();
    let session = Session::with_records(&lines);
    let args = [
        "search", "--index", "index", "--format", "jsonl", "-n", "2000", "pipe",
    ];
    let mut child = session.command(&args).spawn().unwrap();
    let mut start = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let answer = child.wait_with_output().unwrap();
    assert_eq!(answer.status.code(), Some(0));
    assert!(answer.stderr.is_empty(), "{answer:?}");
}

#[test]
fn no_terminal_gets_no_colour_and_no_progress() {
    let session = Session::empty();
    session.write("a.jsonl", RECORDS.repeat(10));
    let mut command = session.command(&["ingest", "--index", "index", "a.jsonl"]);
    let answer = command.env("TERM", "xterm-256color").output().unwrap();
    assert!(
        !answer.stdout.contains(&0x1b) && !answer.stderr.contains(&0x1b),
        "{answer:?}"
    );
    assert!(!answer.stderr.contains(&b'\r'), "{answer:?}");
}

#[test]
fn clocks_that_are_wrong_change_nothing() {
    let session = Session::with_records(RECORDS);
    let far = SystemTime::UNIX_EPOCH + Duration::from_secs(4_102_444_800);
    for time in [far, SystemTime::UNIX_EPOCH] {
        for entry in fs::read_dir(session.path("index")).unwrap() {
            let file = File::options().write(true).open(entry.unwrap().path());
            file.unwrap().set_modified(time).unwrap();
        }
        let file = File::options()
            .write(true)
            .open(session.path("records.jsonl"));
        file.unwrap().set_modified(time).unwrap();
        assert_eq!(session.ids(&["--index", "index", "record"]), ["a"]);
        let answer = session.run(&["ingest", "--index", "index", "records.jsonl"]);
        assert_eq!(answer.code, 0, "{answer:?}");
        assert_eq!(session.ids(&["--index", "index", "record"]), ["a"]);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_passed_or_named() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let session = Session::empty();
    session.write("files/good.jsonl", RECORDS);
    symlink(session.path("files"), session.path("files/loop")).unwrap();
    symlink("nowhere", session.path("files/broken")).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"odd\xff\n\x1b[2J.jsonl");
    fs::write(
        session.path("files").join(odd),
        "{\"id\":\"b\",\"title\":\"Other record\"}\n{\n",
    )
    .unwrap();
    let pipe = std::process::Command::new("mkfifo")
        .arg(session.path("files/pipe"))
        .stderr(Stdio::null())
        .status();
    // A pipe that nobody writes into would be waited for without end.
    assert!(pipe.is_ok());
    let answer = session.run(&["ingest", "--index", "index", "files"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains("broken"), "{answer:?}");
    assert!(
        !answer.err.contains('\u{1b}') && !answer.out.contains('\u{1b}'),
        "{answer:?}"
    );
    assert_eq!(session.ids(&["--index", "index", "other"]), ["b"]);
    assert_eq!(session.ids(&["--index", "index", "record"]).len(), 2);
}
