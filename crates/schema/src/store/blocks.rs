//! Reading stored records by blocks instead of by pages.
//!
//! The first touch of a page of a mapped file costs the system many
//! microseconds, far more than reading the block: a search that looks at a
//! hundred records in a new process spent half its time so. What is small is
//! read, what is large (the list of blocks) stays mapped.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

/// How files of stored records end.
const STORE: &str = "store";
/// A block, or a record that is longer than one.
const MAX_READ: usize = 64 * 1024;

/// A mapped file that is also open for reading.
#[derive(Debug)]
struct Blocks {
    mapped: Arc<dyn FileHandle>,
    file: File,
}

/// The handle of a file, by blocks if it is one of stored records.
pub(super) fn by_blocks(mapped: Arc<dyn FileHandle>, path: &Path) -> Arc<dyn FileHandle> {
    if !cfg!(unix) || path.extension().is_none_or(|extension| extension != STORE) {
        return mapped;
    }
    match File::open(path) {
        Ok(file) => Arc::new(Blocks { mapped, file }),
        Err(_) => mapped,
    }
}

impl FileHandle for Blocks {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() > MAX_READ {
            return self.mapped.read_bytes(range);
        }
        let mut bytes = vec![0; range.len()];
        read_at(&self.file, &mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for Blocks {
    fn len(&self) -> usize {
        self.mapped.len()
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(not(unix))]
fn read_at(_: &File, _: &mut [u8], _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
