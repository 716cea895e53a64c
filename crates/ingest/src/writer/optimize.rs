//! One segment instead of many, and no deleted records in it.

use abs_schema::IndexFolder;

use super::{WriteError, keep_damage_out, swap, take_over, write_error};
use crate::dedup;

/// What changed, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Optimized {
    /// Segments.
    pub segments: (usize, usize),
    /// Records that are deleted and still take room.
    pub deleted: (u64, u64),
}

/// Merges all segments into one. What is in them is checked first: a merge
/// would give damage a new and valid checksum. The payload of the last commit
/// stays.
pub fn optimize(folder: IndexFolder) -> Result<Optimized, WriteError> {
    let failed = |source| write_error(&folder, source);
    let mut writer = take_over(&folder)?;
    let before = state(&folder)?;
    if before.0 > 1 || before.1 > 0 {
        let ids = folder.index.searchable_segment_ids().map_err(failed)?;
        keep_damage_out(&folder, &ids)?;
        let payload = folder.index.load_metas().map_err(failed)?.payload;
        swap::merge(&folder, &mut writer, &[ids], payload.as_deref()).map_err(failed)?;
    }
    writer.garbage_collect_files().wait().map_err(failed)?;
    writer.wait_merging_threads().map_err(failed)?;
    dedup::update(&folder).map_err(failed)?;
    let after = state(&folder)?;
    Ok(Optimized {
        segments: (before.0, after.0),
        deleted: (before.1, after.1),
    })
}

/// Segments, and deleted records in them.
fn state(folder: &IndexFolder) -> Result<(usize, u64), WriteError> {
    let metas = folder
        .index
        .searchable_segment_metas()
        .map_err(|source| write_error(folder, source))?;
    let deleted = metas
        .iter()
        .map(|meta| u64::from(meta.num_deleted_docs()))
        .sum();
    Ok((metas.len(), deleted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{IndexSink, RecordSink, WriterOptions};
    use abs_record::{Record, RecordId};

    fn record(id: usize) -> Record {
        let mut record = Record::new(RecordId::parse(&format!("r{id}")).unwrap());
        record.title = format!("Title {id}");
        record
    }

    #[test]
    fn one_segment_is_left_and_nothing_deleted_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let open = || IndexFolder::open_or_create(folder.path()).unwrap();
        let options = WriterOptions {
            threads: 1,
            memory_bytes: 0,
        };
        let empty = optimize(open()).unwrap();
        assert_eq!(empty.segments, (0, 0));
        let mut sink = IndexSink::open(open(), options).unwrap();
        for id in 0..9 {
            sink.push(record(id)).unwrap();
            if id % 3 == 2 {
                sink.checkpoint("kept").unwrap();
            }
        }
        sink.delete(&record(4).id).unwrap();
        sink.finish().unwrap();
        let done = optimize(open()).unwrap();
        assert_eq!((done.segments, done.deleted), ((3, 1), (1, 0)));
        let sink = IndexSink::open(open(), options).unwrap();
        assert_eq!((sink.n_docs(), sink.payload()), (8, Some("kept")));
        drop(sink);
        // Deletes alone are reason enough.
        let mut sink = IndexSink::open(open(), options).unwrap();
        sink.delete(&record(5).id).unwrap();
        sink.finish().unwrap();
        let done = optimize(open()).unwrap();
        assert_eq!((done.segments, done.deleted), ((1, 1), (1, 0)));
    }

    #[test]
    fn damage_is_found_and_not_merged() {
        let folder = tempfile::tempdir().unwrap();
        let open = || IndexFolder::open_or_create(folder.path()).unwrap();
        let options = WriterOptions {
            threads: 1,
            memory_bytes: 0,
        };
        let mut sink = IndexSink::open(open(), options).unwrap();
        for id in 0..4 {
            sink.push(record(id)).unwrap();
            sink.commit().unwrap();
        }
        sink.finish().unwrap();
        let store = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().path())
            .find(|path| path.extension().is_some_and(|name| name == "store"))
            .unwrap();
        let mut bytes = std::fs::read(&store).unwrap();
        bytes[2] ^= 0x55;
        std::fs::write(&store, bytes).unwrap();
        assert!(matches!(optimize(open()), Err(WriteError::Damaged(path)) if path == store));
    }
}
