//! Opens the index to search it. In a checkout the first search builds it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use abs_query::Searcher;
use abs_schema::IndexFolder;
use abs_schema::store::StoreError;
use anyhow::{Context, anyhow, bail};

use crate::load::{Load, load_whole};
use crate::locate::{Place, SEEDS, locate};
use crate::ui::Ui;

/// The index named or found, ready to be searched.
pub(crate) fn open(named: Option<&Path>, ui: &Ui) -> anyhow::Result<Searcher> {
    let place = locate(named)?;
    let folder = open_folder(&place, ui)?;
    if is_empty(&folder) {
        ui.note(&format!(
            "note: the index in {} holds no records: add some with `abs-search ingest FILE`",
            place.path.display()
        ));
    }
    Searcher::open(&folder)
        .with_context(|| format!("cannot search the index in {}", place.path.display()))
}

fn open_folder(place: &Place, ui: &Ui) -> anyhow::Result<IndexFolder> {
    match IndexFolder::open(&place.path) {
        // A first run that was broken off leaves an index with nothing in it.
        Ok(folder) if place.has_seeds && is_empty(&folder) => {
            drop(folder);
            build(place, ui)
        }
        Ok(folder) => Ok(folder),
        Err(StoreError::Missing(_)) if place.has_seeds => build(place, ui),
        Err(StoreError::Missing(path)) => Err(missing(&path)),
        Err(error) => Err(anyhow!(error).context("cannot search")),
    }
}

/// Indexes the records that ship.
fn build(place: &Place, ui: &Ui) -> anyhow::Result<IndexFolder> {
    let attempt = || {
        format!(
            "cannot build the index in {} from {SEEDS}",
            place.path.display()
        )
    };
    let paths = seed_files(Path::new(SEEDS)).with_context(attempt)?;
    if paths.is_empty() {
        return Err(missing(&place.path));
    }
    ui.note(&format!(
        "no index yet: building {} from {SEEDS}",
        place.path.display()
    ));
    let report = load_whole(&Load::with_defaults(&place.path, paths), ui).with_context(attempt)?;
    if report.account.read == report.account.rejected {
        bail!("{}: no record could be read", attempt());
    }
    ui.note(&format!(
        "indexed {} records in {:.1} s",
        report.account.indexed,
        report.took.as_secs_f64()
    ));
    IndexFolder::open(&place.path).context("cannot search")
}

/// Record files of a folder, sorted; folders in it hold fixtures.
fn seed_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(OsStr::to_str);
        if matches!(extension, Some("txt" | "jsonl" | "gz" | "zst")) && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn missing(path: &Path) -> anyhow::Error {
    anyhow!(
        "cannot search: there is no index in {0}: make one with \
         `abs-search ingest --index {0} FILE`, FILE being JSON Lines with title, authors and \
         abstract (.jsonl, also .gz and .zst), or name another with --index DIR",
        path.display()
    )
}

fn is_empty(folder: &IndexFolder) -> bool {
    folder
        .index
        .searchable_segment_ids()
        .is_ok_and(|segments| segments.is_empty())
}
