//! The citations that Ovid saves with tags, as reference managers take them:
//! records begin with `<1. >`; a field is a tag of two letters or more, two
//! blanks, a dash and a value, which may go on below. Source: the fields in
//! Ovid's guides to its databases
//! (<https://ospguides.ovid.com/OSPguides/medline.htm>).

use std::io::BufRead;
use std::path::Path;

use abs_record::Date;
use abs_record::date::month_of;

use super::plain::head_lines;
use super::tagged::{self, Fields, Grammar, Role, Split};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawAuthor, RawName};
use crate::ids;

/// Citations of Ovid with tags.
#[derive(Debug, Clone, Copy)]
pub struct OvidTagged;

const GRAMMAR: Grammar = Grammar {
    split,
    role,
    draft: from_fields,
};

/// What `<1. >` is called here.
const OPENS: &str = "<>";

/// What people put behind their names, without full stops.
const DEGREES: &[&str] = &[
    "ba", "bs", "bsc", "bsn", "dds", "dmd", "dphil", "dsc", "dvm", "edd", "facp", "facs", "facsm",
    "frcp", "frcs", "jd", "ma", "mba", "mbbs", "mbchb", "md", "med", "mhs", "mph", "mphil", "ms",
    "msc", "msn", "pharmd", "phd", "psyd", "rn", "scd",
];

impl Format for OvidTagged {
    fn name(&self) -> &'static str {
        "Ovid tagged"
    }

    fn source(&self) -> &'static str {
        "ovid"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let lines = head_lines(head.bytes).filter(|line| !line.trim().is_empty());
        let mut lines = lines.skip_while(|line| !is_number(line.trim_start_matches('\u{feff}')));
        let number = lines.next();
        // The first field follows at once.
        let first = lines.next().filter(|line| split(line).is_some());
        let is_known = |line: &str| {
            split(line).is_some_and(|split| matches!(split.tag, "TI" | "AB" | "SO" | "AU"))
        };
        let is_ours =
            number.is_some() && first.into_iter().chain(lines).any(|line| is_known(&line));
        match is_ours {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        tagged::records(input, path, GRAMMAR)
    }
}

/// `<12. >`
fn is_number(line: &str) -> bool {
    let inner = line.trim().strip_prefix('<');
    inner
        .and_then(|inner| inner.strip_suffix('>'))
        .and_then(|inner| inner.trim_end().strip_suffix('.'))
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// `TI  - How fish swim`, also with one blank, or one before all lines. What
/// goes on below may be cited works: they are indented.
fn split(line: &str) -> Option<Split<'_>> {
    if is_number(line) {
        return Some(Split {
            tag: OPENS,
            value: "",
            strict: true,
        });
    }
    let line = line.strip_prefix(' ').unwrap_or(line);
    let (tag, value) = line.split_once(" -")?;
    let tag = tag.strip_suffix(' ').unwrap_or(tag);
    let is_tag = (2..=5).contains(&tag.len())
        && tag
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (is_tag && (value.is_empty() || value.starts_with(' '))).then_some(Split {
        tag,
        value: value.trim(),
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
    let source = fields.first(&["SO"]).unwrap_or_default();
    let database = fields.first(&["DB"]).map(|name| {
        let end = name.find(['<', '(']).unwrap_or(name.len());
        name[..end].trim().to_owned()
    });
    let is_medline = database.as_deref().is_none_or(|name| {
        let name = name.to_ascii_lowercase();
        ["medline", "pubmed"]
            .iter()
            .any(|known| name.contains(known))
    });
    let unique = fields.first(&["UI"]).filter(|_| is_medline);
    Draft {
        pmid: fields.first(&["PM"]).or(unique).and_then(ids::pmid),
        database,
        title: fields
            .first(&["TI"])
            .map(|title| without_kind(title).to_owned()),
        authors: authors(fields),
        abstract_text: Some(fields.joined("AB")).filter(|text| !text.is_empty()),
        date: date(fields, source),
        venue: fields
            .text(&["JN", "NJ"])
            .or_else(|| venue(source).map(str::to_owned)),
        keywords: keywords(fields),
        doi: ["DO", "DI"]
            .into_iter()
            .find_map(|tag| fields.all(tag).find_map(ids::doi)),
        url: fields.text(&["UR"]),
        language: fields
            .first(&["LG"])
            .map(|language| language.trim_end_matches('.').to_owned()),
        place: ids::place(
            fields.first(&["VO"]).unwrap_or_default(),
            fields.first(&["IP"]).unwrap_or_default(),
            fields.first(&["PG"]).unwrap_or_default(),
        ),
        ..Draft::default()
    }
}

/// A title without what Ovid adds: `Fish swim.  [Article]`, `[References].`
fn without_kind(title: &str) -> &str {
    let inner = title.strip_suffix('.').unwrap_or(title);
    let Some((before, kind)) = inner
        .strip_suffix(']')
        .and_then(|text| text.rsplit_once('['))
    else {
        return title;
    };
    match before.ends_with("  ") || kind == "References" {
        true if !before.trim().is_empty() => before.trim_end(),
        _ => title,
    }
}

/// In full where there are full names: `FA`, else `AU`.
fn authors(fields: &Fields) -> Vec<RawAuthor> {
    let (full, short) = (fields.all("FA").count(), fields.all("AU").count());
    let names = fields.all(if full >= short { "FA" } else { "AU" });
    names
        .flat_map(|names| names.lines())
        .map(|name| RawName::One(bare_name(name)).into())
        .collect()
}

/// `Roe, Richard [Author]`, `Doe, Jane A. Ph.D., MPH 1,2,*`, `DOE, Jane.`
fn bare_name(name: &str) -> String {
    let name = name.split('[').next().unwrap_or_default().trim();
    let Some((family, given)) = name.split_once(',') else {
        return name.to_owned();
    };
    let is_degree = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic());
        DEGREES.contains(&letters.collect::<String>().to_lowercase().as_str())
    };
    let words = given.split_whitespace();
    let kept = words
        .enumerate()
        .take_while(|(idx, word)| *idx == 0 || !is_degree(word));
    let kept: Vec<&str> = kept.map(|(_, word)| word).collect();
    let given = kept.join(" ");
    // A full stop behind a whole word ends the line.
    let last = given.rsplit([' ', '-']).next().unwrap_or_default();
    let is_initials = last
        .split_terminator('.')
        .all(|part| part.chars().count() < 2);
    match is_initials {
        true => format!("{family}, {given}"),
        false => format!("{family}, {}", given.trim_end_matches('.')),
    }
}

