//! `abs-search`: indexes scholarly abstracts and searches them.
//!
//! Arguments become typed options, a command runs, and what it says becomes an
//! exit code. Answers go to standard output, everything else to standard error.

mod args;
mod commands;
mod error;
mod exit;
mod harvest;
mod load;
mod locate;
mod lock;
mod open;
mod size;
mod stop;
mod today;
mod ui;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::thread;

use crate::args::Cli;
use crate::exit::Exit;
use crate::ui::Ui;

/// Indexing allocates for every author and every value of a record; this takes
/// a tenth of its time away.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The deepest query is well within this; the main thread's stack is what the
/// system likes, down to 1 MiB.
const STACK_BYTES: usize = 8 << 20;

fn main() -> ExitCode {
    let run = thread::Builder::new()
        .name("command".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(run);
    // A panic has said on standard error what happened.
    let exit = run.map_or(Exit::Failure, |thread| {
        thread.join().unwrap_or(Exit::Failure)
    });
    exit.into()
}

fn run() -> Exit {
    let cli = match Cli::from_args(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => return args::report(&error),
    };
    let ui = Ui::new(&cli.globals);
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let result = commands::run(&cli, &ui, &mut out)
        .and_then(|exit| out.flush().map(|()| exit).map_err(anyhow::Error::from));
    result.unwrap_or_else(|error| {
        // Whoever read has read enough.
        if error::is_closed_pipe(&error) {
            return Exit::Success;
        }
        // What was answered before the error is still an answer.
        let _ = out.flush();
        ui.error(&error::message(&error));
        Exit::Failure
    })
}
