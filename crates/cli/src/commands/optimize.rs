//! `optimize`: makes one segment of the index.

use std::io::Write;

use abs_ingest::writer::optimize;
use abs_schema::IndexFolder;
use abs_schema::store::folder_bytes;
use anyhow::Context;

use crate::args::Globals;
use crate::exit::Exit;
use crate::locate::locate;
use crate::lock;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search optimize
  abs-search optimize --index /data/abs-index

Searches are quickest in an index of one segment, and records that were deleted or replaced take
room until then. It takes as long as a part of the ingest did, and as much room again as the index
has; whoever searches meanwhile sees the index as it was.";

/// Make one segment of the index and take deleted records out of it
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct OptimizeArgs {}

pub(super) fn run(
    _: &OptimizeArgs,
    globals: &Globals,
    _: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let path = locate(globals.index.as_deref())?.path;
    let attempt = || format!("cannot optimize the index in {}", path.display());
    let before = folder_bytes(&path);
    let done =
        lock::patiently(|| Ok(optimize(IndexFolder::open(&path)?)?)).with_context(attempt)?;
    writeln!(
        out,
        "segments {} to {}, deleted records {} to {}, bytes {} to {}",
        done.segments.0,
        done.segments.1,
        done.deleted.0,
        done.deleted.1,
        before,
        folder_bytes(&path)
    )?;
    Ok(Exit::Success)
}
