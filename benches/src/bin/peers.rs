//! This engine's part in `benches/peers`.
//!
//! `peers index FILE INDEX`, `peers search INDEX QUERIES SECONDS`, `peers one
//! INDEX TEXT`; each prints one JSON object.
#![expect(clippy::print_stdout, reason = "a program whose output is its point")]

use std::path::Path;
use std::time::{Duration, Instant};

use abs_benches::peers::{IndexReport, Query, SearchReport, read_queries};
use abs_benches::{pages, peak_rss_bytes};
use abs_ingest::{IndexSink, Input, WriterOptions, pipeline};
use abs_query::results::{FacetRequest, Without};
use abs_query::{SearchOptions, Searcher};
use abs_record::Field;
use abs_schema::IndexFolder;
use anyhow::{Context, Result, bail};

/// As the binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const THREADS: usize = 2;
/// What `ingest` takes if it is not told.
const MEMORY_BYTES: usize = 1_000_000_000;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["index", file, index] => ingest(Path::new(file), Path::new(index)),
        ["search", index, queries, seconds] => search(
            Path::new(index),
            &read_queries(Path::new(queries))?,
            Duration::from_secs_f64(seconds.parse()?),
        ),
        ["one", index, text] => {
            let searcher = Searcher::open(&IndexFolder::open(Path::new(index))?)?;
            let found = searcher.search(text, &pages::as_people_get_it())?;
            println!("{}", found.hits.len());
            Ok(())
        }
        _ => bail!("index FILE INDEX, search INDEX QUERIES SECONDS or one INDEX TEXT"),
    }
}

fn ingest(source: &Path, target: &Path) -> Result<()> {
    let start = Instant::now();
    let options = WriterOptions {
        threads: THREADS,
        memory_bytes: MEMORY_BYTES,
    };
    let mut sink = IndexSink::open(IndexFolder::open_or_create(target)?, options)?;
    pipeline::run([Input::from_path(source)], &mut sink, &mut ())?;
    sink.finish()?;
    let report = IndexReport {
        engine: "abs-search".to_owned(),
        seconds: start.elapsed().as_secs_f64(),
        threads: THREADS,
        peak_rss: peak_rss_bytes().unwrap_or(0),
    };
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}

/// What the other engines do: ten records by BM25 over title and abstract, all
/// words looked for.
fn base_score_only() -> SearchOptions {
    let page = pages::base_score_only();
    let without = Without {
        question_words: true,
        ..page.without
    };
    SearchOptions { without, ..page }
}

fn search(index: &Path, queries: &[Query], budget: Duration) -> Result<()> {
    let searcher = Searcher::open(&IndexFolder::open(index)?)?;
    // Not by `stats`, which counts authors: its memory is not a search's.
    let n_segments = std::fs::read_dir(index)?
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|ext| ext == "store"))
        .count();
    let mut report = SearchReport::new("abs-search", env!("CARGO_PKG_VERSION"), n_segments);
    let plain = SearchOptions {
        snippet_chars: 0,
        ..pages::as_people_get_it()
    };
    for (variant, base) in [("default", false), ("base score only", true)] {
        let page = if base {
            base_score_only()
        } else {
            plain.clone()
        };
        let run = |query: &Query| -> Result<Option<u64>> {
            let (text, options) =
                asked(query, base, &page).with_context(|| format!("class {}", query.class))?;
            let found = searcher.search(&text, &options)?;
            Ok(Some(found.total))
        };
        report.run(variant, queries, budget, run)?;
        report.run_on_two_threads(variant, queries, 3.0, run);
    }
    let with_snippets = pages::as_people_get_it();
    report.run_snippets(queries, |query, with| {
        let page = if with { &with_snippets } else { &plain };
        searcher.search(&query.words.join(" "), page)?;
        Ok(())
    })?;
    println!("{}", report.finish()?);
    Ok(())
}

/// A drawn query in our language: as typed, or told to look where the others
/// look.
fn asked(query: &Query, base: bool, page: &SearchOptions) -> Result<(String, SearchOptions)> {
    let mut options = page.clone();
    let words = query.words.join(" ");
    let any = query.words.join(" OR ");
    let text = match query.class.as_str() {
        "rare" | "frequent" | "and" => words,
        "or4" => any,
        "phrase" => format!("\"{words}\""),
        "question" if base => any,
        "question" => query.text.clone(),
        "title" => return Ok((format!("title:({words})"), options)),
        "author" => {
            options.filters.authors = vec![query.author.clone()];
            words
        }
        "facet" => {
            options.limit = 0;
            options.facets = vec![FacetRequest {
                field: Field::Author,
                top: 20,
                prefix: String::new(),
            }];
            words
        }
        "year" if base => {
            let (from, to) = (query.from, query.to);
            return Ok((format!("tiab:({words}) year:{from}..{to}"), options));
        }
        "year" => format!("{words} year:{}..{}", query.from, query.to),
        "prefix" => format!("{words}*"),
        "fuzzy" => format!("{words}~1"),
        class => bail!("unknown class {class}"),
    };
    let text = if base { format!("tiab:({text})") } else { text };
    Ok((text, options))
}
