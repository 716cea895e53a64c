//! A posting list as tantivy writes it, read a block at a time.
//!
//! tantivy's own reader unpacks a block with its frequencies whenever it comes
//! to it. Here a block can be passed over by what the skip list says of it, and
//! frequencies are unpacked when they are asked for: most are not.
//!
//! The form (tantivy 0.27, `postings/skip.rs`, `postings/compression`): lists
//! of 128 documents and more start with a skip list, its length as a variable
//! integer in front, an entry for each full block: last document (4 bytes,
//! little endian), bits of a document (1; bit 6: differences less one), and
//! where frequencies are kept, bits of a frequency (1), with positions the sum
//! of frequencies (4), the length code and the frequency of the best document
//! (1 and 1). Full blocks are bit-packed, documents and then frequencies less
//! one; what is left over follows as variable integers.

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::directory::OwnedBytes;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, TERMINATED};

/// Documents in a full block.
pub(super) const LEN: usize = BitPacker4x::BLOCK_LEN;

/// Lanes that numbers of a block are packed in.
const LANES: usize = 4;
/// To read so many frequencies where they lie costs what unpacking all does.
const FEW: usize = 3;

/// A place in a posting list, shown a block at a time. What does not fit the
/// form, as in a damaged file, ends the list.
pub(super) struct Blocks {
    packer: BitPacker4x,
    skips: OwnedBytes,
    /// Bytes of an entry of the skip list.
    stride: usize,
    data: OwnedBytes,
    doc_freq: u32,
    n_full: usize,
    at: At,
    /// Documents of the block, the rest filled up with [`TERMINATED`].
    docs: Box<[DocId; LEN]>,
    n_docs: usize,
    freqs: Box<[u32; LEN]>,
    is_loaded: bool,
    has_freqs: bool,
    /// Frequencies of the block that were read where they lie.
    n_asked: usize,
    /// Of a block many were asked for: then all are unpacked at once.
    asks_many: bool,
    /// Where the last block's frequencies start.
    tail_freqs: usize,
}

/// Which block, and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    idx: usize,
    /// The last document of the block before; 0 for the first.
    before: DocId,
    /// The block's own last document; [`TERMINATED`] for the last block.
    last: DocId,
    offset: usize,
}

/// What the best document of a block has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    pub(super) norm: u8,
    pub(super) freq: u32,
}

impl Blocks {
    /// The list in `bytes`, standing at its first block.
    pub(super) fn new(bytes: OwnedBytes, doc_freq: u32, option: IndexRecordOption) -> Blocks {
        let stride = match option {
            IndexRecordOption::Basic => 5,
            IndexRecordOption::WithFreqs => 8,
            IndexRecordOption::WithFreqsAndPositions => 12,
        };
        let mut n_full = doc_freq as usize / LEN;
        let (mut skips, mut data) = (OwnedBytes::empty(), bytes);
        if n_full > 0 {
            match read_vint(&data, 0) {
                Some((len, start)) if start + len as usize <= data.len() => {
                    skips = data.slice(start..start + len as usize);
                    data = data.slice(start + len as usize..data.len());
                }
                _ => data = OwnedBytes::empty(),
            }
            n_full = n_full.min(skips.len() / stride);
        }
        let mut blocks = Blocks {
            packer: BitPacker4x::new(),
            skips,
            stride,
            data,
            doc_freq,
            n_full,
            at: At {
                idx: 0,
                before: 0,
                last: TERMINATED,
                offset: 0,
            },
            docs: Box::new([TERMINATED; LEN]),
            n_docs: 0,
            freqs: Box::new([1; LEN]),
            is_loaded: false,
            has_freqs: stride == 5,
            n_asked: 0,
            asks_many: false,
            tail_freqs: 0,
        };
        blocks.at.last = blocks.last_of(0);
        blocks
    }

    /// Documents of the whole list.
    pub(super) fn doc_freq(&self) -> u32 {
        self.doc_freq
    }

    /// Whether documents may hold the term more than once.
    pub(super) fn keeps_freqs(&self) -> bool {
        self.stride != 5
    }

    fn entry(&self, idx: usize) -> Option<&[u8]> {
        let start = idx * self.stride;
        self.skips.get(start..start + self.stride)
    }

    fn last_of(&self, idx: usize) -> DocId {
        match self.entry(idx) {
            Some([a, b, c, d, ..]) if idx < self.n_full => u32::from_le_bytes([*a, *b, *c, *d]),
            _ => TERMINATED,
        }
    }

