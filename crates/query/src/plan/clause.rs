//! Any of some lists, a window of documents at a time.

use tantivy::{DocId, DocSet, TERMINATED};

use crate::docset::Poured;
use crate::phrase::PhraseSet;
use crate::postings::{LOOK_UP_COST, Place, TermCursor};
use crate::wide::{MAX_NARROW, Wide, any_of};
use crate::window::{Bits, Scores};

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

    /// Where the terms are.
    pub(crate) fn places(&self, places: &mut Vec<Place>) {
        places.clear();
        places.extend(self.terms.iter().map(TermCursor::place));
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

    /// Keeps the marked documents in which it holds. Where they are few, they
    /// are looked up; `score` says whether they are then scored on the way, and
    /// all documents that may have got a score are added to `touched`. Whether
    /// that was so.
    pub(crate) fn keep(
        &mut self,
        (base, end): (DocId, DocId),
        max_doc: DocId,
        bits: &mut Bits,
        score: bool,
        scores: &mut Scores,
        touched: &mut Bits,
    ) -> bool {
        let n_marked = u64::from(bits.count());
        let n_postings: u64 = self.terms.iter().map(|t| u64::from(t.size_hint())).sum();
        let share = n_postings * u64::from(end - base) / u64::from(max_doc.max(1));
        let n_lists = self.terms.len() as u64;
        let is_cheap = self.poured.is_none()
            && self.phrases.is_empty()
            && self.terms.iter().all(TermCursor::has_marks);
        if !is_cheap && n_marked * n_lists * LOOK_UP_COST < share + n_lists {
            if score {
                touched.extend(bits);
            }
            let scores = scores.as_mut();
            bits.retain(|offset| {
                let doc = base + offset;
                let mut holds = false;
                for term in &mut self.terms {
                    if term.seek(doc) != doc {
                        continue;
                    }
                    holds = true;
                    if score && let Some(sum) = scores.get_mut(offset as usize) {
                        *sum += f64::from(term.score());
                    }
                }
                let mut poured = self.poured.iter_mut();
                holds |= poured.any(|set| set.seek(doc) == doc);
                holds || self.phrases.iter_mut().any(|phrase| phrase.holds(doc))
            });
            return score;
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
            return false;
        }
        bits.retain(|offset| {
            held.has(offset)
                || self
                    .phrases
                    .iter_mut()
                    .any(|phrase| phrase.holds(base + offset))
        });
        false
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
