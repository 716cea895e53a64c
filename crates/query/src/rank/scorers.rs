//! What lists add to the scores of documents that match.

use tantivy::DocId;

use super::{GRAIN, Order, Top};
use crate::plan::Plan;
use crate::postings::{Place, TermCursor};
use crate::window::Candidates;

/// The lists of a plan that may score in a window of documents.
#[derive(Default)]
pub(super) struct Scorers {
    rows: Vec<Row>,
    /// What all of them can add.
    bound: f64,
}

/// A list and what it can add in the window.
struct Row {
    bound: f64,
    list: List,
}

enum List {
    /// One of a clause, and where it stood before the window was read.
    OfClause(usize, usize, Place),
    /// One that only scores.
    Alone(usize),
}

impl Scorers {
    /// Brings the lists to a window that is about to be read. Whether any
    /// document of it may be among the best.
    pub(super) fn enter(
        &mut self,
        plan: &mut Plan<'_>,
        (base, end): (DocId, DocId),
        top: &Top,
        order: &Order,
    ) -> bool {
        self.rows.clear();
        self.bound = 0.0;
        if !top.is_wanted() {
            return false;
        }
        let threshold = f64::from(top.threshold());
        // Where anything is among the best, blocks need not be looked at.
        let is_known = order.date.is_none() && threshold > 0.0;
        let mut bound_of = |term: &mut TermCursor| {
            term.pass_to(base);
            let bound = f64::from(if is_known {
                term.max_score_until(end)
            } else {
                term.max_score()
            });
            self.bound += bound;
            bound
        };
        for (clause_idx, clause) in plan.clauses.iter_mut().enumerate() {
            for (idx, term) in clause.terms.iter_mut().enumerate() {
                let bound = bound_of(term);
                if bound > 0.0 {
                    let list = List::OfClause(clause_idx, idx, term.place());
                    self.rows.push(Row { bound, list });
                }
            }
        }
        for (idx, term) in plan.scorers.iter_mut().enumerate() {
            let bound = bound_of(term);
            if bound > 0.0 {
                let list = List::Alone(idx);
                self.rows.push(Row { bound, list });
            }
        }
        !is_known || self.bound * GRAIN >= threshold
    }

    /// Scores the window's matches, counted from `base`, and puts the best of
    /// them into `top`: list after list, the one that can add most first, and no
    /// further than a match can still get there.
    pub(super) fn score(
        &mut self,
        plan: &mut Plan<'_>,
        base: DocId,
        candidates: &mut Candidates,
        order: &Order,
        top: &mut Top,
    ) {
        let by_score = order.date.is_none();
        let threshold = f64::from(top.threshold()) / GRAIN;
        self.rows.sort_by(|a, b| b.bound.total_cmp(&a.bound));
        let mut rest = self.bound;
        for row in &self.rows {
            let term = match row.list {
                List::OfClause(clause, idx, place) => {
                    let term = &mut plan.clauses[clause].terms[idx];
                    term.return_to(place);
                    term
                }
                List::Alone(idx) => &mut plan.scorers[idx],
            };
            candidates.add(|offset| term.score_at(base + offset));
            rest -= row.bound;
            if by_score {
                candidates.keep(threshold - rest.max(0.0) * GRAIN);
                if candidates.is_empty() {
                    return;
                }
            }
        }
        candidates.for_each(|offset, score| {
            #[expect(clippy::cast_possible_truncation, reason = "the score is an f32")]
            top.push(score as f32, base + offset, order);
        });
    }
}
