//! Stages after the base score: the first hits are looked at again.
//!
//! The first [`WINDOW`] hits get bonuses on top of their BM25 score. Each is a
//! feature, brought to 0 to 1 over the window, times its weight, times the
//! distance between the window's best and worst score. So the last of the
//! window never falls below what comes after it, scores fall with the rank, and
//! a score is the sum of its parts. Equal scores keep the order they had.
//!
//! Weights were chosen by coarse grids on the mean of five judged collections.

use std::collections::BTreeMap;

use tantivy::DocId;

use super::Entry;
use super::adjacency::adjacency;
use super::named::named;
use super::neighbours::neighbours;
use super::title::shared_title;
use crate::error::SearchError;
use crate::plan::{Lengths, Planner};
use crate::results::Without;
use crate::snapshot::{IndexTerm, Snapshot};

/// Hits that are looked at again.
pub(crate) const WINDOW: usize = 100;
/// Of [`adjacency`].
const ADJACENCY_WEIGHT: f64 = 0.1;
/// Of [`shared_title`].
const TITLE_WEIGHT: f64 = 0.2;
/// Of [`named`].
const NAMED_WEIGHT: f64 = 1.0;
/// Where nothing comes after the window, bonuses are scaled by at least this
/// share of the first score: two hits that nearly tie must not stay as they are
/// because there are but two.
const MIN_RANGE: f64 = 0.33;
/// Of [`neighbours`].
const NEIGHBOURS_WEIGHT: f64 = 0.35;
/// One word is the name of a thing, and what is like the best hits is not what
/// it asks for.
const NEIGHBOURS_FROM_WORDS: usize = 2;

/// A hit with the parts of its score.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    /// Its score is the sum of the others.
    pub(crate) entry: Entry,
    pub(crate) base: f32,
    pub(crate) bonuses: Vec<(&'static str, f32)>,
}

/// What stages look things up in.
pub(super) struct Context<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) lengths: Lengths,
}

/// Hits as the base score has them.
pub(crate) fn placed(entries: Vec<Entry>) -> Vec<Placed> {
    let place = |entry: Entry| Placed {
        base: entry.score,
        entry,
        bonuses: Vec::new(),
    };
    entries.into_iter().map(place).collect()
}

/// Puts the first hits of a list into their final order. `before` are hits
/// that come before the list, best first.
pub(crate) fn rerank(
    snapshot: &Snapshot,
    lengths: Lengths,
    row: &[IndexTerm],
    names: &[IndexTerm],
    without: Without,
    before: &[Placed],
    hits: &mut [Placed],
) -> Result<(), SearchError> {
    let n = hits.len().min(WINDOW);
    let window = &mut hits[..n];
    let (Some(first), Some(last)) = (window.first(), window.last()) else {
        return Ok(());
    };
    if n < 2 || row.is_empty() {
        return Ok(());
    }
    let range = f64::from(first.base) - f64::from(last.base);
    // Hits that all score the same are told apart by the stages alone.
    let range = if range > 0.0 {
        range
    } else {
        f64::from(first.base)
    };
    let range = if n < WINDOW {
        range.max(f64::from(first.base) * MIN_RANGE)
    } else {
        range
    };
    let context = Context { snapshot, lengths };

    let mut features: Vec<(&'static str, f64, Vec<f64>)> = Vec::new();
    if !without.adjacency && row.len() > 1 {
        let feature = scaled(adjacency(&context, row, window)?);
        features.push((
            "words side by side as in the query",
            ADJACENCY_WEIGHT,
            feature,
        ));
    }
    if !without.titles {
        let feature = shared_title(&context, row, window)?;
        features.push((
            "a title that says what the query says",
            TITLE_WEIGHT,
            feature,
        ));
        let feature = named(&context, row, names, window)?;
        features.push((
            "its authors and its title have every word",
            NAMED_WEIGHT,
            feature,
        ));
    }
    if !without.neighbours && row.len() >= NEIGHBOURS_FROM_WORDS {
        let feature = scaled(neighbours(&context, before, window)?);
        features.push((
            "hits that are like it score well",
            NEIGHBOURS_WEIGHT,
            feature,
        ));
    }
    for (what, weight, feature) in features {
        for (hit, value) in window.iter_mut().zip(feature) {
            #[expect(clippy::cast_possible_truncation, reason = "scores are f32")]
            let bonus = (range * weight * value) as f32;
            if bonus > 0.0 {
                hit.bonuses.push((what, bonus));
            }
        }
    }
    for hit in window.iter_mut() {
        let sum: f64 = hit.bonuses.iter().map(|(_, bonus)| f64::from(*bonus)).sum();
        #[expect(clippy::cast_possible_truncation, reason = "scores are f32")]
        let score = (f64::from(hit.base) + sum) as f32;
        hit.entry.score = score;
    }
    window.sort_by(|a, b| b.entry.score.total_cmp(&a.entry.score));
    Ok(())
}

/// Brought to 0 to 1; all 0 where all are the same.
fn scaled(mut feature: Vec<f64>) -> Vec<f64> {
    let low = feature.iter().copied().fold(f64::INFINITY, f64::min);
    let high = feature.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = high - low;
    for value in &mut feature {
        *value = if range > 0.0 {
            (*value - low) / range
        } else {
            0.0
        };
    }
    feature
}

/// Inverse document frequency as in Lucene's and tantivy's BM25.
pub(super) fn idf(context: &Context<'_>, term: &IndexTerm) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts in a ranking formula")]
    let (n_docs, doc_freq) = (context.snapshot.n_docs as f64, term.doc_freq as f64);
    (1.0 + (n_docs - doc_freq + 0.5).max(0.0) / (doc_freq + 0.5)).ln()
}

impl<'a> Context<'a> {
    pub(super) fn planner(&self, segment_idx: usize) -> Planner<'a> {
        Planner {
            snapshot: self.snapshot,
            lengths: self.lengths,
            segment: &self.snapshot.segments()[segment_idx],
            segment_idx,
        }
    }

    /// Documents of each segment, ascending, with their places in the window.
    pub(super) fn by_segment(&self, window: &[Placed]) -> BTreeMap<usize, Vec<(DocId, usize)>> {
        let mut docs: BTreeMap<usize, Vec<(DocId, usize)>> = BTreeMap::new();
        for (idx, hit) in window.iter().enumerate() {
            let of_segment = docs.entry(hit.entry.segment_idx).or_default();
            of_segment.push((hit.entry.doc, idx));
        }
        docs.values_mut().for_each(|docs| docs.sort_unstable());
        docs
    }

    /// BM25's `k1 (1 - b + b · length / mean)` of a document.
    pub(super) fn saturation(&self, hit: &Placed) -> Result<f64, SearchError> {
        let segment = &self.snapshot.segments()[hit.entry.segment_idx];
        let norms = segment.get_fieldnorms_reader(self.snapshot.fields.text)?;
        let length = f64::from(norms.fieldnorm(hit.entry.doc)) / f64::from(self.lengths.text);
        Ok(1.2 * (0.25 + 0.75 * length))
    }
}
