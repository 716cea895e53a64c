//! Numbers about an index or an ingest, and a query's tree.

use std::io::{self, Write};

use abs_query::results::{Expansion, Stats};
use abs_query::syntax::Ast;

use super::numbers::{bytes, counted, grouped};
use super::{TextPrinter, acronyms};
use crate::report::IngestReport;
use crate::style::{Role, Styled};
use crate::tree::Node;

/// Columns of the longest label and a gap.
const INDENT: usize = 16;

impl<W: Write> TextPrinter<W> {
    /// How many records match.
    pub fn count(&mut self, total: u64) -> io::Result<()> {
        // Not grouped: scripts read this line.
        writeln!(self.out, "{total}")
    }

    /// An index in numbers.
    pub fn stats(&mut self, stats: &Stats) -> io::Result<()> {
        let years = stats.years.map_or_else(
            || "none".to_owned(),
            |(first, last)| format!("{first}–{last}"),
        );
        for (name, value) in [
            ("records", grouped(stats.n_records)),
            ("works", grouped(stats.n_works)),
            ("with abstract", grouped(stats.n_abstracts)),
            ("authors", grouped(stats.n_authors)),
            ("terms", grouped(stats.n_terms)),
            ("years", years),
            ("segments", grouped(stats.n_segments as u64)),
            ("size", size(stats.n_bytes)),
        ] {
            self.labelled(
                &Styled::new(Role::Dim, name),
                INDENT,
                &Styled::new(Role::Plain, &value),
            )?;
        }
        Ok(())
    }

    /// What an ingest did.
    pub fn ingest(&mut self, report: &IngestReport) -> io::Result<()> {
        let account = format!(
            "read {} = indexed {} + updated {} + unchanged {} + duplicate {} + deleted {} \
             + rejected {}",
            grouped(report.read),
            grouped(report.indexed),
            grouped(report.updated),
            grouped(report.unchanged),
            grouped(report.duplicate),
            grouped(report.deleted),
            grouped(report.rejected),
        );
        self.unbroken(Role::Plain, &account)?;

        let mut files = counted(report.files, "file", "files");
        if report.failed_files > 0 {
            files.push_str(&format!(", {} failed", grouped(report.failed_files)));
        }
        if report.skipped_files > 0 {
            files.push_str(&format!(", {} skipped", grouped(report.skipped_files)));
        }
        let pace = format!(
            "{files}, {} in {:.1} s: {} records/s, {}/s",
            size(report.source_bytes),
            report.took.as_secs_f64(),
            grouped(report.records_per_second().round() as u64),
            bytes(report.bytes_per_second()),
        );
        self.unbroken(Role::Plain, &pace)?;
        let index = report.index_path.display().to_string();
        self.unbroken(
            Role::Plain,
            &format!("index {index}, {}", size(report.index_bytes)),
        )?;
        if let Some(path) = &report.rejects_path {
            self.unbroken(
                Role::Notice,
                &format!("rejects are listed in {}", path.display()),
            )?;
        }
        Ok(())
    }

    /// How a query was read: its canonical form and its tree, and what stands
    /// for what in it where an index was asked.
    pub fn parsed(&mut self, ast: &Ast, expansions: &[Expansion]) -> io::Result<()> {
        self.line(Role::Title, &ast.to_string())?;
        self.node(ast, 0)?;
        for line in acronyms(expansions) {
            self.line(Role::Dim, &format!("also searched: {line}"))?;
        }
        Ok(())
    }

    fn node(&mut self, ast: &Ast, indent: usize) -> io::Result<()> {
        let node = Node::of(ast);
        let label = Styled::new(Role::Dim, &format!("{:indent$}{} ", "", node.kind));
        let mut body = Styled::new(Role::Plain, &node.text);
        if !node.text.is_empty() {
            body.push(Role::Plain, "  ");
        }
        body.push(
            Role::Dim,
            &format!("{}..{}", node.span.start, node.span.end),
        );
        self.labelled(&label, indent + node.kind.len() + 1, &body)?;
        for member in node.members {
            self.node(member, indent + 2)?;
        }
        Ok(())
    }
}

fn size(n_bytes: u64) -> String {
    bytes(n_bytes as f64)
}
