//! Measures as a table.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::TextPrinter;
use super::numbers::grouped;
use crate::printable::printable;
use crate::report::EvalReport;
use crate::style::Role;

/// Columns of a measure and the gap before it.
const COLUMN: usize = 10;

impl<W: Write> TextPrinter<W> {
    /// What an evaluation measured, a row each.
    pub fn eval(&mut self, report: &EvalReport) -> io::Result<()> {
        let Some(first) = report.rows.first() else {
            return Ok(());
        };
        let names: Vec<String> = report
            .rows
            .iter()
            .map(|row| printable(&row.name).into_owned())
            .collect();
        let headings = std::iter::once(report.heading);
        let widest = headings
            .chain(names.iter().map(String::as_str))
            .map(UnicodeWidthStr::width)
            .max()
            .unwrap_or_default();
        let pad = |name: &str| " ".repeat(widest.saturating_sub(name.width()));

        let mut line = format!("{}{}", report.heading, pad(report.heading));
        line.push_str(&format!("{:>COLUMN$}", report.counted));
        for (name, _) in &first.measures {
            line.push_str(&format!("{name:>COLUMN$}"));
        }
        self.unbroken(Role::Dim, &line)?;
        for (row, name) in report.rows.iter().zip(&names) {
            let mut line = format!("{name}{}", pad(name));
            line.push_str(&format!("{:>COLUMN$}", grouped(row.n as u64)));
            for (_, value) in &row.measures {
                line.push_str(&format!("{value:>COLUMN$.4}"));
            }
            self.unbroken(Role::Plain, &line)?;
        }
        Ok(())
    }
}
