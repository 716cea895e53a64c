//! Comma-separated values (<https://www.rfc-editor.org/rfc/rfc4180>), safe to
//! open in a spreadsheet.

use std::io::{self, Write};

use abs_record::Record;

use crate::printable::printable;

/// `ingest` knows it (`format/delimited/own.rs`), and takes the guards off.
const HEADER: &str =
    "id,title,authors,year,date,venue,abstract,categories,keywords,doi,arxiv,pmid,url,language";

pub(super) fn write_header(out: &mut impl Write) -> io::Result<()> {
    write!(out, "{HEADER}\r\n")
}

pub(super) fn write(out: &mut impl Write, record: &Record) -> io::Result<()> {
    let authors: Vec<String> = record.authors.iter().map(|a| a.display()).collect();
    let year = record.year().map(|year| year.to_string());
    let date = record.date.map(|date| date.to_string());
    let cells = [
        Some(record.id.as_str()),
        Some(record.title.as_str()),
        Some(&authors.join("; ")),
        year.as_deref(),
        date.as_deref(),
        record.venue.as_deref(),
        record.abstract_text.as_deref(),
        Some(&record.categories.join("; ")),
        Some(&record.keywords.join("; ")),
        record.doi.as_deref(),
        record.arxiv.as_deref(),
        record.pmid.as_deref(),
        record.url.as_deref(),
        record.language.as_deref(),
    ];
    for (idx, cell) in cells.into_iter().enumerate() {
        if idx > 0 {
            out.write_all(b",")?;
        }
        write_cell(out, cell.unwrap_or_default())?;
    }
    out.write_all(b"\r\n")
}

fn write_cell(out: &mut impl Write, text: &str) -> io::Result<()> {
    let text = printable(text);
    // Text that looks guarded is guarded once more, so that a guard can be
    // taken off again.
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\'');
    let is_formula = bare.starts_with(opens_formula);
    if !is_formula && !text.contains(['"', ',', ';']) && text.trim() == text {
        return out.write_all(text.as_bytes());
    }
    // A quote before a formula makes it text (OWASP, "CSV Injection").
    let guard = if is_formula { "'" } else { "" };
    write!(out, "\"{guard}{}\"", text.replace('"', "\"\""))
}

/// What a spreadsheet takes for the start of a formula, in its wide form too.
fn opens_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}
