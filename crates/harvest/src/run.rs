//! Drives a harvest: page after page into a store.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::time::Duration;

use abs_ingest::format::arxiv_oai::Answer;
use abs_ingest::{Input, RecordSink, Summary, pipeline};

use crate::clock::Clock;
use crate::error::HarvestError;
use crate::fetch::{Fetched, Fetcher, Patience, Wait, Why};
use crate::state::{Harvest, Step};
use crate::transport::Transport;

mod watch;

use watch::PageWatch;

/// Records between two saves: what a killed harvest has to ask for again.
const SAVE_EVERY_RECORDS: u64 = 100_000;
/// And time between them.
const SAVE_EVERY: Duration = Duration::from_secs(120);
/// Before a wait like this everything is saved: there is time for it, and who
/// waits that long is often broken off.
const LONG_WAIT: Duration = Duration::from_secs(15);
/// But not again so soon: each time leaves a segment.
const SAVE_AT_MOST_EVERY: Duration = Duration::from_secs(30);
/// How often a list is begun again from one day.
const MAX_RESTARTS: u32 = 3;

/// How far to go.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How long to wait for what.
    pub patience: Patience,
    /// Records to read at most.
    pub limit: Option<u64>,
}

/// Where records go.
pub trait Store: RecordSink {
    /// Makes everything pushed so far last and then, not before, that the
    /// harvest has come so far.
    fn save(&mut self, harvest: &Harvest) -> Result<(), Self::Error>;
}

/// Watches a harvest, and its pages as files are watched: what is told of
/// them counts from the start of the harvest. Every method may be left out.
pub trait Observer: abs_ingest::Observer {
    /// Something is waited for; told again and again while it lasts. `Break`
    /// ends the harvest.
    fn waiting(&mut self, wait: Wait<'_>) -> ControlFlow<()> {
        let _ = wait;
        ControlFlow::Continue(())
    }

    /// A page was taken.
    fn page_done(&mut self, harvest: &Harvest, answer: &Answer) {
        let _ = (harvest, answer);
    }

    /// The token had expired; the list is begun again.
    fn restarted(&mut self, harvest: &Harvest) {
        let _ = harvest;
    }
}

impl Observer for () {}

/// What came of a harvest.
#[derive(Debug)]
pub struct Outcome {
    /// How far it is now, which is saved.
    pub harvest: Harvest,
    /// What was read, pages being files.
    pub summary: Summary,
    /// Requests made.
    pub n_requests: u64,
    /// Why it ended.
    pub end: End,
}

/// Why a harvest ended.
#[derive(Debug)]
pub enum End {
    /// There is nothing more.
    Done,
    /// As many records were read as were asked for.
    Limit,
    /// The observer broke it off.
    Stopped,
    /// It cannot go on.
    Failed(HarvestError),
}

/// Reads from where `harvest` is to the end of its list. Only the store's own
/// error is one: after any other end, what was read is kept and saved.
pub fn harvest<S: Store>(
    harvest: Harvest,
    plan: &Plan,
    transport: &mut impl Transport,
    clock: &mut impl Clock,
    store: &mut S,
    observer: &mut impl Observer,
) -> Result<Outcome, S::Error> {
    let mut run = Run {
        began_at: clock.elapsed(),
        saved_at: None,
        fetcher: Fetcher::new(transport, clock, plan.patience),
        store,
        observer,
        harvest,
        summary: Summary::default(),
        n_unsaved: 0,
        is_unsaved: false,
        seen: HashSet::new(),
        restarts: 0,
    };
    let end = loop {
        let left = plan
            .limit
            .map(|limit| limit.saturating_sub(run.summary.read));
        if left == Some(0) {
            break End::Limit;
        }
        if let ControlFlow::Break(end) = run.page(left.unwrap_or(u64::MAX))? {
            break end;
        }
        if run.is_due() {
            run.save()?;
        }
    };
    run.save()?;
    Ok(Outcome {
        n_requests: run.fetcher.n_requests,
        harvest: run.harvest,
        summary: run.summary,
        end,
    })
}

struct Run<'a, T, C, S, O> {
    fetcher: Fetcher<'a, T, C>,
    store: &'a mut S,
    observer: &'a mut O,
    harvest: Harvest,
    summary: Summary,
    began_at: Duration,
    saved_at: Option<Duration>,
    /// Records read since.
    n_unsaved: u64,
    /// Whether there is anything to save.
    is_unsaved: bool,
    /// Tokens of the list so far, as hashes: 8 bytes a page.
    seen: HashSet<u64>,
    /// How often the list was begun again since it last got on.
    restarts: u32,
}

