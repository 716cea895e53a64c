//! How often each of many keys comes: exact, by sorting keys into buckets that
//! fit the processor's cache and counting each there.
//!
//! One hash map of all keys misses the cache at nearly every step once there
//! are a hundred thousand; a bucket of a few thousand does not.

/// Keys are hashes below 2^56: any of their bits are as good as any others.
const KEY_BITS: u32 = 56;
/// By the highest bits of the key.
const N_BUCKETS: usize = 256;
/// So many entries are counted as they are, without buckets.
const FEW: usize = 8_192;
/// Entries of a bucket that are kept uncounted, at least.
const UNCOUNTED: usize = 16_384;
/// Versions of works that are kept with repeats, at least.
const UNSORTED: usize = 1 << 20;

/// Keys with how often they came.
///
/// Memory: 16 bytes for each key, 32 while it is counted, or 67 MB
/// ([`UNCOUNTED`] entries of each bucket) where that is more.
#[derive(Debug, Default)]
pub(super) struct KeyCounts {
    few: Vec<Entry>,
    buckets: Vec<Bucket>,
}

/// Keys of works, of which each counts once for a key.
///
/// Memory: 32 bytes for each key of each work, or 16 MB ([`UNSORTED`]) where
/// that is more.
#[derive(Debug, Default)]
pub(super) struct WorkKeys {
    versions: Vec<Version>,
    /// Versions that were left when they were last sorted.
    n_distinct: usize,
}

/// A key with how often it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: u64,
    pub(super) count: u32,
    /// One of the places it came at.
    pub(super) place: u32,
}

/// A key of a work; sorted, those of one key and work are neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    key: u64,
    work: u32,
    place: u32,
}

#[derive(Debug, Default)]
struct Bucket {
    entries: Vec<Entry>,
    /// Entries that were left when they were last put together.
    n_distinct: usize,
}

impl KeyCounts {
    /// A key came once more.
    #[inline]
    pub(super) fn add(&mut self, key: u64, place: u32) {
        let count = 1;
        self.add_many(Entry { key, count, place });
    }

    /// A key came as often as the entry says.
    pub(super) fn add_many(&mut self, entry: Entry) {
        self.few.push(entry);
        if self.few.len() >= FEW {
            self.sort_into_buckets(&mut Table::default());
        }
    }

    fn sort_into_buckets(&mut self, table: &mut Table) {
        if self.buckets.is_empty() {
            self.buckets.resize_with(N_BUCKETS, Bucket::default);
        }
        for entry in self.few.drain(..) {
            let idx = (entry.key >> (KEY_BITS - N_BUCKETS.ilog2())) as usize;
            let bucket = &mut self.buckets[idx % N_BUCKETS];
            bucket.entries.push(entry);
            if bucket.entries.len() >= UNCOUNTED.max(2 * bucket.n_distinct) {
                table.put_together(&mut bucket.entries);
                bucket.n_distinct = bucket.entries.len();
            }
        }
    }

    /// Shows every key with its count, once, in no order.
    pub(super) fn finish(mut self, mut each: impl FnMut(Entry)) {
        let mut table = Table::default();
        if !self.buckets.is_empty() || self.few.len() > FEW {
            self.sort_into_buckets(&mut table);
        }
        for mut bucket in self.buckets {
            table.put_together(&mut bucket.entries);
            bucket.entries.into_iter().for_each(&mut each);
        }
        table.put_together(&mut self.few);
        self.few.into_iter().for_each(&mut each);
    }
}

impl WorkKeys {
    /// A version of a work has the key.
    pub(super) fn add(&mut self, key: u64, work: u32, place: u32) {
        self.versions.push(Version { key, work, place });
        if self.versions.len() >= UNSORTED.max(2 * self.n_distinct) {
            self.sort();
        }
    }

    fn sort(&mut self) {
        self.versions.sort_unstable();
        self.versions
            .dedup_by(|a, b| (a.key, a.work) == (b.key, b.work));
        self.n_distinct = self.versions.len();
    }

    /// Shows every key with the number of its works.
    pub(super) fn finish(mut self, mut each: impl FnMut(Entry)) {
        self.sort();
        for of_key in self.versions.chunk_by(|a, b| a.key == b.key) {
            let Version { key, place, .. } = of_key[0];
            let count = u32::try_from(of_key.len()).unwrap_or(u32::MAX);
            each(Entry { key, count, place });
        }
    }
}

/// Slots by the lowest bits of the key; used again for every bucket.
#[derive(Debug, Default)]
struct Table {
    /// A count of 0 is an empty slot.
    slots: Vec<Entry>,
}

