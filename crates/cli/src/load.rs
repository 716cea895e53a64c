//! One ingest: opens the index, reads the files, watches and sums up.

mod watch;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use abs_ingest::writer::{IndexSink, WriterOptions};
use abs_ingest::{Input, pipeline, source};
use abs_printer::IngestReport;
use abs_schema::IndexFolder;
use anyhow::bail;

use crate::ui::Ui;
use watch::{RejectList, Watch};

/// What an ingest may use for all it does, in bytes.
pub(crate) const DEFAULT_MEMORY: &str = "1GB";
const DEFAULT_MEMORY_BYTES: usize = 1_000_000_000;
/// In the index's folder, unless another file is named.
const REJECTS_FILE: &str = "rejects.jsonl";

/// An ingest to be done.
pub(crate) struct Load {
    /// The index's folder, made if it is not there.
    pub(crate) index: PathBuf,
    /// Files, folders, `-` for standard input.
    pub(crate) paths: Vec<PathBuf>,
    /// Indexing threads.
    pub(crate) threads: usize,
    /// Memory for the whole of it.
    pub(crate) memory_bytes: usize,
    /// Where rejects are listed, if not beside the index.
    pub(crate) rejects: Option<PathBuf>,
}

impl Load {
    /// An ingest as it is done where nobody says how.
    pub(crate) fn with_defaults(index: &Path, paths: Vec<PathBuf>) -> Load {
        Load {
            index: index.to_owned(),
            paths,
            threads: default_threads(),
            memory_bytes: DEFAULT_MEMORY_BYTES,
            rejects: None,
        }
    }
}

/// As many as the machine runs at once.
pub(crate) fn default_threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does an ingest. What cannot be read is told on standard error and counted.
pub(crate) fn load(job: Load, ui: &Ui) -> anyhow::Result<IngestReport> {
    let started = Instant::now();
    let inputs = source::expand(&job.paths);
    if inputs.list.is_empty() {
        bail!("there is no file to read in what was named");
    }
    if inputs.list.iter().all(Result::is_err) {
        // Nothing to index makes no index.
        for error in inputs.list.iter().filter_map(|input| input.as_ref().err()) {
            ui.error(&error.to_string());
        }
        bail!("none of the files can be read");
    }
    let rejects = job
        .rejects
        .as_deref()
        .unwrap_or(&job.index.join(REJECTS_FILE))
        .to_owned();
    keep_inputs(&rejects, inputs.list.iter().flatten().map(Input::path))?;

    let folder = IndexFolder::open_or_create(&job.index)?;
    let options = WriterOptions {
        threads: job.threads,
        memory_bytes: job.memory_bytes,
    };
    let mut sink = IndexSink::open(folder, options)?;
    let list = RejectList::new(rejects, job.rejects.is_some())?;
    let mut watch = Watch::new(ui, list, inputs.total_bytes);
    let run = pipeline::run(inputs.list, &mut sink, &mut watch);
    watch.line.last_step("writing the index");
    let finished = run.and_then(|summary| Ok((summary, sink.finish()?)));
    watch.line.clear();
    let (summary, (folder, _)) = finished?;
    let rejects_path = watch.rejects.finish()?;

    Ok(IngestReport {
        read: summary.read,
        indexed: summary.indexed,
        updated: summary.updated,
        unchanged: summary.unchanged,
        duplicate: summary.duplicate,
        deleted: summary.deleted,
        rejected: summary.rejected,
        files: summary.files,
        failed_files: summary.failed_files,
        skipped_files: summary.skipped_files,
        source_bytes: summary.bytes,
        index_path: job.index,
        index_bytes: folder.n_bytes(),
        rejects_path,
        took: started.elapsed(),
    })
}

/// A list written over a file that is to be read would destroy it.
fn keep_inputs<'a>(
    rejects: &Path,
    mut inputs: impl Iterator<Item = &'a Path>,
) -> anyhow::Result<()> {
    // What is not there is no input.
    let Ok(rejects) = fs::canonicalize(rejects) else {
        return Ok(());
    };
    if inputs.any(|input| fs::canonicalize(input).is_ok_and(|input| input == rejects)) {
        bail!(
            "{} is to be read and cannot take the rejects: name another file with --rejects FILE",
            rejects.display()
        );
    }
    Ok(())
}
