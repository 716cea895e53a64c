//! `parse`: prints how a query is read.

use std::io::Write;

use abs_printer::{JsonPrinter, TextPrinter};
use abs_query::syntax;
use anyhow::{Context, bail};

use super::options::{FilterArgs, VersionArgs, bare_options};
use super::query::QueryArgs;
use crate::args::Globals;
use crate::exit::Exit;
use crate::open::open;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search parse 'title:(deep learning) -survey year:2020..'
  abs-search parse --json 'reward AND'
  abs-search parse --index index 'PRM benchmarks'

With --index it also prints what acronyms stand for in that index.";

/// Print how a query is read, without searching
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ParseArgs {
    #[command(flatten)]
    query: QueryArgs,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    args: &ParseArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    if args.query.is_empty() {
        bail!("cannot read nothing: say a query");
    }
    let query = args.query.read()?;
    let parsed = syntax::parse_within(&query.text, query.limits);
    let expansions = match &globals.index {
        None => Vec::new(),
        Some(index) => {
            let options = bare_options(
                &FilterArgs::default(),
                &VersionArgs::default(),
                query.limits,
            );
            let report = open(Some(index.as_path()), ui)?.read(&query.text, &options);
            report.context("cannot look up acronyms")?.expansions
        }
    };
    let query = query.text;
    if args.json {
        JsonPrinter::new(&mut *out).parsed(
            &query,
            &parsed.ast,
            &parsed.diagnostics,
            &expansions,
        )?;
    } else {
        ui.diagnostics(&query, &parsed.diagnostics);
        TextPrinter::new(&mut *out, ui.text).parsed(&parsed.ast, &expansions)?;
    }
    Ok(Exit::Success)
}
