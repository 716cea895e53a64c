//! `show`: prints one record.

use std::io::Write;

use abs_printer::{JsonPrinter, TextPrinter};
use anyhow::Context;

use crate::args::Globals;
use crate::exit::Exit;
use crate::open::open;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search show arXiv:2503.10291
  abs-search show 10.1038/nature14539 --json";

/// Print one record in full
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ShowArgs {
    /// Id as hits print it, or a DOI, an arXiv id, a PubMed id
    id: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    args: &ShowArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let searcher = open(globals.index.as_deref(), ui)?;
    let record = searcher
        .get(&args.id)
        .with_context(|| format!("cannot show {}", args.id))?;
    let Some(record) = record else {
        ui.error(&format!(
            "no record has the id {}: hits print theirs in the line below the authors",
            args.id
        ));
        return Ok(Exit::Negative);
    };
    if args.json {
        JsonPrinter::new(&mut *out).record(&record)?;
    } else {
        TextPrinter::new(&mut *out, ui.text).record(&record)?;
    }
    Ok(Exit::Success)
}
