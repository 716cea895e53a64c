//! A field whose terms hardly ever come twice, ids above all, in one segment,
//! turned into posting lists.
//!
//! To look such a term up would only tell that it is new, at the price of a
//! place in a table and a list of its own. Here terms are put down as they
//! come, and those that are the same find one another when they are sorted.

use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use tantivy::schema::Field;

use super::terms::{MAX_TERM_BYTES, sorted};

/// The terms of one field.
pub(super) struct Unique {
    pub(super) field: Field,
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

/// A term of a document: where it ends; it starts where the one before ends.
#[derive(Clone, Copy)]
struct Entry {
    end: u32,
    doc: DocId,
}

impl Unique {
    pub(super) fn new(field: Field) -> Unique {
        Unique {
            field,
            bytes: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Bytes taken from the system, near enough.
    pub(super) fn n_bytes(&self) -> usize {
        self.bytes.capacity() + self.entries.capacity() * size_of::<Entry>()
    }

    /// Tokens of all values.
    pub(super) fn n_tokens(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Adds a value of a record; documents come in their order.
    pub(super) fn add(&mut self, doc: DocId, term: &str) {
        if term.len() > MAX_TERM_BYTES {
            return;
        }
        // A segment is written long before it has so many bytes.
        let Ok(end) = u32::try_from(self.bytes.len() + term.len()) else {
            return;
        };
        self.bytes.extend_from_slice(term.as_bytes());
        self.entries.push(Entry { end, doc });
    }

    fn term(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = number
            .checked_sub(1)
            .map_or(0, |before| self.entries[before].end);
        &self.bytes[start as usize..self.entries[number].end as usize]
    }

    /// Writes the field's lists.
    pub(super) fn write(&self, field: &mut FieldSerializer<'_>) -> std::io::Result<()> {
        let sorted = sorted(self.entries.len() as u32, |number| self.term(number));
        let mut docs = Vec::new();
        for same in sorted.chunk_by(|a, b| self.term(*a) == self.term(*b)) {
            docs.clear();
            docs.extend(same.iter().map(|number| self.entries[*number as usize].doc));
            docs.dedup();
            field.new_term(self.term(same[0]), docs.len() as u32, false)?;
            for doc in &docs {
                field.write_doc(*doc, 0, &[]);
            }
            field.close_term()?;
        }
        Ok(())
    }
}
