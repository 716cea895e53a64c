//! Any of some lists, a window of documents at a time.

use tantivy::{DocId, DocSet, TERMINATED};

use crate::docset::Poured;
use crate::phrase::PhraseSet;
use crate::postings::{LOOK_UP_COST, TermCursor};
use crate::wide::{MAX_NARROW, Wide, any_of};
use crate::window::Bits;

/// Any of some terms and phrases.
#[derive(Default)]
pub(crate) struct Clause {
    pub(crate) terms: Vec<TermCursor>,
    /// Short lists that score nothing, where there are many.
    pub(crate) poured: Option<Poured>,
    pub(crate) phrases: Vec<PhraseSet>,
}

impl Clause {
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.phrases.is_empty() && self.poured.is_none()
    }

    /// What reading all of it costs, in postings.
    pub(crate) fn cost(&self) -> u64 {
        let terms = self.terms.iter().map(|term| u64::from(term.size_hint()));
        let phrases = self
            .phrases
            .iter()
            .map(|set| 8 * u64::from(set.size_hint()));
        let poured = self.poured.iter().map(|set| u64::from(set.size_hint()));
        terms.chain(phrases).chain(poured).sum()
    }

    /// The first document from `target` on. Phrases only say where they may be.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        let mut first = TERMINATED;
        for term in &mut self.terms {
            first = first.min(term.next_from(target));
        }
        if let Some(set) = &mut self.poured {
            first = first.min(set.seek(target));
        }
        for phrase in &mut self.phrases {
            first = first.min(phrase.seek_candidate(target));
        }
        first
    }

    /// Marks the documents of a window.
    pub(crate) fn mark(&mut self, base: DocId, end: DocId, bits: &mut Bits) {
        for term in &mut self.terms {
            term.mark(base, end, bits);
        }
        if let Some(set) = &self.poured {
            set.mark(base, bits);
        }
        for phrase in &mut self.phrases {
            phrase.mark_in(base, end, bits);
        }
    }

    /// Adds the documents from `base` to `end`, ascending, to none.
    pub(crate) fn list(&mut self, base: DocId, end: DocId, docs: &mut Vec<DocId>) {
        for term in &mut self.terms {
            term.list(base, end, docs);
        }
        if let Some(set) = &mut self.poured {
            let mut doc = set.seek(base);
            while doc < end {
                docs.push(doc);
                doc = set.advance();
            }
        }
        if self.terms.len() + usize::from(self.poured.is_some()) > 1 {
            docs.sort_unstable();
            docs.dedup();
        }
        for phrase in &mut self.phrases {
            let n_known = docs.len();
            phrase.list(base, end, docs);
            if docs.len() > n_known {
                docs.sort_unstable();
            }
        }
    }

    /// Whether it holds in a document; documents must ascend.
    pub(crate) fn holds(&mut self, doc: DocId) -> bool {
        let mut poured = self.poured.iter_mut();
        self.terms.iter_mut().any(|term| term.holds(doc))
            || poured.any(|set| set.seek(doc) == doc)
            || self.phrases.iter_mut().any(|phrase| phrase.holds(doc))
    }

    /// Keeps the marked documents in which it holds, about `n_marked`; where they
    /// are few, they are looked up. How many are left, where that is known.
    pub(crate) fn keep(
        &mut self,
        (base, end): (DocId, DocId),
        max_doc: DocId,
        bits: &mut Bits,
        n_marked: u64,
    ) -> Option<u32> {
        let n_postings: u64 = self.terms.iter().map(|t| u64::from(t.size_hint())).sum();
        let share = n_postings * u64::from(end - base) / u64::from(max_doc.max(1));
        let n_lists = self.terms.len() as u64;
        let is_cheap = self.poured.is_none()
            && self.phrases.is_empty()
            && self.terms.iter().all(TermCursor::has_marks);
        if !is_cheap && n_marked * n_lists * LOOK_UP_COST < share + n_lists {
            return Some(bits.retain(|offset| self.holds(base + offset)));
        }
        let mut held = Bits::none();
        for term in &mut self.terms {
            term.mark(base, end, &mut held);
        }
        if let Some(set) = &self.poured {
            set.mark(base, &mut held);
        }
        let may_stand = |phrase: &PhraseSet| phrase.next_candidate() < end;
        for phrase in &mut self.phrases {
            phrase.seek_candidate(base);
        }
        if !self.phrases.iter().any(may_stand) {
            bits.keep(&held);
            return None;
        }
        Some(bits.retain(|offset| {
            let mut phrases = self.phrases.iter_mut();
            held.has(offset) || phrases.any(|phrase| phrase.holds(base + offset))
        }))
    }

    /// All of it as one set.
    pub(crate) fn into_docset(self) -> Box<dyn DocSet> {
        if self.terms.len() + self.phrases.len() > MAX_NARROW {
            let poured = self.poured.into_iter();
            let sets = poured.map(|set| Box::new(set) as Box<dyn DocSet>);
            return Box::new(Wide::new(self.terms, sets.collect(), self.phrases));
        }
        let mut sets: Vec<Box<dyn DocSet>> = Vec::new();
        if let Some(set) = self.poured {
            sets.push(Box::new(set));
        }
        for phrase in self.phrases {
            sets.push(Box::new(phrase.settled()));
        }
        for term in self.terms {
            sets.push(Box::new(term));
        }
        if sets.len() == 1 {
            return sets.remove(0);
        }
        any_of(sets)
    }
}
