//! Paths to inputs: folders are walked in sorted order.

use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use super::{Input, cannot_open};
use crate::error::{SourceError, SourceErrorKind};

/// How deep folders may be nested.
const MAX_DEPTH: usize = 64;

/// What paths lead to.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Every input, and every path that leads nowhere, in order.
    pub list: Vec<Result<Input, SourceError>>,
    /// The bytes to read in all; `None` where a stream is among them.
    pub total_bytes: Option<u64>,
}

/// Finds the inputs behind paths: files, `-` for standard input, and folders
/// with all that is in them, sorted by name. In a folder, hidden names and
/// what is neither file nor folder are left out, and links to folders are not
/// followed.
pub fn expand<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Inputs {
    let mut list = Vec::new();
    for path in paths {
        let path = path.as_ref();
        if path.is_dir() {
            walk(path, 0, &mut list);
        } else {
            list.push(Input::from_path(path));
        }
    }
    let total_bytes = list.iter().flatten().map(Input::size).sum();
    Inputs { list, total_bytes }
}

fn walk(folder: &Path, depth: usize, list: &mut Vec<Result<Input, SourceError>>) {
    if depth > MAX_DEPTH {
        list.push(Err(SourceError {
            path: folder.to_path_buf(),
            byte: None,
            kind: SourceErrorKind::TooDeep(MAX_DEPTH),
        }));
        return;
    }
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            list.push(Err(cannot_open(folder, error)));
            return;
        }
    };
    entries.sort_by_key(DirEntry::file_name);
    for entry in entries {
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path: PathBuf = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, depth + 1, list),
            Ok(_) if path.is_dir() => {}
            // Opening a pipe or a device nobody named could wait for ever.
            Ok(kind) if !kind.is_symlink() && !kind.is_file() => {}
            Ok(_) => match Input::from_path(&path) {
                Ok(input) if input.size.is_none() => {}
                Ok(input) => list.push(Ok(Input {
                    named: false,
                    ..input
                })),
                Err(error) => list.push(Err(error)),
            },
            Err(error) => list.push(Err(cannot_open(&path, error))),
        }
    }
}
