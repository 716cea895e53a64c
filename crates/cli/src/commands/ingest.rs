//! `ingest`: puts records into the index.

use std::io::Write;
use std::path::PathBuf;

use abs_printer::{IngestReport, JsonPrinter, TextPrinter};
use anyhow::Context;
use clap::builder::RangedU64ValueParser;

use crate::args::Globals;
use crate::exit::Exit;
use crate::load::{DEFAULT_MEMORY, Load, default_threads, load};
use crate::locate::locate;
use crate::size::parse_size;
use crate::ui::Ui;

/// More threads than this would only wait for the one that reads.
const MAX_THREADS: u64 = 64;

const EXAMPLES: &str = "\
Examples:
  abs-search ingest arxiv.jsonl.zst pubmed.jsonl.gz
  abs-search ingest --index /data/abs-index --memory 4GB dumps/
  zstd -dc arxiv.jsonl.zst | abs-search ingest -

Formats are found by content: JSON Lines and JSON of arXiv, OpenAlex, Semantic Scholar, Crossref
and CSL; PubMed, JATS, OAI-PMH, arXiv Atom, ACL Anthology and DBLP XML; BibTeX, RIS and its
dialects, MEDLINE .nbib, CSV and TSV. Plain, .gz, .zst, .bz2 or .xz, in a .zip or .tar.

A record whose id is known replaces the older one. What cannot be read is listed with file, place
and reason. Exit status: 0, 1 if some file could not be read to its end, 2 for an error.";

/// Put records into the index, which is made if it is not there
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct IngestArgs {
    /// Files, folders, or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Indexing threads [default: as many as the machine has]
    #[arg(
        long,
        value_name = "N",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=MAX_THREADS)
    )]
    threads: Option<usize>,
    /// Memory for the whole of it
    #[arg(long, value_name = "SIZE", default_value = DEFAULT_MEMORY, value_parser = parse_size)]
    memory: usize,
    /// Where to list what was rejected [default: rejects.jsonl in the index folder]
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Print the summary in JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    args: &IngestArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let place = locate(globals.index.as_deref())?;
    let job = Load {
        index: place.path.clone(),
        paths: args.paths.clone(),
        threads: args.threads.unwrap_or_else(default_threads),
        memory_bytes: args.memory,
        rejects: args.rejects.clone(),
    };
    let report =
        load(job, ui).with_context(|| format!("cannot ingest into {}", place.path.display()))?;
    if args.json {
        JsonPrinter::new(&mut *out).ingest(&report)?;
    } else {
        TextPrinter::new(&mut *out, ui.text).ingest(&report)?;
    }
    Ok(exit(&report))
}

fn exit(report: &IngestReport) -> Exit {
    match (report.failed_files, report.files) {
        (0, _) => Exit::Success,
        (_, 0) => Exit::Failure,
        _ => Exit::Negative,
    }
}
