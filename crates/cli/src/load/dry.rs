//! A dry run: reads and counts, writes nothing but a list of rejects where one
//! is asked for.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use abs_ingest::journal::{Mark, Start};
use abs_ingest::ledger::LedgerError;
use abs_ingest::rejects::RejectList;
use abs_ingest::{Journal, ReadError, Rehearsal, SourceError, Stamp, pipeline};
use abs_printer::IngestReport;
use anyhow::Context;

use super::watch::Watch;
use super::{Load, Loaded, account};
use crate::stop::Stop;
use crate::ui::Ui;

/// Reads what an ingest would read, and counts as one into an empty index
/// would.
pub(crate) fn dry_run(job: &Load, ui: &Ui) -> anyhow::Result<Loaded> {
    let started = Instant::now();
    let stop = Stop::listen().context("cannot listen for signals")?;
    let formats = job.formats()?;
    let inputs = job.inputs(ui, &stop)?;
    let mut sink = Rehearsal::new(job.memory_bytes);
    let mut list = List::create(job.rejects.clone())?;
    let mut watch = Watch::new(ui, &stop, inputs.total_bytes)
        .strict(job.strict)
        .show_rejects(job.rejects.is_none())
        .keep_files(job.keep_files);
    let run = pipeline::run_with(inputs.list, &formats, &mut sink, &mut list, &mut watch);
    watch.line.clear();
    let summary = run?;
    if sink.is_full() {
        ui.note(
            "note: --memory was not enough to remember all records: some that say nothing new are \
             counted as indexed",
        );
    }
    Ok(Loaded {
        report: IngestReport {
            account: account(&summary),
            files: summary.files,
            unchanged_files: summary.unchanged_files,
            failed_files: summary.failed_files,
            skipped_files: summary.skipped_files,
            source_bytes: summary.bytes,
            resumed: false,
            index: None,
            rejects_path: job.rejects.clone().filter(|_| list.has_any()),
            took: started.elapsed(),
        },
        files: watch.files.take().unwrap_or_default(),
        signal: summary.stopped.then(|| stop.signal()).flatten(),
        is_refused: watch.is_refused,
        can_be_resumed: false,
        ledger: None,
    })
}

/// A list of rejects, if one is wanted, and nothing else to remember.
struct List(Option<RejectList>);

impl List {
    fn create(path: Option<PathBuf>) -> Result<List, LedgerError> {
        let Some(path) = path else {
            return Ok(List(None));
        };
        let list = RejectList::create(path.clone()).and_then(|mut list| {
            list.open()?;
            Ok(list)
        });
        let list = list.map_err(|source| LedgerError::Rejects { path, source })?;
        Ok(List(Some(list)))
    }

    fn has_any(&self) -> bool {
        self.0.as_ref().is_some_and(|list| list.n_listed() > 0)
    }

    fn with(
        &mut self,
        step: impl FnOnce(&mut RejectList) -> io::Result<()>,
    ) -> Result<(), LedgerError> {
        match &mut self.0 {
            Some(list) => step(list).map_err(|source| LedgerError::Rejects {
                path: list.path().to_owned(),
                source,
            }),
            None => Ok(()),
        }
    }
}

impl Journal for List {
    type Error = LedgerError;

    fn begin(&mut self, _: &Path, _: Option<Stamp>) -> Start {
        Start::From(Mark::default())
    }

    fn rejected(&mut self, error: &ReadError) -> Result<(), LedgerError> {
        self.with(|list| list.add_reject(error))
    }

    fn failed(&mut self, error: &SourceError) -> Result<(), LedgerError> {
        self.with(|list| list.add_failure(error))
    }

    fn counted(&mut self) -> bool {
        false
    }

    fn reached(&mut self, _: &Mark, _: bool) -> Result<(), LedgerError> {
        Ok(())
    }

    fn save(&mut self) -> Result<Option<String>, LedgerError> {
        self.with(RejectList::sync)?;
        Ok(None)
    }
}
