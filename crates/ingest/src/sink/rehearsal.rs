//! A sink that keeps nothing: it counts as an empty index would.

use std::convert::Infallible;

use abs_record::{Record, RecordId};
use abs_schema::fields::{content_hash, tie_key};
use abs_schema::stored;
use rustc_hash::FxHashMap;

use super::{Outcome, RecordSink};

/// Bytes that one record takes at most, the map being twice as large as it is
/// full.
const RECORD_BYTES: usize = 40;

/// Remembers of each record a hash of its id and one of its content, as far as
/// its memory goes; beyond, records are counted as new.
#[derive(Debug)]
pub struct Rehearsal {
    known: FxHashMap<u64, u64>,
    most: usize,
}

impl Rehearsal {
    /// A sink that takes so much memory at most.
    pub fn new(memory_bytes: usize) -> Rehearsal {
        Rehearsal {
            known: FxHashMap::default(),
            most: memory_bytes / RECORD_BYTES,
        }
    }

    /// Whether more records came than it can remember.
    pub fn is_full(&self) -> bool {
        self.known.len() >= self.most
    }
}

impl RecordSink for Rehearsal {
    type Error = Infallible;

    fn push(&mut self, record: Record) -> Result<Outcome, Infallible> {
        let id = tie_key(&record.id);
        let content = content_hash(&stored::encode(&record));
        if let Some(known) = self.known.get_mut(&id) {
            let outcome = match *known == content {
                true => Outcome::Duplicate,
                false => Outcome::Updated,
            };
            *known = content;
            return Ok(outcome);
        }
        if !self.is_full() {
            self.known.insert(id, content);
        }
        Ok(Outcome::Indexed)
    }

    fn delete(&mut self, id: &RecordId) -> Result<bool, Infallible> {
        Ok(self.known.remove(&tie_key(id)).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_as_an_index_does_and_remembers_within_bounds() {
        let record = |id: &str, title: &str| {
            let mut record = Record::new(RecordId::parse(id).unwrap());
            record.title = title.to_owned();
            record
        };
        let mut sink = Rehearsal::new(2 * RECORD_BYTES);
        let mut push = |id, title| sink.push(record(id, title)).unwrap();
        assert_eq!(push("a", "one"), Outcome::Indexed);
        assert_eq!(push("a", "one"), Outcome::Duplicate);
        assert_eq!(push("a", "two"), Outcome::Updated);
        assert_eq!(push("b", "one"), Outcome::Indexed);
        assert_eq!(push("c", "one"), Outcome::Indexed);
        assert_eq!(push("c", "one"), Outcome::Indexed);
        assert!(sink.is_full());
        assert!(sink.delete(&RecordId::parse("a").unwrap()).unwrap());
        assert_eq!(sink.push(record("a", "two")).unwrap(), Outcome::Indexed);
    }
}
