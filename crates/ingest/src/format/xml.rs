//! What the readers of XML share (XML 1.0, <https://www.w3.org/TR/xml/>).
//!
//! A file is read in two steps. [`split`] walks over its bytes and cuts out
//! the elements that are records, so that one malformed record costs only
//! itself and memory is bounded by the longest record. [`Cursor`] then reads
//! one record with quick-xml; its calls follow the nesting of the schema,
//! never that of the data.

mod cursor;
mod encoding;
mod records;
mod root;
mod split;
#[cfg(test)]
pub(super) mod testing;
mod text;

pub(super) use cursor::{Cursor, Tag};
pub(super) use records::{Dialect, Found, open};
pub(super) use root::Root;
pub(super) use split::{Piece, Splitter, Wanted};

/// The longest record in bytes. A JATS article comes with its body, a PubMed
/// record with up to some thousand authors and their affiliations.
pub(super) const MAX_RECORD_BYTES: usize = 64 << 20;

/// How deep elements of a record may be nested; formulas reach some 30.
pub(super) const MAX_DEPTH: usize = 256;

#[cfg(test)]
mod tests;
