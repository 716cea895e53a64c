//! An archive, a clock and a store that exist in memory only.

use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;

use abs_ingest::Outcome as Pushed;
use abs_record::{Date, Record, RecordId};

use super::*;
use crate::transport::{Response, TransportError};

pub(super) const URL: &str = "https://a.org/oai";

/// What happens instead of an answer.
pub(super) enum Fault {
    Busy(&'static str),
    Status(u16),
    Gone,
    Refused,
    Cut,
    Html,
    BadToken,
    Error(&'static str),
}

/// Serves records in pages; a token is `DAY~OFFSET`.
pub(super) struct Archive {
    /// `id`, day, and whether it is deleted.
    pub(super) records: Vec<(String, String, bool)>,
    pub(super) page: usize,
    /// What goes wrong with the next requests; `None` for nothing.
    pub(super) faults: VecDeque<Option<Fault>>,
    pub(super) urls: Vec<String>,
    pub(super) today: &'static str,
    /// Tokens that are given instead of one's own.
    pub(super) stuck: bool,
    /// Every token has expired when it is used.
    pub(super) forgetful: bool,
}

impl Archive {
    pub(super) fn new(days: &[&str], page: usize) -> Archive {
        let records = (1..).zip(days).map(|(number, day)| {
            let id = format!("2001.{number:05}");
            (id, (*day).to_owned(), false)
        });
        Archive {
            records: records.collect(),
            page,
            faults: VecDeque::new(),
            urls: Vec::new(),
            today: "2024-06-01",
            stuck: false,
            forgetful: false,
        }
    }

    /// So many records, three a day.
    pub(super) fn with(n_records: usize, page: usize) -> Archive {
        let days: Vec<String> = (0..n_records)
            .map(|number| format!("2024-01-{:02}", 1 + number / 3))
            .collect();
        let days: Vec<&str> = days.iter().map(String::as_str).collect();
        Archive::new(&days, page)
    }

    pub(super) fn faulty(mut self, faults: Vec<Option<Fault>>) -> Archive {
        self.faults = faults.into();
        self
    }

    /// What was asked for, without the address.
    pub(super) fn asked(&self) -> Vec<&str> {
        let start = format!("{URL}?verb=ListRecords&");
        let short = |url: &'_ String| url.len() - url.strip_prefix(&start).unwrap().len();
        self.urls.iter().map(|url| &url[short(url)..]).collect()
    }

    fn answer(&self, url: &str) -> String {
        let argument = |name: &str| {
            let start = url.find(&format!("&{name}="))? + name.len() + 2;
            let rest = &url[start..];
            Some(rest[..rest.find('&').unwrap_or(rest.len())].to_owned())
        };
        let (from, offset) = match argument("resumptionToken") {
            Some(_) if self.forgetful => return self.error("badResumptionToken"),
            Some(token) => {
                let (from, offset) = token.split_once('~').unwrap();
                (from.to_owned(), offset.parse().unwrap())
            }
            None => (argument("from").unwrap_or_default(), 0),
        };
        let until = argument("until").unwrap_or_else(|| "9999".to_owned());
        let list: Vec<_> = self
            .records
            .iter()
            .filter(|(_, day, _)| *day >= from && *day <= until)
            .collect();
        if list.is_empty() {
            return self.error("noRecordsMatch");
        }
        let end = list.len().min(offset + self.page);
        let records: String = list[offset..end]
            .iter()
            .map(|record| self.record(record))
            .collect();
        let token = match end < list.len() {
            true if self.stuck => format!("<resumptionToken>{from}~0</resumptionToken>"),
            true => format!("<resumptionToken>{from}~{end}</resumptionToken>"),
            false => "<resumptionToken/>".to_owned(),
        };
        self.envelope(&format!("<ListRecords>{records}{token}</ListRecords>"))
    }

    fn record(&self, (id, day, is_deleted): &(String, String, bool)) -> String {
        let header =
            format!("<identifier>oai:arXiv.org:{id}</identifier><datestamp>{day}</datestamp>");
        if *is_deleted {
            return format!("<record><header status=\"deleted\">{header}</header></record>");
        }
        format!(
            "<record><header>{header}</header><metadata><arXiv><id>{id}</id>\
             <title>On {id}</title></arXiv></metadata></record>"
        )
    }

    fn error(&self, code: &str) -> String {
        self.envelope(&format!("<error code=\"{code}\">So it is.</error>"))
    }

    fn envelope(&self, inner: &str) -> String {
        let today = self.today;
        format!(
            "<?xml version=\"1.0\"?><OAI-PMH><responseDate>{today}T10:00:00Z</responseDate>\
             {inner}</OAI-PMH>"
        )
    }
}

impl Transport for Archive {
    fn get(&mut self, url: &str) -> Result<Response, TransportError> {
        self.urls.push(url.to_owned());
        let mut response = Response {
            status: 200,
            retry_after: None,
            body: self.answer(url).into_bytes(),
        };
        match self.faults.pop_front().flatten() {
            None => {}
            Some(Fault::Busy(value)) => {
                response.status = 503;
                response.retry_after = Some(value.to_owned());
                response.body = b"Retry after".to_vec();
            }
            Some(Fault::Status(status)) => {
                response.status = status;
                response.body = b"<html>No.</html>".to_vec();
            }
            Some(Fault::Gone) => return Err(TransportError::Passing("gone".to_owned())),
            Some(Fault::Refused) => return Err(TransportError::Lasting("refused".to_owned())),
            Some(Fault::Cut) => response.body.truncate(response.body.len() / 2),
            Some(Fault::Html) => response.body = b"<html>We are sorry.</html>".to_vec(),
            Some(Fault::BadToken) => {
                response.body = self.error("badResumptionToken").into_bytes();
            }
            Some(Fault::Error(code)) => response.body = self.error(code).into_bytes(),
        }
        Ok(response)
    }
}

/// Time passes only while someone sleeps.
#[derive(Default)]
pub(super) struct TestClock(pub(super) Duration);

impl Clock for TestClock {
    fn elapsed(&self) -> Duration {
        self.0
    }

    fn unix_seconds(&self) -> u64 {
        784_111_777 + self.0.as_secs()
    }

    fn sleep(&mut self, duration: Duration) {
        self.0 += duration;
    }
}

/// The process was killed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Killed;

/// Keeps what is saved over a kill, and nothing else.
pub(super) struct TestStore {
    pushed: Vec<Record>,
    pub(super) saved: Vec<Record>,
    pub(super) state: Option<Harvest>,
    pub(super) n_saves: usize,
    /// Records, or saves, before it is killed.
    pub(super) life: Rc<Cell<usize>>,
}

impl TestStore {
    pub(super) fn new() -> TestStore {
        TestStore {
            pushed: Vec::new(),
            saved: Vec::new(),
            state: None,
            n_saves: 0,
            life: Rc::new(Cell::new(usize::MAX)),
        }
    }

    pub(super) fn begin_again(&mut self) -> Harvest {
        self.pushed = self.saved.clone();
        self.life.set(usize::MAX);
        self.state.clone().unwrap_or_else(|| Harvest::new(order()))
    }

    pub(super) fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.saved.iter().map(|record| record.id.as_str()).collect();
        ids.sort_unstable();
        ids
    }

    fn live(&self) -> Result<(), Killed> {
        match self.life.get() {
            0 => Err(Killed),
            left => {
                self.life.set(left - 1);
                Ok(())
            }
        }
    }
}

impl RecordSink for TestStore {
    type Error = Killed;

    fn push(&mut self, record: Record) -> Result<Pushed, Killed> {
        self.live()?;
        Ok(RecordSink::push(&mut self.pushed, record).unwrap())
    }

    fn delete(&mut self, id: &RecordId) -> Result<bool, Killed> {
        self.live()?;
        Ok(self.pushed.delete(id).unwrap())
    }
}

impl Store for TestStore {
    fn save(&mut self, harvest: &Harvest) -> Result<(), Killed> {
        self.live()?;
        self.saved = self.pushed.clone();
        // Between the commit and the note of it.
        self.live()?;
        self.state = Some(harvest.clone());
        self.n_saves += 1;
        Ok(())
    }
}

pub(super) fn order() -> crate::Order {
    crate::Order {
        url: URL.to_owned(),
        metadata_prefix: "arXiv".to_owned(),
        set: None,
        from: None,
        until: None,
    }
}

pub(super) fn day(text: &str) -> Option<Date> {
    Date::parse(text)
}
