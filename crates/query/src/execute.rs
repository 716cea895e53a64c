//! A resolved query over all segments: which driver runs where.

use tantivy::DocSet;

use crate::docset::{Listed, NotIn, Test};
use crate::error::SearchError;
use crate::facet::FacetCounter;
use crate::node::Node;
use crate::plan::{Clause, Lengths, Plan, Planner};
use crate::rank::{Disjunction, Entry, Newest, Order, Top, conjunction, disjunction, union};
use crate::resolve::Resolved;
use crate::results::Sort;
use crate::snapshot::{Snapshot, column};

/// What every run needs to know.
pub(crate) struct Execution<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) lengths: Lengths,
    pub(crate) sort: Sort,
}

/// The best of a result, and how many there are.
pub(crate) struct Ranked {
    pub(crate) entries: Vec<Entry>,
    pub(crate) total: u64,
}

impl Execution<'_> {
    /// Records that match a node: all counted, the best `wanted` in order.
    pub(crate) fn all(
        &self,
        node: &Node,
        wanted: usize,
        facets: &mut FacetCounter,
    ) -> Result<Ranked, SearchError> {
        let mut top = Top::new(wanted);
        let mut total = 0;
        let mut scoring = Vec::new();
        node.scoring_leaves(&mut scoring);
        let sort = match self.sort {
            // With nothing to score by, newest first says more than chance.
            Sort::Relevance if scoring.is_empty() => Sort::NewestFirst,
            sort => sort,
        };
        for (segment_idx, segment) in self.snapshot.segments().iter().enumerate() {
            let planner = self.planner(segment_idx);
            let plan = planner.plan(node)?;
            if plan.nothing {
                continue;
            }
            let order = self.order(segment_idx, sort)?;
            facets.enter(segment, segment_idx)?;
            if is_union(&plan) {
                let no_work = facets.is_empty() && plan.tests.is_empty();
                let known = match plan.clauses[0].terms.as_slice() {
                    [term] if no_work => term.n_docs(),
                    _ => None,
                };
                total += match known {
                    Some(n_docs) => n_docs,
                    None => union(planner.plan_unscored(node)?, |doc| facets.count(doc)),
                };
                if wanted > 0 {
                    disjunction(into_disjunction(plan), &order, &mut top);
                }
            } else {
                total += conjunction(plan, &order, &mut top, |doc| facets.count(doc));
            }
        }
        Ok(Ranked {
            entries: top.into_sorted(),
            total,
        })
    }

    /// The best records that match any of the words and all that is required,
    /// other than those already found.
    pub(crate) fn any(
        &self,
        resolved: &Resolved,
        wanted: usize,
        found: &[Entry],
    ) -> Result<Vec<Entry>, SearchError> {
        let mut top = Top::new(wanted);
        let words = Node::any(resolved.words.clone());
        let required = resolved.narrowing();
        for segment_idx in 0..self.snapshot.segments().len() {
            let planner = self.planner(segment_idx);
            let mut plan = planner.plan(&words)?;
            if plan.nothing || matches!(required, Node::Nothing) {
                continue;
            }
            if !matches!(required, Node::Everything) {
                plan.tests.push(Box::new(IsIn(planner.docset(&required)?)));
            }
            let known = found
                .iter()
                .filter(|entry| entry.segment_idx == segment_idx)
                .map(|entry| entry.doc);
            plan.tests
                .push(Box::new(NotIn(Box::new(Listed::new(known.collect())))));
            let order = self.order(segment_idx, self.sort)?;
            disjunction(into_disjunction(plan), &order, &mut top);
        }
        Ok(top.into_sorted())
    }

    fn planner(&self, segment_idx: usize) -> Planner<'_> {
        Planner {
            snapshot: self.snapshot,
            lengths: self.lengths,
            segment: &self.snapshot.segments()[segment_idx],
            segment_idx,
        }
    }

    fn order(&self, segment_idx: usize, sort: Sort) -> Result<Order, SearchError> {
        let segment = &self.snapshot.segments()[segment_idx];
        let date = match sort {
            Sort::Relevance => None,
            Sort::NewestFirst => Some((column(segment, "date")?, Newest::First)),
            Sort::OldestFirst => Some((column(segment, "date")?, Newest::Last)),
        };
        Ok(Order {
            segment_idx,
            tie: column(segment, "tie")?,
            date,
        })
    }
}

/// One clause of terms alone: the best can be found without counting all, and
/// all counted without scoring any. Phrases cost too much to be run twice.
fn is_union(plan: &Plan) -> bool {
    plan.sets.is_empty()
        && plan.clauses.len() == 1
        && plan.clauses.iter().all(Clause::is_terms_only)
}

fn into_disjunction(plan: Plan) -> Disjunction {
    let mut terms = Vec::new();
    let mut sets = plan.sets;
    for clause in plan.clauses {
        terms.extend(clause.terms);
        sets.extend(clause.sets);
        for phrase in clause.phrases {
            sets.push(Box::new(phrase));
        }
    }
    Disjunction {
        terms,
        sets,
        scorers: plan.scorers,
        tests: plan.tests,
    }
}

/// Documents of a set, asked for one by one.
struct IsIn(Box<dyn DocSet>);

impl Test for IsIn {
    fn accepts(&mut self, doc: tantivy::DocId) -> bool {
        if self.0.doc() < doc {
            self.0.seek(doc);
        }
        self.0.doc() == doc
    }
}
