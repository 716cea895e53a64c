//! The rejects report: one JSON line for each record that was not taken.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::error::{Place, ReadError, SourceError};

/// The most rejects that are listed: a stream of bad lines without end must
/// not fill the disk. All are counted.
pub const MAX_LISTED: u64 = 100_000;

/// A line of the report.
#[derive(Serialize)]
struct Reject<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte: Option<u64>,
    reason: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    excerpt: &'a str,
}

/// What of a line is read again.
#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    file: Option<PathBuf>,
}

/// The file that the report is written into.
#[derive(Debug)]
pub struct RejectList {
    path: PathBuf,
    /// Made with the first line.
    file: Option<BufWriter<File>>,
    n_bytes: u64,
    n_listed: u64,
}

impl RejectList {
    /// A new list; that of an earlier run goes.
    pub fn create(path: PathBuf) -> io::Result<RejectList> {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        Ok(RejectList {
            path,
            file: None,
            n_bytes: 0,
            n_listed: 0,
        })
    }

    /// Goes on with a list, of which so many bytes and lines count.
    pub fn resume(path: PathBuf, n_bytes: u64, n_listed: u64) -> io::Result<RejectList> {
        let file = match OpenOptions::new().write(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return RejectList::create(path);
            }
            Err(error) => return Err(error),
        };
        let n_bytes = n_bytes.min(file.metadata()?.len());
        file.set_len(n_bytes)?;
        let mut file = BufWriter::new(file);
        file.seek(SeekFrom::End(0))?;
        Ok(RejectList {
            path,
            file: Some(file),
            n_bytes,
            n_listed,
        })
    }

    /// Goes on with a list without what it says of files that are about to be
    /// read again, nor of the files in them.
    pub fn without(path: PathBuf, files: &FxHashSet<PathBuf>) -> io::Result<RejectList> {
        let old = match File::open(&path) {
            Ok(old) => old,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return RejectList::create(path);
            }
            Err(error) => return Err(error),
        };
        let shadow = path.with_extension("jsonl.new");
        let mut list = RejectList::create(shadow.clone())?;
        for line in BufReader::new(old).lines() {
            let line = line?;
            let listed: Option<Listed> = serde_json::from_str(&line).ok();
            let about = listed.and_then(|listed| listed.file);
            // A line that is about no file says that others were left out.
            if about.is_some_and(|file| !file.ancestors().any(|path| files.contains(path))) {
                list.write(line.as_bytes())?;
            }
        }
        list.sync()?;
        if list.n_listed == 0 {
            let _ = fs::remove_file(&shadow);
            return RejectList::create(path);
        }
        fs::rename(&shadow, &path)?;
        list.path = path;
        Ok(list)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes written.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Lines written.
    pub fn n_listed(&self) -> u64 {
        self.n_listed
    }

    /// Lists a record: `{"file", "line" or "byte", "reason", "excerpt"}`.
    pub fn add_reject(&mut self, error: &ReadError) -> io::Result<()> {
        self.add(|line| write_reject(line, error))
    }

    /// Lists a file that could not be read: `{"file", "byte", "reason"}`.
    pub fn add_failure(&mut self, error: &SourceError) -> io::Result<()> {
        self.add(|line| write_failure(line, error))
    }

    /// Makes the file, though nothing may come into it.
    pub fn open(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            self.file = Some(BufWriter::new(File::create(&self.path)?));
        }
        Ok(())
    }

    /// Makes what was listed last.
    pub fn sync(&mut self) -> io::Result<()> {
        match &mut self.file {
            Some(file) => {
                file.flush()?;
                file.get_ref().sync_data()
            }
            None => Ok(()),
        }
    }

    fn add(&mut self, line: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        match self.n_listed {
            MAX_LISTED.. => Ok(()),
            n_listed => {
                let mut bytes = Vec::new();
                line(&mut bytes)?;
                self.write(bytes.trim_ascii_end())?;
                match n_listed + 1 {
                    MAX_LISTED => self.write(br#"{"reason":"more are counted and not listed"}"#),
                    _ => Ok(()),
                }
            }
        }
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        self.open()?;
        if let Some(file) = &mut self.file {
            file.write_all(line)?;
            file.write_all(b"\n")?;
        }
        self.n_bytes += line.len() as u64 + 1;
        self.n_listed += 1;
        Ok(())
    }
}

