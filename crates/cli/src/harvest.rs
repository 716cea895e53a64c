//! One harvest: asks the archive, indexes what it gives, watches and sums up.

mod rejects;
mod store;
mod transport;
mod watch;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use abs_harvest::{
    End, Harvest, HttpOptions, HttpTransport, MAX_BODY_BYTES, Order, Outcome, Patience, Plan,
    States, SystemClock, harvest,
};
use abs_printer::HarvestReport;
use abs_schema::store::folder_bytes;

use crate::stop::{Signal, Stop};
use crate::ui::Ui;
use rejects::Rejects;
use store::{DryStore, IndexStore};
use transport::Stoppable;
use watch::Watch;

/// How archives know who asks.
const USER_AGENT: &str = concat!(
    "abs-search/",
    env!("CARGO_PKG_VERSION"),
    " (OAI-PMH harvester of a full-text search)"
);
/// In the index's folder, unless another file is named.
const REJECTS_FILE: &str = "harvest-rejects.jsonl";

/// How harvests are to be done.
pub(crate) struct Gather {
    /// The index's folder, made with the first record if it is not there.
    pub(crate) index: PathBuf,
    /// Records to read at most.
    pub(crate) limit: Option<u64>,
    /// Write nothing.
    pub(crate) dry_run: bool,
    /// Between two requests.
    pub(crate) pause: Duration,
    /// For a server that is busy or failing.
    pub(crate) max_wait: Duration,
    /// Where rejects are listed, if not beside the index.
    pub(crate) rejects: Option<PathBuf>,
}

/// What a harvest came to.
pub(crate) struct Gathered {
    pub(crate) report: HarvestReport,
    /// The signal that ended it.
    pub(crate) signal: Option<Signal>,
}

/// Harvests what was ordered: from where an earlier harvest of the same was
/// broken off, else what changed since it, else all. `restart` forgets it. A
/// signal ends it: what was read is kept.
pub(crate) fn gather(
    job: &Gather,
    order: &Order,
    restart: bool,
    ui: &Ui,
    stop: &Stop,
) -> anyhow::Result<Gathered> {
    let started = Instant::now();
    let states = States::open(&job.index)?;
    let known = states.find(order).filter(|_| !restart);
    let start = begin(known, order, ui);
    let options = HttpOptions {
        user_agent: USER_AGENT,
        use_proxy: true,
        max_body_bytes: MAX_BODY_BYTES,
    };
    let mut transport = Stoppable::new(HttpTransport::new(&order.url, options)?, stop);
    let mut clock = SystemClock::start();
    let plan = Plan {
        patience: Patience {
            pause: job.pause,
            max_wait: job.max_wait,
        },
        limit: job.limit,
    };
    // The list of a harvest that is gone on with is gone on with, too.
    let rejects = match (&job.rejects, job.dry_run) {
        (Some(path), _) => Rejects::new(Some(path.clone()), start.token.is_some()),
        (None, true) => Rejects::new(None, false),
        (None, false) => Rejects::new(Some(job.index.join(REJECTS_FILE)), start.token.is_some()),
    };
    let mut watch = Watch::new(ui, stop, rejects);
    let mut index = None;
    let run = if job.dry_run {
        let mut store = DryStore::default();
        match harvest(
            start,
            &plan,
            &mut transport,
            &mut clock,
            &mut store,
            &mut watch,
        ) {
            Ok(outcome) => Ok(outcome),
            Err(never) => match never {},
        }
    } else {
        let mut store = IndexStore::open(&job.index, states)?;
        harvest(
            start,
            &plan,
            &mut transport,
            &mut clock,
            &mut store,
            &mut watch,
        )
        .and_then(|outcome| {
            let is_stopped = stop.signal().is_some();
            if !is_stopped {
                watch.line.last_step("writing the index");
            }
            index = store.finish(is_stopped)?;
            Ok(outcome)
        })
    };
    watch.line.clear();
    let outcome = run?;
    let rejects_path = watch.rejects.finish()?;
    let index = index.map(|path| {
        let n_bytes = folder_bytes(&path);
        (path, n_bytes)
    });
    let is_stopped = matches!(outcome.end, End::Stopped);
    Ok(Gathered {
        signal: stop.signal().filter(|_| is_stopped),
        report: report(order, outcome, index, rejects_path, started),
    })
}

/// Where to begin.
fn begin(known: Option<&Harvest>, order: &Order, ui: &Ui) -> Harvest {
    let Some(known) = known else {
        return Harvest::new(order.clone());
    };
    let mut start = known.clone();
    if start.done {
        start.begin_next();
        if let Some(day) = start.list_from {
            ui.note(&format!("asking for what changed since {day}"));
        }
    } else {
        let last = start.last.map(|day| format!(", at {day}"));
        ui.note(&format!(
            "going on with a harvest that was broken off{}",
            last.unwrap_or_default()
        ));
    }
    start
}

fn report(
    order: &Order,
    outcome: Outcome,
    index: Option<(PathBuf, u64)>,
    rejects_path: Option<PathBuf>,
    started: Instant,
) -> HarvestReport {
    let Outcome {
        harvest, summary, ..
    } = outcome;
    HarvestReport {
        url: order.url.clone(),
        set: order.set.clone(),
        from: order.from,
        until: order.until,
        read: summary.read,
        indexed: summary.indexed,
        updated: summary.updated,
        unchanged: summary.unchanged,
        duplicate: summary.duplicate,
        deleted: summary.deleted,
        rejected: summary.rejected,
        pages: summary.files,
        requests: outcome.n_requests,
        source_bytes: summary.bytes,
        done: harvest.done,
        reached: if harvest.done {
            harvest.list_from
        } else {
            harvest.last
        },
        error: match outcome.end {
            End::Failed(error) => Some(error.to_string()),
            End::Done | End::Limit | End::Stopped => None,
        },
        index,
        rejects_path,
        took: started.elapsed(),
    }
}
