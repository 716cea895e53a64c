//! A judged collection as BEIR lays it out: a folder with `corpus.jsonl`,
//! `queries.jsonl` and `qrels/*.tsv`, each plain or packed (Thakur et al.,
//! *BEIR*, 2021).

use std::fs;
use std::path::{Path, PathBuf};

use abs_ingest::lines::{Lines, MAX_LINE_BYTES};
use abs_ingest::{Input, ReadErrorKind};

use crate::error::EvalError;
use crate::qrels::Qrels;
use crate::topic::Topic;

/// The files of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// What the folder is called.
    pub name: String,
    /// The records.
    pub corpus: PathBuf,
    /// The topics.
    pub queries: PathBuf,
    /// Judgements, each file a split such as `train` or `test`.
    pub qrels: Vec<PathBuf>,
}

/// Splits in the order in which one is taken where none is named.
const SPLITS: [&str; 3] = ["test", "dev", "train"];

impl Collection {
    /// Finds the files of a folder.
    pub fn find(folder: &Path) -> Result<Collection, EvalError> {
        let missing = |what| EvalError::NoSuchPart {
            folder: folder.to_owned(),
            what,
        };
        let corpus = named(folder, "corpus.jsonl").ok_or_else(|| missing("corpus.jsonl"))?;
        let queries = named(folder, "queries.jsonl").ok_or_else(|| missing("queries.jsonl"))?;
        let mut qrels = files(&folder.join("qrels"));
        qrels.retain(|path| is_called(path, ".tsv") || is_called(path, ".txt"));
        if qrels.is_empty() {
            return Err(missing("qrels/*.tsv"));
        }
        let name = fs::canonicalize(folder)
            .ok()
            .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        Ok(Collection {
            name: name.unwrap_or_default(),
            corpus,
            queries,
            qrels,
        })
    }

    /// The judgements of a split, or of the first of test, dev and train that
    /// is there, or of the first file.
    pub fn qrels(&self, split: Option<&str>) -> Result<Qrels, EvalError> {
        let of = |split: &str| self.qrels.iter().find(|path| stem(path) == split);
        let path = match split {
            Some(split) => of(split),
            None => SPLITS
                .iter()
                .find_map(|split| of(split))
                .or(self.qrels.first()),
        };
        let path = path.ok_or_else(|| EvalError::NoSuchPart {
            folder: self.corpus.with_file_name("qrels"),
            what: "judgements of that split",
        })?;
        Qrels::read(path)
    }

    /// The topics that were judged, in the order of the file.
    pub fn topics(&self, qrels: &Qrels) -> Result<Vec<Topic>, EvalError> {
        let mut topics = Topic::read(&self.queries)?;
        topics.retain(|topic| qrels.has(&topic.id));
        Ok(topics)
    }
}

/// Whether a file is called so, packed or not.
fn is_called(path: &Path, end: &str) -> bool {
    let name = path
        .file_name()
        .map_or("".into(), |name| name.to_string_lossy());
    let bare = [".gz", ".zst", ".bz2", ".xz"]
        .iter()
        .find_map(|packing| name.strip_suffix(packing))
        .unwrap_or(&name);
    bare.ends_with(end)
}

fn named(folder: &Path, name: &str) -> Option<PathBuf> {
    files(folder).into_iter().find(|path| {
        let starts = path
            .file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with(name));
        starts && is_called(path, name)
    })
}

/// `test` of `test.tsv.gz`.
fn stem(path: &Path) -> String {
    let name = path
        .file_name()
        .map_or("".into(), |name| name.to_string_lossy());
    name.split('.').next().unwrap_or_default().to_owned()
}

/// Files of a folder by name, none for one that cannot be read.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// Shows each line of a file, unpacked, with its number.
pub(crate) fn each_line(
    path: &Path,
    mut each: impl FnMut(u64, &str) -> Result<(), EvalError>,
) -> Result<(), EvalError> {
    let opened = Input::from_path(path)?.open()?;
    let tracker = opened.tracker();
    let mut lines = Lines::new(opened, MAX_LINE_BYTES);
    while let Some(line) = lines.read() {
        match line {
            Ok(line) => each(line.number, line.text)?,
            Err(bad) => {
                return Err(match bad.kind {
                    ReadErrorKind::Io(error) => EvalError::Source(tracker.failure(error)),
                    kind => EvalError::line(path, bad.number, kind.to_string()),
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_found_whole_or_says_what_it_lacks() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let lacks = || Collection::find(folder.path()).unwrap_err().to_string();
        assert!(lacks().contains("holds no corpus.jsonl"));
        write("corpus.jsonl.gz", "");
        assert!(lacks().contains("holds no queries.jsonl"));
        write(
            "queries.jsonl",
            "{\"_id\": 1, \"text\": \"a\"}\n{\"_id\": \"x\", \"text\": \"b\"}\n",
        );
        fs::create_dir(folder.path().join("qrels")).unwrap();
        assert!(lacks().contains("holds no qrels"));
        write("qrels/train.tsv", "1\ta\t1\n");
        write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nx\ta\t1\n");
        let collection = Collection::find(folder.path()).unwrap();
        assert!(collection.corpus.ends_with("corpus.jsonl.gz"));
        let topics = |split: Option<&str>| -> Vec<String> {
            let qrels = collection.qrels(split).unwrap();
            let topics = collection.topics(&qrels).unwrap();
            topics.into_iter().map(|topic| topic.id).collect()
        };
        assert_eq!(topics(None), ["x"]);
        assert_eq!(topics(Some("train")), ["1"]);
        assert!(collection.qrels(Some("dev")).is_err());
    }
}
