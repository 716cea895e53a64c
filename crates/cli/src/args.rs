//! The command line, and what it means without a command's name.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, ValueEnum};

use crate::commands::Command;
use crate::exit::Exit;

const EXAMPLES: &str = "\
Examples:
  abs-search process reward model
  abs-search 'title:\"large language\" year:2023.. -survey' -n 20
  abs-search --author 'Lu, Lewei' --facet year multimodal
  abs-search ingest arxiv.jsonl.zst
  abs-search help syntax

QUERY alone is `abs-search search QUERY`; after `--` nothing is an option or a command.
Exit status: 0 for hits, 1 for none, 2 for an error.";

/// Full-text search over scholarly abstracts
#[derive(Debug, Parser)]
#[command(
    name = "abs-search",
    version,
    after_help = EXAMPLES,
    override_usage = "abs-search [OPTIONS] QUERY...\n       abs-search [OPTIONS] <COMMAND>",
    disable_help_subcommand = true,
    arg_required_else_help = true,
    subcommand_required = true
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
pub(crate) struct Globals {
    /// Index folder [default: $ABS_SEARCH_INDEX, else ./index in a checkout, else the user's data
    /// folder]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "Global options"
    )]
    pub(crate) index: Option<PathBuf>,
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Global options"
    )]
    pub(crate) color: ColorChoice,
    /// Print errors and answers only
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(crate) quiet: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[value(help = None::<&str>)]
    Auto,
    /// Always.
    #[value(help = None::<&str>)]
    Always,
    /// Never.
    #[value(help = None::<&str>)]
    Never,
}

impl Cli {
    /// Reads the command line; where it names no command, it is a search.
    pub(crate) fn from_args(args: impl Iterator<Item = OsString>) -> Result<Cli, clap::Error> {
        let mut args: Vec<OsString> = args.collect();
        if is_search(args.get(1..).unwrap_or_default()) {
            args.insert(1, "search".into());
        }
        Cli::try_parse_from(args).map_err(with_tip)
    }
}

/// `reward -model` excludes a word inside quotes; outside it is an option that
/// there is none of.
fn with_tip(mut error: clap::Error) -> clap::Error {
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg)
        && argument.starts_with('-')
        && !argument.starts_with("--")
    {
        let tip = "to exclude a word, quote the query ('reward -model') or put `--` before it";
        let tips = ContextValue::StyledStrs(vec![tip.into()]);
        error.insert(ContextKind::Suggested, tips);
    }
    error
}

/// Prints what clap has to say: help to standard output, errors to standard
/// error.
pub(crate) fn report(error: &clap::Error) -> Exit {
    // Nobody is left to tell that the help cannot be printed.
    let _ = error.print();
    if error.use_stderr() {
        Exit::Failure
    } else {
        Exit::Success
    }
}

/// Whether these arguments are a search that does not say so: the first free
/// word is no command, or an option of a search comes before it.
fn is_search(args: &[OsString]) -> bool {
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let Some(text) = arg.to_str() else {
            return true;
        };
        match text {
            "--index" | "--color" => {
                args.next();
            }
            "--quiet" | "-q" => {}
            "--help" | "-h" | "--version" | "-V" => return false,
            text if text.starts_with("--index=") || text.starts_with("--color=") => {}
            text if text.len() > 1 && text.starts_with('-') => return true,
            word => return Cli::command().find_subcommand(word).is_none(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_names_no_command_is_a_search() {
        let check = |line: &str, expected: bool| {
            let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
            assert_eq!(is_search(&args), expected, "{line}");
        };
        for search in [
            "reward",
            "reward count",
            "-n 5 reward",
            "--json count",
            "-- count",
            "--index count reward",
            "-q --color=never --index=x reward",
            "-",
        ] {
            check(search, true);
        }
        for other in [
            "",
            "count reward",
            "--index reward count x",
            "-q stats",
            "--help",
            "-V",
            "help syntax",
        ] {
            check(other, false);
        }
    }
}
