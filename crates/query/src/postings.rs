//! A cursor over one posting list that can score where it stands, and fill
//! windows of documents many at a time.

mod blocks;
mod lists;
mod scoring;
mod windows;

use std::sync::Arc;

use tantivy::{DocId, DocSet, TERMINATED};

pub(crate) use blocks::read_vint;
use blocks::{At, Blocks, LEN};
pub(crate) use lists::PostingLists;
pub(crate) use scoring::{LengthCodes, Scoring};

use crate::docbits::DocBits;

/// A document's place costs so many times what passing it in a list does.
pub(crate) const LOOK_UP_COST: u64 = 6;

/// A posting list of ranked text, or of a field where presence alone counts.
pub(crate) struct TermCursor {
    blocks: Blocks,
    idx: usize,
    doc: DocId,
    scoring: Option<Scoring>,
    /// Occurrences that do not count: those in the title, when the abstract
    /// alone is asked for.
    minus: Option<Minus>,
    /// A bit for each document of the segment, where the term is frequent and
    /// was so before.
    marks: Option<Arc<DocBits>>,
    /// The best score of the last block, once it is known.
    tail_best: Option<f32>,
}

struct Minus {
    cursor: Box<TermCursor>,
    factor: u32,
}

/// Where a cursor was.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    at: At,
    idx: usize,
    doc: DocId,
    minus: Option<(At, usize, DocId)>,
}

impl TermCursor {
    fn new(blocks: Blocks, scoring: Option<Scoring>, marks: Option<Arc<DocBits>>) -> TermCursor {
        let mut cursor = TermCursor {
            blocks,
            idx: 0,
            doc: 0,
            scoring,
            minus: None,
            marks,
            tail_best: None,
        };
        cursor.doc = cursor.blocks.docs()[0];
        cursor
    }

    /// Leaves out documents in which all occurrences are `factor` times those
    /// of `cursor`.
    pub(crate) fn minus(mut self, cursor: TermCursor, factor: u32) -> TermCursor {
        self.minus = Some(Minus {
            cursor: Box::new(cursor),
            factor,
        });
        self.skip_uncounted();
        self
    }

    /// Documents of the whole list, where that is known without reading it:
    /// not where some are left out.
    pub(crate) fn n_docs(&self) -> Option<u64> {
        self.minus
            .is_none()
            .then(|| u64::from(self.blocks.doc_freq()))
    }

    /// Documents of the whole list.
    pub(crate) fn doc_freq(&self) -> u32 {
        self.blocks.doc_freq()
    }

    /// Shows each document, from where it stands on.
    pub(crate) fn for_each(&mut self, mut each: impl FnMut(DocId)) {
        while self.doc != TERMINATED {
            each(self.doc);
            self.advance();
        }
    }

    /// Occurrences in the current document.
    pub(crate) fn freq(&mut self) -> u32 {
        let all = self.blocks.freq(self.idx);
        let Some(minus) = &mut self.minus else {
            return all;
        };
        if minus.cursor.seek(self.doc) == self.doc {
            all.saturating_sub(minus.factor * minus.cursor.freq())
        } else {
            all
        }
    }

    /// Leaves blocks behind in which no document is as late as `target`. The
    /// cursor is then of use to what takes windows, from `target` on.
    pub(crate) fn pass_to(&mut self, target: DocId) {
        if self.doc < target && self.blocks.last() < target && !self.blocks.is_tail() {
            self.blocks.pass_to(target);
            self.idx = 0;
        }
    }

    /// No document of the list is between `from` and this one.
    pub(crate) fn first_possible(&self, from: DocId) -> DocId {
        if self.doc >= from {
            self.doc
        } else {
            self.blocks.first_possible().max(from)
        }
    }

    pub(crate) fn place(&self) -> Place {
        let minus = self.minus.as_ref().map(|minus| &minus.cursor);
        Place {
            at: self.blocks.at(),
            idx: self.idx,
            doc: self.doc,
            minus: minus.map(|cursor| (cursor.blocks.at(), cursor.idx, cursor.doc)),
        }
    }

    /// Goes back.
    pub(crate) fn return_to(&mut self, place: Place) {
        self.blocks.return_to(place.at);
        self.idx = place.idx;
        self.doc = place.doc;
        if let (Some(minus), Some((at, idx, doc))) = (&mut self.minus, place.minus) {
            minus.cursor.blocks.return_to(at);
            minus.cursor.idx = idx;
            minus.cursor.doc = doc;
        }
    }

    #[inline]
    fn step(&mut self) -> DocId {
        if self.idx + 1 >= LEN {
            if self.blocks.is_tail() {
                self.doc = TERMINATED;
                return TERMINATED;
            }
            self.idx = 0;
            self.blocks.pass();
        } else {
            self.idx += 1;
        }
        self.doc = self.blocks.docs()[self.idx];
        self.doc
    }

    fn skip_uncounted(&mut self) {
        while self.minus.is_some() && self.doc != TERMINATED && self.freq() == 0 {
            self.step();
        }
    }
}

impl DocSet for TermCursor {
    #[inline]
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.step();
        if self.minus.is_some() {
            self.skip_uncounted();
        }
        self.doc
    }

    #[inline]
    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if self.blocks.last() < target && !self.blocks.is_tail() {
            self.blocks.pass_to(target);
            self.idx = 0;
        }
        let idx = self.idx;
        let docs = self.blocks.docs();
        // The next posting is often the one; looking costs nothing.
        self.idx = match docs.get(idx + 1) {
            Some(next) if *next >= target && docs[idx] < target => idx + 1,
            _ => idx + docs[idx..].partition_point(|doc| *doc < target),
        };
        self.settle();
        if self.minus.is_some() {
            self.skip_uncounted();
        }
        self.doc
    }

    #[inline]
    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.blocks.doc_freq()
    }
}

#[cfg(test)]
mod tests;
