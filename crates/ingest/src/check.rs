//! Finds out whether an index is what was written, and what to do if not.
//!
//! Every file of the last commit is held against the list that was written
//! before it; small files carry a hash of their own. Only then are records
//! read: each must be there, readable, and the one its columns speak of.

mod records;
mod repair;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use abs_schema::acronyms::{self, is_whole as acronyms_are_whole};
use abs_schema::store::SUMS_FILE;
use abs_schema::works::{WORKS_FILE, Works};
use abs_schema::{IndexFolder, StoreError};

use crate::ledger::{self, LEDGER_FILE};

pub use repair::{RepairError, discard_damaged, repair};

/// Files of an index without which nothing else can be understood.
const ROOTS: [&str; 2] = ["abs-search.json", "meta.json"];
/// tantivy's list of the files it may delete.
const MANAGED_FILE: &str = ".managed.json";
/// Endings of a segment's files.
const SEGMENT_ENDINGS: [&str; 7] = ["idx", "pos", "term", "store", "fast", "fieldnorm", "del"];

/// What helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// [`repair`]: nothing is lost that cannot be made from the rest.
    Repair,
    /// Records are lost: their sources are to be read again.
    Rebuild,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file at fault.
    pub path: PathBuf,
    /// What is wrong with it.
    pub what: String,
    /// What helps.
    pub remedy: Remedy,
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Everything that is wrong, the worst first.
    pub findings: Vec<Finding>,
    /// Segments of the last commit.
    pub n_segments: usize,
    /// Records that were read.
    pub n_records: u64,
}

impl Checked {
    /// The worst that was found; `None` for a sound index.
    pub fn worst(&self) -> Option<Remedy> {
        self.findings.iter().map(|finding| finding.remedy).max()
    }

    fn add(&mut self, path: PathBuf, what: impl Into<String>, remedy: Remedy) {
        self.findings.push(Finding {
            path,
            what: what.into(),
            remedy,
        });
    }
}

/// Checks the index in a folder. An error where there is none, or where it is
/// of another version.
pub fn check(path: &Path) -> Result<Checked, StoreError> {
    let mut checked = Checked::default();
    if !ROOTS.iter().any(|name| path.join(name).is_file()) {
        return Err(StoreError::Missing(path.to_owned()));
    }
    check_small_files(path, &mut checked);
    if checked.worst() != Some(Remedy::Rebuild) {
        match IndexFolder::open_unchecked(path) {
            Ok(folder) => check_commit(&folder, &mut checked)?,
            Err(error @ (StoreError::Version { .. } | StoreError::Foreign(_))) => {
                return Err(error);
            }
            // Told already of the file at fault.
            Err(_) if !checked.findings.is_empty() => {}
            Err(error) => checked.add(path.to_owned(), error.to_string(), Remedy::Rebuild),
        }
    }
    checked
        .findings
        .sort_by_key(|finding| std::cmp::Reverse(finding.remedy));
    Ok(checked)
}

/// Every file that carries a hash of its own.
fn check_small_files(root: &Path, checked: &mut Checked) {
    for name in ROOTS {
        if !root.join(name).is_file() {
            checked.add(root.join(name), "it is missing", Remedy::Rebuild);
        }
    }
    if !root.join(MANAGED_FILE).is_file() {
        checked.add(root.join(MANAGED_FILE), "it is missing", Remedy::Repair);
    }
    for path in files(root) {
        let name = name_of(&path);
        if name.ends_with(".json") && !abs_schema::is_whole(&path) {
            let remedy = match ROOTS.contains(&name) {
                true => Remedy::Rebuild,
                false => Remedy::Repair,
            };
            checked.add(path, "its bytes are not those that were written", remedy);
        }
    }
    let acronyms = root.join(acronyms::FILE);
    if fs::read(&acronyms).is_ok_and(|bytes| !acronyms_are_whole(&bytes)) {
        let what = "its bytes are not those that were written";
        checked.add(acronyms, what, Remedy::Repair);
    }
}

/// The segments, their records, and what is beside them.
fn check_commit(folder: &IndexFolder, checked: &mut Checked) -> Result<(), StoreError> {
    let root = &folder.path;
    let damaged = folder.damaged(true)?;
    for (path, damage) in &damaged {
        let remedy = match is_segment_file(name_of(path)) {
            true => Remedy::Rebuild,
            false => Remedy::Repair,
        };
        if !checked.findings.iter().any(|known| known.path == *path) {
            checked.add(path.clone(), damage.to_string(), remedy);
        }
    }
    let payload = folder.index.load_metas().ok().and_then(|meta| meta.payload);
    if !ledger::is_whole(root, payload.as_deref()) {
        let what = "it is not what the last commit speaks of";
        checked.add(root.join(LEDGER_FILE), what, Remedy::Repair);
    }
    // Nothing is read from a file that does not hold what was written.
    if damaged.is_empty() || name_of(&damaged[0].0) == SUMS_FILE {
        match folder.snapshot() {
            Ok(searcher) => {
                checked.n_segments = searcher.segment_readers().len();
                checked.n_records = records::check(folder, &searcher, checked);
                let works = root.join(WORKS_FILE);
                if searcher.num_docs() > 0
                    && Works::load(&folder.index, searcher.segment_readers()).is_none()
                {
                    let what =
                        "it does not say which records of this commit are versions of one work";
                    checked.add(works, what, Remedy::Repair);
                }
            }
            Err(error) => checked.add(root.clone(), error.to_string(), Remedy::Rebuild),
        }
    }
    let used = folder.commit_files().unwrap_or_default();
    let used: HashSet<&str> = used.iter().map(String::as_str).collect();
    for path in files(root) {
        let name = name_of(&path);
        if is_stray(name) && !used.contains(name) {
            let what = "it belongs to no commit: a process that was ended left it";
            checked.add(path, what, Remedy::Repair);
        }
    }
    Ok(())
}

/// Files directly in a folder, by name.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(root).map_or_else(
        |_| Vec::new(),
        |entries| {
            let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
            paths.filter(|path| path.is_file()).collect()
        },
    );
    files.sort();
    files
}

fn name_of(path: &Path) -> &str {
    let name = path.file_name().and_then(|name| name.to_str());
    name.unwrap_or_default()
}

/// `32 hexadecimal digits.idx`, and so on.
fn is_segment_file(name: &str) -> bool {
    let Some((segment, ending)) = name.split_once('.') else {
        return false;
    };
    let ending = ending.rsplit('.').next().unwrap_or_default();
    segment.len() == 32
        && segment.bytes().all(|byte| byte.is_ascii_hexdigit())
        && SEGMENT_ENDINGS.contains(&ending)
}

/// What a killed process can leave: files of segments and temporary ones.
fn is_stray(name: &str) -> bool {
    is_segment_file(name) || name.starts_with(".tmp")
}

#[cfg(test)]
mod tests;
