//! The citations that Ovid saves as text: records begin with `<1>`; a field is
//! a line with its name, and lines below with its value, which are indented.
//! Before the first record may stand the strategy of the search. Source: the
//! names of fields in Ovid's guides to its databases
//! (<https://ospguides.ovid.com/OSPguides/medline.htm>).

use std::io::BufRead;
use std::path::Path;

use abs_record::Date;

use super::plain::head_lines;
use super::ris::parse_date;
use super::tagged::{self, Fields, Grammar, Role, Split};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawAuthor, RawName};
use crate::ids;

/// Citations of Ovid.
#[derive(Debug, Clone, Copy)]
pub struct Ovid;

const GRAMMAR: Grammar = Grammar {
    split,
    role,
    draft: from_fields,
};

/// What `<1>` is called here.
const OPENS: &str = "<>";

impl Format for Ovid {
    fn name(&self) -> &'static str {
        "Ovid text"
    }

    fn source(&self) -> &'static str {
        "ovid"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let lines = head_lines(head.bytes).filter(|line| !line.trim().is_empty());
        let mut lines = lines.skip_while(|line| !is_number(line.trim_start_matches('\u{feff}')));
        // A number, a name, a value.
        let (number, name, value) = (lines.next(), lines.next(), lines.next());
        let is_field = name.as_ref().is_some_and(|name| split(name).is_some())
            && value.is_some_and(|value| value.starts_with("  "));
        let is_known = |line: &str| matches!(line.trim_end(), "Title" | "Abstract" | "Source");
        let has_known = || name.into_iter().chain(lines).any(|line| is_known(&line));
        match number.is_some() && is_field && has_known() {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        tagged::records(input, path, GRAMMAR)
    }
}

/// `<12>`
fn is_number(line: &str) -> bool {
    let inner = line.trim_end().strip_prefix('<');
    inner
        .and_then(|inner| inner.strip_suffix('>'))
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Every line that is not indented is a name, also of what nobody asks for:
/// it must not go on with the abstract before it.
fn split(line: &str) -> Option<Split<'_>> {
    let tag = match line {
        _ if is_number(line) => OPENS,
        _ if line.len() < 3 || line.starts_with([' ', '\t']) => return None,
        _ => line.trim_end(),
    };
    Some(Split {
        tag,
        value: "",
        strict: true,
    })
}

fn role(tag: &str, open: Option<&Fields>) -> Role {
    match tag {
        OPENS => Role::Opens,
        _ if open.is_some() => Role::Within,
        _ => Role::Outside,
    }
}

fn from_fields(fields: &Fields) -> Draft {
    let source = fields.first(&["Source"]).unwrap_or_default();
    // With the years it covers, which change every week.
    let database = fields.first(&["Database"]).map(|name| {
        let end = name.find(['<', '(']).unwrap_or(name.len());
        name[..end].trim().to_owned()
    });
    let keywords = [
        "Keyword Heading",
        "Author Keywords",
        "MeSH Subject Headings",
        "Subject Headings",
    ];
    let keywords = keywords.into_iter().flat_map(|tag| fields.all(tag));
    Draft {
        pmid: pmid(fields, database.as_deref()),
        database,
        title: fields
            .first(&["Title", "Original Title"])
            .map(|title| without_type(title).to_owned()),
        authors: authors(fields),
        abstract_text: fields.text(&["Abstract"]),
        date: date(fields, source),
        venue: fields
            .text(&["Journal Name", "Journal", "NLM Journal Name"])
            .or_else(|| {
                // Before an issue has a number there is the name alone.
                let name = source.split_once(". ").map(|(name, _)| name);
                let name = name.or_else(|| source.strip_suffix('.'))?;
                Some(name.to_owned())
            }),
        keywords: keywords
            .flat_map(|words| words.split(['\n', ';']))
            .map(|word| {
                word.trim()
                    .trim_start_matches('*')
                    .trim_end_matches('.')
                    .to_owned()
            })
            .collect(),
        doi: fields
            .first(&["Digital Object Identifier", "DOI Number", "DOI"])
            .and_then(|doi| doi.split_whitespace().next())
            .map(str::to_owned),
        language: fields
            .first(&["Language"])
            .map(|language| language.trim_end_matches('.').to_owned()),
        ..Draft::default()
    }
}

/// `A title.[Article]`, as full texts have it.
fn without_type(title: &str) -> &str {
    let inner = title
        .strip_suffix(']')
        .and_then(|title| title.rsplit_once(".["));
    match inner {
        Some((title, kind)) if kind.len() <= 40 && kind.starts_with(char::is_uppercase) => title,
        _ => title,
    }
}

