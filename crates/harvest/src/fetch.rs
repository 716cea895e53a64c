//! Fetches one page: politely, and again where that may help.

use std::ops::ControlFlow;
use std::time::Duration;

use abs_ingest::error::excerpt;
use abs_ingest::format::arxiv_oai::Answer;

use crate::clock::Clock;
use crate::error::{HarvestError, PageError};
use crate::transport::{Response, Transport, TransportError};

mod retry_after;

use retry_after::retry_after;

/// Tries of a page when an earlier one was had from the same server.
const MAX_ATTEMPTS: u32 = 9;
/// Tries of the first page: there may be no such server.
const MAX_FIRST_ATTEMPTS: u32 = 3;
/// No wait between two tries is longer, unless the server asks for it.
const MAX_BACKOFF: Duration = Duration::from_secs(300);
/// Waiting is done in pieces, so that it can be shown and broken off.
const SLICE: Duration = Duration::from_millis(200);

/// How long to wait, and for what.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Between the end of one request and the start of the next. arXiv asks
    /// for 3 s (<https://info.arxiv.org/help/api/tou.html>).
    pub pause: Duration,
    /// For one page, beside that pause: what the server asks for, and before
    /// trying again.
    pub max_wait: Duration,
}

/// A wait that is going on.
#[derive(Debug, Clone, Copy)]
pub struct Wait<'a> {
    /// What is left of it.
    pub left: Duration,
    /// What it is for.
    pub why: Why<'a>,
}

/// What a wait is for.
#[derive(Debug, Clone, Copy)]
pub enum Why<'a> {
    /// So as not to be a burden.
    Polite,
    /// The server asks for it.
    Busy,
    /// To try again.
    Failed(&'a PageError),
}

/// A page found whole, or what is instead of it.
pub(crate) enum Fetched {
    Page(Vec<u8>, Box<Answer>),
    /// A wait or a request was broken off.
    Stopped,
}

/// Fetches pages from one server.
pub(crate) struct Fetcher<'a, T, C> {
    transport: &'a mut T,
    clock: &'a mut C,
    patience: Patience,
    /// When the last request ended.
    last_request: Option<Duration>,
    /// Whether the server has answered before.
    has_answered: bool,
    /// Requests so far.
    pub(crate) n_requests: u64,
    /// Bytes fetched so far, unpacked.
    pub(crate) n_bytes: u64,
}

impl<'a, T: Transport, C: Clock> Fetcher<'a, T, C> {
    pub(crate) fn new(transport: &'a mut T, clock: &'a mut C, patience: Patience) -> Self {
        Fetcher {
            transport,
            clock,
            patience,
            last_request: None,
            has_answered: false,
            n_requests: 0,
            n_bytes: 0,
        }
    }

    /// Time since some moment.
    pub(crate) fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    /// The page at an address; of its records those beyond `at_most` are
    /// surplus. `waiting` is asked before each wait and while it lasts.
    pub(crate) fn page(
        &mut self,
        url: &str,
        at_most: u64,
        waiting: &mut dyn FnMut(Wait<'_>) -> ControlFlow<()>,
    ) -> Result<Fetched, HarvestError> {
        let mut left = self.patience.max_wait;
        let mut attempts = 0;
        if self.pause(waiting).is_break() {
            return Ok(Fetched::Stopped);
        }
        loop {
            let response = self.transport.get(url);
            if matches!(response, Err(TransportError::Stopped)) {
                return Ok(Fetched::Stopped);
            }
            self.last_request = Some(self.clock.elapsed());
            self.n_requests += 1;
            let asked = self.asked(response.as_ref().ok());
            let error = match self.read(response, at_most) {
                Ok(page) => return Ok(page),
                Err(error) => error,
            };
            let give_up = |error| HarvestError::Page {
                url: url.to_owned(),
                attempts: attempts + 1,
                error,
            };
            let wait = match asked {
                // A server that says when to come again is not at fault.
                Some(wait) if wait > left => {
                    return Err(HarvestError::Busy {
                        url: url.to_owned(),
                        wait,
                    });
                }
                Some(wait) => wait,
                None => {
                    let max_attempts = if self.has_answered {
                        MAX_ATTEMPTS
                    } else {
                        MAX_FIRST_ATTEMPTS
                    };
                    let wait = self.backoff(attempts);
                    if !is_passing(&error) || attempts + 1 >= max_attempts || wait > left {
                        return Err(give_up(error));
                    }
                    attempts += 1;
                    wait
                }
            };
            left -= wait;
            let why = match asked {
                Some(_) => Why::Busy,
                None => Why::Failed(&error),
            };
            if self.wait(wait, why, waiting).is_break() {
                return Ok(Fetched::Stopped);
            }
        }
    }

    /// What a busy server asks for; at least a second, so that the bound on
    /// waiting bounds the number of requests too.
    fn asked(&self, response: Option<&Response>) -> Option<Duration> {
        let response = response.filter(|response| matches!(response.status, 429 | 503))?;
        let value = response.retry_after.as_deref()?;
        let wait = retry_after(value, self.clock.unix_seconds())?;
        Some(wait.max(self.patience.pause).max(Duration::from_secs(1)))
    }

    fn read(
        &mut self,
        response: Result<Response, TransportError>,
        at_most: u64,
    ) -> Result<Fetched, PageError> {
        let response = response?;
        let Response { status, body, .. } = response;
        let answer = Answer::read(&body, at_most);
        // Some servers send the protocol's errors with a status of their own.
        let is_error = |answer: &Answer| answer.error.is_some();
        if status != 200 && !answer.as_ref().is_ok_and(is_error) {
            let excerpt = excerpt(&body);
            return Err(PageError::Status { status, excerpt });
        }
        let answer = answer?;
        self.has_answered = true;
        self.n_bytes += body.len() as u64;
        Ok(Fetched::Page(body, Box::new(answer)))
    }

    /// Doubles from try to try.
    fn backoff(&self, attempts: u32) -> Duration {
        let first = self.patience.pause.max(Duration::from_secs(1));
        first
            .saturating_mul(2u32.saturating_pow(attempts))
            .min(MAX_BACKOFF)
    }

    /// Keeps the pause since the last request.
    fn pause(&mut self, waiting: &mut dyn FnMut(Wait<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        let Some(last) = self.last_request else {
            return ControlFlow::Continue(());
        };
        let since = self.clock.elapsed().saturating_sub(last);
        self.wait(
            self.patience.pause.saturating_sub(since),
            Why::Polite,
            waiting,
        )
    }

    fn wait(
        &mut self,
        duration: Duration,
        why: Why<'_>,
        waiting: &mut dyn FnMut(Wait<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let end = self.clock.elapsed() + duration;
        loop {
            let left = end.saturating_sub(self.clock.elapsed());
            waiting(Wait { left, why })?;
            if left.is_zero() {
                return ControlFlow::Continue(());
            }
            self.clock.sleep(left.min(SLICE));
        }
    }
}

/// Whether it may help to try again.
fn is_passing(error: &PageError) -> bool {
    match error {
        PageError::Transport(error) => matches!(error, TransportError::Passing(_)),
        PageError::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..=599),
        PageError::Answer(_) => true,
    }
}
