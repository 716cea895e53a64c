//! `export`: prints whole records.

use std::io::{self, Write};
use std::ops::ControlFlow;

use abs_printer::{ExportFormat, ExportPrinter};
use anyhow::Context;
use clap::ValueEnum;

use super::options::{FilterArgs, VersionArgs, bare_options};
use super::query::QueryArgs;
use crate::args::Globals;
use crate::exit::Exit;
use crate::open::open;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search export > everything.jsonl
  abs-search export 'reward model' --format bibtex > reward.bib
  abs-search export --author 'Lu, Lewei' --format csv

Records that match in full are printed in the order of the index, however many there are. JSON
Lines hold all of a record, and `ingest` reads them back as they were; the other formats hold what
they have room for. In CSV a cell that a spreadsheet would take for a formula begins with a quote.";

/// Print all records a query finds, or all there are, whole
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    query: QueryArgs,
    /// Form of the records
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: Format,
    #[command(flatten)]
    filters: FilterArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Jsonl,
    Bibtex,
    Ris,
    Csv,
}

impl From<Format> for ExportFormat {
    fn from(format: Format) -> ExportFormat {
        match format {
            Format::Jsonl => ExportFormat::JsonLines,
            Format::Bibtex => ExportFormat::Bibtex,
            Format::Ris => ExportFormat::Ris,
            Format::Csv => ExportFormat::Csv,
        }
    }
}

pub(super) fn run(
    args: &ExportArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    // Without a query all are wanted.
    let query = args.query.read()?;
    let searcher = open(globals.index.as_deref(), ui)?;
    let mut printer = ExportPrinter::new(&mut *out, args.format.into());
    let mut n_printed = 0_u64;
    let mut printed: io::Result<()> = Ok(());
    let options = bare_options(&args.filters, &VersionArgs::default(), query.limits);
    let report = searcher
        .each(&query.text, &options, |record| {
            printed = printer.record(&record);
            n_printed += 1;
            match printed {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        })
        .context("cannot export")?;
    printed?;
    printer.finish()?;
    ui.query(&report);
    Ok(Exit::found(n_printed > 0))
}
