//! The best documents seen so far.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use abs_schema::works::SegmentWorks;
use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::columnar::Column;

/// A document among the best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    pub(crate) score: f32,
    /// What it is ordered by, more is better.
    primary: u64,
    /// Less is better.
    tie: u64,
    pub(crate) segment_idx: usize,
    pub(crate) doc: DocId,
    /// Its work, if versions of one are shown once and it has any.
    pub(crate) work: Option<u32>,
}

impl Eq for Entry {}

/// The greatest is the worst, so that it lies on top of the heap.
impl Ord for Entry {
    fn cmp(&self, other: &Entry) -> Ordering {
        other
            .primary
            .cmp(&self.primary)
            .then_with(|| self.tie.cmp(&other.tie))
            .then_with(|| (self.segment_idx, self.doc).cmp(&(other.segment_idx, other.doc)))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What one segment orders by.
pub(crate) struct Order {
    pub(crate) segment_idx: usize,
    pub(crate) tie: Column<u64>,
    /// Order by this column instead of the score.
    pub(crate) date: Option<(Column<u64>, Newest)>,
    /// Of the versions of a work only the best is wanted.
    pub(crate) works: Option<Arc<SegmentWorks>>,
}

/// The direction of an order by date; undated documents come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Newest {
    First,
    Last,
}

/// A heap of at most `limit` entries, no two of one work.
///
/// A better version of a work leaves the worse one in the heap, where it does
/// not count and never lies on top.
pub(crate) struct Top {
    limit: usize,
    heap: BinaryHeap<Entry>,
    /// By work: the entry that counts.
    best: FxHashMap<u32, Entry>,
    /// Entries in the heap that do not count.
    n_outdone: usize,
}

impl Top {
    pub(crate) fn new(limit: usize) -> Top {
        Top {
            limit,
            heap: BinaryHeap::new(),
            best: FxHashMap::default(),
            n_outdone: 0,
        }
    }

    /// Whether anything can enter: a count wants nothing.
    pub(crate) fn is_wanted(&self) -> bool {
        self.limit > 0
    }

    fn is_full(&self) -> bool {
        self.heap.len() - self.n_outdone >= self.limit
    }

    /// A document that scores less than this cannot enter. Nothing is known
    /// while there is room.
    pub(crate) fn threshold(&self) -> f32 {
        match self.heap.peek() {
            Some(worst) if self.is_full() => worst.score,
            _ if self.limit == 0 => f32::INFINITY,
            _ => f32::NEG_INFINITY,
        }
    }

    pub(crate) fn push(&mut self, score: f32, doc: DocId, order: &Order) {
        if self.limit == 0 {
            return;
        }
        let primary = match &order.date {
            None => u64::from(score.max(0.0).to_bits()),
            Some((column, newest)) => match (column.first(doc), newest) {
                (None, _) => 0,
                (Some(date), Newest::First) => date + 1,
                (Some(date), Newest::Last) => u64::MAX - date,
            },
        };
        if self.is_full()
            && self
                .heap
                .peek()
                .is_some_and(|worst| primary < worst.primary)
        {
            return;
        }
        self.add(Entry {
            score,
            primary,
            tie: order.tie.first(doc).unwrap_or(u64::MAX),
            segment_idx: order.segment_idx,
            doc,
            work: order.works.as_ref().and_then(|works| works.work(doc)),
        });
    }

    fn add(&mut self, entry: Entry) {
        let known = entry.work.and_then(|work| self.best.get(&work));
        if let Some(known) = known {
            if entry > *known {
                return;
            }
            self.n_outdone += 1;
        } else if self.is_full() {
            if self.heap.peek().is_some_and(|worst| entry > *worst) {
                return;
            }
            let worst = self.heap.pop().and_then(|worst| worst.work);
            if let Some(work) = worst {
                self.best.remove(&work);
            }
        }
        if let Some(work) = entry.work {
            self.best.insert(work, entry);
        }
        self.heap.push(entry);
        self.settle();
    }

    /// Sees to it that what lies on top counts, and that not too much in the
    /// heap does not.
    fn settle(&mut self) {
        while self.heap.peek().is_some_and(|worst| !self.counts(worst)) {
            self.heap.pop();
            self.n_outdone -= 1;
        }
        if self.n_outdone > self.limit + MANY {
            let mut heap = std::mem::take(&mut self.heap);
            heap.retain(|entry| self.counts(entry));
            self.heap = heap;
            self.n_outdone = 0;
        }
    }

    fn counts(&self, entry: &Entry) -> bool {
        entry
            .work
            .is_none_or(|work| self.best.get(&work) == Some(entry))
    }

    /// Best first.
    pub(crate) fn into_sorted(self) -> Vec<Entry> {
        let best = self.best;
        let mut entries = self.heap.into_sorted_vec();
        entries.retain(|entry| entry.work.is_none_or(|work| best.get(&work) == Some(entry)));
        entries
    }
}

/// Entries that do not count, beside as many as are wanted, before they are
/// thrown out.
const MANY: usize = 1_024;
