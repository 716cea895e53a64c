//! The terms of one field while a segment is built: numbered as they come,
//! sorted at the end.

use std::hash::{BuildHasher, Hasher, RandomState};

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// tantivy's own bound on a term; longer ones are left out, as it does.
pub(super) const MAX_TERM_BYTES: usize = 65_530;
/// Slots of a table at the start.
const FEW_SLOTS: usize = 1 << 10;
/// No such term.
const NONE: u32 = u32::MAX;

/// Terms and their numbers.
///
/// A look-up costs one miss of the cache: in the table stand the hashes, 64
/// bits of each, and nothing more is compared. Nobody can make two terms that
/// share one, as the seed is of this table alone.
pub(super) struct Terms {
    bytes: Vec<u8>,
    /// Where each term ends; it starts where the one before ends.
    ends: Vec<u32>,
    slots: Vec<Slot>,
    seed: u64,
}

/// A term's hash and number, [`NONE`] in an empty slot.
#[derive(Clone, Copy)]
struct Slot {
    hash: u64,
    number: u32,
}

const EMPTY: Slot = Slot {
    hash: 0,
    number: NONE,
};

impl Default for Terms {
    fn default() -> Terms {
        Terms {
            bytes: Vec::new(),
            ends: Vec::new(),
            slots: vec![EMPTY; FEW_SLOTS],
            seed: random_seed(),
        }
    }
}

/// For hashes that nobody can foresee.
pub(super) fn random_seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

impl Terms {
    /// The number of a term, and whether it is new; `None` for one that is
    /// too long.
    pub(super) fn number(&mut self, term: &[u8]) -> Option<(u32, bool)> {
        let hash = xxh3_64_with_seed(term, self.seed);
        let at = place(&self.slots, hash);
        match self.slots[at].number {
            NONE => self.learn(hash, at, term).map(|number| (number, true)),
            found => Some((found, false)),
        }
    }

    /// The number of the term that `hash` stands for, a hash nobody can
    /// foresee; `term` is asked for it if it is new. `None` where it is too
    /// long.
    pub(super) fn number_hashed(
        &mut self,
        hash: u64,
        term: impl FnOnce() -> String,
    ) -> Option<u32> {
        let at = place(&self.slots, hash);
        match self.slots[at].number {
            NONE => self.learn(hash, at, term().as_bytes()),
            found => Some(found),
        }
    }

    /// Numbers a new term, which stands at this slot.
    fn learn(&mut self, hash: u64, at: usize, term: &[u8]) -> Option<u32> {
        if term.len() > MAX_TERM_BYTES {
            return None;
        }
        let number = u32::try_from(self.ends.len()).ok().filter(|n| *n != NONE)?;
        let end = u32::try_from(self.bytes.len() + term.len()).ok()?;
        self.bytes.extend_from_slice(term);
        self.ends.push(end);
        self.slots[at] = Slot { hash, number };
        // A third stays empty, so that runs of slots are short.
        if self.ends.len() * 3 >= self.slots.len() * 2 {
            self.grow();
        }
        Some(number)
    }

    #[cold]
    fn grow(&mut self) {
        let larger = vec![EMPTY; self.slots.len() * 2];
        let before = std::mem::replace(&mut self.slots, larger);
        for slot in before.into_iter().filter(|slot| slot.number != NONE) {
            let at = place(&self.slots, slot.hash);
            self.slots[at] = slot;
        }
    }

    pub(super) fn get(&self, number: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, number)
    }

    /// Bytes taken from the system, near enough.
    pub(super) fn n_bytes(&self) -> usize {
        self.bytes.capacity()
            + self.ends.capacity() * size_of::<u32>()
            + self.slots.capacity() * size_of::<Slot>()
    }

    /// The numbers in the order of their terms.
    pub(super) fn sorted(&self) -> Vec<u32> {
        sorted(self.ends.len() as u32, |number| self.get(number))
    }
}

/// Where a hash is or would be. The length is a power of two.
#[inline]
fn place(slots: &[Slot], hash: u64) -> usize {
    let mask = slots.len() - 1;
    let mut at = hash as usize & mask;
    while slots[at].number != NONE && slots[at].hash != hash {
        at = (at + 1) & mask;
    }
    at
}

fn slice<'a>(bytes: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start as usize..ends[number] as usize]
}

/// The numbers of so many terms in the order of the terms, and equal terms in
/// the order of their numbers.
pub(super) fn sorted<'a>(n_terms: u32, term: impl Fn(u32) -> &'a [u8]) -> Vec<u32> {
    let mut keyed: Vec<(u128, u32)> = (0..n_terms)
        .map(|number| (prefix(term(number)), number))
        .collect();
    keyed.sort_unstable_by(|(a, left), (b, right)| {
        a.cmp(b)
            .then_with(|| term(*left).cmp(term(*right)))
            .then(left.cmp(right))
    });
    keyed.into_iter().map(|(_, number)| number).collect()
}

/// The first sixteen bytes as a number that compares as they do: of
/// `arXiv:1203.6596` all, so that nothing else has to be looked at.
fn prefix(term: &[u8]) -> u128 {
    let mut first = [0; 16];
    let n_bytes = term.len().min(16);
    first[..n_bytes].copy_from_slice(&term[..n_bytes]);
    u128::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_numbered_once_and_sorted_as_bytes() {
        let mut terms = Terms::default();
        let given = [
            "model",
            "",
            "process",
            "models",
            "model\0",
            "reward",
            "process reward b",
            "process reward a",
        ];
        for (number, term) in given.iter().enumerate() {
            assert_eq!(terms.number(term.as_bytes()), Some((number as u32, true)));
        }
        assert_eq!(terms.number(b"process"), Some((2, false)));
        assert_eq!(terms.number(&[b'x'; 70_000]), None);
        let sorted: Vec<&[u8]> = terms.sorted().iter().map(|n| terms.get(*n)).collect();
        let mut expected: Vec<&[u8]> = given.iter().map(|term| term.as_bytes()).collect();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }
}
