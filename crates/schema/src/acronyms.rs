//! Acronyms of a collection: which short form stands for which long one, and
//! how often a record says so. A file beside the index, read in place.
//!
//! # Form of the file
//!
//! All numbers are little-endian. A head of 16 bytes: `MAGIC`, the number
//! of pairs `n` (`u32`), the lower half of the XXH3 of all behind the head
//! (`u32`). Then `n` entries of `ENTRY_BYTES`
//! bytes each, sorted by the keys of short and long form: where its text
//! starts (`u32`, from the end of both tables), its count (`u32`), and the
//! bytes of its four texts (`u16` each): key of the short form, key of the
//! long one, short form and long form as shown. Then `n` entry numbers
//! (`u32`), sorted by the keys of long and short form. Then the texts, UTF-8.
//!
//! Nothing is read but what a look-up touches. A file that does not say what
//! it should has no pairs there: a damaged one gives fewer expansions, and
//! never an error.

mod key;
mod pair;

use std::cmp::Ordering;

use tantivy::directory::OwnedBytes;

pub use key::{long_key, short_key};
pub use pair::{MAX_STORED, Pair, merged};

/// The file's name in the index folder.
pub const FILE: &str = "acronyms";

/// What becomes [`FILE`] with the next commit.
pub const STAGED_FILE: &str = "acronyms.next";

/// What a file of this form starts with.
const MAGIC: [u8; 8] = *b"absacr\x01\n";
const HEAD_BYTES: usize = 16;
const ENTRY_BYTES: usize = 16;

/// A file of pairs.
#[derive(Clone)]
pub struct Acronyms {
    bytes: OwnedBytes,
    n_pairs: usize,
}

impl Default for Acronyms {
    /// No pairs.
    fn default() -> Acronyms {
        Acronyms {
            bytes: OwnedBytes::empty(),
            n_pairs: 0,
        }
    }
}

impl Acronyms {
    /// The pairs of a file's bytes; none if it is of another form.
    pub fn new(bytes: OwnedBytes) -> Acronyms {
        let n_pairs = match bytes.get(..HEAD_BYTES) {
            Some(head) if head.starts_with(&MAGIC) => u32_at(head, 8) as usize,
            _ => 0,
        };
        let tables = n_pairs
            .checked_mul(ENTRY_BYTES + 4)
            .and_then(|len| len.checked_add(HEAD_BYTES));
        if tables.is_none_or(|len| len > bytes.len()) {
            return Acronyms::default();
        }
        Acronyms { bytes, n_pairs }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.n_pairs
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.n_pairs == 0
    }

    /// What a short form of this key stands for, by the key of the long form.
    /// At most [`MAX_MEANINGS`].
    pub fn of_short(&self, short_key: &str) -> Vec<Pair> {
        let first = self.first(|idx| self.short_key(idx).cmp(short_key) == Ordering::Less);
        (first..self.n_pairs)
            .take_while(|idx| self.short_key(*idx) == short_key)
            .take(MAX_MEANINGS)
            .map(|idx| self.pair(idx))
            .collect()
    }

    /// The pairs whose long form has this key, at most [`MAX_MEANINGS`], and
    /// whether any long form's key goes on after it with another word.
    pub fn of_long(&self, long_key: &str) -> (Vec<Pair>, bool) {
        let at = |idx: usize| self.by_long(idx);
        let first = self.first(|idx| self.long_key(at(idx)) < long_key);
        let mut pairs = Vec::new();
        let mut idx = first;
        while idx < self.n_pairs && self.long_key(at(idx)) == long_key {
            if pairs.len() < MAX_MEANINGS {
                pairs.push(self.pair(at(idx)));
            }
            idx += 1;
        }
        // A blank sorts before all that a word is made of, so what goes on
        // with another word comes next.
        let goes_on = idx < self.n_pairs
            && self
                .long_key(at(idx))
                .strip_prefix(long_key)
                .is_some_and(|rest| rest.starts_with(' '));
        (pairs, goes_on)
    }

    /// All pairs in the order of their short forms.
    pub fn iter(&self) -> impl Iterator<Item = Pair> {
        (0..self.n_pairs).map(|idx| self.pair(idx))
    }

