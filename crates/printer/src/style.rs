//! What parts of the text look like, and text that knows its parts.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};

use crate::printable::printable_char;

/// What a piece of text is; the palette knows what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Plain,
    /// Ranks, labels, what is said about the text.
    Dim,
    Title,
    /// A match in the title.
    TitleMatch,
    /// A match elsewhere.
    Match,
    Id,
    /// What the reader should not overlook.
    Notice,
}

/// Role to look; without colour everything looks plain.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Palette {
    pub(crate) colour: bool,
}

impl Palette {
    fn style(self, role: Role) -> Option<Style> {
        let style = match role {
            _ if !self.colour => return None,
            Role::Plain => return None,
            Role::Dim => Style::new().dimmed(),
            Role::Title => Style::new().bold(),
            Role::TitleMatch | Role::Match => {
                Style::new().bold().fg_color(Some(AnsiColor::Red.into()))
            }
            Role::Id => Style::new().fg_color(Some(AnsiColor::Cyan.into())),
            Role::Notice => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
        };
        Some(style)
    }

    /// Writes characters on one line. A style is opened and closed around each
    /// run, so that no line leaves one open.
    pub(crate) fn write(self, out: &mut impl Write, chars: &[(char, Role)]) -> io::Result<()> {
        for run in chars.chunk_by(|(_, left), (_, right)| left == right) {
            let style = run.first().and_then(|(_, role)| self.style(*role));
            if let Some(style) = style {
                write!(out, "{}", style.render())?;
            }
            for (c, _) in run {
                write!(out, "{c}")?;
            }
            if let Some(style) = style {
                write!(out, "{}", style.render_reset())?;
            }
        }
        Ok(())
    }
}

/// Text in roles. Whatever goes in has passed [`printable_char`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Styled {
    pub(crate) chars: Vec<(char, Role)>,
}

impl Styled {
    pub(crate) fn new(role: Role, text: &str) -> Styled {
        let mut styled = Styled::default();
        styled.push(role, text);
        styled
    }

    pub(crate) fn push(&mut self, role: Role, text: &str) {
        let chars = text.chars().filter_map(printable_char);
        self.chars.extend(chars.map(|c| (c, role)));
    }

    /// Appends text whose `ranges`, in bytes, take the role `mark`. A range
    /// that does not fit the text marks what it can.
    pub(crate) fn push_marked(
        &mut self,
        role: Role,
        mark: Role,
        text: &str,
        ranges: &[Range<usize>],
    ) {
        for (at, c) in text.char_indices() {
            let marked = ranges.iter().any(|range| range.contains(&at));
            if let Some(c) = printable_char(c) {
                self.chars.push((c, if marked { mark } else { role }));
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }
}
