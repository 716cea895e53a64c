//! RefWorks' tagged format: a tag, a blank, a value; records begin with `RT`.
//! Before the first may stand a legend of tags. Source: RefWorks' help,
//! "RefWorks Tagged Format"
//! (<https://refworks.com/refworks2/help/RefWorks_Tagged_Format.htm>).

use std::io::BufRead;
use std::path::Path;

use super::plain::head_lines;
use super::ris::parse_date;
use super::tagged::{self, Fields, Grammar, Role, Split};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawName};
use crate::ids;

/// RefWorks' tagged format.
#[derive(Debug, Clone, Copy)]
pub struct RefWorks;

const GRAMMAR: Grammar = Grammar {
    split,
    role,
    draft: from_fields,
};

impl Format for RefWorks {
    fn name(&self) -> &'static str {
        "RefWorks"
    }

    fn source(&self) -> &'static str {
        "refworks"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let mut tags = Vec::new();
        for line in head_lines(head.bytes) {
            let line = line.trim_start_matches('\u{feff}');
            // What is before the first record is a legend.
            if let Some(split) = split(line)
                && (split.tag == "RT" || !tags.is_empty())
            {
                tags.push(split.tag.to_owned());
            }
        }
        let has = |tag: &str| tags.iter().any(|found| found == tag);
        let is_ours = has("RT") && has("T1") && ["A1", "YR", "SR", "K1"].into_iter().any(has);
        match is_ours {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        tagged::records(input, path, GRAMMAR)
    }
}

/// `T1 How fish swim`, `PMID 12345`.
fn split(line: &str) -> Option<Split<'_>> {
    let (tag, value) = line.split_once(' ').unwrap_or((line, ""));
    let mut bytes = tag.bytes();
    let is_tag = bytes.next().is_some_and(|b| b.is_ascii_uppercase())
        && bytes.all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && (tag.len() == 2 || matches!(tag, "PMID" | "PMCID"));
    is_tag.then_some(Split {
        tag,
        value: value.trim(),
        strict: true,
    })
}

fn role(tag: &str, open: Option<&Fields>) -> Role {
    match tag {
        "RT" => Role::Opens,
        _ if open.is_some() => Role::Within,
        _ => Role::Outside,
    }
}

fn from_fields(fields: &Fields) -> Draft {
    let kind = fields.first(&["RT"]).unwrap_or_default();
    let has_school = kind.starts_with("Dissertation") || kind.starts_with("Thesis");
    let year = fields.first(&["YR"]).and_then(ids::date);
    // `Feb`, `01/31`, `Feb 2002`
    let exact = fields.first(&["FD"]).and_then(|day| {
        let year = year.map(|year| year.year())?;
        let with_year = [format!("{year}/{day}"), format!("{day} {year}")];
        let all = with_year.iter().filter_map(|text| parse_date(text));
        all.filter(|date| date.year() == year)
            .max_by_key(|date| date.ymd())
    });
    let noted = || {
        let mut notes = fields.all("NO");
        notes.find_map(|note| {
            let at = note.to_ascii_lowercase().find("doi:")?;
            ids::doi(note.get(at..)?)
        })
    };
    Draft {
        database: fields.text(&["DB"]),
        title: fields.text(&["T1"]),
        authors: fields
            .all("A1")
            .flat_map(|names| names.split(['\n', ';']))
            .map(|name| RawName::One(name.trim().to_owned()).into())
            .collect(),
        abstract_text: Some(fields.joined("AB")).filter(|text| !text.is_empty()),
        date: exact
            .or(year)
            .or_else(|| fields.first(&["FD"]).and_then(ids::date)),
        venue: fields
            .text(&["JF", "T2", "JO", "WT"])
            .or_else(|| fields.text(&["PB"]).filter(|_| has_school)),
        keywords: fields
            .all("K1")
            .flat_map(|words| words.split(['\n', ';']))
            .map(|word| word.trim().to_owned())
            .collect(),
        doi: fields.all("DO").find_map(ids::doi).or_else(noted),
        pmid: fields.text(&["PMID"]),
        url: fields.text(&["UL"]).or_else(|| {
            fields
                .all("LK")
                .find(|link| link.contains("://"))
                .map(str::to_owned)
        }),
        language: fields.text(&["LA"]),
        place: ids::place(
            fields.first(&["VO"]).unwrap_or_default(),
            fields.first(&["IS"]).unwrap_or_default(),
            fields.first(&["SP"]).unwrap_or_default(),
        ),
        ..Draft::default()
    }
}

#[cfg(test)]
mod tests;
