//! A number for each author of a commit, so that large results are counted in
//! an array.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::DocId;

use super::keys::KeyCounts;
use super::rows::{BLOCK, Rows};
use crate::error::SearchError;
use crate::snapshot::{Snapshot, column};

/// Numbers are made when the authors of so many times the records of the index
/// have been counted without: a program that asks once never makes them. Tests
/// have none, so that both ways are gone.
const PATIENCE: u64 = if cfg!(test) { 0 } else { 2 };

/// The numbers, once it pays to have them.
#[derive(Debug, Default)]
pub(crate) struct NumbersOnDemand {
    /// Records counted without numbers.
    n_counted: AtomicU64,
    numbers: OnceLock<AuthorNumbers>,
}

impl NumbersOnDemand {
    /// The numbers if they are there, or are worth making.
    pub(super) fn get(&self, snapshot: &Snapshot) -> Result<Option<&AuthorNumbers>, SearchError> {
        let n_counted = self.n_counted.load(Ordering::Relaxed);
        if self.numbers.get().is_none() && n_counted > PATIENCE * snapshot.n_docs {
            let numbers = AuthorNumbers::make(snapshot)?;
            self.numbers.get_or_init(|| numbers);
        }
        Ok(self.numbers.get())
    }

    /// So many more records were counted without.
    pub(super) fn note(&self, n_records: u64) {
        self.n_counted.fetch_add(n_records, Ordering::Relaxed);
    }
}

/// Authors numbered in the order of the hashes of their keys.
///
/// Memory: 4 bytes for each record and each author of a record, 12 for each
/// author: 17 MB for 394 thousand records by 700 thousand authors.
#[derive(Debug)]
pub(super) struct AuthorNumbers {
    /// By number: the hash, ascending.
    pub(super) keys: Vec<u64>,
    /// By number: a document of the author, counted over all segments.
    pub(super) places: Vec<u32>,
    /// By the highest bits of a hash: the first number that has them.
    heads: Vec<u32>,
    segments: Vec<SegmentNumbers>,
}

/// The authors of a segment's documents.
#[derive(Debug)]
pub(super) struct SegmentNumbers {
    /// By document: where its authors begin.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl SegmentNumbers {
    /// The authors of a document, each once.
    #[inline]
    pub(super) fn of(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        &self.numbers[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }
}

/// Keys have 56 bits; heads are told by so many of them.
const HEAD_BITS: u32 = 16;
const HEAD_SHIFT: u32 = 56 - HEAD_BITS;

impl AuthorNumbers {
    fn make(snapshot: &Snapshot) -> Result<AuthorNumbers, SearchError> {
        let mut counts = KeyCounts::default();
        each_author(snapshot, |_, _, place, key| counts.add(key, place))?;
        let mut authors = Vec::new();
        counts.finish(|entry| authors.push((entry.key, entry.place)));
        authors.sort_unstable();
        let mut heads = vec![0_u32; (1 << HEAD_BITS) + 1];
        for (key, _) in &authors {
            heads[(key >> HEAD_SHIFT) as usize + 1] += 1;
        }
        for idx in 1..heads.len() {
            heads[idx] += heads[idx - 1];
        }
        let mut numbers = AuthorNumbers {
            keys: authors.iter().map(|(key, _)| *key).collect(),
            places: authors.iter().map(|(_, place)| *place).collect(),
            heads,
            segments: Vec::new(),
        };
        let mut segments: Vec<SegmentNumbers> = Vec::new();
        for segment in snapshot.segments() {
            segments.push(SegmentNumbers {
                starts: vec![0; segment.max_doc() as usize + 1],
                numbers: Vec::new(),
            });
        }
        each_author(snapshot, |segment_idx, doc, _, key| {
            let segment = &mut segments[segment_idx];
            segment.numbers.push(numbers.of(key).unwrap_or_default());
            segment.starts[doc as usize + 1] += 1;
        })?;
        for segment in &mut segments {
            for idx in 1..segment.starts.len() {
                segment.starts[idx] += segment.starts[idx - 1];
            }
            segment.numbers.shrink_to_fit();
        }
        numbers.segments = segments;
        Ok(numbers)
    }

    /// The number of a key.
    pub(super) fn of(&self, key: u64) -> Option<u32> {
        let head = (key >> HEAD_SHIFT) as usize;
        let (start, end) = (*self.heads.get(head)?, *self.heads.get(head + 1)?);
        let keys = &self.keys[start as usize..end as usize];
        let place = u32::try_from(keys.binary_search(&key).ok()?).ok()?;
        Some(start + place)
    }

    pub(super) fn segment(&self, segment_idx: usize) -> &SegmentNumbers {
        &self.segments[segment_idx]
    }
}

/// Shows each author of each document with the number of the segment, the
/// document, and the document counted over all segments; documents ascend.
fn each_author(
    snapshot: &Snapshot,
    mut each: impl FnMut(usize, DocId, u32, u64),
) -> Result<(), SearchError> {
    let mut rows = Rows::default();
    let mut docs = Vec::with_capacity(BLOCK);
    let mut base = 0_u32;
    for (segment_idx, segment) in snapshot.segments().iter().enumerate() {
        let keys = column(segment, "author_key")?;
        let max_doc = segment.max_doc();
        let mut start = 0;
        while start < max_doc {
            #[expect(clippy::cast_possible_truncation, reason = "a small constant")]
            let end = max_doc.min(start + BLOCK as u32);
            docs.extend(start..end);
            rows.read(&keys, &mut docs, |doc, key| {
                each(segment_idx, doc, base.saturating_add(doc), key);
            });
            start = end;
        }
        base = base.saturating_add(max_doc);
    }
    Ok(())
}
