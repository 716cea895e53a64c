//! The commands, one file each: its options, whose comments are its help, and
//! one `run`.

mod check;
mod count;
mod delete;
mod eval;
mod export;
mod facet;
mod harvest;
mod help;
mod ingest;
mod optimize;
mod options;
mod parse;
mod query;
mod search;
mod show;
mod stats;
mod update;

use std::io::Write;

use crate::args::{Cli, Globals};
use crate::exit::Exit;
use crate::ui::Ui;

/// A command with its options.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Search(search::SearchArgs),
    Ingest(ingest::IngestArgs),
    Harvest(harvest::HarvestArgs),
    Update(update::UpdateArgs),
    Export(export::ExportArgs),
    Delete(delete::DeleteArgs),
    Optimize(optimize::OptimizeArgs),
    Check(check::CheckArgs),
    Facet(facet::FacetArgs),
    Show(show::ShowArgs),
    Count(count::CountArgs),
    Stats(stats::StatsArgs),
    Parse(parse::ParseArgs),
    Eval(eval::EvalArgs),
    Help(help::HelpArgs),
}

/// Runs the command; its answer goes to `out`.
pub(crate) fn run(cli: &Cli, ui: &Ui, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let globals: &Globals = &cli.globals;
    match &cli.command {
        Command::Search(args) => search::run(args, globals, ui, out),
        Command::Ingest(args) => ingest::run(args, globals, ui, out),
        Command::Harvest(args) => harvest::run(args, globals, ui, out),
        Command::Update(args) => update::run(args, globals, ui, out),
        Command::Export(args) => export::run(args, globals, ui, out),
        Command::Delete(args) => delete::run(args, globals, ui, out),
        Command::Optimize(args) => optimize::run(args, globals, ui, out),
        Command::Check(args) => check::run(args, globals, ui, out),
        Command::Facet(args) => facet::run(args, globals, ui, out),
        Command::Show(args) => show::run(args, globals, ui, out),
        Command::Count(args) => count::run(args, globals, ui, out),
        Command::Stats(args) => stats::run(args, globals, ui, out),
        Command::Parse(args) => parse::run(args, globals, ui, out),
        Command::Eval(args) => eval::run(args, globals, ui, out),
        Command::Help(args) => help::run(args, out),
    }
}
