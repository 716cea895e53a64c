//! What can be wrong with the files of a collection.

use std::path::{Path, PathBuf};

use abs_ingest::SourceError;
use abs_query::SearchError;

/// Why a collection cannot be read or searched.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A folder lacks a file that makes it a collection.
    #[error("{} holds no {what}: a collection is a folder with corpus.jsonl, queries.jsonl and qrels/*.tsv", folder.display())]
    NoSuchPart {
        /// The folder.
        folder: PathBuf,
        /// What was looked for.
        what: &'static str,
    },
    /// A file cannot be opened or unpacked.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A line is not what it has to be.
    #[error("{}:{line}: {reason}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A topic could not be searched.
    #[error("topic {topic}: {source}")]
    Search {
        /// The topic's id.
        topic: String,
        /// Why.
        source: SearchError,
    },
}

impl EvalError {
    pub(crate) fn line(path: &Path, line: u64, reason: impl Into<String>) -> EvalError {
        EvalError::Line {
            path: path.to_owned(),
            line,
            reason: reason.into(),
        }
    }
}
