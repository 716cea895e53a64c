//! The ledger: what an index was made of, file by file, and how far an ingest
//! has come that is not at its end.
//!
//! `ledger.jsonl` in the index folder is added to: a line for each
//! run that begins, for each file that is done with, and for the file a
//! commit falls into. Before each commit it is synced, and the commit's
//! payload says how many of its bytes count. So both become durable in the
//! same moment, the payload stays small however many files there are, and
//! what a killed process wrote beyond is cut off. Once it is long and mostly
//! outdated it is written anew (`ledger/compact.rs`). The list of rejects is kept
//! in step in the same way.
//!
//! A file is known by its path, size and time. One that is as it was when it
//! was read is left out; one that has changed is read again; one that was not
//! read to its end is gone on with. A run goes on with the last one, counting
//! where that one was, if that one is not at its end and was told the same.
//! Whether a run was is said in `ledger.end`, once its account is printed.
//!
//! In memory: one entry a file, some 300 bytes and its path.

mod compact;
mod form;
mod payload;
mod state;
#[cfg(test)]
mod tests;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use abs_schema::IndexFolder;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::Xxh3;

use crate::error::{ReadError, SourceError};
use crate::journal::{Journal, Mark, Stamp, Start};
use crate::pipeline::Summary;
use crate::rejects::RejectList;

pub(crate) use compact::NEXT_FILE as NEXT_LEDGER_FILE;
pub use form::{Entry, State};
use form::{Line, RunLine};
use payload::Payload;
use state::Known;

/// The ledger's name in the index folder.
pub const LEDGER_FILE: &str = "ledger.jsonl";
/// The list of rejects, where nobody names another.
pub const REJECTS_FILE: &str = "rejects.jsonl";
/// Holds the number of the last run whose account was printed.
const END_FILE: &str = "ledger.end";

