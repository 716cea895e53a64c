//! One work to one draft.

use serde::Deserialize;

use super::{date, jats};
use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::json;
use crate::format::jsonl::value::Value;
use crate::format::known_ids::is_global;
use crate::ids;

/// What is taken of a work. Text may be a string, or a list of strings as
/// Crossref has it, whatever the variable.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Work {
    id: Value,
    title: Value,
    subtitle: Value,
    author: Option<Vec<Name>>,
    #[serde(rename = "abstract")]
    abstract_text: Value,
    issued: serde_json::Value,
    published: serde_json::Value,
    #[serde(rename = "published-print")]
    published_print: serde_json::Value,
    #[serde(rename = "published-online")]
    published_online: serde_json::Value,
    posted: serde_json::Value,
    created: serde_json::Value,
    #[serde(rename = "container-title")]
    container_title: Value,
    #[serde(rename = "event-title")]
    event_title: Value,
    institution: Value,
    subject: Value,
    categories: Value,
    keyword: Value,
    keywords: Value,
    #[serde(rename = "DOI")]
    doi: Value,
    #[serde(rename = "doi")]
    doi_in_lower_case: Value,
    #[serde(rename = "PMID")]
    pmid: Value,
    #[serde(rename = "URL")]
    url: Value,
    #[serde(rename = "url")]
    url_in_lower_case: Value,
    language: Value,
    /// Zotero puts here what it has no variable for, `arXiv: 2503.10291`.
    note: Value,
    number: Value,
    volume: Value,
    issue: Value,
    page: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Name {
    family: Value,
    given: Value,
    suffix: Value,
    #[serde(rename = "dropping-particle")]
    dropping_particle: Value,
    #[serde(rename = "non-dropping-particle")]
    non_dropping_particle: Value,
    /// A name that is not taken apart.
    literal: Value,
    /// A group, at Crossref.
    name: Value,
    #[serde(rename = "ORCID")]
    orcid: Value,
}

/// Reads one work.
pub(super) fn parse(json: &str) -> Result<Draft, ReadErrorKind> {
    let work: Work = serde_json::from_str(json).map_err(|error| json::malformed(&error))?;
    Ok(work.into())
}

impl From<Work> for Draft {
    fn from(work: Work) -> Draft {
        let dates = [
            &work.issued,
            &work.published,
            &work.published_print,
            &work.published_online,
            &work.posted,
            &work.created,
        ];
        let title = work.title.first_text().map(|title| {
            let subtitle = work.subtitle.first_text();
            with_subtitle(title, subtitle.as_deref().unwrap_or_default().trim())
        });
        let note = work.note.first_text().unwrap_or_default();
        let doi = work
            .doi
            .first_text()
            .or(work.doi_in_lower_case.first_text());
        let doi = doi.or_else(|| noted(&note, "DOI:"));
        let pmid = work.pmid.first_text().or_else(|| noted(&note, "PMID:"));
        let arxiv = work
            .number
            .first_text()
            .filter(|number| is_marked(number, "arxiv:"));
        let arxiv = arxiv.or_else(|| noted(&note, "arXiv:"));
        let id = work.id.first_text().filter(|id| is_global(id));
        Draft {
            id,
            title,
            authors: work
                .author
                .into_iter()
                .flatten()
                .filter_map(Name::into_author)
                .collect(),
            abstract_text: text(work.abstract_text, "\n")
                .map(|text| jats::text(&text).into_owned()),
            date: dates.into_iter().find_map(date::read),
            venue: work
                .container_title
                .first_text()
                .or_else(|| work.event_title.first_text())
                .or_else(|| work.institution.first_text()),
            categories: texts(vec![work.subject, work.categories]),
            keywords: texts(vec![work.keyword, work.keywords])
                .iter()
                .flat_map(|keywords| keywords.split([',', ';']))
                .map(str::to_owned)
                .collect(),
            doi,
            arxiv,
            pmid,
            url: work
                .url
                .first_text()
                .or(work.url_in_lower_case.first_text()),
            language: work.language.first_text(),
            place: ids::place(
                &work.volume.first_text().unwrap_or_default(),
                &work.issue.first_text().unwrap_or_default(),
                &work.page.first_text().unwrap_or_default(),
            ),
            ..Draft::default()
        }
    }
}

impl Name {
    fn into_author(self) -> Option<RawAuthor> {
        let part = |value: Value| value.first_text().unwrap_or_default();
        let (family, given) = (part(self.family), part(self.given));
        let particle = [
            part(self.dropping_particle),
            part(self.non_dropping_particle),
        ];
        let (literal, group) = (part(self.literal), part(self.name));
        let is_empty = |text: &str| text.trim().is_empty();
        let name = if !is_empty(&family) {
            RawName::Parts {
                family,
                given,
                particle: particle.join(" ").trim().to_owned(),
                suffix: part(self.suffix),
            }
        } else if !is_empty(&literal) {
            RawName::One(literal)
        } else if !is_empty(&group) {
            RawName::Collective(group)
        } else if !is_empty(&given) {
            RawName::One(given)
        } else {
            return None;
        };
        Some(RawAuthor {
            name,
            orcid: self.orcid.first_text(),
        })
    }
}

/// `Title: subtitle`, unless the title says it already.
fn with_subtitle(title: String, subtitle: &str) -> String {
    if subtitle.is_empty() || title.to_lowercase().contains(&subtitle.to_lowercase()) {
        return title;
    }
    let title = title.trim_end();
    let colon = if title.ends_with([':', '?', '!']) {
        ""
    } else {
        ":"
    };
    format!("{title}{colon} {subtitle}")
}

/// What a line of a note says after a mark.
fn noted(note: &str, mark: &str) -> Option<String> {
    let line = note
        .lines()
        .map(str::trim)
        .find(|line| is_marked(line, mark))?;
    Some(line[mark.len()..].trim().to_owned())
}

fn is_marked(text: &str, mark: &str) -> bool {
    let start = text.get(..mark.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
}

/// All of a text that may come in pieces.
fn text(value: Value, between: &str) -> Option<String> {
    let texts = texts(vec![value]);
    (!texts.is_empty()).then(|| texts.join(between))
}

fn texts(values: Vec<Value>) -> Vec<String> {
    let mut texts = Vec::new();
    Value::List(values).texts(&mut texts);
    texts
}
