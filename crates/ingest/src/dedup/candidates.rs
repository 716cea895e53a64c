//! Keys that several documents have, without sorting those that one has.
//!
//! A first pass over the keys notes in two bit sets, 8 bits a key each, which
//! places were met once and which again; a second collects the keys of places
//! met again. One in eight keys that are alone gets through and falls out of
//! the sorted list.

use super::corpus::Corpus;

/// Bits of each set for a key.
const BITS_PER_KEY: usize = 8;
/// Memory for keys that are collected; where it does not do, the keys are
/// collected in several goes, each over a part of their range.
pub(super) const MAX_BYTES: usize = 128 << 20;

/// Shows each key that several documents have with these documents, in an
/// order that depends on nothing but keys and ids.
pub(super) fn each_repeated<E>(
    corpus: &Corpus<'_>,
    each: impl FnMut(u64, &[u32]) -> Result<(), E>,
) -> Result<(), E> {
    each_within(corpus, MAX_BYTES, each)
}

/// The same with so many bytes for what is collected.
pub(super) fn each_within<E>(
    corpus: &Corpus<'_>,
    max_bytes: usize,
    mut each: impl FnMut(u64, &[u32]) -> Result<(), E>,
) -> Result<(), E> {
    let n_bits = (corpus.n_keys() * BITS_PER_KEY).max(64);
    let (mut seen, mut again) = (Bits::new(n_bits), Bits::new(n_bits));
    let mut n_again = 0_usize;
    corpus.each_key(|key, _| {
        if seen.set(key) {
            again.set(key);
            n_again += 1;
        }
    });
    drop(seen);
    if n_again == 0 {
        return Ok(());
    }
    // A key met again was met before: at most two for each time.
    let n_bytes = 2 * n_again * size_of::<(u64, u32)>();
    let n_goes = n_bytes.div_ceil(max_bytes.max(1)) as u64;
    for go in 0..n_goes {
        let mut found: Vec<(u64, u32)> = Vec::new();
        corpus.each_key(|key, doc| {
            if again.get(key) && scaled(key, n_goes) == go {
                found.push((key, doc));
            }
        });
        found.sort_unstable();
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            if group.len() < 2 {
                continue;
            }
            let mut docs: Vec<(u64, u32)> = group
                .iter()
                .map(|(_, doc)| (corpus.tie(*doc), *doc))
                .collect();
            docs.sort_unstable();
            let docs: Vec<u32> = docs.into_iter().map(|(_, doc)| doc).collect();
            each(group[0].0, &docs)?;
        }
    }
    Ok(())
}

/// A key's share of a range: `0..n`, ascending with the key.
fn scaled(key: u64, n: u64) -> u64 {
    ((u128::from(key) * u128::from(n)) >> 64) as u64
}

/// Bits, of which a key has one.
struct Bits {
    words: Vec<u64>,
    n_bits: u64,
}

impl Bits {
    fn new(n_bits: usize) -> Bits {
        Bits {
            words: vec![0; n_bits.div_ceil(64)],
            n_bits: n_bits as u64,
        }
    }

    /// Sets the key's bit; whether it was set.
    fn set(&mut self, key: u64) -> bool {
        let bit = scaled(key, self.n_bits);
        let word = &mut self.words[(bit / 64) as usize];
        let was = *word & (1 << (bit % 64)) != 0;
        *word |= 1 << (bit % 64);
        was
    }

    fn get(&self, key: u64) -> bool {
        let bit = scaled(key, self.n_bits);
        self.words[(bit / 64) as usize] & (1 << (bit % 64)) != 0
    }
}
