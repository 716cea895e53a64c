//! Watches an ingest: the progress line, the list of rejects, failed files.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use abs_ingest::{Observer, Progress, ReadError, SourceError, rejects};
use anyhow::Context;

use crate::ui::{ProgressLine, Ui};

/// The most rejects that are listed: a stream of bad lines without end must
/// not fill the disk. All are counted.
const MAX_LISTED: u64 = 100_000;

/// The observer of an ingest.
pub(super) struct Watch<'a> {
    pub(super) line: ProgressLine,
    pub(super) rejects: RejectList,
    ui: &'a Ui,
}

impl<'a> Watch<'a> {
    pub(super) fn new(ui: &'a Ui, rejects: RejectList, total_bytes: Option<u64>) -> Watch<'a> {
        Watch {
            line: ui.progress(total_bytes),
            rejects,
            ui,
        }
    }
}

impl Observer for Watch<'_> {
    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        self.line.update(progress);
        ControlFlow::Continue(())
    }

    fn rejected(&mut self, error: &ReadError) -> ControlFlow<()> {
        self.rejects.add(|file| rejects::write_reject(file, error));
        match self.rejects.failure {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    }

    fn file_failed(&mut self, error: &SourceError) {
        self.line.aside(|| self.ui.error(&error.to_string()));
        self.rejects.add(|file| rejects::write_failure(file, error));
    }
}

/// The file that says of each record that was not taken where it is and why.
pub(super) struct RejectList {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    /// Those beyond [`MAX_LISTED`] among them.
    n_rejects: u64,
    /// Why the list could not be written; nothing is added after that.
    failure: Option<io::Error>,
}

impl RejectList {
    /// A list that was asked for is made at once, another with its first line.
    /// That of an earlier run goes.
    pub(super) fn new(path: PathBuf, asked_for: bool) -> anyhow::Result<RejectList> {
        let mut list = RejectList {
            path,
            file: None,
            n_rejects: 0,
            failure: None,
        };
        let made = if asked_for {
            list.open().map(|_| ())
        } else if list.path.is_file() {
            fs::remove_file(&list.path)
        } else {
            Ok(())
        };
        made.with_context(|| list.attempt())?;
        Ok(list)
    }

    /// Completes the list; its path, if anything is listed.
    pub(super) fn finish(mut self) -> anyhow::Result<Option<PathBuf>> {
        let attempt = self.attempt();
        if let Some(error) = self.failure {
            return Err(error).context(attempt);
        }
        if let Some(file) = &mut self.file {
            let n_more = self.n_rejects.saturating_sub(MAX_LISTED);
            if n_more > 0 {
                rejects::write_more(file, n_more).context(attempt.clone())?;
            }
            file.flush().context(attempt)?;
        }
        Ok((self.n_rejects > 0).then_some(self.path))
    }

    fn add(&mut self, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) {
        if self.failure.is_none() {
            if self.n_rejects < MAX_LISTED {
                self.failure = self.open().and_then(write).err();
            }
            self.n_rejects += 1;
        }
    }

    fn open(&mut self) -> io::Result<&mut BufWriter<File>> {
        let file = match self.file.take() {
            Some(file) => file,
            None => BufWriter::new(File::create(&self.path)?),
        };
        Ok(self.file.insert(file))
    }

    fn attempt(&self) -> String {
        format!(
            "cannot list rejects in {} (--rejects FILE names another)",
            self.path.display()
        )
    }
}