    /// The first place where `before` no longer holds.
    fn first(&self, before: impl Fn(usize) -> bool) -> usize {
        let (mut low, mut high) = (0, self.n_pairs);
        while low < high {
            let middle = low + (high - low) / 2;
            if before(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn by_long(&self, idx: usize) -> usize {
        let table = HEAD_BYTES + self.n_pairs * ENTRY_BYTES;
        let entry = u32_at(&self.bytes, table + 4 * idx) as usize;
        entry.min(self.n_pairs.saturating_sub(1))
    }

    fn short_key(&self, idx: usize) -> &str {
        self.text(idx, 0)
    }

    fn long_key(&self, idx: usize) -> &str {
        self.text(idx, 1)
    }

    fn pair(&self, idx: usize) -> Pair {
        Pair {
            short_key: self.text(idx, 0).to_owned(),
            long_key: self.text(idx, 1).to_owned(),
            short: self.text(idx, 2).to_owned(),
            long: self.text(idx, 3).to_owned(),
            count: u32_at(&self.bytes, HEAD_BYTES + idx * ENTRY_BYTES + 4),
        }
    }

    /// One of an entry's four texts; empty where the file is damaged.
    fn text(&self, idx: usize, which: usize) -> &str {
        let entry = HEAD_BYTES + idx * ENTRY_BYTES;
        let texts = HEAD_BYTES + self.n_pairs * (ENTRY_BYTES + 4);
        let mut start = texts + u32_at(&self.bytes, entry) as usize;
        for earlier in 0..which {
            start += u16_at(&self.bytes, entry + 8 + 2 * earlier);
        }
        let len = u16_at(&self.bytes, entry + 8 + 2 * which);
        let text = self.bytes.get(start..start + len).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }
}

/// Meanings of one short form that are looked at: those beyond are rare.
pub const MAX_MEANINGS: usize = 4_096;

/// A file of these pairs, which are sorted and without repeats, as [`merged`]
/// makes them.
pub fn encode(pairs: &[Pair]) -> Vec<u8> {
    let n_pairs = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(HEAD_BYTES + pairs.len() * (ENTRY_BYTES + 4 + 64));
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&n_pairs.to_le_bytes());
    bytes.extend_from_slice(&0_u32.to_le_bytes());
    let mut texts: Vec<u8> = Vec::with_capacity(pairs.len() * 64);
    for pair in pairs {
        let start = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&start.to_le_bytes());
        bytes.extend_from_slice(&pair.count.to_le_bytes());
        for text in [&pair.short_key, &pair.long_key, &pair.short, &pair.long] {
            let len = u16::try_from(text.len()).unwrap_or(u16::MAX);
            bytes.extend_from_slice(&len.to_le_bytes());
            texts.extend_from_slice(text.as_bytes());
        }
    }
    let mut by_long: Vec<u32> = (0..n_pairs).collect();
    by_long.sort_unstable_by_key(|idx| {
        let pair = &pairs[*idx as usize];
        (pair.long_key.as_str(), *idx)
    });
    for idx in by_long {
        bytes.extend_from_slice(&idx.to_le_bytes());
    }
    bytes.extend_from_slice(&texts);
    let sum = sum(&bytes[HEAD_BYTES..]);
    bytes[HEAD_BYTES - 4..HEAD_BYTES].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// Whether a file's bytes are those [`encode`] gave. Reads them all, which
/// looking up does not.
pub fn is_whole(bytes: &[u8]) -> bool {
    let Some((head, rest)) = bytes.split_at_checked(HEAD_BYTES) else {
        return false;
    };
    let n_pairs = u32_at(head, 8) as usize;
    let tables = n_pairs.checked_mul(ENTRY_BYTES + 4);
    head.starts_with(&MAGIC)
        && tables.is_some_and(|len| len <= rest.len())
        && u32_at(head, HEAD_BYTES - 4) == sum(rest)
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is wanted")]
fn sum(bytes: &[u8]) -> u32 {
    xxhash_rust::xxh3::xxh3_64(bytes) as u32
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let word = bytes.get(at..at + 4).and_then(|word| word.try_into().ok());
    word.map_or(0, u32::from_le_bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> usize {
    let word = bytes.get(at..at + 2).and_then(|word| word.try_into().ok());
    word.map_or(0, |word| usize::from(u16::from_le_bytes(word)))
}

#[cfg(test)]
mod tests;
