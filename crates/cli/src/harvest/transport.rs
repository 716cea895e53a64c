//! A transport that a signal breaks off.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use abs_harvest::{Response, Transport, TransportError};

use crate::stop::Stop;

/// How long a server is waited for before signals are looked at.
const PATIENCE: Duration = Duration::from_millis(50);

type Answer = Result<Response, TransportError>;

/// Asks in a thread of its own, since a server may take minutes to answer. One
/// that is given up ends with the process.
pub(super) struct Stoppable {
    stop: Stop,
    urls: Sender<String>,
    answers: Receiver<Answer>,
}

impl Stoppable {
    pub(super) fn new(mut transport: impl Transport + Send + 'static, stop: &Stop) -> Stoppable {
        let (urls, asked) = channel::<String>();
        let (sender, answers) = channel();
        thread::spawn(move || {
            for url in asked {
                if sender.send(transport.get(&url)).is_err() {
                    return;
                }
            }
        });
        Stoppable {
            stop: stop.clone(),
            urls,
            answers,
        }
    }
}

impl Transport for Stoppable {
    fn get(&mut self, url: &str) -> Answer {
        let gone = || TransportError::Lasting("the thread that asks has ended".to_owned());
        self.urls.send(url.to_owned()).map_err(|_| gone())?;
        loop {
            match self.answers.recv_timeout(PATIENCE) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Timeout) if self.stop.signal().is_some() => {
                    return Err(TransportError::Stopped);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
            }
        }
    }
}
