//! Words near one another: phrases, sloppy phrases, NEAR.
//!
//! All are looked up in the flat field, whose positions tell the form of a
//! word and whether it stands in the title or the abstract.
//!
//! A phrase is a row of slots, each the places of one word or of any of
//! several. With slop n it matches where the places, each taken back by its
//! slot's place in the phrase, lie within n of each other (Lucene's sloppy
//! phrase); slop 0 is the phrase as written.

use abs_schema::analyzer::TITLE_WORDS;
use abs_schema::analyzer::form::FORM_BITS;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use std::sync::Arc;

use crate::docbits::DocBits;
use crate::window::Bits;

/// Which part of the flat field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Region {
    Title,
    Abstract,
    Either,
}

/// The places of any of some forms of terms.
pub(crate) struct Slot {
    terms: Vec<(SegmentPostings, u64)>,
    /// A bit for each document it may be in, where they are at hand.
    marks: Option<Arc<DocBits>>,
    doc: DocId,
    /// Words between the phrase's start and this slot.
    pub(crate) offset: u32,
    raw: Vec<u32>,
}

impl Slot {
    pub(crate) fn new(
        terms: Vec<(SegmentPostings, u64)>,
        marks: Option<Arc<DocBits>>,
        offset: u32,
    ) -> Slot {
        let mut slot = Slot {
            terms,
            marks,
            doc: 0,
            offset,
            raw: Vec::new(),
        };
        slot.settle();
        slot
    }

    fn settle(&mut self) -> DocId {
        self.doc = self
            .terms
            .iter()
            .map(|(term, _)| term.doc())
            .min()
            .unwrap_or(TERMINATED);
        self.doc
    }

    fn advance(&mut self) -> DocId {
        for (term, _) in &mut self.terms {
            if term.doc() == self.doc && self.doc != TERMINATED {
                term.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            for (term, _) in &mut self.terms {
                if term.doc() < target {
                    term.seek(target);
                }
            }
            self.settle();
        }
        self.doc
    }

    /// `false` where it is known that it is not in a document.
    fn may_be_in(&self, doc: DocId) -> bool {
        self.marks.as_ref().is_none_or(|marks| marks.has(doc))
    }

    /// The places in the current document, ascending.
    fn places(&mut self, out: &mut Vec<u32>) {
        out.clear();
        let mut n_lists = 0;
        for (term, mask) in &mut self.terms {
            if term.doc() != self.doc {
                continue;
            }
            n_lists += 1;
            self.raw.clear();
            term.append_positions_with_offset(0, &mut self.raw);
            for position in &self.raw {
                let form = position & ((1 << FORM_BITS) - 1);
                if *mask >> form & 1 == 1 {
                    out.push(position >> FORM_BITS);
                }
            }
        }
        if n_lists > 1 {
            out.sort_unstable();
        }
        // The title's words are there as often as they count.
        out.dedup();
    }

    fn size_hint(&self) -> u64 {
        self.terms
            .iter()
            .map(|(term, _)| u64::from(term.doc_freq()))
            .sum()
    }
}

/// How the slots of a phrase must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nearness {
    /// In their order, with this slop.
    Phrase(u32),
    /// Two slots in either order with at most so many words between.
    Near(u32),
}

/// Documents in which the slots lie as asked.
pub(crate) struct PhraseSet {
    /// Rarest first.
    slots: Vec<Slot>,
    offsets: Vec<u32>,
    nearness: Nearness,
    region: Region,
    doc: DocId,
    places: Vec<Vec<u32>>,
    part: Vec<Vec<u32>>,
    /// Where it may start, as far as its slots were looked at.
    starts: Vec<i64>,
}

impl PhraseSet {
    pub(crate) fn new(mut slots: Vec<Slot>, nearness: Nearness, region: Region) -> PhraseSet {
        slots.sort_by_key(Slot::size_hint);
        let places = vec![Vec::new(); slots.len()];
        PhraseSet {
            offsets: slots.iter().map(|slot| slot.offset).collect(),
            slots,
            nearness,
            region,
            doc: 0,
            part: places.clone(),
            places,
            starts: Vec::new(),
        }
    }

