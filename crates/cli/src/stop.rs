//! Being told to stop: the first signal ends an ingest after the record it is
//! at, the second ends the program at once.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// How long a stream that gives nothing is waited for before signals are
/// looked at.
const PATIENCE: Duration = Duration::from_millis(50);
/// One read of a stream.
const CHUNK_BYTES: usize = 128 << 10;
/// Chunks read ahead.
const CHUNKS_AHEAD: usize = 4;

/// Knows whether a signal came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop {
    signal: Arc<AtomicUsize>,
    /// The next signal ends the program.
    again: Arc<AtomicBool>,
}

/// A signal that asks for an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// SIGINT: Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl Stop {
    /// Takes Ctrl-C and SIGTERM from here on.
    pub(crate) fn listen() -> io::Result<Stop> {
        let stop = Stop::default();
        for (signal, code) in [(SIGINT, 130), (SIGTERM, 143)] {
            // In this order: the first signal finds nothing set.
            flag::register_conditional_shutdown(signal, code, Arc::clone(&stop.again))?;
            flag::register(signal, Arc::clone(&stop.again))?;
            let number = usize::try_from(signal).unwrap_or(usize::MAX);
            flag::register_usize(signal, Arc::clone(&stop.signal), number)?;
        }
        Ok(stop)
    }

    /// Nobody looks any more: the next signal ends the program.
    pub(crate) fn done(&self) {
        self.again.store(true, Ordering::Relaxed);
    }

    /// The signal that came, if one did.
    pub(crate) fn signal(&self) -> Option<Signal> {
        match self.signal.load(Ordering::Relaxed) {
            0 => None,
            number if i32::try_from(number) == Ok(SIGTERM) => Some(Signal::Terminate),
            _ => Some(Signal::Interrupt),
        }
    }

    /// Standard input, which ends with an error once a signal came, also while
    /// whoever writes into it is silent.
    pub(crate) fn stdin(&self) -> impl Read + Send + 'static {
        let (sender, chunks) = sync_channel(CHUNKS_AHEAD);
        thread::spawn(move || {
            let mut stdin = io::stdin().lock();
            loop {
                let mut chunk = vec![0; CHUNK_BYTES];
                let read = loop {
                    match stdin.read(&mut chunk) {
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        read => break read,
                    }
                };
                let is_last = !matches!(read, Ok(1..));
                let sent = sender.send(read.map(|n_bytes| {
                    chunk.truncate(n_bytes);
                    chunk
                }));
                if is_last || sent.is_err() {
                    return;
                }
            }
        });
        Stream {
            stop: self.clone(),
            chunks,
            chunk: io::Cursor::default(),
        }
    }
}

struct Stream {
    stop: Stop,
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: io::Cursor<Vec<u8>>,
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.chunk.read(buffer)? {
                0 if buffer.is_empty() => return Ok(0),
                0 => {}
                n_bytes => return Ok(n_bytes),
            }
            match self.chunks.recv_timeout(PATIENCE) {
                Ok(chunk) => {
                    let chunk = chunk?;
                    if chunk.is_empty() {
                        return Ok(0);
                    }
                    self.chunk = io::Cursor::new(chunk);
                }
                Err(RecvTimeoutError::Timeout) if self.stop.signal().is_some() => {
                    return Err(io::Error::other("stopped by a signal"));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
        }
    }
}