impl<T: Transport, C: Clock, S: Store, O: Observer> Run<'_, T, C, S, O> {
    /// One page, from asking for it to counting it as done.
    fn page(&mut self, at_most: u64) -> Result<ControlFlow<End>, S::Error> {
        let url = self.harvest.url();
        let (body, answer) = match self.fetch(&url, at_most)? {
            Ok(Fetched::Page(body, answer)) => (body, answer),
            Ok(Fetched::Stopped) => return Ok(ControlFlow::Break(End::Stopped)),
            Err(error) => return Ok(failed(error)),
        };
        let before = self.harvest.last;
        let step = match self.harvest.receive(&answer) {
            Ok(step) => step,
            Err(error) => return Ok(failed(error)),
        };
        self.is_unsaved = true;
        match step {
            Step::Done => return Ok(ControlFlow::Break(End::Done)),
            Step::Restarted(_) => return Ok(self.restarted()),
            Step::Records => {}
        }
        let end = self.take(&url, body, &answer)?;
        if end.is_break() {
            return Ok(end);
        }
        self.harvest.advance(&answer);
        if self.harvest.last > before {
            self.restarts = 0;
        }
        self.observer.page_done(&self.harvest, &answer);
        let Some(token) = &self.harvest.token else {
            return Ok(ControlFlow::Break(End::Done));
        };
        let mut hasher = DefaultHasher::new();
        token.hash(&mut hasher);
        if !self.seen.insert(hasher.finish()) {
            let error = HarvestError::Circle(token.clone());
            return Ok(failed(error));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Fetches a page; before a long wait everything is saved.
    fn fetch(
        &mut self,
        url: &str,
        at_most: u64,
    ) -> Result<Result<Fetched, HarvestError>, S::Error> {
        let Run {
            fetcher,
            store,
            observer,
            harvest,
            is_unsaved,
            saved_at,
            ..
        } = self;
        let now = fetcher.elapsed();
        let is_recent = saved_at.is_some_and(|at| now.saturating_sub(at) < SAVE_AT_MOST_EVERY);
        let mut failure = None;
        let mut waiting = |wait: Wait<'_>| {
            let is_long = wait.left >= LONG_WAIT && !matches!(wait.why, Why::Polite);
            if is_long && *is_unsaved && !is_recent {
                if let Err(error) = store.save(harvest) {
                    failure = Some(error);
                    return ControlFlow::Break(());
                }
                *is_unsaved = false;
                *saved_at = Some(now);
            }
            observer.waiting(wait)
        };
        let fetched = fetcher.page(url, at_most, &mut waiting);
        match failure {
            Some(error) => Err(error),
            None => Ok(fetched),
        }
    }

    /// Pushes a page's records.
    fn take(
        &mut self,
        url: &str,
        mut body: Vec<u8>,
        answer: &Answer,
    ) -> Result<ControlFlow<End>, S::Error> {
        let is_cut = !answer.surplus.is_empty();
        if is_cut {
            body.drain(answer.surplus.clone());
        }
        let n_bytes = body.len() as u64;
        let input = Input::from_reader(url, Cursor::new(body));
        let mut watch = PageWatch::new(self.observer, &self.summary);
        let summary = pipeline::run([Ok(input)], self.store, &mut watch)?;
        let failure = watch.failure;
        self.summary.add(&Summary {
            bytes: n_bytes,
            ..summary
        });
        self.n_unsaved += summary.read;
        Ok(if let Some(reason) = failure {
            failed(HarvestError::Unreadable {
                url: url.to_owned(),
                reason,
            })
        } else if summary.stopped {
            ControlFlow::Break(End::Stopped)
        } else if is_cut {
            // The page is not done: it will be asked for again.
            ControlFlow::Break(End::Limit)
        } else {
            ControlFlow::Continue(())
        })
    }

    fn restarted(&mut self) -> ControlFlow<End> {
        self.observer.restarted(&self.harvest);
        self.seen.clear();
        self.restarts += 1;
        if self.restarts > MAX_RESTARTS {
            let day = self.harvest.list_from;
            let day = day.map_or_else(|| "its beginning".to_owned(), |day| day.to_string());
            return failed(HarvestError::Expiring(day));
        }
        ControlFlow::Continue(())
    }

    fn is_due(&self) -> bool {
        let last = self.saved_at.unwrap_or(self.began_at);
        let since = self.fetcher.elapsed().saturating_sub(last);
        self.n_unsaved >= SAVE_EVERY_RECORDS || (self.is_unsaved && since >= SAVE_EVERY)
    }

    fn save(&mut self) -> Result<(), S::Error> {
        if self.is_unsaved {
            self.store.save(&self.harvest)?;
        }
        self.saved_at = Some(self.fetcher.elapsed());
        self.n_unsaved = 0;
        self.is_unsaved = false;
        Ok(())
    }
}

fn failed(error: HarvestError) -> ControlFlow<End> {
    ControlFlow::Break(End::Failed(error))
}

#[cfg(test)]
mod tests;
