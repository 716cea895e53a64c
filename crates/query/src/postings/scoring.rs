//! What a cursor's documents score, and the most they can.

use tantivy::directory::OwnedBytes;
use tantivy::query::Bm25Weight;
use tantivy::{DocId, DocSet, TERMINATED};

use super::TermCursor;
use super::blocks::Best;

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

impl Scoring {
    #[inline]
    pub(super) fn score(&self, doc: DocId, freq: u32) -> f32 {
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
    pub(super) fn block_best(&mut self) -> f32 {
        let Some(scoring) = &self.scoring else {
            return 0.0;
        };
        match self.blocks.best() {
            _ if self.minus.is_some() => scoring.weight.max_score(),
            Some(best) if !self.blocks.is_tail() => scoring.of_best(best),
            _ => self.tail_best(),
        }
    }
}
