//! The file in the index folder that says how far harvests are.
//!
//! It is written after the commit that holds the records it tells of, never
//! before: what it says is in the index is there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use abs_schema::store::IndexDirectory;
use serde::{Deserialize, Serialize};

use crate::state::{Harvest, Order};

/// In the index's folder.
pub const STATE_FILE: &str = "harvest.json";
const VERSION: u32 = 1;
/// A harvest takes some 300 bytes, a token up to 4 KiB.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It cannot be read or written.
    #[error("cannot use {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is there and says nothing.
    #[error("{} is damaged: {reason}; without it harvests begin afresh", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

#[derive(Serialize, Deserialize)]
struct Content {
    version: u32,
    harvests: Vec<Harvest>,
}

/// The harvests of an index.
#[derive(Debug)]
pub struct States {
    path: PathBuf,
    harvests: Vec<Harvest>,
}

impl States {
    /// Those of the index in this folder; none where there is no file.
    pub fn open(index: &Path) -> Result<States, StateError> {
        let path = index.join(STATE_FILE);
        let damaged = |reason: String| StateError::Damaged {
            path: path.clone(),
            reason,
        };
        let io_error = |source| StateError::Io {
            path: path.clone(),
            source,
        };
        let harvests = match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(io_error(error)),
            Ok(metadata) if metadata.len() > MAX_FILE_BYTES => {
                return Err(damaged(format!("it has {} bytes", metadata.len())));
            }
            Ok(_) => {
                let bytes = fs::read(&path).map_err(io_error)?;
                let content: Content =
                    serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
                if content.version != VERSION {
                    return Err(damaged(format!("it is of version {}", content.version)));
                }
                content.harvests
            }
        };
        Ok(States { path, harvests })
    }

    /// All of them.
    pub fn all(&self) -> &[Harvest] {
        &self.harvests
    }

    /// That of an order.
    pub fn find(&self, order: &Order) -> Option<&Harvest> {
        self.harvests.iter().find(|known| known.order == *order)
    }

    /// What an update has to do, in this order: what is not done, and, of what
    /// may have more, the widest first.
    pub fn to_update(&self) -> Vec<Order> {
        let mut open: Vec<&Harvest> = self
            .harvests
            .iter()
            .filter(|harvest| !harvest.is_closed())
            .collect();
        open.sort_by_key(|harvest| (harvest.order.set.is_some(), harvest.order.from));
        open.iter().map(|harvest| harvest.order.clone()).collect()
    }

    /// Notes how far a harvest is, and makes it last. Others whose orders are
    /// all within one that is done have nothing left to ask for.
    pub fn save(&mut self, harvest: &Harvest) -> Result<(), StateError> {
        let is_covered = |known: &Harvest| harvest.done && harvest.order.covers(&known.order);
        let mut harvests = self.harvests.clone();
        harvests.retain(|known| known.order != harvest.order && !is_covered(known));
        harvests.push(harvest.clone());
        let content = Content {
            version: VERSION,
            harvests,
        };
        self.write(&content).map_err(|source| StateError::Io {
            path: self.path.clone(),
            source,
        })?;
        self.harvests = content.harvests;
        Ok(())
    }

    fn write(&self, content: &Content) -> io::Result<()> {
        let bytes = serde_json::to_vec_pretty(content)?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let directory = IndexDirectory::open(folder).map_err(io::Error::other)?;
        directory.write_file(STATE_FILE, &bytes)
    }
}

#[cfg(test)]
mod tests;
