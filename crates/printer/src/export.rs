//! Whole records, for other programs and for ourselves: one after the other,
//! in whatever number.
//!
//! Other people's text is escaped for each format; what a terminal would act
//! upon is left out as everywhere ([`printable()`]). JSON Lines lose nothing:
//! `ingest` reads them back into the same records.
//!
//! [`printable()`]: crate::printable()

mod bibtex;
mod csv;
mod ris;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use abs_record::Record;

use crate::json::JsonPrinter;
use crate::wire;

/// A format of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON object a line, with all there is.
    JsonLines,
    /// BibTeX, ASCII apart from letters.
    Bibtex,
    /// RIS, as reference managers read it.
    Ris,
    /// Comma-separated values with a header (RFC 4180).
    Csv,
}

/// Writes records.
pub struct ExportPrinter<W> {
    out: W,
    format: ExportFormat,
    is_started: bool,
}

impl<W: Write> ExportPrinter<W> {
    /// A printer onto `out`.
    pub fn new(out: W, format: ExportFormat) -> ExportPrinter<W> {
        ExportPrinter {
            out,
            format,
            is_started: false,
        }
    }

    /// One record in full.
    pub fn record(&mut self, record: &Record) -> io::Result<()> {
        self.start()?;
        match self.format {
            ExportFormat::JsonLines => {
                JsonPrinter::new(&mut self.out).line(&wire::ExportedRecord::from(record))
            }
            ExportFormat::Bibtex => bibtex::write(&mut self.out, record),
            ExportFormat::Ris => ris::write(&mut self.out, record),
            ExportFormat::Csv => csv::write(&mut self.out, record),
        }
    }

    /// Completes what is written, if it is nothing but a header.
    pub fn finish(&mut self) -> io::Result<()> {
        self.start()
    }

    fn start(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_started, true) && self.format == ExportFormat::Csv {
            csv::write_header(&mut self.out)?;
        }
        Ok(())
    }
}
