//! BibTeX (Patashnik, *BibTeXing*, 1988). Formulas stay as they are; outside
//! of them every character that means something to TeX is escaped.

use std::io::{self, Write};

use abs_record::author::Name;
use abs_record::{Author, Record};

use crate::printable::printable;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

pub(super) fn write(out: &mut impl Write, record: &Record) -> io::Result<()> {
    let kind = if record.venue.is_some() {
        "article"
    } else {
        "misc"
    };
    write!(out, "@{kind}{{{}", key(record.id.as_str()))?;
    let authors: Vec<String> = record.authors.iter().map(name).collect();
    field(out, "title", &text(&record.title))?;
    field(out, "author", &authors.join(" and "))?;
    if let Some(date) = record.date {
        field(out, "year", &format!("{:04}", date.year()))?;
        if let Some(month) = date.month() {
            let month = MONTHS
                .get(usize::from(month) - 1)
                .copied()
                .unwrap_or_default();
            write!(out, ",\n  month = {month}")?;
        }
        if let Some(day) = date.day() {
            field(out, "day", &day.to_string())?;
        }
    }
    let optional = |value: &Option<String>| value.as_deref().map(text).unwrap_or_default();
    field(out, "journal", &optional(&record.venue))?;
    field(out, "abstract", &optional(&record.abstract_text))?;
    let keywords: Vec<String> = record
        .keywords
        .iter()
        .map(|keyword| text(keyword))
        .collect();
    field(out, "keywords", &keywords.join("; "))?;
    let categories: Vec<String> = record.categories.iter().map(|c| text(c)).collect();
    field(out, "categories", &categories.join("; "))?;
    field(out, "doi", &verbatim(record.doi.as_deref()))?;
    if record.arxiv.is_some() {
        field(out, "eprint", &verbatim(record.arxiv.as_deref()))?;
        field(out, "archiveprefix", "arXiv")?;
    }
    field(out, "pmid", &verbatim(record.pmid.as_deref()))?;
    field(out, "url", &verbatim(record.url.as_deref()))?;
    field(out, "language", &optional(&record.language))?;
    out.write_all(b"\n}\n\n")
}

fn field(out: &mut impl Write, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    write!(out, ",\n  {name} = {{{value}}}")
}

/// The id as a key, without what ends one; one that loses something gets a
/// number made of what it was, so that no two are the same.
fn key(id: &str) -> String {
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '/' | '-' | '_' | '+');
    if id.chars().all(is_plain) {
        return id.to_owned();
    }
    let plain: String = id
        .chars()
        .map(|c| if is_plain(c) { c } else { '_' })
        .collect();
    // FNV-1a, 32 bits.
    let hash = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("{plain}_{hash:08x}")
}

/// `von Family, Suffix, Given`; a group in braces of its own, as is a name
/// that holds an `and` or a comma.
fn name(author: &Author) -> String {
    let part = |part: &str| {
        let escaped = text(part);
        let is_split = part
            .split_whitespace()
            .any(|word| word.eq_ignore_ascii_case("and"));
        match part.contains(',') || is_split {
            true => format!("{{{escaped}}}"),
            false => escaped,
        }
    };
    match &author.name {
        Name::Collective(name) => format!("{{{}}}", text(name)),
        Name::Person {
            family,
            given,
            particle,
            suffix,
        } => {
            let mut out = part(particle);
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&part(family));
            for rest in [suffix, given].into_iter().filter(|rest| !rest.is_empty()) {
                out.push_str(", ");
                out.push_str(&part(rest));
            }
            out
        }
    }
}

/// Text outside of formulas escaped, formulas as they are where their braces
/// are paired.
fn text(text: &str) -> String {
    let text = printable(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = &*text;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at);
        escape(before, &mut out);
        match formula(from) {
            Some(formula) => {
                out.push_str(formula);
                rest = &from[formula.len()..];
            }
            None => {
                out.push_str("\\$");
                rest = &from[1..];
            }
        }
    }
    escape(rest, &mut out);
    out
}

/// The formula that a text begins with, if it has an end, no dollar inside and
/// braces in pairs.
fn formula(text: &str) -> Option<&str> {
    let mark = if text.starts_with("$$") { 2 } else { 1 };
    let inner = text.get(mark..)?;
    let end = inner.find('$')?;
    let is_closed = inner[end..].starts_with(&text[..mark]);
    let mut depth = 0_i32;
    for c in inner[..end].chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    // `costs $5 or $6` is no formula: a formula has no blank at its ends.
    let is_tight = !inner.starts_with(' ') && !inner[..end].ends_with(' ');
    (end > 0 && is_closed && depth == 0 && is_tight).then(|| &text[..end + 2 * mark])
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' | '%' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            // BibTeX counts braces, escaped ones too.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            c => out.push(c),
        }
    }
}

/// Ids and addresses, which no reader decodes: without what would end the
/// value.
fn verbatim(value: Option<&str>) -> String {
    let value = printable(value.unwrap_or_default());
    value
        .replace('{', "%7B")
        .replace('}', "%7D")
        .replace('\\', "%5C")
}
