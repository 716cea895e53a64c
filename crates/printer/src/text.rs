//! Answers for people.

mod check;
mod eval;
mod facets;
mod harvest;
mod hits;
mod numbers;
mod overview;
mod record;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub use hits::acronyms;

use crate::style::{Palette, Role, Styled};
use crate::wrap::Paragraph;

/// What text output may look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextOptions {
    /// Use colour.
    pub colour: bool,
    /// Columns of a line.
    pub width: usize,
}

/// Writes answers as text.
pub struct TextPrinter<W> {
    out: W,
    palette: Palette,
    width: usize,
}

impl<W: Write> TextPrinter<W> {
    /// A printer onto `out`.
    pub fn new(out: W, options: TextOptions) -> TextPrinter<W> {
        TextPrinter {
            out,
            palette: Palette {
                colour: options.colour,
            },
            width: options.width,
        }
    }

    /// A paragraph with a hanging indent and nothing in it.
    fn indented(&mut self, indent: usize, body: &Styled) -> io::Result<()> {
        self.labelled(&Styled::default(), indent, body)
    }

    /// A paragraph with a label in its indent.
    fn labelled(&mut self, label: &Styled, indent: usize, body: &Styled) -> io::Result<()> {
        let paragraph = Paragraph {
            label,
            indent,
            body,
        };
        paragraph.write(&mut self.out, self.palette, self.width)
    }

    fn line(&mut self, role: Role, text: &str) -> io::Result<()> {
        self.indented(0, &Styled::new(role, text))
    }

    /// A line however long, for paths that people copy.
    fn unbroken(&mut self, role: Role, text: &str) -> io::Result<()> {
        self.palette
            .write(&mut self.out, &Styled::new(role, text).chars)?;
        self.blank()
    }

    fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }
}
