//! Finds the separator and the header of a table.

use super::columns::{self, Column};
use super::mapping::Mapping;
use super::own;
use super::rows::first_row;

/// The separators that are tried.
const SEPARATORS: &[u8] = b",\t;|";

/// How many lines may come before the header.
const MAX_PREAMBLE: usize = 20;

/// How long a line can be that says what kind of references follow.
const MAX_KIND_BYTES: usize = 40;

/// Where what is in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) separator: u8,
    /// Fields in a row.
    pub(super) n_fields: usize,
    /// Fields that stand for something, with their places.
    pub(super) columns: Vec<(usize, Column)>,
    /// How many columns are known by name.
    pub(super) n_known: usize,
    /// Where the rows start.
    pub(super) header_end: usize,
    /// Whether it is our export.
    pub(super) is_own: bool,
}

/// The layout of a table, told from its start.
pub(super) fn find(head: &[u8], mapping: Option<&Mapping>) -> Option<Layout> {
    let mut at = 0;
    let mut is_kind = false;
    for n_before in 0..=MAX_PREAMBLE {
        let rest = &head[at..];
        let layouts = SEPARATORS.iter().filter_map(|separator| {
            let layout = read(rest, *separator, mapping)?;
            // After other lines it must be a header beyond doubt.
            let least = if n_before == 0 || is_kind { 1 } else { 3 };
            (layout.n_known >= least).then_some(layout)
        });
        // Of equals the first.
        let best = layouts.reduce(|best, other| match other.n_known > best.n_known {
            true => other,
            false => best,
        });
        if let Some(mut layout) = best {
            layout.header_end += at;
            return Some(layout);
        }
        let end = memchr::memchr(b'\n', rest)? + 1;
        // EndNote's tables say what they are about: `*Journal Article`.
        is_kind = n_before == 0 && rest.starts_with(b"*") && end < MAX_KIND_BYTES;
        at += end;
    }
    None
}

fn read(text: &[u8], separator: u8, mapping: Option<&Mapping>) -> Option<Layout> {
    let line = text.split(|b| *b == b'\n').next()?;
    if !line.contains(&separator) {
        return None;
    }
    let (mut names, header_end) = first_row(text, separator)?;
    while names.last().is_some_and(|name| name.trim().is_empty()) {
        names.pop();
    }
    if names.len() < 2 {
        return None;
    }
    let mut columns = columns::of(&names, mapping);
    let n_known = columns.len();
    let tells = |column: &Column| column.slot.is_text();
    if !columns.iter().any(|(_, column)| tells(column)) {
        return None;
    }
    let rows = &text[header_end..];
    let mut n_fields = names.len();
    let sizes = row_sizes(rows, separator);
    // R writes names of rows that the header has no column for.
    if !sizes.is_empty()
        && sizes.iter().all(|size| *size == n_fields + 1)
        && has_row_names(rows, separator)
    {
        n_fields += 1;
        columns.iter_mut().for_each(|(idx, _)| *idx += 1);
    } else if !sizes.is_empty() && !sizes.iter().any(|size| *size >= n_fields) {
        // Prose with a comma in its first line is no table.
        return None;
    }
    Some(Layout {
        separator,
        n_fields,
        columns,
        n_known,
        header_end,
        is_own: separator == b',' && own::is_own(&names),
    })
}

/// The sizes of the first rows, without one that may be cut.
fn row_sizes(mut rows: &[u8], separator: u8) -> Vec<usize> {
    let mut sizes = Vec::new();
    while sizes.len() < 5
        && let Some((fields, end)) = first_row(rows, separator)
    {
        if end == rows.len() && !rows.ends_with(b"\n") && !sizes.is_empty() {
            break;
        }
        sizes.push(fields.len());
        rows = &rows[end..];
    }
    sizes
}

/// Whether the last field of the first row has something in it: otherwise
/// rows end in a separator.
fn has_row_names(rows: &[u8], separator: u8) -> bool {
    let first = first_row(rows, separator).and_then(|(mut fields, _)| fields.pop());
    first.is_some_and(|last| !last.is_empty())
}
