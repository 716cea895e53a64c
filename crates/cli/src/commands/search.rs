//! `search`: searches and prints a page of hits.

use std::io::Write;
use std::time::Instant;

use abs_printer::{JsonPrinter, TextPrinter};
use abs_query::results::{FacetRequest, SearchOptions, Sort};
use anyhow::{Context, bail};
use clap::ValueEnum;

use super::options::{FacetField, FilterArgs, RankingArgs, VersionArgs, bare_options, bounded};
use super::query::{QueryArgs, QueryText};
use crate::args::Globals;
use crate::exit::Exit;
use crate::open::open;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search search process reward model
  abs-search search 'au:\"Lu, Lewei\" year:2023..' --sort -date
  abs-search search 'multimod* -survey' --facet author --facet year
  abs-search search reward --snippets 3 --snippet 160
  abs-search search --query-file review.txt --format jsonl -n 1000
  abs-search search reward --json | jq -r '.hits[].title'

All words should match; a page that stays short is filled with partial matches, which come after
the full ones. `abs-search help syntax` is the query language on one page.";

/// Search the index; this is what happens without a command
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    query: QueryArgs,
    /// Hits on the page
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = bounded(0))]
    limit: usize,
    /// Hits before the page
    #[arg(long, value_name = "N", default_value = "0", value_parser = bounded(0))]
    offset: usize,
    /// Order of hits: best, oldest or newest first
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "relevance",
        allow_hyphen_values = true
    )]
    sort: SortOrder,
    /// Count a field's values over the whole result, filters on that field aside; may be given again
    #[arg(long = "facet", value_name = "FIELD", value_delimiter = ',')]
    facets: Vec<FacetField>,
    /// Values of each facet
    #[arg(long, value_name = "N", default_value = "10", value_parser = bounded(1))]
    top: usize,
    /// Only values that start so, whatever their case and accents; of authors any part of the name
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true,
        requires = "facets"
    )]
    facet_prefix: String,
    /// Characters of a snippet, about; 0 for none
    #[arg(long, value_name = "N", default_value = "240", value_parser = bounded(0))]
    snippet: usize,
    /// Snippets of a hit, at most
    #[arg(long, value_name = "K", default_value = "1", value_parser = bounded(1))]
    snippets: usize,
    /// Show whole abstracts instead of snippets
    #[arg(long, conflicts_with_all = ["snippet", "snippets"])]
    full: bool,
    /// Show full matches only
    #[arg(long)]
    no_relax: bool,
    /// Do not let acronyms find what they stand for, nor the other way round
    #[arg(long)]
    no_expand: bool,
    /// Say how the query was understood, and of each hit how its score came about
    #[arg(long)]
    explain: bool,
    /// Form of the answer: for people, one JSON object, or one JSON line a hit
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// The same as --format json; ranges count bytes of UTF-8
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[command(flatten)]
    versions: VersionArgs,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    ranking: RankingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SortOrder {
    Relevance,
    Date,
    #[value(name = "-date")]
    DateDescending,
}

pub(super) fn run(
    args: &SearchArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let format = if args.json { Format::Json } else { args.format };
    if args.query.is_empty() && args.facets.is_empty() && args.filters.filters().is_empty() {
        bail!(
            "cannot search for nothing: say what to look for, such as `abs-search reward model`, \
             or ask for all records with --facet or a filter such as --author"
        );
    }
    if format == Format::Jsonl && !args.facets.is_empty() {
        bail!("cannot put facets into JSON lines, which are hits: use --json");
    }
    let query = args.query.read()?;
    let searcher = open(globals.index.as_deref(), ui)?;
    let started = Instant::now();
    let results = searcher
        .search(&query.text, &options(args, &query))
        .context("cannot search")?;
    let took = started.elapsed();
    match format {
        Format::Text => {
            ui.query(&results.query);
            let mut printer = TextPrinter::new(&mut *out, ui.text);
            if args.explain {
                printer.understood(&results.query)?;
            }
            printer.results(&results)?;
        }
        Format::Json => JsonPrinter::new(&mut *out).results(&results, took)?,
        Format::Jsonl => {
            ui.query(&results.query);
            ui.acronyms(&results.query);
            JsonPrinter::new(&mut *out).hits(&results)?;
        }
    }
    Ok(Exit::found(results.total > 0 || !results.hits.is_empty()))
}

fn options(args: &SearchArgs, query: &QueryText) -> SearchOptions {
    SearchOptions {
        limit: args.limit,
        offset: args.offset,
        sort: match args.sort {
            SortOrder::Relevance => Sort::Relevance,
            SortOrder::Date => Sort::OldestFirst,
            SortOrder::DateDescending => Sort::NewestFirst,
        },
        facets: args
            .facets
            .iter()
            .map(|field| FacetRequest {
                field: (*field).into(),
                top: args.top,
                prefix: args.facet_prefix.clone(),
            })
            .collect(),
        snippet_chars: if args.full { usize::MAX } else { args.snippet },
        n_snippets: args.snippets,
        relax: !args.no_relax,
        expand: !args.no_expand,
        without: args.ranking.without(),
        explain: args.explain,
        ..bare_options(&args.filters, &args.versions, query.limits)
    }
}
