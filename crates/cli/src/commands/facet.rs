//! `facet`: counts the values of a field.

use std::io::Write;
use std::time::Instant;

use abs_printer::{JsonPrinter, TextPrinter};
use abs_query::results::{FacetRequest, SearchOptions};
use anyhow::Context;

use super::options::{FacetField, FilterArgs, VersionArgs, bare_options, bounded};
use super::query::QueryArgs;
use crate::args::Globals;
use crate::exit::Exit;
use crate::open::open;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search facet author reward --top 20
  abs-search facet author --prefix lu
  abs-search facet year 'cat:cs.CL' --json";

/// Count a field's values over all records a query finds, or over all there are
///
/// A filter on the field that is counted is left aside: with --author, authors
/// are counted as if it were not there, so that another can be chosen.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct FacetArgs {
    /// Field to count
    field: FacetField,
    #[command(flatten)]
    query: QueryArgs,
    /// Values to print, those with most records first
    #[arg(long, value_name = "N", default_value = "20", value_parser = bounded(1))]
    top: usize,
    /// Only values that start so, whatever their case and accents; of authors any part of the name
    #[arg(
        long,
        alias = "facet-prefix",
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    prefix: String,
    /// Do not let acronyms find what they stand for, nor the other way round
    #[arg(long)]
    no_expand: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    versions: VersionArgs,
    #[command(flatten)]
    filters: FilterArgs,
}

pub(super) fn run(
    args: &FacetArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let query = args.query.read()?;
    let searcher = open(globals.index.as_deref(), ui)?;
    let options = SearchOptions {
        facets: vec![FacetRequest {
            field: args.field.into(),
            top: args.top,
            prefix: args.prefix.clone(),
        }],
        expand: !args.no_expand,
        ..bare_options(&args.filters, &args.versions, query.limits)
    };
    let started = Instant::now();
    let results = searcher
        .search(&query.text, &options)
        .context("cannot count values")?;
    let took = started.elapsed();
    if args.json {
        JsonPrinter::new(&mut *out).results(&results, took)?;
    } else {
        ui.query(&results.query);
        ui.acronyms(&results.query);
        let mut printer = TextPrinter::new(&mut *out, ui.text);
        for facet in &results.facets {
            printer.facet(facet)?;
        }
    }
    Ok(Exit::found(
        results.facets.iter().any(|facet| facet.n_values > 0),
    ))
}
