//! Cuts the elements that are records out of a stream of XML, looking at
//! nothing but where tags, comments and sections begin and end.

use std::io::{self, BufRead};

use super::MAX_RECORD_BYTES;
use super::encoding::Encoding;
use crate::error::{CutShort, ReadErrorKind};

mod outer;
mod piece;
pub(super) mod scan;

use outer::Outer;
pub(in crate::format) use piece::Piece;
pub(crate) use piece::Wanted;
use scan::{Found, construct};

/// A tag, comment or section longer than this is taken for loose text: an
/// unclosed comment must not cost the rest of a file.
const MAX_MARKUP_BYTES: usize = 1 << 20;

/// How often a comment or a section may turn out to have no end before its
/// kind is not looked for any more: looking costs time.
const MAX_UNCLOSED: u8 = 16;

/// What is kept of a record that is not taken.
const KEPT_BYTES: usize = 1 << 10;

/// Cuts a stream into pieces.
pub(in crate::format) struct Splitter<R> {
    input: R,
    wanted: &'static Wanted,
    /// What is read and not given up yet.
    bytes: Vec<u8>,
    /// Where the current piece starts in `bytes`.
    keep: usize,
    /// What of `bytes` is looked at.
    at: usize,
    /// The place of `bytes` in the stream.
    base: u64,
    ended: bool,
    /// The open elements around records.
    outer: Outer,
    /// How often each kind of section had no end.
    unclosed: [u8; scan::N_KINDS],
    /// The start of an element that is too long to be kept.
    dropped: Vec<u8>,
    /// What the XML declaration says.
    encoding: Encoding,
}

/// A tag in `bytes`, as positions.
#[derive(Clone, Copy)]
struct Markup {
    kind: Kind,
    start: usize,
    name_end: usize,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Empty,
    Close,
}

impl<R: BufRead> Splitter<R> {
    pub(in crate::format) fn new(input: R, wanted: &'static Wanted) -> Splitter<R> {
        Splitter {
            input,
            wanted,
            bytes: Vec::new(),
            keep: 0,
            at: 0,
            base: 0,
            ended: false,
            outer: Outer::default(),
            unclosed: [0; scan::N_KINDS],
            dropped: Vec::new(),
            encoding: Encoding::default(),
        }
    }

    /// The place in the stream.
    pub(super) fn byte(&self) -> u64 {
        self.base + self.at as u64
    }

