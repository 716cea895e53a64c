//! Reads inputs, finishes drafts, pushes records into a sink, and counts each
//! input exactly once.

use std::ops::ControlFlow;
use std::path::Path;

use crate::error::{ReadError, ReadErrorKind, SourceError, SourceErrorKind};
use crate::format::{Format, Item};
use crate::sink::{Outcome, RecordSink};
use crate::source::{Input, Opened};

/// [`Observer::progress`] is called once in this many records.
pub const PROGRESS_EVERY: u64 = 256;

/// Watches a run. Every method may be left out.
pub trait Observer {
    /// A file was opened and its format found.
    fn file_started(&mut self, path: &Path, size: Option<u64>, format: &'static str) {
        let _ = (path, size, format);
    }

    /// Called every [`PROGRESS_EVERY`] records and at the end of each file;
    /// `Break` stops the run after the record just read.
    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        let _ = progress;
        ControlFlow::Continue(())
    }

    /// A record was rejected; `Break` stops the run.
    fn rejected(&mut self, error: &ReadError) -> ControlFlow<()> {
        let _ = error;
        ControlFlow::Continue(())
    }

    /// A file could not be read, or not to its end; the others go on.
    fn file_failed(&mut self, error: &SourceError) {
        let _ = error;
    }

    /// A file found in a folder is of no known format and was left out.
    fn file_skipped(&mut self, path: &Path) {
        let _ = path;
    }

    /// A file is done, whole or in part; `summary` is about it alone.
    fn file_finished(&mut self, path: &Path, summary: &Summary) {
        let _ = (path, summary);
    }
}

/// Watches nothing.
impl Observer for () {}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes done with of all files so far, those left out among them, as
    /// stored (packed where packed).
    pub bytes: u64,
    /// Records read so far.
    pub records: u64,
}

/// The count of a run:
/// `read = indexed + updated + unchanged + duplicate + deleted + rejected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Records, deletions and rejects read.
    pub read: u64,
    /// Records with a new id.
    pub indexed: u64,
    /// Records that replaced an older one.
    pub updated: u64,
    /// Records that said what an earlier run had said.
    pub unchanged: u64,
    /// Records that said what this run had said.
    pub duplicate: u64,
    /// Deletions, of records known or not.
    pub deleted: u64,
    /// Records that could not be taken.
    pub rejected: u64,
    /// Files opened and read, whole or in part.
    pub files: u64,
    /// Files that could not be read, or not to their ends.
    pub failed_files: u64,
    /// Files of folders that are of no known format.
    pub skipped_files: u64,
    /// Bytes read, as stored (packed where packed).
    pub bytes: u64,
    /// Bytes left out, in files that are skipped, failed or empty.
    pub skipped_bytes: u64,
    /// Whether the observer stopped the run.
    pub stopped: bool,
}

impl Summary {
    /// Whether every input is accounted for.
    pub fn adds_up(&self) -> bool {
        let parts = [
            self.indexed,
            self.updated,
            self.unchanged,
            self.duplicate,
            self.deleted,
            self.rejected,
        ];
        self.read == parts.iter().sum::<u64>()
    }

    /// Adds what another file counted.
    pub fn add(&mut self, other: &Summary) {
        self.read += other.read;
        self.indexed += other.indexed;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.duplicate += other.duplicate;
        self.deleted += other.deleted;
        self.rejected += other.rejected;
        self.files += other.files;
        self.failed_files += other.failed_files;
        self.skipped_files += other.skipped_files;
        self.bytes += other.bytes;
        self.skipped_bytes += other.skipped_bytes;
        self.stopped |= other.stopped;
    }
}

/// Reads every input into the sink. An error of one record or one file is
/// told to the observer and counted; only the sink's own error ends the run.
pub fn run<S: RecordSink>(
    inputs: impl IntoIterator<Item = Result<Input, SourceError>>,
    sink: &mut S,
    observer: &mut (impl Observer + ?Sized),
) -> Result<Summary, S::Error> {
    let mut total = Summary::default();
    for input in inputs {
        let members = match input {
            Ok(input) => input.members(),
            Err(error) => Box::new(std::iter::once(Err(error))),
        };
        for opened in members {
            match opened {
                Ok(opened) => read_file(opened, &mut total, sink, observer)?,
                Err(error) => fail(&error, &mut total, observer),
            }
            if total.stopped {
                return Ok(total);
            }
        }
    }
    Ok(total)
}

