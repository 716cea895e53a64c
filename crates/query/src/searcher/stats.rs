//! An index in numbers.

use abs_schema::store::folder_bytes;

use super::Searcher;
use crate::error::SearchError;
use crate::execute::Execution;
use crate::facet::FacetCounter;
use crate::resolve::Resolver;
use crate::results::{Sort, Stats};
use crate::snapshot::column;

impl Searcher {
    /// The index in numbers.
    pub fn stats(&self) -> Result<Stats, SearchError> {
        let snapshot = &self.snapshot;
        let segments = snapshot.segments();
        let mut years: Option<(u64, u64)> = None;
        let mut n_terms = 0;
        let mut authors = rustc_hash::FxHashSet::default();
        for segment in segments {
            let inverted = segment.inverted_index(snapshot.fields.text)?;
            n_terms += inverted.terms().num_terms() as u64;
            let year = column(segment, "year")?;
            let keys = column(segment, "author_key")?;
            for doc in segment.doc_ids_alive() {
                if let Some(year) = year.first(doc) {
                    let (low, high) = years.unwrap_or((year, year));
                    years = Some((low.min(year), high.max(year)));
                }
                authors.extend(keys.values_for_doc(doc));
            }
        }
        let execution = Execution {
            snapshot,
            lengths: self.lengths,
            sort: Sort::Relevance,
            works: None,
        };
        let mut resolver = Resolver::new(snapshot, None);
        let with_abstract = resolver.has_part("abstract")?;
        let mut no_facets = FacetCounter::default();
        let n_abstracts = execution.all(&with_abstract, 0, &mut no_facets)?.total;
        let year = |year: u64| u16::try_from(year).unwrap_or(u16::MAX);
        Ok(Stats {
            n_records: snapshot.searcher.num_docs(),
            n_works: snapshot.searcher.num_docs() + snapshot.works.n_works() as u64
                - snapshot.works.n_members() as u64,
            n_abstracts,
            n_authors: authors.len() as u64,
            n_terms,
            n_segments: segments.len(),
            years: years.map(|(low, high)| (year(low), year(high))),
            n_bytes: folder_bytes(&self.path),
        })
    }
}
