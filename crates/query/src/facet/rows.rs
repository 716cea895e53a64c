//! The authors of many records, read a block of records at a time.

use tantivy::DocId;
use tantivy::columnar::column_index::{MultiValueIndex, Set};
use tantivy::columnar::{Column, ColumnIndex};

/// Documents to read at once.
pub(super) const BLOCK: usize = 256;
/// Values of one document that are compared with one another; more are sorted.
const FEW: usize = 24;

/// Reads a column of several values a document.
#[derive(Default)]
pub(super) struct Rows {
    /// By document: its place among those that have values.
    ranks: Vec<u32>,
    starts: Vec<u32>,
    ends: Vec<u32>,
    values: Vec<u64>,
}

impl Rows {
    /// Shows each value of each document once. Empties `docs`, which ascend.
    pub(super) fn read(
        &mut self,
        column: &Column<u64>,
        docs: &mut Vec<DocId>,
        mut each: impl FnMut(DocId, u64),
    ) {
        self.find(column, docs);
        self.values.clear();
        let rows = self.starts.iter().zip(&self.ends);
        let mut rows = rows.map(|(start, end)| (*start, *end)).peekable();
        // Values of neighbouring documents in one go.
        while let Some((start, mut end)) = rows.next() {
            while let Some((_, next)) = rows.next_if(|next| next.0 == end) {
                end = next;
            }
            let n_before = self.values.len();
            self.values.resize(n_before + (end - start) as usize, 0);
            let values = &mut self.values[n_before..];
            column.values.get_range(u64::from(start), values);
        }
        let mut values = self.values.as_mut_slice();
        let lengths = self.starts.iter().zip(&self.ends);
        let lengths = lengths.map(|(start, end)| (end - start) as usize);
        for (doc, length) in docs.drain(..).zip(lengths) {
            let (of_doc, rest) = values.split_at_mut(length);
            values = rest;
            // Two authors of a record may have the same key.
            if of_doc.len() <= FEW {
                for (idx, value) in of_doc.iter().enumerate() {
                    if !of_doc[..idx].contains(value) {
                        each(doc, *value);
                    }
                }
            } else {
                of_doc.sort_unstable();
                for same in of_doc.chunk_by(|a, b| a == b) {
                    each(doc, same[0]);
                }
            }
        }
    }

    /// Where the values are; documents without any may be taken out.
    fn find(&mut self, column: &Column<u64>, docs: &mut Vec<DocId>) {
        self.ranks.clear();
        self.starts.clear();
        self.ends.clear();
        let ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(index)) = &column.index
        else {
            for doc in docs.iter() {
                let rows = column.index.value_row_ids(*doc);
                self.starts.push(rows.start);
                self.ends.push(rows.end);
            }
            return;
        };
        // All at once: a call for each would be most of the cost.
        docs.retain(|doc| match index.optional_index.rank_if_exists(*doc) {
            Some(rank) => {
                self.ranks.push(rank);
                true
            }
            None => false,
        });
        self.starts.resize(docs.len(), 0);
        self.ends.resize(docs.len(), 0);
        let column = &index.start_index_column;
        column.get_vals(&self.ranks, &mut self.starts);
        for rank in &mut self.ranks {
            *rank += 1;
        }
        column.get_vals(&self.ranks, &mut self.ends);
    }
}
