//! `stats`: prints the index in numbers.

use std::io::Write;

use abs_printer::{JsonPrinter, TextPrinter};
use anyhow::Context;

use crate::args::Globals;
use crate::exit::Exit;
use crate::open::open;
use crate::ui::Ui;

/// Print the index in numbers
#[derive(Debug, clap::Args)]
pub(crate) struct StatsArgs {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    args: &StatsArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let searcher = open(globals.index.as_deref(), ui)?;
    let stats = searcher.stats().context("cannot sum up the index")?;
    if args.json {
        JsonPrinter::new(&mut *out).stats(&stats)?;
    } else {
        TextPrinter::new(&mut *out, ui.text).stats(&stats)?;
    }
    Ok(Exit::Success)
}
