//! What is asked of documents one by one, where no list leads to them.

use tantivy::DocId;
use tantivy::columnar::{Column, StrColumn};

use crate::docset::Test;
use crate::node::Ranges;
use crate::snapshot::Snapshot;

/// A number of a column, in any of some ranges.
pub(super) struct InRange {
    pub(super) column: Column<u64>,
    pub(super) ranges: Ranges,
}

impl Test for InRange {
    fn accepts(&mut self, doc: DocId) -> bool {
        self.column
            .first(doc)
            .is_some_and(|value| self.ranges.hold(value))
    }
}

/// A value of a column of names, by its number in this segment's dictionary;
/// `None` where the segment does not have it.
pub(super) struct IsNamed {
    pub(super) names: Option<(StrColumn, u64)>,
}

impl Test for IsNamed {
    fn accepts(&mut self, doc: DocId) -> bool {
        self.names
            .as_ref()
            .is_some_and(|(column, ord)| column.term_ords(doc).any(|found| found == *ord))
    }
}

/// The first author has one of these keys.
pub(super) struct FirstIs {
    pub(super) column: Column<u64>,
    pub(super) keys: rustc_hash::FxHashSet<u64>,
}

impl Test for FirstIs {
    fn accepts(&mut self, doc: DocId) -> bool {
        self.column
            .first(doc)
            .is_some_and(|key| self.keys.contains(&key))
    }
}

/// Reads the record: the index is folded, the case is only there.
pub(super) struct Spelled {
    pub(super) snapshot: Snapshot,
    pub(super) segment_idx: usize,
    pub(super) word: String,
    pub(super) in_title: bool,
    pub(super) in_abstract: bool,
}

impl Test for Spelled {
    fn accepts(&mut self, doc: DocId) -> bool {
        let Ok(record) = self.snapshot.record(self.segment_idx, doc) else {
            return false;
        };
        (self.in_title && stands_in(&self.word, &record.title))
            || (self.in_abstract
                && record
                    .abstract_text
                    .is_some_and(|text| stands_in(&self.word, &text)))
    }
}

/// Whether a word stands in a text, letter by letter, with no letter or digit
/// on either side.
fn stands_in(word: &str, text: &str) -> bool {
    text.match_indices(word).any(|(start, found)| {
        let before = text[..start].chars().next_back();
        let after = text[start + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
