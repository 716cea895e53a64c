//! The works of a commit, ready to be asked.

use std::path::Path;
use std::sync::Arc;

use tantivy::{Directory, DocId, Index, SegmentReader};

use super::{MAGIC, MAX_VERSIONS, Member, SegmentStamp, WORKS_FILE, checksum};

/// Which documents of a commit are versions of one work.
#[derive(Debug, Default)]
pub struct Works {
    /// By segment; `None` for one without members.
    segments: Vec<Option<Arc<SegmentWorks>>>,
    members: Vec<Member>,
    next: Vec<u32>,
    /// By work: one of its members.
    first: Vec<u32>,
}

/// Which documents of a segment have other versions.
#[derive(Debug)]
pub struct SegmentWorks {
    /// A bit a document.
    bits: Vec<u64>,
    /// Members before each 64 documents.
    ranks: Vec<u32>,
    /// By member: the number of its work.
    works: Vec<u32>,
}

impl SegmentWorks {
    /// The number of the document's work, if it has other versions. Counts
    /// from 0 over all segments.
    #[inline]
    pub fn work(&self, doc: DocId) -> Option<u32> {
        let idx = doc as usize / 64;
        let word = *self.bits.get(idx)?;
        let bit = 1_u64 << (doc % 64);
        if word & bit == 0 {
            return None;
        }
        let rank = self.ranks[idx] + (word & (bit - 1)).count_ones();
        self.works.get(rank as usize).copied()
    }

    /// A bit for each document that has other versions.
    pub fn members(&self) -> &[u64] {
        &self.bits
    }

    /// Documents that have other versions.
    pub fn n_members(&self) -> usize {
        self.works.len()
    }
}

impl Works {
    /// The works of the commit that `segments` are of; `None` where nothing is
    /// written for it, or what is written is damaged.
    pub fn load(index: &Index, segments: &[SegmentReader]) -> Option<Works> {
        let bytes = index.directory().atomic_read(Path::new(WORKS_FILE)).ok()?;
        decode(&bytes, segments)
    }

    /// Works that have several versions.
    pub fn n_works(&self) -> usize {
        self.first.len()
    }

    /// Records that have other versions.
    pub fn n_members(&self) -> usize {
        self.members.len()
    }

    /// What of them is in a segment.
    pub fn segment(&self, segment_idx: usize) -> Option<&Arc<SegmentWorks>> {
        self.segments.get(segment_idx)?.as_ref()
    }

    /// All versions of a work, in the order of the index.
    pub fn versions(&self, work: u32) -> Vec<Member> {
        let Some(first) = self.first.get(work as usize) else {
            return Vec::new();
        };
        let mut versions = Vec::new();
        let mut at = *first;
        while let Some(member) = self.members.get(at as usize) {
            versions.push(*member);
            at = self.next[at as usize];
            if at == *first || versions.len() >= MAX_VERSIONS {
                break;
            }
        }
        versions
    }
}

/// Reads what [`super::write`] wrote, if it is of these segments.
fn decode(bytes: &[u8], segments: &[SegmentReader]) -> Option<Works> {
    let mut rest = Reader(bytes);
    if rest.take(8)? != MAGIC || rest.u64()? != checksum(rest.0) {
        return None;
    }
    let (n_segments, n_members) = (rest.u32()? as usize, rest.u32()? as usize);
    if n_segments != segments.len() {
        return None;
    }
    // The file may name the segments in another order.
    let mut stamps = Vec::with_capacity(n_segments);
    for _ in 0..n_segments {
        let stamp = rest.take(SegmentStamp::BYTES)?;
        stamps.push((stamp, rest.u32()? as usize));
    }
    let mut places = Vec::with_capacity(n_segments);
    for (stamp, n_members) in &stamps {
        let place = segments
            .iter()
            .position(|segment| SegmentStamp::of(segment).0 == *stamp)?;
        places.push((place, *n_members));
    }
    let mut members = Vec::with_capacity(n_members.min(rest.0.len() / 4));
    for (place, n_members) in &places {
        for _ in 0..*n_members {
            let doc = rest.u32()?;
            if segments[*place].is_deleted(doc) {
                return None;
            }
            members.push((*place, doc));
        }
    }
    let mut next = Vec::with_capacity(members.len());
    for _ in 0..members.len() {
        let at = rest.u32()?;
        next.push(Some(at).filter(|at| (*at as usize) < members.len())?);
    }
    if members.len() != n_members || !rest.0.is_empty() {
        return None;
    }
    Some(Works::of(members, next, &places, segments))
}

impl Works {
    /// Numbers the rings, and sorts what is known by segment.
    fn of(
        members: Vec<Member>,
        next: Vec<u32>,
        places: &[(usize, usize)],
        segments: &[SegmentReader],
    ) -> Works {
        const NONE: u32 = u32::MAX;
        let mut works = vec![NONE; members.len()];
        let mut first = Vec::new();
        for start in 0..members.len() {
            if works[start] != NONE {
                continue;
            }
            #[expect(clippy::cast_possible_truncation, reason = "no more than members")]
            let (work, mut at) = (first.len() as u32, start as u32);
            first.push(at);
            while works[at as usize] == NONE {
                works[at as usize] = work;
                at = next[at as usize];
            }
        }
        let mut by_segment: Vec<Option<Arc<SegmentWorks>>> = vec![None; segments.len()];
        let mut start = 0;
        for (place, n_members) in places {
            let end = start + n_members;
            if start < end {
                let docs = members[start..end].iter().map(|(_, doc)| *doc);
                let works = works[start..end].to_vec();
                let works = SegmentWorks::of(segments[*place].max_doc(), docs, works);
                by_segment[*place] = Some(Arc::new(works));
            }
            start = end;
        }
        Works {
            segments: by_segment,
            members,
            next,
            first,
        }
    }
}

impl SegmentWorks {
    fn of(max_doc: DocId, docs: impl Iterator<Item = DocId>, works: Vec<u32>) -> SegmentWorks {
        let mut bits = vec![0_u64; max_doc as usize / 64 + 1];
        for doc in docs {
            if let Some(word) = bits.get_mut(doc as usize / 64) {
                *word |= 1 << (doc % 64);
            }
        }
        let mut n_before = 0;
        let ranks = bits
            .iter()
            .map(|word| {
                let rank = n_before;
                n_before += word.count_ones();
                rank
            })
            .collect();
        SegmentWorks { bits, ranks, works }
    }
}

/// Reads numbers off the front of some bytes.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n_bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n_bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }
}