/// Writes one reject: `{"file", "line" or "byte", "reason", "excerpt"}`.
pub fn write_reject(out: &mut impl Write, error: &ReadError) -> io::Result<()> {
    let (line, byte) = match error.place {
        Place::Line(line) => (Some(line), None),
        Place::Byte(byte) => (None, Some(byte)),
    };
    write(
        out,
        &Reject {
            file: &error.path.to_string_lossy(),
            line,
            byte,
            reason: error.kind.to_string(),
            excerpt: &error.excerpt,
        },
    )
}

/// Writes one file that could not be read: `{"file", "byte", "reason"}`.
pub fn write_failure(out: &mut impl Write, error: &SourceError) -> io::Result<()> {
    write(
        out,
        &Reject {
            file: &error.path.to_string_lossy(),
            line: None,
            byte: error.byte,
            reason: error.kind.to_string(),
            excerpt: "",
        },
    )
}

fn write(out: &mut impl Write, reject: &Reject<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, reject)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ReadErrorKind, SourceErrorKind};

    fn reject(file: &str, line: u64) -> ReadError {
        let kind = ReadErrorKind::NotObject;
        ReadError::new(Path::new(file), Place::Line(line), kind, b"[1,\t\"x\"]")
    }

    #[test]
    fn one_line_each() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.jsonl");
        let mut list = RejectList::create(path.clone()).unwrap();
        assert!(!path.exists());
        list.add_reject(&reject("a b.jsonl", 3)).unwrap();
        list.add_failure(&SourceError {
            path: "c.gz".into(),
            byte: Some(512),
            kind: SourceErrorKind::Truncated("gzip"),
        })
        .unwrap();
        list.sync().unwrap();
        expect_test::expect![[r#"
            {"file":"a b.jsonl","line":3,"reason":"not a JSON object","excerpt":"[1,\\t\"x\"]"}
            {"file":"c.gz","byte":512,"reason":"the gzip data is cut short"}
        "#]]
        .assert_eq(&fs::read_to_string(&path).unwrap());
        assert_eq!(list.n_bytes(), fs::metadata(&path).unwrap().len());
    }

    #[test]
    fn a_list_is_gone_on_with_and_cleared_of_what_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.jsonl");
        let mut list = RejectList::create(path.clone()).unwrap();
        for (file, line) in [("a", 1), ("b", 1), ("z.zip/a", 1), ("ab", 1)] {
            list.add_reject(&reject(file, line)).unwrap();
        }
        let kept = (list.n_bytes(), list.n_listed());
        list.add_reject(&reject("lost", 1)).unwrap();
        list.sync().unwrap();
        let mut list = RejectList::resume(path.clone(), kept.0, kept.1).unwrap();
        list.add_reject(&reject("c", 1)).unwrap();
        list.sync().unwrap();
        let files = |path: &Path| -> Vec<PathBuf> {
            let text = fs::read_to_string(path).unwrap();
            let file = |line: &str| serde_json::from_str::<Listed>(line).unwrap().file;
            text.lines().filter_map(file).collect()
        };
        let as_paths =
            |names: &[&str]| -> Vec<PathBuf> { names.iter().map(PathBuf::from).collect() };
        assert_eq!(files(&path), as_paths(&["a", "b", "z.zip/a", "ab", "c"]));
        let again = as_paths(&["a", "z.zip"]).into_iter().collect();
        let list = RejectList::without(path.clone(), &again).unwrap();
        assert_eq!(files(&path), as_paths(&["b", "ab", "c"]));
        assert_eq!(list.n_listed(), 3);
        let all = as_paths(&["b", "ab", "c"]).into_iter().collect();
        RejectList::without(path.clone(), &all).unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn a_list_has_an_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.jsonl");
        let mut list = RejectList::create(path.clone()).unwrap();
        for line in 0..MAX_LISTED + 5 {
            list.add_reject(&reject("a", line)).unwrap();
        }
        list.sync().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count() as u64, MAX_LISTED + 1);
        assert!(text.ends_with("{\"reason\":\"more are counted and not listed\"}\n"));
    }
}
