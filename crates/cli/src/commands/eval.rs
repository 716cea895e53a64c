//! `eval`: measures the ranking.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use abs_eval::known_item::known_items;
use abs_eval::{Collection, Measures, mean, search};
use abs_printer::{EvalReport, EvalRow, JsonPrinter, TextPrinter};
use abs_query::{SearchOptions, Searcher};
use abs_schema::IndexFolder;
use anyhow::{Context, bail};

use super::options::{FilterArgs, RankingArgs, VersionArgs, bare_options, bounded};
use crate::args::Globals;
use crate::exit::Exit;
use crate::load::{Load, load_whole};
use crate::open::open;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search eval beir/scifact
  abs-search eval beir/* --json
  abs-search eval beir/scifact --split train --run scifact.run
  abs-search eval --known-items 1000 --index /data/abs-index

DIR holds a judged collection as BEIR lays it out: corpus.jsonl, queries.jsonl and qrels/*.tsv, plain
or packed. Its records are indexed in a temporary folder and every judged topic is searched as if
typed. Measures are trec_eval's, means over all judged topics; AP and RR look as deep as --depth.";

/// Measure the ranking on judged collections, or by works that are known
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EvalArgs {
    /// Folders with judged collections
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Judgements to use: the name of a file in qrels [default: test, else dev, else train]
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// Hits of each topic
    #[arg(long, value_name = "N", default_value = "100", value_parser = bounded(1))]
    depth: usize,
    /// Do not let acronyms find what they stand for, nor the other way round
    #[arg(long)]
    no_expand: bool,
    /// Write the hits as a TREC run; with several collections, one after the other
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
    /// Ask for so many works of the index: by title, by five words of it, by author and two rarest
    /// words of it, by a sentence of the abstract
    #[arg(long, value_name = "N", conflicts_with_all = ["folders", "split", "run", "depth"], value_parser = bounded(1))]
    known_items: Option<usize>,
    /// Which works are drawn
    #[arg(long, value_name = "N", default_value = "1", requires = "known_items")]
    seed: u64,
    /// List the queries whose work did not come first, with its rank
    #[arg(long, requires = "known_items")]
    missed: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    ranking: RankingArgs,
}

pub(super) fn run(
    args: &EvalArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let report = match args.known_items {
        Some(n) => ask_for_works(args, n, globals, ui, out)?,
        None if args.folders.is_empty() => {
            bail!("nothing to measure: name a folder with a judged collection, or --known-items N")
        }
        None => collections(args, ui)?,
    };
    if args.json {
        JsonPrinter::new(&mut *out).eval(&report)?;
    } else {
        TextPrinter::new(&mut *out, ui.text).eval(&report)?;
    }
    Ok(Exit::Success)
}

fn collections(args: &EvalArgs, ui: &Ui) -> anyhow::Result<EvalReport> {
    let mut run_file = match &args.run {
        None => None,
        Some(path) => {
            let file = File::create(path);
            let file = file.with_context(|| format!("cannot write {}", path.display()))?;
            Some(BufWriter::new(file))
        }
    };
    let mut rows = Vec::with_capacity(args.folders.len());
    let mut took = Duration::ZERO;
    for folder in &args.folders {
        let attempt = || format!("cannot measure {}", folder.display());
        let collection = Collection::find(folder).with_context(attempt)?;
        let qrels = collection
            .qrels(args.split.as_deref())
            .with_context(attempt)?;
        let topics = collection.topics(&qrels).with_context(attempt)?;
        let index = tempfile::tempdir().context("cannot make a temporary folder")?;
        let searcher = indexed(&collection, index.path(), ui).with_context(attempt)?;
        let started = Instant::now();
        let run = search::run(&searcher, &topics, &options(args, args.depth), |_| ());
        let run = run.with_context(attempt)?;
        took += started.elapsed();
        let by_topic: Vec<Measures> = run.measure(&qrels).into_iter().map(|(_, m)| m).collect();
        if let Some(file) = &mut run_file {
            run.write(file, "abs-search")
                .context("cannot write the run")?;
        }
        rows.push(EvalRow {
            name: collection.name,
            n: by_topic.len(),
            measures: mean(&by_topic).named().to_vec(),
        });
    }
    if let Some(mut file) = run_file {
        file.flush().context("cannot write the run")?;
    }
    Ok(EvalReport {
        heading: "collection",
        counted: "topics",
        rows,
        took,
    })
}

fn indexed(collection: &Collection, index: &Path, ui: &Ui) -> anyhow::Result<Searcher> {
    load_whole(
        &Load::with_defaults(index, vec![collection.corpus.clone()]),
        ui,
    )?;
    Ok(Searcher::open(&IndexFolder::open(index)?)?)
}

fn ask_for_works(
    args: &EvalArgs,
    n: usize,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<EvalReport> {
    let searcher = open(globals.index.as_deref(), ui)?;
    let started = Instant::now();
    let found = known_items(&searcher, n, args.seed, &options(args, 10), |_| ())
        .context("cannot ask for works")?;
    let took = started.elapsed();
    if args.missed {
        for (memory, found) in &found {
            for (query, rank) in &found.missed {
                let rank = rank.map_or("-".to_owned(), |rank| rank.to_string());
                let query = abs_printer::printable(query);
                writeln!(out, "{}\t{rank}\t{query}", memory.name())?;
            }
        }
    }
    let rows = found.into_iter().map(|(memory, found)| EvalRow {
        name: memory.name().to_owned(),
        n: found.n_asked,
        measures: vec![
            ("first", share(found.n_first, found.n_asked)),
            ("in ten", share(found.n_in_ten, found.n_asked)),
        ],
    });
    Ok(EvalReport {
        heading: "asked by",
        counted: "works",
        rows: rows.collect(),
        took,
    })
}

/// The search as it is done where nobody says how, but for what is switched
/// off.
fn options(args: &EvalArgs, limit: usize) -> SearchOptions {
    SearchOptions {
        limit,
        expand: !args.no_expand,
        without: args.ranking.without(),
        relax: true,
        suggest: false,
        // A work is looked for by the id of one of its records.
        all_versions: true,
        ..bare_options(
            &FilterArgs::default(),
            &VersionArgs::default(),
            abs_query::syntax::Limits::TYPED,
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of a few thousand")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
