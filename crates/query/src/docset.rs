//! Sets of documents put together: any of, all of, everything.

use tantivy::{DocId, DocSet, TERMINATED};

use crate::docbits::DocBits;
use crate::window::Bits;

/// Where a set stands once it has been brought to `target`, which it may have
/// passed: tantivy's sets must not be asked to go back.
pub(crate) fn seek_to(set: &mut dyn DocSet, target: DocId) -> DocId {
    if set.doc() < target {
        set.seek(target)
    } else {
        set.doc()
    }
}

/// Documents in any of some sets.
pub(crate) struct AnyOf {
    sets: Vec<Box<dyn DocSet>>,
    doc: DocId,
}

impl AnyOf {
    pub(crate) fn new(sets: Vec<Box<dyn DocSet>>) -> AnyOf {
        let mut any = AnyOf { sets, doc: 0 };
        any.settle();
        any
    }

    fn settle(&mut self) -> DocId {
        self.doc = self
            .sets
            .iter()
            .map(|set| set.doc())
            .min()
            .unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for AnyOf {
    fn advance(&mut self) -> DocId {
        let doc = self.doc;
        for set in &mut self.sets {
            if set.doc() == doc && doc != TERMINATED {
                set.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        for set in &mut self.sets {
            seek_to(set.as_mut(), target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let sum: u64 = self.sets.iter().map(|set| u64::from(set.size_hint())).sum();
        u32::try_from(sum).unwrap_or(TERMINATED)
    }
}

/// A set kept as its documents, ascending: what many short lists become.
pub(crate) struct Listed {
    docs: Vec<DocId>,
    idx: usize,
}

impl Listed {
    /// From documents in any order, with repeats.
    pub(crate) fn new(mut docs: Vec<DocId>) -> Listed {
        docs.sort_unstable();
        docs.dedup();
        Listed { docs, idx: 0 }
    }
}

impl DocSet for Listed {
    fn advance(&mut self) -> DocId {
        self.idx += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.idx..).unwrap_or_default();
        self.idx += rest.partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.idx).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap_or(TERMINATED)
    }
}

/// A set kept as a bit for each document of a segment: what many short lists
/// become. An eighth of a byte a document.
pub(crate) struct Poured {
    docs: DocBits,
    n_docs: u32,
    doc: DocId,
}

impl Poured {
    pub(crate) fn new(docs: DocBits) -> Poured {
        Poured {
            n_docs: docs.count(),
            doc: docs.next_from(0),
            docs,
        }
    }

    /// Marks those of a window, whose start divides by 64.
    pub(crate) fn mark(&self, base: DocId, bits: &mut Bits) {
        bits.extend_in(base, self.docs.words());
    }
}

impl DocSet for Poured {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.doc = self.docs.next_from(self.doc + 1);
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.docs.next_from(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.n_docs
    }
}

/// Every document of a segment, deleted ones included.
pub(crate) struct Everything {
    doc: DocId,
    max_doc: DocId,
}

impl Everything {
    pub(crate) fn new(max_doc: DocId) -> Everything {
        Everything {
            doc: if max_doc == 0 { TERMINATED } else { 0 },
            max_doc,
        }
    }
}

impl DocSet for Everything {
    fn advance(&mut self) -> DocId {
        let next = self.doc.saturating_add(1);
        self.seek(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = if target < self.max_doc {
            target.max(self.doc)
        } else {
            TERMINATED
        };
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.max_doc
    }
}

/// A condition asked of documents one by one, in ascending order.
pub(crate) trait Test: Send {
    fn accepts(&mut self, doc: DocId) -> bool;
}

/// Documents that are in a set and pass tests, with the other sets sought.
pub(crate) struct AllOf {
    /// Rarest first.
    sets: Vec<Box<dyn DocSet>>,
    tests: Vec<Box<dyn Test>>,
    doc: DocId,
}

impl AllOf {
    /// `sets` must not be empty.
    pub(crate) fn new(mut sets: Vec<Box<dyn DocSet>>, tests: Vec<Box<dyn Test>>) -> AllOf {
        sets.sort_by_key(|set| set.size_hint());
        let mut all = AllOf {
            sets,
            tests,
            doc: 0,
        };
        let first = all.sets.first().map_or(TERMINATED, |set| set.doc());
        all.settle(first);
        all
    }

    fn settle(&mut self, mut doc: DocId) -> DocId {
        'candidates: loop {
            if doc == TERMINATED {
                break;
            }
            for idx in 0..self.sets.len() {
                let at = seek_to(self.sets[idx].as_mut(), doc);
                if at > doc {
                    doc = if idx == 0 || at == TERMINATED {
                        at
                    } else {
                        self.lead(at)
                    };
                    continue 'candidates;
                }
            }
            if self.tests.iter_mut().all(|test| test.accepts(doc)) {
                break;
            }
            doc = match self.sets.first_mut() {
                Some(lead) => lead.advance(),
                None => TERMINATED,
            };
        }
        self.doc = doc;
        doc
    }

    fn lead(&mut self, target: DocId) -> DocId {
        match self.sets.first_mut() {
            Some(lead) => seek_to(lead.as_mut(), target),
            None => TERMINATED,
        }
    }
}

impl DocSet for AllOf {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = match self.sets.first_mut() {
            Some(lead) => lead.advance(),
            None => TERMINATED,
        };
        self.settle(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let next = self.lead(target);
        self.settle(next)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.sets.first().map_or(0, |set| set.size_hint())
    }
}

/// Documents that are not in a set.
pub(crate) struct NotIn(pub(crate) Box<dyn DocSet>);

impl Test for NotIn {
    fn accepts(&mut self, doc: DocId) -> bool {
        seek_to(self.0.as_mut(), doc) != doc
    }
}
