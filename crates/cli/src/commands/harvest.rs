//! `harvest`: fetches an archive's records into the index.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use abs_harvest::{Order, request};
use abs_printer::{HarvestReport, JsonPrinter, TextPrinter};
use abs_record::Date;
use anyhow::{Context, bail};
use clap::ValueEnum;

use crate::args::Globals;
use crate::exit::Exit;
use crate::harvest::{Gather, Gathered, gather};
use crate::locate::locate;
use crate::stop::{Signal, Stop};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  abs-search harvest arxiv --set cs --from 2026-01
  abs-search harvest arxiv --set cs:cs:CL
  abs-search harvest arxiv --set physics:hep-th --limit 5000
  abs-search update

The same command goes on where it was broken off, and once it is complete asks for what changed
since. All of arXiv takes hours, as arXiv wants at most one request in 3 seconds; its snapshot, read
with `ingest`, and a harvest `--from` its date are quicker. DATE is the day of a record's last change,
not of the paper: 2026, 2026-01 or 2026-01-31.
Ctrl-C stops after the record at hand and keeps what was read; a second one ends at once.
Exit status: 0, 1 if it could not be completed, 2 for an error, 130 or 143 for one stopped by a signal.";

/// Where there is something to harvest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Archive {
    /// arXiv.org, over its OAI-PMH interface.
    #[value(help = None::<&str>)]
    Arxiv,
}

impl Archive {
    fn url(self) -> &'static str {
        match self {
            Archive::Arxiv => "https://oaipmh.arxiv.org/oai",
        }
    }

    fn metadata_prefix(self) -> &'static str {
        match self {
            Archive::Arxiv => "arXiv",
        }
    }
}

/// Fetch records from an archive into the index
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct HarvestArgs {
    /// The archive, over its OAI-PMH interface
    #[arg(value_name = "ARCHIVE")]
    archive: Archive,
    /// A part of the archive, such as cs, physics:hep-th or cs:cs:CL
    #[arg(long, value_name = "SET", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    set: Option<String>,
    /// Records changed on this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<Date>,
    /// Records changed on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<Date>,
    /// Ask another server than the archive's own
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Begin anew, even if this was harvested before
    #[arg(long)]
    restart: bool,
    #[command(flatten)]
    options: GatherArgs,
}

/// How harvests are done.
#[derive(Debug, clap::Args)]
pub(super) struct GatherArgs {
    /// Read at most N records; the next run goes on with the page they end on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Fetch and count, but write nothing
    #[arg(long)]
    dry_run: bool,
    /// Seconds between two requests; arXiv asks for 3
    #[arg(long, value_name = "SECONDS", default_value = "3", value_parser = seconds)]
    pause: Duration,
    /// Seconds to wait for one page of a server that is busy or failing, at most
    #[arg(long, value_name = "SECONDS", default_value = "3600", value_parser = seconds)]
    max_wait: Duration,
    /// Where to list what was rejected [default: harvest-rejects.jsonl in the index folder]
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Print the summary in JSON
    #[arg(long)]
    json: bool,
}

impl GatherArgs {
    pub(super) fn job(&self, index: PathBuf) -> Gather {
        Gather {
            index,
            limit: self.limit,
            dry_run: self.dry_run,
            pause: self.pause,
            max_wait: self.max_wait,
            rejects: self.rejects.clone(),
        }
    }

    /// Prints what came of a harvest.
    pub(super) fn print(
        &self,
        gathered: &Gathered,
        ui: &Ui,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        let Gathered { report, signal } = gathered;
        if self.json {
            JsonPrinter::new(&mut *out).harvest(report)?;
        } else {
            TextPrinter::new(&mut *out, ui.text).harvest(report)?;
        }
        // What is said besides comes after what was read.
        out.flush()?;
        Ok(match (&report.error, signal) {
            (Some(error), _) => {
                ui.error(error);
                Exit::Negative
            }
            (None, Some(signal)) => {
                ui.error(&format!("stopped: {}", advice(report)));
                match signal {
                    Signal::Interrupt => Exit::Interrupted,
                    Signal::Terminate => Exit::Terminated,
                }
            }
            (None, None) => Exit::Success,
        })
    }
}

/// How a harvest that was stopped is gone on with.
fn advice(report: &HarvestReport) -> &'static str {
    match (&report.index, report.read) {
        (None, _) => "nothing was written",
        (Some(_), 0) => "nothing was read; run the same command again",
        (Some(_), _) => {
            "what was read is in the index; run the same command again to go on from there"
        }
    }
}

pub(super) fn run(
    args: &HarvestArgs,
    globals: &Globals,
    ui: &Ui,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let order = order(args)?;
    let place = locate(globals.index.as_deref())?;
    let job = args.options.job(place.path);
    let stop = Stop::listen().context("cannot listen for signals")?;
    let gathered = gather(&job, &order, args.restart, ui, &stop)
        .with_context(|| format!("cannot harvest into {}", job.index.display()))?;
    stop.done();
    match &gathered.report.error {
        Some(error) if gathered.report.pages == 0 => bail!("cannot harvest: {error}"),
        _ => args.options.print(&gathered, ui, out),
    }
}

fn order(args: &HarvestArgs) -> anyhow::Result<Order> {
    let order = Order {
        url: match &args.url {
            Some(url) => url.trim().to_owned(),
            None => args.archive.url().to_owned(),
        },
        metadata_prefix: args.archive.metadata_prefix().to_owned(),
        set: args.set.clone(),
        from: args.from.map(request::first_day),
        until: args.until.map(request::last_day),
    };
    if let (Some(from), Some(until)) = (order.from, order.until)
        && from > until
    {
        bail!("--from {from} is after --until {until}");
    }
    Ok(order)
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a date is 2026, 2026-01 or 2026-01-31".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if !(0.0..=1e6).contains(&seconds) {
        return Err("between 0 and 1000000 seconds".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}
