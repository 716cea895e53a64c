//! Groups of committed segments, each made one.

use std::sync::Arc;

use abs_schema::{Document, IndexFolder};
use tantivy::index::{Segment, SegmentId};
use tantivy::query::{AllScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, IndexWriter, Score, SegmentReader, TantivyError};

use super::stack::stack;

/// Merges each group of the commit's segments, all at the same time. Those
/// without deleted documents are put behind one another by us and take their
/// parts' place in a commit of its own, which carries `payload`; tantivy merges
/// the others.
pub(super) fn merge(
    folder: &IndexFolder,
    writer: &mut IndexWriter<Document>,
    groups: &[Vec<SegmentId>],
    payload: Option<&str>,
) -> tantivy::Result<()> {
    let committed = folder.segments_in_order()?;
    let segments = |group: &[SegmentId]| -> Vec<Segment> {
        let segments = committed.iter();
        segments
            .filter(|segment| group.contains(&segment.id()))
            .cloned()
            .collect()
    };
    let (whole, others): (Vec<_>, Vec<_>) = groups.iter().partition(|group| {
        let segments = segments(group);
        segments.iter().all(|segment| !segment.meta().has_deletes())
    });
    let merges: Vec<_> = others.iter().map(|group| writer.merge(group)).collect();
    let stacked: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = whole
            .iter()
            .map(|group| scope.spawn(|| stack(&folder.index, &segments(group))))
            .collect();
        threads.into_iter().map(|thread| thread.join()).collect()
    });
    // Each has to end before one is said to have failed.
    let ended: Vec<_> = merges.into_iter().map(|merge| merge.wait()).collect();
    ended.into_iter().try_for_each(|merged| merged.map(drop))?;
    if whole.is_empty() {
        return Ok(());
    }
    let parts = whole.into_iter().flatten().copied().collect();
    writer.delete_query(Box::new(Parts(parts)))?;
    for segment in stacked {
        let Ok(segment) = segment else {
            let message = "a thread that merges segments ended";
            return Err(TantivyError::ErrorInThread(message.to_owned()));
        };
        writer.add_segment(segment?.meta().clone())?;
    }
    let mut commit = writer.prepare_commit()?;
    if let Some(payload) = payload {
        commit.set_payload(payload);
    }
    commit.commit().map(drop)
}

/// All documents of some segments. A segment of which nothing is left is left
/// out of the commit.
#[derive(Debug, Clone)]
struct Parts(Arc<[SegmentId]>);

impl Query for Parts {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Parts {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.0.contains(&segment.segment_id()) {
            true => Box::new(AllScorer::new(segment.max_doc())),
            false => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a part of a merged segment", 1.0))
    }
}
