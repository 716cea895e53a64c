use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use abs_schema::IndexFolder;

use super::*;
use crate::pipeline::{self, Observer, Summary};
use crate::{Formats, IndexSink, WriterOptions, source};

/// Stops after so many items.
struct StopAfter(Option<u64>);

impl Observer for StopAfter {
    fn stop(&mut self) -> bool {
        match &mut self.0 {
            Some(left) => {
                *left = left.saturating_sub(1);
                *left == 0
            }
            None => false,
        }
    }

    fn rejected(&mut self, _: &ReadError) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// A folder with files to read and an index beside them.
struct Place(tempfile::TempDir);

impl Place {
    fn new(files: &[(&str, &[u8])]) -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            place.write(name, bytes);
        }
        place
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.path().join(name), bytes).unwrap();
    }

    fn index(&self) -> PathBuf {
        self.0.path().join("index")
    }

    /// Runs over the paths; whether the run went on with another, and its
    /// account.
    fn run(&self, names: &[&str], stop: Option<u64>, end: bool) -> (bool, Summary) {
        let paths: Vec<PathBuf> = names.iter().map(|name| self.0.path().join(name)).collect();
        let inputs = source::expand(&paths);
        let options = WriterOptions {
            threads: 1,
            memory_bytes: 0,
        };
        let folder = IndexFolder::open_or_create(&self.index()).unwrap();
        let mut sink = IndexSink::open(folder, options).unwrap();
        let options = RunOptions {
            base: self.0.path().to_owned(),
            paths,
            mapping: None,
            again: false,
            strict: false,
            commit_every: 11,
            rejects: None,
            first_run: sink.run(),
        };
        let payload = sink.payload().map(str::to_owned);
        let mut ledger = Ledger::open(&self.index(), payload.as_deref(), options).unwrap();
        sink.set_run(ledger.run());
        let found = inputs.list.iter().map(|input| match input {
            Ok(input) => (input.path(), input.stamp()),
            Err(error) => (error.path.as_path(), None),
        });
        if let Some(payload) = ledger.prepare(found).unwrap() {
            sink.checkpoint(&payload).unwrap();
        }
        let summary = pipeline::run_with(
            inputs.list,
            &Formats::default(),
            &mut sink,
            &mut ledger,
            &mut StopAfter(stop),
        )
        .unwrap();
        assert!(summary.adds_up(), "{summary:?}");
        sink.finish().unwrap();
        if end {
            ledger.end().unwrap();
        }
        (ledger.is_resumed(), summary)
    }

    fn account(&self) -> Account {
        Account::read(&IndexFolder::open(&self.index()).unwrap()).unwrap()
    }

    fn rejects(&self) -> String {
        fs::read_to_string(self.index().join(REJECTS_FILE)).unwrap_or_default()
    }
}

use crate::sink::RecordSink;

/// Records, of which one in five is no record, one in seven is said twice.
fn records(name: &str, n: usize) -> Vec<u8> {
    let line = |idx: usize| match idx {
        idx if idx % 5 == 4 => format!("{{\"id\":\"{name}{idx}\"}}\n"),
        idx if idx % 7 == 6 => format!("{{\"id\":\"{name}0\",\"title\":\"T 0\"}}\n"),
        idx => format!("{{\"id\":\"{name}{idx}\",\"title\":\"T {idx}\"}}\n"),
    };
    (0..n).map(line).collect::<String>().into_bytes()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        out.append_data(&mut header, name, *bytes).unwrap();
    }
    out.into_inner().unwrap()
}

fn place() -> Place {
    let zstd = zstd::encode_all(&records("z", 40)[..], 1).unwrap();
    // One frame, and a second that is cut.
    let cut = [&zstd[..], &zstd[..zstd.len() - 9]].concat();
    let (one, two) = (records("m", 13), records("n", 20));
    let tar = tarred(&[("one.jsonl", &one), ("two.jsonl", &two)]);
    Place::new(&[
        ("a.jsonl", &records("a", 30)),
        ("b.jsonl.zst", &zstd),
        ("c.tar", &tar),
        ("d.jsonl.zst", &cut),
    ])
}

const ALL: &[&str] = &["a.jsonl", "b.jsonl.zst", "c.tar", "d.jsonl.zst", "missing"];