    /// Bits of a document and of a frequency.
    fn bits_of(&self, idx: usize) -> (u8, u8) {
        match self.entry(idx) {
            Some([_, _, _, _, docs, rest @ ..]) => {
                (docs & 0x1f, rest.first().copied().unwrap_or(0) & 0x1f)
            }
            _ => (0, 0),
        }
    }

    pub(super) fn at(&self) -> At {
        self.at
    }

    /// Goes back to where it once was.
    pub(super) fn return_to(&mut self, at: At) {
        if at.idx != self.at.idx {
            self.forget();
        }
        self.at = at;
    }

    /// The block's last document, or more than any.
    pub(super) fn last(&self) -> DocId {
        self.at.last
    }

    /// No document of the block is before this one.
    pub(super) fn first_possible(&self) -> DocId {
        if self.at.idx == 0 {
            0
        } else {
            self.at.before.saturating_add(1)
        }
    }

    /// Whether it is the last block, of which the skip list says nothing.
    pub(super) fn is_tail(&self) -> bool {
        self.at.idx >= self.n_full
    }

    /// On to the next block, without unpacking it; the last one stays.
    #[inline]
    pub(super) fn pass(&mut self) {
        if self.is_tail() {
            return;
        }
        self.at = self.next_of(self.at);
        self.forget();
    }

    /// What was unpacked is another block's.
    #[inline]
    fn forget(&mut self) {
        self.is_loaded = false;
        self.has_freqs = self.stride == 5;
        self.n_asked = 0;
    }

    #[inline]
    fn next_of(&self, at: At) -> At {
        let (docs, freqs) = self.bits_of(at.idx);
        let idx = at.idx + 1;
        At {
            idx,
            before: at.last,
            last: self.last_of(idx),
            offset: at.offset + (usize::from(docs) + usize::from(freqs)) * LEN / 8,
        }
    }

    /// On to the block that `target` is in if it is in any.
    #[inline]
    pub(super) fn pass_to(&mut self, target: DocId) {
        while self.at.last < target && !self.is_tail() {
            self.pass();
        }
    }

    /// What the best document of the block has, if the skip list says it.
    #[inline]
    pub(super) fn best(&self) -> Option<Best> {
        self.best_of(self.at.idx)
    }

    #[inline]
    fn best_of(&self, idx: usize) -> Option<Best> {
        let entry = self.entry(idx)?;
        let [norm, freq] = entry.get(self.stride - 2..)? else {
            return None;
        };
        Some(Best {
            norm: *norm,
            freq: if *freq == u8::MAX {
                u32::MAX
            } else {
                u32::from(*freq)
            },
        })
    }

    /// Shows the best of each block, from this one on, that may hold a document
    /// before `end`. Whether the last block is one of them.
    #[inline]
    pub(super) fn best_until(&self, end: DocId, mut each: impl FnMut(Best)) -> bool {
        let (mut idx, mut last) = (self.at.idx, self.at.last);
        loop {
            if idx >= self.n_full {
                return true;
            }
            if let Some(best) = self.best_of(idx) {
                each(best);
            }
            if last.saturating_add(1) >= end {
                return false;
            }
            idx += 1;
            last = self.last_of(idx);
        }
    }

    /// The block's documents, filled up to [`LEN`] with [`TERMINATED`].
    #[inline]
    pub(super) fn docs(&mut self) -> &[DocId; LEN] {
        if !self.is_loaded {
            self.load();
        }
        &self.docs
    }

    /// The block's documents and their frequencies.
    #[inline]
    pub(super) fn docs_and_freqs(&mut self) -> (&[DocId; LEN], &[u32; LEN]) {
        if !self.is_loaded {
            self.load();
        }
        if !self.has_freqs {
            self.load_freqs();
        }
        (&*self.docs, &*self.freqs)
    }

    /// The frequency of one of the block's documents. A few of a block are read
    /// where they lie, the others left packed.
    #[inline]
    pub(super) fn freq(&mut self, idx: usize) -> u32 {
        if !self.has_freqs {
            if !self.asks_many && !self.is_tail() {
                self.n_asked += 1;
                if self.n_asked <= FEW {
                    return self.packed_freq(idx);
                }
                self.asks_many = true;
            }
            self.docs_and_freqs();
        }
        self.freqs[idx]
    }

