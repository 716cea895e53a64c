//! The folder an index lives in: made, opened, stamped with its version.

mod blocks;
mod directory;
mod failure;
mod in_order;
mod message;
mod seal;
mod sidecar;
mod sums;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::OwnedBytes;
use tantivy::index::{Segment, SegmentComponent, SegmentId};
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, ReloadPolicy, Searcher};

use crate::Fields;
use crate::analyzer::{self, ANALYZER_VERSION};

pub use directory::IndexDirectory;
pub use failure::WriteFailure;
pub use message::plain;
use sidecar::Sidecars;
pub use sums::{Damage, SUMS_FILE};

/// Changes with every change of the fields, of the stored form, or of how names
/// are read: authors are found by their keys.
pub const SCHEMA_VERSION: u32 = 3;

/// The file that says an index is ours, and of which version.
const STAMP_FILE: &str = "abs-search.json";
const META_FILE: &str = "meta.json";
/// How tantivy's temporary files begin.
const TEMPORARY: &str = ".tmp";
/// Bytes of a block of stored records: some ten, what showing one hit has to
/// copy.
const STORE_BLOCK_BYTES: usize = 4 * 1024;

/// Why an index folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No index there.
    #[error("there is no index in {}", .0.display())]
    Missing(PathBuf),
    /// A tantivy index, but not one of ours.
    #[error("{} holds an index that abs-search did not make", .0.display())]
    Foreign(PathBuf),
    /// Made by another version.
    #[error(
        "the index in {} has {what} version {found}, this program reads version {expected}: \
         build it again with `abs-search ingest` into a new folder, or use the version of \
         abs-search that made it ({made_by})", path.display()
    )]
    Version {
        /// The index's folder.
        path: PathBuf,
        /// Which version differs: `schema` or `analyzer`.
        what: &'static str,
        /// The index's version.
        found: u32,
        /// This program's.
        expected: u32,
        /// The program that made it.
        made_by: String,
    },
    /// The stamp is there and cannot be read.
    #[error("{} is damaged: {reason}; `abs-search check` says what to do", path.display())]
    Damaged {
        /// The file at fault.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder cannot be made or opened.
    #[error("cannot use {}: {source}", path.display())]
    Io {
        /// The file or folder at fault.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What tantivy said while opening.
    #[error("cannot open the index in {}: {}", path.display(), plain(source))]
    Open {
        /// The index's folder.
        path: PathBuf,
        /// What tantivy said.
        source: tantivy::TantivyError,
    },
}

#[derive(Serialize, Deserialize)]
struct Stamp {
    schema_version: u32,
    analyzer_version: u32,
    made_by: String,
}

/// An open index with the handles of its fields.
pub struct IndexFolder {
    /// Where it is.
    pub path: PathBuf,
    /// The index, its analyzers registered.
    pub index: Index,
    /// Its fields.
    pub fields: Fields,
    /// Small files of ours beside it.
    sidecars: Sidecars,
}

impl IndexFolder {
    /// Whether a folder holds an index, of whatever make.
    pub fn exists(path: &Path) -> bool {
        path.join(META_FILE).is_file()
    }

    /// Opens an index to search it. Needs no right to write.
    pub fn open(path: &Path) -> Result<IndexFolder, StoreError> {
        if !IndexFolder::exists(path) {
            return Err(StoreError::Missing(path.to_owned()));
        }
        IndexFolder::open_unchecked(path)?.checked()
    }

    /// Itself, if its files are there and of the right lengths.
    fn checked(self) -> Result<IndexFolder, StoreError> {
        match self.damaged(false)?.into_iter().next() {
            Some((path, damage)) => Err(StoreError::Damaged {
                path,
                reason: damage.to_string(),
            }),
            None => Ok(self),
        }
    }

    /// Opens an index without a look at its files, to find out what is wrong
    /// with them.
    pub fn open_unchecked(path: &Path) -> Result<IndexFolder, StoreError> {
        IndexFolder::open_over(path, directory_of(path)?)
    }

    fn open_over(path: &Path, directory: IndexDirectory) -> Result<IndexFolder, StoreError> {
        check_stamp(path)?;
        let sidecars = Sidecars::on_disk(path, directory.clone());
        let index = Index::open(directory).map_err(|source| open_error(path, source))?;
        Ok(IndexFolder::with(path, index, sidecars))
    }

    /// The files of the last commit that are not as they were written, by
    /// their lengths or, if `whole`, by all their bytes.
    pub fn damaged(&self, whole: bool) -> Result<Vec<(PathBuf, Damage)>, StoreError> {
        let failed = |source| open_error(&self.path, source);
        let mut commit = self.commit_hash();
        loop {
            let names = self.commit_files().map_err(failed)?;
            let damaged = self.sidecars.damaged(&names, whole);
            // A commit in between takes files away.
            let now = self.commit_hash();
            if damaged.is_empty() || now == commit {
                return Ok(damaged);
            }
            commit = now;
        }
    }

    /// The first file of these segments that is not as it was written: a merge
    /// would give its damage a new and valid checksum.
    pub fn damaged_of(&self, segments: &[SegmentId]) -> Result<Option<PathBuf>, StoreError> {
        let mut names = self
            .commit_files()
            .map_err(|source| open_error(&self.path, source))?;
        names.retain(|name| {
            let mut ids = segments.iter();
            ids.any(|id| name.starts_with(&id.uuid_string()))
        });
        let damaged = self.sidecars.damaged(&names, true);
        Ok(damaged.into_iter().next().map(|(path, _)| path))
    }

    /// Lists the files of the last commit anew, where the list is lost. What
    /// they hold now is taken for right: only after another check of it.
    pub fn list_files_anew(&self) -> Result<(), StoreError> {
        let names = self
            .commit_files()
            .map_err(|source| open_error(&self.path, source))?;
        self.sidecars
            .list_anew(&names)
            .map_err(|source| StoreError::Io {
                path: self.path.join(SUMS_FILE),
                source,
            })
    }

    /// Names of the files the last commit's segments are in.
    pub fn commit_files(&self) -> tantivy::Result<Vec<String>> {
        let mut names = Vec::new();
        for meta in self.index.searchable_segment_metas()? {
            for component in [
                SegmentComponent::Postings,
                SegmentComponent::Positions,
                SegmentComponent::FastFields,
                SegmentComponent::FieldNorms,
                SegmentComponent::Terms,
                SegmentComponent::Store,
            ] {
                names.push(meta.relative_path(component));
            }
            if meta.has_deletes() {
                names.push(meta.relative_path(SegmentComponent::Delete));
            }
        }
        let names = names.into_iter();
        Ok(names
            .map(|name| name.to_string_lossy().into_owned())
            .collect())
    }

    /// Opens an index to write into it, making one where there is none.
    pub fn open_or_create(path: &Path) -> Result<IndexFolder, StoreError> {
        if !IndexFolder::exists(path) {
            fs::create_dir_all(path).map_err(|source| StoreError::Io {
                path: path.to_owned(),
                source,
            })?;
        }
        IndexFolder::open_or_create_over(path, directory_of(path)?)
    }

    /// The same over a directory of one's own, as
    /// [`IndexDirectory::over`] has it: for tests of what a disk does.
    pub fn open_or_create_over(
        path: &Path,
        directory: IndexDirectory,
    ) -> Result<IndexFolder, StoreError> {
        if IndexFolder::exists(path) {
            return IndexFolder::open_over(path, directory)?.checked();
        }
        let io_error = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        // The stamp goes first: an index without one is never ours.
        let stamp = Stamp {
            schema_version: SCHEMA_VERSION,
            analyzer_version: ANALYZER_VERSION,
            made_by: concat!("abs-search ", env!("CARGO_PKG_VERSION")).to_owned(),
        };
        let stamp = serde_json::to_vec_pretty(&stamp).map_err(|error| io_error(error.into()))?;
        directory.write_file(STAMP_FILE, &stamp).map_err(io_error)?;
        let sidecars = Sidecars::on_disk(path, directory.clone());
        let index = Index::create(directory, Fields::new().schema, settings())
            .map_err(|source| open_error(path, source))?;
        let folder = IndexFolder::with(path, index, sidecars);
        // What an index that was taken away has left behind.
        folder
            .remove_file(crate::acronyms::FILE)
            .map_err(io_error)?;
        folder
            .remove_file(crate::acronyms::STAGED_FILE)
            .map_err(io_error)?;
        Ok(folder)
    }

    /// An index in memory, for tests and collections that are thrown away.
    pub fn in_memory() -> IndexFolder {
        let fields = Fields::new();
        let directory = tantivy::directory::RamDirectory::create();
        let sidecars = Sidecars::in_memory(directory.clone());
        let index = Index::create(directory, fields.schema.clone(), settings());
        // A RAM directory has nothing to fail on; an empty one has no index.
        let index = index.unwrap_or_else(|_| Index::create_in_ram(fields.schema.clone()));
        IndexFolder::with(Path::new(":memory:"), index, sidecars)
    }

    /// The last commit, as it stays for whoever holds it.
    pub fn snapshot(&self) -> tantivy::Result<Searcher> {
        let reader = self
            .index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(reader.searcher())
    }

    /// The segments of the last commit for one who reads each file from its
    /// beginning to its end: what is read takes no more memory than is looked
    /// at. They are read only; whatever is written belongs to [`Self::index`].
    pub fn segments_in_order(&self) -> tantivy::Result<Vec<Segment>> {
        match self.sidecars.on_disk_directory() {
            Some(directory) => Index::open(directory.in_order())?.searchable_segments(),
            None => self.index.searchable_segments(),
        }
    }

    /// Bytes of all files in the folder.
    pub fn n_bytes(&self) -> u64 {
        folder_bytes(&self.path)
    }

    /// A small file of ours beside the index, as it is now; `None` if there is
    /// none, or none that can be read. Large ones are mapped, not read.
    pub fn read_file(&self, name: &str) -> Option<OwnedBytes> {
        self.sidecars.read(name)
    }

    /// Writes such a file whole or not at all, and makes it last.
    pub fn write_file(&self, name: &str, content: &[u8]) -> io::Result<()> {
        self.sidecars.write(name, content)
    }

    /// Removes such a file if it is there.
    pub fn remove_file(&self, name: &str) -> io::Result<()> {
        self.sidecars.remove(name)
    }

    /// The first write into the index that failed, whatever was said of it.
    pub fn write_failure(&self) -> Option<WriteFailure> {
        self.sidecars.write_failure()
    }

    /// Another number after every commit: a hash of what names its segments.
    pub fn commit_hash(&self) -> u64 {
        let meta = self.sidecars.read(META_FILE);
        meta.map_or(0, |bytes| xxhash_rust::xxh3::xxh3_64(&bytes))
    }

    fn with(path: &Path, index: Index, sidecars: Sidecars) -> IndexFolder {
        analyzer::register(index.tokenizers());
        IndexFolder {
            path: path.to_owned(),
            index,
            fields: Fields::new(),
            sidecars,
        }
    }
}

/// Whether a small file of an index, one that ends in `.json`, holds what was
/// written.
pub fn is_whole(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| seal::unseal(&bytes).is_some())
}

