//! What a run remembers of itself, so that it can be gone on with: told by the
//! pipeline what begins, what ends and what was rejected, asked where to begin.

use std::convert::Infallible;
use std::path::Path;

use crate::error::{ReadError, SourceError};
use crate::pipeline::Summary;

/// What tells whether a file is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds from 1970 to its last change.
    pub modified: u64,
}

/// How far an input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Files of an archive that are done with; 0 for a file that is none.
    pub member: u64,
    /// Items of the next one that are done with.
    pub items: u64,
    /// What was counted so far.
    pub summary: Summary,
    /// The format of the last file that had one.
    pub format: Option<&'static str>,
}

/// Where to begin with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// From here: for a file that nothing is known of, from its start.
    From(Mark),
    /// Nowhere: it is as it was when it was read to its end.
    Unchanged,
    /// Nowhere: this run read it before it was broken off.
    Done {
        /// What was counted.
        summary: Summary,
        /// Why its end was not reached.
        error: Option<String>,
    },
}

/// Remembers a run.
pub trait Journal {
    /// Why it cannot.
    type Error;

    /// An input comes; its stamp, where it is a file that is there.
    fn begin(&mut self, path: &Path, stamp: Option<Stamp>) -> Start;

    /// A record was rejected.
    fn rejected(&mut self, error: &ReadError) -> Result<(), Self::Error>;

    /// The input, or a file in it, cannot be read, or not to its end.
    fn failed(&mut self, error: &SourceError) -> Result<(), Self::Error>;

    /// An item was counted; whether so many were that they should be made to
    /// last.
    fn counted(&mut self) -> bool;

    /// The input that began last is read as far as this, or `whole`.
    fn reached(&mut self, mark: &Mark, whole: bool) -> Result<(), Self::Error>;

    /// Makes what it was told last; the text with which it finds it again.
    fn save(&mut self) -> Result<Option<String>, Self::Error>;
}

/// Remembers nothing.
impl Journal for () {
    type Error = Infallible;

    fn begin(&mut self, _: &Path, _: Option<Stamp>) -> Start {
        Start::From(Mark::default())
    }

    fn rejected(&mut self, _: &ReadError) -> Result<(), Infallible> {
        Ok(())
    }

    fn failed(&mut self, _: &SourceError) -> Result<(), Infallible> {
        Ok(())
    }

    fn counted(&mut self) -> bool {
        false
    }

    fn reached(&mut self, _: &Mark, _: bool) -> Result<(), Infallible> {
        Ok(())
    }

    fn save(&mut self) -> Result<Option<String>, Infallible> {
        Ok(None)
    }
}
