//! The terms of one field while a segment is built: numbered as they come,
//! sorted at the end.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use xxhash_rust::xxh3::xxh3_64;

/// tantivy's own bound on a term; longer ones are left out, as it does.
const MAX_TERM_BYTES: usize = 65_530;

/// Terms and their numbers.
#[derive(Default)]
pub(super) struct Terms {
    bytes: Vec<u8>,
    /// Where each term ends; it starts where the one before ends.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
}

impl Terms {
    /// The number of a term, and whether it is new; `None` for one that is
    /// too long.
    pub(super) fn number(&mut self, term: &[u8]) -> Option<(u32, bool)> {
        if term.len() > MAX_TERM_BYTES {
            return None;
        }
        let Terms {
            bytes,
            ends,
            numbers,
        } = self;
        let entry = numbers.entry(
            xxh3_64(term),
            |&number| slice(bytes, ends, number) == term,
            |&number| xxh3_64(slice(bytes, ends, number)),
        );
        match entry {
            Entry::Occupied(found) => Some((*found.get(), false)),
            Entry::Vacant(vacant) => {
                let number = u32::try_from(ends.len()).ok()?;
                let end = u32::try_from(bytes.len() + term.len()).ok()?;
                vacant.insert(number);
                bytes.extend_from_slice(term);
                ends.push(end);
                Some((number, true))
            }
        }
    }

    pub(super) fn get(&self, number: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, number)
    }

    /// Bytes taken from the system, near enough.
    pub(super) fn n_bytes(&self) -> usize {
        self.bytes.capacity() + 4 * self.ends.capacity() + 5 * self.numbers.capacity()
    }

    /// The numbers in the order of their terms.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut keyed: Vec<(u64, u32)> = (0..self.ends.len() as u32)
            .map(|number| (prefix(self.get(number)), number))
            .collect();
        keyed.sort_unstable_by(|(a, left), (b, right)| {
            a.cmp(b).then_with(|| self.get(*left).cmp(self.get(*right)))
        });
        keyed.into_iter().map(|(_, number)| number).collect()
    }
}

fn slice<'a>(bytes: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start as usize..ends[number] as usize]
}

/// The first eight bytes as a number that compares as they do.
fn prefix(term: &[u8]) -> u64 {
    let mut first = [0; 8];
    let n_bytes = term.len().min(8);
    first[..n_bytes].copy_from_slice(&term[..n_bytes]);
    u64::from_be_bytes(first)
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
