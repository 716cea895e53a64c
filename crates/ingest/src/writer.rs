//! The sink that is the index.
//!
//! A record whose id is known replaces the older one, and one that says
//! nothing new is not written again. What is known is what the last commit
//! holds, looked up in the index, and what came since, kept as two numbers a
//! record: 24 bytes each, for at most [`COMMIT_EVERY`] records.
//!
//! Each record is stored with the number of the run that wrote it. A record
//! that says nothing new is *unchanged* where an earlier run wrote what is
//! known, and a *duplicate* where this one did: whichever it is does not
//! depend on when commits fall.
//!
//! A commit carries a payload, a short text that becomes durable with it: what
//! the ledger goes by. A commit nobody gave a payload keeps the last one.
//!
//! Segments are built by threads of our own (`writer/workers.rs`) and handed to
//! tantivy's writer at a commit, which keeps the list of segments and deletes
//! what they replace.
//!
//! A writer that failed is never used again: tantivy's goes on saying `Ok`
//! and indexes nothing.

mod committed;
mod inverted;
mod lists;
mod merge;
mod names;
mod optimize;
mod replaced;
mod segment;
mod stack;
mod swap;
mod terms;
mod text;
mod unique;
mod values;
mod words;
mod workers;

pub use optimize::{Optimized, optimize};

use std::path::PathBuf;
use std::sync::Arc;

use abs_record::{Record, RecordId};
use abs_schema::fields::{content_hash, tie_key};
use abs_schema::store::{WriteFailure, plain, remove_leftovers};
use abs_schema::{Document, IndexFolder, stored};
use rustc_hash::FxHashMap;
use tantivy::directory::error::LockError;
use tantivy::index::SegmentId;
use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, TantivyError};

use crate::acronym::{Miner, kept};
use crate::dedup;
use crate::sink::{Outcome, RecordSink};
use committed::Committed;
use workers::{Change, Workers};

/// Records between two commits: what a killed ingest may have to read again.
pub const COMMIT_EVERY: u64 = 500_000;
/// What a thread has for a segment at least.
const MIN_THREAD_BYTES: usize = 15_000_000;
/// What tantivy's writer asks for, and does not use: it is given no records.
const IDLE_WRITER_BYTES: usize = 15_000_000;
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
    /// A file could not be written: the disk is full, or broken.
    #[error("cannot write {}: {source}; everything up to the last commit is kept", path.display())]
    File {
        /// The file, or the index's folder.
        path: PathBuf,
        /// What the system said.
        source: Arc<std::io::Error>,
    },
    /// Anything else tantivy ran into.
    #[error("cannot write the index in {}: {}; everything up to the last commit is kept", path.display(), plain(source))]
    Index {
        /// The index's folder.
        path: PathBuf,
        /// What went wrong.
        source: TantivyError,
    },
    /// A file of the index is not what was written.
    #[error("{} is damaged: `abs-search check` says what to do", .0.display())]
    Damaged(PathBuf),
    /// A writer that failed before was used again.
    #[error("the index in {} could not be written before: run the same command again", .0.display())]
    Failed(PathBuf),
}

/// Writes records into an index.
pub struct IndexSink {
    folder: IndexFolder,
    /// `None` once it failed.
    writer: Option<(IndexWriter<Document>, Workers)>,
    /// The last commit.
    committed: Committed,
    /// Since the last commit: hash of the id to hash of the content, `None`
    /// for a deleted record.
    pending: FxHashMap<u64, Option<u64>>,
    n_uncommitted: u64,
    /// Records between two commits.
    commit_every: u64,
    /// Indexing threads.
    threads: usize,
    /// The number of this run.
    run: u64,
    /// What the next commit carries.
    payload: Option<String>,
    /// Whether the last commit carries something else.
    payload_is_new: bool,
    /// Acronyms met since then.
    acronyms: Miner,
}

/// What is known of an id.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Hash of its record's content.
    content: u64,
    /// Whether this run wrote it.
    is_ours: bool,
}

impl IndexSink {
    /// Takes the index's lock and starts its threads.
    pub fn open(folder: IndexFolder, options: WriterOptions) -> Result<IndexSink, WriteError> {
        let threads = options.threads.max(1);
        let budget = options.memory_bytes.saturating_sub(RESERVED_BYTES) / threads;
        let writer = take_over(&folder)?;
        let workers = Workers::start(
            &folder.index,
            &folder.fields,
            threads,
            budget.max(MIN_THREAD_BYTES),
        )
        .map_err(|error| write_error(&folder, error.into()))?;
        let committed = committed(&folder)?;
        let metas = folder.index.load_metas();
        let payload = metas
            .map_err(|source| write_error(&folder, source))?
            .payload;
        let run = committed
            .last_run()
            .map_err(|source| write_error(&folder, source))?
            + 1;
        Ok(IndexSink {
            folder,
            writer: Some((writer, workers)),
            committed,
            pending: FxHashMap::default(),
            n_uncommitted: 0,
            commit_every: COMMIT_EVERY,
            threads,
            run,
            payload,
            payload_is_new: false,
            acronyms: Miner::new(),
        })
    }

