//! tantivy's memory-mapped directory, with what it leaves out.
//!
//! A commit is the renaming of `meta.json`; tantivy does not sync the folder
//! after it, so that a power cut can take back a commit that was reported.
//! This one does. It notes what each file is as it is written ([`super::sums`])
//! and seals the small ones ([`super::seal`]), so that damage is found. And
//! reading needs no right to write: where the lock file
//! cannot be made, no writer of this machine can be at work there as us, and a
//! reader goes without.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use super::META_FILE;
use super::blocks::by_blocks;
use super::failure::{FirstFailure, WriteFailure};
use super::in_order::in_order;
use super::seal::{seal, unseal};
use super::sums::{SUMS_FILE, Written};

/// The directory of an index on disk.
#[derive(Debug, Clone)]
pub struct IndexDirectory {
    inner: Box<dyn Directory>,
    root: PathBuf,
    written: Written,
    failure: FirstFailure,
    /// Files are read, not mapped.
    is_in_order: bool,
}

impl IndexDirectory {
    /// The directory of an existing folder.
    pub fn open(path: &Path) -> Result<IndexDirectory, OpenDirectoryError> {
        let inner = Box::new(MmapDirectory::open(path)?);
        Ok(IndexDirectory::over(path, inner))
    }

    /// The directory of a folder whose files are written through another one,
    /// which may fail where a disk would: for tests.
    pub fn over(path: &Path, inner: Box<dyn Directory>) -> IndexDirectory {
        IndexDirectory {
            inner,
            root: path.to_owned(),
            written: Written::default(),
            failure: FirstFailure::default(),
            is_in_order: false,
        }
    }

    /// The same for one who reads files from their beginnings to their ends.
    pub(super) fn in_order(&self) -> IndexDirectory {
        IndexDirectory {
            is_in_order: true,
            ..self.clone()
        }
    }

    /// The first write that failed, of all that went through this directory
    /// and its clones.
    pub fn write_failure(&self) -> Option<WriteFailure> {
        self.failure.get()
    }

    fn write_small(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let at = self.root.join(path);
        let result = self
            .inner
            .atomic_write(path, content)
            .and_then(|()| make_readable(&at))
            .and_then(|()| self.inner.sync_directory());
        self.failure.note(&at, result)
    }

    /// Writes a small file whole or not at all, and makes it last. One whose
    /// name ends in `.json` is sealed.
    pub fn write_file(&self, name: &str, content: &[u8]) -> io::Result<()> {
        self.atomic_write(Path::new(name), content)
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let at = self.root.join(path);
        if self.is_in_order
            && let Ok(handle) = in_order(&at)
        {
            return Ok(handle);
        }
        let mapped = self.inner.get_file_handle(path)?;
        Ok(by_blocks(mapped, &at))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        // `.managed.json` lists what may be deleted, and may have been made
        // by someone else: a name that leads out of the folder is refused.
        if path.components().count() != 1 || path.file_name().is_none() {
            return Err(DeleteError::IoError {
                io_error: Arc::new(io::Error::new(
                    io::ErrorKind::PermissionDenied,
                    "the name leads out of the index folder",
                )),
                filepath: path.to_owned(),
            });
        }
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let at = self.root.join(path);
        match self.inner.open_write(path) {
            Ok(file) => Ok(self.written.watch(at, file, self.failure.clone())),
            Err(error) => {
                if let OpenWriteError::IoError { io_error, .. } = &error {
                    self.failure.set(&at, io_error);
                }
                Err(error)
            }
        }
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let mut content = self.inner.atomic_read(path)?;
        if is_sealed(path) {
            let len = unseal(&content).map(<[u8]>::len);
            let len = len.ok_or_else(|| OpenReadError::IoError {
                io_error: Arc::new(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the file is damaged: its bytes are not those that were written",
                )),
                filepath: path.to_owned(),
            })?;
            content.truncate(len);
        }
        Ok(content)
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        // A commit: what it consists of is listed first.
        if path == Path::new(META_FILE)
            && let Some(sums) = self.written.list(&self.root)
        {
            self.write_small(Path::new(SUMS_FILE), &seal(&serde_json::to_vec(&sums)?))?;
        }
        if is_sealed(path) {
            return self.write_small(path, &seal(content));
        }
        self.write_small(path, content)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.failure.note(&self.root, self.inner.sync_directory())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.inner.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if lock.filepath == META_LOCK.filepath && is_read_only(&error) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            result => result,
        }
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(watch_callback)
    }
}

/// Whether a file ends in a seal.
pub(super) fn is_sealed(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "json")
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}

/// Files written by way of a temporary one are its owner's alone; the others
/// of an index follow the umask. Whoever may read the folder may read these.
#[cfg(unix)]
fn make_readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_path: &Path) -> io::Result<()> {
    Ok(())
}
