//! What is asked for, and how far it is: the protocol without the network.

use abs_ingest::format::arxiv_oai::{Answer, Days, ServerError};
use abs_record::Date;
use serde::{Deserialize, Serialize};

use crate::error::HarvestError;
use crate::request;

/// What is asked of whom: equal orders are one harvest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The archive's address.
    pub url: String,
    /// The form of records, `arXiv`.
    pub metadata_prefix: String,
    /// A part of the archive.
    pub set: Option<String>,
    /// Records changed since.
    #[serde(with = "day", default)]
    pub from: Option<Date>,
    /// And not after.
    #[serde(with = "day", default)]
    pub until: Option<Date>,
}

impl Order {
    /// Whether this asks for all that the other asks for.
    pub fn covers(&self, other: &Order) -> bool {
        let is_before = match (self.from, other.from) {
            (None, _) => true,
            (Some(own), Some(other)) => request::first_day(own) <= request::first_day(other),
            (Some(_), None) => false,
        };
        let is_after = match (self.until, other.until) {
            (None, _) => true,
            (Some(own), Some(other)) => request::last_day(own) >= request::last_day(other),
            (Some(_), None) => false,
        };
        let is_same = self.url == other.url && self.metadata_prefix == other.metadata_prefix;
        is_same && (self.set.is_none() || self.set == other.set) && is_before && is_after
    }
}

/// An order and how far it is. A harvest is a list of pages; when it is done,
/// another can begin with the day it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Harvest {
    /// What was asked for.
    #[serde(flatten)]
    pub order: Order,
    /// The day the list under way was asked from, or the next one will be.
    #[serde(with = "day", default)]
    pub list_from: Option<Date>,
    /// Where the list goes on.
    pub token: Option<String>,
    /// The last datestamp read of the list.
    #[serde(with = "day", default)]
    pub last: Option<Date>,
    /// The latest, which is the same where a list is in order.
    #[serde(with = "day", default)]
    pub latest: Option<Date>,
    /// Whether the list's datestamps came in order so far.
    pub ordered: bool,
    /// The server's day when the list was begun.
    #[serde(with = "day", default)]
    pub began: Option<Date>,
    /// Whether the list was read to its end.
    pub done: bool,
    /// Records read, of this list and those before it.
    pub n_records: u64,
}

/// What an answer means for a harvest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There are records, to be taken before [`Harvest::advance`].
    Records,
    /// The list is begun again, from this day or from its own beginning.
    Restarted(Option<Date>),
    /// There is nothing more.
    Done,
}

impl Harvest {
    /// A harvest at its beginning.
    pub fn new(order: Order) -> Harvest {
        Harvest {
            list_from: order.from,
            order,
            token: None,
            last: None,
            latest: None,
            ordered: true,
            began: None,
            done: false,
            n_records: 0,
        }
    }

    /// Begins the list of what changed since the last one. Its first day is
    /// asked for again: more may have come on it.
    pub fn begin_next(&mut self) {
        let next = Harvest::new(self.order.clone());
        *self = Harvest {
            list_from: self.list_from,
            n_records: self.n_records,
            ..next
        };
    }

    /// Whether all that can ever be in it was read: its last day was over
    /// when the list was begun.
    pub fn is_closed(&self) -> bool {
        let until = self.order.until.map(request::last_day);
        self.done && until.is_some_and(|until| self.began.is_some_and(|began| until < began))
    }

    /// The address to ask next.
    pub fn url(&self) -> String {
        let Order {
            url,
            metadata_prefix,
            set,
            until,
            ..
        } = &self.order;
        match &self.token {
            Some(token) => request::resume(url, token),
            None => {
                request::list_records(url, metadata_prefix, set.as_deref(), self.list_from, *until)
            }
        }
    }

    /// What an answer means. The harvest is as it was, unless the list is
    /// begun again or has come to its end.
    pub fn receive(&mut self, answer: &Answer) -> Result<Step, HarvestError> {
        let Some(error) = &answer.error else {
            return Ok(Step::Records);
        };
        self.began = self.began.or(answer.responded);
        match error.code.as_str() {
            "noRecordsMatch" => {
                self.finish();
                Ok(Step::Done)
            }
            "badResumptionToken" if self.token.is_some() => {
                self.token = None;
                // Of a list in no order the last day says nothing of the rest.
                if self.ordered && self.last.is_some() {
                    self.list_from = self.last;
                }
                Ok(Step::Restarted(self.list_from))
            }
            _ => Err(HarvestError::Refused {
                url: self.url(),
                error: ServerError::clone(error),
            }),
        }
    }

    /// Takes note that an answer's records were taken.
    pub fn advance(&mut self, answer: &Answer) {
        self.began = self.began.or(answer.responded);
        self.n_records += answer.n_records;
        if let Some(days) = answer.days {
            self.note(days);
        }
        self.token.clone_from(&answer.token);
        if self.token.is_none() {
            self.finish();
        }
    }

    fn note(&mut self, days: Days) {
        self.ordered &= days.ascending && self.last.is_none_or(|last| last <= days.first);
        self.last = Some(days.last);
        self.latest = self.latest.max(Some(days.latest));
    }

    /// The next list begins with the last day of this one, but never after
    /// the day this one was begun: a datestamp may be wrong, and what changed
    /// while the list was read may have been put where it had been read.
    fn finish(&mut self) {
        self.done = true;
        self.token = None;
        if let Some(latest) = self.latest {
            self.list_from = Some(self.began.map_or(latest, |began| latest.min(began)));
        }
    }
}

/// Dates as `2024-03-07`.
mod day {
    use abs_record::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        date: &Option<Date>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => serializer.collect_str(date),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Date>, D::Error> {
        let text: Option<String> = Option::deserialize(deserializer)?;
        let Some(text) = text else { return Ok(None) };
        let date = Date::parse(&text);
        date.map(Some)
            .ok_or_else(|| D::Error::custom(format!("{text:?} is no date")))
    }
}

#[cfg(test)]
mod tests;
