//! `stats`: prints the index in numbers.

use std::io::Write;

use abs_ingest::Summary;
use abs_ingest::ledger::{self, State};
use abs_printer::{FileAccount, JsonPrinter, Sources, TextPrinter};
use abs_schema::IndexFolder;
use anyhow::Context;

use crate::args::Globals;
use crate::exit::Exit;
use crate::load::account;
use crate::locate::locate;
use crate::open::open;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search stats
  abs-search stats --files
  abs-search stats --files --json | jq '.sources.files[] | select(.rejected > 0)'

Below the numbers stand the files the index was made of, each as it was last read:
read = indexed + updated + unchanged + duplicate + deleted + rejected.";

/// Print the index in numbers
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct StatsArgs {
    /// Print the account of every file the index was made of
    #[arg(long)]
    files: bool,
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
    let folder = IndexFolder::open(&locate(globals.index.as_deref())?.path)?;
    let sources = sources(ledger::Account::read(&folder)?, args.files);
    if args.json {
        JsonPrinter::new(&mut *out).stats(&stats, &sources)?;
    } else {
        TextPrinter::new(&mut *out, ui.text).stats(&stats, &sources)?;
    }
    Ok(Exit::Success)
}

fn sources(ledger: ledger::Account, with_list: bool) -> Sources {
    let n_in = |state| {
        ledger
            .files
            .iter()
            .filter(|file| file.state == state)
            .count() as u64
    };
    let mut total = Summary::default();
    for file in &ledger.files {
        total.add(&file.counts);
    }
    Sources {
        account: account(&total),
        files: ledger.files.len() as u64 - n_in(State::Skipped),
        failed_files: n_in(State::Failed),
        partial_files: n_in(State::Partial),
        is_open: ledger.is_open,
        list: with_list.then(|| {
            let files = ledger.files.iter().map(|file| FileAccount {
                path: file.path.clone(),
                state: file.state.name(),
                format: file.format.clone(),
                account: account(&file.counts),
            });
            files.collect()
        }),
    }
}
