//! Keeps what was mined beside the index, in step with its commits.
//!
//! Before a commit the sums are written into a file of their own together
//! with what tells that commit from the one before; after it that file takes
//! the place of the one that is read. A process killed in between leaves the
//! decision to the next writer, which can tell whether the commit was made:
//! no record's pairs are lost or counted twice.

use std::io;

use abs_schema::IndexFolder;
use abs_schema::acronyms::{Acronyms, FILE, STAGED_FILE, encode, merged};

use super::Miner;

/// Before a commit: writes down what the pairs will be after it. With nothing
/// mined nothing is done.
pub(crate) fn stage(folder: &IndexFolder, miner: &mut Miner) -> io::Result<()> {
    if miner.is_empty() {
        return Ok(());
    }
    let mut pairs = miner.take();
    if let Some(bytes) = folder.read_file(FILE) {
        pairs.extend(Acronyms::new(bytes).iter());
        pairs = merged(pairs);
    }
    let mut staged = folder.commit_hash().to_le_bytes().to_vec();
    staged.append(&mut encode(&pairs));
    folder.write_file(STAGED_FILE, &staged)
}

/// After a commit, and before the first of a new writer: what was staged for
/// a commit that was made is from now on what is read; what was staged for
/// one that was not is dropped.
pub(crate) fn settle(folder: &IndexFolder) -> io::Result<()> {
    let Some(staged) = folder.read_file(STAGED_FILE) else {
        return Ok(());
    };
    if let Some((before, content)) = staged.split_first_chunk::<8>()
        && u64::from_le_bytes(*before) != folder.commit_hash()
        && !Acronyms::new(staged.slice(8..staged.len())).is_empty()
    {
        folder.write_file(FILE, content)?;
    }
    folder.remove_file(STAGED_FILE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{IndexSink, RecordSink, WriterOptions};
    use abs_record::{Record, RecordId};

    const OPTIONS: WriterOptions = WriterOptions {
        threads: 1,
        memory_bytes: 0,
    };

    fn defining(id: &str) -> Record {
        let mut record = Record::new(RecordId::parse(id).unwrap());
        record.title = format!("A process reward model (PRM), number {id}");
        record
    }

    fn count(folder: &IndexFolder) -> u32 {
        let bytes = folder.read_file(FILE).unwrap_or_else(|| panic!("no file"));
        let pairs = Acronyms::new(bytes).of_short("prm");
        pairs.iter().map(|pair| pair.count).sum()
    }

    #[test]
    fn pairs_are_counted_over_commits_and_ingests() {
        let mut sink = IndexSink::open(IndexFolder::in_memory(), OPTIONS).unwrap();
        for id in ["a", "b"] {
            sink.push(defining(id)).unwrap();
        }
        sink.commit().unwrap();
        sink.push(defining("c")).unwrap();
        // Known already: not counted again.
        sink.push(defining("a")).unwrap();
        let (folder, _) = sink.finish().unwrap();
        assert_eq!(count(&folder), 3);
        let mut sink = IndexSink::open(folder, OPTIONS).unwrap();
        sink.push(defining("d")).unwrap();
        let (folder, _) = sink.finish().unwrap();
        assert_eq!(count(&folder), 4);
        assert!(folder.read_file(STAGED_FILE).is_none());
    }

    #[test]
    fn a_kill_around_a_commit_neither_loses_nor_doubles() {
        let at = tempfile::tempdir().unwrap();
        let open = || IndexFolder::open_or_create(at.path()).unwrap();
        let mut sink = IndexSink::open(open(), OPTIONS).unwrap();
        sink.push(defining("a")).unwrap();
        let (folder, _) = sink.finish().unwrap();
        let before = std::fs::read(at.path().join(FILE)).unwrap();

        // Killed before the commit: what was staged is dropped.
        let mut miner = Miner::new();
        miner.add("A process reward model (PRM)", None);
        stage(&folder, &mut miner).unwrap();
        drop(IndexSink::open(open(), OPTIONS).unwrap());
        assert_eq!(count(&folder), 1);

        // Killed after it: the file as it was, and the staged one beside it.
        let mut miner = Miner::new();
        miner.add("A process reward model (PRM)", None);
        stage(&folder, &mut miner).unwrap();
        let staged = std::fs::read(at.path().join(STAGED_FILE)).unwrap();
        let mut sink = IndexSink::open(open(), OPTIONS).unwrap();
        sink.push(defining("b")).unwrap();
        drop(sink.finish().unwrap());
        assert_eq!(count(&folder), 2);
        std::fs::write(at.path().join(FILE), before).unwrap();
        std::fs::write(at.path().join(STAGED_FILE), staged).unwrap();
        drop(IndexSink::open(open(), OPTIONS).unwrap());
        assert_eq!(count(&folder), 2);
    }

    #[test]
    fn a_staged_file_that_is_no_such_file_is_dropped() {
        for content in [&b""[..], b"short", b"long enough to be taken for one"] {
            let folder = IndexFolder::in_memory();
            folder.write_file(STAGED_FILE, content).unwrap();
            settle(&folder).unwrap();
            assert!(folder.read_file(STAGED_FILE).is_none());
            assert!(folder.read_file(FILE).is_none());
        }
    }
}
