//! Any clause holds: the best documents without looking at all of them.
//!
//! MaxScore (Turtle and Flood, *Query Evaluation: Strategies and
//! Optimizations*, 1995) in windows of documents, as Lucene 10 does it: terms
//! that cannot bring a document among the best on their own are only looked
//! up; the others fill a window of scores, list by list.

use tantivy::{DocId, DocSet, TERMINATED};

use super::{Order, Top};
use crate::docset::Test;
use crate::postings::TermCursor;

/// Documents in a window: its scores fit the first-level cache.
const WINDOW: usize = 4_096;

/// Upper bounds are held against rounded scores: a grain is given away.
const GRAIN: f64 = 1.0 + 1e-6;

/// Any of some terms, with conditions, over one segment.
pub(crate) struct Disjunction {
    /// Documents come from these.
    pub(crate) terms: Vec<TermCursor>,
    /// And from these, at no score.
    pub(crate) sets: Vec<Box<dyn DocSet>>,
    /// These add to scores.
    pub(crate) scorers: Vec<TermCursor>,
    pub(crate) tests: Vec<Box<dyn Test>>,
}

/// Puts the best documents into `top`.
pub(crate) fn disjunction(mut query: Disjunction, order: &Order, top: &mut Top) {
    query
        .terms
        .sort_by(|a, b| a.max_score().total_cmp(&b.max_score()));
    // What the lists up to each one can add together, and the scorers.
    let extra: f64 = query.scorers.iter().map(|s| f64::from(s.max_score())).sum();
    let mut bounds = Vec::with_capacity(query.terms.len());
    let mut sum = extra;
    for term in &query.terms {
        sum += f64::from(term.max_score());
        bounds.push(sum * GRAIN);
    }
    let mut window = Window::new();
    let mut start = next_doc(&query, 0);
    while start != TERMINATED {
        let base = start - start % WINDOW as DocId;
        let end = base.saturating_add(WINDOW as DocId);
        let threshold = f64::from(top.threshold());
        // Lists below this one cannot bring a document in by themselves.
        // Nor can the sets, once what is among the best scores by more than
        // the scorers.
        let sets_matter =
            !query.sets.is_empty() && (order.date.is_some() || extra * GRAIN >= threshold);
        let essential = if !sets_matter && order.date.is_none() {
            bounds
                .iter()
                .take_while(|bound| **bound < threshold)
                .count()
        } else {
            0
        };
        if essential == query.terms.len() && !sets_matter {
            return;
        }
        let rest = if essential == 0 {
            extra * GRAIN
        } else {
            bounds[essential - 1]
        };
        let (looked_up, leading) = query.terms.split_at_mut(essential);
        let alone = leading.len() == 1 && !sets_matter && order.date.is_none();
        for term in leading.iter_mut() {
            let mut doc = if term.doc() < base {
                term.seek(base)
            } else {
                term.doc()
            };
            while doc < end {
                if alone
                    && term.is_at_block_start()
                    && (f64::from(term.block_max_score()) + rest) * GRAIN < threshold
                {
                    doc = term.skip_block();
                    continue;
                }
                window.add(doc - base, f64::from(term.score()));
                doc = term.advance();
            }
        }
        for set in query.sets.iter_mut().filter(|_| sets_matter) {
            if set.doc() < base {
                set.seek(base);
            }
            while set.doc() < end {
                window.add(set.doc() - base, 0.0);
                set.advance();
            }
        }
        window.drain(|offset, mut score| {
            let doc = base + offset;
            let by_score = order.date.is_none();
            let threshold = f64::from(top.threshold());
            if by_score && (score + rest) * GRAIN < threshold {
                return;
            }
            if !query.tests.iter_mut().all(|test| test.accepts(doc)) {
                return;
            }
            for idx in (0..looked_up.len()).rev() {
                if by_score && (score + bounds[idx]) * GRAIN < threshold {
                    return;
                }
                score += score_at(&mut looked_up[idx], doc);
            }
            for scorer in &mut query.scorers {
                score += score_at(scorer, doc);
            }
            #[expect(clippy::cast_possible_truncation, reason = "the score is an f32")]
            top.push(score as f32, doc, order);
        });
        start = leading
            .iter()
            .map(|term| term.doc())
            .chain(
                query
                    .sets
                    .iter()
                    .filter(|_| sets_matter)
                    .map(|set| set.doc()),
            )
            .min()
            .unwrap_or(TERMINATED);
    }
}

fn next_doc(query: &Disjunction, from: DocId) -> DocId {
    let terms = query.terms.iter().map(|term| term.doc());
    let sets = query.sets.iter().map(|set| set.doc());
    terms.chain(sets).min().unwrap_or(TERMINATED).max(from)
}

#[inline]
fn score_at(term: &mut TermCursor, doc: DocId) -> f64 {
    if term.doc() < doc {
        term.seek(doc);
    }
    if term.doc() == doc {
        f64::from(term.score())
    } else {
        0.0
    }
}

/// Scores of a run of documents, and which of them were met.
struct Window {
    scores: Box<[f64; WINDOW]>,
    met: [u64; WINDOW / 64],
}

impl Window {
    fn new() -> Window {
        Window {
            scores: Box::new([0.0; WINDOW]),
            met: [0; WINDOW / 64],
        }
    }

    #[inline]
    fn add(&mut self, offset: u32, score: f64) {
        let idx = offset as usize;
        self.scores[idx] += score;
        self.met[idx / 64] |= 1 << (idx % 64);
    }

    /// Shows each document met, ascending, and forgets it.
    #[inline]
    fn drain(&mut self, mut each: impl FnMut(u32, f64)) {
        for (word_idx, word) in self.met.iter_mut().enumerate() {
            let mut bits = std::mem::take(word);
            while bits != 0 {
                let idx = word_idx * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let score = std::mem::take(&mut self.scores[idx]);
                #[expect(clippy::cast_possible_truncation, reason = "below the window")]
                each(idx as u32, score);
            }
        }
    }
}
