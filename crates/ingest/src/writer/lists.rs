//! Posting lists while a segment is built: many short lists that grow in turn,
//! in one arena.
//!
//! A list is a chain of chunks, each about twice as long as the one before,
//! so that a term met once costs 16 bytes and a frequent one is read in long
//! runs. The arena is a row of pages, so it never has to be copied to grow.

use std::ops::Range;

/// Bytes of a page; no chunk crosses from one to the next.
const PAGE_BYTES: usize = 1 << PAGE_BITS;
const PAGE_BITS: u32 = 20;
/// What is addressed by 32 bits; a segment is closed long before.
pub(super) const MAX_ARENA_BYTES: usize = (u32::MAX as usize) - 64 * PAGE_BYTES;
/// Behind each chunk, the address of the next.
const LINK_BYTES: u32 = 4;
/// Data bytes of a list's first chunk, of the longest, and of each in between
/// in terms of the one before: with their links they fill 16, 32, 64 …
const FIRST_CHUNK: u32 = 12;
const LAST_CHUNK: u32 = 4092;
/// The longest number of variable length.
const MAX_VINT_BYTES: u32 = 5;

/// One list's ends in the arena.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    head: u32,
    /// Where the next byte goes.
    tail: u32,
    /// End of the current chunk's data.
    end: u32,
    /// Data bytes of the current chunk.
    chunk: u32,
}

/// The arena.
#[derive(Default)]
pub(super) struct Lists {
    pages: Vec<Box<[u8]>>,
    /// Where the next chunk goes in the last page.
    at: usize,
}

impl Lists {
    /// Bytes taken from the system.
    pub(super) fn n_bytes(&self) -> usize {
        self.pages.len() * PAGE_BYTES
    }

    /// An empty list.
    pub(super) fn list(&mut self) -> List {
        let head = self.chunk(FIRST_CHUNK);
        List {
            head,
            tail: head,
            end: head + FIRST_CHUNK,
            chunk: FIRST_CHUNK,
        }
    }

    /// Adds a number, seven bits a byte, the lowest first, the last byte
    /// marked.
    #[inline]
    pub(super) fn push(&mut self, list: &mut List, mut value: u32) {
        if list.end - list.tail < MAX_VINT_BYTES {
            self.push_slowly(list, value);
            return;
        }
        let bytes = &mut self.pages[(list.tail >> PAGE_BITS) as usize];
        let mut at = list.tail as usize & (PAGE_BYTES - 1);
        while value >= 0x80 {
            bytes[at] = (value & 0x7f) as u8;
            at += 1;
            list.tail += 1;
            value >>= 7;
        }
        bytes[at] = value as u8 | 0x80;
        list.tail += 1;
    }

    /// The same near a chunk's end, a byte at a time.
    #[cold]
    fn push_slowly(&mut self, list: &mut List, mut value: u32) {
        loop {
            if list.tail == list.end {
                self.grow(list);
            }
            let last = value < 0x80;
            let byte = (value & 0x7f) as u8 | if last { 0x80 } else { 0 };
            self.pages[(list.tail >> PAGE_BITS) as usize][list.tail as usize & (PAGE_BYTES - 1)] =
                byte;
            list.tail += 1;
            if last {
                return;
            }
            value >>= 7;
        }
    }

    fn grow(&mut self, list: &mut List) {
        let size = next_chunk(list.chunk);
        let next = self.chunk(size);
        let link = self.range(list.end, LINK_BYTES);
        self.pages[(list.end >> PAGE_BITS) as usize][link].copy_from_slice(&next.to_le_bytes());
        *list = List {
            head: list.head,
            tail: next,
            end: next + size,
            chunk: size,
        };
    }

    /// Takes room for a chunk and its link.
    fn chunk(&mut self, size: u32) -> u32 {
        let wanted = (size + LINK_BYTES) as usize;
        if self.pages.is_empty() || self.at + wanted > PAGE_BYTES {
            self.pages.push(vec![0; PAGE_BYTES].into_boxed_slice());
            self.at = 0;
        }
        let address = (self.pages.len() - 1) << PAGE_BITS | self.at;
        self.at += wanted;
        // The segment is closed before the arena is that long.
        u32::try_from(address).unwrap_or(u32::MAX)
    }

