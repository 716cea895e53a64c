//! One record in full.

use std::io::{self, Write};

use abs_record::Record;

use super::TextPrinter;
use crate::style::{Role, Styled};

/// Columns of the longest label and a gap.
const INDENT: usize = 12;

impl<W: Write> TextPrinter<W> {
    /// All a record holds.
    pub fn record(&mut self, record: &Record) -> io::Result<()> {
        self.line(Role::Title, &record.title)?;
        let authors: Vec<String> = record.authors.iter().map(|a| a.display()).collect();
        self.line(Role::Plain, &authors.join("; "))?;
        self.blank()?;
        let date = record.date.map(|date| date.to_string());
        let categories = record.categories.join(", ");
        let keywords = record.keywords.join(", ");
        for (name, value) in [
            ("id", Some(record.id.as_str())),
            ("date", date.as_deref()),
            ("venue", record.venue.as_deref()),
            ("categories", Some(&*categories)),
            ("keywords", Some(&*keywords)),
            ("doi", record.doi.as_deref()),
            ("arxiv", record.arxiv.as_deref()),
            ("pmid", record.pmid.as_deref()),
            ("url", record.url.as_deref()),
            ("language", record.language.as_deref()),
        ] {
            let value = value.unwrap_or_default();
            if !value.is_empty() {
                let role = if name == "id" { Role::Id } else { Role::Plain };
                self.labelled(
                    &Styled::new(Role::Dim, name),
                    INDENT,
                    &Styled::new(role, value),
                )?;
            }
        }
        if let Some(text) = &record.abstract_text {
            self.blank()?;
            self.line(Role::Plain, text)?;
        }
        Ok(())
    }
}
