//! Counting authors, of whom there may be millions: by the hash of their key,
//! which is the same in every segment. Only the names of the winners are
//! looked up.

use abs_record::{Author, Field};
use abs_schema::fields::{KEY_END, author_key_hash, author_value_display};
use rustc_hash::FxHashSet;
use tantivy::DocId;
use tantivy::columnar::Column;

use super::keys::{Best, Entry, KeyCounts, WorkKeys};
use super::rows::{BLOCK, Rows};
use crate::error::SearchError;
use crate::results::{Facet, FacetValue};
use crate::snapshot::Snapshot;

/// So many documents are counted by key, also where authors have numbers: an
/// array of all would be more to go through than they are.
const FEW_DOCS: usize = if cfg!(test) { 4 } else { 4_096 };

/// The authors of some records, counted.
pub(super) struct AuthorCounts {
    snapshot: Snapshot,
    column: Option<Column<u64>>,
    segment_idx: usize,
    /// Documents of all segments before this one: a place is the number of a
    /// document among those of all segments.
    base: u32,
    /// Documents of the segment to be counted.
    block: Vec<DocId>,
    rows: Rows,
    n_docs: usize,
    counts: KeyCounts,
    /// By number, once there are more than [`FEW_DOCS`] and authors have
    /// numbers; empty before.
    by_number: Vec<u32>,
    /// Of versions of works.
    of_works: WorkKeys,
    /// Only these are counted.
    only: Option<FxHashSet<u64>>,
}

impl AuthorCounts {
    pub(super) fn new(snapshot: &Snapshot, only: Option<FxHashSet<u64>>) -> AuthorCounts {
        AuthorCounts {
            snapshot: snapshot.clone(),
            column: None,
            segment_idx: 0,
            base: 0,
            block: Vec::with_capacity(BLOCK),
            rows: Rows::default(),
            n_docs: 0,
            counts: KeyCounts::default(),
            by_number: Vec::new(),
            of_works: WorkKeys::default(),
            only,
        }
    }

    /// Documents that follow are of this segment.
    pub(super) fn enter(&mut self, segment_idx: usize) -> Result<(), SearchError> {
        self.flush();
        let segments = self.snapshot.segments();
        self.base = segments[..segment_idx]
            .iter()
            .fold(0, |base: u32, s| base.saturating_add(s.max_doc()));
        self.column = Some(self.snapshot.column(segment_idx, "author_key")?);
        self.segment_idx = segment_idx;
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
                if is_wanted(self.only.as_ref(), key) {
                    self.of_works.add(key, work, self.base + doc);
                }
            }
        }
    }

    fn flush(&mut self) {
        let Some(column) = &self.column else {
            return;
        };
        self.n_docs += self.block.len();
        let snapshot = &self.snapshot;
        if self.n_docs > FEW_DOCS
            && let Ok(Some(numbers)) = snapshot.author_numbers.get(snapshot)
        {
            if self.by_number.is_empty() {
                self.by_number.resize(numbers.keys.len(), 0);
                std::mem::take(&mut self.counts).finish(|entry| {
                    if let Some(number) = numbers.of(entry.key) {
                        self.by_number[number as usize] += entry.count;
                    }
                });
            }
            let authors = numbers.segment(self.segment_idx);
            for doc in self.block.drain(..) {
                for number in authors.of(doc) {
                    self.by_number[*number as usize] += 1;
                }
            }
            return;
        }
        self.rows.read(column, &mut self.block, |doc, key| {
            if is_wanted(self.only.as_ref(), key) {
                self.counts.add(key, self.base + doc);
            }
        });
    }

    /// The authors of most records, by their commonest spelling.
    pub(super) fn finish(mut self, top: usize) -> Result<Facet, SearchError> {
        self.flush();
        let snapshot = &self.snapshot;
        let mut n_values = 0;
        // Which of those that tie make the cut is left to the key's hash: it
        // is the same in every index.
        let mut best = Best::new(top);
        let mut take = |entry: Entry| {
            n_values += 1;
            best.push(entry);
        };
        let numbers = snapshot.author_numbers.get(snapshot)?;
        match numbers.filter(|_| !self.by_number.is_empty()) {
            Some(numbers) => {
                self.of_works.finish(|entry| {
                    if let Some(number) = numbers.of(entry.key) {
                        self.by_number[number as usize] += entry.count;
                    }
                });
                for (number, count) in self.by_number.into_iter().enumerate() {
                    let key = numbers.keys[number];
                    if count > 0 && is_wanted(self.only.as_ref(), key) {
                        let place = numbers.places[number];
                        take(Entry { key, count, place });
                    }
                }
            }
            None => {
                snapshot.author_numbers.note(self.n_docs as u64);
                self.of_works.finish(|entry| self.counts.add_many(entry));
                self.counts.finish(take);
            }
        }
        let mut values = named(snapshot, best.into_sorted())?;
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        Ok(Facet {
            field: Field::Author,
            values,
            n_values,
        })
    }
}

fn is_wanted(only: Option<&FxHashSet<u64>>, key: u64) -> bool {
    only.is_none_or(|only| only.contains(&key))
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
        let keys = snapshot.column(segment_idx, "author_key")?;
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