/// The year, and what is more exact about it.
fn date(fields: &Fields, source: &str) -> Option<Date> {
    let given = ["YR", "DP", "DG"].map(|tag| fields.first(&[tag]).and_then(ids::date));
    let Some(first) = given.iter().flatten().next().map(|date| date.year()) else {
        return ids::date(source);
    };
    let all = given.into_iter().flatten();
    all.filter(|date| date.year() == first)
        .max_by_key(|date| date.ymd())
}

/// What a source begins with: `Fishes. 12(3):45-6, 2015.`, `Fishes August
/// 2015;12(3):45-46`; of a chapter the book behind its editors.
fn venue(source: &str) -> Option<&str> {
    let behind_editors = source.contains("[Ed").then(|| source.rsplit_once("]. "));
    let named = behind_editors.flatten().map_or(source, |(_, book)| book);
    // `(2012). The book.`
    let named = match named.strip_prefix('(') {
        Some(year) => year.split_once("). ")?.1,
        None => named,
    };
    let is_end = |word: &str| {
        let first = word
            .split(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        let is_season = matches!(first, "Spring" | "Summer" | "Fall" | "Autumn" | "Winter");
        word.starts_with(|c: char| c.is_ascii_digit() || c == '(')
            || is_season
            || first.len() > 3 && month_of(first).is_some() && first.starts_with(char::is_uppercase)
    };
    let mut end = named.len();
    for (at, _) in named.match_indices(' ') {
        let next = named[at + 1..].split(' ').next().unwrap_or_default();
        if named[..at].ends_with('.') || is_end(next) {
            end = at;
            break;
        }
    }
    let venue = named[..end].split(".:").next()?;
    let venue = venue.trim_end_matches(['.', ',', ':', ' ']);
    (!venue.is_empty()).then_some(venue)
}

fn keywords(fields: &Fields) -> Vec<String> {
    let values = ["KW", "MH", "SH", "ID", "DE"]
        .into_iter()
        .flat_map(|tag| fields.all(tag).map(move |value| (tag, value)));
    // Zoologists describe there what the work is about.
    let values = values.filter(|(tag, value)| *tag != "DE" || !value.contains(": "));
    values
        .flat_map(|(tag, value)| {
            let lists_by_comma = matches!(tag, "ID" | "DE") && !value.contains(';');
            value.split(if lists_by_comma {
                [',', '\n']
            } else {
                [';', '\n']
            })
        })
        .map(|word| word.trim().trim_start_matches('*').to_owned())
        .collect()
}

#[cfg(test)]
mod tests;
