//! Reading the queries of `benches/peers`, timing them, and the report that
//! every engine there writes.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::{peak_rss_bytes, percentile};

/// A query as it is drawn, before any engine's language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    /// What kind it is: `and`, `phrase` …
    pub class: String,
    /// Its words, lower case, or one prefix or misspelt word.
    pub words: Vec<String>,
    /// A question as written.
    pub text: String,
    /// An author as written.
    pub author: String,
    /// The first year.
    pub from: u16,
    /// The last year.
    pub to: u16,
}

/// Classes that every engine can answer, for queries a second.
const MIX: [&str; 4] = ["rare", "frequent", "or4", "question"];

/// Reads a file of queries, one JSON object a line.
pub fn read_queries(path: &Path) -> Result<Vec<Query>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

/// How one class of queries went.
#[derive(Debug, Serialize)]
pub struct Row {
    variant: String,
    class: String,
    n: usize,
    p50_us: f64,
    p99_us: f64,
    hits: Vec<u64>,
}

/// What a search run writes.
#[derive(Debug, Serialize)]
pub struct SearchReport {
    engine: String,
    version: String,
    n_segments: usize,
    rows: Vec<Row>,
    /// Queries a second on two threads, by variant.
    two_threads: Vec<(String, f64)>,
    snippets_us: Option<f64>,
    peak_rss: u64,
}

impl SearchReport {
    /// Nothing is measured yet.
    pub fn new(engine: &str, version: &str, n_segments: usize) -> SearchReport {
        SearchReport {
            engine: engine.to_owned(),
            version: version.to_owned(),
            n_segments,
            rows: Vec::new(),
            two_threads: Vec::new(),
            snippets_us: None,
            peak_rss: 0,
        }
    }

    /// Runs all classes in turn: a warm-up pass, whose answers are counted,
    /// then three that are timed, of which the median of each query is kept.
    /// No class takes much longer than the budget: then fewer of its queries
    /// are run.
    pub fn run(
        &mut self,
        variant: &str,
        queries: &[Query],
        budget: Duration,
        search: impl Fn(&Query) -> Result<Option<u64>>,
    ) -> Result<()> {
        for class in classes(queries) {
            let start = Instant::now();
            let mut hits = Vec::new();
            let mut ran = Vec::new();
            for query in queries.iter().filter(|query| query.class == class) {
                if !ran.is_empty() && start.elapsed() > budget / 4 {
                    break;
                }
                let Some(n_hits) = search(query)? else {
                    continue;
                };
                hits.push(n_hits);
                ran.push(query);
            }
            if ran.is_empty() {
                continue;
            }
            let mut times = vec![Vec::new(); ran.len()];
            for _ in 0..3 {
                for (query, times) in ran.iter().zip(&mut times) {
                    let start = Instant::now();
                    search(query)?;
                    times.push(start.elapsed());
                }
            }
            let mut medians: Vec<Duration> = times
                .into_iter()
                .map(|mut times| {
                    times.sort_unstable();
                    times[1]
                })
                .collect();
            medians.sort_unstable();
            self.rows.push(Row {
                variant: variant.to_owned(),
                class: class.to_owned(),
                n: medians.len(),
                p50_us: microseconds(percentile(&medians, 0.5)),
                p99_us: microseconds(percentile(&medians, 0.99)),
                hits,
            });
        }
        Ok(())
    }

    /// Runs the mix of classes on two threads for a while.
    pub fn run_on_two_threads(
        &mut self,
        variant: &str,
        queries: &[Query],
        seconds: f64,
        search: impl Fn(&Query) -> Result<Option<u64>> + Sync,
    ) {
        let mix: Vec<&Query> = queries
            .iter()
            .filter(|query| MIX.contains(&query.class.as_str()))
            .collect();
        if mix.is_empty() {
            return;
        }
        let start = Instant::now();
        let n_done: u32 = std::thread::scope(|scope| {
            let (mix, search) = (&mix, &search);
            let threads = [0, 1].map(|thread| {
                scope.spawn(move || {
                    let mut n_done = 0;
                    for idx in (thread..).step_by(2) {
                        if start.elapsed().as_secs_f64() > seconds {
                            break;
                        }
                        // Classes take turns.
                        let step = (mix.len() / 4).max(1);
                        let query = mix[(idx % 4 * step + idx / 4) % mix.len()];
                        if search(query).is_ok() {
                            n_done += 1;
                        }
                    }
                    n_done
                })
            });
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or(0))
                .sum()
        });
        let rate = f64::from(n_done) / start.elapsed().as_secs_f64();
        self.two_threads.push((variant.to_owned(), rate));
    }

    /// What ten snippets cost: the median over two-word queries with them,
    /// less the one without.
    pub fn run_snippets(
        &mut self,
        queries: &[Query],
        search: impl Fn(&Query, bool) -> Result<()>,
    ) -> Result<()> {
        let mut added = Vec::new();
        for query in queries.iter().filter(|query| query.class == "and") {
            let mut took = [Vec::new(), Vec::new()];
            for _ in 0..4 {
                for (with, took) in [false, true].into_iter().zip(&mut took) {
                    let start = Instant::now();
                    search(query, with)?;
                    took.push(start.elapsed());
                }
            }
            let [mut without, mut with] = took;
            without.sort_unstable();
            with.sort_unstable();
            added.push(with[1].saturating_sub(without[1]));
        }
        added.sort_unstable();
        if !added.is_empty() {
            self.snippets_us = Some(microseconds(percentile(&added, 0.5)));
        }
        Ok(())
    }

    /// The report as JSON.
    pub fn finish(mut self) -> Result<String> {
        self.peak_rss = peak_rss_bytes().unwrap_or(0);
        Ok(serde_json::to_string(&self)?)
    }
}

/// What an index run writes.
#[derive(Debug, Serialize)]
pub struct IndexReport {
    /// The engine's name.
    pub engine: String,
    /// Wall clock.
    pub seconds: f64,
    /// Threads that index.
    pub threads: usize,
    /// Most memory resident, bytes.
    pub peak_rss: u64,
}

/// The names of the classes, in the file's order.
fn classes(queries: &[Query]) -> Vec<&str> {
    let mut classes: Vec<&str> = Vec::new();
    for query in queries {
        if !classes.contains(&query.class.as_str()) {
            classes.push(&query.class);
        }
    }
    classes
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
