//! `check`: finds out whether the index is what was written, and mends it.

use std::io::Write;
use std::path::{Path, PathBuf};

use abs_ingest::check::{self, Checked, Remedy};
use abs_printer::{CheckReport, Fault, JsonPrinter, Soundness, TextPrinter};
use anyhow::Context;

use crate::args::Globals;
use crate::exit::Exit;
use crate::load::{Load, load};
use crate::locate::locate;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search check
  abs-search check --repair
  abs-search check --rebuild-from ~/dumps/arxiv.jsonl.gz

Every file is held against the hash that was noted when it was written, and every record is read.
--repair makes again what can be made from the rest. --rebuild-from also takes out what is damaged
beyond that and reads its records again from their sources.

Exit codes: 0 sound, 1 repaired or repairable, 2 broken.";

/// Find out whether the index is sound, and mend it
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {
    /// Mend what can be made from the rest of the index
    #[arg(long)]
    repair: bool,

    /// Also take out what is damaged beyond repair, and read these files again
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = clap::ValueHint::AnyPath)]
    rebuild_from: Vec<PathBuf>,

    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    args: &CheckArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let path = locate(globals.index.as_deref())?.path;
    let attempt = || format!("cannot check the index in {}", path.display());
    let found = check::check(&path).with_context(attempt)?;
    let (state, left) = match found.worst() {
        None => (Soundness::Sound, found.clone()),
        Some(Remedy::Repair) if !args.repair && args.rebuild_from.is_empty() => {
            (Soundness::Repairable, found.clone())
        }
        Some(Remedy::Rebuild) if args.rebuild_from.is_empty() => (Soundness::Broken, found.clone()),
        Some(_) => mend(args, &path, &found, ui)?,
    };
    let report = CheckReport {
        index: path,
        state,
        n_segments: left.n_segments,
        n_records: left.n_records,
        faults: found.findings.iter().map(fault).collect(),
        left: left.findings.iter().map(fault).collect(),
    };
    if args.json {
        JsonPrinter::new(&mut *out).check(&report)?;
    } else {
        TextPrinter::new(&mut *out, ui.text).check(&report)?;
    }
    Ok(match state {
        Soundness::Sound => Exit::Success,
        Soundness::Repairable | Soundness::Repaired => Exit::Negative,
        Soundness::Broken => Exit::Failure,
    })
}

/// Mends what was asked for; what an index is after it.
fn mend(
    args: &CheckArgs,
    path: &Path,
    found: &Checked,
    ui: &Ui,
) -> anyhow::Result<(Soundness, Checked)> {
    let attempt = || format!("cannot mend the index in {}", path.display());
    if !args.rebuild_from.is_empty() {
        check::discard_damaged(path, found).with_context(attempt)?;
        let job = Load {
            again: true,
            ..Load::with_defaults(path, args.rebuild_from.clone())
        };
        load(&job, ui)?.is_told()?;
    }
    // Mending one thing shows the next: the list of files before the files.
    let mut left = check::check(path).with_context(attempt)?;
    for _ in 0..MAX_ROUNDS {
        if left.worst() != Some(Remedy::Repair) {
            break;
        }
        check::repair(path, &left).with_context(attempt)?;
        left = check::check(path).with_context(attempt)?;
    }
    let state = match left.worst() {
        None => Soundness::Repaired,
        Some(Remedy::Repair) => Soundness::Repairable,
        Some(Remedy::Rebuild) => Soundness::Broken,
    };
    Ok((state, left))
}

/// Rounds of check and repair.
const MAX_ROUNDS: usize = 3;

fn fault(finding: &check::Finding) -> Fault {
    Fault {
        path: finding.path.clone(),
        what: finding.what.clone(),
        is_repairable: finding.remedy == Remedy::Repair,
    }
}
