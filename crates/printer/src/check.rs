//! What a check of an index found, as it is reported.

use std::path::PathBuf;

/// How an index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soundness {
    /// Nothing is wrong.
    Sound,
    /// Something was wrong and is mended.
    Repaired,
    /// What is wrong can be made again from the rest.
    Repairable,
    /// Records are lost.
    Broken,
}

/// A file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub what: String,
    /// Whether it can be made again from the rest of the index.
    pub is_repairable: bool,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// The index's folder.
    pub index: PathBuf,
    /// How the index is now.
    pub state: Soundness,
    /// Its segments.
    pub n_segments: usize,
    /// Records that were read and are sound.
    pub n_records: u64,
    /// What was wrong at first.
    pub faults: Vec<Fault>,
    /// What still is.
    pub left: Vec<Fault>,
}
