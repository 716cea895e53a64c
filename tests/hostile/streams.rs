//! Streams that never end, break off, or unpack to far more than they are.

use std::fs;
use std::io::Write;

use expect_test::expect;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use crate::measured::run;
use crate::session::Session;
use crate::sizes::rejects;

const MOST_MB: u64 = 256 + 300;

fn ingest(path: &str) -> [&str; 6] {
    ["ingest", "--index", "index", "--memory", "256MB", path]
}

fn lines(word: &str, n: usize) -> String {
    (0..n)
        .map(|i| format!("{{\"id\":\"{word}:{i}\",\"title\":\"{word}{i}\"}}\n"))
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A zip archive (APPNOTE 6.3) of one member: deflated, with its directory.
fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    let packed = packed.finish().unwrap();
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    let u32_of = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let u16_of = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    // Version, flags, method, time, date, checksum, sizes, length of the name.
    let mut entry = vec![20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];
    entry.extend(crc.sum().to_le_bytes());
    entry.extend(u32_of(packed.len()));
    entry.extend(u32_of(bytes.len()));
    entry.extend(u16_of(name.len()));
    entry.extend([0, 0]);
    let mut out = b"PK\x03\x04".to_vec();
    out.extend(&entry);
    out.extend(name.as_bytes());
    out.extend(packed);
    let start = out.len();
    out.extend(b"PK\x01\x02\x14\0");
    out.extend(&entry);
    out.extend([0; 14]);
    out.extend(name.as_bytes());
    let length = out.len() - start;
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend(u32_of(length));
    out.extend(u32_of(start));
    out.extend([0, 0]);
    out
}

#[test]
fn what_breaks_off_or_explodes_is_one_error() {
    let session = Session::empty();
    let half = gzip(lines("half", 20_000).as_bytes());
    session.write("files/cut.jsonl.gz", &half[..half.len() / 2]);
    let mut damaged = half.clone();
    damaged[half.len() / 2] ^= 0x55;
    session.write("files/damaged.jsonl.gz", damaged);
    session.write("files/good.jsonl", lines("good", 3));
    session.write(
        "files/good.zip",
        zip("member.jsonl", lines("zipped", 3).as_bytes()),
    );
    session.write(
        "files/bomb.zip",
        zip(
            "bomb.jsonl",
            format!("{{\"title\":\"{}", " ".repeat(40 << 20)).as_bytes(),
        ),
    );
    // A line of 256 MB in a few kB, between two good ones.
    let mut line = zstd::Encoder::new(Vec::new(), 1).unwrap();
    line.write_all(&lines("before", 1).into_bytes()).unwrap();
    let blanks = vec![b' '; 1 << 20];
    (0..256).for_each(|_| line.write_all(&blanks).unwrap());
    line.write_all(format!("\n{}", lines("after", 1)).as_bytes())
        .unwrap();
    session.write("files/line.jsonl.zst", line.finish().unwrap());
    let mut latin = lines("latin", 1).into_bytes();
    latin.extend(b"{\"title\":\"caf\xe9\"}\n");
    latin.extend(lines("utf", 1).into_bytes());
    session.write("files/latin.jsonl", latin);

    let answer = run(session.command(&ingest("files")), |_| {});
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.peak_mb < MOST_MB, "{answer:?}");
    let rejects = rejects(&session);
    expect![[r#"
        files/bomb.zip/bomb.jsonl:byte 40786: unpacks to more than 250 times its size
        files/cut.jsonl.gz:byte 71581: the gzip data is cut short
        files/damaged.jsonl.gz:byte 143162: the gzip data is corrupt: corrupt gzip stream does not have a matching checksum
        files/latin.jsonl:line 2: not UTF-8 at byte 13 of the line
        files/line.jsonl.zst:line 2: the line is longer than 16777216 bytes
    "#]].assert_eq(&rejects);
    for line in rejects
        .lines()
        .filter(|line| line.contains("gzip") || line.contains("unpacks"))
    {
        let (file, _) = line.split_once(':').unwrap();
        assert!(answer.err.contains(file), "{answer:?}");
    }
    for word in [
        "half0", "half2000", "good2", "zipped2", "before0", "after0", "latin0", "utf0",
    ] {
        let answer = session.json(&["count", "--json", "--index", "index", word]);
        assert_eq!(answer["total"], 1, "{word}");
    }
}

#[test]
fn a_line_without_end_is_no_more_than_a_reject() {
    let session = Session::empty();
    let answer = run(session.command(&ingest("-")), |input| {
        input.write_all(lines("first", 1).as_bytes()).unwrap();
        let block = vec![b'x'; 1 << 20];
        (0..300).for_each(|_| input.write_all(&block).unwrap());
        input.write_all(b"\n").unwrap();
        input.write_all(lines("last", 1).as_bytes()).unwrap();
    });
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.peak_mb < MOST_MB, "{answer:?}");
    expect![[r#"
        -:line 2: the line is longer than 16777216 bytes
    "#]]
    .assert_eq(&rejects(&session));
    assert_eq!(
        session.ids(&["--index", "index", "title:last0"]),
        ["last:0"]
    );
}

#[test]
fn bad_lines_without_end_are_counted_and_not_all_listed() {
    let session = Session::empty();
    let n_lines = 150_000;
    let answer = run(session.command(&ingest("-")), |input| {
        input.write_all(lines("first", 1).as_bytes()).unwrap();
        let block = "{\n".repeat(1_000);
        (0..n_lines / 1_000).for_each(|_| input.write_all(block.as_bytes()).unwrap());
    });
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.peak_mb < MOST_MB, "{answer:?}");
    assert!(answer.out.contains("rejected 150,000"), "{answer:?}");
    let list = fs::read_to_string(session.path("index/rejects.jsonl")).unwrap();
    assert_eq!(list.lines().count(), 100_001);
    expect![[r#"{"reason":"more are counted and not listed"}"#]]
        .assert_eq(list.lines().last().unwrap());
}

#[test]
fn endless_devices_are_no_text() {
    for device in ["/dev/zero", "/dev/urandom"] {
        if !std::path::Path::new(device).exists() {
            continue;
        }
        let session = Session::empty();
        let answer = run(session.command(&ingest(device)), |_| {});
        assert_eq!(answer.code, 2, "{answer:?}");
        assert!(answer.err.contains(device), "{answer:?}");
        assert!(answer.peak_mb < MOST_MB, "{answer:?}");
    }
}
