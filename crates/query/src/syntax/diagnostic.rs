//! What the parser has to say about a query, and how it is shown.

use std::fmt::Write as _;
use std::ops::Range;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// How something was read that may have been meant otherwise.
    Info,
    /// Something could not be used as it stands.
    Warning,
}

/// A remark on a part of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The bytes of the query text it is about.
    pub span: Range<usize>,
    /// How much it matters.
    pub severity: Severity,
    /// A lower-case fragment.
    pub message: String,
}

/// Columns of the query that are shown, at most.
const WINDOW: usize = 76;
/// Columns shown before the place in question, when the query is longer.
const LEAD: usize = 30;

impl Diagnostic {
    /// Three lines: the message, the query, carets under the part it is about.
    /// Control characters are replaced; of a long query the part around is shown.
    pub fn render(&self, query: &str) -> String {
        let severity = match self.severity {
            Severity::Info => "note",
            Severity::Warning => "warning",
        };
        let (line, before, carets) = window(query, &self.span);
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = writeln!(out, "{severity}: {}", printable(&self.message));
        let _ = writeln!(out, "  {line}");
        let _ = writeln!(out, "  {}{}", " ".repeat(before), "^".repeat(carets));
        out
    }
}

/// The part of the query to show, the columns before the carets, and the carets.
fn window(query: &str, span: &Range<usize>) -> (String, usize, usize) {
    let start = floor_boundary(query, span.start);
    let (first, cut_before) = back(query, start, LEAD);
    let mut line = String::new();
    let (mut column, mut before, mut carets) = (0, 0, 0);
    if cut_before {
        line.push('…');
        column = 1;
    }
    if first == start {
        before = column;
    }
    for (idx, c) in query[first..].char_indices() {
        let at = first + idx;
        let c = shown(c);
        if column + width(c) > WINDOW {
            line.push('…');
            break;
        }
        if at == start {
            before = column;
        }
        if at >= start && at < span.end {
            carets += width(c);
        }
        line.push(c);
        column += width(c);
    }
    if start >= query.len() {
        before = column;
    }
    (line.trim_end().to_string(), before, carets.max(1))
}

/// Goes back so many columns; whether anything is left before.
fn back(query: &str, from: usize, columns: usize) -> (usize, bool) {
    let mut used = 0;
    for (idx, c) in query[..from].char_indices().rev() {
        used += width(shown(c));
        if used > columns {
            return (idx + c.len_utf8(), true);
        }
    }
    (0, false)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Nothing a terminal would act upon.
fn printable(text: &str) -> String {
    text.chars().map(shown).collect()
}

fn shown(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        c if c.is_control() => '\u{fffd}',
        // Marks that turn the direction of the line, and spaces of no width.
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        c => c,
    }
}

/// Columns a character takes, roughly: the lines up here must only look right.
fn width(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x1ab0..=0x1aff | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}
