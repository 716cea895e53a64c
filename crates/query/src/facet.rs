//! Exact counts of field values over a whole result.
//!
//! Years are counted by value. Venues and categories are counted by their
//! number in each segment's dictionary and put together by name. Authors, of
//! which there may be millions, are counted by the hash of their key, which is
//! the same in every segment; only the winners' names are looked up.
//!
//! A work that matches in several versions counts once for each value that any
//! of these has, as it is one hit of a search that asks for the value.

use abs_record::Field;
use abs_schema::fields::{KEY_END, author_key_hash, author_value_display, author_value_key};
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

use crate::error::SearchError;
use crate::results::{Facet, FacetRequest, FacetValue};
use crate::snapshot::{Snapshot, column};

/// Counts for all requests of a search.
#[derive(Default)]
pub(crate) struct FacetCounter {
    counts: Vec<Counts>,
    values: Vec<u64>,
}

struct Counts {
    request: FacetRequest,
    kind: Kind,
    /// Works with the values, or the hashes of values, they were counted for.
    counted: FxHashSet<(u32, u64)>,
}

enum Kind {
    Number {
        name: &'static str,
        column: Option<Column<u64>>,
        counts: FxHashMap<u64, u64>,
    },
    Name {
        name: &'static str,
        column: Option<StrColumn>,
        /// By number in the current segment's dictionary.
        of_segment: FxHashMap<u64, u64>,
        /// The same for versions of a work, one by one.
        of_versions: Vec<(u64, u32)>,
        counts: FxHashMap<String, u64>,
    },
    Author {
        column: Option<Column<u64>>,
        segment_idx: usize,
        /// Records, and one of them to look up the name in.
        counts: FxHashMap<u64, (u64, usize, DocId)>,
    },
}

