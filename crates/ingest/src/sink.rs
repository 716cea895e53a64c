//! Where records go: the index in production, a `Vec` in tests.

mod rehearsal;

pub use rehearsal::Rehearsal;

use std::convert::Infallible;

use abs_record::{Record, RecordId};

/// What became of a pushed record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Its id is new.
    Indexed,
    /// It replaced an older record of the same id.
    Updated,
    /// It says what the record of the same id says already, since before this
    /// run.
    Unchanged,
    /// It says what this run has said already.
    Duplicate,
}

/// Takes records one after the other.
pub trait RecordSink {
    /// What ends the run: not a fault of one record, but of the sink.
    type Error;

    /// Takes one record; a record with an id seen before replaces the older.
    fn push(&mut self, record: Record) -> Result<Outcome, Self::Error>;

    /// Removes the record of an id; whether there was one.
    fn delete(&mut self, id: &RecordId) -> Result<bool, Self::Error>;

    /// Whether so much was taken that a checkpoint should come soon. A sink
    /// that gets none takes care of itself.
    fn is_due(&self) -> bool {
        false
    }

    /// Makes everything taken so far last, and this text with it, both or
    /// neither.
    fn checkpoint(&mut self, payload: &str) -> Result<(), Self::Error> {
        let _ = payload;
        Ok(())
    }
}

/// Searches linearly: for tests and small collections.
impl RecordSink for Vec<Record> {
    type Error = Infallible;

    fn push(&mut self, record: Record) -> Result<Outcome, Infallible> {
        match self.iter_mut().find(|known| known.id == record.id) {
            Some(known) if *known == record => Ok(Outcome::Duplicate),
            Some(known) => {
                *known = record;
                Ok(Outcome::Updated)
            }
            None => {
                Vec::push(self, record);
                Ok(Outcome::Indexed)
            }
        }
    }

    fn delete(&mut self, id: &RecordId) -> Result<bool, Infallible> {
        let before = self.len();
        self.retain(|record| record.id != *id);
        Ok(self.len() < before)
    }
}