    /// The payload of the last commit.
    pub fn payload(&self) -> Option<&str> {
        self.payload.as_deref()
    }

    /// The number of this run: one more than that of any record, unless
    /// [`IndexSink::set_run`] says another.
    pub fn run(&self) -> u64 {
        self.run
    }

    /// Goes on with a run that was broken off, or begins one of this number.
    pub fn set_run(&mut self, run: u64) {
        self.run = run;
    }

    /// Commits after so many records at the latest.
    pub fn set_commit_every(&mut self, n_records: u64) {
        self.commit_every = n_records.clamp(1, COMMIT_EVERY);
    }

    /// Makes everything pushed so far last and visible.
    pub fn commit(&mut self) -> Result<(), WriteError> {
        if self.n_uncommitted == 0 && !self.payload_is_new {
            return Ok(());
        }
        // What is staged tells from the commit before: one that failed may
        // have come to be.
        if self.writer.is_none() {
            return Err(WriteError::Failed(self.folder.path.clone()));
        }
        kept::stage(&self.folder, &mut self.acronyms).map_err(|error| self.failed(error))?;
        // tantivy forgets the payload with the next commit.
        let payload = self.payload.clone();
        self.with_writer(|writer, workers| {
            for segment in workers.finish(writer.commit_opstamp())? {
                writer.add_segment(segment)?;
            }
            let mut commit = writer.prepare_commit()?;
            if let Some(payload) = &payload {
                commit.set_payload(payload);
            }
            commit.commit()
        })?;
        self.payload_is_new = false;
        kept::settle(&self.folder).map_err(|error| self.failed(error))?;
        self.committed = committed(&self.folder).inspect_err(|_| self.writer = None)?;
        self.pending.clear();
        self.n_uncommitted = 0;
        Ok(())
    }

    /// Commits, merges where too many segments are left, finds the versions of
    /// each work, and gives the folder back. The number of segments it ends with.
    pub fn finish(mut self) -> Result<(IndexFolder, usize), WriteError> {
        self.commit()?;
        let merged = self.merge_small()?;
        // What the last snapshot but one is made of is kept as long as it is.
        self.committed = committed(&self.folder)?;
        self.with_writer(|writer, _| writer.garbage_collect_files().wait().map(drop))?;
        if let Some((writer, workers)) = self.writer.take() {
            drop(workers);
            writer
                .wait_merging_threads()
                .map_err(|source| write_error(&self.folder, source))?;
        }
        dedup::update(&self.folder).map_err(|source| write_error(&self.folder, source))?;
        Ok((self.folder, merged))
    }

    /// Documents of the last commit.
    pub fn n_docs(&self) -> u64 {
        self.committed.n_docs()
    }

    /// Merges the smallest segments where there are too many, in groups, each
    /// by a thread. How many are left.
    fn merge_small(&mut self) -> Result<usize, WriteError> {
        let segments = self.committed.segments().iter();
        let by_size = segments
            .map(|segment| (segment.num_docs(), segment.segment_id()))
            .collect();
        let (groups, n_left) = merge::groups(by_size, self.threads);
        if groups.is_empty() {
            return Ok(n_left);
        }
        keep_damage_out(&self.folder, &groups.concat())?;
        let Some((writer, _)) = &mut self.writer else {
            return Err(WriteError::Failed(self.folder.path.clone()));
        };
        let payload = self.payload.as_deref();
        swap::merge(&self.folder, writer, &groups, payload).map_err(|source| {
            self.writer = None;
            write_error(&self.folder, source)
        })?;
        Ok(n_left)
    }

    fn known(&self, id: &RecordId, id_hash: u64) -> Result<Option<Known>, WriteError> {
        if let Some(pending) = self.pending.get(&id_hash) {
            let is_ours = true;
            return Ok(pending.map(|content| Known { content, is_ours }));
        }
        let record = self
            .committed
            .record(id)
            .map_err(|source| write_error(&self.folder, source))?;
        Ok(record.map(|record| Known {
            content: record.content,
            is_ours: record.run == Some(self.run),
        }))
    }

    /// Runs one step of the writer; a step that fails is its last.
    fn with_writer<T>(
        &mut self,
        step: impl FnOnce(&mut IndexWriter<Document>, &mut Workers) -> tantivy::Result<T>,
    ) -> Result<T, WriteError> {
        let Some((writer, workers)) = &mut self.writer else {
            return Err(WriteError::Failed(self.folder.path.clone()));
        };
        step(writer, workers).map_err(|source| {
            self.writer = None;
            write_error(&self.folder, source)
        })
    }

