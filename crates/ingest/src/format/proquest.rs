//! What ProQuest saves as text: documents behind a line with their number,
//! their title, and fields of a line each; a line of underscores ends one.
//! Before the first stands a table of contents, behind the last the terms of
//! use. Source: ProQuest's help, "Save and export"
//! (<https://proquest.libguides.com/proquestplatform/exporting>).

use std::io::BufRead;
use std::path::Path;

use super::plain::head_lines;
use super::ris::parse_date;
use super::tagged::{self, Fields, Grammar, Role, Split};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawName};
use crate::ids;

/// Documents saved from ProQuest.
#[derive(Debug, Clone, Copy)]
pub struct ProQuest;

const GRAMMAR: Grammar = Grammar {
    split,
    role,
    draft: from_fields,
};

/// What `Document 1 of 100` is called here, and a line of underscores.
const OPENS: &str = "Document";
const CLOSES: &str = "____";

/// The longest name of a field, `Publication country of the journal`.
const MAX_NAME_BYTES: usize = 40;

/// Headings in an abstract, which look like fields.
const HEADINGS: &[&str] = &[
    "Aim",
    "Aims",
    "Background",
    "Conclusion",
    "Conclusions",
    "Context",
    "Design",
    "Discussion",
    "Findings",
    "Introduction",
    "Method",
    "Methodology",
    "Methods",
    "Objective",
    "Objectives",
    "Originality/value",
    "Participants",
    "Purpose",
    "Result",
    "Results",
    "Setting",
];

impl Format for ProQuest {
    fn name(&self) -> &'static str {
        "ProQuest text"
    }

    fn source(&self) -> &'static str {
        "proquest"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let (mut has_document, mut has_id) = (false, false);
        for line in head_lines(head.bytes) {
            let line = line.trim();
            if line == "Report Information from ProQuest" {
                return Confidence::Certain;
            }
            has_document |= is_number(line);
            has_id |= line.starts_with("ProQuest document ID:");
        }
        match has_document && has_id {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        tagged::records(input, path, GRAMMAR)
    }
}

/// `Document 12 of 100`
fn is_number(line: &str) -> bool {
    let numbers = line
        .strip_prefix("Document ")
        .and_then(|rest| rest.split_once(" of "));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    numbers.is_some_and(|(number, all)| is_number(number) && is_number(all.trim_end()))
}

/// `Identifier / keyword: fish, water`: any name, also of what nobody asks
/// for, which must not go on with the abstract before it.
fn split(line: &str) -> Option<Split<'_>> {
    let field = |tag, value| {
        Some(Split {
            tag,
            value,
            strict: true,
        })
    };
    if is_number(line) {
        return field(OPENS, "");
    }
    if line.starts_with(CLOSES) {
        return field(CLOSES, "");
    }
    let (name, value) = line.split_once(':')?;
    let is_name = name.len() <= MAX_NAME_BYTES
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name
            .chars()
            .all(|c| c.is_alphabetic() || " /()-".contains(c))
        && (value.is_empty() || value.starts_with(' '))
        && !HEADINGS.contains(&name);
    if is_name {
        field(name, value.trim())
    } else {
        None
    }
}

fn role(tag: &str, open: Option<&Fields>) -> Role {
    match tag {
        OPENS => Role::Opens,
        CLOSES => Role::Closes,
        _ if open.is_some() => Role::Within,
        _ => Role::Outside,
    }
}

fn from_fields(fields: &Fields) -> Draft {
    // Behind most fields come lines that are not theirs: an address, a title.
    let line = |names: &[&str]| {
        let value = fields.first(names)?;
        value.lines().next().map(str::to_owned)
    };
    let terms = |name, separator| {
        let values = fields.all(name).filter_map(|value| value.lines().next());
        values
            .flat_map(move |value| value.split(separator))
            .map(|term| term.trim().to_owned())
            .collect::<Vec<_>>()
    };
    let year = line(&["Publication year", "Degree date"]).and_then(|year| ids::date(&year));
    let exact = line(&["Publication date"]).and_then(|date| parse_date(&date));
    let mut keywords = terms("Identifier / keyword", ',');
    for name in ["Subject", "MeSH"] {
        // Lists of MeSH have commas between their terms, and in them.
        keywords.extend(terms(name, ';'));
    }
    Draft {
        id: line(&["ProQuest document ID"]).map(|id| format!("proquest:{id}")),
        title: line(&["Title"]).or_else(|| line(&[OPENS])),
        authors: line(&["Author"])
            .map(|names| RawName::List(names).into())
            .into_iter()
            .collect(),
        abstract_text: abstract_text(fields),
        date: exact
            .filter(|exact| year.is_none_or(|year| year.year() == exact.year()))
            .or(year),
        venue: line(&["Publication title"]),
        keywords,
        doi: line(&["DOI", "Digital Object Identifier"]),
        url: line(&["Document URL"]).or_else(|| address(fields)),
        language: line(&["Language"]),
        ..Draft::default()
    }
}

fn is_address(line: &str) -> bool {
    line.starts_with("http://") || line.starts_with("https://")
}

/// All paragraphs but addresses.
fn abstract_text(fields: &Fields) -> Option<String> {
    let text = fields.first(&["Abstract"])?;
    let lines: Vec<&str> = text.lines().filter(|line| !is_address(line)).collect();
    Some(lines.join("\n"))
}

/// The address that stands behind the author or the title.
fn address(fields: &Fields) -> Option<String> {
    let mut before = fields
        .iter()
        .filter(|(name, _)| matches!(*name, OPENS | "Author"));
    before.find_map(|(_, value)| {
        let address = value.lines().find(|line| is_address(line));
        address.map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::format::xml::testing::read;

    /// Our own text, in the form of ProQuest's reports.
    #[test]
    fn a_report() {
        let text = "____\n\nReport Information from ProQuest\nDecember 08 2015 21:33\n____\n\n\
            Table of contents\n\n1. Of fish: a thesis\n\n____\n\nDocument 1 of 2\n\n\
            Of fish: a thesis\n\nAuthor: Roe, Jan; Li, Ada\n\nhttp://example.org/docview/900001\n\n\
            Abstract: They swim.\n\nMethods: We looked.\n\nLinks: http://example.org/x\n\n\
            http://example.org/y\n\nAdvisor: Poe, Eve\n\nDegree date: 2014\n\n\
            Identifier / keyword: fish, water\n\nLanguage: English\n\n\
            ProQuest document ID: 900001\n\nPublication year: 2014\n\nSubject: Biology; Fishes\n\n\
            Title: Of fish: a thesis\n\nUniversity/institution: U\n\n____\n\nDocument 2 of 2\n\n\
            Of birds\n\nAuthor: Doe, J\n\nDOI: http://dx.doi.org/10.1000/pq.2\n\n\
            ProQuest document ID: 900002\n\nPublication date: May 2015\n\n\
            Publication title: Journal of Birds\n\nPublication year: 2015\n\n____\n\n\
            Terms and Conditions: http://example.org\n";
        expect![[r#"
            ProQuest text
            proquest:900001 Of fish: a thesis
              by: Roe, Jan; Li, Ada
              on: 2014
              keywords: fish; water; Biology; Fishes
              url: http://example.org/docview/900001
              language: en
              abstract: They swim. Methods: We looked.
            proquest:900002 Of birds
              by: Doe, J
              on: 2015-05
              in: Journal of Birds
              doi: 10.1000/pq.2"#]]
        .assert_eq(&read(text));
    }
}