/// Bytes of all files directly in a folder; 0 for one that cannot be read.
pub fn folder_bytes(path: &Path) -> u64 {
    fs::read_dir(path).map_or(0, |files| {
        files
            .filter_map(|file| file.ok()?.metadata().ok())
            .map(|metadata| metadata.len())
            .sum()
    })
}

/// Removes what a killed process left of files it was about to rename; nothing
/// else would. Hold the index's lock: another process may be at work on one.
pub fn remove_leftovers(path: &Path) {
    let Ok(files) = fs::read_dir(path) else {
        return;
    };
    for file in files.flatten() {
        let name = file.file_name();
        let is_leftover = name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes());
        if is_leftover && file.file_type().is_ok_and(|kind| kind.is_file()) {
            // One that stays costs room and nothing else.
            let _ = fs::remove_file(file.path());
        }
    }
}

fn settings() -> IndexSettings {
    IndexSettings {
        // Records come packed, see `stored::pack`.
        docstore_compression: Compressor::None,
        docstore_blocksize: STORE_BLOCK_BYTES,
        ..IndexSettings::default()
    }
}

fn check_stamp(path: &Path) -> Result<(), StoreError> {
    let file = path.join(STAMP_FILE);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::Foreign(path.to_owned()));
        }
        Err(source) => return Err(StoreError::Io { path: file, source }),
    };
    let stamp: Stamp = serde_json::from_slice(&bytes).map_err(|error| StoreError::Damaged {
        path: file.clone(),
        reason: error.to_string(),
    })?;
    for (what, found, expected) in [
        ("schema", stamp.schema_version, SCHEMA_VERSION),
        ("analyzer", stamp.analyzer_version, ANALYZER_VERSION),
    ] {
        if found != expected {
            return Err(StoreError::Version {
                path: path.to_owned(),
                what,
                found,
                expected,
                made_by: stamp.made_by,
            });
        }
    }
    // Last: what seals another version has is not known.
    match seal::unseal(&bytes) {
        Some(_) => Ok(()),
        None => Err(StoreError::Damaged {
            path: file,
            reason: Damage::Bytes.to_string(),
        }),
    }
}

