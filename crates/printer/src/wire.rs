//! The shape of JSON. Clients see these types and no others, so that the data
//! inside can change without breaking them.
//!
//! Ranges are `[start, end)` pairs of UTF-8 byte offsets into the text they
//! belong to: a snippet's into `snippet.text`, a title's into `title`, an
//! author's into that author's string, a warning's span into `query.raw`.
//! Every key is always there; what is not known is `null` or an empty list.

#![expect(
    missing_docs,
    reason = "most keys say it all; the others are described"
)]

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use abs_query::results;
use abs_query::syntax::{Ast, Diagnostic, Severity};
use abs_record::Record;
use serde::Serialize;

use crate::report::{self, EvalReport, IngestReport};
use crate::tree::Node;

/// Changes when a key goes away or takes another meaning; a new key is none.
pub const JSON_VERSION: u32 = 1;

/// The form of exported records. `crates/ingest/src/format/export.rs` reads it.
pub const EXPORT_VERSION: u32 = 1;

/// `[start, end)`
pub type Span = [usize; 2];

/// The answer to a search, `schema_version` 1.
#[derive(Debug, Serialize)]
pub struct Envelope<'a> {
    pub schema_version: u32,
    pub query: Query<'a>,
    /// Works that match in full: versions of one work are one hit. With
    /// `--all-versions` records.
    pub total: u64,
    /// Records that match in full.
    pub total_records: u64,
    pub hits: Vec<Hit<'a>>,
    pub facets: Vec<Facet<'a>>,
    pub took_ms: f64,
}

/// The answer to a count.
#[derive(Debug, Serialize)]
pub struct Count<'a> {
    pub schema_version: u32,
    pub query: Query<'a>,
    pub total: u64,
    pub took_ms: f64,
}

/// How a query was understood.
#[derive(Debug, Serialize)]
pub struct Query<'a> {
    pub raw: &'a str,
    pub parsed: &'a str,
    pub warnings: Vec<Warning<'a>>,
    /// `null` unless partial matches fill up the page.
    pub relaxed: Option<Relaxed>,
    pub expansions: Vec<Expansion<'a>>,
    /// Words the index does not hold.
    pub unknown: &'a [String],
    /// What may have been meant, where little was found; best first.
    pub suggestions: Vec<Suggestion<'a>>,
}

/// A query that finds more. It was not searched.
#[derive(Debug, Serialize)]
pub struct Suggestion<'a> {
    pub query: &'a str,
    /// The authors of the filter, rewritten too.
    pub authors: &'a [String],
    pub changes: Vec<Change<'a>>,
    pub total: u64,
}

/// A part of a query, and what may have been meant by it.
#[derive(Debug, Serialize)]
pub struct Change<'a> {
    pub from: &'a str,
    pub to: &'a str,
}

/// A remark on a part of the query.
#[derive(Debug, Serialize)]
pub struct Warning<'a> {
    /// `info` or `warning`.
    pub severity: &'static str,
    pub message: &'a str,
    pub span: Span,
}

/// Partial matches on the page.
#[derive(Debug, Serialize)]
pub struct Relaxed {
    pub full: u64,
    pub partial_on_page: usize,
}

/// What a part of the query stands for.
#[derive(Debug, Serialize)]
pub struct Expansion<'a> {
    pub from: &'a str,
    /// `pattern` for a prefix, a wildcard, a misspelling or a name, `acronym`
    /// for one or for what it stands for, looked for besides.
    pub kind: &'static str,
    pub to: &'a [String],
    pub n_terms: usize,
    pub cut: bool,
}

/// A returned record.
#[derive(Debug, Serialize)]
pub struct Hit<'a> {
    pub rank: usize,
    pub score: f32,
    pub full_match: bool,
    #[serde(flatten)]
    pub record: Bibliographic<'a>,
    pub title_ranges: Vec<Span>,
    pub author_ranges: Vec<AuthorRange>,
    /// The best passage.
    pub snippet: Option<Snippet<'a>>,
    /// The best passages in the order of the text; empty unless more than one
    /// is asked for.
    pub snippets: Vec<Snippet<'a>>,
    /// `null` unless asked for.
    pub explanation: Option<Explanation<'a>>,
    /// Other records of the same work, oldest first.
    pub versions: Vec<Version<'a>>,
}

/// Another record of a hit's work.
#[derive(Debug, Serialize)]
pub struct Version<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub year: Option<u16>,
    pub venue: Option<&'a str>,
    pub doi: Option<&'a str>,
    pub arxiv: Option<&'a str>,
    pub pmid: Option<&'a str>,
    pub url: Option<&'a str>,
}

/// A record without its abstract.
#[derive(Debug, Serialize)]
pub struct Bibliographic<'a> {
    pub id: &'a str,
    pub title: &'a str,
    /// `Family, Given`
    pub authors: Vec<String>,
    pub year: Option<u16>,
    /// `2024`, `2024-03` or `2024-03-07`
    pub date: Option<String>,
    pub venue: Option<&'a str>,
    pub categories: &'a [String],
    pub keywords: &'a [String],
    pub doi: Option<&'a str>,
    pub arxiv: Option<&'a str>,
    pub pmid: Option<&'a str>,
    pub url: Option<&'a str>,
    pub language: Option<&'a str>,
}

