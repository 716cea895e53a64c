//! Where harvested records go: the index, or nowhere.

use std::collections::HashMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};

use abs_harvest::{Harvest, States, Store};
use abs_ingest::{IndexSink, Outcome, RecordSink, WriterOptions};
use abs_record::{Record, RecordId};
use abs_schema::fields::{content_hash, tie_key};
use abs_schema::{IndexFolder, stored};

use crate::lock;

/// One thread keeps up with any archive, and leaves one segment a commit.
const OPTIONS: WriterOptions = WriterOptions {
    threads: 1,
    memory_bytes: 500_000_000,
};

/// The index, made with the first record if it is not there, and the states
/// beside it.
pub(super) struct IndexStore {
    path: PathBuf,
    sink: Option<IndexSink>,
    states: States,
}

impl IndexStore {
    /// Takes the lock of an index that is there.
    pub(super) fn open(path: &Path, states: States) -> anyhow::Result<IndexStore> {
        let mut store = IndexStore {
            path: path.to_owned(),
            sink: None,
            states,
        };
        if IndexFolder::exists(path) {
            store.sink()?;
        }
        Ok(store)
    }

    /// Completes the index; its path, if there is one. Whoever stops does not
    /// want to wait for that: all is committed before.
    pub(super) fn finish(self, is_stopped: bool) -> anyhow::Result<Option<PathBuf>> {
        let Some(sink) = self.sink else {
            return Ok(None);
        };
        if !is_stopped {
            sink.finish()?;
        }
        Ok(Some(self.path))
    }

    fn sink(&mut self) -> anyhow::Result<&mut IndexSink> {
        let sink = match self.sink.take() {
            Some(sink) => sink,
            None => lock::open_sink(&self.path, OPTIONS)?,
        };
        Ok(self.sink.insert(sink))
    }
}

impl RecordSink for IndexStore {
    type Error = anyhow::Error;

    fn push(&mut self, record: Record) -> anyhow::Result<Outcome> {
        Ok(self.sink()?.push(record)?)
    }

    fn delete(&mut self, id: &RecordId) -> anyhow::Result<bool> {
        Ok(self.sink()?.delete(id)?)
    }
}

impl Store for IndexStore {
    fn save(&mut self, harvest: &Harvest) -> anyhow::Result<()> {
        // Without a record there is nothing to go on from.
        if let Some(sink) = &mut self.sink {
            sink.commit()?;
            self.states.save(harvest)?;
        }
        Ok(())
    }
}

/// Counts, as if into an empty index: two numbers a record.
#[derive(Default)]
pub(super) struct DryStore(HashMap<u64, u64>);

impl RecordSink for DryStore {
    type Error = Infallible;

    fn push(&mut self, record: Record) -> Result<Outcome, Infallible> {
        let content = content_hash(&stored::encode(&record));
        Ok(match self.0.insert(tie_key(&record.id), content) {
            None => Outcome::Indexed,
            Some(known) if known == content => Outcome::Duplicate,
            Some(_) => Outcome::Updated,
        })
    }

    fn delete(&mut self, id: &RecordId) -> Result<bool, Infallible> {
        Ok(self.0.remove(&tie_key(id)).is_some())
    }
}

impl Store for DryStore {
    fn save(&mut self, _: &Harvest) -> Result<(), Infallible> {
        Ok(())
    }
}
