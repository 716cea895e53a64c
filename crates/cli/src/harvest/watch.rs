//! Watches a harvest: the progress line, what is waited for, rejects.

use std::ops::ControlFlow;
use std::time::Duration;

use abs_harvest::{Harvest, Observer, Wait, Why};
use abs_ingest::format::arxiv_oai::Answer;
use abs_ingest::{Progress, ReadError};

use super::rejects::Rejects;
use crate::stop::Stop;
use crate::ui::{ProgressLine, Ui};

/// A server that asks for more is worth a word also where no line is shown.
const LONG_WAIT: Duration = Duration::from_secs(60);

/// The observer of a harvest.
pub(super) struct Watch<'a> {
    pub(super) line: ProgressLine,
    pub(super) rejects: Rejects,
    ui: &'a Ui,
    stop: &'a Stop,
    /// Whether the wait that is going on is announced.
    is_announced: bool,
    place: String,
}

impl<'a> Watch<'a> {
    pub(super) fn new(ui: &'a Ui, stop: &'a Stop, rejects: Rejects) -> Watch<'a> {
        Watch {
            line: ui.pages(),
            rejects,
            ui,
            stop,
            is_announced: false,
            place: String::new(),
        }
    }

    fn announce(&mut self, wait: Wait<'_>) {
        let seconds = wait.left.as_secs_f64().ceil();
        let text = match wait.why {
            Why::Polite => return,
            Why::Busy if wait.left < LONG_WAIT => return,
            Why::Busy => format!("note: the server asks to be left alone for {seconds} s"),
            Why::Failed(error) => format!("note: {error}; trying again in {seconds} s"),
        };
        self.line.aside(|| self.ui.note(&text));
    }
}

impl abs_ingest::Observer for Watch<'_> {
    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        self.line.read(progress.records);
        ControlFlow::Continue(())
    }

    fn rejected(&mut self, error: &ReadError) -> ControlFlow<()> {
        match self.rejects.add(error) {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    }

    fn stop(&mut self) -> bool {
        self.stop.signal().is_some()
    }
}

impl Observer for Watch<'_> {
    fn waiting(&mut self, wait: Wait<'_>) -> ControlFlow<()> {
        if self.stop.signal().is_some() {
            return ControlFlow::Break(());
        }
        if wait.left.is_zero() {
            self.is_announced = false;
            self.line.say(format!("{}asking", self.place));
            return ControlFlow::Continue(());
        }
        if !self.is_announced {
            self.is_announced = true;
            self.announce(wait);
        }
        let seconds = wait.left.as_secs_f64().ceil();
        let why = match wait.why {
            Why::Polite => "",
            Why::Busy => " (the server is busy)",
            Why::Failed(_) => " (to try again)",
        };
        self.line
            .say(format!("{}waiting {seconds} s{why}", self.place));
        ControlFlow::Continue(())
    }

    fn page_done(&mut self, harvest: &Harvest, answer: &Answer) {
        let size = answer.list_size.map(|size| format!("list of {size}, "));
        let day = harvest.last.map(|day| format!("up to {day}, "));
        self.place = format!("{}{}", size.unwrap_or_default(), day.unwrap_or_default());
    }

    fn restarted(&mut self, harvest: &Harvest) {
        let from = harvest.list_from.map(|day| format!(" from {day}"));
        let text = format!(
            "note: the server has forgotten the list; asking for it again{}",
            from.unwrap_or_default()
        );
        self.line.aside(|| self.ui.note(&text));
    }
}
