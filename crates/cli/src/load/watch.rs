//! Watches an ingest: the progress line, failed files, signals.

use std::ops::ControlFlow;
use std::path::Path;

use abs_ingest::ledger::state_of;
use abs_ingest::{Observer, Progress, ReadError, SourceError, Summary};
use abs_printer::FileAccount;

use crate::stop::Stop;
use crate::ui::{ProgressLine, Ui};

/// The most rejects that are shown where no list is written.
const MAX_SHOWN: u64 = 20;

/// The observer of an ingest.
pub(super) struct Watch<'a> {
    pub(super) line: ProgressLine,
    /// What became of each file, where that is asked for.
    pub(super) files: Option<Vec<FileAccount>>,
    /// A reject has ended the run.
    pub(super) is_refused: bool,
    ui: &'a Ui,
    stop: &'a Stop,
    strict: bool,
    /// Show rejects, there being no list.
    show_rejects: bool,
    n_shown: u64,
    format: Option<&'static str>,
}

impl<'a> Watch<'a> {
    pub(super) fn new(ui: &'a Ui, stop: &'a Stop, total_bytes: Option<u64>) -> Watch<'a> {
        Watch {
            line: ui.progress(total_bytes),
            files: None,
            is_refused: false,
            ui,
            stop,
            strict: false,
            show_rejects: false,
            n_shown: 0,
            format: None,
        }
    }

    /// Stops at the first reject.
    pub(super) fn strict(mut self, strict: bool) -> Watch<'a> {
        self.strict = strict;
        self
    }

    /// Says what was rejected as it comes.
    pub(super) fn show_rejects(mut self, show: bool) -> Watch<'a> {
        self.show_rejects = show;
        self
    }

    /// Keeps what became of each file.
    pub(super) fn keep_files(mut self, keep: bool) -> Watch<'a> {
        self.files = keep.then(Vec::new);
        self
    }

    fn error(&self, message: &str) {
        self.line.aside(|| self.ui.error(message));
    }
}

impl Observer for Watch<'_> {
    fn file_started(&mut self, _: &Path, _: Option<u64>, format: &'static str) {
        self.format = Some(format);
    }

    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        self.line.update(progress);
        ControlFlow::Continue(())
    }

    fn rejected(&mut self, error: &ReadError) -> ControlFlow<()> {
        if self.strict {
            self.error(&error.to_string());
            self.is_refused = true;
            return ControlFlow::Break(());
        }
        if self.show_rejects {
            self.n_shown += 1;
            match self.n_shown {
                ..=MAX_SHOWN => self.error(&error.to_string()),
                n if n == MAX_SHOWN + 1 => {
                    self.error("more are rejected: --rejects FILE lists all of them");
                }
                _ => {}
            }
        }
        ControlFlow::Continue(())
    }

    fn file_failed(&mut self, error: &SourceError) {
        self.error(&error.to_string());
    }

    fn input_unchanged(&mut self, path: &Path) {
        if let Some(files) = &mut self.files {
            files.push(FileAccount {
                path: path.display().to_string(),
                state: "unchanged",
                ..FileAccount::default()
            });
        }
    }

    fn input_finished(&mut self, path: &Path, summary: &Summary, error: Option<&str>) {
        if let Some(error) = error {
            self.error(error);
        }
        let format = self.format.take();
        if let Some(files) = &mut self.files {
            files.push(FileAccount {
                path: path.display().to_string(),
                state: state_of(summary, true).name(),
                format: format.map(str::to_owned),
                account: super::account(summary),
            });
        }
    }

    fn stop(&mut self) -> bool {
        self.stop.signal().is_some()
    }
}
