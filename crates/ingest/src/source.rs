//! Where records come from: files, folders and streams, unpacked.
//!
//! Packing is found by magic bytes, never by name: gzip (RFC 1952, several
//! members) and zstd (RFC 8878, several frames).

mod opened;
mod walk;

pub use opened::{HEAD_BYTES, Opened, Tracker};
pub use walk::{Inputs, expand};

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::{SourceError, SourceErrorKind};

/// The path that means standard input.
pub const STDIN: &str = "-";

/// One input that is not opened yet.
pub struct Input {
    path: PathBuf,
    size: Option<u64>,
    named: bool,
    origin: Origin,
}

enum Origin {
    File,
    Stdin,
    Reader(Box<dyn Read + Send>),
}

impl Input {
    /// A file that was named, or standard input for `-`.
    pub fn from_path(path: impl Into<PathBuf>) -> Result<Input, SourceError> {
        let path = path.into();
        if path.as_os_str() == STDIN {
            return Ok(Input {
                path,
                size: None,
                named: true,
                origin: Origin::Stdin,
            });
        }
        let metadata = path.metadata().map_err(|e| cannot_open(&path, e))?;
        Ok(Input {
            // A pipe has a length of 0, which says nothing.
            size: metadata.is_file().then_some(metadata.len()),
            path,
            named: true,
            origin: Origin::File,
        })
    }

    /// Anything that can be read, with a name for messages.
    pub fn from_reader(name: impl Into<PathBuf>, reader: impl Read + Send + 'static) -> Input {
        Input {
            path: name.into(),
            size: None,
            named: true,
            origin: Origin::Reader(Box::new(reader)),
        }
    }

    /// Its name in messages.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its length as stored, where known.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Opens it and reads its head.
    pub fn open(self) -> Result<Opened, SourceError> {
        let reader: Box<dyn Read + Send> = match self.origin {
            Origin::File => {
                Box::new(File::open(&self.path).map_err(|e| cannot_open(&self.path, e))?)
            }
            Origin::Stdin => Box::new(io::stdin()),
            Origin::Reader(reader) => reader,
        };
        Opened::new(self.path, self.size, self.named, reader)
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Input").field(&self.path).finish()
    }
}

fn cannot_open(path: &Path, error: io::Error) -> SourceError {
    SourceError {
        path: path.to_path_buf(),
        byte: None,
        kind: match error.kind() {
            io::ErrorKind::NotFound => SourceErrorKind::NotFound,
            _ => SourceErrorKind::Unreadable(error),
        },
    }
}

#[cfg(test)]
mod tests;
