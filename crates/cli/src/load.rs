//! One ingest: opens the index, reads the files, watches and sums up.

mod dry;
mod watch;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use abs_ingest::format::Mapping;
use abs_ingest::ledger::{Ledger, REJECTS_FILE, RunOptions};
use abs_ingest::source::{Inputs, STDIN};
use abs_ingest::writer::{COMMIT_EVERY, IndexSink, WriterOptions};
use abs_ingest::{Formats, Input, RecordSink, Summary, pipeline, source};
use abs_printer::{Account, FileAccount, IngestReport};
use abs_schema::store::folder_bytes;
use anyhow::{Context, bail};

use crate::lock;
use crate::stop::{Signal, Stop};
use crate::ui::Ui;
pub(crate) use dry::dry_run;
use watch::Watch;

/// What an ingest may use for all it does, in bytes.
pub(crate) const DEFAULT_MEMORY: &str = "1GB";
const DEFAULT_MEMORY_BYTES: usize = 1_000_000_000;

/// An ingest to be done.
pub(crate) struct Load {
    /// The index's folder, made if it is not there.
    pub(crate) index: PathBuf,
    /// Files, folders, `-` for standard input.
    pub(crate) paths: Vec<PathBuf>,
    /// Indexing threads.
    pub(crate) threads: usize,
    /// Memory for the whole of it.
    pub(crate) memory_bytes: usize,
    /// Where rejects are listed, if not beside the index.
    pub(crate) rejects: Option<PathBuf>,
    /// What columns are called, as typed.
    pub(crate) mapping: Option<String>,
    /// Stop at the first reject.
    pub(crate) strict: bool,
    /// Read files again that have not changed.
    pub(crate) again: bool,
    /// Keep what became of each file.
    pub(crate) keep_files: bool,
    /// Records between two commits at most.
    pub(crate) commit_every: u64,
}

/// What an ingest came to.
pub(crate) struct Loaded {
    pub(crate) report: IngestReport,
    /// What became of each file, where that was asked for.
    pub(crate) files: Vec<FileAccount>,
    /// A signal ended it.
    pub(crate) signal: Option<Signal>,
    /// A reject ended it.
    pub(crate) is_refused: bool,
    /// Whether the same command goes on where this one was stopped.
    pub(crate) can_be_resumed: bool,
    ledger: Option<Ledger>,
}

impl Loaded {
    /// Notes that the account is printed: the next ingest counts from nothing.
    /// One that a signal ended is gone on with.
    pub(crate) fn is_told(&self) -> anyhow::Result<()> {
        match &self.ledger {
            Some(ledger) if self.signal.is_none() => Ok(ledger.end()?),
            _ => Ok(()),
        }
    }
}

impl Load {
    /// An ingest as it is done where nobody says how.
    pub(crate) fn with_defaults(index: &Path, paths: Vec<PathBuf>) -> Load {
        Load {
            index: index.to_owned(),
            paths,
            threads: default_threads(),
            memory_bytes: DEFAULT_MEMORY_BYTES,
            rejects: None,
            mapping: None,
            strict: false,
            again: false,
            keep_files: false,
            commit_every: COMMIT_EVERY,
        }
    }

    fn formats(&self) -> anyhow::Result<Formats> {
        Ok(match &self.mapping {
            Some(mapping) => Formats::with_mapping(mapping.parse::<Mapping>()?),
            None => Formats::default(),
        })
    }

    /// What there is to read.
    fn inputs(&self, ui: &Ui, stop: &Stop) -> anyhow::Result<Inputs> {
        let mut inputs = source::expand(&self.paths);
        // A folder may hold the index that its records go into.
        let index = fs::canonicalize(&self.index).ok();
        let is_of_index = |input: &Input| {
            let file = fs::canonicalize(input.path()).ok();
            !input.is_named()
                && index.is_some()
                && file.as_deref().and_then(Path::parent) == index.as_deref()
        };
        inputs
            .list
            .retain(|input| !input.as_ref().is_ok_and(is_of_index));
        for input in inputs.list.iter_mut().flatten() {
            if input.path() == Path::new(STDIN) {
                *input = Input::from_reader(STDIN, stop.stdin());
            }
        }
        if inputs.list.is_empty() {
            bail!("there is no file to read in what was named");
        }
        if inputs.list.iter().all(Result::is_err) {
            // Nothing to index makes no index.
            for error in inputs.list.iter().filter_map(|input| input.as_ref().err()) {
                ui.error(&error.to_string());
            }
            bail!("none of the files can be read");
        }
        let rejects = match &self.rejects {
            Some(path) => path.clone(),
            // In a dry run there is no index, and nothing in its place.
            None => index.unwrap_or_default().join(REJECTS_FILE),
        };
        if self.rejects.is_some() || rejects.is_absolute() {
            keep_inputs(&rejects, inputs.list.iter().flatten().map(Input::path))?;
        }
        Ok(inputs)
    }
}