/// MEDLINE calls it the unique identifier, others have such of their own.
fn pmid(fields: &Fields, database: Option<&str>) -> Option<String> {
    let is_medline = database.is_none_or(|name| {
        let name = name.to_ascii_lowercase();
        ["medline", "pubmed", "healthstar"]
            .iter()
            .any(|known| name.contains(known))
    });
    let unique = fields.first(&["Unique Identifier"]).filter(|_| is_medline);
    let named = fields.first(&["PMID", "PubMed ID"]).or(unique)?;
    ids::pmid(named.split_whitespace().next()?)
}

/// In full where there are full names: `Doe, Jane A; Roe, Richard`, else
/// `Doe JA; Roe R`, once `Doe JA. Roe R.`
fn authors(fields: &Fields) -> Vec<RawAuthor> {
    let names = ["Authors Full Name", "Full Name", "Authors", "Author"];
    let Some(names) = fields.first(&names) else {
        return Vec::new();
    };
    let names = names.replace('\n', " ");
    if let Some(each) = behind_initials(&names) {
        let each = each.into_iter();
        return each.map(|name| RawName::One(name).into()).collect();
    }
    let names = names.trim_end_matches('.');
    let has_initials = |name: &str| {
        name.rsplit_once(' ').is_some_and(|(_, initials)| {
            initials.len() <= 4 && initials.bytes().all(|b| b.is_ascii_uppercase())
        })
    };
    if !names.contains(';') && names.split(". ").all(has_initials) {
        let each = names.split(". ");
        return each
            .map(|name| RawName::One(name.to_owned()).into())
            .collect();
    }
    let bare: Vec<&str> = names.split(';').filter_map(without_degrees).collect();
    vec![RawName::List(bare.join("; ")).into()]
}

/// A name of a full text, `Roe, Jan MD, PhD *`, without degrees and the marks
/// of footnotes; nothing where that is all.
fn without_degrees(name: &str) -> Option<&str> {
    const DEGREES: &[&str] = &[
        "DSc", "FAAN", "FACP", "FACS", "FRCP", "FRCS", "MBBS", "MD", "MPH", "MSc", "MSN", "PharmD",
        "PhD", "RN",
    ];
    let is_mark = |c: char| c.is_whitespace() || c.is_ascii_digit() || "*+#,[]".contains(c);
    let mut name = name.trim().trim_end_matches(is_mark);
    loop {
        let (before, last) = name.rsplit_once([' ', ',']).unwrap_or(("", name));
        let before = before.trim_end_matches(is_mark);
        // `Roe, MD` has initials.
        let is_degree =
            DEGREES.contains(&last) && (before.is_empty() || before.split_once(", ").is_some());
        if !is_degree {
            return (!name.is_empty()).then_some(name);
        }
        name = before;
    }
}

/// Names with nothing between them, as Embase's are: `Liu R. van den Berg J.-P.`
/// `None` unless each ends in initials with their full stops.
fn behind_initials(names: &str) -> Option<Vec<String>> {
    let is_initials = |word: &str| {
        let mut initials = word.split_terminator('.').map(|part| {
            let part = part.strip_prefix('-').unwrap_or(part);
            part.chars().count() == 1 && part.starts_with(char::is_uppercase)
        });
        word.ends_with('.') && initials.all(|is_initial| is_initial)
    };
    let mut each = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    for word in names.split_whitespace() {
        let ends = is_initials(word);
        let ends_otherwise = word.ends_with('.') && !ends;
        if word.contains([';', ',']) || ends_otherwise || (ends && name.is_empty()) {
            return None;
        }
        name.push(word);
        if ends {
            each.push(name.join(" "));
            name.clear();
        }
    }
    (name.is_empty() && !each.is_empty()).then_some(each)
}

/// The year of publication and what is more exact about it, else what the
/// source ends in: `Lancet. 385(9963):117-71, 2015 Jan 10.`
fn date(fields: &Fields, source: &str) -> Option<Date> {
    let cited = source.rsplit_once(", ").map(|(_, date)| {
        let date = date.trim().trim_end_matches('.');
        parse_date(date)
    });
    let given = ["Year of Publication", "Date of Publication"]
        .map(|name| fields.first(&[name]).and_then(parse_date));
    let [year, exact] = given;
    // `Publish Ahead of Print, POST ACCEPTANCE, 30 November 2015`
    let status = fields.first(&["Status"]).and_then(|status| {
        let (_, date) = status.rsplit_once(", ")?;
        Date::parse(date)
    });
    let all = [year, exact, cited.flatten(), status];
    let first = all.iter().flatten().next()?.year();
    let same = all
        .into_iter()
        .flatten()
        .filter(|date| date.year() == first);
    same.max_by_key(|date| date.ymd())
}

#[cfg(test)]
mod tests;
