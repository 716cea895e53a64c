//! `update`: fetches what changed since the last harvest.

use std::io::Write;

use abs_harvest::{Order, States};
use anyhow::{Context, bail};

use super::harvest::GatherArgs;
use crate::args::Globals;
use crate::exit::Exit;
use crate::harvest::gather;
use crate::locate::locate;
use crate::stop::Stop;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search update
  abs-search update --dry-run
  abs-search update --quiet --json >> updates.jsonl

Every harvest of the index is gone on with: those that were broken off from where they were, the
others with what changed since their last day. A harvest `--until` a day that is over has nothing left.
With --json there is a line for each harvest.
Exit status: 0, 1 if one could not be completed, 2 for an error, 130 or 143 for a signal.";

/// Fetch what changed since the last harvest
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct UpdateArgs {
    #[command(flatten)]
    options: GatherArgs,
}

pub(super) fn run(
    args: &UpdateArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let place = locate(globals.index.as_deref())?;
    let job = args.options.job(place.path);
    let attempt = || format!("cannot update {}", job.index.display());
    let states = States::open(&job.index).with_context(attempt)?;
    if states.all().is_empty() {
        bail!(
            "{}: nothing was harvested into it; start with `abs-search harvest arxiv --set cs`",
            attempt()
        );
    }
    let orders = states.to_update();
    if orders.is_empty() {
        ui.note("nothing to do: every harvest was of days that are over");
    }
    let stop = Stop::listen().context("cannot listen for signals")?;
    let mut exit = Exit::Success;
    for order in &orders {
        // One before it may have been wider.
        if States::open(&job.index)?.find(order).is_none() {
            continue;
        }
        ui.note(&name(order));
        let gathered = gather(&job, order, false, ui, &stop).with_context(attempt)?;
        let done = args.options.print(&gathered, ui, out)?;
        if gathered.signal.is_some() {
            return Ok(done);
        }
        if done != Exit::Success {
            exit = Exit::Negative;
        }
    }
    Ok(exit)
}

/// An order in words.
fn name(order: &Order) -> String {
    let part = |what: &str, value: Option<String>| {
        value.map_or_else(String::new, |value| format!(", {what} {value}"))
    };
    format!(
        "{}{}{}{}",
        order.url,
        part("set", order.set.clone()),
        part("from", order.from.map(|day| day.to_string())),
        part("until", order.until.map(|day| day.to_string())),
    )
}
