//! Watches one page for the observer of the whole.

use std::ops::ControlFlow;

use abs_ingest::{Observer, Progress, ReadError, SourceError, Summary};

/// Adds what came before the page; keeps what went wrong with it.
pub(super) struct PageWatch<'a, O> {
    observer: &'a mut O,
    before: Progress,
    pub(super) failure: Option<String>,
}

impl<'a, O> PageWatch<'a, O> {
    pub(super) fn new(observer: &'a mut O, before: &Summary) -> PageWatch<'a, O> {
        PageWatch {
            observer,
            before: Progress {
                bytes: before.bytes,
                records: before.read,
            },
            failure: None,
        }
    }
}

impl<O: Observer> Observer for PageWatch<'_, O> {
    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        self.observer.progress(Progress {
            bytes: self.before.bytes + progress.bytes,
            records: self.before.records + progress.records,
        })
    }

    fn rejected(&mut self, error: &ReadError) -> ControlFlow<()> {
        self.observer.rejected(error)
    }

    fn stop(&mut self) -> bool {
        self.observer.stop()
    }

    fn file_failed(&mut self, error: &SourceError) {
        self.failure = Some(error.kind.to_string());
    }
}
