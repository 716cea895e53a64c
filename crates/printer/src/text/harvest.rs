//! What a harvest did.

use std::io::{self, Write};

use super::TextPrinter;
use super::numbers::{bytes, counted, grouped};
use crate::harvest::HarvestReport;
use crate::style::Role;

impl<W: Write> TextPrinter<W> {
    /// What a harvest did.
    pub fn harvest(&mut self, report: &HarvestReport) -> io::Result<()> {
        self.unbroken(Role::Plain, &account(report))?;
        let set = report.set.as_ref().map(|set| format!(", set {set}"));
        let pages = format!(
            "{} of {}{}, {} in {:.1} s",
            counted(report.pages, "page", "pages"),
            report.url,
            set.unwrap_or_default(),
            bytes(report.source_bytes as f64),
            report.took.as_secs_f64(),
        );
        self.unbroken(Role::Plain, &pages)?;
        self.unbroken(Role::Plain, &reached(report))?;
        if let Some((path, n_bytes)) = &report.index {
            let size = bytes(*n_bytes as f64);
            self.unbroken(Role::Plain, &format!("index {}, {size}", path.display()))?;
        }
        if let Some(path) = &report.rejects_path {
            let listed = format!("rejects are listed in {}", path.display());
            self.unbroken(Role::Notice, &listed)?;
        }
        Ok(())
    }
}

fn account(report: &HarvestReport) -> String {
    let parts = [
        ("indexed", report.indexed),
        ("updated", report.updated),
        ("unchanged", report.unchanged),
        ("duplicate", report.duplicate),
        ("deleted", report.deleted),
        ("rejected", report.rejected),
    ];
    let parts: Vec<String> = parts
        .iter()
        .map(|(name, count)| format!("{name} {}", grouped(*count)))
        .collect();
    format!("read {} = {}", grouped(report.read), parts.join(" + "))
}

fn reached(report: &HarvestReport) -> String {
    let is_dry = report.index.is_none();
    match (report.done, report.reached) {
        _ if is_dry => "nothing was written".to_owned(),
        (true, Some(day)) => format!("complete up to {day}; `abs-search update` asks for more"),
        (true, None) => "complete".to_owned(),
        (false, Some(day)) => format!("not complete, up to {day}; the same command goes on"),
        (false, None) => "not complete; the same command goes on".to_owned(),
    }
}
