//! Many lists as one: the documents of a window at a time, list by list, so that
//! a posting costs the same beside three lists or three thousand.

use tantivy::{DocId, DocSet, TERMINATED};

use crate::docset::seek_to;
use crate::phrase::PhraseSet;
use crate::postings::TermCursor;
use crate::window::{Bits, window_of};

/// More lists than this are taken together: below, asking each is quicker than
/// clearing a window.
pub(crate) const MAX_NARROW: usize = 12;

/// Any of many terms, sets and phrases.
pub(crate) struct Wide {
    terms: Vec<TermCursor>,
    sets: Vec<Box<dyn DocSet>>,
    phrases: Vec<PhraseSet>,
    /// The window's first document, and the first beyond it.
    base: DocId,
    end: DocId,
    met: Bits,
    doc: DocId,
    size: u32,
}

impl Wide {
    /// Standing at the first document of any.
    pub(crate) fn new(
        terms: Vec<TermCursor>,
        sets: Vec<Box<dyn DocSet>>,
        phrases: Vec<PhraseSet>,
    ) -> Wide {
        let of_terms = terms.iter().map(|term| u64::from(term.size_hint()));
        let of_sets = sets.iter().map(|set| u64::from(set.size_hint()));
        let of_phrases = phrases.iter().map(|set| u64::from(set.size_hint()));
        let size = of_terms.chain(of_sets).chain(of_phrases).sum::<u64>();
        let mut wide = Wide {
            terms,
            sets,
            phrases,
            base: 0,
            end: 0,
            met: Bits::none(),
            doc: 0,
            size: u32::try_from(size).unwrap_or(TERMINATED),
        };
        wide.settle(0);
        wide
    }

    /// Stands at the first document from `target` on.
    fn settle(&mut self, target: DocId) -> DocId {
        let mut target = target;
        loop {
            if target >= self.end {
                let terms = self.terms.iter_mut().map(|term| term.next_from(target));
                let sets = self.sets.iter().map(|set| set.doc());
                let phrases = self.phrases.iter().map(PhraseSet::next_candidate);
                let next = terms.chain(sets).chain(phrases).min();
                // The lists stand where the last window ended.
                target = target.max(next.unwrap_or(TERMINATED));
                if target == TERMINATED {
                    self.doc = TERMINATED;
                    return TERMINATED;
                }
                self.fill(target);
            }
            if let Some(doc) = self.next_met(target) {
                self.doc = doc;
                return doc;
            }
            target = self.end;
        }
    }

    /// Reads the window that `target` is in.
    fn fill(&mut self, target: DocId) {
        (self.base, self.end) = window_of(target);
        self.met.clear();
        for term in &mut self.terms {
            term.mark(self.base, self.end, &mut self.met);
        }
        for set in &mut self.sets {
            let mut doc = seek_to(set.as_mut(), self.base);
            while doc < self.end {
                self.met.set(doc.wrapping_sub(self.base));
                doc = set.advance();
            }
        }
        for phrase in &mut self.phrases {
            phrase.mark_in(self.base, self.end, &mut self.met);
        }
    }

    /// The first document of the window from `target` on.
    fn next_met(&self, target: DocId) -> Option<DocId> {
        let offset = self.met.first_from(target - self.base)?;
        Some(self.base + offset)
    }
}

impl DocSet for Wide {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.settle(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target == TERMINATED {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        self.settle(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.size
    }
}

/// Any of some sets, as suits their number.
pub(crate) fn any_of(sets: Vec<Box<dyn DocSet>>) -> Box<dyn DocSet> {
    if sets.len() > MAX_NARROW {
        Box::new(Wide::new(Vec::new(), sets, Vec::new()))
    } else {
        Box::new(crate::docset::AnyOf::new(sets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docset::Listed;
    use proptest::prelude::*;

    fn listed(docs: &[u32]) -> Box<dyn DocSet> {
        Box::new(Listed::new(docs.to_vec()))
    }

    proptest! {
        #[test]
        fn is_the_union_of_its_sets(
            lists in proptest::collection::vec(proptest::collection::vec(0_u32..20_000, 0..30), 0..20),
            targets in proptest::collection::vec(0_u32..21_000, 0..20),
        ) {
            let sets = || lists.iter().map(|docs| listed(docs)).collect();
            let mut expected: Vec<u32> = lists.iter().flatten().copied().collect();
            expected.sort_unstable();
            expected.dedup();
            let mut wide = Wide::new(Vec::new(), sets(), Vec::new());
            let mut found = Vec::new();
            while wide.doc() != TERMINATED {
                found.push(wide.doc());
                wide.advance();
            }
            prop_assert_eq!(&found, &expected);
            prop_assert_eq!(wide.advance(), TERMINATED);
            let mut targets = targets.clone();
            targets.sort_unstable();
            let mut wide = Wide::new(Vec::new(), sets(), Vec::new());
            for target in targets {
                let first = expected.iter().find(|doc| **doc >= target);
                prop_assert_eq!(wide.seek(target), first.copied().unwrap_or(TERMINATED));
            }
        }
    }
}
