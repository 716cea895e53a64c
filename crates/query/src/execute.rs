//! A resolved query over all segments: which driver runs where.

use std::sync::Arc;

use abs_schema::works::{SegmentWorks, Works};
use rustc_hash::FxHashSet;
use tantivy::DocSet;

use crate::docset::seek_to;
use crate::docset::{Listed, NotIn, Test};
use crate::error::SearchError;
use crate::facet::FacetCounter;
use crate::node::Node;
use crate::plan::{Lengths, Planner};
use crate::rank::{Entry, Newest, Order, Top, conjunction, disjunction};
use crate::resolve::Resolved;
use crate::results::Sort;
use crate::snapshot::Snapshot;
use crate::versions::{Seen, Tally};

/// What every run needs to know.
pub(crate) struct Execution<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) lengths: Lengths,
    pub(crate) sort: Sort,
    /// Versions of a work are one hit; `None` if each is to be one.
    pub(crate) works: Option<&'a Works>,
}

/// The best of a result, and how many there are.
pub(crate) struct Ranked {
    pub(crate) entries: Vec<Entry>,
    /// Works that match, or records if each is to be a hit.
    pub(crate) total: u64,
    /// Records that match.
    pub(crate) n_records: u64,
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
        let mut seen = Seen::default();
        let mut n_records = 0;
        let mut scoring = Vec::new();
        node.scoring_leaves(&mut scoring);
        let sort = match self.sort {
            // With nothing to score by, newest first says more than chance.
            Sort::Relevance if scoring.is_empty() => Sort::NewestFirst,
            sort => sort,
        };
        for segment_idx in 0..self.snapshot.segments().len() {
            let planner = self.planner(segment_idx);
            let plan = planner.plan(node)?;
            if plan.nothing {
                continue;
            }
            let order = self.order(segment_idx, sort)?;
            facets.enter(self.snapshot, segment_idx)?;
            let mut tally = Tally {
                works: order.works.clone(),
                seen: &mut seen,
                facets,
            };
            let no_work = tally.is_idle() && plan.tests.is_empty() && plan.alive.is_none();
            n_records += if plan.is_union() && !plan.is_short() {
                match plan.n_docs().filter(|_| no_work) {
                    Some(n_docs) => {
                        disjunction(plan, &order, &mut top, None);
                        n_docs
                    }
                    None => disjunction(plan, &order, &mut top, Some(&mut tally)),
                }
            } else {
                conjunction(plan, &order, &mut top, Some(&mut tally))
            };
        }
        Ok(Ranked {
            entries: top.into_sorted(),
            total: n_records - seen.n_again(),
            n_records,
        })
    }

    /// Those of some documents, listed by segment, that match a node.
    pub(crate) fn only(
        &self,
        node: &Node,
        docs: Vec<Vec<tantivy::DocId>>,
    ) -> Result<Vec<Entry>, SearchError> {
        let mut top = Top::new(docs.iter().map(Vec::len).sum());
        for (segment_idx, docs) in docs.into_iter().enumerate() {
            if docs.is_empty() {
                continue;
            }
            let planner = self.planner(segment_idx);
            let mut plan = planner.plan(node)?;
            plan.sets.push(Box::new(Listed::new(docs)));
            let order = self.order(segment_idx, self.sort)?;
            conjunction(plan, &order, &mut top, None);
        }
        Ok(top.into_sorted())
    }

    /// The best records that match any of the words and all that is required,
    /// other than those already found and versions of them.
    pub(crate) fn any(
        &self,
        resolved: &Resolved,
        wanted: usize,
        found: &[Entry],
    ) -> Result<Vec<Entry>, SearchError> {
        let mut top = Top::new(wanted);
        let words = resolved.any_word();
        let required = resolved.narrowing();
        let found_works: FxHashSet<u32> = found.iter().filter_map(|entry| entry.work).collect();
        let found_works = Arc::new(found_works);
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
            if let Some(works) = &order.works {
                plan.tests.push(Box::new(OfOtherWork {
                    works: works.clone(),
                    found: found_works.clone(),
                }));
            }
            disjunction(plan, &order, &mut top, None);
        }
        Ok(top.into_sorted())
    }

    pub(crate) fn planner(&self, segment_idx: usize) -> Planner<'_> {
        Planner {
            snapshot: self.snapshot,
            lengths: self.lengths,
            segment: &self.snapshot.segments()[segment_idx],
            segment_idx,
        }
    }

    fn order(&self, segment_idx: usize, sort: Sort) -> Result<Order, SearchError> {
        let date = match sort {
            Sort::Relevance => None,
            Sort::NewestFirst => Some((self.snapshot.column(segment_idx, "date")?, Newest::First)),
            Sort::OldestFirst => Some((self.snapshot.column(segment_idx, "date")?, Newest::Last)),
        };
        Ok(Order {
            segment_idx,
            tie: self.snapshot.column(segment_idx, "tie")?,
            date,
            works: self
                .works
                .and_then(|works| works.segment(segment_idx))
                .cloned(),
        })
    }
}

/// Documents that are no version of a work already found.
struct OfOtherWork {
    works: Arc<SegmentWorks>,
    found: Arc<FxHashSet<u32>>,
}

impl Test for OfOtherWork {
    fn accepts(&mut self, doc: tantivy::DocId) -> bool {
        let work = self.works.work(doc);
        work.is_none_or(|work| !self.found.contains(&work))
    }
}

/// Documents of a set, asked for one by one.
struct IsIn(Box<dyn DocSet>);

impl Test for IsIn {
    fn accepts(&mut self, doc: tantivy::DocId) -> bool {
        seek_to(self.0.as_mut(), doc) == doc
    }
}
