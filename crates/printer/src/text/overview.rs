//! Numbers about an index or an ingest, and a query's tree.

use std::io::{self, Write};

use abs_query::results::{Expansion, Stats};
use abs_query::syntax::Ast;

use super::numbers::{bytes, counted, grouped};
use super::{TextPrinter, acronyms};
use crate::report::{Account, FileAccount, IngestReport, Sources};
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

    /// An index in numbers, and what it was made of.
    pub fn stats(&mut self, stats: &Stats, sources: &Sources) -> io::Result<()> {
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
        if sources.files == 0 {
            return Ok(());
        }
        self.blank()?;
        let mut files = counted(sources.files, "file", "files");
        let n_others = sources.failed_files + sources.partial_files;
        if n_others > 0 {
            files.push_str(&format!(", {} not read to the end", grouped(n_others)));
        }
        self.unbroken(Role::Plain, &format!("made of {files}"))?;
        self.unbroken(Role::Plain, &account(&sources.account))?;
        if sources.is_open {
            self.unbroken(
                Role::Notice,
                "the last ingest was broken off: the same command goes on with it",
            )?;
        }
        for file in sources.list.iter().flatten() {
            self.file(file)?;
        }
        Ok(())
    }

    /// What became of one file.
    pub fn file(&mut self, file: &FileAccount) -> io::Result<()> {
        self.unbroken(Role::Id, &file.path)?;
        let format = match &file.format {
            Some(format) => format!(", {format}"),
            None => String::new(),
        };
        let text = match file.state {
            "unchanged" => "    unchanged since it was read".to_owned(),
            "skipped" => "    skipped: of no known format".to_owned(),
            state => format!("    {state}{format}: {}", account(&file.account)),
        };
        self.unbroken(Role::Plain, &text)
    }

    /// What an ingest did.
    pub fn ingest(&mut self, report: &IngestReport) -> io::Result<()> {
        self.unbroken(Role::Plain, &account(&report.account))?;
        let mut files = counted(report.files, "file", "files");
        for (n_files, what) in [
            (report.unchanged_files, "unchanged"),
            (report.failed_files, "failed"),
            (report.skipped_files, "skipped"),
        ] {
            if n_files > 0 {
                files.push_str(&format!(", {} {what}", grouped(n_files)));
            }
        }
        let mut pace = format!(
            "{files}, {} in {:.1} s",
            size(report.source_bytes),
            report.took.as_secs_f64(),
        );
        // What an earlier process read has taken none of this one's time.
        if !report.resumed {
            pace.push_str(&format!(
                ": {} records/s, {}/s",
                grouped(report.records_per_second().round() as u64),
                bytes(report.bytes_per_second()),
            ));
        }
        self.unbroken(Role::Plain, &pace)?;
        match &report.index {
            Some((index, n_bytes)) => self.unbroken(
                Role::Plain,
                &format!("index {}, {}", index.display(), size(*n_bytes)),
            )?,
            None => self.unbroken(Role::Plain, "a dry run: nothing is written")?,
        }
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

/// The equation, always with all its terms.
fn account(account: &Account) -> String {
    format!(
        "read {} = indexed {} + updated {} + unchanged {} + duplicate {} + deleted {} \
         + rejected {}",
        grouped(account.read),
        grouped(account.indexed),
        grouped(account.updated),
        grouped(account.unchanged),
        grouped(account.duplicate),
        grouped(account.deleted),
        grouped(account.rejected),
    )
}

fn size(n_bytes: u64) -> String {
    bytes(n_bytes as f64)
}
