//! What a search is asked for and what it answers: plain data.
//!
//! No type of the engine below appears here, and no mark-up: a highlight is a
//! range of bytes in the text beside it, and the printer decides what it looks
//! like.

use std::ops::{Bound, Range};

use abs_record::{Date, Field, Record, RecordId};

use crate::syntax::{Diagnostic, Limits};

/// The deepest a page may reach: offset and limit together.
pub const MAX_DEPTH: usize = 100_000;

/// What to do with a query. There is no default: callers say what they want.
#[derive(Debug, Clone)]
pub struct SearchOptions {
    /// Hits on the page.
    pub limit: usize,
    /// Hits before the page.
    pub offset: usize,
    /// The order of hits.
    pub sort: Sort,
    /// Values chosen beside the query.
    pub filters: Filters,
    /// Fields to count values of over the whole result.
    pub facets: Vec<FacetRequest>,
    /// Characters of a snippet, about; 0 for none, `usize::MAX` for the whole
    /// abstract.
    pub snippet_chars: usize,
    /// Passages of a hit, at most; if over 1 they go to [`Hit::snippets`] too.
    pub n_snippets: usize,
    /// Fill the page with partial matches where full ones do not.
    pub relax: bool,
    /// Every record is a hit and counts, also versions of one work.
    pub all_versions: bool,
    /// Let acronyms find what they stand for, and the other way round.
    pub expand: bool,
    /// Parts of the ranking to leave out.
    pub without: Without,
    /// Say of each hit how its score came about.
    pub explain: bool,
    /// Look for what may have been meant where little is found.
    pub suggest: bool,
    /// How long the query may be.
    pub limits: Limits,
    /// What `since:` counts back from.
    pub today: Option<Date>,
}

/// Parts of the ranking that are left out, to see what they are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Without {
    /// Words of a question are looked for like any others.
    pub question_words: bool,
    /// No bonus for words that stand side by side as in the query.
    pub adjacency: bool,
    /// No bonus for titles that say what the query says.
    pub titles: bool,
    /// No bonus for what is like other good hits.
    pub neighbours: bool,
}

/// Values chosen beside the query, as facets show them. Values of one field
/// widen (any of them), fields narrow one another. A facet is counted without
/// the filter on its own field: what else could be chosen stays in sight.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// These very authors, in any spelling; one the index does not have stands
    /// for the authors its name fits.
    pub authors: Vec<String>,
    /// Spans of dates, as [`crate::syntax::date_span`] reads them.
    pub dates: Vec<DateSpan>,
    /// Venues by their whole name; one the index does not have stands for the
    /// venues that have all its words.
    pub venues: Vec<String>,
    /// Categories as printed; one the index does not have stands for those
    /// below it, as `cs` for `cs.CL`.
    pub categories: Vec<String>,
}

/// The first and the last date.
pub type DateSpan = (Bound<Date>, Bound<Date>);

impl Filters {
    /// Nothing is chosen.
    pub fn is_empty(&self) -> bool {
        *self == Filters::default()
    }
}

/// An order of hits. Ties go by a key that depends on the record's id alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first.
    Relevance,
    /// Oldest first, undated last.
    OldestFirst,
    /// Newest first, undated last.
    NewestFirst,
}

/// A field to count values of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetRequest {
    /// author, year, venue or cat.
    pub field: Field,
    /// How many values to return, those with most records first.
    pub top: usize,
    /// Only values that start so, folded, or authors with name parts that do
    /// (`lewei`, `lu lew`; with a comma the family name comes first); empty for
    /// all.
    pub prefix: String,
}

/// The answer to a search.
#[derive(Debug, Clone)]
pub struct SearchResults {
    /// How the query was understood.
    pub query: QueryReport,
    /// Works that match in full, exactly; records if each was to be a hit.
    pub total: u64,
    /// Records that match in full, exactly.
    pub n_records: u64,
    /// The page.
    pub hits: Vec<Hit>,
    /// One for each request, in its order.
    pub facets: Vec<Facet>,
}

