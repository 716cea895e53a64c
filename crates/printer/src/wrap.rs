//! Paragraphs: words into lines of so many columns.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

use crate::style::{Palette, Role, Styled};

/// A line is never narrower than this, however deep its indent.
const MIN_COLUMNS: usize = 20;

/// Text to be set below a hanging indent.
pub(crate) struct Paragraph<'a> {
    /// Stands in the indent of the first line.
    pub(crate) label: &'a Styled,
    /// Columns before the text.
    pub(crate) indent: usize,
    /// What is wrapped.
    pub(crate) body: &'a Styled,
}

impl Paragraph<'_> {
    /// Writes the paragraph with its last line end; nothing if it is empty.
    pub(crate) fn write(
        &self,
        out: &mut impl Write,
        palette: Palette,
        width: usize,
    ) -> io::Result<()> {
        if self.label.is_empty() && self.body.is_empty() {
            return Ok(());
        }
        palette.write(out, &self.label.chars)?;
        let mut indent = self.indent.saturating_sub(columns(&self.label.chars));
        let lines = lines(&self.body.chars, width.saturating_sub(self.indent));
        if lines.is_empty() {
            writeln!(out)?;
        }
        for line in lines {
            write!(out, "{:indent$}", "")?;
            palette.write(out, line)?;
            writeln!(out)?;
            indent = self.indent;
        }
        Ok(())
    }
}

/// Columns of a text.
pub(crate) fn columns(chars: &[(char, Role)]) -> usize {
    chars.iter().map(|(c, _)| c.width().unwrap_or(0)).sum()
}

/// Breaks at blanks, and inside a word that is wider than a line. Every line
/// holds something.
fn lines(chars: &[(char, Role)], width: usize) -> Vec<&[(char, Role)]> {
    let width = width.max(MIN_COLUMNS);
    let mut lines = Vec::new();
    let mut rest = trim_start(chars);
    while !rest.is_empty() {
        let (line, after) = rest.split_at(line_end(rest, width));
        lines.push(trim_end(line));
        rest = trim_start(after);
    }
    lines
}

/// Where the first line of `chars` ends.
fn line_end(chars: &[(char, Role)], width: usize) -> usize {
    let (mut used, mut last_blank) = (0, None);
    for (idx, (c, _)) in chars.iter().enumerate() {
        used += c.width().unwrap_or(0);
        if *c == ' ' {
            last_blank = Some(idx);
        } else if used > width {
            // A character wider than the line still has to go somewhere.
            return last_blank.unwrap_or(idx.max(1));
        }
    }
    chars.len()
}

fn trim_start(chars: &[(char, Role)]) -> &[(char, Role)] {
    let n_blank = chars.iter().take_while(|(c, _)| *c == ' ').count();
    &chars[n_blank..]
}

fn trim_end(chars: &[(char, Role)]) -> &[(char, Role)] {
    let n_blank = chars.iter().rev().take_while(|(c, _)| *c == ' ').count();
    &chars[..chars.len() - n_blank]
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, colour: bool, expected: Expect) {
        let mut body = Styled::default();
        body.push_marked(Role::Plain, Role::Match, text, &[4..9, 20..34]);
        let label = Styled::new(Role::Dim, "1.");
        let paragraph = Paragraph {
            label: &label,
            indent: 4,
            body: &body,
        };
        let mut out = Vec::new();
        paragraph.write(&mut out, Palette { colour }, 24).unwrap();
        let out = String::from_utf8(out).unwrap().replace('\u{1b}', "␛");
        expected.assert_eq(&out);
    }

    #[test]
    fn words_stay_whole() {
        check(
            "one two three four five six seven eight",
            false,
            expect![[r#"
                1.  one two three four
                    five six seven eight
            "#]],
        );
    }

    #[test]
    fn long_words_and_wide_characters_are_broken() {
        check(
            "abcdefghijklmnopqrstuvwxyz 日本語日本語日本語日本語",
            false,
            expect![[r#"
                1.  abcdefghijklmnopqrst
                    uvwxyz
                    日本語日本語日本語日
                    本語
            "#]],
        );
    }

    #[test]
    fn no_style_crosses_a_line() {
        check(
            "one two three four five six seven eight",
            true,
            expect![[r#"
                ␛[2m1.␛[0m  one ␛[1m␛[31mtwo t␛[0mhree four
                    f␛[1m␛[31mive six seven ␛[0meight
            "#]],
        );
    }

    #[test]
    fn nothing_gives_no_lines() {
        assert!(lines(&[], 30).is_empty());
        assert!(lines(&Styled::new(Role::Plain, "  ").chars, 30).is_empty());
    }
}
