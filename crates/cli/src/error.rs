//! An error as one message.

use std::io;

use abs_printer::printable;

/// What was attempted, then what went wrong, outermost first. A cause that its
/// consequence already quotes is not said twice.
pub(crate) fn message(error: &anyhow::Error) -> String {
    let mut message = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if message.contains(&cause) {
            continue;
        }
        if !message.is_empty() {
            message.push_str(": ");
        }
        message.push_str(&cause);
    }
    // A message quotes file names and queries.
    printable(&message).into_owned()
}

/// Whether the reader of our output has gone away.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_said_once() {
        let cause = io::Error::other("disk\u{1b}[2J full");
        let error = anyhow::Error::new(cause)
            .context("cannot write b: disk\u{1b}[2J full")
            .context("cannot ingest a");
        assert_eq!(
            message(&error),
            "cannot ingest a: cannot write b: disk\u{fffd}[2J full"
        );
    }

    #[test]
    fn a_closed_pipe_is_found_below_contexts() {
        let closed = io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(is_closed_pipe(&anyhow::Error::new(closed).context("x")));
        assert!(!is_closed_pipe(&anyhow::anyhow!("x")));
    }
}
