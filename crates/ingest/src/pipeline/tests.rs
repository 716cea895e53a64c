use std::io::{self, Read, Write};

use abs_record::Record;
use expect_test::expect;
use proptest::prelude::*;

use super::*;

/// Writes down what it is told.
#[derive(Default)]
struct Log {
    lines: Vec<String>,
    calls: u64,
    stop_after: Option<u64>,
}

impl Observer for Log {
    fn file_started(&mut self, path: &Path, _: Option<u64>, format: &'static str) {
        self.lines.push(format!("{}: {format}", path.display()));
    }

    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        self.calls += 1;
        match self.stop_after {
            Some(most) if progress.records >= most => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    fn rejected(&mut self, error: &ReadError) -> ControlFlow<()> {
        self.lines.push(format!("{error} «{}»", error.excerpt));
        ControlFlow::Continue(())
    }

    fn file_failed(&mut self, error: &SourceError) {
        self.lines.push(error.to_string());
    }

    fn file_finished(&mut self, path: &Path, summary: &Summary) {
        self.lines
            .push(format!("{}: {} read", path.display(), summary.read));
    }
}

/// Reads inputs given as bytes.
fn read(files: Vec<Vec<u8>>) -> (Summary, Vec<Record>, Log) {
    let inputs = files.into_iter().zip(1..).map(|(bytes, number)| {
        let name = format!("file {number}");
        Ok(Input::from_reader(name, io::Cursor::new(bytes)))
    });
    let (mut records, mut log) = (Vec::new(), Log::default());
    let Ok(summary) = run(inputs, &mut records, &mut log);
    assert!(summary.adds_up(), "{summary:?}");
    let pushed = summary.indexed;
    assert_eq!(records.len() as u64, pushed);
    (summary, records, log)
}

/// The end of a message without the list of known formats, which grows.
fn without_list(message: &str) -> &str {
    message.split(" (seed, ").next().unwrap_or_default()
}

#[test]
fn every_input_is_counted_once() {
    let file = concat!(
        "{\"id\": \"1\", \"title\": \"One\"}\n",
        "\n",
        "not json\n",
        "{\"id\": \"2\"}\n",
        "{\"id\": \"1\", \"title\": \"One\"}\n",
        "{\"id\": \"1\", \"title\": \"Uno\"}\n",
        "{\"id\": \"3\", \"title\": \"Three\"}",
    );
    let (summary, records, log) = read(vec![file.into(), b"\n".to_vec(), b"what is it".to_vec()]);
    expect![[r#"
        file 1: JSON Lines
        file 1:3: malformed JSON at column 2: expected ident «not json»
        file 1:4: has neither a title nor an abstract «{"id": "2"}»
        file 1: 6 read
        file 3:byte 10: is of no known format"#]]
    .assert_eq(without_list(&log.lines.join("\n")));
    expect![[r#"
        Summary {
            read: 6,
            indexed: 2,
            updated: 1,
            unchanged: 0,
            duplicate: 1,
            deleted: 0,
            rejected: 2,
            files: 2,
            failed_files: 1,
            skipped_files: 0,
            unchanged_files: 0,
            bytes: 135,
            skipped_bytes: 0,
            stopped: false,
        }
    "#]]
    .assert_debug_eq(&summary);
    assert_eq!(records[0].title, "Uno");
}

#[test]
fn bad_lines_cost_only_themselves() {
    let long = format!("{{\"title\": \"{}\"}}", "x".repeat(17 << 20));
    let file = [
        b"{\"title\": \"One\"}\n{\"title\": \"T\xff\"}\n",
        long.as_bytes(),
        b"\n{\"title\": \"Two\"}\n",
    ]
    .concat();
    let (summary, records, log) = read(vec![file]);
    assert_eq!((summary.indexed, summary.rejected), (2, 2));
    assert_eq!(records[1].title, "Two");
    assert_eq!(
        log.lines[1],
        "file 1:2: not UTF-8 at byte 12 of the line «{\"title\": \"T\u{fffd}\"}»"
    );
    assert!(log.lines[2].starts_with("file 1:3: the line is longer than 16777216 bytes «{"));
}

#[test]
fn a_cut_file_gives_what_it_has_and_the_next_goes_on() {
    let lines: Vec<String> = (0..50_000)
        .map(|n| format!("{{\"title\": \"T{n} {}\"}}", n * 7_919 % 104_729))
        .collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.join("\n").as_bytes()).unwrap();
    let mut packed = gzip.finish().unwrap();
    packed.truncate(packed.len() / 2);
    let cut = packed.len();

    let inputs = [packed, b"{\"title\": \"after\"}".to_vec()];
    let inputs = inputs.map(|bytes| Ok(Input::from_reader("x", io::Cursor::new(bytes))));
    let (mut sink, mut log) = (Count::default(), Log::default());
    let Ok(summary) = run(inputs, &mut sink, &mut log);
    assert!(summary.adds_up());
    assert_eq!(
        (summary.files, summary.failed_files, summary.rejected),
        (2, 1, 0)
    );
    assert!(sink.pushed > 20_000, "{}", sink.pushed);
    assert_eq!(sink.last, "after");
    assert_eq!(
        log.lines[1],
        format!("x:byte {cut}: the gzip data is cut short")
    );
    assert!(
        log.calls >= sink.pushed / PROGRESS_EVERY && log.calls <= sink.pushed / PROGRESS_EVERY + 2
    );
}

/// Counts, where a `Vec` would search.
#[derive(Default)]
struct Count {
    pushed: u64,
    last: String,
}

impl RecordSink for Count {
    type Error = std::convert::Infallible;

    fn push(&mut self, record: Record) -> Result<Outcome, Self::Error> {
        self.pushed += 1;
        self.last = record.title;
        Ok(Outcome::Indexed)
    }

    fn delete(&mut self, _: &abs_record::RecordId) -> Result<bool, Self::Error> {
        Ok(false)
    }
}

#[test]
fn the_observer_can_stop_a_run() {
    let endless = io::repeat(b'x').take(0).chain(Endless);
    let input = Input::from_reader("endless", endless);
    let mut log = Log {
        stop_after: Some(1_000),
        ..Log::default()
    };
    let other = Input::from_reader("never", &b"{\"title\": \"T\"}"[..]);
    let mut sink = Count::default();
    let Ok(summary) = run([Ok(input), Ok(other)], &mut sink, &mut log);
    assert!(summary.stopped && summary.adds_up());
    assert_eq!((summary.read, summary.files), (1_024, 1));
}

/// Lines without end.
struct Endless;

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        const LINE: &[u8] = b"{\"title\": \"T\"}\n";
        let n = buffer.len() / LINE.len() * LINE.len();
        for chunk in buffer[..n].chunks_mut(LINE.len()) {
            chunk.copy_from_slice(LINE);
        }
        Ok(n)
    }
}

#[test]
fn folders_may_hold_other_things() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jsonl"), "{\"title\": \"T\"}\n").unwrap();
    std::fs::write(folder.path().join("README"), "Some words.\n").unwrap();
    std::fs::write(folder.path().join("z.gz"), b"\x1f\x8b\x08\0").unwrap();
    let inputs = crate::source::expand([folder.path()]);
    let Ok(summary) = run(inputs.list, &mut Vec::new(), &mut ());
    assert_eq!(
        (summary.files, summary.skipped_files, summary.failed_files),
        (1, 1, 1)
    );
}

#[test]
fn deletions_are_counted() {
    struct Deletions;
    impl Format for Deletions {
        fn name(&self) -> &'static str {
            "deletions"
        }
        fn sniff(&self, _: &crate::format::Head<'_>) -> crate::format::Confidence {
            crate::format::Confidence::No
        }
        fn open<'a>(
            &self,
            _: Box<dyn io::BufRead + Send + 'a>,
            _: &Path,
        ) -> crate::format::Items<'a> {
            let id = |id| abs_record::RecordId::parse(id).unwrap();
            Box::new(
                [id("1"), id("2")]
                    .into_iter()
                    .map(|id| Ok(Item::Delete(id))),
            )
        }
    }
    let opened = Input::from_reader("x", io::empty()).open().unwrap();
    let mut records = vec![Record::new(abs_record::RecordId::parse("1").unwrap())];
    let mut run = Run {
        formats: &Formats::default(),
        sink: &mut records,
        journal: &mut (),
        observer: &mut (),
        total: Summary::default(),
    };
    let (mut mark, mut file) = (Mark::default(), Summary::default());
    let before = mark;
    let items = run.items(opened, &Deletions, &before, &mut mark, &mut file);
    assert!(items.is_ok());
    assert_eq!((file.read, file.deleted), (2, 2));
    assert!(file.adds_up() && records.is_empty());
}

