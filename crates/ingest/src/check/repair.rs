//! Mends what can be made from the rest of an index, and takes out what
//! cannot.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use abs_schema::acronyms;
use abs_schema::store::{IndexDirectory, SUMS_FILE, plain};
use abs_schema::{Document, IndexFolder, StoreError, stored};
use serde_json::Value;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::Value as _;
use tantivy::{IndexWriter, TantivyDocument, TantivyError};

use super::{Checked, MANAGED_FILE, ROOTS, files, is_segment_file, is_stray, name_of};
use crate::acronym::{Miner, kept};
use crate::dedup;
use crate::ledger::{LEDGER_FILE, NEXT_LEDGER_FILE, without_ledger};

/// What tantivy's writer asks for.
const WRITER_BYTES: usize = 15_000_000;

/// Why an index could not be mended.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// A file could not be written or removed.
    #[error("cannot mend {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The index could not be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another process writes, or tantivy cannot go on.
    #[error("cannot mend the index: {}", plain(.0))]
    Index(#[from] TantivyError),
}

/// Mends everything [`super::check`] found that can be mended without the
/// sources.
pub fn repair(root: &Path, checked: &Checked) -> Result<(), RepairError> {
    // First what keeps the index from being opened.
    for finding in &checked.findings {
        if name_of(&finding.path) == MANAGED_FILE {
            write_managed(root)?;
        }
    }
    let folder = IndexFolder::open_unchecked(root)?;
    // Its lock says that nobody else is at work.
    let mut writer: IndexWriter<Document> =
        folder.index.writer_with_num_threads(1, WRITER_BYTES)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    settle_acronyms(&folder)?;
    let used: HashSet<String> = folder.commit_files()?.into_iter().collect();
    for finding in &checked.findings {
        let name = name_of(&finding.path);
        match name {
            MANAGED_FILE => {}
            SUMS_FILE => {
                let damaged = folder.index.validate_checksum()?;
                if let Some(file) = damaged.into_iter().min() {
                    return Err(RepairError::Io {
                        path: root.join(file),
                        source: io::ErrorKind::InvalidData.into(),
                    });
                }
                folder.list_files_anew()?;
            }
            acronyms::FILE => mine_anew(&folder)?,
            // Nothing has gone on without it: all is read again, and found to
            // be unchanged.
            LEDGER_FILE => {
                remove(&finding.path)?;
                remove(&root.join(NEXT_LEDGER_FILE))?;
                let payload = folder.index.load_metas()?.payload;
                let mut commit = writer.prepare_commit()?;
                commit.set_payload(&without_ledger(payload.as_deref()));
                commit.commit()?;
            }
            _ if is_stray(name) && !used.contains(name) => remove(&finding.path)?,
            _ if name.ends_with(".json") && !ROOTS.contains(&name) => remove(&finding.path)?,
            _ => {}
        }
    }
    dedup::update(&folder)?;
    drop(writer);
    Ok(())
}

/// Takes what is damaged beyond repair out of the index, so that reading its
/// sources again makes it whole: the segments at fault, or everything where
/// nothing can be understood.
pub fn discard_damaged(root: &Path, checked: &Checked) -> Result<(), RepairError> {
    let at_fault: HashSet<&str> = checked
        .findings
        .iter()
        .map(|finding| name_of(&finding.path))
        .collect();
    if ROOTS.iter().any(|name| at_fault.contains(name)) {
        return discard_all(root);
    }
    if at_fault.contains(MANAGED_FILE) {
        write_managed(root)?;
    }
    let segments: HashSet<&str> = at_fault
        .iter()
        .filter(|name| is_segment_file(name))
        .filter_map(|name| name.split('.').next())
        .collect();
    if segments.is_empty() {
        return Ok(());
    }
    let folder = IndexFolder::open_unchecked(root)?;
    let writer: IndexWriter<Document> = folder.index.writer_with_num_threads(1, WRITER_BYTES)?;
    settle_acronyms(&folder)?;
    let path = root.join(ROOTS[1]);
    let failed = |source| RepairError::Io {
        path: path.clone(),
        source,
    };
    let bytes = fs::read(&path).map_err(failed)?;
    let mut meta: Value = serde_json::from_slice(&bytes).map_err(|error| failed(error.into()))?;
    if let Some(Value::Array(listed)) = meta.get_mut("segments") {
        listed.retain(|segment| {
            let id = segment.get("segment_id").and_then(Value::as_str);
            let id = id.unwrap_or_default().replace('-', "");
            !segments.contains(id.as_str())
        });
    }
    let meta = serde_json::to_vec(&meta).map_err(|error| failed(error.into()))?;
    directory(root)?
        .write_file(ROOTS[1], &meta)
        .map_err(failed)?;
    drop(writer);
    Ok(())
}

/// Before the commit is another: what is staged is told from it.
fn settle_acronyms(folder: &IndexFolder) -> Result<(), RepairError> {
    kept::settle(folder).map_err(|source| RepairError::Io {
        path: folder.path.join(acronyms::STAGED_FILE),
        source,
    })
}

/// Removes every file of an index, and no other.
fn discard_all(root: &Path) -> Result<(), RepairError> {
    for path in files(root) {
        let name = name_of(&path);
        let ours = [
            MANAGED_FILE,
            SUMS_FILE,
            LEDGER_FILE,
            NEXT_LEDGER_FILE,
            acronyms::FILE,
            acronyms::STAGED_FILE,
        ];
        if is_stray(name) || ROOTS.contains(&name) || ours.contains(&name) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// tantivy's list of what it may delete, from what is there.
fn write_managed(root: &Path) -> Result<(), RepairError> {
    let names: Vec<String> = files(root)
        .iter()
        .map(|path| name_of(path).to_owned())
        .filter(|name| is_segment_file(name) || name == ROOTS[1])
        .collect();
    let failed = |source| RepairError::Io {
        path: root.join(MANAGED_FILE),
        source,
    };
    let list = serde_json::to_vec(&names).map_err(|error| failed(error.into()))?;
    directory(root)?
        .write_file(MANAGED_FILE, &list)
        .map_err(failed)
}

/// Acronyms as the records say them now.
fn mine_anew(folder: &IndexFolder) -> Result<(), RepairError> {
    let mut miner = Miner::default();
    for segment in folder.snapshot()?.segment_readers() {
        let store = segment.get_store_reader(1).map_err(TantivyError::from)?;
        for doc in segment.doc_ids_alive() {
            let document: TantivyDocument = store.get(doc)?;
            let bytes = document
                .get_first(folder.fields.record)
                .and_then(|value| value.as_bytes());
            let record = bytes.map(|bytes| stored::decode(&stored::unpack(bytes)?));
            if let Some(Ok(record)) = record {
                miner.add(&record.title, record.abstract_text.as_deref());
            }
        }
    }
    folder
        .write_file(acronyms::FILE, &acronyms::encode(&miner.take()))
        .map_err(|source| RepairError::Io {
            path: folder.path.join(acronyms::FILE),
            source,
        })
}

fn directory(root: &Path) -> Result<IndexDirectory, RepairError> {
    IndexDirectory::open(root).map_err(|error| RepairError::Io {
        path: root.to_owned(),
        source: io::Error::other(error.to_string()),
    })
}

fn remove(path: &Path) -> Result<(), RepairError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(RepairError::Io {
            path: path.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}
