//! `ingest`: puts records into the index.

use std::io::Write;
use std::path::PathBuf;

use abs_ingest::writer::COMMIT_EVERY;
use abs_printer::{IngestReport, JsonPrinter, TextPrinter};
use anyhow::Context;
use clap::builder::RangedU64ValueParser;

use crate::args::Globals;
use crate::exit::Exit;
use crate::load::{DEFAULT_MEMORY, Load, Loaded, default_threads, dry_run, load};
use crate::locate::locate;
use crate::size::parse_size;
use crate::stop::Signal;
use crate::ui::Ui;

/// More threads than this would only wait for the one that reads.
const MAX_THREADS: u64 = 64;

const EXAMPLES: &str = "\
Examples:
  abs-search ingest arxiv.jsonl.zst pubmed.jsonl.gz
  abs-search ingest --index /data/abs-index --memory 4GB dumps/
  abs-search ingest --map title=Titel,abstract=Zusammenfassung table.csv
  abs-search ingest --dry-run --files dumps/
  zstd -dc arxiv.jsonl.zst | abs-search ingest -

Formats are found by content: JSON Lines and JSON of arXiv, OpenAlex, Semantic Scholar, Crossref,
DataCite, Europe PMC, INSPIRE, Zotero and CSL; PubMed, JATS, OAI-PMH, arXiv Atom, ACL Anthology,
DBLP, EndNote, Europe PMC, MARC, MODS and Zotero RDF as XML; BibTeX, RIS and its dialects,
MEDLINE .nbib, RefWorks, text saved from Ovid, ProQuest and Web of Science, CSV and TSV. Plain,
.gz, .zst, .bz2 or .xz, in a .zip or .tar.

A record whose id is known replaces the older one. Of all records read each is indexed (new),
updated (it replaced another), unchanged (an earlier ingest said the same), duplicate (this one
did), deleted or rejected; `abs-search stats --files` has the account of every file.

A file that is as it was when it was read (same path, size and time) is left out. An ingest that
is broken off, by Ctrl-C, by SIGTERM or in any other way, goes on from its last commit when the
same command is run again, and counts as if nothing had happened. Standard input cannot be gone on
with: read again, what is in the index already is unchanged.

What cannot be read is listed with file, place and reason. Exit status: 0, 1 if some file could
not be read to its end or --strict refused a record, 2 for an error, 130 or 143 after a signal.";

/// Put records into the index, which is made if it is not there
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct IngestArgs {
    /// Files, folders, or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Columns of a CSV or TSV whose names are strange; `\,` for a comma in one
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    map: Option<String>,
    /// Read and report only; counts as into an empty index, and needs none
    #[arg(long)]
    dry_run: bool,
    /// Stop at the first reject; what was read before it is in the index
    #[arg(long)]
    strict: bool,
    /// Read files again that have not changed
    #[arg(long)]
    again: bool,
    /// Print the account of every file
    #[arg(long)]
    files: bool,
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
    /// Records between two commits at most
    #[arg(
        long,
        value_name = "N",
        hide = true,
        default_value_t = COMMIT_EVERY,
        value_parser = RangedU64ValueParser::<u64>::new().range(1..=COMMIT_EVERY)
    )]
    commit_every: u64,
}

pub(super) fn run(
    args: &IngestArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let loaded = match args.dry_run {
        true => dry_run(&job(args, PathBuf::new()), ui).context("cannot read")?,
        false => {
            let path = locate(globals.index.as_deref())?.path;
            let attempt = format!("cannot ingest into {}", path.display());
            load(&job(args, path), ui).context(attempt)?
        }
    };
    print(args, &loaded, ui, out)?;
    // What is not read by anybody was not told.
    out.flush()?;
    loaded.is_told()?;
    Ok(exit(&loaded, ui))
}

fn job(args: &IngestArgs, index: PathBuf) -> Load {
    Load {
        index,
        paths: args.paths.clone(),
        threads: args.threads.unwrap_or_else(default_threads),
        memory_bytes: args.memory,
        rejects: args.rejects.clone(),
        mapping: args.map.clone(),
        strict: args.strict,
        again: args.again,
        keep_files: args.files,
        commit_every: args.commit_every,
    }
}

fn print(args: &IngestArgs, loaded: &Loaded, ui: &Ui, out: &mut dyn Write) -> anyhow::Result<()> {
    if args.json {
        let mut printer = JsonPrinter::new(&mut *out);
        for file in &loaded.files {
            printer.file(file)?;
        }
        printer.ingest(&loaded.report)?;
    } else {
        let mut printer = TextPrinter::new(&mut *out, ui.text);
        for file in &loaded.files {
            printer.file(file)?;
        }
        printer.ingest(&loaded.report)?;
    }
    Ok(())
}

fn exit(loaded: &Loaded, ui: &Ui) -> Exit {
    if let Some(signal) = loaded.signal {
        let advice = match (&loaded.report.index, loaded.can_be_resumed) {
            (None, _) => "nothing was written",
            (Some(_), true) => {
                "what was read is in the index; run the same command again to go on from there"
            }
            (Some(_), false) => {
                "what was read is in the index; standard input cannot be gone on with, but what \
                 is read again is found unchanged"
            }
        };
        ui.error(&format!("stopped: {advice}"));
        return match signal {
            Signal::Interrupt => Exit::Interrupted,
            Signal::Terminate => Exit::Terminated,
        };
    }
    if loaded.is_refused {
        ui.error("stopped at the first reject, as --strict asks");
        return Exit::Negative;
    }
    of_files(&loaded.report)
}

fn of_files(report: &IngestReport) -> Exit {
    match (report.failed_files, report.files + report.unchanged_files) {
        (0, _) => Exit::Success,
        (_, 0) => Exit::Failure,
        _ => Exit::Negative,
    }
}
