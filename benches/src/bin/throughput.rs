//! Indexes any JSON Lines file and times queries over it.
//!
//! `cargo run --release -p abs-benches --bin throughput -- FILE [INDEX]
//! [--threads N] [--memory MB] [--queries-only | --index-only]`
#![expect(clippy::print_stdout, reason = "a program whose output is its point")]

use std::path::Path;
use std::time::Instant;

use abs_benches::{
    Args, OTHER_QUERIES, TWO_WORD_QUERIES, pages, peak_rss_bytes, percentile, timed,
};
use abs_ingest::{IndexSink, Input, WriterOptions, pipeline};
use abs_query::{SearchOptions, Searcher};
use abs_schema::IndexFolder;
use anyhow::Result;

/// As the binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let args = Args::parse("abs-search-bench")?;
    let options = WriterOptions {
        threads: args.threads,
        memory_bytes: args.memory_mb * 1_000_000,
    };
    if !args.queries_only {
        ingest(&args.source, &args.target, options)?;
    }
    if args.index_only {
        return Ok(());
    }
    queries(&args.target)
}

fn ingest(source: &Path, target: &Path, options: WriterOptions) -> Result<()> {
    let start = Instant::now();
    let folder = IndexFolder::open_or_create(target)?;
    let mut sink = IndexSink::open(folder, options)?;
    let summary = pipeline::run([Input::from_path(source)], &mut sink, &mut ())?;
    let (folder, n_segments) = sink.finish()?;
    let seconds = start.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "figures to print")]
    let (records, mb) = (summary.read as f64, summary.bytes as f64 / 1e6);
    println!(
        "read {} = indexed {} + updated {} + unchanged {} + duplicate {} + rejected {}",
        summary.read,
        summary.indexed,
        summary.updated,
        summary.unchanged,
        summary.duplicate,
        summary.rejected
    );
    println!("seconds         {seconds:.2}");
    println!("records/s       {:.0}", records / seconds);
    println!("MB/s            {:.1}", mb / seconds);
    println!(
        "peak RSS MB     {}",
        peak_rss_bytes().unwrap_or(0) / 1_000_000
    );
    println!("segments        {n_segments}");
    println!("index MB        {}", folder.n_bytes() / 1_000_000);
    Ok(())
}

fn queries(target: &Path) -> Result<()> {
    let folder = IndexFolder::open(target)?;
    let searcher = Searcher::open(&folder)?;
    let options = pages::as_people_get_it();
    let bare = SearchOptions {
        snippet_chars: 0,
        ..options.clone()
    };
    let base = SearchOptions {
        relax: true,
        ..pages::base_score_only()
    };
    let report = |name: &str, times: &[std::time::Duration]| {
        println!(
            "{name:<28} p50 {:>7} us   p99 {:>7} us",
            percentile(times, 0.5).as_micros(),
            percentile(times, 0.99).as_micros()
        );
    };
    let run = |query: &str, options: &SearchOptions| searcher.search(query, options);
    for query in TWO_WORD_QUERIES {
        run(query, &options)?;
    }
    let n = TWO_WORD_QUERIES.len();
    let times = timed(n * 25, |i| {
        let _ = run(TWO_WORD_QUERIES[i % n], &bare);
    });
    report("two words", &times);
    let times = timed(n * 25, |i| {
        let _ = run(TWO_WORD_QUERIES[i % n], &base);
    });
    report("two words, base score only", &times);
    let times = timed(n * 25, |i| {
        let _ = run(TWO_WORD_QUERIES[i % n], &options);
    });
    report("two words, snippets", &times);
    for (kind, query) in OTHER_QUERIES {
        let total = run(query, &options)?.total;
        let times = timed(50, |_| {
            let _ = run(query, &bare);
        });
        report(&format!("{kind} ({total})"), &times);
    }
    Ok(())
}
