//! Reads inputs, finishes drafts, pushes records into a sink, and counts each
//! input exactly once, also where a run goes on with one that was broken off.

mod namesakes;

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::Path;

use serde::{Deserialize, Serialize};

use self::namesakes::Namesakes;
use crate::draft::Draft;
use crate::error::{ReadError, ReadErrorKind, SourceError, SourceErrorKind};
use crate::format::{Format, Formats, Item};
use crate::journal::{Journal, Mark, Start};
use crate::sink::{Outcome, RecordSink};
use crate::source::{Input, Opened, Tracker};

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

    /// A file is done, whole or in part; `summary` is about it alone, and about
    /// what this run read of it.
    fn file_finished(&mut self, path: &Path, summary: &Summary) {
        let _ = (path, summary);
    }

    /// An input is not read, since it is as it was when it was.
    fn input_unchanged(&mut self, path: &Path) {
        let _ = path;
    }

    /// An input is done, with all files in it, by this run or by the one that
    /// it goes on with; `error` says why the latter did not reach its end.
    fn input_finished(&mut self, path: &Path, summary: &Summary, error: Option<&str>) {
        let _ = (path, summary, error);
    }

    /// Whether to stop after the record just read. Asked for each, and for
    /// records left out on the way to where a run goes on.
    fn stop(&mut self) -> bool {
        false
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Records, deletions and rejects read.
    #[serde(skip_serializing_if = "is_zero")]
    pub read: u64,
    /// Records with a new id.
    #[serde(skip_serializing_if = "is_zero")]
    pub indexed: u64,
    /// Records that replaced an older one.
    #[serde(skip_serializing_if = "is_zero")]
    pub updated: u64,
    /// Records that said what an earlier run had said.
    #[serde(skip_serializing_if = "is_zero")]
    pub unchanged: u64,
    /// Records that said what this run had said.
    #[serde(skip_serializing_if = "is_zero")]
    pub duplicate: u64,
    /// Deletions, of records known or not.
    #[serde(skip_serializing_if = "is_zero")]
    pub deleted: u64,
    /// Records that could not be taken.
    #[serde(skip_serializing_if = "is_zero")]
    pub rejected: u64,
    /// Files opened and read, whole or in part.
    #[serde(skip_serializing_if = "is_zero")]
    pub files: u64,
    /// Files that could not be read, or not to their ends.
    #[serde(skip_serializing_if = "is_zero")]
    pub failed_files: u64,
    /// Files of folders that are of no known format.
    #[serde(skip_serializing_if = "is_zero")]
    pub skipped_files: u64,
    /// Inputs left out because they are as they were when they were read.
    #[serde(skip_serializing_if = "is_zero")]
    pub unchanged_files: u64,
    /// Bytes read, as stored (packed where packed).
    #[serde(skip_serializing_if = "is_zero")]
    pub bytes: u64,
    /// Bytes left out, in files that are skipped, unchanged, failed or empty.
    #[serde(skip_serializing_if = "is_zero")]
    pub skipped_bytes: u64,
    /// Whether the observer stopped the run.
    #[serde(skip)]
    pub stopped: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
pub(crate) fn is_zero(number: &u64) -> bool {
    *number == 0
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
        self.unchanged_files += other.unchanged_files;
        self.bytes += other.bytes;
        self.skipped_bytes += other.skipped_bytes;
        self.stopped |= other.stopped;
    }
}

/// Why a run ended before its inputs did: no fault of a record or of a file.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError<S, J> {
    /// The sink takes no more.
    #[error(transparent)]
    Sink(S),
    /// What the run is to remember cannot be kept.
    #[error(transparent)]
    Journal(J),
}

/// Reads every input into the sink. An error of one record or one file is
/// told to the observer and counted; only the sink's own error ends the run.
pub fn run<S: RecordSink>(
    inputs: impl IntoIterator<Item = Result<Input, SourceError>>,
    sink: &mut S,
    observer: &mut (impl Observer + ?Sized),
) -> Result<Summary, S::Error> {
    let result = run_with(inputs, &Formats::default(), sink, &mut (), observer);
    result.map_err(|error: RunError<S::Error, Infallible>| match error {
        RunError::Sink(error) => error,
        RunError::Journal(never) => match never {},
    })
}

