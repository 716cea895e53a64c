//! Reading files from their beginnings to their ends, as a merge does.
//!
//! Pages of a mapped file count as memory of the program that touched them
//! until the system wants them back: to merge seven million records was eight
//! gigabytes. Read, a file takes a window that moves along, and what is longer
//! than the window as long as it is needed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

/// Bytes read at a time.
const WINDOW: usize = 256 * 1024;

#[derive(Debug)]
struct InOrder {
    len: usize,
    open: Mutex<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    /// Where in the file the window is.
    start: usize,
    window: OwnedBytes,
}

/// A handle to a file.
pub(super) fn in_order(path: &Path) -> io::Result<Arc<dyn FileHandle>> {
    let file = File::open(path)?;
    let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let open = Mutex::new(Open {
        file,
        start: 0,
        window: OwnedBytes::empty(),
    });
    Ok(Arc::new(InOrder { len, open }))
}

impl Open {
    fn read(&mut self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        self.file.seek(SeekFrom::Start(range.start as u64))?;
        self.file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl FileHandle for InOrder {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if range.len() > WINDOW {
            return open.read(range);
        }
        let end = open.start + open.window.len();
        if range.start < open.start || range.end > end {
            let window = range.start..self.len.min(range.start + WINDOW);
            open.window = open.read(window)?;
            open.start = range.start;
        }
        let start = range.start - open.start;
        Ok(open.window.slice(start..start + range.len()))
    }
}

impl HasLen for InOrder {
    fn len(&self) -> usize {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_is_what_the_file_has_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let bytes: Vec<u8> = (0..3 * WINDOW + 5).map(|n| (n % 251) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        let handle = in_order(&path).unwrap();
        assert_eq!(handle.len(), bytes.len());
        for range in [
            0..10,
            5..WINDOW,
            WINDOW - 1..WINDOW + 1,
            7..2 * WINDOW,
            3..4,
            bytes.len() - 3..bytes.len(),
            0..bytes.len(),
            9..9,
        ] {
            let read = handle.read_bytes(range.clone()).unwrap();
            assert!(read.as_slice() == &bytes[range.clone()], "{range:?}");
        }
        assert!(handle.read_bytes(0..bytes.len() + 1).is_err());
        assert!(in_order(&folder.path().join("none")).is_err());
    }
}
