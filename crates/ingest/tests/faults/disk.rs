//! A disk that remembers what was done to it, and that fails when it is told
//! to.
//!
//! It lies below `IndexDirectory`, where the system's calls would be. What a
//! power cut leaves is told by POSIX: the bytes of a file are there for certain
//! once it is synced, its name once its folder is; of anything else any part
//! may be there.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use crate::Random;

/// Something that was done.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    Created(PathBuf),
    Written(PathBuf, Vec<u8>),
    Synced(PathBuf),
    /// A file was written and synced under another name, and renamed.
    Replaced(PathBuf, Vec<u8>),
    Deleted(PathBuf),
    FolderSynced,
    /// So many commits were reported.
    Reported(usize),
}

/// How writes fail.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    /// The first operation that does, counted from 0.
    pub(crate) at: usize,
    /// Whether all after it do.
    pub(crate) lasts: bool,
    /// Whether only syncs are counted, and fail.
    pub(crate) only_syncs: bool,
    /// The error number of the system.
    pub(crate) errno: i32,
}

#[derive(Debug, Default)]
struct State {
    events: Vec<Event>,
    fault: Option<Fault>,
    n_ops: usize,
    n_syncs: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Disk {
    inner: MmapDirectory,
    state: Arc<Mutex<State>>,
}

impl Disk {
    pub(crate) fn new(path: &Path, fault: Option<Fault>) -> Disk {
        Disk {
            inner: MmapDirectory::open(path).unwrap(),
            state: Arc::new(Mutex::new(State {
                fault,
                ..State::default()
            })),
        }
    }

    /// Operations that could fail so far, and syncs among them.
    pub(crate) fn n_ops(&self) -> (usize, usize) {
        let state = self.state.lock().unwrap();
        (state.n_ops, state.n_syncs)
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.state.lock().unwrap().events.clone()
    }

    pub(crate) fn report(&self, n_commits: usize) {
        self.note(Event::Reported(n_commits));
    }

    fn note(&self, event: Event) {
        self.state.lock().unwrap().events.push(event);
    }

    /// Fails where it is due.
    fn op(&self, is_sync: bool) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        let (op, sync) = (state.n_ops, state.n_syncs);
        state.n_ops += 1;
        state.n_syncs += usize::from(is_sync);
        let Some(fault) = state.fault else {
            return Ok(());
        };
        let number = match fault.only_syncs {
            true if !is_sync => return Ok(()),
            true => sync,
            false => op,
        };
        if number == fault.at || (fault.lasts && number > fault.at) {
            return Err(io::Error::from_raw_os_error(fault.errno));
        }
        Ok(())
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)?;
        self.note(Event::Deleted(path.to_owned()));
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.op(false)
            .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let inner = self.inner.open_write(path)?;
        self.note(Event::Created(path.to_owned()));
        Ok(WritePtr::new(Box::new(DiskFile {
            inner,
            path: path.to_owned(),
            disk: self.clone(),
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        // Writing the temporary file, and syncing it.
        self.op(false)?;
        self.op(true)?;
        self.inner.atomic_write(path, content)?;
        self.note(Event::Replaced(path.to_owned(), content.to_owned()));
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.op(true)?;
        self.note(Event::FolderSynced);
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

struct DiskFile {
    inner: WritePtr,
    path: PathBuf,
    disk: Disk,
}

impl Write for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.op(false)?;
        self.inner.write_all(bytes)?;
        self.disk
            .note(Event::Written(self.path.clone(), bytes.to_owned()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for DiskFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.disk.op(true)?;
        self.inner.terminate_ref(token)?;
        self.disk.note(Event::Synced(self.path.clone()));
        Ok(())
    }
}

/// What survives of that which is not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Luck {
    /// Nothing.
    None,
    /// Every name, and no byte.
    Names,
    /// Whatever chance wants.
    Random,
}

#[derive(Debug, Default, Clone)]
struct Node {
    bytes: Vec<u8>,
    n_synced: usize,
}

/// Writes what is left after a power cut into a folder; how many commits were
/// reported before it.
pub(crate) fn cut(events: &[Event], luck: Luck, random: &mut Random, into: &Path) -> usize {
    let mut nodes: Vec<Node> = Vec::new();
    // As processes see them, and as they are on the disk.
    let mut seen: BTreeMap<&Path, usize> = BTreeMap::new();
    let mut durable: BTreeMap<&Path, usize> = BTreeMap::new();
    // Names that changed since the folder was synced; `None` for deleted ones.
    let mut pending: Vec<(&Path, Option<usize>)> = Vec::new();
    let mut n_reported = 0;
    for event in events {
        match event {
            Event::Created(path) => {
                nodes.push(Node::default());
                seen.insert(path, nodes.len() - 1);
                pending.push((path, Some(nodes.len() - 1)));
            }
            Event::Written(path, bytes) => {
                nodes[seen[path.as_path()]].bytes.extend_from_slice(bytes);
            }
            Event::Synced(path) => {
                let node = &mut nodes[seen[path.as_path()]];
                node.n_synced = node.bytes.len();
            }
            Event::Replaced(path, bytes) => {
                nodes.push(Node {
                    bytes: bytes.clone(),
                    n_synced: bytes.len(),
                });
                seen.insert(path, nodes.len() - 1);
                pending.push((path, Some(nodes.len() - 1)));
            }
            Event::Deleted(path) => {
                seen.remove(path.as_path());
                pending.push((path, None));
            }
            Event::FolderSynced => {
                for (path, node) in pending.drain(..) {
                    rename(&mut durable, path, node);
                }
            }
            Event::Reported(n_commits) => n_reported = *n_commits,
        }
    }
    for (path, node) in pending {
        let survives = match luck {
            Luck::None => false,
            Luck::Names => true,
            Luck::Random => random.below(2) == 0,
        };
        if survives {
            rename(&mut durable, path, node);
        }
    }
    for (path, node) in durable {
        let Node { bytes, n_synced } = &nodes[node];
        let beyond = match luck {
            Luck::Random => random.below(bytes.len() - n_synced + 1),
            _ => 0,
        };
        fs::write(into.join(path), &bytes[..n_synced + beyond]).unwrap();
    }
    n_reported
}

fn rename<'a>(names: &mut BTreeMap<&'a Path, usize>, path: &'a Path, node: Option<usize>) {
    match node {
        Some(node) => names.insert(path, node),
        None => names.remove(path),
    };
}