/// As many as the machine runs at once.
pub(crate) fn default_threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does an ingest that nothing may be left out of: something else builds on
/// it.
pub(crate) fn load_whole(job: &Load, ui: &Ui) -> anyhow::Result<IngestReport> {
    let loaded = load(job, ui)?;
    if loaded.signal.is_some() {
        bail!("stopped");
    }
    loaded.is_told()?;
    Ok(loaded.report)
}

/// Does an ingest. What cannot be read is told on standard error and counted.
pub(crate) fn load(job: &Load, ui: &Ui) -> anyhow::Result<Loaded> {
    let started = Instant::now();
    let stop = Stop::listen().context("cannot listen for signals")?;
    let formats = job.formats()?;
    let inputs = job.inputs(ui, &stop)?;
    let mut sink = open_sink(job)?;
    let mut ledger = open_ledger(job, &mut sink)?;
    if ledger.is_resumed() {
        ui.note("going on with an ingest that was broken off");
    }
    let found = inputs.list.iter().map(|input| match input {
        Ok(input) => (input.path(), input.stamp()),
        Err(error) => (error.path.as_path(), None),
    });
    if let Some(payload) = ledger.prepare(found)? {
        sink.checkpoint(&payload)?;
    }
    let mut watch = Watch::new(ui, &stop, inputs.total_bytes)
        .strict(job.strict)
        .keep_files(job.keep_files);
    let run = pipeline::run_with(inputs.list, &formats, &mut sink, &mut ledger, &mut watch);
    let finished = run.map_err(anyhow::Error::from).and_then(|summary| {
        // Whoever stops does not want to wait for a merge.
        if stop.signal().is_none() {
            watch.line.last_step("writing the index");
            sink.finish()?;
        }
        Ok(summary)
    });
    watch.line.clear();
    let signal = stop.signal();
    stop.done();
    let summary = finished?;
    let has_listed = summary.rejected + summary.failed_files > 0;
    Ok(Loaded {
        report: IngestReport {
            unchanged_files: summary.unchanged_files,
            files: summary.files,
            failed_files: summary.failed_files,
            skipped_files: summary.skipped_files,
            source_bytes: summary.bytes,
            resumed: ledger.is_resumed(),
            index: Some((job.index.clone(), folder_bytes(&job.index))),
            rejects_path: has_listed.then(|| ledger.rejects_path().to_owned()),
            took: started.elapsed(),
            account: account(&summary),
        },
        files: watch.files.take().unwrap_or_default(),
        signal: signal.filter(|_| summary.stopped),
        is_refused: watch.is_refused,
        can_be_resumed: job.paths.iter().all(|path| path != Path::new(STDIN)),
        ledger: Some(ledger),
    })
}

/// Takes the index's lock.
fn open_sink(job: &Load) -> anyhow::Result<IndexSink> {
    let options = WriterOptions {
        threads: job.threads,
        memory_bytes: job.memory_bytes,
    };
    let mut sink = lock::open_sink(&job.index, options)?;
    sink.set_commit_every(job.commit_every);
    Ok(sink)
}

fn open_ledger(job: &Load, sink: &mut IndexSink) -> anyhow::Result<Ledger> {
    let options = RunOptions {
        base: std::env::current_dir().context("cannot tell which folder this is")?,
        paths: job.paths.clone(),
        mapping: job.mapping.clone(),
        again: job.again,
        strict: job.strict,
        commit_every: job.commit_every,
        rejects: job.rejects.clone(),
        first_run: sink.run(),
    };
    let ledger = Ledger::open(&job.index, sink.payload(), options)?;
    sink.set_run(ledger.run());
    Ok(ledger)
}

/// The counts as they are reported.
pub(crate) fn account(summary: &Summary) -> Account {
    Account {
        read: summary.read,
        indexed: summary.indexed,
        updated: summary.updated,
        unchanged: summary.unchanged,
        duplicate: summary.duplicate,
        deleted: summary.deleted,
        rejected: summary.rejected,
    }
}

/// A list written over a file that is to be read would destroy it.
fn keep_inputs<'a>(
    rejects: &Path,
    mut inputs: impl Iterator<Item = &'a Path>,
) -> anyhow::Result<()> {
    // What is not there is no input.
    let Ok(rejects) = fs::canonicalize(rejects) else {
        return Ok(());
    };
    if inputs.any(|input| fs::canonicalize(input).is_ok_and(|input| input == rejects)) {
        bail!(
            "{} is to be read and cannot take the rejects: name another file with --rejects FILE",
            rejects.display()
        );
    }
    Ok(())
}
