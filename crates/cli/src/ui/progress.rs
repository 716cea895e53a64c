//! The line that shows how far an ingest is.

use std::time::Duration;

use abs_ingest::Progress;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

// What stands beside the bar leaves it some room on 80 columns.
const BAR: &str = "{wide_bar} {percent:>3}%  {decimal_bytes}/{decimal_total_bytes}  {msg}  \
                   {decimal_bytes_per_sec}  {eta} left";
const SPINNER: &str = "{spinner} {decimal_bytes}  {prefix}  {msg}  {decimal_bytes_per_sec}";
const PAGES: &str = "{spinner} {prefix}  {msg}";
const LAST_STEP: &str = "{spinner} {msg}";

/// A bar in bytes for files, a spinner for a stream.
pub(crate) struct ProgressLine {
    bar: ProgressBar,
}

impl ProgressLine {
    pub(super) fn new(visible: bool, total_bytes: Option<u64>) -> ProgressLine {
        if !visible {
            return ProgressLine {
                bar: ProgressBar::hidden(),
            };
        }
        let target = ProgressDrawTarget::stderr();
        let bar = ProgressBar::with_draw_target(total_bytes, target);
        bar.set_style(style(if total_bytes.is_some() { BAR } else { SPINNER }));
        ProgressLine { bar }
    }

    /// A line for pages.
    pub(super) fn pages(visible: bool) -> ProgressLine {
        let line = ProgressLine::new(visible, None);
        if visible {
            line.bar.set_style(style(PAGES));
            line.bar.enable_steady_tick(Duration::from_millis(100));
        }
        line
    }

    /// How many records were read.
    pub(crate) fn read(&self, n_records: u64) {
        if !self.bar.is_hidden() {
            self.bar
                .set_prefix(format!("{} records", HumanCount(n_records)));
        }
    }

    /// What is done now.
    pub(crate) fn say(&self, text: String) {
        if !self.bar.is_hidden() {
            self.bar.set_message(text);
        }
    }

    /// How far it is.
    pub(crate) fn update(&self, progress: Progress) {
        if self.bar.is_hidden() {
            return;
        }
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        let per_second = (progress.records as f64 / seconds) as u64;
        self.bar.set_position(progress.bytes);
        self.bar
            .set_prefix(format!("{} records", HumanCount(progress.records)));
        self.bar
            .set_message(format!("{} records/s", HumanCount(per_second)));
    }

    /// All is read; what is left takes its time without steps to show.
    pub(crate) fn last_step(&self, what: &'static str) {
        if !self.bar.is_hidden() {
            self.bar.set_style(style(LAST_STEP));
            self.bar.set_message(what);
            self.bar.enable_steady_tick(Duration::from_millis(100));
        }
    }

    /// Takes the line away while something else is printed.
    pub(crate) fn aside(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Takes the line away.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    // The templates are ours; a bad one would fall back to a plain bar.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_sound() {
        for template in [BAR, SPINNER, PAGES, LAST_STEP] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }
}
