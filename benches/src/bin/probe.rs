#![allow(clippy::print_stdout, missing_docs)]
use abs_query::results::Without;
use abs_query::syntax::Limits;
use abs_query::{Filters, SearchOptions, Searcher, Sort};
use abs_schema::IndexFolder;
use std::time::Instant;
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let folder = IndexFolder::open(std::path::Path::new(&args[1]))?;
    let searcher = Searcher::open(&folder)?;
    let mode = args[2].as_str();
    let n: usize = args[3].parse()?;
    let off = mode == "base" || mode == "best";
    let options = SearchOptions {
        limit: if mode == "count" { 0 } else { 10 },
        offset: 0,
        sort: Sort::Relevance,
        filters: Filters::default(),
        facets: vec![],
        snippet_chars: 0,
        n_snippets: 1,
        relax: true,
        all_versions: off,
        expand: !off,
        without: Without {
            question_words: false,
            adjacency: off,
            titles: off,
            feedback: off,
        },
        explain: false,
        suggest: false,
        limits: Limits::FILE,
        today: None,
    };
    let file;
    let list: Vec<String> = if args[4] == "@" {
        file = std::fs::read_to_string(&args[5])?;
        vec![file]
    } else {
        args[4..].to_vec()
    };
    for query in &list {
        let total = searcher.search(query, &options)?.total;
        let mut times = Vec::new();
        for _ in 0..n {
            let s = Instant::now();
            let _ = searcher.search(query, &options);
            times.push(s.elapsed().as_micros());
        }
        times.sort_unstable();
        println!(
            "{mode:6} {:>8} hits  min {:>7} p50 {:>7} us  {query}",
            total,
            times[0],
            times[n / 2]
        );
    }
    Ok(())
}