    /// Standing at its first document, as a set of documents must. What takes
    /// windows and candidates does without.
    pub(crate) fn settled(mut self) -> PhraseSet {
        let first = self.next_candidate();
        self.settle(first);
        self
    }

    fn settle(&mut self, mut doc: DocId) -> DocId {
        'candidates: while doc != TERMINATED {
            for idx in 1..self.slots.len() {
                let at = self.slots[idx].seek(doc);
                if at > doc {
                    doc = if at == TERMINATED {
                        at
                    } else {
                        self.slots[0].seek(at)
                    };
                    continue 'candidates;
                }
            }
            if self.lies_here() {
                break;
            }
            doc = self.slots[0].advance();
        }
        self.doc = doc;
        doc
    }

    /// Whether the phrase stands in `doc`. Looks no further than that, so that
    /// afterwards nothing but this may be asked, of ascending documents.
    pub(crate) fn holds(&mut self, doc: DocId) -> bool {
        self.slots.iter().all(|slot| slot.may_be_in(doc))
            && self.slots.iter_mut().all(|slot| slot.seek(doc) == doc)
            && self.lies_here()
    }

    /// The next document it may stand in.
    pub(crate) fn next_candidate(&self) -> DocId {
        self.slots.first().map_or(TERMINATED, |slot| slot.doc)
    }

    /// The first document from `target` on that it may stand in.
    pub(crate) fn seek_candidate(&mut self, target: DocId) -> DocId {
        self.slots
            .first_mut()
            .map_or(TERMINATED, |slot| slot.seek(target))
    }

    /// Marks the documents from `base` to `end` it stands in. Those marked
    /// already are not looked at: places cost more than documents. Afterwards
    /// nothing but this may be asked, of windows that follow.
    pub(crate) fn mark_in(&mut self, base: DocId, end: DocId, met: &mut Bits) {
        let mut doc = match self.slots.first_mut() {
            Some(rarest) => rarest.seek(base),
            None => return,
        };
        while doc < end {
            let offset = doc - base;
            if !met.has(offset)
                && self.slots[1..].iter().all(|slot| slot.may_be_in(doc))
                && self.slots[1..].iter_mut().all(|slot| slot.seek(doc) == doc)
                && self.lies_here()
            {
                met.set(offset);
            }
            doc = self.slots[0].advance();
        }
    }

    /// Adds the documents from `base` to `end` it stands in that are not among
    /// `docs`, which ascend; the same holds as of [`PhraseSet::mark_in`].
    pub(crate) fn list(&mut self, base: DocId, end: DocId, docs: &mut Vec<DocId>) {
        let n_known = docs.len();
        let mut doc = self.seek_candidate(base);
        while doc < end {
            if docs[..n_known].binary_search(&doc).is_err() && self.holds(doc) {
                docs.push(doc);
            }
            doc = self.slots[0].advance();
        }
    }

    fn lies_here(&mut self) -> bool {
        if self.nearness == Nearness::Phrase(0) {
            return self.stands_as_written();
        }
        for (slot, places) in self.slots.iter_mut().zip(&mut self.places) {
            slot.places(places);
            if places.is_empty() {
                return false;
            }
        }
        (self.region != Region::Abstract && self.lies_in(|place| place < TITLE_WORDS))
            || (self.region != Region::Title && self.lies_in(|place| place >= TITLE_WORDS))
    }

    /// Slot after slot, those of few documents first: most candidates fall with
    /// the second, and the places of the others, of which there are more, need
    /// not be read.
    fn stands_as_written(&mut self) -> bool {
        let is_title = |place: i64| place < i64::from(TITLE_WORDS);
        let (Some(first), [places, ..]) = (self.slots.first_mut(), self.places.as_mut_slice())
        else {
            return false;
        };
        first.places(places);
        let first_offset = i64::from(first.offset);
        let region = self.region;
        self.starts.clear();
        self.starts.extend(
            places
                .iter()
                .map(|place| i64::from(*place))
                .filter(|place| match region {
                    Region::Title => is_title(*place),
                    Region::Abstract => !is_title(*place),
                    Region::Either => true,
                })
                .map(|place| place - first_offset),
        );
        for slot in &mut self.slots[1..] {
            if self.starts.is_empty() {
                return false;
            }
            slot.places(places);
            let offset = i64::from(slot.offset);
            let mut rest = places.iter().map(|place| i64::from(*place)).peekable();
            self.starts.retain(|start| {
                let wanted = start + offset;
                while rest.next_if(|place| *place < wanted).is_some() {}
                // A title does not go on in the abstract.
                rest.peek() == Some(&wanted) && is_title(wanted) == is_title(start + first_offset)
            });
        }
        !self.starts.is_empty()
    }

    fn lies_in(&mut self, wanted: impl Fn(u32) -> bool) -> bool {
        for (part, places) in self.part.iter_mut().zip(&self.places) {
            part.clear();
            part.extend(places.iter().filter(|place| wanted(**place)));
            if part.is_empty() {
                return false;
            }
        }
        match self.nearness {
            Nearness::Phrase(slop) => lie_as_phrase(&self.part, &self.offsets, slop),
            Nearness::Near(distance) => match self.part.as_slice() {
                [a, b] => lie_near(a, b, distance),
                _ => false,
            },
        }
    }
}

