//! What earlier runs left behind.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use super::compact::NEXT_FILE;
use super::form::{Entry, Line, RunLine};
use super::payload::Payload;
use super::{END_FILE, LEDGER_FILE, LedgerError, REJECTS_FILE, RunOptions};
use crate::rejects::RejectList;
use crate::source::STDIN;

/// A line longer than this is none of ours.
const MAX_LINE_BYTES: u64 = 1 << 20;

/// What a ledger says.
#[derive(Default)]
pub(super) struct Known {
    pub(super) entries: FxHashMap<String, Entry>,
    /// The last run that began.
    pub(super) last: Option<RunLine>,
    /// Bytes up to the end of the last whole line.
    pub(super) n_bytes: u64,
    /// Of these bytes.
    pub(super) hash: Xxh3,
    /// Whether it is in the file that is to become the ledger.
    pub(super) is_next: bool,
}

impl Known {
    /// Whether this is the ledger that a commit speaks of.
    pub(super) fn is_of(&self, payload: &Payload) -> bool {
        self.n_bytes == payload.ledger && self.hash.digest() == payload.ledger_xxh3
    }
}

/// Reads the ledger of a commit. One that a killed process has written anew
/// may not have its name yet.
pub(super) fn read(folder: &Path, payload: &Payload) -> io::Result<Known> {
    let known = read_file(&folder.join(LEDGER_FILE), payload.ledger)?;
    if payload.ledger == 0 || known.is_of(payload) {
        return Ok(known);
    }
    let next = read_file(&folder.join(NEXT_FILE), payload.ledger)?;
    Ok(match next.is_of(payload) {
        true => Known {
            is_next: true,
            ..next
        },
        false => known,
    })
}

/// Reads the first bytes of a ledger. A line that cannot be read is passed
/// over: what it said is read again, and found unchanged.
fn read_file(path: &Path, n_bytes: u64) -> io::Result<Known> {
    let mut known = Known::default();
    if n_bytes == 0 {
        return Ok(known);
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(known),
        Err(error) => return Err(error),
    };
    let mut input = BufReader::new(file.take(n_bytes));
    let mut line = Vec::new();
    loop {
        line.clear();
        let n_read = (&mut input)
            .take(MAX_LINE_BYTES)
            .read_until(b'\n', &mut line)?;
        if n_read == 0 {
            return Ok(known);
        }
        if line.last() == Some(&b'\n') {
            known.n_bytes += n_read as u64;
            known.hash.update(&line);
        } else if n_read as u64 == MAX_LINE_BYTES {
            // Not ours to its end, whatever comes after.
            return Ok(known);
        }
        match serde_json::from_slice(&line) {
            Ok(Line::Run(run)) => known.last = Some(run),
            Ok(Line::File(entry)) => {
                known.entries.insert(entry.path.clone(), *entry);
            }
            Err(_) => {}
        }
    }
}

/// Whether the account of a run was printed.
pub(super) fn has_ended(folder: &Path, run: u64) -> bool {
    last_ended(folder) >= run
}

/// The last run whose account was; 0 for none.
pub(super) fn last_ended(folder: &Path) -> u64 {
    let end = fs::read_to_string(folder.join(END_FILE)).unwrap_or_default();
    end.trim().parse().unwrap_or_default()
}

/// The list of rejects: that of the run that is gone on with, as far as its
/// last commit knew it, else a new one, or the index's own with what it says
/// of other files.
pub(super) fn open_rejects(
    folder: &Path,
    options: &RunOptions,
    payload: &Payload,
    last_number: u64,
    resumed: bool,
) -> Result<RejectList, LedgerError> {
    let path = match &options.rejects {
        Some(path) => path.clone(),
        None => folder.join(REJECTS_FILE),
    };
    let is_known = payload.list == options.rejects_key();
    let list = match &options.rejects {
        Some(_) if !(resumed && is_known) => RejectList::create(path.clone()),
        // Nothing was broken off: all of it counts.
        None if !is_known || has_ended(folder, last_number) => {
            let n_bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
            RejectList::resume(path.clone(), n_bytes, 0)
        }
        _ => RejectList::resume(path.clone(), payload.rejects, payload.listed),
    };
    // One that was asked for is there, though nothing may be in it.
    let list = list.and_then(|mut list| {
        if options.rejects.is_some() {
            list.open()?;
        }
        Ok(list)
    });
    list.map_err(|source| LedgerError::Rejects { path, source })
}

impl RunOptions {
    /// Whether what is named can be read again from where a run was broken
    /// off: standard input cannot.
    pub fn can_be_resumed(&self) -> bool {
        self.paths.iter().all(|path| path != Path::new(STDIN))
    }

    /// A hash of what makes two commands the same.
    pub(super) fn command(&self) -> String {
        let mut hash = Xxh3::new();
        let mut add = |part: &[u8]| {
            hash.update(part);
            hash.update(&[0]);
        };
        for path in &self.paths {
            let path: PathBuf = self.base.join(path).components().collect();
            add(path.as_os_str().as_encoded_bytes());
        }
        add(self.mapping.as_deref().unwrap_or_default().as_bytes());
        add(&[u8::from(self.again)]);
        format!("{:016x}", hash.digest())
    }

    /// What the payload calls the list; nothing for the index's own.
    pub(super) fn rejects_key(&self) -> Option<String> {
        let path = self.rejects.as_ref()?;
        Some(self.base.join(path).to_string_lossy().into_owned())
    }
}
