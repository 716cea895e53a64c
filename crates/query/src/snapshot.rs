//! One commit of an index, and what can be looked up in it.

use std::sync::{Arc, Mutex, OnceLock};

use abs_record::Record;
use abs_schema::acronyms::{self, Acronyms};
use abs_schema::stored::{self, StoredError};
use abs_schema::works::Works;
use abs_schema::{Fields, IndexFolder};
use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::store::StoreReader;
use tantivy::{DocId, ReloadPolicy, SegmentReader};

use crate::dictionary::Dictionary;
use crate::error::SearchError;
use crate::facet::{AuthorKeys, NumbersOnDemand};
use crate::postings::{PostingLists, read_vint};

/// One commit: what a searcher sees, whatever is written meanwhile.
#[derive(Clone)]
pub(crate) struct Snapshot {
    pub(crate) searcher: tantivy::Searcher,
    pub(crate) fields: Fields,
    /// Documents, deleted ones included, as all statistics count them.
    pub(crate) n_docs: u64,
    /// Which records are versions of one work; none where that is not known.
    pub(crate) works: Arc<Works>,
    /// What short forms stand for, as the last ingest left it.
    pub(crate) acronyms: Acronyms,
    /// By segment.
    pub(crate) lists: Arc<[PostingLists]>,
    /// By segment.
    pub(crate) dictionaries: Arc<[Dictionary]>,
    /// By segment; opened when a record is read.
    stores: Arc<[OnceLock<StoreReader>]>,
    /// Columns that were opened, by segment and name: opening one reads all of
    /// its table of blocks.
    columns: Arc<Mutex<OpenColumns>>,
    /// Read when authors are first looked up by a part of their name.
    pub(crate) author_keys: Arc<OnceLock<AuthorKeys>>,
    /// Made when authors were counted often.
    pub(crate) author_numbers: Arc<NumbersOnDemand>,
}

