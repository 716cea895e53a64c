//! The tagged text that Web of Science exports as "plain text": a tag of two
//! characters, a blank, a value; further lines of a value are indented;
//! records from `PT` to `ER`. Source: "Web of Science Core Collection Field
//! Tags" (<https://webofscience.help.clarivate.com/en-us/Content/export-records.htm>).

use std::io::BufRead;
use std::path::Path;

use super::plain::head_lines;
use super::tagged::{self, Fields, Grammar, Role, Split};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawName};
use crate::ids;

/// Plain text of Web of Science.
#[derive(Debug, Clone, Copy)]
pub struct WebOfScience;

const GRAMMAR: Grammar = Grammar {
    split,
    role,
    draft: from_fields,
};

impl Format for WebOfScience {
    fn name(&self) -> &'static str {
        "Web of Science text"
    }

    fn source(&self) -> &'static str {
        "wos"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let mut tags = Vec::new();
        for line in head_lines(head.bytes) {
            let line = line.trim_start_matches('\u{feff}').trim_end();
            if line.trim().is_empty() || line.starts_with("   ") {
                continue;
            }
            match split(line) {
                Some(split) => tags.push(split.tag.to_owned()),
                // The last line may be cut.
                None => break,
            }
        }
        let has = |tag: &str| tags.iter().any(|found| found == tag);
        match tags.first().map(String::as_str) {
            Some("FN") if has("VR") || has("PT") => Confidence::Certain,
            Some("PT") if has("TI") && has("SO") => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        tagged::records(input, path, GRAMMAR)
    }
}

fn split(line: &str) -> Option<Split<'_>> {
    let (tag, rest) = line.split_at_checked(2)?;
    let mut bytes = tag.bytes();
    let is_tag = bytes.next()?.is_ascii_uppercase()
        && bytes.all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (is_tag && (rest.is_empty() || rest.starts_with(' '))).then_some(Split {
        tag,
        value: rest.trim(),
        strict: true,
    })
}

fn role(tag: &str, open: Option<&Fields>) -> Role {
    match tag {
        "PT" => Role::Opens,
        "ER" => Role::Closes,
        _ if open.is_some() => Role::Within,
        _ => Role::Outside,
    }
}

fn from_fields(fields: &Fields) -> Draft {
    let lines = |tag| fields.all(tag).flat_map(str::lines).collect::<Vec<_>>();
    // `AF` has the same names in full.
    let full = lines("AF");
    let short = lines("AU");
    let names = if full.len() >= short.len() {
        full
    } else {
        short
    };
    let names = names.into_iter().map(|name| RawName::One(name.to_owned()));
    let groups = lines("CA")
        .into_iter()
        .map(|name| RawName::Collective(name.to_owned()));
    let terms = |tags: &[&str]| {
        let values = tags.iter().flat_map(|tag| fields.all(tag));
        let joined = values.map(|value| value.replace('\n', " "));
        let terms = joined.collect::<Vec<_>>().join(";");
        terms
            .split(';')
            .map(|term| term.trim().to_owned())
            .collect()
    };
    let year = fields.first(&["PY", "EY"]).unwrap_or_default();
    let day = fields.first(&["PD"]).unwrap_or_default();
    // `MAR 15`, `FAL`, `SEP-OCT`
    let date = ids::date(&format!(
        "{} {year}",
        day.split('-').next().unwrap_or_default()
    ));
    Draft {
        id: fields.text(&["UT"]),
        title: fields.text(&["TI"]),
        authors: names.chain(groups).map(Into::into).collect(),
        abstract_text: fields.text(&["AB"]),
        date: date.or_else(|| ids::date(fields.first(&["EA"])?)),
        venue: fields.text(&["SO", "SE", "BS"]),
        categories: terms(&["WC"]),
        keywords: terms(&["DE", "ID"]),
        doi: fields.text(&["DI", "D2"]),
        arxiv: fields
            .text(&["AR"])
            .filter(|id| id.to_ascii_lowercase().starts_with("arxiv")),
        pmid: fields.text(&["PM"]),
        language: fields.text(&["LA"]),
        ..Draft::default()
    }
}

#[cfg(test)]
mod tests;
