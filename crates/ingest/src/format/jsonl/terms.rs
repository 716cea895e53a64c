//! Values to what a draft holds.

use abs_record::Date;

use serde::de::{Deserialize, DeserializeSeed, Deserializer};

use super::value::{TERM_KEYS, Value, ValueSeed};

/// Europe PMC's lists, which stand in objects of their own:
/// `{"keyword": ["…"]}`, `{"meshHeading": [{"descriptorName": "…"}]}`
/// (<https://europepmc.org/RestfulWebService>).
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct TermList {
    keyword: Term,
    #[serde(rename = "meshHeading")]
    mesh_heading: Term,
}

impl TermList {
    pub(super) fn into_terms(self) -> Vec<String> {
        let mut out = Vec::new();
        self.keyword.0.texts(&mut out);
        self.mesh_heading.0.texts(&mut out);
        out
    }
}

/// Terms, each a text or an object that says it.
#[derive(Default)]
struct Term(Value);

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Term, D::Error> {
        ValueSeed(TERM_KEYS).deserialize(deserializer).map(Term)
    }
}

/// A title or an abstract: a text, or its pieces as SciFact has them.
pub(super) fn prose(value: Value) -> Result<String, &'static str> {
    match value {
        Value::Text(text) => Ok(text),
        Value::List(parts) if parts.iter().all(is_text) => {
            let mut texts = Vec::new();
            Value::List(parts).texts(&mut texts);
            Ok(texts.join(" "))
        }
        other => Err(other.kind()),
    }
}

/// A piece of prose, or, in CORD-19's parses, an object that has one.
fn is_text(part: &Value) -> bool {
    matches!(part, Value::Text(_) | Value::Object(Some(_)))
}

/// `2024`, `2024.0` as data frames write it, `20240307`.
pub(super) fn numeric_date(number: &str) -> Option<Date> {
    let number = number.strip_suffix(".0").unwrap_or(number);
    match number.len() {
        8 => Date::from_ymd(number.parse().ok()?),
        _ => Date::new(number.parse().ok()?, None, None),
    }
}

/// Categories or keywords. One text is split at `;`, else at `,`; categories
/// also at blanks, where every word is a class as arXiv writes it.
pub(super) fn terms(value: Value, by_blanks: bool) -> Vec<String> {
    let is_one = matches!(value, Value::Text(_));
    let mut texts = Vec::new();
    value.texts(&mut texts);
    let mut terms = Vec::with_capacity(texts.len());
    for text in texts {
        let separator = [';', ','].into_iter().find(|c| is_one && text.contains(*c));
        let classes = by_blanks && separator.is_none() && text.contains(' ');
        if let Some(separator) = separator {
            terms.extend(text.split(separator).map(str::to_owned));
        } else if classes && are_classes(&text, is_one) {
            terms.extend(text.split_whitespace().map(str::to_owned));
        } else {
            terms.push(text);
        }
    }
    terms
}

/// Whether a text is `math.CO cs.CG`, and not `Computer Science`. In a list
/// (`["math.CO cs.CG"]`) one word more must say so.
fn are_classes(text: &str, is_one: bool) -> bool {
    let mut words = text.split_whitespace();
    let lower = words
        .clone()
        .all(|word| word.contains('.') || word.starts_with(|c: char| c.is_lowercase()));
    lower && (is_one || words.any(|word| word.contains(['.', '-'])))
}
