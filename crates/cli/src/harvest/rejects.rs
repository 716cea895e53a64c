//! The list of what a harvest could not take.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use abs_ingest::{ReadError, rejects};
use anyhow::Context;

/// The most rejects that are listed; all are counted.
const MAX_LISTED: u64 = 100_000;

/// The file that says of each record that was not taken where it is and why.
pub(super) struct Rejects {
    path: Option<PathBuf>,
    /// Keep what is in it.
    goes_on: bool,
    file: Option<BufWriter<File>>,
    n_listed: u64,
    /// Why the list could not be written; nothing is added after that.
    failure: Option<io::Error>,
}

impl Rejects {
    /// A list that is made with its first line; no list without a path.
    pub(super) fn new(path: Option<PathBuf>, goes_on: bool) -> Rejects {
        Rejects {
            path,
            goes_on,
            file: None,
            n_listed: 0,
            failure: None,
        }
    }

    /// Adds a reject; whether that went well.
    pub(super) fn add(&mut self, error: &ReadError) -> bool {
        if self.n_listed < MAX_LISTED && self.path.is_some() && self.failure.is_none() {
            self.n_listed += 1;
            self.failure = self.write(error).err();
        }
        self.failure.is_none()
    }

    /// Completes the list; its path, if anything is listed. That of an earlier
    /// harvest goes.
    pub(super) fn finish(mut self) -> anyhow::Result<Option<PathBuf>> {
        let Some(path) = self.path.take() else {
            return Ok(None);
        };
        let failure = match (self.failure, &mut self.file) {
            (Some(error), _) => Some(error),
            (None, Some(file)) => file.flush().err(),
            (None, None) if !self.goes_on && path.is_file() => fs::remove_file(&path).err(),
            (None, None) => None,
        };
        if let Some(error) = failure {
            return Err(error).with_context(|| {
                format!(
                    "cannot list rejects in {} (--rejects FILE names another)",
                    path.display()
                )
            });
        }
        Ok((self.n_listed > 0).then_some(path))
    }

    fn write(&mut self, error: &ReadError) -> io::Result<()> {
        let file = match (self.file.take(), &self.path) {
            (Some(file), _) => file,
            (None, Some(path)) => BufWriter::new(
                File::options()
                    .create(true)
                    .write(true)
                    .append(self.goes_on)
                    .truncate(!self.goes_on)
                    .open(path)?,
            ),
            (None, None) => return Ok(()),
        };
        rejects::write_reject(self.file.insert(file), error)
    }
}
