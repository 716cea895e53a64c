//! What `abs-search export` writes: one JSON object a line, marked by its first
//! key, with everything a record holds (`crates/printer/src/wire.rs` has the
//! shape). Its text is clean already and is not cleaned again, so that what
//! was exported comes back as it was; anything a terminal acts upon goes, for
//! anybody can write such a line.

use std::borrow::Cow;
use std::io::BufRead;
use std::path::Path;

use abs_record::Date;
use abs_record::author::Name;
use serde::Deserialize;

use super::jsonl::{Reader, malformed};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, Origin, RawAuthor, RawName};
use crate::error::{Place, ReadErrorKind};
use crate::lines::Line;

/// How a line begins.
const MARK: &[u8] = b"{\"abs_search_export\":";
/// The only form there is.
const VERSION: u32 = 1;
/// How many lines are looked at for one that is ours.
const SNIFFED_LINES: usize = 20;

/// Our own export.
#[derive(Debug, Clone, Copy)]
pub struct Export;

impl Format for Export {
    fn name(&self) -> &'static str {
        "abs-search export"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        // A first line that is damaged must not cost the others.
        match head
            .lines()
            .take(SNIFFED_LINES)
            .any(|line| line.starts_with(MARK))
        {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        Box::new(Reader::new(input, path, read))
    }
}

#[derive(Deserialize)]
struct Exported<'a> {
    abs_search_export: u32,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(default)]
    title: Option<String>,
    #[serde(borrow, default)]
    authors: Vec<ExportedAuthor<'a>>,
    #[serde(default, rename = "abstract")]
    abstract_text: Option<String>,
    #[serde(borrow, default)]
    date: Option<Cow<'a, str>>,
    #[serde(default)]
    venue: Option<String>,
    #[serde(default)]
    categories: Vec<String>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    doi: Option<String>,
    #[serde(default)]
    arxiv: Option<String>,
    #[serde(default)]
    pmid: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    language: Option<String>,
}

#[derive(Deserialize)]
struct ExportedAuthor<'a> {
    #[serde(borrow, default)]
    literal: Cow<'a, str>,
    #[serde(default)]
    family: String,
    #[serde(default)]
    given: String,
    #[serde(default)]
    particle: String,
    #[serde(default)]
    suffix: String,
    #[serde(default)]
    orcid: Option<String>,
}

fn read(line: Line<'_>) -> Result<Draft, ReadErrorKind> {
    let record: Exported<'_> =
        serde_json::from_str(line.text).map_err(|error| malformed(&error))?;
    if record.abs_search_export != VERSION {
        return Err(ReadErrorKind::Malformed {
            format: "export",
            reason: format!("form {} is not known", record.abs_search_export),
        });
    }
    Ok(Draft {
        origin: Origin::new(Place::Line(line.number), line.text.as_bytes()),
        is_clean: true,
        id: Some(record.id.into_owned()),
        database: None,
        title: record.title,
        authors: record.authors.into_iter().map(author).collect(),
        abstract_text: record.abstract_text,
        date: record.date.as_deref().and_then(date),
        venue: record.venue,
        categories: record.categories,
        keywords: record.keywords,
        doi: record.doi,
        arxiv: record.arxiv,
        pmid: record.pmid,
        url: record.url,
        language: record.language,
        place: None,
    })
}

fn author(author: ExportedAuthor<'_>) -> RawAuthor {
    let name = match author.literal.is_empty() {
        true => Name::Person {
            family: author.family,
            given: author.given,
            particle: author.particle,
            suffix: author.suffix,
        },
        false => Name::Collective(author.literal.into_owned()),
    };
    RawAuthor {
        name: RawName::Known(name),
        orcid: author.orcid,
    }
}

/// `2024`, `2024-03`, `2024-03-07`; [`Date::parse`] takes years below 1000 for
/// something else.
fn date(text: &str) -> Option<Date> {
    let parts: Option<Vec<u16>> = text.splitn(3, '-').map(|part| part.parse().ok()).collect();
    let small = |part: u16| u8::try_from(part).ok().filter(|part| *part > 0);
    match *parts? {
        [year] => Date::new(year, None, None),
        [year, month] => Date::new(year, Some(small(month)?), None),
        [year, month, day] => Date::new(year, Some(small(month)?), Some(small(day)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_as_it_is_and_control_characters_are_not() {
        let line = concat!(
            r#"{"abs_search_export":1,"id":"a","title":"1 &lt; 2 <i>x</i> L\\'evy","#,
            r#""authors":[{"literal":"Smith, John"},{"family":"de la","given":"X","orcid":"0000-0002-1825-0097"}],"#,
            r#""abstract":"Abstract: a\u001b[31m\u202eb","date":"0999-03","language":"en","new":1}"#,
        );
        let draft = read(Line {
            number: 1,
            text: line,
        })
        .unwrap();
        let record = draft.finish().unwrap();
        assert_eq!(record.title, r"1 &lt; 2 <i>x</i> L\'evy");
        assert_eq!(record.abstract_text.as_deref(), Some("Abstract: a [31mb"));
        assert_eq!(record.date, Date::new(999, Some(3), None));
        assert_eq!(
            record.authors[0].name,
            Name::Collective("Smith, John".to_owned())
        );
        assert_eq!(record.authors[1].display(), "de la, X");
        assert_eq!(
            record.authors[1].orcid.as_deref(),
            Some("0000-0002-1825-0097")
        );
    }

    #[test]
    fn dates_of_any_precision() {
        assert_eq!(date("2024"), Date::new(2024, None, None));
        assert_eq!(date("2024-03-07"), Date::new(2024, Some(3), Some(7)));
        for none in ["", "x", "2024-13", "2024-x", "2024-02-30"] {
            assert_eq!(date(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_no_export_is_rejected() {
        for line in [
            "{}",
            r#"{"abs_search_export":2,"id":"a","title":"t"}"#,
            r#"{"abs_search_export":1,"title":"t"}"#,
            r#"{"abs_search_export":1,"id":7,"title":"t"}"#,
        ] {
            assert!(
                read(Line {
                    number: 1,
                    text: line
                })
                .is_err(),
                "{line}"
            );
        }
    }
}