/// By segment and name.
type OpenColumns = FxHashMap<(usize, &'static str), Column<u64>>;

/// A term with its posting lists, one a segment.
#[derive(Debug, Clone)]
pub(crate) struct IndexTerm {
    pub(crate) field: Field,
    pub(crate) text: String,
    /// By segment; `None` where the segment does not hold it.
    pub(crate) infos: Vec<Option<TermInfo>>,
    /// Documents that hold it, deleted ones included.
    pub(crate) doc_freq: u64,
}

/// Terms found in a range of a dictionary.
#[derive(Debug, Default)]
pub(crate) struct Expanded {
    pub(crate) terms: Vec<IndexTerm>,
    /// More were there than the cap allows.
    pub(crate) cut: bool,
}

impl Snapshot {
    pub(crate) fn open(folder: &IndexFolder) -> Result<Snapshot, SearchError> {
        let reader = folder
            .index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(SearchError::from)?;
        let searcher: tantivy::Searcher = reader.searcher();
        let n_docs = segments_of(&searcher).map(|s| u64::from(s.max_doc())).sum();
        let works = Works::load(&folder.index, searcher.segment_readers());
        let n_segments = searcher.segment_readers().len();
        Ok(Snapshot {
            columns: Arc::default(),
            lists: one_each(n_segments),
            dictionaries: one_each(n_segments),
            stores: one_each(n_segments),
            works: Arc::new(works.unwrap_or_default()),
            searcher,
            fields: folder.fields.clone(),
            n_docs,
            acronyms: folder
                .read_file(acronyms::FILE)
                .map(Acronyms::new)
                .unwrap_or_default(),
            author_keys: Arc::default(),
            author_numbers: Arc::default(),
        })
    }

    pub(crate) fn segments(&self) -> &[SegmentReader] {
        self.searcher.segment_readers()
    }

    /// A term, whether the index holds it or not.
    pub(crate) fn look_up(&self, field: Field, text: &str) -> Result<IndexTerm, SearchError> {
        let mut term = IndexTerm {
            field,
            text: text.to_owned(),
            infos: Vec::with_capacity(self.segments().len()),
            doc_freq: 0,
        };
        for segment in self.segments() {
            let info = segment
                .inverted_index(field)?
                .terms()
                .get(text.as_bytes())?;
            term.doc_freq += info.as_ref().map_or(0, |info| u64::from(info.doc_freq));
            term.infos.push(info);
        }
        Ok(term)
    }

    /// A term no segment holds, to be filled in.
    pub(crate) fn absent(&self, field: Field, text: &str) -> IndexTerm {
        IndexTerm {
            field,
            text: text.to_owned(),
            infos: vec![None; self.segments().len()],
            doc_freq: 0,
        }
    }

    /// Whether any word of the ranked text starts so: asked before words are
    /// listed, as most have no such neighbours.
    pub(crate) fn has_start(&self, start: &str) -> Result<bool, SearchError> {
        for (dictionary, segment) in self.dictionaries.iter().zip(self.segments()) {
            if dictionary.has_start(segment, self.fields.text, start)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The terms that start with `prefix` and that `keep` wants, at most
    /// `cap`, those of most documents first where more are found. At most
    /// [`MAX_SCANNED`] dictionary entries are looked at in each segment.
    pub(crate) fn expand(
        &self,
        field: Field,
        prefix: &str,
        cap: usize,
        keep: impl FnMut(&str) -> bool,
    ) -> Result<Expanded, SearchError> {
        let before = after_prefix(prefix);
        self.expand_range(field, prefix, before.as_deref(), cap, keep)
    }

    /// The same from one text to before another.
    pub(crate) fn expand_between(
        &self,
        field: Field,
        from: &str,
        before: &str,
        cap: usize,
        keep: impl FnMut(&str) -> bool,
    ) -> Result<Expanded, SearchError> {
        self.expand_range(field, from, Some(before.as_bytes()), cap, keep)
    }

    fn expand_range(
        &self,
        field: Field,
        from: &str,
        before: Option<&[u8]>,
        cap: usize,
        mut keep: impl FnMut(&str) -> bool,
    ) -> Result<Expanded, SearchError> {
        let mut kept = Kept::default();
        let mut cut = false;
        for (segment_idx, segment) in self.segments().iter().enumerate() {
            let inverted = segment.inverted_index(field)?;
            let mut range = inverted.terms().range().ge(from.as_bytes());
            if let Some(before) = before {
                range = range.lt(before);
            }
            let mut stream = range.into_stream()?;
            let mut n_scanned = 0;
            while let Some((key, info)) = stream.next() {
                n_scanned += 1;
                if n_scanned > MAX_SCANNED {
                    cut = true;
                    break;
                }
                let Ok(key) = std::str::from_utf8(key) else {
                    continue;
                };
                if keep(key) {
                    kept.push(key, segment_idx, info);
                }
            }
        }
        let terms = kept.best(cap, &mut cut, |text| self.absent(field, text));
        Ok(Expanded { terms, cut })
    }

    /// The record of a document. Blocks of the store are kept a while.
    pub(crate) fn record(&self, segment_idx: usize, doc: DocId) -> Result<Record, SearchError> {
        self.stored(segment_idx, doc, |bytes| Ok(stored::decode(bytes)?))
    }

    /// Title and abstract of a document, for less than its record.
    pub(crate) fn text(
        &self,
        segment_idx: usize,
        doc: DocId,
    ) -> Result<(String, String), SearchError> {
        self.stored(segment_idx, doc, |bytes| Ok(stored::decode_text(bytes)?))
    }

    fn stored<T>(
        &self,
        segment_idx: usize,
        doc: DocId,
        decode: impl FnOnce(&[u8]) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let store = match self.stores[segment_idx].get() {
            Some(store) => store,
            None => {
                let segment = &self.segments()[segment_idx];
                let store = segment.get_store_reader(STORE_BLOCKS_KEPT)?;
                self.stores[segment_idx].get_or_init(|| store)
            }
        };
        let document = store.get_document_bytes(doc)?;
        let packed = packed_record(&document, self.fields.record).ok_or(StoredError::Frame)?;
        decode(&stored::unpack(packed)?)
    }

    /// A column of numbers; a segment without a value has an empty one.
    pub(crate) fn column(
        &self,
        segment_idx: usize,
        name: &'static str,
    ) -> Result<Column<u64>, SearchError> {
        let known =
            |columns: &FxHashMap<_, Column<u64>>| columns.get(&(segment_idx, name)).cloned();
        if let Some(column) = self.columns.lock().ok().and_then(|columns| known(&columns)) {
            return Ok(column);
        }
        let column = column(&self.segments()[segment_idx], name)?;
        if let Ok(mut columns) = self.columns.lock() {
            columns.insert((segment_idx, name), column.clone());
        }
        Ok(column)
    }

    /// Mean number of tokens of a ranked field.
    pub(crate) fn average_length(&self, field: Field) -> Result<f32, SearchError> {
        let mut n_tokens = 0;
        for segment in self.segments() {
            n_tokens += segment.inverted_index(field)?.total_num_tokens();
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean for a ranking formula")]
        Ok((n_tokens as f32 / self.n_docs.max(1) as f32).max(1.0))
    }
}

/// The packed record in a stored document, of which it is all: 1 as a variable
/// integer, the field (4 bytes, little endian), the kind of value, the record's
/// length as a variable integer, and itself (tantivy 0.27,
/// `schema/document/se.rs`). Read so, it is not copied byte by byte.
fn packed_record(document: &[u8], field: Field) -> Option<&[u8]> {
    const BYTES: u8 = 4;
    let (1, start) = read_vint(document, 0)? else {
        return None;
    };
    let [a, b, c, d, BYTES, ..] = *document.get(start..)? else {
        return None;
    };
    if u32::from_le_bytes([a, b, c, d]) != field.field_id() {
        return None;
    }
    let (len, start) = read_vint(document, start + 5)?;
    document.get(start..start.checked_add(len as usize)?)
}

/// What is opened when it is asked for, one a segment.
fn one_each<T: Default>(n_segments: usize) -> Arc<[T]> {
    std::iter::repeat_with(T::default)
        .take(n_segments)
        .collect()
}

/// Terms met in the dictionaries, before it is known which are wanted.
#[derive(Default)]
struct Kept {
    letters: String,
    /// Where each one's letters end, its segment and list.
    met: Vec<(usize, usize, TermInfo)>,
}

impl Kept {
    fn push(&mut self, text: &str, segment_idx: usize, info: &TermInfo) {
        self.letters.push_str(text);
        self.met
            .push((self.letters.len(), segment_idx, info.clone()));
    }

    /// The terms of most documents, ordered by that and then by their letters.
    fn best(
        self,
        cap: usize,
        cut: &mut bool,
        absent: impl Fn(&str) -> IndexTerm,
    ) -> Vec<IndexTerm> {
        let text = |idx: usize| {
            let start = idx.checked_sub(1).map_or(0, |before| self.met[before].0);
            &self.letters[start..self.met[idx].0]
        };
        // One after another in each segment; the same in several stand together.
        let mut order: Vec<usize> = (0..self.met.len()).collect();
        if self.met.last().is_some_and(|(_, segment, _)| *segment > 0) {
            order.sort_by(|a, b| text(*a).cmp(text(*b)));
        }
        let mut terms: Vec<(u64, &[usize])> = order
            .chunk_by(|a, b| text(*a) == text(*b))
            .map(|same| {
                let docs = same.iter().map(|idx| u64::from(self.met[*idx].2.doc_freq));
                (docs.sum(), same)
            })
            .collect();
        let by_docs = |a: &(u64, &[usize]), b: &(u64, &[usize])| {
            b.0.cmp(&a.0).then_with(|| text(a.1[0]).cmp(text(b.1[0])))
        };
        if terms.len() > cap {
            *cut = true;
            if cap > 0 {
                terms.select_nth_unstable_by(cap - 1, by_docs);
            }
            terms.truncate(cap);
        }
        terms.sort_unstable_by(by_docs);
        let filled = |(doc_freq, same): (u64, &[usize])| {
            let mut term = absent(text(same[0]));
            term.doc_freq = doc_freq;
            for idx in same {
                let (_, segment, info) = &self.met[*idx];
                term.infos[*segment] = Some(info.clone());
            }
            term
        };
        terms.into_iter().map(filled).collect()
    }
}

/// Blocks of the store kept for each segment, 4 KiB each.
const STORE_BLOCKS_KEPT: usize = 100;

/// Dictionary entries looked at for one prefix, a segment.
const MAX_SCANNED: usize = 200_000;

/// The first bytes behind all that start with a prefix; none after an empty
/// one.
fn after_prefix(prefix: &str) -> Option<Vec<u8>> {
    let mut after = prefix.as_bytes().to_vec();
    // UTF-8 has no byte 255, so that there is always a next one.
    *after.last_mut()? += 1;
    Some(after)
}

fn segments_of(searcher: &tantivy::Searcher) -> impl Iterator<Item = &SegmentReader> {
    searcher.segment_readers().iter()
}

/// A column of numbers; a segment without a value has an empty one.
pub(crate) fn column(segment: &SegmentReader, name: &str) -> Result<Column<u64>, SearchError> {
    Ok(match segment.fast_fields().column_opt::<u64>(name)? {
        Some(column) => column,
        None => Column::build_empty_column(segment.max_doc()),
    })
}
