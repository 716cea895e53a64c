//! One work to one draft.

use serde::Deserialize;

use super::inverted::Inverted;
use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::json;
use crate::format::jsonl::value::Value;
use crate::ids;

/// How sure OpenAlex must be of a concept; below it are guesses.
const MIN_SCORE: f64 = 0.4;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Work {
    id: Value,
    doi: Value,
    title: Value,
    display_name: Value,
    publication_date: Value,
    publication_year: Value,
    ids: Option<Ids>,
    primary_location: Option<Location>,
    /// Where `primary_location` stands now, until 2023.
    host_venue: Value,
    authorships: Option<Vec<Authorship>>,
    topics: Value,
    concepts: Option<Vec<Concept>>,
    keywords: Option<Vec<Keyword>>,
    mesh: Option<Vec<Mesh>>,
    language: Value,
    abstract_inverted_index: Inverted,
    #[serde(rename = "abstract")]
    abstract_text: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Ids {
    doi: Value,
    pmid: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Location {
    landing_page_url: Value,
    source: Value,
    /// The source as an earlier snapshot called it.
    venue: Value,
    raw_source_name: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Authorship {
    author: Option<Author>,
    raw_author_name: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Author {
    display_name: Value,
    orcid: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Concept {
    display_name: Value,
    /// A number, or, until 2023, text.
    score: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Keyword {
    display_name: Value,
    keyword: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Mesh {
    descriptor_name: Value,
}

/// Reads one work.
pub(super) fn parse(json: &str) -> Result<Draft, ReadErrorKind> {
    let work: Work = serde_json::from_str(json).map_err(|error| json::malformed(&error))?;
    Ok(work.into())
}

impl From<Work> for Draft {
    fn from(work: Work) -> Draft {
        let ids = work.ids.unwrap_or_default();
        let location = work.primary_location.unwrap_or_default();
        let openalex = work.id.first_text();
        let url = location.landing_page_url.first_text();
        let date = work
            .publication_date
            .first_text()
            .and_then(|date| ids::date(&date));
        Draft {
            id: openalex.as_deref().and_then(own_id),
            title: non_empty(work.title).or_else(|| non_empty(work.display_name)),
            authors: work
                .authorships
                .into_iter()
                .flatten()
                .filter_map(Authorship::into_author)
                .collect(),
            abstract_text: work
                .abstract_inverted_index
                .0
                .or_else(|| non_empty(work.abstract_text)),
            date: date.or_else(|| ids::date(&work.publication_year.first_text()?)),
            venue: non_empty(location.source)
                .or_else(|| non_empty(location.venue))
                .or_else(|| non_empty(work.host_venue))
                .or_else(|| non_empty(location.raw_source_name)),
            categories: categories(work.topics, work.concepts),
            keywords: keywords(work.keywords, work.mesh),
            doi: non_empty(work.doi).or_else(|| non_empty(ids.doi)),
            pmid: non_empty(ids.pmid),
            url: url.or(openalex),
            language: work.language.first_text(),
            ..Draft::default()
        }
    }
}

impl Authorship {
    fn into_author(self) -> Option<RawAuthor> {
        let author = self.author.unwrap_or_default();
        let name = non_empty(author.display_name).or_else(|| non_empty(self.raw_author_name))?;
        Some(RawAuthor {
            name: RawName::One(name),
            orcid: author.orcid.first_text(),
        })
    }
}

/// `https://openalex.org/W2560438049` is `openalex:W2560438049`.
fn own_id(id: &str) -> Option<String> {
    let key = id.rsplit('/').next()?.trim();
    (!key.is_empty()).then(|| format!("openalex:{key}"))
}

fn categories(topics: Value, concepts: Option<Vec<Concept>>) -> Vec<String> {
    let mut categories = Vec::new();
    topics.texts(&mut categories);
    if categories.is_empty() {
        let sure = concepts.into_iter().flatten().filter(|concept| {
            let score = match &concept.score {
                Value::Number(score) | Value::Text(score) => score.parse().ok(),
                _ => None,
            };
            score.is_none_or(|score: f64| score >= MIN_SCORE)
        });
        categories.extend(sure.filter_map(|concept| concept.display_name.first_text()));
    }
    categories
}

fn keywords(keywords: Option<Vec<Keyword>>, mesh: Option<Vec<Mesh>>) -> Vec<String> {
    let keywords = keywords.into_iter().flatten().filter_map(|keyword| {
        non_empty(keyword.display_name).or_else(|| non_empty(keyword.keyword))
    });
    let mesh = mesh.into_iter().flatten();
    keywords
        .chain(mesh.filter_map(|heading| heading.descriptor_name.first_text()))
        .collect()
}

fn non_empty(value: Value) -> Option<String> {
    value.first_text().filter(|text| !text.trim().is_empty())
}