#[test]
fn a_run_that_is_broken_off_anywhere_ends_as_one_that_is_not() {
    let whole = place();
    let (resumed, expected) = whole.run(ALL, None, true);
    assert!(!resumed);
    assert_eq!((expected.files, expected.failed_files), (5, 2));
    for stop in (1..140).step_by(17) {
        let broken = place();
        let (_, part) = broken.run(ALL, Some(stop), false);
        assert!(part.stopped && part.read < expected.read, "{stop}");
        assert!(broken.account().is_open);
        // Once more, before the end.
        broken.run(ALL, Some(stop / 2 + 2), false);
        let (resumed, summary) = broken.run(ALL, None, true);
        assert!(resumed);
        assert_eq!(summary, expected, "{stop}");
        let shown = |place: &Place| {
            place
                .rejects()
                .replace(&*place.0.path().to_string_lossy(), "")
        };
        assert_eq!(shown(&broken), shown(&whole), "{stop}");
        let counts = |place: &Place| -> Vec<(State, Summary)> {
            let files = place.account().files.into_iter();
            files.map(|entry| (entry.state, entry.counts)).collect()
        };
        assert_eq!(counts(&broken), counts(&whole));
        assert!(!broken.account().is_open);
    }
}

#[test]
fn a_file_is_read_again_when_it_has_changed() {
    let place = Place::new(&[("a", &records("a", 10)), ("b", &records("b", 10))]);
    place.run(&["a", "b"], None, true);
    let rejects = place.rejects();
    let (resumed, again) = place.run(&["a", "b"], None, true);
    assert!(!resumed);
    assert_eq!((again.read, again.files, again.unchanged_files), (0, 0, 2));
    // Nothing was read, and what is known of them stays.
    assert_eq!(place.rejects(), rejects);
    place.write("b", &records("b", 12));
    let (_, changed) = place.run(&["b", "a"], None, true);
    assert_eq!((changed.read, changed.unchanged_files), (12, 1));
    assert_eq!((changed.unchanged, changed.indexed), (8, 2));
    let lines: Vec<String> = place.rejects().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[..2].iter().all(|line| line.contains("/a\"")));
}

#[test]
fn the_same_file_twice_is_read_once() {
    let place = Place::new(&[("a", &records("a", 10))]);
    let (_, summary) = place.run(&["a", "./a"], None, true);
    assert_eq!((summary.read, summary.unchanged_files), (10, 1));
}

#[test]
fn what_was_written_after_the_last_commit_does_not_count() {
    let place = Place::new(&[("a", &records("a", 30))]);
    place.run(&["a"], Some(11), false);
    let path = place.index().join(LEDGER_FILE);
    let mut torn = fs::read(&path).unwrap();
    let kept = torn.len();
    torn.extend_from_slice(b"{\"file\":{\"path\":\"/nowhere\",\"state\":\"done\"}}\n{\"run\"");
    fs::write(&path, torn).unwrap();
    assert_eq!(place.account().files.len(), 1);
    let (resumed, summary) = place.run(&["a"], None, true);
    assert!(resumed);
    assert_eq!(summary.read, 30);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.len() > kept && !text.contains("nowhere"));
}

#[test]
fn a_ledger_that_is_gone_or_damaged_costs_only_reading_again() {
    for damage in [&b""[..], b"\xff\xfe\n{}\n[1]\n"] {
        let place = Place::new(&[("a", &records("a", 10))]);
        place.run(&["a"], None, true);
        fs::write(place.index().join(LEDGER_FILE), damage).unwrap();
        let (resumed, summary) = place.run(&["a"], None, true);
        assert!(!resumed);
        assert_eq!((summary.read, summary.unchanged), (10, 8));
    }
}

#[test]
fn what_an_earlier_index_left_behind_does_not_end_a_run() {
    let place = Place::new(&[("a", &records("a", 30))]);
    fs::create_dir(place.index()).unwrap();
    fs::write(place.index().join(END_FILE), "9\n").unwrap();
    fs::write(place.index().join(LEDGER_FILE), "{\"run\"").unwrap();
    place.run(&["a"], Some(20), false);
    let (resumed, summary) = place.run(&["a"], None, true);
    assert!(resumed);
    assert_eq!(summary.read, 30);
}

