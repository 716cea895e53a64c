//! The sink that is the index.
//!
//! A record whose id is known replaces the older one, and one that says
//! nothing new is not written again. What is known is what the last commit
//! holds, looked up in the index, and what came since, kept as two numbers a
//! record: 24 bytes each, for at most [`COMMIT_EVERY`] records.
//!
//! A writer that failed is never used again: tantivy's goes on saying `Ok`
//! and indexes nothing.

use std::path::PathBuf;

use abs_record::{Record, RecordId};
use abs_schema::fields::{content_hash, tie_key};
use abs_schema::{Document, IndexFolder, stored};
use rustc_hash::FxHashMap;
use tantivy::indexer::NoMergePolicy;
use tantivy::{DocSet, IndexWriter, ReloadPolicy, Searcher, TantivyError, Term};

use crate::sink::{Outcome, RecordSink};

/// Records between two commits: what a killed ingest may have to read again.
pub const COMMIT_EVERY: u64 = 500_000;
/// Segments left after an ingest; more are merged, smallest first.
const MAX_SEGMENTS: usize = 6;
/// What tantivy asks for at least, per thread.
const MIN_THREAD_BYTES: usize = 15_000_000;
/// And at most.
const MAX_THREAD_BYTES: usize = 4_000_000_000;
/// Kept back from the budget for what is not posting lists: the documents on
/// their way, the stemmers' memos, buffers of the files being written.
const RESERVED_BYTES: usize = 160_000_000;

/// How an index is written.
#[derive(Debug, Clone, Copy)]
pub struct WriterOptions {
    /// Indexing threads, beside the one that reads; at least 1.
    pub threads: usize,
    /// Bytes of memory for the whole of an ingest.
    pub memory_bytes: usize,
}

/// Why the index could not be written. The last commit is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another process writes into the index.
    #[error(
        "another process is writing into the index in {}: wait for it to end",
        .0.display()
    )]
    Busy(PathBuf),
    /// Anything else tantivy ran into.
    #[error("cannot write the index in {}: {source}; everything up to the last commit is kept", path.display())]
    Index {
        /// The index's folder.
        path: PathBuf,
        /// What went wrong.
        source: TantivyError,
    },
    /// A writer that failed before was used again.
    #[error("the index in {} could not be written before: run the same command again", .0.display())]
    Failed(PathBuf),
}

/// Writes records into an index.
pub struct IndexSink {
    folder: IndexFolder,
    /// `None` once it failed.
    writer: Option<IndexWriter<Document>>,
    /// The last commit.
    committed: Searcher,
    /// Since the last commit: hash of the id to hash of the content, `None`
    /// for a deleted record.
    pending: FxHashMap<u64, Option<u64>>,
    n_uncommitted: u64,
}

impl IndexSink {
    /// Takes the index's lock and starts its threads.
    pub fn open(folder: IndexFolder, options: WriterOptions) -> Result<IndexSink, WriteError> {
        let threads = options.threads.max(1);
        let budget = options.memory_bytes.saturating_sub(RESERVED_BYTES) / threads;
        let budget = budget.clamp(MIN_THREAD_BYTES, MAX_THREAD_BYTES);
        let writer: IndexWriter<Document> = folder
            .index
            .writer_with_num_threads(threads, budget * threads)
            .map_err(|source| write_error(&folder, source))?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let committed = snapshot(&folder)?;
        Ok(IndexSink {
            folder,
            writer: Some(writer),
            committed,
            pending: FxHashMap::default(),
            n_uncommitted: 0,
        })
    }

    /// Makes everything pushed so far last and visible.
    pub fn commit(&mut self) -> Result<(), WriteError> {
        if self.n_uncommitted == 0 {
            return Ok(());
        }
        self.with_writer(|writer| writer.commit())?;
        self.committed = snapshot(&self.folder)?;
        self.pending.clear();
        self.n_uncommitted = 0;
        Ok(())
    }

    /// Commits, merges where too many segments are left, and gives the folder
    /// back. The number of segments it ends with.
    pub fn finish(mut self) -> Result<(IndexFolder, usize), WriteError> {
        self.commit()?;
        let merged = self.merge_small()?;
        if let Some(writer) = self.writer.take() {
            writer
                .wait_merging_threads()
                .map_err(|source| write_error(&self.folder, source))?;
        }
        Ok((self.folder, merged))
    }

    /// Documents of the last commit.
    pub fn n_docs(&self) -> u64 {
        self.committed.num_docs()
    }

    fn merge_small(&mut self) -> Result<usize, WriteError> {
        let metas = self
            .folder
            .index
            .searchable_segment_metas()
            .map_err(|source| write_error(&self.folder, source))?;
        if metas.len() <= MAX_SEGMENTS {
            return Ok(metas.len());
        }
        let mut by_size: Vec<_> = metas
            .iter()
            .map(|meta| (meta.num_docs(), meta.id()))
            .collect();
        by_size.sort_unstable();
        let n_merged = metas.len() - MAX_SEGMENTS + 1;
        let ids: Vec<_> = by_size[..n_merged].iter().map(|(_, id)| *id).collect();
        self.with_writer(|writer| {
            writer.merge(&ids).wait()?;
            writer.garbage_collect_files().wait()
        })?;
        Ok(MAX_SEGMENTS)
    }

