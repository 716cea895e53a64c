//! Options that several commands share, and the bounds of numbers.

use abs_query::results::{MAX_DEPTH, SearchOptions, Sort};
use abs_record::Field;
use clap::ValueEnum;
use clap::builder::RangedU64ValueParser;

use crate::today::today;

/// A field whose values can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "lower")]
pub(super) enum FacetField {
    #[value(alias = "au")]
    Author,
    Year,
    #[value(alias = "journal")]
    Venue,
    #[value(alias = "category")]
    Cat,
}

impl From<FacetField> for Field {
    fn from(field: FacetField) -> Field {
        match field {
            FacetField::Author => Field::Author,
            FacetField::Year => Field::Year,
            FacetField::Venue => Field::Venue,
            FacetField::Cat => Field::Category,
        }
    }
}

/// Keeps records of certain authors.
#[derive(Debug, clap::Args)]
pub(super) struct AuthorFilter {
    /// Keep works of this very author, `Family, Given`; given again, of any of them
    #[arg(long = "author", value_name = "NAME")]
    pub(super) authors: Vec<String>,
}

/// What is typed as several words is one query.
pub(super) fn joined(words: &[String]) -> String {
    words.join(" ")
}

/// Numbers of hits, values, characters: what is beyond has no use and much
/// cost.
pub(super) fn bounded(from: u64) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(from..=MAX_DEPTH as u64)
}

/// A search that asks for nothing: commands add what they want.
pub(super) fn bare_options(authors: &AuthorFilter) -> SearchOptions {
    SearchOptions {
        limit: 0,
        offset: 0,
        sort: Sort::Relevance,
        authors: authors.authors.clone(),
        facets: Vec::new(),
        snippet_chars: 0,
        relax: false,
        explain: false,
        today: today(),
    }
}
