//! A cursor gone through a window of documents at a time.

use tantivy::{DocId, DocSet, TERMINATED};

use super::blocks::LEN;
use super::{Scoring, TermCursor};
use crate::window::Bits;

impl TermCursor {
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
    pub(super) fn settle(&mut self) {
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
}
