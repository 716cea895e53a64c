//! Options that several commands share, and the bounds of numbers.

use abs_query::results::{DateSpan, Filters, MAX_DEPTH, SearchOptions, Sort, Without};
use abs_query::syntax::{Limits, date_span};
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

/// Values chosen beside the query, as facets show them.
#[derive(Debug, Default, clap::Args)]
#[group(id = "filters", multiple = true)]
#[command(next_help_heading = "Filters (given again: any of the values)")]
pub(super) struct FilterArgs {
    /// Keep works of this very author, `Family, Given`
    #[arg(long = "author", value_name = "NAME")]
    authors: Vec<String>,
    /// Keep works of a year or of years: 2024, 2020..2023, 2020.., ..1999
    #[arg(long = "year", value_name = "YEARS", value_parser = years, allow_hyphen_values = true)]
    years: Vec<DateSpan>,
    /// Keep works of this venue; words of a name find all that have them
    #[arg(long = "venue", value_name = "NAME")]
    venues: Vec<String>,
    /// Keep works of this category; `cs` is all of cs.CL, cs.LG and so on
    #[arg(long = "cat", value_name = "CATEGORY")]
    categories: Vec<String>,
}

/// Versions of a work as one hit or as several.
#[derive(Debug, Default, clap::Args)]
pub(super) struct VersionArgs {
    /// Show and count every record, also several of one work
    #[arg(long)]
    all_versions: bool,
}

impl FilterArgs {
    pub(super) fn filters(&self) -> Filters {
        Filters {
            authors: self.authors.clone(),
            dates: self.years.clone(),
            venues: self.venues.clone(),
            categories: self.categories.clone(),
        }
    }
}

fn years(text: &str) -> Result<DateSpan, String> {
    date_span(text).ok_or_else(|| "no year or range of years: 2024, 2020..2023, 2020..".to_owned())
}

/// Parts of the ranking to switch off.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Advanced")]
pub(super) struct RankingArgs {
    /// Leave parts of the ranking out, to see what they are worth
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    without: Vec<RankingPart>,
}

/// A part of the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RankingPart {
    /// Words of a question (what, which, study) are looked for like any others
    #[value(help = None::<&str>)]
    QuestionWords,
    /// No bonus for words that stand side by side as in the query
    #[value(help = None::<&str>)]
    Adjacency,
    /// No bonus for titles that say what the query says
    #[value(help = None::<&str>)]
    Titles,
    /// No bonus for what is like other good hits
    #[value(help = None::<&str>)]
    Neighbours,
}

impl RankingArgs {
    pub(super) fn without(&self) -> Without {
        let has = |part| self.without.contains(&part);
        Without {
            question_words: has(RankingPart::QuestionWords),
            adjacency: has(RankingPart::Adjacency),
            titles: has(RankingPart::Titles),
            neighbours: has(RankingPart::Neighbours),
        }
    }
}

/// Numbers of hits, values, characters: what is beyond has no use and much
/// cost.
pub(super) fn bounded(from: u64) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(from..=MAX_DEPTH as u64)
}

/// A search that asks for nothing: commands add what they want.
pub(super) fn bare_options(
    filters: &FilterArgs,
    versions: &VersionArgs,
    limits: Limits,
) -> SearchOptions {
    SearchOptions {
        limit: 0,
        offset: 0,
        sort: Sort::Relevance,
        filters: filters.filters(),
        facets: Vec::new(),
        snippet_chars: 0,
        n_snippets: 1,
        relax: false,
        all_versions: versions.all_versions,
        expand: true,
        without: Without::default(),
        explain: false,
        suggest: true,
        limits,
        today: today(),
    }
}