    /// The next piece; nothing at the end of the stream.
    pub(in crate::format) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        while let Some(tag) = self.markup(true)? {
            let name = self.name(tag);
            let element = self.wanted.elements.iter().find(|n| n.as_bytes() == name);
            let is_tag = self.wanted.tags.iter().any(|n| n.as_bytes() == name);
            match (element, tag.kind) {
                (Some(name), Kind::Open) => return self.element(name, tag).map(Some),
                (Some(_), Kind::Empty) => {
                    self.at = tag.end;
                    let byte = self.base + tag.start as u64;
                    let raw = &self.bytes[tag.start..tag.end];
                    let encoding = self.encoding;
                    return Ok(Some(Piece::Element {
                        byte,
                        raw,
                        encoding,
                    }));
                }
                (_, Kind::Open) => {
                    let byte = self.base + tag.start as u64;
                    self.outer
                        .enter(self.bytes[tag.start + 1..tag.name_end].into(), byte);
                }
                (_, Kind::Close) => self.outer.leave(&self.bytes[tag.start + 2..tag.name_end]),
                (None, Kind::Empty) => {}
            }
            self.at = tag.end;
            if is_tag && tag.kind != Kind::Close {
                let raw = &self.bytes[tag.start..tag.end];
                let encoding = self.encoding;
                return Ok(Some(Piece::Tag { raw, encoding }));
            }
        }
        Ok(self.outer.cut().map(Piece::Cut))
    }

    /// Reads a wanted element to its end.
    fn element(&mut self, name: &'static str, start: Markup) -> io::Result<Piece<'_>> {
        (self.keep, self.at) = (start.start, start.end);
        let byte = self.base + self.keep as u64;
        let own: Box<[u8]> = self.full_name(start).into();
        self.dropped.clear();
        let mut kind = None;
        // How many elements are open in it that are called as one around it:
        // records of MARC in records of OAI-PMH.
        let mut n_inner = 0_u64;
        loop {
            let Some(tag) = self.markup(!self.dropped.is_empty())? else {
                self.outer = Outer::default();
                let element = name.to_owned();
                return Ok(Piece::Cut(CutShort { element, byte }));
            };
            let inner = self.name(tag);
            // With another prefix it is another element.
            let full = self.full_name(tag);
            let is_own = *full == *own;
            let is_sibling = full.strip_suffix(inner) == own.strip_suffix(name.as_bytes());
            let is_lost = match tag.kind {
                Kind::Open => is_own || is_sibling && self.breaks(inner),
                Kind::Close => !is_own && self.outer.has(full) && n_inner == 0,
                Kind::Empty => false,
            };
            let is_inner = !is_own && self.outer.has(full);
            match tag.kind {
                Kind::Open if is_inner => n_inner += 1,
                Kind::Close if is_inner => n_inner = n_inner.saturating_sub(1),
                _ => {}
            }
            if is_lost {
                // The tag is looked at again, as what it is.
                kind = Some(ReadErrorKind::Unclosed(name));
                break;
            }
            self.at = tag.end;
            if is_own && tag.kind == Kind::Close {
                break;
            }
        }
        let limit = MAX_RECORD_BYTES;
        let mut raw = &self.bytes[self.keep..self.at];
        if !self.dropped.is_empty() {
            raw = &self.dropped;
            kind = kind.or(Some(ReadErrorKind::RecordTooLong { limit }));
        }
        Ok(match kind {
            None => Piece::Element {
                byte,
                raw,
                encoding: self.encoding,
            },
            Some(kind) => Piece::Bad { byte, kind, raw },
        })
    }

    fn breaks(&self, name: &[u8]) -> bool {
        self.wanted.breaks.iter().any(|n| n.as_bytes() == name)
    }

    fn full_name(&self, tag: Markup) -> &[u8] {
        let slash = usize::from(tag.kind == Kind::Close);
        &self.bytes[tag.start + 1 + slash..tag.name_end]
    }

    /// The name without its prefix.
    fn name(&self, tag: Markup) -> &[u8] {
        let name = self.full_name(tag);
        let colon = name.iter().position(|&b| b == b':');
        &name[colon.map_or(0, |colon| colon + 1)..]
    }

    /// The next tag from `at` on, which is left at its start. What comes
    /// before it is given up if `drop` says so.
    fn markup(&mut self, mut drop: bool) -> io::Result<Option<Markup>> {
        loop {
            let found = memchr::memchr(b'<', &self.bytes[self.at..]);
            self.at = found.map_or(self.bytes.len(), |idx| self.at + idx);
            if drop {
                self.keep = self.at;
            }
            let rest = &self.bytes[self.at..];
            let section = scan::kind(rest);
            let is_hopeless = section.is_some_and(|kind| self.unclosed[kind] >= MAX_UNCLOSED);
            let found = if is_hopeless {
                Found::Text
            } else {
                construct(rest)
            };
            let found = match found {
                Found::More if self.ended && rest.is_empty() => return Ok(None),
                Found::More if self.ended || rest.len() > MAX_MARKUP_BYTES => {
                    if let Some(kind) = section {
                        self.unclosed[kind] += 1;
                    }
                    Found::Text
                }
                found => found,
            };
            let (kind, name_end, end) = match found {
                Found::More => {
                    if self.at - self.keep > MAX_RECORD_BYTES {
                        self.dropped = self.bytes[self.keep..][..KEPT_BYTES].to_vec();
                        drop = true;
                        self.keep = self.at;
                    }
                    self.refill()?;
                    continue;
                }
                Found::Text => {
                    self.at += 1;
                    continue;
                }
                Found::Skip(n) => {
                    if let Some(encoding) = Encoding::declared(&rest[..n]) {
                        self.encoding = encoding;
                    }
                    self.at += n;
                    continue;
                }
                Found::Open { name, end, empty } => {
                    let kind = if empty { Kind::Empty } else { Kind::Open };
                    (kind, name, end)
                }
                Found::Close { name, end } => (Kind::Close, name, end),
            };
            return Ok(Some(Markup {
                kind,
                start: self.at,
                name_end: self.at + name_end,
                end: self.at + end,
            }));
        }
    }

    /// Reads on, giving up what comes before `keep`.
    fn refill(&mut self) -> io::Result<()> {
        self.bytes.drain(..self.keep);
        self.base += self.keep as u64;
        self.at -= self.keep;
        self.keep = 0;
        if self.bytes.len() < MAX_MARKUP_BYTES {
            self.bytes.shrink_to(2 * MAX_MARKUP_BYTES);
        }
        let n = loop {
            match self.input.fill_buf() {
                Ok(chunk) => {
                    self.bytes.extend_from_slice(chunk);
                    break chunk.len();
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        };
        self.input.consume(n);
        self.ended = n == 0;
        Ok(())
    }
}
