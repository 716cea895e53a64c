//! What an ingest did, as it is reported. Plain data: this crate knows nothing
//! of readers and pipelines.

use std::path::PathBuf;
use std::time::Duration;

/// What became of the records read:
/// `read = indexed + updated + unchanged + duplicate + deleted + rejected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account {
    /// Records, deletions and rejects read.
    pub read: u64,
    /// Records with a new id.
    pub indexed: u64,
    /// Records that replaced an older one.
    pub updated: u64,
    /// Records that said what an earlier ingest had said.
    pub unchanged: u64,
    /// Records that said what this ingest had said.
    pub duplicate: u64,
    /// Deletions.
    pub deleted: u64,
    /// Records that could not be taken.
    pub rejected: u64,
}

/// What became of one file, or of an archive with all that is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileAccount {
    /// Where it is.
    pub path: String,
    /// `done`, `partial`, `failed`, `skipped` (of no known format) or, where it
    /// was not read again, `unchanged`.
    pub state: &'static str,
    /// Its format, if it was read.
    pub format: Option<String>,
    /// Its records.
    pub account: Account,
}

/// The summary of an ingest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IngestReport {
    /// All records.
    pub account: Account,
    /// Files read, whole or in part.
    pub files: u64,
    /// Files left out because they are as they were when they were read.
    pub unchanged_files: u64,
    /// Files that could not be read, or not to their ends.
    pub failed_files: u64,
    /// Files of folders that are of no known format.
    pub skipped_files: u64,
    /// Bytes read, as stored (packed where packed).
    pub source_bytes: u64,
    /// Whether it went on with an ingest that was broken off, whose records
    /// are counted here.
    pub resumed: bool,
    /// The index and its bytes on disk; `None` where nothing was written.
    pub index: Option<(PathBuf, u64)>,
    /// Where the rejects are listed, if there are any.
    pub rejects_path: Option<PathBuf>,
    /// How long it took.
    pub took: Duration,
}

/// What an index was made of: the last reading of each file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources {
    /// All records.
    pub account: Account,
    /// Files.
    pub files: u64,
    /// Those not read to their ends, because they cannot be.
    pub failed_files: u64,
    /// Those not read to their ends yet.
    pub partial_files: u64,
    /// Whether the last ingest was broken off.
    pub is_open: bool,
    /// Each file, where that is asked for.
    pub list: Option<Vec<FileAccount>>,
}

impl IngestReport {
    /// Records read in a second.
    pub fn records_per_second(&self) -> f64 {
        per_second(self.account.read, self.took)
    }

    /// Bytes read in a second.
    pub fn bytes_per_second(&self) -> f64 {
        per_second(self.source_bytes, self.took)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a rate is shown to three digits"
)]
fn per_second(count: u64, took: Duration) -> f64 {
    // A clock too coarse to see the run must not give infinity.
    count as f64 / took.as_secs_f64().max(1e-6)
}

/// What an evaluation measured: a table.
#[derive(Debug, Clone, PartialEq)]
pub struct EvalReport {
    /// What the rows are: `collection`, `asked by`.
    pub heading: &'static str,
    /// What [`EvalRow::n`] counts: `topics`, `works`.
    pub counted: &'static str,
    /// What was measured, by row.
    pub rows: Vec<EvalRow>,
    /// How long all searches took.
    pub took: Duration,
}

/// Measures of one collection, or of one way to ask.
#[derive(Debug, Clone, PartialEq)]
pub struct EvalRow {
    /// Which.
    pub name: String,
    /// Means are over so many.
    pub n: usize,
    /// Measures by name, the same names in each row.
    pub measures: Vec<(&'static str, f64)>,
}
