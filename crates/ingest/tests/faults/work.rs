//! What is done to an index: commits of records that are added, replaced and
//! deleted, a merge at the end, and all of it merged into one.

use std::collections::BTreeMap;
use std::path::Path;

use abs_ingest::writer::{WriteError, optimize};
use abs_ingest::{IndexSink, RecordSink, WriterOptions};
use abs_record::{Record, RecordId};
use abs_schema::acronyms::{Acronyms, FILE};
use abs_schema::store::IndexDirectory;
use abs_schema::{IndexFolder, StoreError, stored};
use tantivy::schema::Value;
use tantivy::{ReloadPolicy, Searcher, TantivyDocument};

use crate::disk::Disk;

/// Commits of the work: enough for the last step to merge some segments.
pub(crate) const N_COMMITS: usize = 9;
/// Records that each commit adds.
const N_ADDED: usize = 5;

/// Titles by id.
pub(crate) type Titles = BTreeMap<String, String>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum WorkError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Write(#[from] WriteError),
}

fn record(number: usize, title: &str) -> Record {
    let mut record = Record::new(RecordId::parse(&format!("r{number}")).unwrap());
    record.title = format!("{title} of a process reward model (PRM), number {number}");
    record.abstract_text = Some("We verify each step of a solution. ".repeat(number % 4));
    record
}

/// What a commit consists of: records to push, and one to delete.
fn commit(number: usize) -> (Vec<Record>, Option<RecordId>) {
    let first = number * N_ADDED;
    let mut records: Vec<_> = (first..first + N_ADDED)
        .map(|number| record(number, "Title"))
        .collect();
    let mut deleted = None;
    if number > 0 {
        records.push(record(first - 2, "Newer title"));
        // The record before is of this commit's past, or long gone.
        deleted = (number % 2 == 1).then(|| record(first - 4, "").id);
    }
    // Twice in one commit: the last counts.
    records.push(record(first, "Later title"));
    (records, deleted)
}

/// What the index holds after so many commits.
pub(crate) fn expected(n_commits: usize) -> Titles {
    let mut titles = Titles::new();
    for number in 0..n_commits {
        let (records, deleted) = commit(number);
        for record in records {
            titles.insert(record.id.as_str().to_owned(), record.title);
        }
        if let Some(id) = deleted {
            assert!(titles.remove(id.as_str()).is_some());
        }
    }
    titles
}

/// Does what is not done yet. `reported` is told of each commit as it is
/// reported.
pub(crate) fn work(
    path: &Path,
    disk: &Disk,
    mut reported: impl FnMut(usize),
) -> Result<(), WorkError> {
    let open = || {
        let directory = IndexDirectory::over(path, Box::new(disk.clone()));
        IndexFolder::open_or_create_over(path, directory)
    };
    let options = WriterOptions {
        threads: 2,
        memory_bytes: 0,
    };
    let mut sink = IndexSink::open(open()?, options)?;
    let n_done: usize = sink.payload().map_or(0, |payload| payload.parse().unwrap());
    for number in n_done..N_COMMITS {
        let (records, deleted) = commit(number);
        let step = || {
            for record in records {
                sink.push(record)?;
            }
            if let Some(id) = deleted {
                sink.delete(&id)?;
            }
            sink.checkpoint(&(number + 1).to_string())
        };
        if let Err(error) = step() {
            is_never_used_again(&mut sink, &error);
            return Err(error.into());
        }
        reported(number + 1);
    }
    sink.finish()?;
    optimize(open()?)?;
    Ok(())
}

/// A sink whose writer failed says so, and does nothing. One that could not
/// even read what was committed has its writer still.
fn is_never_used_again(sink: &mut IndexSink, first: &WriteError) {
    assert!(!matches!(first, WriteError::Failed(_)), "{first}");
    let pushed = sink.push(record(900, "Never"));
    assert!(matches!(pushed, Err(WriteError::Failed(_))), "{pushed:?}");
    let committed = sink.checkpoint("900");
    assert!(
        matches!(committed, Err(WriteError::Failed(_))),
        "{committed:?}"
    );
}

/// Every record in an index, none of them twice.
pub(crate) fn titles(path: &Path) -> Titles {
    let folder = IndexFolder::open(path).unwrap();
    let reader = folder
        .index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual);
    let reader: tantivy::IndexReader = reader.try_into().unwrap();
    let searcher: Searcher = reader.searcher();
    let mut titles = Titles::new();
    for segment in searcher.segment_readers() {
        let store = segment.get_store_reader(1).unwrap();
        for doc in segment.doc_ids_alive() {
            let document: TantivyDocument = store.get(doc).unwrap();
            let bytes = document.get_first(folder.fields.record).unwrap();
            let bytes = stored::unpack(bytes.as_bytes().unwrap()).unwrap();
            let record = stored::decode(&bytes).unwrap();
            let before = titles.insert(record.id.as_str().to_owned(), record.title);
            assert_eq!(before, None, "{} is there twice", record.id);
        }
    }
    titles
}

/// How often an acronym was counted.
pub(crate) fn n_acronyms(path: &Path) -> u32 {
    let folder = IndexFolder::open(path).unwrap();
    let bytes = folder.read_file(FILE).unwrap();
    let pairs = Acronyms::new(bytes).of_short("prm");
    pairs.iter().map(|pair| pair.count).sum()
}
