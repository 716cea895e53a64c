//! What the engine's errors mean, in words: its own are written for whoever
//! programs with it.

use std::io;
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// What went wrong, and where that is known in which file.
pub fn plain(error: &TantivyError) -> String {
    match error {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => missing(path),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            of_file(filepath, io_error)
        }
        TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_))
        | TantivyError::IncompatibleIndex(_) => {
            "its files are of another version of the search engine: build it again with \
             `abs-search ingest` into a new folder"
                .to_owned()
        }
        TantivyError::OpenWriteError(OpenWriteError::FileAlreadyExists(path)) => {
            format!("{} is there already", path.display())
        }
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
            of_file(filepath, io_error)
        }
        TantivyError::OpenDirectoryError(error) => match error {
            OpenDirectoryError::DoesNotExist(path) => missing(path),
            OpenDirectoryError::NotADirectory(path) => {
                format!("{} is not a folder", path.display())
            }
            OpenDirectoryError::FailedToCreateTempDir(source) => source.to_string(),
            OpenDirectoryError::IoError {
                io_error,
                directory_path,
            } => of_file(directory_path, io_error),
        },
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            "another process is writing into it: wait for it to end".to_owned()
        }
        // The lock is a file of the folder, made where there is none.
        TantivyError::LockFailure(LockError::IoError(source), _)
            if source.kind() == io::ErrorKind::NotFound =>
        {
            "its folder is gone".to_owned()
        }
        TantivyError::LockFailure(LockError::IoError(source), _)
        | TantivyError::IoError(source) => source.to_string(),
        TantivyError::DataCorruption(_) => {
            "a file is damaged: `abs-search check` says which and what to do".to_owned()
        }
        other => other.to_string(),
    }
}

fn missing(path: &Path) -> String {
    format!(
        "{} is missing: `abs-search check` says what to do",
        path.display()
    )
}

fn of_file(path: &Path, source: &io::Error) -> String {
    format!("{}: {source}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn files_are_named_and_nothing_is_said_as_code_says_it() {
        let path = || PathBuf::from("a.term");
        let denied = || io::Error::from(io::ErrorKind::PermissionDenied);
        for (error, expected) in [
            (
                TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path())),
                "a.term is missing: `abs-search check` says what to do",
            ),
            (
                TantivyError::OpenReadError(OpenReadError::wrap_io_error(denied(), path())),
                "a.term: permission denied",
            ),
            (
                TantivyError::LockFailure(LockError::LockBusy, Some("Lock".to_owned())),
                "another process is writing into it: wait for it to end",
            ),
            (denied().into(), "permission denied"),
            (
                TantivyError::LockFailure(
                    LockError::wrap_io_error(io::ErrorKind::NotFound.into()),
                    None,
                ),
                "its folder is gone",
            ),
        ] {
            assert_eq!(plain(&error), expected);
        }
    }
}