/// As [`run`], with formats of one's own, and remembered by a journal: what it
/// knows of already is not read again. The sink's checkpoints carry what the
/// journal saves, the last one at the end of the run, stopped or not.
pub fn run_with<S: RecordSink, J: Journal>(
    inputs: impl IntoIterator<Item = Result<Input, SourceError>>,
    formats: &Formats,
    sink: &mut S,
    journal: &mut J,
    observer: &mut (impl Observer + ?Sized),
) -> Result<Summary, RunError<S::Error, J::Error>> {
    let mut run = Run {
        formats,
        sink,
        journal,
        observer,
        total: Summary::default(),
    };
    for input in inputs {
        run.input(input)?;
        if run.total.stopped {
            break;
        }
    }
    run.checkpoint()?;
    Ok(run.total)
}

struct Run<'a, S, J, O: ?Sized> {
    formats: &'a Formats,
    sink: &'a mut S,
    journal: &'a mut J,
    observer: &'a mut O,
    /// All inputs before this one.
    total: Summary,
}

/// What the run itself can end with.
type Ended<S, J> = RunError<<S as RecordSink>::Error, <J as Journal>::Error>;

impl<S: RecordSink, J: Journal, O: Observer + ?Sized> Run<'_, S, J, O> {
    /// Reads one input, or goes on with it.
    fn input(&mut self, input: Result<Input, SourceError>) -> Result<(), Ended<S, J>> {
        let (path, stamp, size) = match &input {
            Ok(input) => (input.path().to_owned(), input.stamp(), input.size()),
            Err(error) => (error.path.clone(), None, None),
        };
        let mut mark = match self.journal.begin(&path, stamp) {
            Start::From(mark) => mark,
            Start::Unchanged => {
                self.total.unchanged_files += 1;
                self.total.skipped_bytes += size.unwrap_or_default();
                self.observer.input_unchanged(&path);
                return Ok(());
            }
            Start::Done { summary, error } => {
                self.total.add(&summary);
                self.observer
                    .input_finished(&path, &summary, error.as_deref());
                return Ok(());
            }
        };
        let members = match input {
            Ok(input) => input.members(),
            Err(error) => Box::new(std::iter::once(Err(error))),
        };
        for (idx, opened) in (0..).zip(members) {
            // Those before are done with; an archive passes over them.
            if idx < mark.member {
                continue;
            }
            let before = mark;
            match opened {
                Ok(opened) => self.file(opened, &mut mark)?,
                Err(error) => self.fail(&error, &mut mark.summary)?,
            }
            if mark.summary.stopped {
                self.total.add(&mark.summary);
                // The file is read from its start again, and counted then.
                mark.summary.bytes = before.summary.bytes;
                let kept = if mark.items == 0 { before } else { mark };
                let reached = self.journal.reached(&kept, false);
                return reached.map_err(RunError::Journal);
            }
            (mark.member, mark.items) = (idx + 1, 0);
        }
        self.total.add(&mark.summary);
        self.journal
            .reached(&mark, true)
            .map_err(RunError::Journal)?;
        self.observer.input_finished(&path, &mark.summary, None);
        Ok(())
    }

    /// Finds the format of one file and reads it.
    fn file(&mut self, mut opened: Opened, mark: &mut Mark) -> Result<(), Ended<S, J>> {
        let n_bytes = opened.size().unwrap_or_default();
        let format = match opened.format(self.formats) {
            Ok(Some(format)) => format,
            // Nothing but white space: no records, and nothing wrong.
            Ok(None) => {
                mark.summary.files += 1;
                mark.summary.skipped_bytes += n_bytes;
                return Ok(());
            }
            Err(error)
                if !opened.is_named()
                    && matches!(
                        error.kind,
                        SourceErrorKind::NotText | SourceErrorKind::UnknownFormat { .. }
                    ) =>
            {
                mark.summary.skipped_files += 1;
                mark.summary.skipped_bytes += n_bytes;
                self.observer.file_skipped(opened.path());
                return Ok(());
            }
            Err(error) => {
                mark.summary.skipped_bytes += n_bytes;
                return self.fail(&error, &mut mark.summary);
            }
        };
        let path = opened.path().to_path_buf();
        self.observer
            .file_started(&path, opened.size(), format.name());
        mark.format = Some(format.name());
        let before = *mark;
        let mut file = Summary {
            // One that is gone on with is counted.
            files: u64::from(mark.items == 0),
            ..Summary::default()
        };
        let result = self.items(opened, format, &before, mark, &mut file);
        mark.summary = before.summary;
        mark.summary.add(&file);
        self.observer.file_finished(&path, &file);
        result
    }

    /// Reads one file of a known format, counting into `file`; what `before`
    /// says is done with is dropped, however it is packed.
    fn items(
        &mut self,
        opened: Opened,
        format: &dyn Format,
        before: &Mark,
        mark: &mut Mark,
        file: &mut Summary,
    ) -> Result<(), Ended<S, J>> {
        let tracker = opened.tracker();
        let path = opened.path().to_path_buf();
        let mut n_dropped = 0;
        let mut namesakes = Namesakes::default();
        for item in format.open(Box::new(opened), &path) {
            if let Err(ReadError {
                kind: ReadErrorKind::Io(error),
                ..
            }) = item
            {
                // A stream that ends because it was asked to has not failed.
                file.stopped = self.observer.stop();
                if !file.stopped {
                    self.fail(&tracker.failure(error), file)?;
                }
                break;
            }
            if n_dropped < before.items {
                n_dropped += 1;
                if let Ok(Item::Draft(draft)) = item {
                    namesakes.pass(*draft, format.source());
                }
                file.stopped = self.observer.stop();
                if file.stopped {
                    break;
                }
                continue;
            }
            let rejected = self.take(item, format.source(), &mut namesakes, &path, file)?;
            file.read += 1;
            mark.items += 1;
            let mut flow = ControlFlow::Continue(());
            if let Some(error) = rejected {
                file.rejected += 1;
                self.journal.rejected(&error).map_err(RunError::Journal)?;
                flow = self.observer.rejected(&error);
            }
            if self.journal.counted() || self.sink.is_due() {
                mark.summary = before.summary;
                mark.summary.add(file);
                self.journal
                    .reached(mark, false)
                    .map_err(RunError::Journal)?;
                self.checkpoint()?;
            }
            if flow.is_continue() && file.read.is_multiple_of(PROGRESS_EVERY) {
                flow = self
                    .observer
                    .progress(self.progress(before, file, &tracker));
            }
            if flow.is_break() || self.observer.stop() {
                file.stopped = true;
                break;
            }
        }
        file.bytes = tracker.bytes();
        let progress = self.progress(before, file, &tracker);
        if self.observer.progress(progress).is_break() {
            file.stopped = true;
        }
        Ok(())
    }

    /// Takes one item; the reject it is, if it is one.
    fn take(
        &mut self,
        item: Result<Item, ReadError>,
        source: &str,
        namesakes: &mut Namesakes,
        path: &Path,
        file: &mut Summary,
    ) -> Result<Option<ReadError>, Ended<S, J>> {
        match item {
            Ok(Item::Draft(draft)) => self.push(*draft, source, namesakes, path, file),
            Ok(Item::Delete(id)) => {
                self.sink.delete(&id).map_err(RunError::Sink)?;
                file.deleted += 1;
                Ok(None)
            }
            Err(error) => Ok(Some(error)),
        }
    }

    fn push(
        &mut self,
        draft: Draft,
        source: &str,
        namesakes: &mut Namesakes,
        path: &Path,
        file: &mut Summary,
    ) -> Result<Option<ReadError>, Ended<S, J>> {
        let origin = draft.origin.clone();
        let record = match namesakes.finish(draft, source) {
            Ok(record) => record,
            Err(kind) => {
                let error = ReadError::new(path, origin.place, kind, &origin.start);
                return Ok(Some(error));
            }
        };
        match self.sink.push(record).map_err(RunError::Sink)? {
            Outcome::Indexed => file.indexed += 1,
            Outcome::Updated => file.updated += 1,
            Outcome::Unchanged => file.unchanged += 1,
            Outcome::Duplicate => file.duplicate += 1,
        }
        Ok(None)
    }

    fn progress(&self, before: &Mark, file: &Summary, tracker: &Tracker) -> Progress {
        let done = |summary: &Summary| summary.bytes + summary.skipped_bytes;
        Progress {
            bytes: done(&self.total) + done(&before.summary) + tracker.bytes(),
            records: self.total.read + before.summary.read + file.read,
        }
    }

    fn fail(&mut self, error: &SourceError, summary: &mut Summary) -> Result<(), Ended<S, J>> {
        summary.failed_files += 1;
        self.observer.file_failed(error);
        self.journal.failed(error).map_err(RunError::Journal)
    }

    /// Makes what was taken last, and what is remembered with it.
    fn checkpoint(&mut self) -> Result<(), Ended<S, J>> {
        match self.journal.save().map_err(RunError::Journal)? {
            Some(payload) => self.sink.checkpoint(&payload).map_err(RunError::Sink),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[path = "pipeline/tests.rs"]
mod tests;
