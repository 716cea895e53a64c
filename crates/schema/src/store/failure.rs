//! The first write that failed.
//!
//! tantivy writes in threads of its own, and what it says of a failure there
//! is often only that the thread is gone. The directory has seen the cause.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A file that could not be written, and why.
#[derive(Debug, Clone)]
pub struct WriteFailure {
    /// The file, or the folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: Arc<io::Error>,
}

/// The first of them, shared by all clones of a directory.
#[derive(Debug, Clone, Default)]
pub(super) struct FirstFailure(Arc<Mutex<Option<WriteFailure>>>);

impl FirstFailure {
    pub(super) fn get(&self) -> Option<WriteFailure> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Passes a result on and remembers its error.
    pub(super) fn note<T>(&self, path: &Path, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            self.set(path, error);
        }
        result
    }

    pub(super) fn set(&self, path: &Path, error: &io::Error) {
        let copy = match error.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => io::Error::new(error.kind(), error.to_string()),
        };
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert_with(|| WriteFailure {
                path: path.to_owned(),
                source: Arc::new(copy),
            });
    }
}
