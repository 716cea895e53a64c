//! A cursor over one posting list that can score where it stands.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;
use tantivy::{DocId, DocSet, TERMINATED};

/// Documents in a block of postings, tantivy's constant.
const BLOCK_LEN: usize = 128;

/// A posting list of ranked text, or of a field where presence alone counts.
pub(crate) struct TermCursor {
    block: BlockSegmentPostings,
    idx: usize,
    doc: DocId,
    scoring: Option<Scoring>,
    /// Occurrences that do not count: those in the title, when the abstract
    /// alone is asked for.
    minus: Option<Minus>,
}

/// BM25 as tantivy computes it, k1 1.2 and b 0.75 (Robertson and Zaragoza,
/// *The Probabilistic Relevance Framework*, 2009), with Lucene's idf.
pub(crate) struct Scoring {
    pub(crate) weight: Bm25Weight,
    pub(crate) norms: FieldNormReader,
    /// Times a block's stored maximum no document of the block scores more.
    /// Maxima are stored for the segment's own mean length; this allows for
    /// the difference to the mean of all segments.
    pub(crate) block_slack: f32,
    /// Being there is all that counts, so that all documents score the same.
    /// Of such lists tantivy says that a block's maximum is 0.
    pub(crate) is_presence: bool,
}

struct Minus {
    cursor: Box<TermCursor>,
    factor: u32,
}

impl TermCursor {
    pub(crate) fn new(block: BlockSegmentPostings, scoring: Option<Scoring>) -> TermCursor {
        let doc = block.doc(0);
        TermCursor {
            block,
            idx: 0,
            doc,
            scoring,
            minus: None,
        }
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
            .then(|| u64::from(self.block.doc_freq()))
    }

    /// Shows each document of the list, from where it stands on.
    pub(crate) fn for_each(mut self, mut each: impl FnMut(DocId)) {
        if self.minus.is_some() {
            while self.doc != TERMINATED {
                each(self.doc);
                self.advance();
            }
            return;
        }
        loop {
            let docs = self.block.docs();
            let Some(rest) = docs.get(self.idx..).filter(|rest| !rest.is_empty()) else {
                return;
            };
            for doc in rest {
                each(*doc);
            }
            self.idx = 0;
            self.block.advance();
        }
    }

    /// Occurrences in the current document.
    pub(crate) fn freq(&mut self) -> u32 {
        let all = self.block.freq(self.idx);
        let Some(minus) = &mut self.minus else {
            return all;
        };
        if minus.cursor.seek(self.doc) == self.doc {
            all.saturating_sub(minus.factor * minus.cursor.freq())
        } else {
            all
        }
    }

    /// The current document's score, 0 for a list that only matches.
    #[inline]
    pub(crate) fn score(&mut self) -> f32 {
        if self.scoring.is_none() {
            return 0.0;
        }
        let freq = self.freq();
        match &self.scoring {
            Some(scoring) => scoring
                .weight
                .score(scoring.norms.fieldnorm_id(self.doc), freq),
            None => 0.0,
        }
    }

    /// No document of the list scores more.
    pub(crate) fn max_score(&self) -> f32 {
        self.scoring
            .as_ref()
            .map_or(0.0, |scoring| scoring.weight.max_score())
    }

    /// Whether the cursor has just come into a block.
    #[inline]
    pub(crate) fn is_at_block_start(&self) -> bool {
        self.idx == 0
    }

    /// No document of the current block scores more.
    pub(crate) fn block_max_score(&mut self) -> f32 {
        match &self.scoring {
            None => 0.0,
            Some(scoring) if self.minus.is_some() => scoring.weight.max_score(),
            Some(scoring) if scoring.is_presence => self.score(),
            Some(scoring) => {
                self.block.block_max_score(&scoring.norms, &scoring.weight) * scoring.block_slack
            }
        }
    }

    /// Leaves the current block behind.
    pub(crate) fn skip_block(&mut self) -> DocId {
        self.idx = BLOCK_LEN - 1;
        self.advance()
    }

    #[inline]
    fn step(&mut self) -> DocId {
        if self.idx == BLOCK_LEN - 1 {
            self.idx = 0;
            self.block.advance();
        } else {
            self.idx += 1;
        }
        self.doc = self.block.doc(self.idx);
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
        // The next posting is often the one; looking costs nothing.
        self.idx = (self.idx + 1).min(BLOCK_LEN - 1);
        self.doc = self.block.doc(self.idx);
        if self.doc < target {
            self.idx = self.block.seek(target);
            self.doc = self.block.doc(self.idx);
        }
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
        self.block.doc_freq()
    }
}
