//! A run of documents looked at together: a bit and a score for each.

use std::cell::Cell;

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

    pub(crate) fn copy(&mut self, others: &Bits) {
        self.words = others.words;
    }

    pub(crate) fn clear(&mut self) {
        self.words.fill(0);
    }

    /// How many are set: words are added up in bit columns and counted by
    /// eights (Harley and Seal, in Warren, *Hacker's Delight*, 2012, 5-1), as
    /// not every processor this is built for can count bits.
    pub(crate) fn count(&self) -> u32 {
        let add = |a: u64, b: u64, c: u64| (a & b | (a ^ b) & c, a ^ b ^ c);
        let (mut ones, mut twos, mut fours, mut n_eights) = (0, 0, 0, 0);
        for word in self.words.chunks_exact(8) {
            let (twos_a, sum) = add(ones, word[0], word[1]);
            let (twos_b, sum) = add(sum, word[2], word[3]);
            let (fours_a, sum_of_twos) = add(twos, twos_a, twos_b);
            let (twos_a, sum) = add(sum, word[4], word[5]);
            let (twos_b, sum) = add(sum, word[6], word[7]);
            let (fours_b, sum_of_twos) = add(sum_of_twos, twos_a, twos_b);
            let (eights, sum_of_fours) = add(fours, fours_a, fours_b);
            n_eights += eights.count_ones();
            (ones, twos, fours) = (sum, sum_of_twos, sum_of_fours);
        }
        8 * n_eights + 4 * fours.count_ones() + 2 * twos.count_ones() + ones.count_ones()
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

    /// Adds those whose bit is set in `words`, as [`Bits::keep_in`] keeps them.
    pub(crate) fn extend_in(&mut self, base: DocId, words: &[u64]) {
        let rest = words.get(base as usize / 64..).unwrap_or_default();
        for (word, other) in self.words.iter_mut().zip(rest) {
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

impl Default for Scores {
    fn default() -> Scores {
        Scores(Box::new([0.0; WINDOW]))
    }
}

impl Scores {
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
            self.take(offset);
        });
    }

    /// A score, which is 0 from then on.
    #[inline]
    fn take(&mut self, offset: u32) -> f64 {
        self.0.get_mut(offset as usize).map_or(0.0, std::mem::take)
    }
}

/// Documents that may still be among the best, ascending, with
/// their scores so far. What is taken and kept is written in any case and
/// counted where it is wanted: guesses of the processor would be wrong too
/// often.
#[derive(Default)]
pub(crate) struct Candidates {
    /// As long as the scores, and at least as long as there are candidates.
    offsets: Vec<DocId>,
    scores: Vec<f64>,
    len: usize,
}

impl Candidates {
    /// Takes the documents of `wanted` that score at least `least`. Scores of
    /// those and of all `touched` are 0 afterwards.
    pub(crate) fn drain(&mut self, touched: &Bits, wanted: &Bits, scores: &mut Scores, least: f64) {
        self.make_room(WINDOW);
        let mut len = 0;
        for (idx, (touched, wanted)) in touched.words.iter().zip(&wanted.words).enumerate() {
            let mut bits = touched | wanted;
            while bits != 0 {
                let offset = offset_of(idx, bits);
                let lowest = bits & bits.wrapping_neg();
                let score = scores.take(offset);
                self.put(len, offset, score);
                len += usize::from(score >= least && wanted & lowest != 0);
                bits ^= lowest;
            }
        }
        self.len = len;
    }

    /// Takes the marked documents, of which nothing is known yet.
    pub(crate) fn take_marked(&mut self, bits: &Bits) {
        self.make_room(WINDOW);
        let mut len = 0;
        bits.for_each(|offset| {
            self.put(len, offset, 0.0);
            len += 1;
        });
        self.len = len;
    }

    /// Takes some documents, of which nothing is known yet.
    pub(crate) fn take_listed(&mut self, docs: &[DocId]) {
        self.make_room(docs.len());
        for (idx, doc) in docs.iter().enumerate() {
            self.put(idx, *doc, 0.0);
        }
        self.len = docs.len();
    }

    fn make_room(&mut self, len: usize) {
        if self.offsets.len() < len {
            self.offsets.resize(len, 0);
            self.scores.resize(len, 0.0);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Keeps those that score at least `least` so far.
    pub(crate) fn keep(&mut self, least: f64) {
        let mut len = 0;
        for idx in 0..self.len {
            let (offset, score) = (self.offsets[idx], self.scores[idx]);
            self.put(len, offset, score);
            len += usize::from(score >= least);
        }
        self.len = len;
    }

    /// Keeps those that `keep` wants, asked ascending.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(DocId) -> bool) {
        let mut len = 0;
        for idx in 0..self.len {
            let (offset, score) = (self.offsets[idx], self.scores[idx]);
            self.put(len, offset, score);
            len += usize::from(keep(offset));
        }
        self.len = len;
    }

    /// Adds to each score, asked ascending.
    pub(crate) fn add(&mut self, mut more: impl FnMut(DocId) -> f64) {
        let rows = self.offsets.iter().zip(self.scores.iter_mut());
        for (offset, score) in rows.take(self.len) {
            *score += more(*offset);
        }
    }

    pub(crate) fn for_each(&self, mut each: impl FnMut(DocId, f64)) {
        let rows = self.offsets.iter().zip(self.scores.iter());
        for (offset, score) in rows.take(self.len) {
            each(*offset, *score);
        }
    }

    #[inline]
    fn put(&mut self, idx: usize, offset: DocId, score: f64) {
        if let (Some(to), Some(sum)) = (self.offsets.get_mut(idx), self.scores.get_mut(idx)) {
            (*to, *sum) = (offset, score);
        }
    }
}

/// Room for a window's scores and candidates. To make it and to clear it costs
/// more than a query of few hits: a thread keeps what it once made.
#[derive(Default)]
pub(crate) struct Room {
    pub(crate) scores: Scores,
    /// What one list adds to them.
    pub(crate) more: Scores,
    pub(crate) candidates: Candidates,
}

impl Room {
    /// Lends out the thread's room.
    pub(crate) fn with<T>(run: impl FnOnce(&mut Room) -> T) -> T {
        thread_local!(static SPARE: Cell<Option<Box<Room>>> = const { Cell::new(None) });
        // What a panic left half cleared does not come back.
        let mut room = SPARE.take().unwrap_or_default();
        let result = run(&mut room);
        SPARE.set(Some(room));
        result
    }
}

/// The window that a document is in.
pub(crate) fn window_of(doc: DocId) -> (DocId, DocId) {
    let base = doc - doc % 64;
    (base, base.saturating_add(WINDOW as DocId))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_are_counted_kept_and_shown(
            offsets in proptest::collection::btree_set(0_u32..4_100, 0..3_000),
            start in 0_u32..4_096,
        ) {
            let mut bits = Bits::none();
            offsets.iter().for_each(|offset| bits.set(*offset));
            let within: Vec<u32> = offsets.iter().copied().filter(|o| *o < 4_096).collect();
            prop_assert_eq!(bits.count() as usize, within.len());
            let mut shown = Vec::new();
            bits.for_each(|offset| shown.push(offset));
            prop_assert_eq!(&shown, &within);
            let next = within.iter().copied().find(|offset| *offset >= start);
            prop_assert_eq!(bits.first_from(start), next);
            let n_even = bits.retain(|offset| offset % 2 == 0);
            let even = within.iter().filter(|offset| **offset % 2 == 0).count();
            prop_assert_eq!((n_even, bits.count() as usize), (bits.count(), even));
        }
    }
}
