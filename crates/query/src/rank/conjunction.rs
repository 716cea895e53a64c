//! All clauses hold: the rarest leads, the others are looked up.

use tantivy::{DocId, DocSet, TERMINATED};

use super::{Order, Top};
use crate::plan::{Clause, Plan};

/// Runs a plan to its end: every match is counted and shown to `each`, the
/// best go into `top`. The number of matches.
pub(crate) fn conjunction(
    mut plan: Plan,
    order: &Order,
    top: &mut Top,
    mut each: impl FnMut(DocId),
) -> u64 {
    if plan.nothing {
        return 0;
    }
    plan.clauses.sort_by_key(Clause::cost);
    plan.sets.sort_by_key(|set| set.size_hint());
    let mut lead = Lead::of(&mut plan);
    let mut n_matches = 0;
    let mut doc = lead.doc();
    while doc != TERMINATED {
        if let Some(next) = first_miss(&mut plan, doc) {
            doc = lead.seek(next);
            continue;
        }
        if plan.tests.iter_mut().all(|test| test.accepts(doc)) {
            n_matches += 1;
            each(doc);
            if top.is_wanted() {
                let score = score(&mut plan, &mut lead, doc);
                top.push(score, doc, order);
            }
        }
        doc = lead.seek(doc + 1);
    }
    n_matches
}

/// What goes ahead: a clause or a set, whichever is rarer.
enum Lead {
    Clause(Clause),
    Set(Box<dyn DocSet>),
}

impl Lead {
    fn of(plan: &mut Plan) -> Lead {
        let clause = plan.clauses.first().map(Clause::cost);
        let set = plan.sets.first().map(|set| u64::from(set.size_hint()));
        match (clause, set) {
            (Some(clause), Some(set)) if set < clause => Lead::Set(plan.sets.remove(0)),
            (Some(_), _) => Lead::Clause(plan.clauses.remove(0)),
            (None, _) => Lead::Set(plan.sets.remove(0)),
        }
    }

    fn doc(&self) -> DocId {
        match self {
            Lead::Clause(clause) => clause.doc(),
            Lead::Set(set) => set.doc(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Lead::Clause(clause) => clause.seek(target),
            Lead::Set(set) if set.doc() < target => set.seek(target),
            Lead::Set(set) => set.doc(),
        }
    }
}

/// Where to look on if some follower does not hold at `doc`.
#[inline]
fn first_miss(plan: &mut Plan, doc: DocId) -> Option<DocId> {
    for clause in &mut plan.clauses {
        if !clause.holds(doc) {
            // Phrases know nothing of what comes next; terms do.
            let next = if clause.is_terms_only() || clause.wide.is_some() {
                clause.doc()
            } else {
                doc + 1
            };
            return Some(next.max(doc + 1));
        }
    }
    for set in &mut plan.sets {
        if set.doc() < doc {
            set.seek(doc);
        }
        if set.doc() != doc {
            return Some(set.doc());
        }
    }
    None
}

#[inline]
fn score(plan: &mut Plan, lead: &mut Lead, doc: DocId) -> f32 {
    let mut score = match lead {
        Lead::Clause(clause) => clause.score_at(doc),
        Lead::Set(_) => 0.0,
    };
    for clause in &mut plan.clauses {
        score += clause.score_at(doc);
    }
    for scorer in &mut plan.scorers {
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        if scorer.doc() == doc {
            score += f64::from(scorer.score());
        }
    }
    if let Some(scorers) = &mut plan.wide_scorers {
        score += scorers.score_at(doc);
    }
    #[expect(clippy::cast_possible_truncation, reason = "the score is an f32")]
    let score = score as f32;
    score
}
