//! `count`: counts records.

use std::io::Write;
use std::time::Instant;

use abs_printer::{JsonPrinter, TextPrinter};
use abs_query::results::SearchOptions;
use anyhow::{Context, bail};

use super::options::{FilterArgs, VersionArgs, bare_options};
use super::query::QueryArgs;
use crate::args::Globals;
use crate::exit::Exit;
use crate::open::open;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search count 'reward year:2020..2024'
  abs-search count --author 'Lu, Lewei' multimodal";

/// Count the records that match all of a query
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CountArgs {
    #[command(flatten)]
    query: QueryArgs,
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
    args: &CountArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    if args.query.is_empty() && args.filters.filters().is_empty() {
        bail!("cannot count nothing: say what, or `*` for all records");
    }
    let query = args.query.read()?;
    let searcher = open(globals.index.as_deref(), ui)?;
    let options = SearchOptions {
        expand: !args.no_expand,
        ..bare_options(&args.filters, &args.versions, query.limits)
    };
    let started = Instant::now();
    let (total, report) = searcher
        .count(&query.text, &options)
        .context("cannot count records")?;
    if args.json {
        JsonPrinter::new(&mut *out).count(total, &report, started.elapsed())?;
    } else {
        ui.query(&report);
        ui.acronyms(&report);
        TextPrinter::new(&mut *out, ui.text).count(total)?;
    }
    Ok(Exit::found(total > 0))
}
