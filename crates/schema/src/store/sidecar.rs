//! Small files of ours in the index folder, which tantivy knows nothing of:
//! its own list of files would have them collected as garbage.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::Directory;
use tantivy::directory::error::DeleteError;
use tantivy::directory::{OwnedBytes, RamDirectory};

use super::IndexDirectory;
use super::failure::WriteFailure;
use super::sums::{self, Damage, SUMS_FILE};

pub(super) enum Sidecars {
    OnDisk {
        root: PathBuf,
        /// What is written goes through it.
        directory: IndexDirectory,
    },
    InMemory(RamDirectory),
}

impl Sidecars {
    pub(super) fn on_disk(path: &Path, directory: IndexDirectory) -> Sidecars {
        Sidecars::OnDisk {
            root: path.to_owned(),
            directory,
        }
    }

    pub(super) fn in_memory(directory: RamDirectory) -> Sidecars {
        Sidecars::InMemory(directory)
    }

    /// The first write of the index that failed.
    pub(super) fn write_failure(&self) -> Option<WriteFailure> {
        match self {
            Sidecars::OnDisk { directory, .. } => directory.write_failure(),
            Sidecars::InMemory(_) => None,
        }
    }

    /// The index's directory on disk.
    pub(super) fn on_disk_directory(&self) -> Option<&IndexDirectory> {
        match self {
            Sidecars::OnDisk { directory, .. } => Some(directory),
            Sidecars::InMemory(_) => None,
        }
    }

    fn directory(&self) -> &dyn Directory {
        match self {
            Sidecars::OnDisk { directory, .. } => directory,
            Sidecars::InMemory(directory) => directory,
        }
    }

    /// Which of these files of a commit are not what its list says.
    pub(super) fn damaged(&self, names: &[String], whole: bool) -> Vec<(PathBuf, Damage)> {
        let Sidecars::OnDisk { root, .. } = self else {
            return Vec::new();
        };
        if names.is_empty() {
            return Vec::new();
        }
        let Some(sums) = sums::read(root) else {
            let path = root.join(SUMS_FILE);
            let damage = if path.is_file() {
                Damage::Bytes
            } else {
                Damage::Missing
            };
            return vec![(path, damage)];
        };
        let mut damaged = Vec::new();
        for name in names {
            let found = match sums.get(name) {
                Some(sum) => sums::verify(&root.join(name), *sum, whole),
                None => Err(Damage::Unlisted),
            };
            if let Err(damage) = found {
                damaged.push((root.join(name), damage));
            }
        }
        damaged
    }

    /// Writes the list of files anew, from what they hold.
    pub(super) fn list_anew(&self, names: &[String]) -> io::Result<()> {
        let Sidecars::OnDisk { root, .. } = self else {
            return Ok(());
        };
        let list = sums::of_files(root, names)?;
        self.write(SUMS_FILE, &serde_json::to_vec(&list)?)
    }

    pub(super) fn read(&self, name: &str) -> Option<OwnedBytes> {
        let path = Path::new(name);
        let file = match self {
            // A directory of its own each time: tantivy's remembers what it
            // mapped by its name, and a file that was replaced would be the
            // old one.
            Sidecars::OnDisk { root, .. } => IndexDirectory::open(root).ok()?.open_read(path),
            Sidecars::InMemory(directory) => directory.open_read(path),
        };
        file.ok()?.read_bytes().ok()
    }

    pub(super) fn write(&self, name: &str, content: &[u8]) -> io::Result<()> {
        self.directory().atomic_write(Path::new(name), content)
    }

    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        match self.directory().delete(Path::new(name)) {
            Ok(()) | Err(DeleteError::FileDoesNotExist(_)) => Ok(()),
            Err(DeleteError::IoError { io_error, .. }) => {
                Err(io::Error::new(io_error.kind(), io_error.to_string()))
            }
        }
    }
}
