//! A plan of which all must hold, with the rarest of it in the lead.

use tantivy::{DocId, DocSet, TERMINATED};

use crate::docset::seek_to;
use crate::plan::{Clause, Plan};
use crate::window::Bits;

/// A plan and what leads in it: its first set or its first clause.
pub(super) struct Led<'a> {
    pub(super) plan: Plan<'a>,
    set_leads: bool,
}

impl<'a> Led<'a> {
    pub(super) fn new(mut plan: Plan<'a>) -> Led<'a> {
        plan.clauses.sort_by_key(Clause::cost);
        plan.sets.sort_by_key(|set| set.size_hint());
        let set_leads = match (plan.clauses.first(), plan.sets.first()) {
            (Some(clause), Some(set)) => u64::from(set.size_hint()) < clause.cost(),
            (None, _) => true,
            _ => false,
        };
        Led { plan, set_leads }
    }

    /// Documents of the lead, at most.
    pub(super) fn cost(&self) -> u64 {
        if self.set_leads {
            let set = self.plan.sets.first();
            set.map_or(0, |set| u64::from(set.size_hint()))
        } else {
            self.plan.clauses.first().map_or(0, Clause::cost)
        }
    }

    /// The lead's first document from `target` on.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.set_leads {
            let set = self.plan.sets.first_mut();
            set.map_or(TERMINATED, |set| seek_to(set.as_mut(), target))
        } else {
            let clause = self.plan.clauses.first_mut();
            clause.map_or(TERMINATED, |clause| clause.seek(target))
        }
    }

    /// Marks the lead's documents of a window.
    pub(super) fn mark(&mut self, base: DocId, end: DocId, bits: &mut Bits) {
        if !self.set_leads {
            self.plan.clauses[0].mark(base, end, bits);
            return;
        }
        let set = &mut self.plan.sets[0];
        while set.doc() < end {
            bits.set(set.doc().wrapping_sub(base));
            set.advance();
        }
    }

    /// The lead's documents from `base` to `end`, ascending.
    pub(super) fn list(&mut self, base: DocId, end: DocId, docs: &mut Vec<DocId>) {
        docs.clear();
        if !self.set_leads {
            self.plan.clauses[0].list(base, end, docs);
            return;
        }
        let set = &mut self.plan.sets[0];
        while set.doc() < end {
            docs.push(set.doc());
            set.advance();
        }
    }

    /// The clauses that follow.
    pub(super) fn clauses(&mut self) -> &mut [Clause] {
        &mut self.plan.clauses[usize::from(!self.set_leads)..]
    }

    /// The sets that follow.
    pub(super) fn sets(&mut self) -> &mut [Box<dyn DocSet>] {
        &mut self.plan.sets[usize::from(self.set_leads)..]
    }
}
