//! A bit for each document of a segment.

use tantivy::{DocId, TERMINATED};

/// Documents of a segment, an eighth of a byte each.
pub(crate) struct DocBits(Vec<u64>);

impl DocBits {
    /// Bytes they take in a segment of so many documents.
    pub(crate) fn n_bytes(max_doc: DocId) -> usize {
        max_doc.div_ceil(64) as usize * size_of::<u64>()
    }

    /// None of a segment's documents.
    pub(crate) fn none(max_doc: DocId) -> DocBits {
        DocBits(vec![0; max_doc.div_ceil(64) as usize])
    }

    /// Sets a document's bit; one beyond the segment has none.
    #[inline]
    pub(crate) fn set(&mut self, doc: DocId) {
        if let Some(word) = self.0.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    #[inline]
    pub(crate) fn has(&self, doc: DocId) -> bool {
        self.0
            .get(doc as usize / 64)
            .is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    pub(crate) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    /// The first document from `target` on.
    pub(crate) fn next_from(&self, target: DocId) -> DocId {
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
