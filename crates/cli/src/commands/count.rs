//! `count`: counts records.

use std::io::Write;
use std::time::Instant;

use abs_printer::{JsonPrinter, TextPrinter};
use anyhow::Context;

use super::options::{FilterArgs, bare_options, joined};
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
    /// Query, its words joined by blanks; `*` for all records
    #[arg(required_unless_present = "filters")]
    query: Vec<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    filters: FilterArgs,
}

pub(super) fn run(
    args: &CountArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let searcher = open(globals.index.as_deref(), ui)?;
    let started = Instant::now();
    let (total, query) = searcher
        .count(&joined(&args.query), &bare_options(&args.filters))
        .context("cannot count records")?;
    if args.json {
        JsonPrinter::new(&mut *out).count(total, &query, started.elapsed())?;
    } else {
        ui.query(&query);
        TextPrinter::new(&mut *out, ui.text).count(total)?;
    }
    Ok(Exit::found(total > 0))
}
