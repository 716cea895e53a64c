//! Where records come from: files, folders and streams, unpacked.
//!
//! Packing is found by magic bytes, never by name: gzip, zstd, bzip2, xz, and
//! tar and zip, whose members are inputs of their own. What is in UTF-16 is
//! decoded. Nothing is written to disk.

mod opened;
mod packing;
mod tar;
mod utf16;
mod walk;
mod zip;

pub use opened::{HEAD_BYTES, Opened, Tracker};
pub use walk::{Inputs, expand};

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::iter;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::error::{SourceError, SourceErrorKind};
use crate::journal::Stamp;

/// The path that means standard input.
pub const STDIN: &str = "-";

/// One input that is not opened yet.
pub struct Input {
    path: PathBuf,
    size: Option<u64>,
    stamp: Option<Stamp>,
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
                stamp: None,
                named: true,
                origin: Origin::Stdin,
            });
        }
        let metadata = path.metadata().map_err(|e| cannot_open(&path, e))?;
        Ok(Input {
            // A pipe has a length of 0, which says nothing.
            size: metadata.is_file().then_some(metadata.len()),
            stamp: stamp(&metadata),
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
            stamp: None,
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

    /// What tells later whether it has changed; only files have that.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// Whether a person named it; otherwise it was found in a folder.
    pub fn is_named(&self) -> bool {
        self.named
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
        Opened::new(self.path, self.size, self.named, reader, None)
    }

    /// Opens it: itself, or the members of the archive it is.
    pub fn members(self) -> Members {
        let path = match self.origin {
            Origin::File => Some(self.path.clone()),
            Origin::Stdin | Origin::Reader(_) => None,
        };
        match self.open() {
            Ok(opened) if zip::is_zip(opened.head()) => match zip::Members::new(&opened, path) {
                Ok(members) => Box::new(members),
                Err(error) => Box::new(iter::once(Err(error))),
            },
            Ok(opened) if tar::is_tar(opened.head()) => Box::new(tar::Members::new(opened)),
            opened => Box::new(iter::once(opened)),
        }
    }
}

/// What one input holds.
pub type Members = Box<dyn Iterator<Item = Result<Opened, SourceError>>>;

/// The path of a member: the archive's with the member's name below, of which
/// only plain parts are taken; nothing for a hidden one.
fn member_path(archive: &Path, name: &[u8]) -> Option<PathBuf> {
    let name = String::from_utf8_lossy(name);
    let mut path = archive.to_path_buf();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." | ".." => {}
            part if part.starts_with('.') || part == "__MACOSX" => return None,
            part => path.push(part),
        }
    }
    Some(path)
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Input").field(&self.path).finish()
    }
}

/// Size and time of a file; nothing where the system does not tell.
fn stamp(metadata: &Metadata) -> Option<Stamp> {
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    metadata.is_file().then_some(Stamp {
        size: metadata.len(),
        modified: u64::try_from(modified.as_nanos()).ok()?,
    })
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

#[cfg(test)]
#[path = "source/archive_tests.rs"]
mod archive_tests;
