//! What is asked of a splitter, and what it gives.

use crate::error::{CutShort, ReadErrorKind};
use crate::format::xml::encoding::Encoding;

/// What to cut out; all names without prefixes.
pub(crate) struct Wanted {
    /// Elements given as a whole.
    pub(crate) elements: &'static [&'static str],
    /// Elements outside of those whose start tags are given.
    pub(crate) tags: &'static [&'static str],
    /// Elements that never are inside of another: where one starts, an open
    /// element has lost its end. The open element's own name is one of them.
    pub(crate) breaks: &'static [&'static str],
}

/// A part of the stream.
pub(in crate::format) enum Piece<'a> {
    /// A wanted element.
    Element {
        byte: u64,
        raw: &'a [u8],
        encoding: Encoding,
    },
    /// The start tag of a wanted tag.
    Tag { raw: &'a [u8], encoding: Encoding },
    /// A wanted element that cannot be had.
    Bad {
        byte: u64,
        kind: ReadErrorKind,
        raw: &'a [u8],
    },
    /// The stream ends inside an element.
    Cut(CutShort),
}
