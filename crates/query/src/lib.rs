//! From text to ranked hits.
//!
//! A query has three forms: as written ([`syntax`]), as meant (names resolved
//! to fields, words to terms, people to keys), and as run (cursors over one
//! segment). Only the last two know the index, and nothing of it leaves this
//! crate: [`results`] are plain data.
//!
//! ```
//! use abs_query::syntax;
//!
//! let parsed = syntax::parse("title:\"reward model\" author:\"Lu, Lewei\" year:2024..");
//! assert!(parsed.diagnostics.is_empty());
//! ```

mod dictionary;
mod docbits;
mod docset;
mod error;
mod execute;
mod explain;
mod export;
mod facet;
mod marks;
mod node;
mod phrase;
mod plan;
mod postings;
mod rank;
mod resolve;
pub mod results;
mod searcher;
mod snapshot;
mod snippet;
mod suggest;
pub mod syntax;
mod versions;
mod wide;
mod window;

pub use error::SearchError;
pub use results::{FacetRequest, Filters, Hit, SearchOptions, SearchResults, Sort};
pub use searcher::Searcher;
pub use snippet::passages;