impl DocSet for PhraseSet {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.slots.first_mut().map_or(TERMINATED, Slot::advance);
        self.settle(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let next = self
            .slots
            .first_mut()
            .map_or(TERMINATED, |slot| slot.seek(target));
        self.settle(next)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        // Words of a phrase stand together less often than the rarest stands.
        let rarest = self.slots.first().map_or(0, Slot::size_hint);
        u32::try_from(rarest / 2).unwrap_or(TERMINATED)
    }
}

/// Whether one place of each list can be chosen so that, offsets taken off,
/// they lie within `slop`. Lists ascend; linear in their lengths together,
/// times the number of lists.
pub(crate) fn lie_as_phrase(places: &[Vec<u32>], offsets: &[u32], slop: u32) -> bool {
    let at = |list: usize, idx: usize| -> Option<i64> {
        let place = places[list].get(idx)?;
        Some(i64::from(*place) - i64::from(offsets[list]))
    };
    let mut idxs = vec![0; places.len()];
    loop {
        let mut low = (0, i64::MAX);
        let mut high = i64::MIN;
        for (list, idx) in idxs.iter().enumerate() {
            let Some(place) = at(list, *idx) else {
                return false;
            };
            if place < low.1 {
                low = (list, place);
            }
            high = high.max(place);
        }
        if high - low.1 <= i64::from(slop) {
            return true;
        }
        idxs[low.0] += 1;
    }
}

/// Whether a place of each list lie side by side, with at most `distance`
/// words between them, in either order.
pub(crate) fn lie_near(a: &[u32], b: &[u32], distance: u32) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let gap = x.abs_diff(*y);
        if gap > 0 && gap - 1 <= distance {
            return true;
        }
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            // One word cannot be near itself: try its neighbours on both sides.
            std::cmp::Ordering::Equal => {
                let near = |next: Option<&u32>| next.is_some_and(|n| n - x - 1 <= distance);
                if near(a.get(i + 1)) || near(b.get(j + 1)) {
                    return true;
                }
                i += 1;
                j += 1;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_and_slop() {
        let places = [vec![1, 10], vec![4, 11, 20]];
        assert!(lie_as_phrase(&places, &[0, 1], 0));
        assert!(!lie_as_phrase(&[vec![1], vec![3]], &[0, 1], 0));
        assert!(lie_as_phrase(&[vec![1], vec![3]], &[0, 1], 1));
        // The other way round is two moves.
        assert!(!lie_as_phrase(&[vec![3], vec![2]], &[0, 1], 1));
        assert!(lie_as_phrase(&[vec![3], vec![2]], &[0, 1], 2));
    }

    #[test]
    fn near_is_unordered_and_never_a_word_with_itself() {
        assert!(lie_near(&[5], &[4], 0));
        assert!(!lie_near(&[5], &[3], 0));
        assert!(lie_near(&[5], &[3], 1));
        assert!(!lie_near(&[5], &[5], 9));
        assert!(lie_near(&[5, 7], &[5, 7], 1));
        assert!(!lie_near(&[5, 8], &[5, 8], 1));
    }
}
