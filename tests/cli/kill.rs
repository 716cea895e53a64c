//! An ingest that is killed goes on where its last commit was.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::session::{Answer, Session};

/// Kills, unless the environment asks for more.
const KILLS: u32 = 50;
/// Names the number of kills: a thousand take some ten minutes.
const VARIABLE: &str = "ABS_SEARCH_TEST_KILLS";
/// What is read, in this order: plain, packed, an archive, one that breaks
/// off, one that is not there.
const FILES: &[&str] = &[
    "a.jsonl",
    "b.jsonl.gz",
    "c.tar",
    "d.jsonl.zst",
    "missing.jsonl",
];
/// Records between two commits.
const COMMIT_EVERY: &str = "60";

/// Lines of which most are records, some are no records, some say again or
/// otherwise what was said before, in this file or in another.
fn lines(name: &str, n: usize) -> String {
    let mut text = String::new();
    for idx in 0..n {
        let line = match idx % 20 {
            3 => format!(r#"{{"id":"{name}:{idx}"}}"#),
            7 => r#"{"title": broken"#.to_owned(),
            11 => format!(
                r#"{{"id":"{name}:{}","title":"Record {}"}}"#,
                idx - 1,
                idx - 1
            ),
            13 => format!(r#"{{"id":"{name}:{}","title":"Newer {idx}"}}"#, idx - 3),
            17 => format!(r#"{{"id":"shared:{idx}","title":"Said by each"}}"#),
            _ => format!(r#"{{"id":"{name}:{idx}","title":"Record {idx}"}}"#),
        };
        writeln!(text, "{line}").unwrap();
    }
    text
}

/// A folder with [`FILES`].
fn session() -> Session {
    let session = Session::in_memory();
    session.write("a.jsonl", lines("a", 300));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines("b", 300).as_bytes()).unwrap();
    session.write("b.jsonl.gz", gzip.finish().unwrap());
    session.write("c.tar", tar(&[("one", 120), ("two", 120)]));
    let frame = zstd::encode_all(lines("d", 100).as_bytes(), 1).unwrap();
    let cut = [&frame[..], &frame[..frame.len() - 9]].concat();
    session.write("d.jsonl.zst", cut);
    session
}

/// A tar archive (POSIX ustar) of files of [`lines`].
fn tar(members: &[(&str, usize)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, n) in members {
        let text = lines(name, *n);
        let mut header = [0; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..108].copy_from_slice(b"0000644\0");
        header[124..136].copy_from_slice(format!("{:011o}\0", text.len()).as_bytes());
        header[156] = b'0';
        header[257..265].copy_from_slice(b"ustar\x0000");
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        out.extend_from_slice(&header);
        out.extend_from_slice(text.as_bytes());
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1_024, 0);
    out
}

fn ingest(index: &str) -> Vec<&str> {
    let mut args = vec!["ingest", "--index", index, "--json", "--threads", "1"];
    args.extend(["--memory", "200MB", "--commit-every", COMMIT_EVERY]);
    args.extend(FILES);
    args
}

/// What must be the same, however often the ingest was broken off.
#[derive(Debug, PartialEq)]
struct Outcome {
    /// The account as printed.
    report: Value,
    /// The account of every file.
    files: Value,
    rejects: String,
    /// Every record, exported.
    records: Vec<String>,
}

/// The account that was printed, without what may differ.
fn report(out: &str) -> Option<Value> {
    let mut report: Value = serde_json::from_str(out).ok()?;
    for other in ["took_ms", "index", "index_bytes", "resumed", "rejects"] {
        report.as_object_mut()?.remove(other);
    }
    Some(report)
}

fn outcome(session: &Session, index: &str, answer: &Answer) -> Outcome {
    // Some files cannot be read to their ends.
    assert_eq!(answer.code, 1, "{answer:?}");
    let stats = session.json(&["stats", "--files", "--json", "--index", index]);
    let sources = &stats["sources"];
    assert_eq!(sources["unfinished"], false);
    let export = session.run(&["export", "--index", index]);
    let mut records: Vec<String> = export.out.lines().map(str::to_owned).collect();
    records.sort_unstable();
    assert_eq!(stats["n_records"].as_u64().unwrap(), records.len() as u64);
    let rejects = session.path(index).join("rejects.jsonl");
    Outcome {
        report: report(&answer.out).unwrap(),
        files: sources["files"].clone(),
        rejects: fs::read_to_string(rejects).unwrap(),
        records,
    }
}

/// xorshift64: the same instants every time, as far as clocks allow.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}

#[test]
fn an_ingest_killed_at_any_instant_ends_as_one_that_is_not() {
    let session = session();
    let started = Instant::now();
    let answer = session.run(&ingest("whole"));
    let took = started.elapsed();
    let expected = outcome(&session, "whole", &answer);
    assert_eq!(expected.report["read"], 940);

    let kills = std::env::var(VARIABLE).ok();
    let kills: u32 = kills.map_or(KILLS, |kills| kills.parse().unwrap());
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut n_resumed = 0;
    let mut killed = 0;
    while killed < kills {
        let index = format!("killed-{killed}");
        // Some are killed again on their way.
        let mut told = None;
        for _ in 0..=random.below(3) {
            let micros = random.below(u64::try_from(took.as_micros()).unwrap());
            told = kill_after(&session, &index, Duration::from_micros(micros));
            killed += 1;
            if told.is_some() {
                break;
            }
        }
        if let Some(told) = told {
            // It was quicker. What it said is right, and there is nothing
            // left to go on with.
            assert_eq!(told, expected.report);
            continue;
        }
        let answer = session.run(&ingest(&index));
        let report: Value = serde_json::from_str(&answer.out).unwrap();
        n_resumed += u32::from(report["resumed"] == true);
        let found = outcome(&session, &index, &answer);
        assert_eq!(found, expected, "after kill {killed}, in {index}");
        fs::remove_dir_all(session.path(&index)).unwrap();
    }
    // Otherwise this would have shown nothing.
    assert!(n_resumed > kills / 8, "{n_resumed} of {kills}");
}

/// Starts an ingest and ends it as a power cut ends a process; its account, if
/// it came to print it.
fn kill_after(session: &Session, index: &str, time: Duration) -> Option<Value> {
    let out = session.path("out");
    let mut child = session
        .command(&ingest(index))
        .stdout(File::create(&out).unwrap())
        .stderr(File::create(session.path("err")).unwrap())
        .spawn()
        .unwrap();
    thread::sleep(time);
    // One that has ended is not killed.
    let _ = child.kill();
    child.wait().unwrap();
    report(&fs::read_to_string(out).unwrap())
}
