//! All records that match, one after the other, without scores and without a
//! page: what an export goes over.

use std::ops::ControlFlow;

use abs_record::Record;
use tantivy::{DocSet, TERMINATED};

use crate::error::SearchError;
use crate::execute::Execution;
use crate::results::{QueryReport, SearchOptions, Sort};
use crate::searcher::Searcher;

impl Searcher {
    /// Gives every record that matches in full, every version of a work among
    /// them, in the order of the index;
    /// `Break` ends it. Of the options only the authors and the day count.
    /// Memory does not grow with the number of records.
    pub fn each(
        &self,
        raw: &str,
        options: &SearchOptions,
        mut take: impl FnMut(Record) -> ControlFlow<()>,
    ) -> Result<QueryReport, SearchError> {
        let (resolved, report) = self.understand(raw, options)?;
        let node = resolved.full();
        let execution = Execution {
            snapshot: &self.snapshot,
            lengths: self.lengths,
            sort: Sort::Relevance,
            // Every version is a record.
            works: None,
        };
        for (segment_idx, segment) in self.snapshot.segments().iter().enumerate() {
            let mut docs = execution.planner(segment_idx).docset(&node)?;
            while docs.doc() != TERMINATED {
                if !segment.is_deleted(docs.doc()) {
                    let record = self.snapshot.record(segment_idx, docs.doc())?;
                    if take(record).is_break() {
                        return Ok(report);
                    }
                }
                docs.advance();
            }
        }
        Ok(report)
    }
}
