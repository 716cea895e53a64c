//! Answers for programs: one JSON value a line.

use std::io::{self, Write};
use std::time::Duration;

use abs_query::results::{Expansion, QueryReport, SearchResults, Stats};
use abs_query::syntax::{Ast, Diagnostic};
use abs_record::Record;
use serde::Serialize;
use serde_json::ser::Formatter;

use crate::check::CheckReport;
use crate::harvest::HarvestReport;
use crate::printable::needs_escape;
use crate::report::{EvalReport, FileAccount, IngestReport, Sources};
use crate::wire;

/// Writes answers as JSON.
pub struct JsonPrinter<W> {
    out: W,
}

impl<W: Write> JsonPrinter<W> {
    /// A printer onto `out`.
    pub fn new(out: W) -> JsonPrinter<W> {
        JsonPrinter { out }
    }

    /// A search as one envelope.
    pub fn results(&mut self, results: &SearchResults, took: Duration) -> io::Result<()> {
        self.line(&wire::Envelope::new(results, took))
    }

    /// A search as its hits alone, one a line.
    pub fn hits(&mut self, results: &SearchResults) -> io::Result<()> {
        for hit in &results.hits {
            self.line(&wire::Hit::from(hit))?;
        }
        Ok(())
    }

    /// One record in full.
    pub fn record(&mut self, record: &Record) -> io::Result<()> {
        self.line(&wire::FullRecord::from(record))
    }

    /// How many records match.
    pub fn count(&mut self, total: u64, query: &QueryReport, took: Duration) -> io::Result<()> {
        self.line(&wire::Count::new(total, query, took))
    }

    /// An index in numbers, and what it was made of.
    pub fn stats(&mut self, stats: &Stats, sources: &Sources) -> io::Result<()> {
        self.line(&wire::Stats::new(stats, sources))
    }

    /// What became of one file.
    pub fn file(&mut self, file: &FileAccount) -> io::Result<()> {
        self.line(&wire::FileAccount::from(file))
    }

    /// What an ingest did.
    pub fn ingest(&mut self, report: &IngestReport) -> io::Result<()> {
        self.line(&wire::Ingest::from(report))
    }

    /// What an evaluation measured.
    pub fn eval(&mut self, report: &EvalReport) -> io::Result<()> {
        self.line(&wire::Eval::from(report))
    }

    /// What a check of an index found.
    pub fn check(&mut self, report: &CheckReport) -> io::Result<()> {
        self.line(&wire::Check::from(report))
    }

    /// What a harvest did.
    pub fn harvest(&mut self, report: &HarvestReport) -> io::Result<()> {
        self.line(&wire::Harvest::from(report))
    }

    /// How a query was read.
    pub fn parsed(
        &mut self,
        raw: &str,
        ast: &Ast,
        diagnostics: &[Diagnostic],
        expansions: &[Expansion],
    ) -> io::Result<()> {
        self.line(&wire::Parse::new(raw, ast, diagnostics, expansions))
    }

    pub(crate) fn line(&mut self, value: &impl Serialize) -> io::Result<()> {
        let mut serializer = serde_json::Serializer::with_formatter(&mut self.out, TerminalSafe);
        value.serialize(&mut serializer)?;
        self.out.write_all(b"\n")
    }
}

/// Compact JSON that also escapes what JSON allows raw and a terminal acts
/// upon: DEL, C1 codes, marks that turn the direction.
struct TerminalSafe;

impl Formatter for TerminalSafe {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut rest = fragment;
        while let Some(at) = rest.find(needs_escape) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let mut after = rest[at..].chars();
            for unit in after.next().unwrap_or_default().encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = after.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use abs_record::RecordId;

    #[test]
    fn no_control_character_is_raw_and_all_are_kept() {
        let title = "a\u{1b}[2J\u{9b}\u{7f}\u{202e}\u{e0041}\"\\ é";
        let mut record = Record::new(RecordId::parse("a").unwrap());
        record.title = title.to_owned();
        let mut out = Vec::new();
        JsonPrinter::new(&mut out).record(&record).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.trim_end().chars().any(needs_escape), "{text:?}");
        let back: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["title"], title);
        assert_eq!(back["abstract"], serde_json::Value::Null);
    }
}
