//! Times what the query language adds to words: names, facets, snippets,
//! expansions, long Boolean queries, suggestions. Over an index that is there.
//!
//! `cargo run --release -p abs-benches --bin language -- FILE INDEX`: the file
//! is not read; the index is one that `throughput` made of it. `--only TEXT`
//! times what has the text in its name.
#![expect(clippy::print_stdout, reason = "a program whose output is its point")]

use std::collections::HashSet;
use std::time::Duration;

use abs_benches::{Args, pages, percentile, timed};
use abs_query::results::FacetRequest;
use abs_query::syntax::Limits;
use abs_query::{SearchOptions, Searcher};
use abs_record::Field;
use abs_schema::IndexFolder;
use anyhow::Result;

/// As the binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let args = Args::parse("abs-search-bench")?;
    let folder = IndexFolder::open(&args.target)?;
    let searcher = Searcher::open(&folder)?;
    let page = SearchOptions {
        snippet_chars: 0,
        all_versions: true,
        expand: false,
        limits: Limits::FILE,
        ..pages::as_people_get_it()
    };
    let count = |limit| SearchOptions {
        limit,
        ..page.clone()
    };
    let facets = |field| SearchOptions {
        limit: 0,
        facets: vec![FacetRequest {
            field,
            top: 20,
            prefix: String::new(),
        }],
        ..page.clone()
    };
    let run = |name: &str, query: &str, options: &SearchOptions| -> Result<Vec<Duration>> {
        if !name.contains(&args.only) {
            return Ok(vec![Duration::ZERO]);
        }
        // Once for the disk, and to say how many there are.
        let total = searcher.search(query, options)?.total;
        let first = timed(1, |_| {
            let _ = searcher.search(query, options);
        });
        // What is slow is run less often.
        let slow = percentile(&first, 0.5) > Duration::from_millis(20);
        let n_runs: u32 = if slow { 5 } else { 100 };
        let before = thread_time();
        let times = timed(n_runs as usize, |_| {
            let _ = searcher.search(query, options);
        });
        let cpu = (thread_time() - before) / n_runs;
        println!(
            "{name:<34} {total:>8} hits   p50 {:>8} us   p99 {:>8} us   processor {:>8} us",
            percentile(&times, 0.5).as_micros(),
            percentile(&times, 0.99).as_micros(),
            cpu.as_micros(),
        );
        Ok(times)
    };

    for name in [
        "Smith, J",
        "Schmidhuber, Jürgen",
        "Wang, Y",
        "Lu, L",
        "van den Berg, L",
        "Jean-Pierre Serre",
        "smith",
        "müller",
        "wang*",
    ] {
        run(
            &format!("author: {name}"),
            &format!("author:\"{name}\""),
            &count(0),
        )?;
    }
    let snippets = SearchOptions {
        snippet_chars: 240,
        ..page.clone()
    };
    let without = run("two words", "neural network", &page)?;
    let with = run("two words, ten snippets", "neural network", &snippets)?;
    println!(
        "{:<34} {:>13}   p50 {:>8} us",
        "  so ten snippets are",
        "",
        percentile(&with, 0.5)
            .saturating_sub(percentile(&without, 0.5))
            .as_micros()
    );
    for query in ["quark", "superconductivity", "deep learning", "model", "*"] {
        run(&format!("no facets: {query}"), query, &count(0))?;
        run(
            &format!("author facet: {query}"),
            query,
            &facets(Field::Author),
        )?;
    }
    run("year facet: model", "model", &facets(Field::Year))?;
    run("venue facet: model", "model", &facets(Field::Venue))?;
    for (typed, query) in [
        ("mur", "*"),
        ("mur", "galaxy"),
        ("lewei lu", "*"),
        ("j", "*"),
    ] {
        let mut by_prefix = facets(Field::Author);
        for facet in &mut by_prefix.facets {
            typed.clone_into(&mut facet.prefix);
        }
        let name = format!("author facet, {typed}: {query}");
        run(&name, query, &by_prefix)?;
    }
    for query in ["multimod*", "super*", "comp*", "mult?modal", "colo*r"] {
        run(query, query, &page)?;
    }
    for query in [
        "transformer~1",
        "superconductivity~1",
        "galaxy~2",
        "reinforcemnt~2",
    ] {
        run(query, query, &page)?;
    }
    for n_terms in [200, 2_000] {
        let any = boolean(&searcher, n_terms, true, " OR ")?;
        run(&format!("any of {n_terms} words"), &any, &page)?;
        let all = boolean(&searcher, n_terms, true, ") AND (")?;
        run(&format!("{n_terms} words, Boolean"), &all, &page)?;
        let all = boolean(&searcher, n_terms, false, ") AND (")?;
        run(&format!("{n_terms} words, phrases, prefixes"), &all, &page)?;
    }
    let suggesting = SearchOptions {
        suggest: true,
        ..page.clone()
    };
    run("did you mean", "procss reward modle", &suggesting)?;
    run(
        "did you mean, a name",
        "author:\"Schmidhubr, Jurgen\"",
        &suggesting,
    )?;
    Ok(())
}

/// Processor time of this thread: what a query costs on a machine that is busy
/// (Linux; zero elsewhere).
fn thread_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat.split(' ').next().and_then(|text| text.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

/// So many terms as a systematic review has them: any of words, phrases and
/// prefixes from the index's own records, in four groups joined so.
fn boolean(searcher: &Searcher, n_terms: usize, words_only: bool, joined: &str) -> Result<String> {
    let records = pages::newest(n_terms);
    let mut terms: Vec<String> = Vec::with_capacity(n_terms);
    let mut seen = HashSet::new();
    for hit in searcher
        .search("clinical OR neural OR survey", &records)?
        .hits
    {
        let text = hit.record.abstract_text.unwrap_or_default();
        let words: Vec<&str> = text
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| word.len() > 5)
            .collect();
        for (idx, pair) in words.windows(2).enumerate() {
            let term = match idx % 10 {
                _ if words_only => pair[0].to_lowercase(),
                0..7 => pair[0].to_lowercase(),
                7 | 8 => format!("\"{} {}\"", pair[0], pair[1]),
                _ => format!("{}*", &pair[0][..5]),
            };
            if seen.insert(term.clone()) {
                terms.push(term);
            }
        }
        if terms.len() >= n_terms {
            break;
        }
    }
    terms.truncate(n_terms);
    let groups: Vec<String> = terms
        .chunks(n_terms.div_ceil(4))
        .map(|group| group.join(" OR "))
        .collect();
    Ok(format!("({})", groups.join(joined)))
}
