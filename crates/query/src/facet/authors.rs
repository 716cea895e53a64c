//! Counting authors, of whom there may be millions: by the hash of their key,
//! which is the same in every segment. Only the names of the winners are
//! looked up.

use abs_record::{Author, Field};
use abs_schema::fields::{KEY_END, author_key_hash, author_value_display};
use rustc_hash::FxHashSet;
use tantivy::DocId;
use tantivy::columnar::column_index::{MultiValueIndex, Set};
use tantivy::columnar::{Column, ColumnIndex};

use super::keys::{Best, Entry, KeyCounts};
use crate::error::SearchError;
use crate::results::{Facet, FacetValue};
use crate::snapshot::{Snapshot, column};

/// Documents whose authors are read at once.
const BLOCK: usize = 256;
/// Authors of one record that are compared with one another; more are sorted.
const FEW_AUTHORS: usize = 24;

/// The authors of some records, counted.
pub(super) struct AuthorCounts {
    column: Option<Column<u64>>,
    /// Documents of all segments before this one: a place is the number of a
    /// document among those of all segments.
    base: u32,
    /// Documents of the segment to be counted.
    block: Vec<DocId>,
    rows: Rows,
    values: Vec<u64>,
    counts: KeyCounts,
    /// Only these are counted.
    only: Option<FxHashSet<u64>>,
}

impl AuthorCounts {
    pub(super) fn new(only: Option<FxHashSet<u64>>) -> AuthorCounts {
        AuthorCounts {
            column: None,
            base: 0,
            block: Vec::with_capacity(BLOCK),
            rows: Rows::default(),
            values: Vec::new(),
            counts: KeyCounts::default(),
            only,
        }
    }

    /// Documents that follow are of this segment.
    pub(super) fn enter(
        &mut self,
        snapshot: &Snapshot,
        segment_idx: usize,
    ) -> Result<(), SearchError> {
        self.flush();
        let segments = snapshot.segments();
        self.base = segments[..segment_idx]
            .iter()
            .fold(0, |base: u32, s| base.saturating_add(s.max_doc()));
        self.column = Some(column(&segments[segment_idx], "author_key")?);
        Ok(())
    }

    #[inline]
    pub(super) fn count(&mut self, doc: DocId) {
        self.block.push(doc);
        if self.block.len() == BLOCK {
            self.flush();
        }
    }

    pub(super) fn count_version(&mut self, doc: DocId, work: u32) {
        if let Some(column) = &self.column {
            for key in column.values_for_doc(doc) {
                if self.only.as_ref().is_none_or(|only| only.contains(&key)) {
                    self.counts.add_version(key, work, self.base + doc);
                }
            }
        }
    }

    /// Reads the block's authors, those of neighbouring documents in one go.
    fn flush(&mut self) {
        let Some(column) = &self.column else {
            return;
        };
        self.values.clear();
        self.rows.find(column, &mut self.block);
        let rows = self.rows.starts.iter().zip(&self.rows.ends);
        let mut rows = rows.map(|(start, end)| (*start, *end)).peekable();
        while let Some((start, mut end)) = rows.next() {
            while let Some((_, next)) = rows.next_if(|next| next.0 == end) {
                end = next;
            }
            let n_before = self.values.len();
            self.values.resize(n_before + (end - start) as usize, 0);
            let values = &mut self.values[n_before..];
            column.values.get_range(u64::from(start), values);
        }
        let mut values = self.values.as_mut_slice();
        let lengths = self.rows.starts.iter().zip(&self.rows.ends);
        let lengths = lengths.map(|(start, end)| (end - start) as usize);
        for (doc, length) in self.block.iter().zip(lengths) {
            let (of_doc, rest) = values.split_at_mut(length);
            values = rest;
            let place = self.base + doc;
            let counts = &mut self.counts;
            let mut add = |key: u64| match &self.only {
                Some(only) if !only.contains(&key) => (),
                _ => counts.add(key, place),
            };
            // Two authors of a record may have the same key.
            if of_doc.len() <= FEW_AUTHORS {
                for (idx, key) in of_doc.iter().enumerate() {
                    if !of_doc[..idx].contains(key) {
                        add(*key);
                    }
                }
            } else {
                of_doc.sort_unstable();
                for same in of_doc.chunk_by(|a, b| a == b) {
                    add(same[0]);
                }
            }
        }
        self.block.clear();
    }

