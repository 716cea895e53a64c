//! What every file of an index is: its bytes and their hash.
//!
//! tantivy has a checksum in each of its files, but nothing that says which
//! files there are; a merge gives damage a new and valid one. [`SUMS_FILE`]
//! lists every file of a commit. It is written before the commit and may list
//! more than the commit needs, never less.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tantivy::directory::{AntiCallToken, TerminatingWrite, WritePtr};
use xxhash_rust::xxh3::Xxh3;

use super::failure::FirstFailure;
use super::seal::unseal;

/// Bytes of a file that are handed to the system at once.
const WRITE_BYTES: usize = 1 << 17;

/// The list's name; tantivy does not collect names that start with a full stop.
pub const SUMS_FILE: &str = ".sums.json";

/// Bytes and XXH3 of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sum {
    /// How long it is.
    pub(super) bytes: u64,
    /// XXH3 of them all.
    pub(super) xxh3: u64,
}

/// The list, by name.
pub(super) type Sums = BTreeMap<String, Sum>;

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It is not there.
    #[error("it is missing")]
    Missing,
    /// It has another length.
    #[error("it has {found} bytes, not {expected}")]
    Length {
        /// Bytes it has.
        found: u64,
        /// Bytes it was written with.
        expected: u64,
    },
    /// Same length, other bytes.
    #[error("its bytes are not those that were written")]
    Bytes,
    /// It is in no list.
    #[error("nothing says what it should hold")]
    Unlisted,
    /// The system cannot read it.
    #[error("it cannot be read ({0})")]
    Unreadable(io::ErrorKind),
}

/// Reads the list of an index; `None` if there is none or it is damaged.
pub(super) fn read(root: &Path) -> Option<Sums> {
    let bytes = std::fs::read(root.join(SUMS_FILE)).ok()?;
    serde_json::from_slice(unseal(&bytes)?).ok()
}

/// The list of these files as they are.
pub(super) fn of_files(root: &Path, names: &[String]) -> io::Result<Sums> {
    let mut sums = Sums::new();
    for name in names {
        sums.insert(name.clone(), of_file(&root.join(name))?);
    }
    Ok(sums)
}

/// Compares a file with its sum, its length first.
pub(super) fn verify(path: &Path, sum: Sum, whole: bool) -> Result<(), Damage> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Damage::Missing,
        kind => Damage::Unreadable(kind),
    };
    let found = std::fs::metadata(path).map_err(unreadable)?.len();
    if found != sum.bytes {
        return Err(Damage::Length {
            found,
            expected: sum.bytes,
        });
    }
    if whole && of_file(path).map_err(unreadable)? != sum {
        return Err(Damage::Bytes);
    }
    Ok(())
}

/// The sum of a file. Read, not mapped: a file cut at the same
/// time is an error then, and no signal.
fn of_file(path: &Path) -> io::Result<Sum> {
    let mut file = File::open(path)?;
    let mut hash = Xxh3::new();
    let mut buffer = vec![0; 1 << 18];
    let mut bytes = 0;
    loop {
        let n_read = file.read(&mut buffer)?;
        if n_read == 0 {
            break;
        }
        hash.update(&buffer[..n_read]);
        bytes += n_read as u64;
    }
    Ok(Sum {
        bytes,
        xxh3: hash.digest(),
    })
}

/// The sums of what is written by one process, shared with its writers.
#[derive(Debug, Clone, Default)]
pub(super) struct Written(Arc<Mutex<Sums>>);

impl Written {
    /// A writer that notes what goes through it.
    pub(super) fn watch(&self, path: PathBuf, inner: WritePtr, failure: FirstFailure) -> WritePtr {
        // Below, for tantivy takes off what is around what it is given.
        let inner = match inner.into_inner() {
            Ok(bare) => WritePtr::with_capacity(WRITE_BYTES, bare),
            Err(whole) => whole.into_inner(),
        };
        let watched = Watched {
            inner,
            hash: Xxh3::new(),
            bytes: 0,
            path,
            written: self.clone(),
            failure,
        };
        WritePtr::new(Box::new(watched))
    }

    /// The list for the commit that comes: what was listed and what was
    /// written since, as far as it is there. `None` if it is the old one.
    pub(super) fn list(&self, root: &Path) -> Option<Sums> {
        let old = read(root).unwrap_or_default();
        let mut sums = old.clone();
        let written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sums.extend(written.iter().map(|(name, sum)| (name.clone(), *sum)));
        drop(written);
        sums.retain(|name, _| root.join(name).is_file());
        (sums != old).then_some(sums)
    }
}

struct Watched {
    inner: WritePtr,
    hash: Xxh3,
    bytes: u64,
    path: PathBuf,
    written: Written,
    failure: FirstFailure,
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n_written = self.failure.note(&self.path, self.inner.write(bytes))?;
        self.hash.update(&bytes[..n_written]);
        self.bytes += n_written as u64;
        Ok(n_written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.failure.note(&self.path, self.inner.flush())
    }
}

impl TerminatingWrite for Watched {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        let terminated = self.inner.terminate_ref(token);
        self.failure.note(&self.path, terminated)?;
        let name = self.path.file_name().unwrap_or_default();
        let sum = Sum {
            bytes: self.bytes,
            xxh3: self.hash.digest(),
        };
        let mut written = self
            .written
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        written.insert(name.to_string_lossy().into_owned(), sum);
        Ok(())
    }
}
