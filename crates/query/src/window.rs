//! A run of documents looked at together: a bit and a score for each.

use tantivy::DocId;

/// Documents in a window: its scores fit the first-level cache.
pub(crate) const WINDOW: usize = 4_096;

/// A bit for each document of a window.
#[derive(Clone)]
pub(crate) struct Bits {
    words: [u64; WINDOW / 64],
}

impl Bits {
    pub(crate) fn none() -> Bits {
        Bits {
            words: [0; WINDOW / 64],
        }
    }

    /// Sets a document's bit; one beyond the window has none.
    #[inline]
    pub(crate) fn set(&mut self, offset: DocId) {
        if let Some(word) = self.words.get_mut(offset as usize / 64) {
            *word |= 1 << (offset % 64);
        }
    }

    #[inline]
    pub(crate) fn has(&self, offset: DocId) -> bool {
        self.words
            .get(offset as usize / 64)
            .is_some_and(|word| word >> (offset % 64) & 1 == 1)
    }

    pub(crate) fn clear(&mut self) {
        self.words.fill(0);
    }

    pub(crate) fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(crate) fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    pub(crate) fn keep(&mut self, others: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&others.words) {
            *word &= other;
        }
    }

    /// Adds the bits of others.
    pub(crate) fn extend(&mut self, others: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&others.words) {
            *word |= other;
        }
    }

    /// Keeps those whose bit is set in `words`, a bit for each document of a
    /// segment; the window starts at `base`, which divides by 64.
    pub(crate) fn keep_in(&mut self, base: DocId, words: &[u64]) {
        let rest = words.get(base as usize / 64..).unwrap_or_default();
        for (idx, word) in self.words.iter_mut().enumerate() {
            *word &= rest.get(idx).copied().unwrap_or(0);
        }
    }

    /// The first from `offset` on that is set.
    pub(crate) fn first_from(&self, offset: DocId) -> Option<DocId> {
        let mut idx = offset as usize / 64;
        let mut bits = *self.words.get(idx)? & (u64::MAX << (offset % 64));
        while bits == 0 {
            idx += 1;
            bits = *self.words.get(idx)?;
        }
        Some(offset_of(idx, bits))
    }

    /// Shows each document that is set, ascending.
    #[inline]
    pub(crate) fn for_each(&self, mut each: impl FnMut(u32)) {
        for (idx, word) in self.words.iter().enumerate() {
            let mut bits = *word;
            while bits != 0 {
                each(offset_of(idx, bits));
                bits &= bits - 1;
            }
        }
    }

    /// Keeps those that `keep` wants, asked ascending; how many.
    #[inline]
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) -> u32 {
        let mut n_kept = 0;
        for (idx, word) in self.words.iter_mut().enumerate() {
            let mut bits = *word;
            while bits != 0 {
                if keep(offset_of(idx, bits)) {
                    n_kept += 1;
                } else {
                    *word &= !(bits & bits.wrapping_neg());
                }
                bits &= bits - 1;
            }
        }
        n_kept
    }
}

/// The first document of a word of bits.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "below the window")]
fn offset_of(word_idx: usize, bits: u64) -> u32 {
    (word_idx * 64) as u32 + bits.trailing_zeros()
}

/// Scores of a window, all 0 between one window and the next.
pub(crate) struct Scores(Box<[f64; WINDOW]>);

impl Scores {
    pub(crate) fn none() -> Scores {
        Scores(Box::new([0.0; WINDOW]))
    }

    #[inline]
    pub(crate) fn as_mut(&mut self) -> &mut [f64] {
        self.0.as_mut_slice()
    }

    #[inline]
    pub(crate) fn of(&self, offset: u32) -> f64 {
        self.0.get(offset as usize).copied().unwrap_or(0.0)
    }

    /// Forgets those of some documents.
    pub(crate) fn forget(&mut self, bits: &Bits) {
        bits.for_each(|offset| {
            if let Some(score) = self.0.get_mut(offset as usize) {
                *score = 0.0;
            }
        });
    }
}

/// The window that a document is in.
pub(crate) fn window_of(doc: DocId) -> (DocId, DocId) {
    let base = doc - doc % 64;
    (base, base.saturating_add(WINDOW as DocId))
}