/// A record in full.
#[derive(Debug, Serialize)]
pub struct FullRecord<'a> {
    pub schema_version: u32,
    #[serde(flatten)]
    pub record: Bibliographic<'a>,
    #[serde(rename = "abstract")]
    pub abstract_text: Option<&'a str>,
}

/// A record as it is exported, with nothing lost: `ingest` reads it back. What
/// is not known is left out.
#[derive(Debug, Serialize)]
pub struct ExportedRecord<'a> {
    /// What the line is told by; the version of its form.
    pub abs_search_export: u32,
    pub id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<ExportedAuthor<'a>>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    pub abstract_text: Option<&'a str>,
    /// `2024`, `2024-03` or `2024-03-07`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub categories: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub keywords: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arxiv: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pmid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a str>,
}

/// A person by parts, or a group by `literal`.
#[derive(Debug, Serialize)]
pub struct ExportedAuthor<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub literal: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub family: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub given: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub particle: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub suffix: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orcid: Option<&'a str>,
}

/// A highlight in one of the authors.
#[derive(Debug, Serialize)]
pub struct AuthorRange {
    /// From 0, into `authors`.
    pub author: usize,
    pub range: Span,
}

/// A passage of the abstract.
#[derive(Debug, Serialize)]
pub struct Snippet<'a> {
    pub text: &'a str,
    pub ranges: Vec<Span>,
    /// Where it starts in the abstract, in bytes.
    pub start: usize,
    pub cut_before: bool,
    pub cut_after: bool,
}

/// A score as a tree.
#[derive(Debug, Serialize)]
pub struct Explanation<'a> {
    pub what: &'a str,
    pub value: f32,
    pub parts: Vec<Explanation<'a>>,
}

/// Counts of one field's values.
#[derive(Debug, Serialize)]
pub struct Facet<'a> {
    pub field: &'static str,
    /// How many values there are in all.
    pub n_values: u64,
    pub values: Vec<FacetValue<'a>>,
}

/// One value and its number of records.
#[derive(Debug, Serialize)]
pub struct FacetValue<'a> {
    pub value: &'a str,
    pub count: u64,
}

/// An index in numbers.
#[derive(Debug, Serialize)]
pub struct Stats {
    pub schema_version: u32,
    pub n_records: u64,
    /// Records that are versions of one work count once.
    pub n_works: u64,
    pub n_abstracts: u64,
    pub n_authors: u64,
    pub n_terms: u64,
    pub n_segments: usize,
    /// `[earliest, latest]`
    pub years: Option<[u16; 2]>,
    pub n_bytes: u64,
    /// What it was made of.
    pub sources: Sources,
}

/// The last reading of each file of an index.
#[derive(Debug, Serialize)]
pub struct Sources {
    #[serde(flatten)]
    pub account: Account,
    pub n_files: u64,
    pub failed_files: u64,
    pub partial_files: u64,
    /// Whether the last ingest was broken off: the same command goes on.
    pub unfinished: bool,
    /// `null` unless asked for.
    pub files: Option<Vec<FileAccount>>,
}

/// `read = indexed + updated + unchanged + duplicate + deleted + rejected`
#[derive(Debug, Serialize)]
pub struct Account {
    pub read: u64,
    pub indexed: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub duplicate: u64,
    pub deleted: u64,
    pub rejected: u64,
}

/// What became of one file.
#[derive(Debug, Serialize)]
pub struct FileAccount {
    pub file: String,
    /// `done`, `partial`, `failed`, `skipped` or `unchanged`.
    pub state: &'static str,
    pub format: Option<String>,
    #[serde(flatten)]
    pub account: Account,
}

/// The summary of an ingest.
#[derive(Debug, Serialize)]
pub struct Ingest {
    pub schema_version: u32,
    #[serde(flatten)]
    pub account: Account,
    pub files: u64,
    pub unchanged_files: u64,
    pub failed_files: u64,
    pub skipped_files: u64,
    pub source_bytes: u64,
    /// Whether it went on with an ingest that was broken off.
    pub resumed: bool,
    /// `null` for a dry run.
    pub index: Option<String>,
    pub index_bytes: Option<u64>,
    pub rejects: Option<String>,
    pub took_ms: f64,
}

/// What an evaluation measured.
#[derive(Debug, Serialize)]
pub struct Eval<'a> {
    pub schema_version: u32,
    pub rows: Vec<EvalRow<'a>>,
    pub took_ms: f64,
}

/// Measures of one collection, or of one way to ask.
#[derive(Debug, Serialize)]
pub struct EvalRow<'a> {
    pub name: &'a str,
    /// Means are over so many.
    pub n: usize,
    pub measures: BTreeMap<&'static str, f64>,
}

/// How a query was read, and what an index says of it.
#[derive(Debug, Serialize)]
pub struct Parse<'a> {
    pub schema_version: u32,
    pub raw: &'a str,
    pub parsed: String,
    pub warnings: Vec<Warning<'a>>,
    /// Empty unless an index was asked.
    pub expansions: Vec<Expansion<'a>>,
    pub tree: Tree,
}

/// A node of a query's tree.
#[derive(Debug, Serialize)]
pub struct Tree {
    pub kind: &'static str,
    /// What the node itself says; `null` for one that only holds others.
    pub text: Option<String>,
    pub span: Span,
    pub members: Vec<Tree>,
}

mod check;
mod convert;
mod harvest;

pub use check::Check;
pub use harvest::Harvest;
