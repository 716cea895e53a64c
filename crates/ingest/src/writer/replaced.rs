//! The committed record of an id, as a query to delete by.
//!
//! tantivy deletes by term what was added before the deletion; where whole
//! segments are added, it may also delete in those added later (its delete
//! queue: "the client is in charge of checking the opstamps"). A record and
//! the one it replaces have the same id, so ours looks only into the segments
//! there were at the last commit.

use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

/// Matches the documents of a term in some segments only.
#[derive(Debug, Clone)]
pub(super) struct Replaced {
    pub(super) id: Term,
    pub(super) segments: Arc<[SegmentId]>,
}

impl Query for Replaced {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Replaced {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if !self.segments.contains(&segment.segment_id()) {
            return Ok(Box::new(EmptyScorer));
        }
        let index = segment.inverted_index(self.id.field())?;
        Ok(
            match index.read_postings(&self.id, IndexRecordOption::Basic)? {
                Some(postings) => Box::new(ConstScorer::new(postings, boost)),
                None => Box::new(EmptyScorer),
            },
        )
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("the committed record of an id", 1.0))
    }
}
