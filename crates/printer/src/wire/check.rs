//! A check's findings.

use serde::Serialize;

use super::JSON_VERSION;
use crate::check::{CheckReport, Fault, Soundness};

/// What a check found.
#[derive(Debug, Serialize)]
pub struct Check<'a> {
    schema_version: u32,
    index: String,
    /// `sound`, `repaired`, `repairable` or `broken`.
    state: &'static str,
    segments: usize,
    records: u64,
    faults: Vec<WireFault<'a>>,
    left: Vec<WireFault<'a>>,
}

#[derive(Debug, Serialize)]
struct WireFault<'a> {
    path: String,
    what: &'a str,
    repairable: bool,
}

impl<'a> From<&'a CheckReport> for Check<'a> {
    fn from(report: &'a CheckReport) -> Check<'a> {
        Check {
            schema_version: JSON_VERSION,
            index: report.index.display().to_string(),
            state: match report.state {
                Soundness::Sound => "sound",
                Soundness::Repaired => "repaired",
                Soundness::Repairable => "repairable",
                Soundness::Broken => "broken",
            },
            segments: report.n_segments,
            records: report.n_records,
            faults: report.faults.iter().map(WireFault::from).collect(),
            left: report.left.iter().map(WireFault::from).collect(),
        }
    }
}

impl<'a> From<&'a Fault> for WireFault<'a> {
    fn from(fault: &'a Fault) -> WireFault<'a> {
        WireFault {
            path: fault.path.display().to_string(),
            what: &fault.what,
            repairable: fault.is_repairable,
        }
    }
}
