//! A harvest's summary.

use serde::Serialize;

use super::JSON_VERSION;
use crate::harvest::HarvestReport;

/// The summary of a harvest.
#[derive(Debug, Serialize)]
pub struct Harvest<'a> {
    pub schema_version: u32,
    pub url: &'a str,
    pub set: Option<&'a str>,
    /// `2024-03-07`
    pub from: Option<String>,
    pub until: Option<String>,
    pub read: u64,
    pub indexed: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub duplicate: u64,
    pub deleted: u64,
    pub rejected: u64,
    pub pages: u64,
    pub requests: u64,
    pub source_bytes: u64,
    pub done: bool,
    /// Where the next list begins, or this one has come to.
    pub reached: Option<String>,
    pub error: Option<&'a str>,
    /// `null` where nothing was written.
    pub index: Option<String>,
    pub index_bytes: Option<u64>,
    pub rejects: Option<String>,
    pub took_ms: f64,
}

impl<'a> From<&'a HarvestReport> for Harvest<'a> {
    fn from(report: &'a HarvestReport) -> Harvest<'a> {
        let path = |path: &std::path::Path| path.to_string_lossy().into_owned();
        let index = report.index.as_ref();
        Harvest {
            schema_version: JSON_VERSION,
            url: &report.url,
            set: report.set.as_deref(),
            from: report.from.map(|day| day.to_string()),
            until: report.until.map(|day| day.to_string()),
            read: report.read,
            indexed: report.indexed,
            updated: report.updated,
            unchanged: report.unchanged,
            duplicate: report.duplicate,
            deleted: report.deleted,
            rejected: report.rejected,
            pages: report.pages,
            requests: report.requests,
            source_bytes: report.source_bytes,
            done: report.done,
            reached: report.reached.map(|day| day.to_string()),
            error: report.error.as_deref(),
            index: index.map(|(folder, _)| path(folder)),
            index_bytes: index.map(|(_, n_bytes)| *n_bytes),
            rejects: report.rejects_path.as_deref().map(path),
            took_ms: super::convert::millis(report.took),
        }
    }
}
