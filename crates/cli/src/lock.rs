//! Takes the index's lock, with some patience.

use std::path::Path;
use std::thread;
use std::time::Duration;

use abs_ingest::writer::{IndexSink, WriteError, WriterOptions};
use abs_schema::IndexFolder;

/// A process that was killed holds its lock a moment longer.
const TRIES: u32 = 10;
const WAIT: Duration = Duration::from_millis(50);

/// Opens an index to write into it, made if it is not there.
pub(crate) fn open_sink(path: &Path, options: WriterOptions) -> anyhow::Result<IndexSink> {
    patiently(|| {
        let folder = IndexFolder::open_or_create(path)?;
        Ok(IndexSink::open(folder, options)?)
    })
}

/// Tries again, half a second long, while another process writes.
pub(crate) fn patiently<T>(mut attempt: impl FnMut() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let mut n_tries = 1;
    loop {
        match attempt() {
            Err(error) if n_tries < TRIES && is_busy(&error) => thread::sleep(WAIT),
            result => return result,
        }
        n_tries += 1;
    }
}

fn is_busy(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(WriteError::Busy(_)))
}
