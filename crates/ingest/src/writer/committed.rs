//! What the last commit has of an id. Each record asks it, so the dictionaries
//! of ids are opened once a commit.

use std::sync::Arc;

use abs_record::RecordId;
use abs_schema::IndexFolder;
use tantivy::index::SegmentId;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use super::replaced::Replaced;

/// A commit, and where to look ids up in it.
pub(super) struct Committed {
    searcher: Searcher,
    field: Field,
    /// By segment.
    ids: Vec<Arc<InvertedIndexReader>>,
    segments: Arc<[SegmentId]>,
}

/// A committed record.
#[derive(Debug, Clone, Copy)]
pub(super) struct CommittedRecord {
    /// Hash of its content.
    pub(super) content: u64,
    /// The run that wrote it.
    pub(super) run: Option<u64>,
}

impl Committed {
    /// The last commit of a folder.
    pub(super) fn last(folder: &IndexFolder) -> tantivy::Result<Committed> {
        let searcher = folder.snapshot()?;
        let field = folder.fields.id;
        let segments = searcher.segment_readers();
        let ids = segments.iter().map(|segment| segment.inverted_index(field));
        Ok(Committed {
            field,
            ids: ids.collect::<tantivy::Result<_>>()?,
            segments: segments.iter().map(SegmentReader::segment_id).collect(),
            searcher,
        })
    }

    /// Its segments.
    pub(super) fn segments(&self) -> &[SegmentReader] {
        self.searcher.segment_readers()
    }

    /// Its documents, deleted ones left out.
    pub(super) fn n_docs(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The highest number a run has left in it; 0 for none.
    pub(super) fn last_run(&self) -> tantivy::Result<u64> {
        let mut last = 0;
        for segment in self.segments() {
            last = last.max(segment.fast_fields().u64("run")?.max_value());
        }
        Ok(last)
    }

    /// The record of an id.
    pub(super) fn record(&self, id: &RecordId) -> tantivy::Result<Option<CommittedRecord>> {
        for (segment, ids) in self.segments().iter().zip(&self.ids) {
            let Some(info) = ids.terms().get(id.as_str())? else {
                continue;
            };
            let mut postings = ids.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if !segment.is_deleted(doc) {
                    let columns = segment.fast_fields();
                    let run = columns.u64("run")?.first(doc);
                    let content = columns.u64("content")?.first(doc);
                    return Ok(content.map(|content| CommittedRecord { content, run }));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// The record of an id, to be deleted.
    pub(super) fn replaced(&self, id: &RecordId) -> Replaced {
        Replaced {
            id: Term::from_field_text(self.field, id.as_str()),
            segments: Arc::clone(&self.segments),
        }
    }
}
