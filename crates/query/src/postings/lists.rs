//! Where a segment keeps its posting lists.

use std::sync::{Arc, Mutex, OnceLock};

use rustc_hash::FxHashMap;
use tantivy::directory::{CompositeFile, FileSlice, OwnedBytes};
use tantivy::index::SegmentComponent;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{HasLen, SegmentReader};

use super::blocks::{Blocks, LEN};
use super::{LengthCodes, Scoring, TermCursor};
use crate::docbits::DocBits;
use crate::error::SearchError;

/// The posting lists of a segment, and its documents' lengths.
#[derive(Default)]
pub(crate) struct PostingLists {
    fields: OnceLock<FxHashMap<Field, OfField>>,
    alive: OnceLock<Option<Vec<u64>>>,
    marks: Mutex<MarksOfTerms>,
}

/// The documents of frequent terms as bits. To count the matches of a question
/// is to mark the documents of its frequent words, the same words in one
/// question after another: from their second use on, they are marked by
/// machine words.
#[derive(Default)]
struct MarksOfTerms {
    by_list: FxHashMap<(Field, usize), Used>,
    n_bytes: usize,
}

enum Used {
    Once,
    Often(Arc<DocBits>),
}

/// A term that so many documents hold one of is frequent.
const FREQUENT_SHARE: u32 = 32;
/// Memory for a segment's [`MarksOfTerms`]; then no more are made.
const MAX_MARKS_BYTES: usize = 32 << 20;

struct OfField {
    lists: FileSlice,
    option: IndexRecordOption,
    lengths: Option<OwnedBytes>,
}

/// Bytes before a field's lists: the number of its tokens.
const HEAD: usize = 8;

impl PostingLists {
    fn of(&self, segment: &SegmentReader, field: Field) -> Result<Option<&OfField>, SearchError> {
        if let Some(fields) = self.fields.get() {
            return Ok(fields.get(&field));
        }
        let file = segment
            .open_read(SegmentComponent::Postings)
            .map_err(tantivy::TantivyError::from)?;
        let file = CompositeFile::open(&file)?;
        let norms = segment.fieldnorms_readers().get_inner_file();
        let mut fields = FxHashMap::default();
        for (field, entry) in segment.schema().fields() {
            let option = entry.field_type().get_index_record_option();
            let (Some(option), Some(lists)) = (option, file.open_read(field)) else {
                continue;
            };
            if lists.len() < HEAD {
                continue;
            }
            let lengths = match norms.open_read(field) {
                Some(lengths) => Some(lengths.read_bytes()?),
                None => None,
            };
            let lists = lists.slice_from(HEAD);
            fields.insert(
                field,
                OfField {
                    lists,
                    option,
                    lengths,
                },
            );
        }
        Ok(self.fields.get_or_init(|| fields).get(&field))
    }

    /// A cursor over a term's list.
    pub(crate) fn cursor(
        &self,
        segment: &SegmentReader,
        field: Field,
        info: &TermInfo,
        scoring: Option<Scoring>,
    ) -> Result<Option<TermCursor>, SearchError> {
        let Some(of_field) = self.of(segment, field)? else {
            return Ok(None);
        };
        let range = info.postings_range.clone();
        if range.start > range.end || range.end > of_field.lists.len() {
            return Ok(None);
        }
        let bytes = of_field.lists.slice(range).read_bytes()?;
        let marks = self.marks(segment, field, info, || {
            Blocks::new(bytes.clone(), info.doc_freq, of_field.option)
        });
        let blocks = Blocks::new(bytes, info.doc_freq, of_field.option);
        Ok(Some(TermCursor::new(blocks, scoring, marks)))
    }

    fn marks(
        &self,
        segment: &SegmentReader,
        field: Field,
        info: &TermInfo,
        blocks: impl FnOnce() -> Blocks,
    ) -> Option<Arc<DocBits>> {
        let max_doc = segment.max_doc();
        if info.doc_freq < max_doc / FREQUENT_SHARE || (info.doc_freq as usize) < LEN {
            return None;
        }
        let key = (field, info.postings_range.start);
        let mut marks = self.marks.lock().ok()?;
        match marks.by_list.get(&key) {
            Some(Used::Often(marks)) => return Some(marks.clone()),
            Some(Used::Once) => {}
            None => {
                marks.by_list.insert(key, Used::Once);
                return None;
            }
        }
        let n_bytes = marks.n_bytes + DocBits::n_bytes(max_doc);
        if n_bytes > MAX_MARKS_BYTES {
            return None;
        }
        let mut made = DocBits::none(max_doc);
        blocks().for_each(|doc| made.set(doc));
        let made = Arc::new(made);
        marks.n_bytes = n_bytes;
        marks.by_list.insert(key, Used::Often(made.clone()));
        Some(made)
    }

    /// Those of a term that were made before.
    pub(crate) fn marks_at_hand(&self, field: Field, info: &TermInfo) -> Option<Arc<DocBits>> {
        let marks = self.marks.lock().ok()?;
        match marks.by_list.get(&(field, info.postings_range.start)) {
            Some(Used::Often(marks)) => Some(marks.clone()),
            _ => None,
        }
    }

    /// The documents' lengths in a field.
    pub(crate) fn lengths(
        &self,
        segment: &SegmentReader,
        field: Field,
    ) -> Result<LengthCodes, SearchError> {
        let lengths = self.of(segment, field)?.and_then(|of| of.lengths.clone());
        Ok(lengths.map_or(LengthCodes::Same(1), LengthCodes::Each))
    }

    /// A bit for each document that is not deleted; `None` if none is.
    pub(crate) fn alive(&self, segment: &SegmentReader) -> Option<&[u64]> {
        let words = self.alive.get_or_init(|| {
            let alive = segment.alive_bitset()?;
            let mut bits = tantivy::BitSet::with_max_value_and_full(segment.max_doc());
            bits.intersect_update(alive.bitset());
            let n_words = segment.max_doc().div_ceil(64);
            let words = (0..n_words).map(|idx| u64::from_le_bytes(bits.tinyset(idx).into_bytes()));
            Some(words.collect())
        });
        words.as_deref()
    }
}
