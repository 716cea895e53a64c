//! `delete`: takes records out of the index.

use std::io::Write;

use abs_ingest::RecordSink;
use abs_ingest::writer::WriterOptions;
use abs_query::Searcher;
use abs_schema::IndexFolder;
use anyhow::Context;

use crate::args::Globals;
use crate::exit::Exit;
use crate::locate::locate;
use crate::lock;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search delete arXiv:2503.10291
  abs-search delete 10.1038/nature14539 t:1

A deleted record comes back when a file that holds it is read again: because it has changed, or
because `ingest --again` asks for that. Exit status: 0, 1 if some id is not in the index.";

/// Delete records from the index
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    /// Ids as hits print them, or DOIs, arXiv ids, PubMed ids
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

pub(super) fn run(
    args: &DeleteArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let path = locate(globals.index.as_deref())?.path;
    let attempt = || format!("cannot delete from the index in {}", path.display());
    let folder = IndexFolder::open(&path).with_context(attempt)?;
    let searcher = Searcher::open(&folder).with_context(attempt)?;
    let options = WriterOptions {
        threads: 1,
        memory_bytes: 0,
    };
    let mut sink = lock::open_sink(&path, options).with_context(attempt)?;
    let (mut n_deleted, mut n_missing) = (0_u64, 0_u64);
    for id in &args.ids {
        let record = searcher.get(id).with_context(attempt)?;
        let was_there = match &record {
            Some(record) => sink.delete(&record.id).with_context(attempt)?,
            None => false,
        };
        if was_there {
            n_deleted += 1;
        } else {
            n_missing += 1;
            ui.error(&format!("no record has the id {id}"));
        }
    }
    sink.finish().with_context(attempt)?;
    writeln!(out, "deleted {n_deleted}")?;
    Ok(Exit::found(n_missing == 0))
}