/// How a query was understood.
#[derive(Debug, Clone)]
pub struct QueryReport {
    /// As typed.
    pub raw: String,
    /// As read, in the query language.
    pub parsed: String,
    /// What the parser and the index have to say about it.
    pub diagnostics: Vec<Diagnostic>,
    /// Partial matches fill up the page.
    pub relaxed: Option<Relaxed>,
    /// What words, names and prefixes became: `multimod*` to its words, `PRM`
    /// to what it stands for.
    pub expansions: Vec<Expansion>,
    /// Words the index does not hold.
    pub unknown: Vec<String>,
    /// What finds more, best first; never searched in the query's place.
    pub suggestions: Vec<Suggestion>,
}

/// A query that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The whole query, rewritten.
    pub query: String,
    /// The authors chosen beside it, rewritten.
    pub authors: Vec<String>,
    /// What was replaced: as typed, and by what.
    pub changes: Vec<(String, String)>,
    /// Records it finds: more than the query as typed.
    pub total: u64,
}

/// Partial matches on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxed {
    /// Records that match in full.
    pub full: u64,
    /// Hits on this page that match in part.
    pub partial_on_page: usize,
}

/// What one part of a query stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The part as typed.
    pub from: String,
    /// Why it stands for more.
    pub kind: ExpansionKind,
    /// The first few things it became.
    pub to: Vec<String>,
    /// How many there are.
    pub n_terms: usize,
    /// More than the cap were found and left out.
    pub cut: bool,
}

/// Why a part of a query stands for more than it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExpansionKind {
    /// A prefix, a wildcard, a misspelling, a name.
    Pattern,
    /// An acronym, or what one stands for. These are looked for besides, at a
    /// lower weight.
    Acronym,
}

/// A returned record.
#[derive(Debug, Clone)]
pub struct Hit {
    /// From 1, over the whole result.
    pub rank: usize,
    /// The score it was ranked by.
    pub score: f32,
    /// Whether it matches the whole query, or only a part of it.
    pub full_match: bool,
    /// The record.
    pub record: Record,
    /// Highlights in the title.
    pub title_ranges: Vec<Range<usize>>,
    /// Highlights in authors: which one, and where in its display form.
    pub author_ranges: Vec<(usize, Range<usize>)>,
    /// The best passage of the abstract.
    pub snippet: Option<Snippet>,
    /// The best passages in the order of the text, where more than one is asked
    /// for.
    pub snippets: Vec<Snippet>,
    /// How the score came about.
    pub explanation: Option<Explanation>,
    /// The other versions of the work, whether they match or not, oldest
    /// first; none if each was to be a hit.
    pub versions: Vec<Version>,
}

/// Another record of a hit's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: RecordId,
    /// Its title, which may differ.
    pub title: String,
    /// Year of publication.
    pub year: Option<u16>,
    /// Journal, conference or archive.
    pub venue: Option<String>,
    /// DOI.
    pub doi: Option<String>,
    /// arXiv id.
    pub arxiv: Option<String>,
    /// PubMed id.
    pub pmid: Option<String>,
    /// Where to read it.
    pub url: Option<String>,
}

/// A passage of the abstract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The passage, as stored.
    pub text: String,
    /// Highlights in it, ascending, apart.
    pub ranges: Vec<Range<usize>>,
    /// Where it starts in the abstract, in bytes.
    pub start: usize,
    /// Text was left out before it.
    pub cut_before: bool,
    /// Text was left out after it.
    pub cut_after: bool,
}

/// A score as a tree: the parts of a node add up to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What it is.
    pub what: String,
    /// Its share of the score.
    pub value: f32,
    /// What it is made of.
    pub parts: Vec<Explanation>,
}

/// Counts of one field's values over a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field counted.
    pub field: Field,
    /// Values with most records first, ties by value.
    pub values: Vec<FacetValue>,
    /// How many values there are in all.
    pub n_values: u64,
}

/// One value and its number of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// As shown, in its commonest spelling, and as a filter takes it.
    pub value: String,
    /// Records of the result that have it.
    pub count: u64,
}

/// An index in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Records.
    pub n_records: u64,
    /// Works: records that are versions of one count once.
    pub n_works: u64,
    /// Records with an abstract.
    pub n_abstracts: u64,
    /// Different authors, counted by key.
    pub n_authors: u64,
    /// Different terms of ranked text, summed over segments.
    pub n_terms: u64,
    /// Segments.
    pub n_segments: usize,
    /// Earliest and latest year.
    pub years: Option<(u16, u16)>,
    /// Bytes on disk.
    pub n_bytes: u64,
}
