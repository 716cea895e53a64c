//! Keeps the ledger no longer than some times what it says.
//!
//! A run that begins may write what is still known into a new file beside the
//! ledger and go on there; the next commit's payload speaks of that file, and
//! only then does it take the ledger's name. Killed before the commit, the
//! ledger is what it was, and the new file is removed by whoever writes next;
//! killed after it, the payload tells that the new file is the ledger.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::form::{Entry, Line};
use super::{LEDGER_FILE, Ledger};

/// The new ledger until a commit speaks of it.
pub(crate) const NEXT_FILE: &str = "ledger.next";
/// No ledger shorter than this is written anew.
const MIN_BYTES: u64 = 1 << 20;
/// How many times longer than needed a ledger may be.
const MAX_RATIO: u64 = 4;

impl Ledger {
    /// Goes on in a new file if most of the ledger is outdated.
    pub(super) fn compact(&mut self) -> io::Result<()> {
        if self.n_bytes < MIN_BYTES {
            return Ok(());
        }
        let mut entries: Vec<&Entry> = self.entries.values().collect();
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let mut text = Vec::new();
        for entry in entries {
            serde_json::to_writer(&mut text, &Line::File(Box::new(entry.clone())))?;
            text.push(b'\n');
            if text.len() as u64 > self.n_bytes / MAX_RATIO {
                return Ok(());
            }
        }
        let mut file = File::create(self.folder.join(NEXT_FILE))?;
        file.write_all(&text)?;
        file.sync_all()?;
        // The name must last before a commit speaks of what it names.
        #[cfg(unix)]
        File::open(&self.folder)?.sync_all()?;
        self.file = BufWriter::new(file);
        self.n_bytes = text.len() as u64;
        self.hash = Xxh3::new();
        self.hash.update(&text);
        self.is_next = true;
        Ok(())
    }

    /// Gives the new file the ledger's name: a commit speaks of it. Where that
    /// fails, whoever opens the ledger next does it.
    pub(super) fn settle(&mut self) {
        if std::mem::take(&mut self.is_next) {
            let _ = rename(&self.folder);
        }
    }
}

/// Makes the new file the ledger.
pub(super) fn rename(folder: &Path) -> io::Result<()> {
    fs::rename(folder.join(NEXT_FILE), folder.join(LEDGER_FILE))
}

/// Removes a new file that no commit speaks of.
pub(super) fn discard(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(NEXT_FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
