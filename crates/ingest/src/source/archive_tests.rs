use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use super::*;
use crate::pipeline::{self, Observer, Summary};

#[derive(Default)]
struct Log(Vec<String>);

impl Observer for Log {
    fn file_failed(&mut self, error: &SourceError) {
        self.0.push(error.to_string());
    }

    fn file_skipped(&mut self, path: &Path) {
        self.0.push(format!("{} is skipped", path.display()));
    }

    fn file_finished(&mut self, path: &Path, summary: &Summary) {
        self.0.push(format!("{}: {}", path.display(), summary.read));
    }
}

/// What reading an input comes to, in lines.
fn read(input: Input) -> (Vec<String>, Summary) {
    let (mut log, mut records) = (Log::default(), Vec::new());
    let Ok(summary) = pipeline::run([Ok(input)], &mut records, &mut log);
    assert!(summary.adds_up(), "{summary:?}");
    (log.0, summary)
}

/// A tar archive as GNU tar writes it.
fn tarred(members: &[(&str, String)]) -> Vec<u8> {
    let mut out = ::tar::Builder::new(Vec::new());
    for (name, text) in members {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        let _ = out.append_data(&mut header, name, text.as_bytes());
    }
    out.into_inner().unwrap_or_default()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(text)
        .and_then(|()| out.finish())
        .unwrap_or_default()
}

fn lines(n: usize) -> String {
    (0..n)
        .map(|i| format!("{{\"title\": \"T{i} {}\"}}\n", i * 7_919 % 104_729))
        .collect()
}

fn stream(bytes: &[u8]) -> Input {
    Input::from_reader("x", Cursor::new(bytes.to_vec()))
}

#[test]
fn members_of_tar_are_inputs() {
    let long = format!("{}/b.jsonl", "long".repeat(60));
    let tar = tarred(&[
        ("a.jsonl", lines(8_000)),
        ("README", "Some words.".to_owned()),
        (".hidden", lines(1)),
        (&long, lines(3)),
        ("empty.jsonl", String::new()),
    ]);
    let expected = [
        "x/a.jsonl: 8000".to_owned(),
        "x/README is skipped".to_owned(),
        format!("x/{long}: 3"),
    ];
    for bytes in [tar.clone(), gzip(&tar)] {
        let (log, summary) = read(stream(&bytes));
        assert_eq!(log, expected);
        assert_eq!((summary.read, summary.failed_files), (8_003, 0));
        let n_bytes = bytes.len() as u64;
        assert!(
            (n_bytes - 8192..=n_bytes).contains(&summary.bytes),
            "{summary:?}"
        );
    }
    // A part of an archive may be packed itself.
    let mut out = ::tar::Builder::new(Vec::new());
    let packed = gzip(lines(9).as_bytes());
    let mut header = ::tar::Header::new_ustar();
    header.set_size(packed.len() as u64);
    out.append_data(&mut header, "a.jsonl.gz", &packed[..])
        .unwrap();
    let (log, _) = read(stream(&out.into_inner().unwrap()));
    assert_eq!(log, ["x/a.jsonl.gz: 9"]);
}

#[test]
fn damaged_tar_is_one_error() {
    let tar = tarred(&[("a.jsonl", lines(8_000)), ("b.jsonl", lines(3))]);
    let (log, summary) = read(stream(&tar[..150_000]));
    assert_eq!(log.len(), 2, "{log:?}");
    assert_eq!(log[0], "x/a.jsonl:byte 150000: the tar data is cut short");
    assert!(summary.indexed > 2_000 && summary.failed_files == 1);
    let packed = gzip(&tar);
    let (log, _) = read(stream(&packed[..packed.len() / 2]));
    assert!(log[0].ends_with("the gzip data is cut short"), "{log:?}");
    let mut damaged = tar.clone();
    let second = tar.len() - 2 * 512 - 512 - 512;
    damaged[second] ^= 1;
    let (log, _) = read(stream(&damaged));
    assert_eq!(log[0], "x/a.jsonl: 8000");
    assert!(
        log[1].ends_with("the tar data is corrupt: a header is damaged"),
        "{log:?}"
    );
    assert_eq!(log.len(), 2);
}

const ZIP: &[u8] = include_bytes!("../../../../seeds/formats/archives/records.zip");

#[test]
fn members_of_zip_are_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    let check = |bytes: &[u8], expected: &[&str]| {
        fs::write(&path, bytes).unwrap_or_default();
        let (log, _) = read(Input::from_path(&path).unwrap());
        let log: Vec<String> = log
            .iter()
            .map(|line| line.replace(&folder.path().display().to_string(), ""))
            .collect();
        assert_eq!(log, expected);
    };
    let (one, two, three, notes) = (
        "/x.zip/one.jsonl: 50",
        "/x.zip/folder/two.jsonl: 1",
        "/x.zip/folder/three.jsonl: 1",
        "/x.zip/notes.txt is skipped",
    );
    check(ZIP, &[one, two, three, notes]);
    // A byte of the first member.
    let mut damaged = ZIP.to_vec();
    damaged[60] ^= 0xff;
    fs::write(&path, &damaged).unwrap();
    let (log, summary) = read(Input::from_path(&path).unwrap());
    assert!(
        log.iter().any(|line| line.contains("the zip data is")),
        "{log:?}"
    );
    assert_eq!((summary.failed_files, summary.indexed >= 2), (1, true));
    let (log, _) = read(stream(ZIP));
    assert_eq!(
        log,
        ["x: a zip archive can be read from a file only, not from a stream"]
    );
    fs::write(&path, &ZIP[..ZIP.len() - 30]).unwrap();
    let (log, _) = read(Input::from_path(&path).unwrap());
    assert!(log[0].contains("the zip data is corrupt: "), "{log:?}");
}

#[test]
fn names_lead_nowhere_else() {
    let inside = |name: &str| member_path(Path::new("x.zip"), name.as_bytes());
    for (name, path) in [
        ("a/b.xml", "x.zip/a/b.xml"),
        ("/etc/passwd", "x.zip/etc/passwd"),
        ("../../a", "x.zip/a"),
        ("a\\..\\b", "x.zip/a/b"),
    ] {
        assert_eq!(inside(name), Some(path.into()), "{name}");
    }
    assert_eq!(inside("a/.git/b"), None);
}
