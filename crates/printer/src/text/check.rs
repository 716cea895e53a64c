//! What a check found.

use std::io::{self, Write};

use super::TextPrinter;
use super::numbers::counted;
use crate::check::{CheckReport, Soundness};
use crate::style::Role;

impl<W: Write> TextPrinter<W> {
    /// What a check found, and what to do.
    pub fn check(&mut self, report: &CheckReport) -> io::Result<()> {
        for fault in &report.faults {
            let line = format!("{}: {}", fault.path.display(), fault.what);
            self.unbroken(Role::Notice, &line)?;
        }
        let index = report.index.display();
        let read = format!(
            "{} in {} read",
            counted(report.n_records, "record", "records"),
            counted(report.n_segments as u64, "segment", "segments"),
        );
        let state = match report.state {
            Soundness::Sound => format!("{index} is sound: {read}"),
            Soundness::Repaired => format!("{index} is mended and sound: {read}"),
            Soundness::Repairable => format!(
                "{index} can be mended from what it holds: abs-search check --repair --index {index}"
            ),
            Soundness::Broken => format!(
                "{index} is broken, records are lost. Read their sources again: \
                 abs-search check --index {index} --rebuild-from PATH"
            ),
        };
        self.unbroken(Role::Plain, &state)
    }
}
