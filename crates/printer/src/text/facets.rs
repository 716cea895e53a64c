//! Facet tables.

use std::io::{self, Write};

use abs_query::results::Facet;

use super::TextPrinter;
use super::numbers::{counted, grouped};
use crate::style::{Role, Styled};

impl<W: Write> TextPrinter<W> {
    /// One field's values with their counts, and how many values there are.
    pub fn facet(&mut self, facet: &Facet) -> io::Result<()> {
        let mut heading = Styled::new(Role::Title, facet.field.name());
        let all = counted(facet.n_values, "value", "values");
        let n_shown = facet.values.len() as u64;
        let shown = if n_shown < facet.n_values {
            format!("  {all}, first {}", grouped(n_shown))
        } else {
            format!("  {all}")
        };
        heading.push(Role::Dim, &shown);
        self.indented(0, &heading)?;
        let counts: Vec<String> = facet.values.iter().map(|v| grouped(v.count)).collect();
        let width = counts.iter().map(String::len).max().unwrap_or(0);
        for (value, count) in facet.values.iter().zip(counts) {
            let label = format!("  {count:>width$}");
            let label = Styled::new(Role::Plain, &label);
            self.labelled(&label, width + 4, &Styled::new(Role::Plain, &value.value))?;
        }
        Ok(())
    }
}
