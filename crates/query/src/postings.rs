//! A cursor over one posting list that can score where it stands, and fill
//! windows of documents many at a time.

mod blocks;
mod lists;

use std::sync::Arc;

use tantivy::directory::OwnedBytes;
use tantivy::query::Bm25Weight;
use tantivy::{DocId, DocSet, TERMINATED};

pub(crate) use blocks::read_vint;
use blocks::{At, Best, Blocks, LEN};
pub(crate) use lists::PostingLists;

use crate::docbits::DocBits;
use crate::window::Bits;

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

/// BM25 as tantivy computes it, k1 1.2 and b 0.75 (Robertson and Zaragoza,
/// *The Probabilistic Relevance Framework*, 2009), with Lucene's idf.
pub(crate) struct Scoring {
    pub(crate) weight: Bm25Weight,
    pub(crate) lengths: LengthCodes,
    /// Times a block's stored maximum no document of the block scores more.
    /// Maxima are stored for the segment's own mean length; this allows for
    /// the difference to the mean of all segments.
    pub(crate) block_slack: f32,
}

/// What is kept of the documents' lengths: tantivy's code, a byte each.
pub(crate) enum LengthCodes {
    /// By document.
    Each(OwnedBytes),
    /// The field has no lengths: being there is all that counts, so that all
    /// documents score the same.
    Same(u8),
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

impl Scoring {
    #[inline]
    fn score(&self, doc: DocId, freq: u32) -> f32 {
        let code = match &self.lengths {
            LengthCodes::Each(codes) => codes.get(doc as usize).copied().unwrap_or(0),
            LengthCodes::Same(code) => *code,
        };
        self.weight.score(code, freq)
    }

    fn of_best(&self, best: Best) -> f32 {
        match self.lengths {
            LengthCodes::Each(_) => self.weight.score(best.norm, best.freq) * self.block_slack,
            LengthCodes::Same(_) => self.weight.max_score(),
        }
    }
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

    /// Whether it adds to scores.
    pub(crate) fn is_scored(&self) -> bool {
        self.scoring.is_some()
    }

    /// The current document's score, 0 for a list that only matches.
    #[inline]
    pub(crate) fn score(&mut self) -> f32 {
        if self.scoring.is_none() {
            return 0.0;
        }
        let freq = self.freq();
        match &self.scoring {
            Some(scoring) => scoring.score(self.doc, freq),
            None => 0.0,
        }
    }

    /// What it adds to the score of `doc`; documents must ascend.
    #[inline]
    pub(crate) fn score_at(&mut self, doc: DocId) -> f64 {
        if let Some(marks) = &self.marks
            && !marks.has(doc)
        {
            return 0.0;
        }
        if self.doc < doc {
            self.seek(doc);
        }
        if self.doc == doc {
            f64::from(self.score())
        } else {
            0.0
        }
    }

