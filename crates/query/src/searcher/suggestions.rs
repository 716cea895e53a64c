//! What may have been meant.

use super::Searcher;
use super::understand::{is_everything, meant};
use crate::error::SearchError;
use crate::execute::Execution;
use crate::facet::FacetCounter;
use crate::resolve::Resolver;
use crate::results::{Filters, SearchOptions, Suggestion};
use crate::suggest::{Asked, FEW_HITS, suggest};

impl Searcher {
    /// What may have been meant, where a query finds little.
    pub(super) fn suggestions(
        &self,
        raw: &str,
        options: &SearchOptions,
        total: u64,
    ) -> Result<Vec<Suggestion>, SearchError> {
        if !options.suggest || total > FEW_HITS {
            return Ok(Vec::new());
        }
        let asked = Asked {
            ast: meant(raw, options).ast,
            authors: options.filters.authors.clone(),
        };
        let execution = Execution {
            snapshot: &self.snapshot,
            lengths: self.lengths,
            sort: options.sort,
            works: self.works(options),
        };
        let mut found = suggest(&self.snapshot, &asked, total, |asked| {
            let mut resolver = Resolver::new(&self.snapshot, options.today)
                .expanding(options.expand)
                .leaving_out(options.without);
            let filters = resolver.filters(&Filters {
                authors: asked.authors.clone(),
                ..options.filters.clone()
            })?;
            let mut resolved = resolver.resolve(&asked.ast)?;
            resolved.filters = filters;
            let mut no_facets = FacetCounter::default();
            Ok(execution.all(&resolved.full(), 0, &mut no_facets)?.total)
        })?;
        for suggestion in &mut found {
            if is_everything(raw) {
                raw.clone_into(&mut suggestion.query);
            }
        }
        Ok(found)
    }
}