/// Finds the format of one file and reads it.
fn read_file<S: RecordSink>(
    mut opened: Opened,
    total: &mut Summary,
    sink: &mut S,
    observer: &mut (impl Observer + ?Sized),
) -> Result<(), S::Error> {
    let n_bytes = opened.size().unwrap_or_default();
    let format = match opened.format() {
        Ok(Some(format)) => format,
        // Nothing but white space: no records, and nothing wrong.
        Ok(None) => {
            total.files += 1;
            total.skipped_bytes += n_bytes;
            return Ok(());
        }
        Err(error)
            if !opened.is_named()
                && matches!(
                    error.kind,
                    SourceErrorKind::NotText | SourceErrorKind::UnknownFormat { .. }
                ) =>
        {
            total.skipped_files += 1;
            total.skipped_bytes += n_bytes;
            observer.file_skipped(opened.path());
            return Ok(());
        }
        Err(error) => {
            total.skipped_bytes += n_bytes;
            fail(&error, total, observer);
            return Ok(());
        }
    };
    let path = opened.path().to_path_buf();
    observer.file_started(&path, opened.size(), format.name());
    let mut file = Summary {
        files: 1,
        ..Summary::default()
    };
    let result = read_items(opened, format, total, &mut file, sink, observer);
    total.add(&file);
    observer.file_finished(&path, &file);
    result
}

/// Reads one file of a known format, counting into `file`.
fn read_items<S: RecordSink>(
    opened: Opened,
    format: &dyn Format,
    total: &Summary,
    file: &mut Summary,
    sink: &mut S,
    observer: &mut (impl Observer + ?Sized),
) -> Result<(), S::Error> {
    let tracker = opened.tracker();
    let path = opened.path().to_path_buf();
    let progress = |file: &Summary| Progress {
        bytes: total.bytes + total.skipped_bytes + tracker.bytes(),
        records: total.read + file.read,
    };
    for item in format.open(Box::new(opened), &path) {
        let rejected = match item {
            Ok(Item::Draft(draft)) => {
                let origin = draft.origin.clone();
                match draft.finish() {
                    Ok(record) => {
                        match sink.push(record)? {
                            Outcome::Indexed => file.indexed += 1,
                            Outcome::Updated => file.updated += 1,
                            Outcome::Unchanged => file.unchanged += 1,
                            Outcome::Duplicate => file.duplicate += 1,
                        }
                        None
                    }
                    Err(kind) => Some(ReadError::new(&path, origin.place, kind, &origin.start)),
                }
            }
            Ok(Item::Delete(id)) => {
                sink.delete(&id)?;
                file.deleted += 1;
                None
            }
            Err(ReadError {
                kind: ReadErrorKind::Io(error),
                ..
            }) => {
                observer.file_failed(&tracker.failure(error));
                file.failed_files += 1;
                break;
            }
            Err(error) => Some(error),
        };
        file.read += 1;
        let mut flow = ControlFlow::Continue(());
        if let Some(error) = rejected {
            file.rejected += 1;
            flow = observer.rejected(&error);
        }
        if flow.is_continue() && file.read.is_multiple_of(PROGRESS_EVERY) {
            flow = observer.progress(progress(file));
        }
        if flow.is_break() {
            file.stopped = true;
            break;
        }
    }
    file.bytes = tracker.bytes();
    if observer.progress(progress(file)).is_break() {
        file.stopped = true;
    }
    Ok(())
}

fn fail(error: &SourceError, total: &mut Summary, observer: &mut (impl Observer + ?Sized)) {
    total.failed_files += 1;
    observer.file_failed(error);
}

#[cfg(test)]
#[path = "pipeline/tests.rs"]
mod tests;
