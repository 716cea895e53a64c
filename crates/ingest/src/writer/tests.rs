use super::merge::FEW_SEGMENTS;
use super::*;
use abs_record::Author;

fn record(id: &str, title: &str) -> Record {
    let mut record = Record::new(RecordId::parse(id).unwrap());
    record.title = title.to_owned();
    record.authors = vec![Author::parse("Lu, Lewei")];
    record
}

fn open(path: &std::path::Path) -> Result<IndexSink, WriteError> {
    let options = WriterOptions {
        threads: 1,
        memory_bytes: 0,
    };
    IndexSink::open(IndexFolder::open_or_create(path).unwrap(), options)
}

fn sink() -> IndexSink {
    let options = WriterOptions {
        threads: 1,
        memory_bytes: 0,
    };
    IndexSink::open(IndexFolder::in_memory(), options).unwrap()
}

#[test]
fn an_id_seen_before_is_replaced_before_and_after_a_commit() {
    let mut sink = sink();
    assert_eq!(sink.push(record("a", "one")).unwrap(), Outcome::Indexed);
    assert_eq!(sink.push(record("a", "one")).unwrap(), Outcome::Duplicate);
    assert_eq!(sink.push(record("a", "two")).unwrap(), Outcome::Updated);
    sink.commit().unwrap();
    assert_eq!(sink.n_docs(), 1);
    // A commit alone does not make it another run.
    assert_eq!(sink.push(record("a", "two")).unwrap(), Outcome::Duplicate);
    assert_eq!(sink.push(record("a", "three")).unwrap(), Outcome::Updated);
    assert_eq!(sink.push(record("b", "three")).unwrap(), Outcome::Indexed);
    sink.commit().unwrap();
    assert_eq!(sink.n_docs(), 2);
    // What is replaced is what the last commit held, not what came since.
    assert_eq!(sink.push(record("a", "four")).unwrap(), Outcome::Updated);
    assert_eq!(sink.push(record("a", "three")).unwrap(), Outcome::Updated);
    sink.commit().unwrap();
    assert_eq!(sink.n_docs(), 2);
    assert_eq!(sink.push(record("a", "three")).unwrap(), Outcome::Duplicate);
}

#[test]
fn a_deleted_record_is_gone_and_can_come_back() {
    let mut sink = sink();
    let id = RecordId::parse("a").unwrap();
    assert!(!sink.delete(&id).unwrap());
    sink.push(record("a", "one")).unwrap();
    assert!(sink.delete(&id).unwrap());
    assert!(!sink.delete(&id).unwrap());
    sink.commit().unwrap();
    assert_eq!(sink.n_docs(), 0);
    assert_eq!(sink.push(record("a", "one")).unwrap(), Outcome::Indexed);
    sink.commit().unwrap();
    assert_eq!(sink.n_docs(), 1);
}

#[test]
fn what_an_earlier_run_wrote_is_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = open(folder.path()).unwrap();
    assert_eq!(first.run(), 1);
    first.push(record("a", "one")).unwrap();
    first.push(record("b", "one")).unwrap();
    first.finish().unwrap();
    let mut second = open(folder.path()).unwrap();
    assert_eq!(second.run(), 2);
    assert_eq!(second.push(record("a", "one")).unwrap(), Outcome::Unchanged);
    assert_eq!(second.push(record("a", "one")).unwrap(), Outcome::Unchanged);
    assert_eq!(second.push(record("b", "two")).unwrap(), Outcome::Updated);
    assert_eq!(second.push(record("b", "two")).unwrap(), Outcome::Duplicate);
    second.commit().unwrap();
    drop(second);
    let mut resumed = open(folder.path()).unwrap();
    resumed.set_run(2);
    assert_eq!(
        resumed.push(record("b", "two")).unwrap(),
        Outcome::Duplicate
    );
}

#[test]
fn the_payload_lasts_with_its_commit_and_is_kept_by_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut sink = open(folder.path()).unwrap();
    assert_eq!(sink.payload(), None);
    sink.push(record("a", "one")).unwrap();
    sink.checkpoint("first").unwrap();
    sink.push(record("b", "one")).unwrap();
    sink.commit().unwrap();
    drop(sink);
    let mut sink = open(folder.path()).unwrap();
    assert_eq!((sink.payload(), sink.n_docs()), (Some("first"), 2));
    sink.checkpoint("second, with nothing else").unwrap();
    sink.finish().unwrap();
    let sink = open(folder.path()).unwrap();
    assert_eq!(sink.payload(), Some("second, with nothing else"));
}

#[test]
fn what_is_due_is_committed_before_more_is_taken() {
    let mut sink = sink();
    sink.set_commit_every(2);
    for id in ["a", "b"] {
        assert!(!sink.is_due());
        sink.push(record(id, "one")).unwrap();
    }
    assert!(sink.is_due());
    assert_eq!(sink.n_docs(), 0);
    sink.push(record("c", "one")).unwrap();
    assert_eq!(sink.n_docs(), 2);
}

#[test]
fn files_of_a_commit_that_was_never_made_are_removed() {
    let root = tempfile::tempdir().unwrap();
    let mut sink = open(root.path()).unwrap();
    sink.push(record("r1", "title")).unwrap();
    let (folder, _) = sink.finish().unwrap();
    let segment = folder.index.searchable_segment_ids().unwrap()[0].uuid_string();
    let orphan = format!("{segment}.7.del");
    let directory: &dyn tantivy::Directory = folder.index.directory();
    let file = directory.open_write(std::path::Path::new(&orphan)).unwrap();
    tantivy::directory::TerminatingWrite::terminate(file).unwrap();
    drop(folder);
    assert!(root.path().join(&orphan).exists());
    let sink = open(root.path()).unwrap();
    assert!(!root.path().join(&orphan).exists());
    assert_eq!(sink.n_docs(), 1);
}

#[test]
fn two_writers_are_one_too_many() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).unwrap();
    assert!(matches!(open(folder.path()), Err(WriteError::Busy(_))));
    drop(first);
    assert!(open(folder.path()).is_ok());
}

#[test]
fn many_segments_are_merged_at_the_end() {
    let root = tempfile::tempdir().unwrap();
    let mut sink = open(root.path()).unwrap();
    for batch in 0..9 {
        sink.push(record(&format!("r{batch}"), "title")).unwrap();
        sink.commit().unwrap();
    }
    let (folder, n_segments) = sink.finish().unwrap();
    assert_eq!(n_segments, FEW_SEGMENTS);
    let reader = folder.index.reader().unwrap();
    assert_eq!(reader.searcher().num_docs(), 9);
    assert_eq!(reader.searcher().segment_readers().len(), FEW_SEGMENTS);
    // What was merged is gone from the folder.
    let mut left: Vec<String> = std::fs::read_dir(&folder.path)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".store").map(str::to_owned))
        .collect();
    let ids = folder.index.searchable_segment_ids().unwrap();
    let mut expected: Vec<String> = ids.iter().map(|id| id.uuid_string()).collect();
    left.sort();
    expected.sort();
    assert_eq!(left, expected);
}