#[test]
fn a_failing_sink_ends_the_run() {
    struct Full;
    impl RecordSink for Full {
        type Error = &'static str;
        fn push(&mut self, _: Record) -> Result<Outcome, Self::Error> {
            Err("disk full")
        }
        fn delete(&mut self, _: &abs_record::RecordId) -> Result<bool, Self::Error> {
            Ok(false)
        }
    }
    let input = Input::from_reader("x", &b"{\"title\": \"T\"}"[..]);
    assert_eq!(run([Ok(input)], &mut Full, &mut ()), Err("disk full"));
}

/// Pieces of what the readers expect, and of what breaks them.
const PIECES: &[&[u8]] = &[
    b"{\"title\": \"One\", \"authors\": [\"A B\"], \"year\": 2020}\n",
    b"{\"id\": \"1\", \"abstract\": \"x\"}\n",
    b"{\"authors_parsed\": [[\"A\", 1], {\"name\": null}], \"title\": \"\xc3\xa9\"}\r\n",
    b"Lu, Lewei\n",
    b"A title\nLu, Lewei, Li, Hao\nAn abstract.\n",
    b"\xff\xfe\n",
    b"\xef\xbb\xbf",
    b"\x1f\x8b\x08\0",
    b"\x28\xb5\x2f\xfd",
    b"\n\r\0\x1b",
    b"{\"\":[[[{}]]]",
];