    /// Numbers of a block are packed in four lanes, every fourth number in one
    /// and the words of the lanes by turns.
    fn packed_freq(&self, idx: usize) -> u32 {
        let (doc_bits, bits) = self.bits_of(self.at.idx);
        let (doc_bits, bits) = (usize::from(doc_bits), usize::from(bits));
        let start = self.at.offset + doc_bits * LEN / 8;
        let lane = |word: usize| -> u64 {
            let at = start + (word * LANES + idx % LANES) * 4;
            match self.data.get(at..at + 4) {
                Some([a, b, c, d]) => u64::from(u32::from_le_bytes([*a, *b, *c, *d])),
                _ => 0,
            }
        };
        let from = idx / LANES * bits;
        let (word, shift) = (from / 32, from % 32);
        let mut value = lane(word) >> shift;
        if shift + bits > 32 {
            value |= lane(word + 1) << (32 - shift);
        }
        #[expect(clippy::cast_possible_truncation, reason = "of at most 31 bits")]
        let value = (value & ((1 << bits) - 1)) as u32;
        value.saturating_add(1)
    }

    /// Shows all documents from this block on.
    pub(super) fn for_each(&mut self, mut each: impl FnMut(DocId)) {
        loop {
            let docs = self.docs().iter().take_while(|doc| **doc < TERMINATED);
            docs.for_each(|doc| each(*doc));
            if self.is_tail() {
                return;
            }
            self.pass();
        }
    }

    fn load(&mut self) {
        self.is_loaded = true;
        if self.is_tail() {
            self.load_tail();
            return;
        }
        let (bits, _) = self.bits_of(self.at.idx);
        let strict = self
            .entry(self.at.idx)
            .is_some_and(|entry| entry[4] & 0x40 != 0);
        let end = self.at.offset + usize::from(bits) * LEN / 8;
        let Some(packed) = self.data.get(self.at.offset..end) else {
            self.end();
            return;
        };
        if strict {
            let before = (self.at.before > 0).then_some(self.at.before);
            self.packer
                .decompress_strictly_sorted(before, packed, &mut self.docs[..], bits);
        } else {
            self.packer
                .decompress_sorted(self.at.before, packed, &mut self.docs[..], bits);
        }
        self.n_docs = LEN;
    }

    fn load_freqs(&mut self) {
        self.has_freqs = true;
        if self.is_tail() {
            let mut at = self.tail_freqs;
            for freq in &mut self.freqs[..self.n_docs] {
                let Some((value, next)) = read_vint(&self.data, at) else {
                    *freq = 1;
                    continue;
                };
                (*freq, at) = (value, next);
            }
            return;
        }
        let (doc_bits, bits) = self.bits_of(self.at.idx);
        let start = self.at.offset + usize::from(doc_bits) * LEN / 8;
        let end = start + usize::from(bits) * LEN / 8;
        let Some(packed) = self.data.get(start..end) else {
            self.freqs.fill(1);
            return;
        };
        self.packer.decompress(packed, &mut self.freqs[..], bits);
        for freq in self.freqs.iter_mut() {
            // Of at most 31 bits; told so, the compiler adds four at a time.
            *freq = freq.wrapping_add(1);
        }
    }

    fn load_tail(&mut self) {
        self.docs.fill(TERMINATED);
        self.n_docs = 0;
        let mut at = self.at.offset;
        let mut doc = self.at.before;
        for _ in 0..self.doc_freq as usize % LEN {
            let Some((delta, next)) = read_vint(&self.data, at) else {
                break;
            };
            at = next;
            doc = doc.saturating_add(delta).min(TERMINATED - 1);
            self.docs[self.n_docs] = doc;
            self.n_docs += 1;
        }
        self.tail_freqs = at;
    }

    /// As if the list ended here.
    fn end(&mut self) {
        self.n_full = self.at.idx;
        self.doc_freq -= self.doc_freq % u32::try_from(LEN).unwrap_or(1);
        self.at.last = TERMINATED;
        self.docs.fill(TERMINATED);
        self.n_docs = 0;
    }
}

/// The number at `at`, seven bits a byte, the last byte marked, and what
/// follows it.
#[inline]
pub(crate) fn read_vint(bytes: &[u8], mut at: usize) -> Option<(u32, usize)> {
    let mut value = 0_u32;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at)?;
        at += 1;
        value |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if byte & 0x80 != 0 {
            return Some((value, at));
        }
    }
    None
}