    fn range(&self, address: u32, n_bytes: u32) -> Range<usize> {
        let start = address as usize & (PAGE_BYTES - 1);
        start..start + n_bytes as usize
    }

    /// The numbers of a list.
    pub(super) fn numbers<'a>(&'a self, list: &List) -> Numbers<'a> {
        let mut numbers = Numbers {
            lists: self,
            bytes: [].iter(),
            next: list.head,
            size: FIRST_CHUNK,
            list: *list,
            is_last: false,
        };
        numbers.next_chunk();
        numbers
    }
}

fn next_chunk(size: u32) -> u32 {
    (2 * size + LINK_BYTES).min(LAST_CHUNK)
}

/// Reads the numbers of a list, chunk by chunk, where they are.
pub(super) struct Numbers<'a> {
    lists: &'a Lists,
    list: List,
    /// What is left of the current chunk.
    bytes: std::slice::Iter<'a, u8>,
    /// The next chunk, and its data bytes.
    next: u32,
    size: u32,
    /// Whether the current chunk is the last.
    is_last: bool,
}

impl Numbers<'_> {
    /// Goes to the next chunk; there is none behind the last.
    fn next_chunk(&mut self) -> bool {
        if self.is_last {
            return false;
        }
        let (at, size, lists) = (self.next, self.size, self.lists);
        let page = &lists.pages[(at >> PAGE_BITS) as usize];
        self.is_last = at + size == self.list.end;
        if self.is_last {
            self.bytes = page[lists.range(at, self.list.tail - at)].iter();
        } else {
            self.bytes = page[lists.range(at, size)].iter();
            let mut link = [0; LINK_BYTES as usize];
            link.copy_from_slice(&page[lists.range(at + size, LINK_BYTES)]);
            self.next = u32::from_le_bytes(link);
            self.size = next_chunk(size);
        }
        true
    }
}

impl Iterator for Numbers<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        // Most take a byte or two.
        if let [first, second, ..] = *self.bytes.as_slice() {
            if first & 0x80 != 0 {
                self.bytes.next();
                return Some(u32::from(first & 0x7f));
            }
            if second & 0x80 != 0 {
                self.bytes.nth(1);
                return Some(u32::from(first) | u32::from(second & 0x7f) << 7);
            }
        }
        self.next_slowly()
    }
}

impl Numbers<'_> {
    fn next_slowly(&mut self) -> Option<u32> {
        let mut value = 0;
        let mut shift = 0;
        loop {
            for &byte in self.bytes.by_ref() {
                value |= u32::from(byte & 0x7f) << shift;
                if byte & 0x80 != 0 {
                    return Some(value);
                }
                shift += 7;
            }
            if !self.next_chunk() {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_that_grow_in_turn_keep_their_numbers(pushed in proptest::collection::vec((0_usize..5, any::<u32>(), 0_u32..32), 0..4000)) {
            let mut arena = Lists::default();
            let mut lists: Vec<List> = (0..5).map(|_| arena.list()).collect();
            let mut expected = vec![Vec::new(); 5];
            for (which, value, shift) in pushed {
                let value = value >> shift;
                arena.push(&mut lists[which], value);
                expected[which].push(value);
            }
            for (list, expected) in lists.iter().zip(expected) {
                prop_assert_eq!(arena.numbers(list).collect::<Vec<_>>(), expected);
            }
        }
    }

    #[test]
    fn a_long_list_goes_over_pages() {
        let mut arena = Lists::default();
        let mut long = arena.list();
        let mut short = arena.list();
        for value in 0..1_000_000 {
            arena.push(&mut long, value);
        }
        arena.push(&mut short, 7);
        assert!(arena.pages.len() > 2);
        assert!(arena.numbers(&long).eq(0..1_000_000));
        assert!(arena.numbers(&short).eq([7]));
    }
}