/// Bytes that come near to what the readers expect.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(PIECES);
    let pieces = prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    (
        pieces,
        prop::collection::vec(any::<u8>(), 0..20),
        any::<prop::sample::Index>(),
    )
        .prop_map(|(mut bytes, noise, at)| {
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..at, noise);
            bytes
        })
}

proptest! {
    #[test]
    fn any_bytes_are_accounted_for(bytes in nearly()) {
        read(vec![bytes]);
    }

    #[test]
    fn any_packed_bytes_are_accounted_for(bytes in nearly(), cut in any::<prop::sample::Index>()) {
        let mut packed = zstd::encode_all(&bytes[..], 1).unwrap();
        packed.truncate(cut.index(packed.len() + 1));
        read(vec![packed]);
    }
}

#[test]
fn sources_that_give_no_ids_do_not_replace_one_another() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Input::from_path(path)
    };
    let ris = |database: &str| {
        format!("TY  - JOUR\nTI  - One work\nDO  - 10.5555/ONE\nDB  - {database}\nER  - \n")
    };
    let inputs = || {
        [
            write(
                "crossref.json",
                r#"{"status":"ok","message-type":"work","message-version":"1.0.0","message":{"DOI":"10.5555/one","title":["One work"],"reference-count":0}}"#,
            ),
            write(
                "library.bib",
                "@article{key, title={One work}, doi={10.5555/one}}",
            ),
            write("scopus.ris", &ris("Scopus")),
            write("embase.ris", &ris("Embase")),
        ]
    };
    let mut records: Vec<Record> = Vec::new();
    for _ in 0..2 {
        let Ok(summary) = run(inputs(), &mut records, &mut ());
        assert!(summary.adds_up(), "{summary:?}");
    }
    let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "doi:10.5555/one",
            "bibtex:doi:10.5555/one",
            "ris-scopus:doi:10.5555/one",
            "ris-embase:doi:10.5555/one",
        ]
    );
}