    /// A file of ours could not be written: the writer goes with it.
    fn failed(&mut self, error: std::io::Error) -> WriteError {
        self.writer = None;
        write_error(&self.folder, error.into())
    }

    /// Commits where nobody did who was asked to. Before something is taken,
    /// not after it: the payload says nothing of it yet.
    fn commit_if_due(&mut self) -> Result<(), WriteError> {
        if self.is_due() {
            self.commit()?;
        }
        Ok(())
    }

    fn written(&mut self, id_hash: u64, content: Option<u64>) {
        self.pending.insert(id_hash, content);
        self.n_uncommitted += 1;
    }
}

impl RecordSink for IndexSink {
    type Error = WriteError;

    fn push(&mut self, record: Record) -> Result<Outcome, WriteError> {
        self.commit_if_due()?;
        let stored = stored::encode(&record);
        let content = content_hash(&stored);
        let id_hash = tie_key(&record.id);
        let known = self.known(&record.id, id_hash)?;
        if let Some(known) = known.filter(|known| known.content == content) {
            return Ok(match known.is_ours {
                true => Outcome::Duplicate,
                false => Outcome::Unchanged,
            });
        }
        self.acronyms
            .add(&record.title, record.abstract_text.as_deref());
        let older = known.map(|_| self.committed.replaced(&record.id));
        let outdated = older.is_some();
        let run = self.run;
        self.with_writer(|writer, workers| {
            if let Some(older) = older {
                writer.delete_query(Box::new(older))?;
            }
            workers.push(Change::Add {
                id_hash,
                record: Box::new(record),
                stored,
                run,
            })
        })?;
        self.written(id_hash, Some(content));
        Ok(if outdated {
            Outcome::Updated
        } else {
            Outcome::Indexed
        })
    }

    fn delete(&mut self, id: &RecordId) -> Result<bool, WriteError> {
        self.commit_if_due()?;
        let id_hash = tie_key(id);
        if self.known(id, id_hash)?.is_none() {
            return Ok(false);
        }
        let older = self.committed.replaced(id);
        self.with_writer(|writer, workers| {
            writer.delete_query(Box::new(older))?;
            workers.push(Change::Delete { id_hash })
        })?;
        self.written(id_hash, None);
        Ok(true)
    }

    fn is_due(&self) -> bool {
        self.n_uncommitted >= self.commit_every
    }

    fn checkpoint(&mut self, payload: &str) -> Result<(), WriteError> {
        self.payload = Some(payload.to_owned());
        self.payload_is_new = true;
        self.commit()
    }
}

/// An error if a file of these segments is not as it was written.
fn keep_damage_out(folder: &IndexFolder, segments: &[SegmentId]) -> Result<(), WriteError> {
    match folder.damaged_of(segments) {
        Ok(None) => Ok(()),
        Ok(Some(file)) => Err(WriteError::Damaged(file)),
        Err(_) => Err(WriteError::Damaged(folder.path.clone())),
    }
}

/// Takes the index's lock and puts right what a killed process left. Files of a
/// commit that it did not come to make would be in the way: a list of deleted
/// records is named after its commit's number, which the next commit has again,
/// and tantivy does not write over files.
fn take_over(folder: &IndexFolder) -> Result<IndexWriter<Document>, WriteError> {
    let failed = |source| write_error(folder, source);
    let writer = folder
        .index
        .writer_with_num_threads(1, IDLE_WRITER_BYTES)
        .map_err(failed)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    remove_leftovers(&folder.path);
    writer.garbage_collect_files().wait().map_err(failed)?;
    // Before the commit is another: what is staged is told from it.
    kept::settle(folder).map_err(|error| failed(error.into()))?;
    Ok(writer)
}

fn committed(folder: &IndexFolder) -> Result<Committed, WriteError> {
    Committed::last(folder).map_err(|source| write_error(folder, source))
}

fn write_error(folder: &IndexFolder, source: TantivyError) -> WriteError {
    let path = folder.path.clone();
    match source {
        TantivyError::LockFailure(LockError::LockBusy, _) => WriteError::Busy(path),
        TantivyError::LockFailure(LockError::IoError(source), _) => {
            WriteError::File { path, source }
        }
        // A failure in another thread reaches us without its cause.
        source => match (folder.write_failure(), source) {
            (Some(WriteFailure { path, source }), _) => WriteError::File { path, source },
            (None, TantivyError::IoError(source)) => WriteError::File { path, source },
            (None, source) => WriteError::Index { path, source },
        },
    }
}

#[cfg(test)]
mod tests;