    /// The authors of most records, by their commonest spelling.
    pub(super) fn finish(mut self, snapshot: &Snapshot, top: usize) -> Result<Facet, SearchError> {
        self.flush();
        let mut n_values = 0;
        // Which of those that tie make the cut is left to the key's hash: it
        // is the same in every index.
        let mut best = Best::new(top);
        self.counts.finish(|entry| {
            n_values += 1;
            best.push(entry);
        });
        let mut values = named(snapshot, best.into_sorted())?;
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        Ok(Facet {
            field: Field::Author,
            values,
            n_values,
        })
    }
}

/// Where the values of documents are in a column.
#[derive(Default)]
struct Rows {
    /// By document: its place among those that have values.
    ranks: Vec<u32>,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Rows {
    /// Of those documents that have any: the others are taken out.
    fn find(&mut self, column: &Column<u64>, docs: &mut Vec<DocId>) {
        self.ranks.clear();
        self.starts.clear();
        self.ends.clear();
        let ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(index)) = &column.index
        else {
            for doc in docs.iter() {
                let rows = column.index.value_row_ids(*doc);
                self.starts.push(rows.start);
                self.ends.push(rows.end);
            }
            return;
        };
        // All at once: a call for each would be most of the cost.
        docs.retain(|doc| match index.optional_index.rank_if_exists(*doc) {
            Some(rank) => {
                self.ranks.push(rank);
                true
            }
            None => false,
        });
        self.starts.resize(docs.len(), 0);
        self.ends.resize(docs.len(), 0);
        let column = &index.start_index_column;
        column.get_vals(&self.ranks, &mut self.starts);
        for rank in &mut self.ranks {
            *rank += 1;
        }
        column.get_vals(&self.ranks, &mut self.ends);
    }
}

/// Looks the names up, in one record of each author.
fn named(snapshot: &Snapshot, mut best: Vec<Entry>) -> Result<Vec<FacetValue>, SearchError> {
    let mut values = Vec::with_capacity(best.len());
    best.sort_by_key(|entry| entry.place);
    for of_record in best.chunk_by(|a, b| a.place == b.place) {
        let Some((segment_idx, doc)) = document(snapshot, of_record[0].place) else {
            continue;
        };
        let record = snapshot.record(segment_idx, doc)?;
        let keys = column(&snapshot.segments()[segment_idx], "author_key")?;
        // Authors and their keys are in the same order, so that the key of one
        // author is made, not of all three thousand.
        let keys: Vec<u64> = keys.values_for_doc(doc).collect();
        for entry in of_record {
            let is_his = |author: &&Author| author_key_hash(&author.key()) == entry.key;
            let place = keys.iter().position(|key| *key == entry.key);
            let author = place
                .and_then(|place| record.authors.get(place))
                .filter(is_his)
                .or_else(|| record.authors.iter().find(is_his));
            if let Some(author) = author {
                values.push(FacetValue {
                    value: commonest_spelling(snapshot, author)?,
                    count: u64::from(entry.count),
                });
            }
        }
    }
    Ok(values)
}

fn commonest_spelling(snapshot: &Snapshot, author: &Author) -> Result<String, SearchError> {
    let field = snapshot.fields.author_name;
    let spellings = snapshot.expand(field, &format!("{}{KEY_END}", author.key()), 1, |_| true)?;
    let commonest = spellings.terms.first();
    Ok(commonest.map_or_else(|| author.display(), |term| author_value_display(&term.text)))
}

/// The segment and the document of a place.
fn document(snapshot: &Snapshot, place: u32) -> Option<(usize, DocId)> {
    let mut doc = place;
    for (segment_idx, segment) in snapshot.segments().iter().enumerate() {
        if doc < segment.max_doc() {
            return Some((segment_idx, doc));
        }
        doc -= segment.max_doc();
    }
    None
}
