//! What is asked of a search: the same in every bench.

use abs_query::results::Without;
use abs_query::syntax::Limits;
use abs_query::{Filters, SearchOptions, Sort};

/// A page with snippets, all stages, works and acronyms.
pub fn as_people_get_it() -> SearchOptions {
    SearchOptions {
        limit: 10,
        offset: 0,
        sort: Sort::Relevance,
        filters: Filters::default(),
        facets: Vec::new(),
        snippet_chars: 300,
        n_snippets: 1,
        relax: true,
        all_versions: false,
        expand: true,
        without: Without::default(),
        explain: false,
        suggest: false,
        limits: Limits::TYPED,
        today: None,
    }
}

/// What bare tantivy does: ten records by their base score, no stages, no
/// acronyms, no versions of works, no partial matches.
pub fn base_score_only() -> SearchOptions {
    SearchOptions {
        snippet_chars: 0,
        relax: false,
        all_versions: true,
        expand: false,
        without: Without {
            question_words: false,
            adjacency: true,
            titles: true,
            neighbours: true,
        },
        ..as_people_get_it()
    }
}

/// Records to draw queries from: so many of the newest.
pub fn newest(limit: usize) -> SearchOptions {
    SearchOptions {
        limit,
        sort: Sort::NewestFirst,
        without: Without::default(),
        ..base_score_only()
    }
}
