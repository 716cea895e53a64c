//! Exact counts of field values over a whole result.
//!
//! Years are counted by value. Venues and categories are counted by their
//! number in each segment's dictionary and put together by name; `authors`
//! has the authors.
//!
//! A work that matches in several versions counts once for each value that any
//! of these has, as it is one hit of a search that asks for the value.

mod authors;
mod keys;
mod lookup;
mod numbers;
mod rows;

use abs_record::Field;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocId;
use tantivy::columnar::{Column, StrColumn};
use xxhash_rust::xxh3::xxh3_64;

use self::authors::AuthorCounts;
pub(crate) use self::lookup::AuthorKeys;
use self::lookup::authors_named;
pub(crate) use self::numbers::NumbersOnDemand;
use crate::error::SearchError;
use crate::results::{Facet, FacetRequest, FacetValue};
use crate::snapshot::Snapshot;

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
    Author(Box<AuthorCounts>),
}

impl FacetCounter {
    pub(crate) fn for_requests(
        snapshot: &Snapshot,
        requests: &[FacetRequest],
    ) -> Result<FacetCounter, SearchError> {
        let counts = requests
            .iter()
            .map(|request| {
                Ok(Counts {
                    request: request.clone(),
                    kind: Kind::of(snapshot, request)?,
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
        snapshot: &Snapshot,
        segment_idx: usize,
    ) -> Result<(), SearchError> {
        for counts in &mut self.counts {
            counts
                .kind
                .enter(snapshot, segment_idx, &mut counts.counted)?;
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

    pub(crate) fn finish(self) -> Result<Vec<Facet>, SearchError> {
        self.counts.into_iter().map(Counts::finish).collect()
    }
}

impl Kind {
    fn of(snapshot: &Snapshot, request: &FacetRequest) -> Result<Kind, SearchError> {
        let name = |name| Kind::Name {
            name,
            column: None,
            of_segment: FxHashMap::default(),
            of_versions: Vec::new(),
            counts: FxHashMap::default(),
        };
        Ok(match request.field {
            Field::Year => Kind::Number {
                name: "year",
                column: None,
                counts: FxHashMap::default(),
            },
            Field::Venue => name("venue_name"),
            Field::Category => name("category_name"),
            Field::Author => {
                let only = match request.prefix.trim() {
                    "" => None,
                    typed => Some(authors_named(snapshot, typed)?),
                };
                Kind::Author(Box::new(AuthorCounts::new(snapshot, only)))
            }
            field => return Err(SearchError::NoFacet(field.name())),
        })
    }

    fn enter(
        &mut self,
        snapshot: &Snapshot,
        segment_idx: usize,
        counted: &mut FxHashSet<(u32, u64)>,
    ) -> Result<(), SearchError> {
        let segment = &snapshot.segments()[segment_idx];
        match self {
            Kind::Number {
                name, column: c, ..
            } => *c = Some(snapshot.column(segment_idx, name)?),
            Kind::Name { name, .. } => {
                let next = segment.fast_fields().str(name)?;
                self.put_together(counted)?;
                if let Kind::Name { column, .. } = self {
                    *column = next;
                }
            }
            Kind::Author(counts) => counts.enter(segment_idx)?,
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
            Kind::Author(counts) => counts.count(doc),
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
            Kind::Author(counts) => counts.count_version(doc, work),
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
    fn finish(mut self) -> Result<Facet, SearchError> {
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
            Kind::Author(counts) => return counts.finish(top),
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
