//! The documents of a frequent term as bits.

use std::sync::Arc;

use tantivy::{DocId, TERMINATED};

/// A bit for each document of a segment, shared by all who ask for the term.
#[derive(Clone)]
pub(crate) struct Marks(Arc<[u64]>);

impl Marks {
    pub(super) fn new(words: Vec<u64>) -> Marks {
        Marks(words.into())
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.0
    }

    #[inline]
    pub(crate) fn has(&self, doc: DocId) -> bool {
        self.0
            .get(doc as usize / 64)
            .is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    /// The first document from `target` on.
    pub(super) fn next_from(&self, target: DocId) -> DocId {
        let mut idx = target as usize / 64;
        let mut mask = u64::MAX << (target % 64);
        while let Some(word) = self.0.get(idx) {
            let bits = word & mask;
            if bits != 0 {
                let doc = idx * 64 + bits.trailing_zeros() as usize;
                return DocId::try_from(doc).unwrap_or(TERMINATED);
            }
            mask = u64::MAX;
            idx += 1;
        }
        TERMINATED
    }
}
