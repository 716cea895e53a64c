//! Why a search could not be answered.

use abs_schema::store::plain;

/// A search's failure: the index's, or a demand beyond the bounds. A query as
/// typed is never an error.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Reading the index failed.
    #[error("cannot read the index: {}", plain(.0))]
    Index(#[from] tantivy::TantivyError),
    /// Reading a file of the index failed.
    #[error("cannot read the index: {0}")]
    Io(#[from] std::io::Error),
    /// A stored record is damaged.
    #[error("cannot read a record of the index: {0}")]
    Record(#[from] abs_schema::stored::StoredError),
    /// A page too far down.
    #[error(
        "offset and limit together may reach {max}, {asked} was asked for: narrow the query instead"
    )]
    TooDeep {
        /// What was asked for.
        asked: u128,
        /// What is allowed.
        max: usize,
    },
    /// More phrases and `=Words`, of words more frequent, than are looked for
    /// at once.
    #[error(
        "its phrases and `=Words` are of words so frequent that {asked} places would be looked \
         at, and at most {max} are: ask for fewer of them at a time"
    )]
    TooManyPlaces {
        /// Places that would be looked at.
        asked: u64,
        /// Places that may be.
        max: u64,
    },
    /// A field that has no facet.
    #[error("{0} cannot be counted: facets are author, year, venue and cat")]
    NoFacet(&'static str),
}
