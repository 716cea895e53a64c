//! Our own tables (`crates/printer/src/export/csv.rs`), in which cells that a
//! spreadsheet would take for a formula have a quote before them.

use std::borrow::Cow;

const HEADER: &[&str] = &[
    "id",
    "title",
    "authors",
    "year",
    "date",
    "venue",
    "abstract",
    "categories",
    "keywords",
    "doi",
    "arxiv",
    "pmid",
    "url",
    "language",
];

/// Whether a header is that of our export.
pub(super) fn is_own(names: &[String]) -> bool {
    names == HEADER
}

/// Takes the quote off that makes a formula text.
pub(super) fn without_guards(fields: &mut [Cow<'_, str>]) {
    for field in fields {
        let Some(rest) = field.strip_prefix('\'') else {
            continue;
        };
        let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\'');
        if bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
            *field = Cow::Owned(rest.to_owned());
        }
    }
}
