//! Versions of a work that match a query: counted once.

use std::sync::Arc;

use abs_schema::works::SegmentWorks;
use tantivy::DocId;

use crate::facet::FacetCounter;
use crate::window::Bits;

/// Works of which a version was met: a bit each, made when the first is met.
#[derive(Default)]
pub(crate) struct Seen {
    bits: Vec<u64>,
    n_again: u64,
}

impl Seen {
    fn note(&mut self, work: u32) {
        let idx = work as usize / 64;
        if idx >= self.bits.len() {
            self.bits.resize(idx + 1, 0);
        }
        let bit = 1 << (work % 64);
        if self.bits[idx] & bit != 0 {
            self.n_again += 1;
        }
        self.bits[idx] |= bit;
    }

    /// Versions met whose work had been met before.
    pub(crate) fn n_again(&self) -> u64 {
        self.n_again
    }
}

/// Takes the matches of one segment.
pub(crate) struct Tally<'a> {
    pub(crate) works: Option<Arc<SegmentWorks>>,
    pub(crate) seen: &'a mut Seen,
    pub(crate) facets: &'a mut FacetCounter,
}

impl Tally<'_> {
    /// Whether it does nothing with them.
    pub(crate) fn is_idle(&self) -> bool {
        self.works.is_none() && self.facets.is_empty()
    }

    /// Takes the matches of a window.
    pub(crate) fn count_window(&mut self, base: DocId, matches: &Bits) {
        if !self.facets.is_empty() {
            matches.for_each(|offset| self.count(base + offset));
            return;
        }
        let Some(works) = &self.works else { return };
        let mut versions = matches.clone();
        versions.keep_in(base, works.members());
        versions.for_each(|offset| {
            if let Some(work) = works.work(base + offset) {
                self.seen.note(work);
            }
        });
    }

    /// Takes some matches.
    pub(crate) fn count_docs(&mut self, docs: &[DocId]) {
        if !self.is_idle() {
            docs.iter().for_each(|doc| self.count(*doc));
        }
    }

    #[inline]
    fn count(&mut self, doc: DocId) {
        match self.works.as_ref().and_then(|works| works.work(doc)) {
            None => self.facets.count(doc),
            Some(work) => {
                self.seen.note(work);
                self.facets.count_version(doc, work);
            }
        }
    }
}
