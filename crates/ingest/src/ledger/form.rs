//! The lines of the ledger.

use serde::{Deserialize, Serialize};

use crate::journal::{Mark, Stamp};
use crate::pipeline::{Summary, is_zero};

/// One line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    Run(RunLine),
    File(Box<Entry>),
}

/// A run begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunLine {
    /// From 1.
    pub(super) number: u64,
    /// Hash of what it was told, in hexadecimal digits.
    pub(super) command: String,
}

/// How far a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To its end.
    Done,
    /// Not yet to its end.
    Partial,
    /// As far as it can be.
    Failed,
    /// Not at all, being of no known format.
    Skipped,
}

impl State {
    /// One word.
    pub fn name(self) -> &'static str {
        match self {
            State::Done => "done",
            State::Partial => "partial",
            State::Failed => "failed",
            State::Skipped => "skipped",
        }
    }
}

/// What is known of a file, or of an archive with all files in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its path, absolute; `-` at its end for standard input.
    pub path: String,
    /// Bytes as stored; `None` for what is no file, or is not there.
    pub size: Option<u64>,
    /// Nanoseconds from 1970 to its last change.
    pub modified: Option<u64>,
    /// The format of it, or of the last file in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// The run that read it last.
    pub run: u64,
    /// How far it is read.
    pub state: State,
    /// What was counted.
    #[serde(flatten)]
    pub counts: Summary,
    /// Files of an archive that are done with.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub member: u64,
    /// Items of the next one, or of the file itself, that are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub items: u64,
    /// How its columns were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
    /// Why its end was not reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Entry {
    /// What tells whether the file is as it was.
    pub fn stamp(&self) -> Option<Stamp> {
        Some(Stamp {
            size: self.size?,
            modified: self.modified?,
        })
    }

    /// Where to go on.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            member: self.member,
            items: self.items,
            summary: self.counts,
            format: None,
        }
    }
}
