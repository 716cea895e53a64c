//! Runs a program and says how much memory it had at most.

use std::fs::{self, File};
use std::io::Write;
use std::process::{Command, Stdio};

use wait4::Wait4;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
    /// The most resident memory, in millions of bytes.
    pub(crate) peak_mb: u64,
}

/// Runs a command to its end, with what `feed` writes on its standard input.
/// It may close its input early.
pub(crate) fn run(mut command: Command, feed: impl FnOnce(&mut dyn Write)) -> Measured {
    // Files, so that nobody has to read while it writes.
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(File::create(path("out")).unwrap())
        .stderr(File::create(path("err")).unwrap())
        .spawn()
        .unwrap();
    feed(&mut child.stdin.take().unwrap());
    let usage = child.wait4().unwrap();
    let text = |name: &str| String::from_utf8(fs::read(path(name)).unwrap()).unwrap();
    Measured {
        // A signal is no code, and no way to end.
        code: usage.status.code().unwrap_or(-1),
        out: text("out"),
        err: text("err"),
        peak_mb: usage.rusage.maxrss / 1_000_000,
    }
}