impl FacetCounter {
    pub(crate) fn for_requests(requests: &[FacetRequest]) -> Result<FacetCounter, SearchError> {
        let counts = requests
            .iter()
            .map(|request| {
                Ok(Counts {
                    request: request.clone(),
                    kind: Kind::of(request.field)?,
                    counted: FxHashSet::default(),
                })
            })
            .collect::<Result<_, SearchError>>()?;
        Ok(FacetCounter {
            counts,
            values: Vec::new(),
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Documents that follow are of this segment.
    pub(crate) fn enter(
        &mut self,
        segment: &SegmentReader,
        segment_idx: usize,
    ) -> Result<(), SearchError> {
        for counts in &mut self.counts {
            counts
                .kind
                .enter(segment, segment_idx, &mut counts.counted)?;
        }
        Ok(())
    }

    #[inline]
    pub(crate) fn count(&mut self, doc: DocId) {
        for counts in &mut self.counts {
            counts.kind.count(doc, &mut self.values);
        }
    }

    /// Counts a version of a work for the values no other was counted for.
    pub(crate) fn count_version(&mut self, doc: DocId, work: u32) {
        for counts in &mut self.counts {
            counts
                .kind
                .count_version(doc, work, &mut self.values, &mut counts.counted);
        }
    }

    pub(crate) fn finish(self, snapshot: &Snapshot) -> Result<Vec<Facet>, SearchError> {
        self.counts
            .into_iter()
            .map(|counts| counts.finish(snapshot))
            .collect()
    }
}

impl Kind {
    fn of(field: Field) -> Result<Kind, SearchError> {
        let name = |name| Kind::Name {
            name,
            column: None,
            of_segment: FxHashMap::default(),
            of_versions: Vec::new(),
            counts: FxHashMap::default(),
        };
        Ok(match field {
            Field::Year => Kind::Number {
                name: "year",
                column: None,
                counts: FxHashMap::default(),
            },
            Field::Venue => name("venue_name"),
            Field::Category => name("category_name"),
            Field::Author => Kind::Author {
                column: None,
                segment_idx: 0,
                counts: FxHashMap::default(),
            },
            field => return Err(SearchError::NoFacet(field.name())),
        })
    }

    fn enter(
        &mut self,
        segment: &SegmentReader,
        idx: usize,
        counted: &mut FxHashSet<(u32, u64)>,
    ) -> Result<(), SearchError> {
        match self {
            Kind::Number {
                name, column: c, ..
            } => *c = Some(column(segment, name)?),
            Kind::Name { name, .. } => {
                let next = segment.fast_fields().str(name)?;
                self.put_together(counted)?;
                if let Kind::Name { column, .. } = self {
                    *column = next;
                }
            }
            Kind::Author {
                column: c,
                segment_idx,
                ..
            } => {
                *c = Some(column(segment, "author_key")?);
                *segment_idx = idx;
            }
        }
        Ok(())
    }

    #[inline]
    fn count(&mut self, doc: DocId, values: &mut Vec<u64>) {
        values.clear();
        match self {
            Kind::Number {
                column: Some(column),
                counts,
                ..
            } => {
                if let Some(value) = column.first(doc) {
                    *counts.entry(value).or_default() += 1;
                }
            }
            Kind::Name {
                column: Some(column),
                of_segment,
                ..
            } => {
                values.extend(column.term_ords(doc));
                for value in distinct(values) {
                    *of_segment.entry(*value).or_default() += 1;
                }
            }
            Kind::Author {
                column: Some(column),
                segment_idx,
                counts,
            } => {
                values.extend(column.values_for_doc(doc));
                for value in distinct(values) {
                    counts.entry(*value).or_insert((0, *segment_idx, doc)).0 += 1;
                }
            }
            _ => {}
        }
    }

    fn count_version(
        &mut self,
        doc: DocId,
        work: u32,
        values: &mut Vec<u64>,
        counted: &mut FxHashSet<(u32, u64)>,
    ) {
        values.clear();
        match self {
            Kind::Number {
                column: Some(column),
                counts,
                ..
            } => {
                if let Some(value) = column.first(doc)
                    && counted.insert((work, value))
                {
                    *counts.entry(value).or_default() += 1;
                }
            }
            Kind::Name {
                column: Some(column),
                of_versions,
                ..
            } => {
                of_versions.extend(column.term_ords(doc).map(|ord| (ord, work)));
            }
            Kind::Author {
                column: Some(column),
                segment_idx,
                counts,
            } => {
                for value in column.values_for_doc(doc) {
                    if counted.insert((work, value)) {
                        counts.entry(value).or_insert((0, *segment_idx, doc)).0 += 1;
                    }
                }
            }
            _ => {}
        }
    }

    /// Numbers of the segment just left become names.
    fn put_together(&mut self, counted: &mut FxHashSet<(u32, u64)>) -> Result<(), SearchError> {
        let Kind::Name {
            column: Some(column),
            of_segment,
            of_versions,
            counts,
            ..
        } = self
        else {
            return Ok(());
        };
        // A name has its number in this segment, and its hash in all.
        of_versions.sort_unstable();
        let mut name = String::new();
        for versions in of_versions.chunk_by(|a, b| a.0 == b.0) {
            let ord = versions[0].0;
            name.clear();
            column.ord_to_str(ord, &mut name)?;
            let hash = xxh3_64(name.as_bytes());
            let n_new = versions
                .iter()
                .filter(|(_, work)| counted.insert((*work, hash)))
                .count() as u64;
            let n_others = of_segment.remove(&ord).unwrap_or_default();
            add(counts, &name, n_new + n_others);
        }
        of_versions.clear();
        for (ord, count) in of_segment.drain() {
            name.clear();
            column.ord_to_str(ord, &mut name)?;
            add(counts, &name, count);
        }
        Ok(())
    }
}

impl Counts {
    fn finish(mut self, snapshot: &Snapshot) -> Result<Facet, SearchError> {
        self.kind.put_together(&mut self.counted)?;
        let FacetRequest { field, top, prefix } = self.request;
        let prefix = abs_record::fold::fold(&prefix);
        let starts = |value: &str| abs_record::fold::fold(value).starts_with(&prefix);
        let mut values: Vec<FacetValue> = match self.kind {
            Kind::Number { counts, .. } => counts
                .into_iter()
                .map(|(value, count)| (value.to_string(), count))
                .filter(|(value, _)| starts(value))
                .map(|(value, count)| FacetValue { value, count })
                .collect(),
            Kind::Name { counts, .. } => counts
                .into_iter()
                .filter(|(value, _)| prefix.is_empty() || starts(value))
                .map(|(value, count)| FacetValue { value, count })
                .collect(),
            Kind::Author { counts, .. } => return authors(snapshot, counts, &prefix, top),
        };
        let n_values = values.len() as u64;
        values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        values.truncate(top);
        Ok(Facet {
            field,
            values,
            n_values,
        })
    }
}

/// The authors of most records, by their commonest spelling.
fn authors(
    snapshot: &Snapshot,
    mut counts: FxHashMap<u64, (u64, usize, DocId)>,
    prefix: &str,
    top: usize,
) -> Result<Facet, SearchError> {
    let field = snapshot.fields.author_name;
    if !prefix.is_empty() {
        counts = with_prefix(snapshot, &counts, prefix)?;
    }
    let n_values = counts.len() as u64;
    let mut best: Vec<(u64, u64, usize, DocId)> = counts
        .into_iter()
        .map(|(key, (count, segment_idx, doc))| (count, key, segment_idx, doc))
        .collect();
    // Which of those that tie make the cut is left to the key's hash: it is the
    // same in every index, and names are looked up for the winners alone.
    let by_count = |a: &(u64, u64, usize, DocId), b: &(u64, u64, usize, DocId)| {
        b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1))
    };
    // Few of many: the others need no order.
    if top < best.len() {
        best.select_nth_unstable_by(top, by_count);
        best.truncate(top);
    }
    best.sort_unstable_by(by_count);
    let mut values = Vec::with_capacity(best.len());
    for (count, key, segment_idx, doc) in best {
        let record = snapshot.record(segment_idx, doc)?;
        let author = record
            .authors
            .iter()
            .find(|author| author_key_hash(&author.key()) == key);
        let Some(author) = author else { continue };
        let spellings =
            snapshot.expand(field, &format!("{}{KEY_END}", author.key()), 1, |_| true)?;
        let commonest = spellings.terms.first();
        let value =
            commonest.map_or_else(|| author.display(), |term| author_value_display(&term.text));
        values.push(FacetValue { value, count });
    }
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    Ok(Facet {
        field: Field::Author,
        values,
        n_values,
    })
}

/// Counts of the authors whose key starts so. The dictionary is read from the
/// first such key to the last: nothing is kept of it but what is counted.
fn with_prefix(
    snapshot: &Snapshot,
    counts: &FxHashMap<u64, (u64, usize, DocId)>,
    prefix: &str,
) -> Result<FxHashMap<u64, (u64, usize, DocId)>, SearchError> {
    let mut kept = FxHashMap::default();
    for segment in snapshot.segments() {
        let names = segment.inverted_index(snapshot.fields.author_name)?;
        let mut terms = names.terms().range().ge(prefix.as_bytes()).into_stream()?;
        while terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
            let Ok(value) = std::str::from_utf8(terms.key()) else {
                continue;
            };
            let key = author_key_hash(author_value_key(value));
            if let Some(count) = counts.get(&key) {
                kept.insert(key, *count);
            }
        }
    }
    Ok(kept)
}

fn add(counts: &mut FxHashMap<String, u64>, name: &str, count: u64) {
    match counts.get_mut(name) {
        Some(sum) => *sum += count,
        // Other versions may have been counted for it, in another segment.
        None if count > 0 => {
            counts.insert(name.to_owned(), count);
        }
        None => {}
    }
}

/// Values without repeats: a record counts once for each.
fn distinct(values: &mut Vec<u64>) -> &[u64] {
    values.sort_unstable();
    values.dedup();
    values
}
