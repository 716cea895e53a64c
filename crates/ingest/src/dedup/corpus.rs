//! The records of a commit as the search for works sees them: numbered through
//! all segments, with the columns it needs, and the records themselves where
//! columns do not say enough.

use abs_record::Record;
use abs_schema::{stored, works::Member};
use tantivy::columnar::Column;
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyDocument};

/// The living documents of a commit.
pub(super) struct Corpus<'a> {
    searcher: &'a Searcher,
    record: Field,
    parts: Vec<Part<'a>>,
    n_docs: u32,
}

/// One segment.
struct Part<'a> {
    /// The number of its first document.
    start: u32,
    segment: &'a SegmentReader,
    keys: Column<u64>,
    year: Column<u64>,
    tie: Column<u64>,
}

impl<'a> Corpus<'a> {
    /// Opens the columns. With more documents than fit a number none is seen.
    pub(super) fn open(searcher: &'a Searcher, record: Field) -> tantivy::Result<Corpus<'a>> {
        let mut parts = Vec::new();
        let mut n_docs = 0_u32;
        for segment in searcher.segment_readers() {
            let column = |name: &str| -> tantivy::Result<Column<u64>> {
                let column = segment.fast_fields().column_opt::<u64>(name)?;
                Ok(column.unwrap_or_else(|| Column::build_empty_column(segment.max_doc())))
            };
            parts.push(Part {
                start: n_docs,
                segment,
                keys: column("work_key")?,
                year: column("year")?,
                tie: column("tie")?,
            });
            let Some(sum) = n_docs.checked_add(segment.max_doc()) else {
                parts.clear();
                n_docs = 0;
                break;
            };
            n_docs = sum;
        }
        Ok(Corpus {
            searcher,
            record,
            parts,
            n_docs,
        })
    }

    /// Documents, deleted ones included.
    pub(super) fn n_docs(&self) -> u32 {
        self.n_docs
    }

    /// Keys of all documents.
    pub(super) fn n_keys(&self) -> usize {
        let keys = self.parts.iter().map(|part| part.keys.values.num_vals());
        keys.map(|n_keys| n_keys as usize).sum()
    }

    /// Shows each key of each living document.
    pub(super) fn each_key(&self, mut each: impl FnMut(u64, u32)) {
        for part in &self.parts {
            for doc in part.segment.doc_ids_alive() {
                for key in part.keys.values_for_doc(doc) {
                    each(key, part.start + doc);
                }
            }
        }
    }

    /// Segment and document of a number.
    pub(super) fn place(&self, doc: u32) -> Member {
        let after = self.parts.partition_point(|part| part.start <= doc);
        // An empty segment starts where the next one does.
        let idx = after.saturating_sub(1);
        (idx, doc - self.parts[idx].start)
    }

    /// The keys of a document.
    pub(super) fn keys(&self, doc: u32) -> impl Iterator<Item = u64> + '_ {
        let (idx, doc) = self.place(doc);
        self.parts[idx].keys.values_for_doc(doc)
    }

    /// The year of a document.
    pub(super) fn year(&self, doc: u32) -> Option<u64> {
        let (idx, doc) = self.place(doc);
        self.parts[idx].year.first(doc)
    }

    /// An order of documents that depends on their ids alone.
    pub(super) fn tie(&self, doc: u32) -> u64 {
        let (idx, doc) = self.place(doc);
        self.parts[idx].tie.first(doc).unwrap_or(u64::MAX)
    }

    /// The record itself; `None` for one that is damaged, which is then like
    /// no other.
    pub(super) fn record(&self, doc: u32) -> tantivy::Result<Option<Record>> {
        let (idx, doc) = self.place(doc);
        let address = DocAddress::new(u32::try_from(idx).unwrap_or(u32::MAX), doc);
        let document: TantivyDocument = self.searcher.doc(address)?;
        let bytes = document.get_first(self.record);
        let bytes = bytes.and_then(|value| value.as_bytes());
        Ok(bytes.and_then(|bytes| stored::decode(&stored::unpack(bytes).ok()?).ok()))
    }
}
