//! What can go wrong with a page, and with a harvest.

use std::time::Duration;

use abs_ingest::format::arxiv_oai::{AnswerError, ServerError};

use crate::transport::TransportError;

/// Why a page was not had.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// No answer.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// An answer that is none.
    #[error("the server answers with status {status}{}", said(.excerpt))]
    Status {
        /// The HTTP status.
        status: u16,
        /// How the body starts.
        excerpt: String,
    },
    /// A body that is no answer, or not a whole one.
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

/// Why a harvest cannot go on. What it had read before is kept.
#[derive(Debug, thiserror::Error)]
pub enum HarvestError {
    /// The server refuses what is asked.
    #[error("{url} refuses: {}: {}", error.code, error.message)]
    Refused {
        /// What was asked.
        url: String,
        /// What the server says.
        error: ServerError,
    },
    /// A page cannot be had.
    #[error("cannot fetch {url}{}: {error}", tries(*.attempts))]
    Page {
        /// What was asked, its resumption token in it.
        url: String,
        /// How often.
        attempts: u32,
        /// What went wrong the last time.
        #[source]
        error: PageError,
    },
    /// The server asks for more time than there is.
    #[error(
        "{url} asks to be left alone for {} s, more than is left of the time allowed for waiting",
        wait.as_secs()
    )]
    Busy {
        /// What was asked.
        url: String,
        /// How long the server wants to be left alone.
        wait: Duration,
    },
    /// The server leads in a circle.
    #[error("the list never ends: the server gives the resumption token {0:?} again")]
    Circle(String),
    /// Tokens expire faster than the list gets on.
    #[error("the list does not get on: resumption tokens expire again and again after {0}")]
    Expiring(String),
    /// A page that was found whole could not be read.
    #[error("cannot read {url}: {reason}")]
    Unreadable {
        /// What was asked.
        url: String,
        /// What went wrong.
        reason: String,
    },
}

fn tries(attempts: u32) -> String {
    match attempts {
        0 | 1 => String::new(),
        _ => format!(" in {attempts} tries"),
    }
}

fn said(excerpt: &str) -> String {
    match excerpt {
        "" => String::new(),
        text => format!(": {text}"),
    }
}