/// Why the ledger, or the list of rejects, cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The ledger.
    #[error("cannot keep the ledger {}: {source}", path.display())]
    Ledger {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The list.
    #[error("cannot list rejects in {} (--rejects FILE names another): {source}", path.display())]
    Rejects {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// What a run is told, as far as the ledger goes by it.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// The folder that relative paths are meant from.
    pub base: PathBuf,
    /// The paths as they were named: what makes two commands the same.
    pub paths: Vec<PathBuf>,
    /// How columns are named, see [`crate::format::Mapping`].
    pub mapping: Option<String>,
    /// Read files again that have not changed.
    pub again: bool,
    /// Read files again that have rejects.
    pub strict: bool,
    /// Items between two commits at most.
    pub commit_every: u64,
    /// The list of rejects, if not [`REJECTS_FILE`].
    pub rejects: Option<PathBuf>,
    /// The number the run gets if it is no other's continuation, or a higher
    /// one: that of no record in the index.
    pub first_run: u64,
}

/// The ledger of an index that is written into: hold its lock.
pub struct Ledger {
    folder: PathBuf,
    file: BufWriter<File>,
    n_bytes: u64,
    /// Of these bytes.
    hash: Xxh3,
    entries: FxHashMap<String, Entry>,
    /// Read, or left out, by this process.
    seen: FxHashSet<String>,
    rejects: RejectList,
    payload: Payload,
    options: RunOptions,
    run: u64,
    resumed: bool,
    /// Whether the run has its line.
    is_begun: bool,
    /// Whether what is written goes to a file that is not called the ledger
    /// yet.
    is_next: bool,
    n_counted: u64,
    current: Current,
}

/// The input that began last.
#[derive(Default)]
struct Current {
    key: String,
    stamp: Option<Stamp>,
    error: Option<String>,
}

impl Ledger {
    /// Opens the ledger of an index whose last commit carries this payload.
    pub fn open(
        folder: &Path,
        payload: Option<&str>,
        options: RunOptions,
    ) -> Result<Ledger, LedgerError> {
        let path = folder.join(LEDGER_FILE);
        let failed = |source| LedgerError::Ledger {
            path: path.clone(),
            source,
        };
        let payload = Payload::parse(payload);
        let Known {
            entries,
            last,
            n_bytes,
            hash,
            is_next,
        } = state::read(folder, &payload).map_err(failed)?;
        match is_next {
            true => compact::rename(folder).map_err(failed)?,
            false => compact::discard(folder).map_err(failed)?,
        }
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(failed)?;
        file.set_len(n_bytes).map_err(failed)?;
        let mut file = BufWriter::new(file);
        file.seek(SeekFrom::End(0)).map_err(failed)?;

        let last_number = last.as_ref().map_or(0, |run| run.number);
        let resumed = options.can_be_resumed()
            && last.is_some_and(|run| {
                !state::has_ended(folder, run.number) && run.command == options.command()
            });
        let run = match resumed {
            true => last_number,
            // Higher than any that has ended, though the ledger be lost.
            false => (options.first_run)
                .max(last_number.saturating_add(1))
                .max(state::last_ended(folder).saturating_add(1)),
        };
        let rejects = state::open_rejects(folder, &options, &payload, last_number, resumed)?;
        Ok(Ledger {
            folder: folder.to_owned(),
            file,
            n_bytes,
            hash,
            entries,
            seen: FxHashSet::default(),
            rejects,
            payload,
            options,
            run,
            resumed,
            is_begun: resumed,
            is_next: false,
            n_counted: 0,
            current: Current::default(),
        })
    }

    /// The number of this run.
    pub fn run(&self) -> u64 {
        self.run
    }

    /// Whether this run goes on with one that was broken off.
    pub fn is_resumed(&self) -> bool {
        self.resumed
    }

    /// Where rejects are listed.
    pub fn rejects_path(&self) -> &Path {
        self.rejects.path()
    }

    /// Gets ready to read these inputs: a new run takes what the list says of
    /// them away. A payload to commit before the first record, if any of them
    /// is going to be read.
    pub fn prepare<'a>(
        &mut self,
        inputs: impl Iterator<Item = (&'a Path, Option<Stamp>)>,
    ) -> Result<Option<String>, LedgerError> {
        if self.is_begun {
            return Ok(None);
        }
        let mut fresh = FxHashSet::default();
        let mut is_needed = false;
        for (path, stamp) in inputs {
            match self.start(&self.key(path), stamp) {
                Start::From(mark) => {
                    is_needed = true;
                    if mark == Mark::default() {
                        fresh.insert(path.to_owned());
                    }
                }
                Start::Unchanged | Start::Done { .. } => {}
            }
        }
        if !is_needed {
            return Ok(None);
        }
        if self.options.rejects.is_none() {
            let path = self.rejects.path().to_owned();
            let cleared = RejectList::without(path, &fresh);
            self.rejects = cleared.map_err(|source| self.rejects_error(source))?;
        }
        self.compact().map_err(|source| self.error(source))?;
        let line = Line::Run(RunLine {
            number: self.run,
            command: self.options.command(),
        });
        self.write(&line)?;
        self.is_begun = true;
        self.save()
    }

    /// Says that the run is at its end and its account is printed, so that
    /// the next one counts from nothing.
    pub fn end(&self) -> Result<(), LedgerError> {
        // A run that read nothing has no number yet.
        if !self.is_begun {
            return Ok(());
        }
        let path = self.folder.join(END_FILE);
        fs::write(&path, format!("{}\n", self.run))
            .map_err(|source| LedgerError::Ledger { path, source })
    }

    /// What the ledger calls a path: absolute, without `.`.
    fn key(&self, path: &Path) -> String {
        let path: PathBuf = self.options.base.join(path).components().collect();
        match path.to_str() {
            Some(path) => path.to_owned(),
            // Escaped, so that no two are the same.
            None => format!("{path:?}"),
        }
    }

    /// Where to begin with a file.
    fn start(&self, key: &str, stamp: Option<Stamp>) -> Start {
        let fresh = Start::From(Mark::default());
        if self.seen.contains(key) && stamp.is_some() {
            return Start::Unchanged;
        }
        let Some(entry) = self.entries.get(key) else {
            return fresh;
        };
        let is_ours = self.resumed && entry.run == self.run;
        let is_same = entry.stamp() == stamp && entry.mapping == self.options.mapping;
        let is_void =
            (self.options.strict && entry.counts.rejected > 0) || (self.options.again && !is_ours);
        if !is_same || is_void || (stamp.is_none() && entry.state != State::Failed) {
            return fresh;
        }
        match entry.state {
            State::Partial => Start::From(entry.mark()),
            State::Failed | State::Done | State::Skipped if is_ours => Start::Done {
                summary: entry.counts,
                error: entry.error.clone(),
            },
            State::Failed => fresh,
            State::Done | State::Skipped => Start::Unchanged,
        }
    }

    fn write(&mut self, line: &Line) -> Result<(), LedgerError> {
        let written = serde_json::to_vec(line)
            .map_err(io::Error::from)
            .and_then(|mut bytes| {
                bytes.push(b'\n');
                self.file.write_all(&bytes)?;
                self.hash.update(&bytes);
                Ok(bytes.len() as u64)
            });
        self.n_bytes += written.map_err(|source| self.error(source))?;
        Ok(())
    }

    fn error(&self, source: io::Error) -> LedgerError {
        let path = self.folder.join(LEDGER_FILE);
        LedgerError::Ledger { path, source }
    }

    fn rejects_error(&self, source: io::Error) -> LedgerError {
        let path = self.rejects.path().to_owned();
        LedgerError::Rejects { path, source }
    }
}

impl Journal for Ledger {
    type Error = LedgerError;

    fn begin(&mut self, path: &Path, stamp: Option<Stamp>) -> Start {
        // What was prepared is committed.
        self.settle();
        let key = self.key(path);
        let start = self.start(&key, stamp);
        self.seen.insert(key.clone());
        self.current = Current {
            key,
            stamp,
            error: None,
        };
        start
    }

    fn rejected(&mut self, error: &ReadError) -> Result<(), LedgerError> {
        let listed = self.rejects.add_reject(error);
        listed.map_err(|source| self.rejects_error(source))
    }

    fn failed(&mut self, error: &SourceError) -> Result<(), LedgerError> {
        self.current.error.get_or_insert(error.to_string());
        let listed = self.rejects.add_failure(error);
        listed.map_err(|source| self.rejects_error(source))
    }

    fn counted(&mut self) -> bool {
        self.n_counted += 1;
        self.n_counted >= self.options.commit_every
    }

    fn reached(&mut self, mark: &Mark, whole: bool) -> Result<(), LedgerError> {
        let known = self.entries.get(&self.current.key);
        let format = mark.format.map(str::to_owned);
        let entry = Entry {
            path: self.current.key.clone(),
            size: self.current.stamp.map(|stamp| stamp.size),
            modified: self.current.stamp.map(|stamp| stamp.modified),
            format: format.or_else(|| known.and_then(|known| known.format.clone())),
            run: self.run,
            state: state_of(&mark.summary, whole),
            counts: mark.summary,
            member: mark.member,
            items: mark.items,
            mapping: self.options.mapping.clone(),
            error: self.current.error.clone(),
        };
        let line = Line::File(Box::new(entry));
        self.write(&line)?;
        if let Line::File(entry) = line {
            self.entries.insert(entry.path.clone(), *entry);
        }
        Ok(())
    }

    fn save(&mut self) -> Result<Option<String>, LedgerError> {
        if !self.is_begun {
            return Ok(None);
        }
        let synced = self
            .file
            .flush()
            .and_then(|()| self.file.get_ref().sync_data());
        synced.map_err(|source| self.error(source))?;
        let synced = self.rejects.sync();
        synced.map_err(|source| self.rejects_error(source))?;
        self.n_counted = 0;
        self.payload.ledger = self.n_bytes;
        self.payload.ledger_xxh3 = self.hash.digest();
        self.payload.rejects = self.rejects.n_bytes();
        self.payload.listed = self.rejects.n_listed();
        self.payload.list = self.options.rejects_key();
        Ok(Some(self.payload.to_text()))
    }
}

/// Whether the ledger is the one the last commit's payload speaks of.
pub fn is_whole(folder: &Path, payload: Option<&str>) -> bool {
    let payload = Payload::parse(payload);
    payload.ledger == 0 || state::read(folder, &payload).is_ok_and(|known| known.is_of(&payload))
}

/// The payload of an index whose ledger is lost: everything will be read
/// again, and found to be unchanged.
pub fn without_ledger(payload: Option<&str>) -> String {
    Payload::parse(payload).without_ledger().to_text()
}

/// What a file is that is read so far.
pub fn state_of(summary: &Summary, whole: bool) -> State {
    match summary {
        _ if !whole => State::Partial,
        Summary {
            failed_files: 1.., ..
        } => State::Failed,
        Summary {
            files: 0,
            skipped_files: 1..,
            ..
        } => State::Skipped,
        _ => State::Done,
    }
}

/// What the ledger of an index says.
#[derive(Debug, Default)]
pub struct Account {
    /// The last reading of each file, sorted by path.
    pub files: Vec<Entry>,
    /// Whether the last run is not at its end.
    pub is_open: bool,
}

impl Account {
    /// Reads the ledger of an index as of its last commit. Needs no right to
    /// write; an index without a ledger has an empty one.
    pub fn read(folder: &IndexFolder) -> Result<Account, LedgerError> {
        let metas = folder.index.load_metas().ok();
        let payload = Payload::parse(metas.and_then(|metas| metas.payload).as_deref());
        let path = folder.path.join(LEDGER_FILE);
        let known = state::read(&folder.path, &payload)
            .map_err(|source| LedgerError::Ledger { path, source })?;
        let mut files: Vec<Entry> = known.entries.into_values().collect();
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(Account {
            files,
            is_open: known
                .last
                .is_some_and(|run| !state::has_ended(&folder.path, run.number)),
        })
    }
}
