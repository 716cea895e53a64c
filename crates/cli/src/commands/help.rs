//! `help`: prints help on a topic.

use std::io::Write;

use abs_query::syntax::REFERENCE;
use anyhow::bail;
use clap::CommandFactory;

use crate::args::Cli;
use crate::exit::Exit;

const SYNTAX: &str = "syntax";

/// Print help on a command, or on the query language (`help syntax`)
#[derive(Debug, clap::Args)]
pub(crate) struct HelpArgs {
    /// A command's name, or `syntax`
    topic: Option<String>,
}

pub(super) fn run(args: &HelpArgs, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut cli = Cli::command();
    // Fills in what commands inherit, such as the global options.
    cli.build();
    let help = match args.topic.as_deref() {
        None => cli.render_help().to_string(),
        Some(SYNTAX) => REFERENCE.to_owned(),
        Some(topic) => match cli.find_subcommand_mut(topic) {
            Some(command) => command.render_help().to_string(),
            None => {
                let names: Vec<&str> = cli.get_subcommands().map(|c| c.get_name()).collect();
                bail!(
                    "there is no help on {topic}: topics are {SYNTAX}, {}",
                    names.join(", ")
                );
            }
        },
    };
    writeln!(out, "{}", help.trim_end())?;
    Ok(Exit::Success)
}