#[test]
fn another_command_leaves_what_was_broken_off_for_later() {
    let place = Place::new(&[("a", &records("a", 30)), ("b", &records("b", 10))]);
    place.run(&["a"], Some(11), false);
    let (resumed, other) = place.run(&["b"], None, true);
    assert!(!resumed);
    assert_eq!(other.read, 10);
    let (resumed, rest) = place.run(&["a"], None, true);
    assert!(!resumed);
    assert_eq!((rest.read, rest.indexed), (30, 20));
    let twice = place.rejects().lines().count();
    assert_eq!(twice, 6 + 2);
}

#[test]
fn paths_have_one_name() {
    let place = Place::new(&[]);
    let options = RunOptions {
        base: PathBuf::from("/base"),
        paths: Vec::new(),
        mapping: None,
        again: false,
        strict: false,
        commit_every: 1,
        rejects: None,
        first_run: 1,
    };
    let ledger = Ledger::open(place.0.path(), None, options).unwrap();
    assert_eq!(ledger.key(Path::new("./a//b")), "/base/a/b");
    assert_eq!(ledger.key(Path::new("/a/b")), "/a/b");
}

/// A long ledger is written anew with the next run; a process that is killed
/// on the way leaves the old one or the new one, never neither.
#[test]
fn a_ledger_does_not_grow_without_end() {
    let place = place();
    let names = ["a.jsonl", "c.tar"];
    place.run(&names, None, true);
    let files = place.account().files;
    let folder = place.index();
    let options = |sink: &IndexSink| RunOptions {
        base: place.0.path().to_owned(),
        paths: vec![place.0.path().join("a.jsonl")],
        mapping: None,
        again: true,
        strict: false,
        commit_every: 11,
        rejects: None,
        first_run: sink.run(),
    };
    let open = || {
        let writer = WriterOptions {
            threads: 1,
            memory_bytes: 0,
        };
        let sink = IndexSink::open(IndexFolder::open(&folder).unwrap(), writer).unwrap();
        let payload = sink.payload().map(str::to_owned);
        let ledger = Ledger::open(&folder, payload.as_deref(), options(&sink)).unwrap();
        (sink, ledger)
    };
    let path = place.0.path().join("a.jsonl");
    let stamp = files[0].stamp();
    // A run that commits very often.
    let (mut sink, mut ledger) = open();
    let payload = ledger
        .prepare([(path.as_path(), stamp)].into_iter())
        .unwrap();
    sink.checkpoint(&payload.unwrap()).unwrap();
    ledger.begin(&path, stamp);
    for _ in 0..12_000 {
        ledger.reached(&Mark::default(), true).unwrap();
    }
    let mark = Mark {
        summary: files[0].counts,
        format: Some("JSON Lines"),
        ..Mark::default()
    };
    ledger.reached(&mark, true).unwrap();
    sink.checkpoint(&ledger.save().unwrap().unwrap()).unwrap();
    ledger.end().unwrap();
    drop((sink, ledger));
    let long = fs::read(folder.join(LEDGER_FILE)).unwrap();
    assert!(long.len() > 1 << 20);
    let expected = place.account().files;
    assert_eq!(expected.len(), 2);

    let known = || (place.account().files, folder.join("ledger.next").exists());
    // Killed before the commit: the old one counts, and the next writer takes
    // the new one away.
    let (sink, mut ledger) = open();
    let payload = ledger
        .prepare([(path.as_path(), stamp)].into_iter())
        .unwrap();
    drop((sink, ledger));
    assert!(payload.is_some());
    assert_eq!(known(), (expected.clone(), true));
    assert_eq!(fs::read(folder.join(LEDGER_FILE)).unwrap(), long);
    drop(open());
    assert_eq!(known(), (expected.clone(), false));
    // Killed after it: the new one counts, and takes the name.
    let (mut sink, mut ledger) = open();
    let payload = ledger
        .prepare([(path.as_path(), stamp)].into_iter())
        .unwrap();
    sink.checkpoint(&payload.unwrap()).unwrap();
    drop((sink, ledger));
    assert_eq!(known(), (expected.clone(), true));
    assert_eq!(crate::check::check(&folder).unwrap().findings, []);
    drop(open());
    assert_eq!(known(), (expected.clone(), false));
    assert!(fs::read(folder.join(LEDGER_FILE)).unwrap().len() < 2_000);
    // What is gone on with is what there was.
    let (_, summary) = place.run(&names, None, true);
    assert_eq!(summary.unchanged_files, 2);
    assert_eq!(crate::check::check(&folder).unwrap().findings, []);
}
