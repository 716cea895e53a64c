//! RIS (<https://en.wikipedia.org/wiki/RIS_(file_format)>): a tag and a value
//! a line.

use std::io::{self, Write};

use abs_record::author::Name;
use abs_record::{Author, Date, Record};

use crate::printable::printable;

pub(super) fn write(out: &mut impl Write, record: &Record) -> io::Result<()> {
    let kind = if record.venue.is_some() {
        "JOUR"
    } else {
        "GEN"
    };
    tag(out, "TY", kind)?;
    tag(out, "ID", record.id.as_str())?;
    tag(out, "TI", &record.title)?;
    for author in &record.authors {
        tag(out, "AU", &name(author))?;
    }
    if let Some(date) = record.date {
        tag(out, "PY", &format!("{:04}", date.year()))?;
        tag(out, "DA", &day(date))?;
    }
    for (name, value) in [
        ("JO", &record.venue),
        ("AB", &record.abstract_text),
        ("DO", &record.doi),
        ("UR", &record.url),
        ("LA", &record.language),
    ] {
        tag(out, name, value.as_deref().unwrap_or_default())?;
    }
    for keyword in record.keywords.iter().chain(&record.categories) {
        tag(out, "KW", keyword)?;
    }
    // The tag for an id elsewhere holds one; a note may hold the other.
    match (&record.arxiv, &record.pmid) {
        (Some(arxiv), pmid) => {
            tag(out, "AN", &format!("arXiv:{arxiv}"))?;
            if let Some(pmid) = pmid {
                tag(out, "N1", &format!("PMID:{pmid}"))?;
            }
        }
        (None, Some(pmid)) => tag(out, "AN", pmid)?,
        (None, None) => {}
    }
    out.write_all(b"ER  - \r\n\r\n")
}

/// One line; no value can begin another.
fn tag(out: &mut impl Write, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    write!(out, "{name}  - {}\r\n", printable(value))
}

/// `Family, Given, Suffix`
fn name(author: &Author) -> String {
    match &author.name {
        // A comma would make it a person.
        Name::Collective(name) => name.replace(',', " "),
        Name::Person { .. } => author.display(),
    }
}

/// `2024/03/07/`, with what is not known left empty.
fn day(date: Date) -> String {
    let part = |part: Option<u8>| part.map_or(String::new(), |part| format!("{part:02}"));
    format!(
        "{:04}/{}/{}/",
        date.year(),
        part(date.month()),
        part(date.day())
    )
}
