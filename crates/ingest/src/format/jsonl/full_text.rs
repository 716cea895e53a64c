//! Papers whose whole text stands in one string beside annotations that say
//! which part of it is what, as in Semantic Scholar's datasets `s2orc`
//! (`content.text`, `content.annotations`) and `s2orc_v2` (`body.…`)
//! (<https://api.semanticscholar.org/api-docs/datasets>). Each kind of
//! annotation is a list of spans, as JSON in a string; offsets count code
//! points. They were guessed from PDFs: a span that cannot be is passed over,
//! and costs neither the others nor the record.

use std::ops::Range;

use serde::Deserialize;

use super::nested::IfObject;
use super::spans::Spans;
use super::value::Value;
use crate::draft::{Draft, MAX_ABSTRACT_BYTES, MAX_TITLE_BYTES, RawAuthor, RawName};

/// The longest name in bytes. What is longer is a region gone wrong.
const MAX_NAME_BYTES: usize = 256;

/// A text and what is said about it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct FullText {
    text: Value,
    annotations: IfObject<Annotations>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Annotations {
    title: Spans,
    #[serde(rename = "abstract")]
    abstract_text: Spans,
    author: Spans,
    authorfirstname: Spans,
    authorlastname: Spans,
}

impl FullText {
    /// What the annotations find in the text, if it is an annotated text.
    pub(super) fn into_draft(self) -> Option<Draft> {
        let (Value::Text(text), Some(known)) = (self.text, self.annotations.0) else {
            return None;
        };
        let mut titles = parts(&text, known.title);
        let authors = Names {
            text: &text,
            whole: known.author.in_bytes(&text),
            given: known.authorfirstname.in_bytes(&text),
            family: known.authorlastname.in_bytes(&text),
        };
        Some(Draft {
            title: titles
                .next()
                .filter(|title| title.len() <= MAX_TITLE_BYTES)
                .map(str::to_owned),
            abstract_text: Some(
                parts(&text, known.abstract_text)
                    .collect::<Vec<_>>()
                    .join(" "),
            )
            .filter(|text| !text.is_empty() && text.len() <= MAX_ABSTRACT_BYTES),
            authors: authors.read(),
            ..Draft::default()
        })
    }
}

/// The parts of a text that have something in them.
fn parts(text: &str, spans: Spans) -> impl Iterator<Item = &str> {
    let ranges = spans.in_bytes(text).into_iter();
    ranges
        .map(|range| text[range].trim())
        .filter(|part| !part.is_empty())
}

/// Where names stand, each list in the order of the text.
struct Names<'a> {
    text: &'a str,
    /// An author with all that is said there, also affiliations.
    whole: Vec<Range<usize>>,
    given: Vec<Range<usize>>,
    family: Vec<Range<usize>>,
}

impl Names<'_> {
    fn read(&self) -> Vec<RawAuthor> {
        if !self.whole.is_empty() {
            let whole = self.whole.iter().cloned();
            return whole.filter_map(|range| self.author(range)).collect();
        }
        // A family name ends what began behind the one before.
        let mut start = 0;
        let regions = self.family.iter().map(|family| {
            let region = start..family.end;
            start = family.end;
            region
        });
        regions.filter_map(|range| self.author(range)).collect()
    }

    /// The author of a region: the names marked in it, else its first line.
    fn author(&self, region: Range<usize>) -> Option<RawAuthor> {
        let given = self.within(&self.given, &region);
        let family = self.within(&self.family, &region);
        let name = match (family.is_empty(), given.is_empty()) {
            (false, _) => RawName::Parts {
                family,
                given,
                particle: String::new(),
                suffix: String::new(),
            },
            (true, false) => RawName::One(given),
            (true, true) => {
                let mut lines = self.text[region].lines().map(str::trim);
                let line = lines.find(|line| !line.is_empty())?;
                // Marks of footnotes and affiliations stand behind names.
                let is_mark = |c: char| !c.is_alphabetic() && !matches!(c, '.' | ')' | '\'');
                let name = line.trim_end_matches(is_mark);
                RawName::One(is_name(name).then(|| name.to_owned())?)
            }
        };
        Some(name.into())
    }

    /// The names of a list that stand in a region.
    fn within(&self, list: &[Range<usize>], region: &Range<usize>) -> String {
        let first = list.partition_point(|range| range.start < region.start);
        let inside = list[first..]
            .iter()
            .take_while(|range| range.end <= region.end);
        let names = inside.map(|range| self.text[range.clone()].trim());
        let names: Vec<&str> = names.filter(|name| is_name(name)).collect();
        names.join(" ")
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_NAME_BYTES
}
