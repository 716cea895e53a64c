//! What is like the best hits.
//!
//! The best few documents are taken to be relevant; the terms that stand out in
//! them, other than the query's own, are looked up in the documents of the
//! window: `sum over terms of weight · BM25`. A term's weight is the sum over
//! the best documents of its BM25 weight there, documents brought to length 1
//! and weighted by their scores (Rocchio, *Relevance feedback in information
//! retrieval*, 1971; BM25 weights as in Robertson and Spärck Jones). A best
//! document is held against the others, not against itself.
//!
//! It takes the place of smoothing over the neighbour graph of the window,
//! which needs a vector of each document: on five judged collections it is as
//! good, and the index keeps nothing for it.

use abs_schema::analyzer::{self, Kind, Lexer, TITLE_WEIGHT};
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{DocSet, TERMINATED};

use super::Entry;
use super::stages::{Context, Placed, idf};
use crate::error::SearchError;
use crate::node::{Leaf, Role};
use crate::snapshot::IndexTerm;

/// Documents taken to be relevant.
pub(super) const N_BEST: usize = 5;
/// Terms of one of them that are weighed, most frequent first.
const TERMS_OF_EACH: usize = 30;
/// Terms looked up, heaviest first.
const N_TERMS: usize = 40;

/// BM25's k1, as in tantivy.
const K1: f64 = 1.2;
/// BM25's b.
const B: f64 = 0.75;

/// One of the best documents: its place and the weights of its terms.
struct Best {
    at: (usize, tantivy::DocId),
    score: f64,
    weights: FxHashMap<String, f64>,
}

/// The feature of each document of the window.
pub(super) fn feedback(
    context: &Context<'_>,
    row: &[IndexTerm],
    best: &[Entry],
    window: &[Placed],
) -> Result<Vec<f64>, SearchError> {
    let mut feature = vec![0.0; window.len()];
    let asked: FxHashSet<&str> = row.iter().map(|term| term.text.as_str()).collect();
    let top = best.iter().map(|e| f64::from(e.score)).fold(0.0, f64::max);
    if top <= 0.0 {
        return Ok(feature);
    }
    let mut known: FxHashMap<String, IndexTerm> = FxHashMap::default();
    let mut documents = Vec::with_capacity(best.len());
    for entry in best.iter().take(N_BEST) {
        documents.push(Best {
            at: (entry.segment_idx, entry.doc),
            score: f64::from(entry.score) / top,
            weights: weights(context, entry, &asked, &mut known)?,
        });
    }

    let mut heaviest: FxHashMap<&str, f64> = FxHashMap::default();
    for document in &documents {
        for (text, weight) in &document.weights {
            *heaviest.entry(text).or_default() += document.score * weight;
        }
    }
    let mut heaviest: Vec<(&str, f64)> = heaviest.into_iter().collect();
    heaviest.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    heaviest.truncate(N_TERMS);

    let everyone: f64 = documents.iter().map(|document| document.score).sum();
    for (text, weight) in heaviest {
        let Some(term) = known.get(text) else {
            continue;
        };
        let leaf = Leaf::new(term.clone(), Role::Matches, 1.0);
        for (segment_idx, docs) in context.by_segment(window) {
            let Some(mut cursor) = context.planner(segment_idx).cursor(&leaf, true)? else {
                continue;
            };
            for (doc, idx) in docs {
                if cursor.seek(doc) == TERMINATED {
                    break;
                }
                if cursor.doc() != doc {
                    continue;
                }
                let own = documents.iter().find(|d| d.at == (segment_idx, doc));
                let (own, others) = own.map_or((0.0, everyone), |document| {
                    let own = document.weights.get(text).copied().unwrap_or_default();
                    (document.score * own, everyone - document.score)
                });
                if others > 0.0 {
                    let weight = (weight - own).max(0.0) / others;
                    feature[idx] += weight * f64::from(cursor.score());
                }
            }
        }
    }
    Ok(feature)
}

/// The terms of a document that say most, as a vector of length 1.
fn weights(
    context: &Context<'_>,
    entry: &Entry,
    asked: &FxHashSet<&str>,
    known: &mut FxHashMap<String, IndexTerm>,
) -> Result<FxHashMap<String, f64>, SearchError> {
    let snapshot = context.snapshot;
    let record = snapshot.record(entry.segment_idx, entry.doc)?;
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    let mut n_tokens = 0;
    let mut word = String::new();
    let abstract_text = record.abstract_text.as_deref().unwrap_or_default();
    for (text, weight) in [(record.title.as_str(), TITLE_WEIGHT), (abstract_text, 1)] {
        let mut lexer = Lexer::new(text);
        while let Some(kind) = lexer.advance() {
            n_tokens += weight;
            word.clear();
            word.push_str(lexer.word().text);
            let is_topic = kind != Kind::Joined && !analyzer::is_question_word(&word);
            if is_topic && !analyzer::stem_in_place(&mut word).stop {
                *counts.entry(word.clone()).or_default() += weight;
            }
        }
    }
    counts.retain(|text, _| !asked.contains(text.as_str()));
    let mut counts: Vec<(String, u32)> = counts.into_iter().collect();
    // Of equally frequent words the longer tend to say more.
    counts.sort_by(|(a, n), (b, m)| m.cmp(n).then(b.len().cmp(&a.len())).then(a.cmp(b)));
    counts.truncate(TERMS_OF_EACH);

    let length = f64::from(n_tokens) / f64::from(context.lengths.text);
    let saturation = K1 * (1.0 - B + B * length);
    let mut weights: FxHashMap<String, f64> = FxHashMap::default();
    let mut sum_of_squares = 0.0;
    for (text, n) in counts {
        let term = match known.get(&text) {
            Some(term) => term,
            None => {
                let term = snapshot.look_up(snapshot.fields.text, &text)?;
                known.entry(text.clone()).or_insert(term)
            }
        };
        // A word of one document leads to no other.
        if term.doc_freq < 2 {
            continue;
        }
        let n = f64::from(n);
        let weight = idf(context, term) * n * (K1 + 1.0) / (n + saturation);
        sum_of_squares += weight * weight;
        weights.insert(text, weight);
    }
    let length = f64::sqrt(sum_of_squares).max(f64::MIN_POSITIVE);
    weights.values_mut().for_each(|weight| *weight /= length);
    Ok(weights)
}
