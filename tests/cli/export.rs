//! What is exported comes back as it was.

use std::fs;
use std::path::Path;

use crate::corpus;
use crate::session::Session;

/// An index of every fixture of the formats.
fn fixtures() -> Session {
    let session = Session::empty();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let root = fs::canonicalize(root).unwrap();
    let answer = session.run(&["ingest", "--index", "i", root.to_str().unwrap()]);
    // Some fixtures are errors of servers.
    assert!(answer.code < 2, "{answer:?}");
    session
}

fn exported(session: &Session, index: &str) -> Vec<String> {
    let answer = session.run(&["export", "--index", index]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let mut lines: Vec<String> = answer.out.lines().map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}

#[test]
fn json_lines_read_back_are_unchanged() {
    let session = fixtures();
    let lines = exported(&session, "i");
    assert!(lines.len() > 80, "{}", lines.len());
    session.write("export.jsonl", lines.join("\n"));
    let same = session.json(&["ingest", "--index", "i", "export.jsonl", "--json"]);
    assert_eq!(same["read"], lines.len());
    assert_eq!(same["unchanged"], lines.len(), "{same}");
    let new = session.json(&["ingest", "--index", "j", "export.jsonl", "--json"]);
    assert_eq!(new["indexed"], lines.len());
    assert_eq!(exported(&session, "j"), lines);
}

#[test]
fn other_formats_keep_titles_authors_and_years() {
    let session = fixtures();
    let titles = |index: &str| {
        let mut titles: Vec<String> = exported(&session, index)
            .iter()
            .map(|line| {
                let record: serde_json::Value = serde_json::from_str(line).unwrap();
                let date = record["date"].as_str().unwrap_or_default();
                format!(
                    "{} {} {}",
                    record["title"].as_str().unwrap_or_default(),
                    record["authors"].as_array().map_or(0, Vec::len),
                    date.get(..4).unwrap_or_default()
                )
            })
            .collect();
        titles.sort_unstable();
        titles.dedup();
        titles
    };
    let expected = titles("i");
    for (format, name) in [("bibtex", "e.bib"), ("ris", "e.ris"), ("csv", "e.csv")] {
        let answer = session.run(&["export", "--index", "i", "--format", format]);
        session.write(name, answer.out);
        let report = session.json(&["ingest", "--index", format, name, "--json"]);
        assert_eq!(report["rejected"], 0, "{format}: {report}");
        let found = titles(format);
        let missing: Vec<_> = expected
            .iter()
            .filter(|title| !found.contains(title))
            .collect();
        // Titles that are nothing but mark-up to one of them.
        assert!(missing.len() <= 2, "{format}: {missing:#?}");
    }
}

#[test]
fn a_query_and_filters_choose() {
    let session = corpus::session();
    let count = |args: &[&str]| {
        let answer = session.run(&[&["export"], args].concat());
        (answer.code, answer.out.lines().count())
    };
    assert_eq!(count(&[]), (0, 8));
    assert_eq!(count(&["reward"]), (0, 3));
    assert_eq!(count(&["reward", "--author", "Lu, Lewei"]), (0, 1));
    assert_eq!(count(&["year:..2019"]), (0, 2));
    assert_eq!(count(&["-reward"]), (2, 0));
    assert_eq!(count(&["--", "-reward"]), (0, 5));
    assert_eq!(count(&["zyzzyva"]), (1, 0));
    // Deleted and replaced records are gone.
    session.write("more.jsonl", "{\"id\":\"t:1\",\"title\":\"Newer\"}\n");
    session.run(&["ingest", "more.jsonl", "--index", "index"]);
    session.run(&["delete", "t:2", "--index", "index"]);
    assert_eq!(count(&[]), (0, 7));
    assert_eq!(count(&["reward"]), (0, 1));
}

#[test]
fn a_closed_pipe_ends_an_export() {
    let session = Session::with_records(&corpus::generated(3_000).join("\n"));
    let mut child = session.command(&["export"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}