fn open_error(path: &Path, source: tantivy::TantivyError) -> StoreError {
    StoreError::Open {
        path: path.to_owned(),
        source,
    }
}

fn directory_of(path: &Path) -> Result<IndexDirectory, StoreError> {
    IndexDirectory::open(path).map_err(|error| StoreError::Io {
        path: path.to_owned(),
        source: io::Error::other(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_made_once_and_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new");
        assert!(matches!(
            IndexFolder::open(&path),
            Err(StoreError::Missing(_))
        ));
        drop(IndexFolder::open_or_create(&path).unwrap());
        assert!(IndexFolder::open(&path).is_ok());
        assert!(IndexFolder::open_or_create(&path).is_ok());
    }

    #[test]
    fn small_files_beside_it() {
        let on_disk = tempfile::tempdir().unwrap();
        for folder in [
            IndexFolder::open_or_create(on_disk.path()).unwrap(),
            IndexFolder::in_memory(),
        ] {
            let read = || folder.read_file("acronyms").map(|bytes| bytes.to_vec());
            assert_eq!(read(), None);
            folder.write_file("acronyms", b"one").unwrap();
            // What was read before stays as it was.
            let held = folder.read_file("acronyms").unwrap();
            folder.write_file("acronyms", b"three").unwrap();
            assert_eq!(
                (read().as_deref(), &*held),
                (Some(&b"three"[..]), &b"one"[..])
            );
            folder.remove_file("acronyms").unwrap();
            folder.remove_file("acronyms").unwrap();
            assert_eq!(read(), None);
            folder.write_file("acronyms", b"").unwrap();
            assert_eq!(read().as_deref(), Some(&b""[..]));
        }
        let stale = on_disk.path().join("acronyms");
        std::fs::remove_file(on_disk.path().join(META_FILE)).unwrap();
        assert!(stale.exists());
        drop(IndexFolder::open_or_create(on_disk.path()).unwrap());
        assert!(!stale.exists());
    }

    #[test]
    fn leftovers_go_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        drop(IndexFolder::open_or_create(folder.path()).unwrap());
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let before = count();
        fs::write(folder.path().join(".tmpXyZ012"), "half").unwrap();
        remove_leftovers(folder.path());
        assert_eq!(count(), before);
        assert!(IndexFolder::open(folder.path()).is_ok());
    }

    #[test]
    fn another_version_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        drop(IndexFolder::open_or_create(folder.path()).unwrap());
        let stamp = folder.path().join(STAMP_FILE);
        let text = fs::read_to_string(&stamp).unwrap();
        let older = text.replace("\"schema_version\": 3", "\"schema_version\": 0");
        fs::write(&stamp, older).unwrap();
        let error = IndexFolder::open(folder.path()).err().unwrap().to_string();
        assert!(error.contains("schema version 0, this program reads version 3"));
        assert!(error.contains("build it again"));

        fs::write(&stamp, "{").unwrap();
        assert!(matches!(
            IndexFolder::open(folder.path()),
            Err(StoreError::Damaged { .. })
        ));
        fs::remove_file(&stamp).unwrap();
        assert!(matches!(
            IndexFolder::open(folder.path()),
            Err(StoreError::Foreign(_))
        ));
    }
}