    /// What is known of an id: the hash of its record's content.
    fn known(&self, id: &RecordId, id_hash: u64) -> Result<Option<u64>, WriteError> {
        if let Some(pending) = self.pending.get(&id_hash) {
            return Ok(*pending);
        }
        let term = Term::from_field_text(self.folder.fields.id, id.as_str());
        self.look_up(&term)
            .map_err(|source| write_error(&self.folder, source))
    }

    fn look_up(&self, term: &Term) -> tantivy::Result<Option<u64>> {
        for segment in self.committed.segment_readers() {
            let postings = segment
                .inverted_index(term.field())?
                .read_postings(term, tantivy::schema::IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else {
                continue;
            };
            while postings.doc() != tantivy::TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    return Ok(segment.fast_fields().u64("content")?.first(postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// Runs one step of the writer; a step that fails is its last.
    fn with_writer<T>(
        &mut self,
        step: impl FnOnce(&mut IndexWriter<Document>) -> tantivy::Result<T>,
    ) -> Result<T, WriteError> {
        let Some(writer) = &mut self.writer else {
            return Err(WriteError::Failed(self.folder.path.clone()));
        };
        step(writer).map_err(|source| {
            self.writer = None;
            write_error(&self.folder, source)
        })
    }

    fn written(&mut self, id_hash: u64, content: Option<u64>) -> Result<(), WriteError> {
        self.pending.insert(id_hash, content);
        self.n_uncommitted += 1;
        if self.n_uncommitted >= COMMIT_EVERY {
            self.commit()?;
        }
        Ok(())
    }
}

impl RecordSink for IndexSink {
    type Error = WriteError;

    fn push(&mut self, record: Record) -> Result<Outcome, WriteError> {
        let stored = stored::encode(&record);
        let content = content_hash(&stored);
        let id_hash = tie_key(&record.id);
        let known = self.known(&record.id, id_hash)?;
        if known == Some(content) {
            return Ok(Outcome::Duplicate);
        }
        let document = self.folder.fields.document(&record, stored);
        let older = known.map(|_| Term::from_field_text(self.folder.fields.id, record.id.as_str()));
        self.with_writer(|writer| {
            if let Some(term) = &older {
                writer.delete_term(term.clone());
            }
            writer.add_document(document)
        })?;
        self.written(id_hash, Some(content))?;
        Ok(if older.is_some() {
            Outcome::Updated
        } else {
            Outcome::Indexed
        })
    }

    fn delete(&mut self, id: &RecordId) -> Result<bool, WriteError> {
        let id_hash = tie_key(id);
        if self.known(id, id_hash)?.is_none() {
            return Ok(false);
        }
        let term = Term::from_field_text(self.folder.fields.id, id.as_str());
        self.with_writer(|writer| Ok(writer.delete_term(term)))?;
        self.written(id_hash, None)?;
        Ok(true)
    }
}

fn snapshot(folder: &IndexFolder) -> Result<Searcher, WriteError> {
    let reader = folder
        .index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()
        .map_err(|source| write_error(folder, source))?;
    Ok(reader.searcher())
}

fn write_error(folder: &IndexFolder, source: TantivyError) -> WriteError {
    match source {
        TantivyError::LockFailure(..) => WriteError::Busy(folder.path.clone()),
        source => WriteError::Index {
            path: folder.path.clone(),
            source,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use abs_record::Author;

    fn record(id: &str, title: &str) -> Record {
        let mut record = Record::new(RecordId::parse(id).unwrap());
        record.title = title.to_owned();
        record.authors = vec![Author::parse("Lu, Lewei")];
        record
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
        assert_eq!(sink.push(record("a", "two")).unwrap(), Outcome::Duplicate);
        assert_eq!(sink.push(record("a", "three")).unwrap(), Outcome::Updated);
        assert_eq!(sink.push(record("b", "three")).unwrap(), Outcome::Indexed);
        sink.commit().unwrap();
        assert_eq!(sink.n_docs(), 2);
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
    fn two_writers_are_one_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let options = WriterOptions {
            threads: 1,
            memory_bytes: 0,
        };
        let open = || IndexSink::open(IndexFolder::open_or_create(folder.path()).unwrap(), options);
        let first = open().unwrap();
        assert!(matches!(open(), Err(WriteError::Busy(_))));
        drop(first);
        assert!(open().is_ok());
    }

    #[test]
    fn many_segments_are_merged_at_the_end() {
        let mut sink = sink();
        for batch in 0..9 {
            sink.push(record(&format!("r{batch}"), "title")).unwrap();
            sink.commit().unwrap();
        }
        let (folder, n_segments) = sink.finish().unwrap();
        assert_eq!(n_segments, MAX_SEGMENTS);
        let reader = folder.index.reader().unwrap();
        assert_eq!(reader.searcher().num_docs(), 9);
        assert_eq!(reader.searcher().segment_readers().len(), MAX_SEGMENTS);
    }
}