    /// No document of the list scores more.
    pub(crate) fn max_score(&self) -> f32 {
        match &self.scoring {
            None => 0.0,
            Some(scoring) => match scoring.lengths {
                LengthCodes::Same(code) if !self.blocks.keeps_freqs() => {
                    scoring.weight.score(code, 1)
                }
                _ => scoring.weight.max_score(),
            },
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

    /// No document before `end`, from where it stands on, scores more.
    pub(crate) fn max_score_until(&mut self, end: DocId) -> f32 {
        let Some(scoring) = &self.scoring else {
            return 0.0;
        };
        if self.doc >= end || self.blocks.first_possible() >= end {
            return 0.0;
        }
        if self.minus.is_some() || matches!(scoring.lengths, LengthCodes::Same(_)) {
            return self.max_score();
        }
        let mut max = 0.0_f32;
        let mut last = None;
        let has_tail = self.blocks.best_until(end, |best| {
            // Neighbours are often alike.
            let same = (best.norm, best.freq);
            if last != Some(same) {
                last = Some(same);
                max = max.max(scoring.of_best(best));
            }
        });
        if has_tail {
            max = max.max(self.tail_best());
        }
        max
    }

    /// No document of the last block scores more.
    fn tail_best(&mut self) -> f32 {
        let Some(scoring) = &self.scoring else {
            return 0.0;
        };
        if let Some(best) = self.tail_best {
            return best;
        }
        if !self.blocks.is_tail() {
            return scoring.weight.max_score();
        }
        let (docs, freqs) = self.blocks.docs_and_freqs();
        let mut best = 0.0_f32;
        for (doc, freq) in docs.iter().zip(freqs).take_while(|(d, _)| **d < TERMINATED) {
            best = best.max(scoring.score(*doc, *freq));
        }
        self.tail_best = Some(best);
        best
    }

    /// No document of the block scores more.
    fn block_best(&mut self) -> f32 {
        let Some(scoring) = &self.scoring else {
            return 0.0;
        };
        match self.blocks.best() {
            _ if self.minus.is_some() => scoring.weight.max_score(),
            Some(best) if !self.blocks.is_tail() => scoring.of_best(best),
            _ => self.tail_best(),
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

    /// Shows the documents of a window block by block, as far as a block is in
    /// it, with frequencies where they are asked for; afterwards it stands
    /// behind the window. Blocks that score no more than `least` are passed.
    #[inline]
    fn take_window(
        &mut self,
        base: DocId,
        end: DocId,
        with_freqs: bool,
        least: f64,
        mut each: impl FnMut(&[DocId], &[u32], Option<&Scoring>),
    ) {
        if self.doc < base {
            self.blocks.pass_to(base);
            self.idx = 0;
            if self.blocks.first_possible() >= end {
                self.settle();
                return;
            }
            let docs = self.blocks.docs();
            self.idx = docs.partition_point(|doc| *doc < base);
        } else if self.doc >= end {
            return;
        }
        loop {
            let is_inside = self.blocks.last() < end;
            let is_poor = least > f64::NEG_INFINITY && f64::from(self.block_best()) < least;
            if is_inside && is_poor {
                self.idx = LEN;
            } else {
                let start = self.idx;
                let (docs, freqs) = if with_freqs && !is_poor {
                    let (docs, freqs) = self.blocks.docs_and_freqs();
                    (docs, freqs.as_slice())
                } else {
                    (self.blocks.docs(), [].as_slice())
                };
                let stop = if is_inside {
                    LEN
                } else {
                    start + docs[start.min(LEN)..].partition_point(|doc| *doc < end)
                };
                if !is_poor {
                    let freqs = freqs.get(start..stop).unwrap_or_default();
                    each(&docs[start..stop], freqs, self.scoring.as_ref());
                }
                self.idx = stop;
            }
            if self.idx < LEN || self.blocks.is_tail() {
                break;
            }
            self.blocks.pass();
            self.idx = 0;
            if self.blocks.first_possible() >= end {
                break;
            }
        }
        self.settle();
    }

    /// Reads the document it stands at.
    fn settle(&mut self) {
        let idx = self.idx;
        self.doc = self.blocks.docs().get(idx).copied().unwrap_or(TERMINATED);
    }

    /// Whether to mark a window of it costs next to nothing.
    pub(crate) fn has_marks(&self) -> bool {
        self.marks.is_some() && self.minus.is_none()
    }

    /// The first document from `target` on; whoever asks goes on with a window.
    pub(crate) fn next_from(&mut self, target: DocId) -> DocId {
        match &self.marks {
            Some(marks) if self.minus.is_none() => marks.next_from(target),
            _ => self.seek(target),
        }
    }

    /// Whether it holds `doc`; documents must ascend.
    #[inline]
    pub(crate) fn holds(&mut self, doc: DocId) -> bool {
        match &self.marks {
            Some(marks) if self.minus.is_none() => marks.has(doc),
            _ => self.seek(doc) == doc,
        }
    }

    /// Adds the documents from `base` to `end`, of use from then on to what
    /// comes behind them.
    pub(crate) fn list(&mut self, base: DocId, end: DocId, out: &mut Vec<DocId>) {
        if self.minus.is_some() {
            let mut doc = self.seek(base);
            while doc < end {
                out.push(doc);
                doc = self.advance();
            }
            return;
        }
        self.take_window(base, end, false, f64::NEG_INFINITY, |docs, _, _| {
            out.extend_from_slice(docs);
        });
    }

    /// Marks the documents from `base` to `end`, a window, of use from then on
    /// to what comes behind them.
    pub(crate) fn mark(&mut self, base: DocId, end: DocId, bits: &mut Bits) {
        if self.minus.is_some() {
            let mut doc = self.seek(base);
            while doc < end {
                bits.set(doc.wrapping_sub(base));
                doc = self.advance();
            }
            return;
        }
        if let Some(marks) = &self.marks {
            // All of the window, which ends where the segment does or at `end`.
            bits.extend_in(base, marks.words());
            return;
        }
        self.take_window(base, end, false, f64::NEG_INFINITY, |docs, _, _| {
            for doc in docs {
                bits.set(doc.wrapping_sub(base));
            }
        });
    }

    /// Marks the documents from `base` to `end` and adds their scores, except
    /// perhaps to those that it gives less than `least`; stands behind them.
    pub(crate) fn add(
        &mut self,
        base: DocId,
        end: DocId,
        least: f64,
        bits: &mut Bits,
        scores: &mut [f64],
    ) {
        if self.minus.is_some() {
            let mut doc = self.seek(base);
            while doc < end {
                let offset = doc.wrapping_sub(base);
                if let Some(score) = scores.get_mut(offset as usize) {
                    *score += f64::from(self.score());
                }
                bits.set(offset);
                doc = self.advance();
            }
            return;
        }
        self.take_window(base, end, true, least, |docs, freqs, scoring| {
            let Some(scoring) = scoring else {
                docs.iter().for_each(|doc| bits.set(doc.wrapping_sub(base)));
                return;
            };
            for (doc, freq) in docs.iter().zip(freqs) {
                let offset = doc.wrapping_sub(base);
                if let Some(score) = scores.get_mut(offset as usize) {
                    *score += f64::from(scoring.score(*doc, *freq));
                    bits.set(offset);
                }
            }
        });
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
