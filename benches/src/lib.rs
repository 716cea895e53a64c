//! What the benches share: queries, clocks, and what the system says of
//! memory.

#[cfg(feature = "bare")]
pub mod english;
pub mod pages;
pub mod peers;
pub mod synthetic;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Two-word queries as people type them, over any scholarly collection.
pub const TWO_WORD_QUERIES: [&str; 20] = [
    "neural network",
    "gravitational waves",
    "machine translation",
    "dark matter",
    "quantum entanglement",
    "graph coloring",
    "speech recognition",
    "phase transition",
    "random matrices",
    "black hole",
    "question answering",
    "stellar evolution",
    "reinforcement learning",
    "magnetic field",
    "sentiment analysis",
    "gauge theory",
    "prime numbers",
    "cosmic rays",
    "word embeddings",
    "optical lattice",
];

/// Queries of other kinds, with the name of the kind.
pub const OTHER_QUERIES: [(&str, &str); 12] = [
    ("one word", "superconductivity"),
    ("rare word", "slipstream"),
    ("four words", "deep convolutional image classification"),
    ("phrase", "\"support vector machine\""),
    ("title", "title:(neural translation)"),
    ("author", "author:\"Smith, J\""),
    ("year range", "galaxy clusters year:2005..2010"),
    ("or", "quasar OR pulsar OR magnetar"),
    ("not", "neutrino NOT oscillation"),
    ("prefix", "multimod*"),
    ("hyphen", "x-ray binaries"),
    (
        "question",
        "what is the effect of magnetic fields on star formation in molecular clouds",
    ),
];

/// Runs `step` so often and returns how long each run took, sorted.
pub fn timed(n_runs: usize, mut step: impl FnMut(usize)) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..n_runs)
        .map(|run| {
            let start = Instant::now();
            step(run);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

/// The value below which a share of sorted times lies.
pub fn percentile(sorted: &[Duration], share: f64) -> Duration {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into a short list"
    )]
    let idx = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(idx).copied().unwrap_or_default()
}

/// The most memory the process has had resident, in bytes (Linux).
pub fn peak_rss_bytes() -> Option<u64> {
    status_kib("VmHWM:").map(|kib| kib * 1024)
}

fn status_kib(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// What both programs are told: `FILE [INDEX] [--threads N] [--memory MB]
/// [--queries-only | --index-only]`.
pub struct Args {
    /// The JSON Lines file.
    pub source: PathBuf,
    /// Where the index goes, or is.
    pub target: PathBuf,
    /// Indexing threads.
    pub threads: usize,
    /// Memory for indexing, in millions of bytes.
    pub memory_mb: usize,
    /// The index is there already.
    pub queries_only: bool,
    /// No queries are run.
    pub index_only: bool,
    /// Only what has this in its name is timed; empty for all.
    pub only: String,
}

impl Args {
    /// Reads the command line; an index that is not named gets a new folder of
    /// this name among the temporary ones.
    pub fn parse(name: &str) -> Result<Args> {
        let mut paths = Vec::new();
        let mut parsed = Args {
            source: PathBuf::new(),
            target: std::env::temp_dir().join(format!("{name}-{}", std::process::id())),
            threads: 2,
            memory_mb: 1_000,
            queries_only: false,
            index_only: false,
            only: String::new(),
        };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--threads" => parsed.threads = args.next().context("--threads N")?.parse()?,
                "--memory" => parsed.memory_mb = args.next().context("--memory MB")?.parse()?,
                "--queries-only" => parsed.queries_only = true,
                "--index-only" => parsed.index_only = true,
                "--only" => parsed.only = args.next().context("--only TEXT")?,
                path => paths.push(PathBuf::from(path)),
            }
        }
        let mut paths = paths.into_iter();
        parsed.source = paths.next().context("which file?")?;
        if let Some(target) = paths.next() {
            parsed.target = target;
        }
        Ok(parsed)
    }
}
