//! Exit codes: an interface for scripts, so there is one list of them.

use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// There is an answer; an ingest read every file.
    Success = 0,
    /// The answer is "none"; an ingest could not read some file.
    Negative = 1,
    /// There is no answer.
    Failure = 2,
    /// Ctrl-C ended an ingest, as shells count: 128 and the signal.
    Interrupted = 130,
    /// SIGTERM did.
    Terminated = 143,
}

impl Exit {
    /// Success if something was found.
    pub(crate) fn found(found: bool) -> Exit {
        if found { Exit::Success } else { Exit::Negative }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
