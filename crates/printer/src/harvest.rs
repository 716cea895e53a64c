//! What a harvest did, as it is reported.

use std::path::PathBuf;
use std::time::Duration;

use abs_record::Date;

/// The summary of a harvest:
/// `read = indexed + updated + unchanged + duplicate + deleted + rejected`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HarvestReport {
    /// The archive's address.
    pub url: String,
    /// The part of it that was asked for.
    pub set: Option<String>,
    /// Records changed since.
    pub from: Option<Date>,
    /// And not after.
    pub until: Option<Date>,
    /// Records, deletions and rejects read.
    pub read: u64,
    /// Records with a new id.
    pub indexed: u64,
    /// Records that replaced an older one.
    pub updated: u64,
    /// Records that said what was known before.
    pub unchanged: u64,
    /// Records that said what this harvest had said.
    pub duplicate: u64,
    /// Deletions.
    pub deleted: u64,
    /// Records that could not be taken.
    pub rejected: u64,
    /// Pages read, whole or in part.
    pub pages: u64,
    /// Requests made; more than pages where the server was busy or failed.
    pub requests: u64,
    /// Bytes of the pages.
    pub source_bytes: u64,
    /// Whether the list was read to its end.
    pub done: bool,
    /// The day the next list begins with, if this one is done; else the day
    /// it has come to.
    pub reached: Option<Date>,
    /// Why it ended too early.
    pub error: Option<String>,
    /// The index and its bytes on disk; `None` if nothing was written.
    pub index: Option<(PathBuf, u64)>,
    /// Where the rejects are listed, if there are any.
    pub rejects_path: Option<PathBuf>,
    /// How long it took.
    pub took: Duration,
}