impl Table {
    /// Makes one entry of those of one key.
    fn put_together(&mut self, entries: &mut Vec<Entry>) {
        const EMPTY: Entry = Entry {
            key: 0,
            count: 0,
            place: 0,
        };
        let n_slots = (2 * entries.len()).next_power_of_two();
        self.slots.clear();
        self.slots.resize(n_slots, EMPTY);
        let mask = n_slots - 1;
        let mut n_distinct = 0;
        for idx in 0..entries.len() {
            let entry = entries[idx];
            #[expect(clippy::cast_possible_truncation, reason = "any of its bits will do")]
            let mut at = entry.key as usize & mask;
            loop {
                let slot = &mut self.slots[at];
                if slot.count == 0 {
                    // The slot knows which entry sums up its key.
                    *slot = Entry {
                        count: 1,
                        #[expect(clippy::cast_possible_truncation, reason = "of one bucket")]
                        place: n_distinct as u32,
                        ..entry
                    };
                    entries[n_distinct] = entry;
                    n_distinct += 1;
                    break;
                }
                if slot.key == entry.key {
                    let sum = &mut entries[slot.place as usize].count;
                    *sum = sum.saturating_add(entry.count);
                    break;
                }
                at = (at + 1) & mask;
            }
        }
        entries.truncate(n_distinct);
    }
}

/// The entries of the highest counts; of those that tie, of the lowest keys.
#[derive(Debug)]
pub(super) struct Best {
    wanted: usize,
    entries: Vec<Entry>,
    /// No entry of a lower count is among the best.
    lowest: u32,
}

impl Best {
    pub(super) fn new(wanted: usize) -> Best {
        Best {
            wanted,
            entries: Vec::new(),
            lowest: 1,
        }
    }

    #[inline]
    pub(super) fn push(&mut self, entry: Entry) {
        if entry.count >= self.lowest {
            self.entries.push(entry);
            if self.entries.len() >= self.wanted.saturating_mul(2).max(1_024) {
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        if self.entries.len() > self.wanted {
            if self.wanted > 0 {
                self.entries
                    .select_nth_unstable_by_key(self.wanted - 1, order);
                self.lowest = self.entries[self.wanted - 1].count;
            }
            self.entries.truncate(self.wanted);
        }
    }

    pub(super) fn into_sorted(mut self) -> Vec<Entry> {
        self.cut();
        self.entries.sort_unstable_by_key(order);
        self.entries
    }
}

fn order(entry: &Entry) -> (std::cmp::Reverse<u32>, u64) {
    (std::cmp::Reverse(entry.count), entry.key)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;
    use xxhash_rust::xxh3::xxh3_64;

    use super::*;

    fn key(of: u64) -> u64 {
        xxh3_64(&of.to_le_bytes()) >> (64 - KEY_BITS)
    }

    /// What counting by hand gives: keys with their counts.
    fn counted(counts: KeyCounts) -> BTreeMap<u64, u32> {
        let mut all = BTreeMap::new();
        counts.finish(|entry| assert_eq!(all.insert(entry.key, entry.count), None));
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn counts_are_those_of_a_map(
            // Few and many, of few and many keys.
            n in prop_oneof![0_u64..50, 8_000_u64..9_000, 50_000_u64..60_000],
            n_keys in prop_oneof![1_u64..4, 100_u64..40_000],
            n_works in 1_u32..2_000,
            share_of_versions in 0_u64..4,
        ) {
            let mut counts = KeyCounts::default();
            let mut of_works = WorkKeys::default();
            let mut plain: BTreeMap<u64, u32> = BTreeMap::new();
            let mut works: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
            for idx in 0..n {
                let of = key(idx);
                let key = key(of % n_keys);
                if of % 8 < share_of_versions {
                    let work = u32::try_from(of / 8 % u64::from(n_works)).unwrap();
                    of_works.add(key, work, 0);
                    works.entry(key).or_default().insert(work);
                } else {
                    counts.add(key, 0);
                    *plain.entry(key).or_default() += 1;
                }
            }
            for (key, works) in works {
                *plain.entry(key).or_default() += u32::try_from(works.len()).unwrap();
            }
            of_works.finish(|entry| counts.add_many(entry));
            prop_assert_eq!(counted(counts), plain);
        }

        #[test]
        fn the_best_are_the_first_of_all_in_order(
            counts in prop::collection::vec(1_u32..40, 0..5_000),
            wanted in prop_oneof![Just(0_usize), 1_usize..30, 1_000_usize..6_000],
        ) {
            let mut best = Best::new(wanted);
            let mut all: Vec<Entry> = Vec::new();
            for (idx, count) in counts.into_iter().enumerate() {
                let entry = Entry { key: key(idx as u64), count, place: 0 };
                best.push(entry);
                all.push(entry);
            }
            all.sort_by_key(order);
            all.truncate(wanted);
            prop_assert_eq!(best.into_sorted(), all);
        }
    }

    #[test]
    fn a_bucket_that_overflows_is_put_together() {
        let mut counts = KeyCounts::default();
        // All of one bucket: their highest bits are the same.
        let n = 5 * UNCOUNTED as u64;
        for idx in 0..n {
            counts.add(idx % 3_000, 7);
        }
        let held: usize = counts.buckets.iter().map(|b| b.entries.capacity()).sum();
        assert!(held < 3 * UNCOUNTED, "{held}");
        let all = counted(counts);
        assert_eq!(all.len(), 3_000);
        assert_eq!(all.values().map(|n| u64::from(*n)).sum::<u64>(), n);
    }
}
