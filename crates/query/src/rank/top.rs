//! The best documents seen so far.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

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
}

/// The direction of an order by date; undated documents come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Newest {
    First,
    Last,
}

/// A heap of at most `limit` entries.
pub(crate) struct Top {
    limit: usize,
    heap: BinaryHeap<Entry>,
}

impl Top {
    pub(crate) fn new(limit: usize) -> Top {
        Top {
            limit,
            heap: BinaryHeap::new(),
        }
    }

    /// A document that scores less than this cannot enter. Nothing is known
    /// while there is room.
    pub(crate) fn threshold(&self) -> f32 {
        match self.heap.peek() {
            Some(worst) if self.heap.len() >= self.limit => worst.score,
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
        if self.heap.len() >= self.limit
            && self
                .heap
                .peek()
                .is_some_and(|worst| primary < worst.primary)
        {
            return;
        }
        let entry = Entry {
            score,
            primary,
            tie: order.tie.first(doc).unwrap_or(u64::MAX),
            segment_idx: order.segment_idx,
            doc,
        };
        if self.heap.len() < self.limit {
            self.heap.push(entry);
        } else if self.heap.peek().is_some_and(|worst| entry < *worst) {
            self.heap.pop();
            self.heap.push(entry);
        }
    }

    /// Best first.
    pub(crate) fn into_sorted(self) -> Vec<Entry> {
        self.heap.into_sorted_vec()
    }
}
