//! One JSON object to one draft.

use std::fmt;

use abs_record::Date;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::authors::Authors;
use super::keys::{self, Key, N_SLOTS, Slot};
use super::value::{NAME_KEYS, Value, ValueSeed};
use crate::draft::Draft;
use crate::error::ReadErrorKind;
use crate::ids;

/// Reads one JSON object. Unknown keys are skipped; where several keys are
/// about the same field, the more telling one wins (`abstract` before
/// `summary` before `description`).
pub fn parse(json: &str) -> Result<Draft, ReadErrorKind> {
    let json = json.trim();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    if !json.starts_with('{') {
        let any = IgnoredAny::deserialize(&mut deserializer).and_then(|_| deserializer.end());
        return Err(any.map_or_else(|error| malformed(&error), |()| ReadErrorKind::NotObject));
    }
    let object = Object::deserialize(&mut deserializer)
        .and_then(|object| deserializer.end().map(|()| object))
        .map_err(|error| malformed(&error))?;
    object.wrong.map_or(Ok(object.draft), Err)
}

fn malformed(error: &serde_json::Error) -> ReadErrorKind {
    let reason = error.to_string();
    // A line has but one line.
    let reason = reason.split(" at line ").next().unwrap_or_default();
    ReadErrorKind::Json {
        column: error.column(),
        reason: reason.to_owned(),
    }
}

/// An object on its way to a draft.
struct Object {
    draft: Draft,
    /// The rank of the key that filled each slot.
    ranks: [u8; N_SLOTS],
    /// The first essential field that has a type it cannot have. Noted, not
    /// returned at once: malformed JSON further on is the graver fault.
    wrong: Option<ReadErrorKind>,
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut object = Object {
            draft: Draft::default(),
            ranks: [u8::MAX; N_SLOTS],
            wrong: None,
        };
        while let Some(MaybeKey(key)) = map.next_key()? {
            match key {
                // An equal rank is the same key twice: as everywhere in JSON
                // the last one counts.
                Some(key) if key.rank <= object.ranks[key.slot as usize] => {
                    object.take(key, &mut map)?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(object)
    }
}

impl Object {
    /// Reads the value of a known key and fills its slot.
    fn take<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        let Key { slot, rank } = key;
        if slot == Slot::Authors {
            let authors: Authors = map.next_value()?;
            if let Some(found) = authors.wrong {
                self.wrong("author", "a name", found);
            }
            if !authors.list.is_empty() {
                self.draft.authors = authors.list;
                self.ranks[slot as usize] = rank;
            }
            return Ok(());
        }
        let wanted = match slot {
            Slot::Versions => &["created"],
            _ => NAME_KEYS,
        };
        let value = map.next_value_seed(ValueSeed(wanted))?;
        if value != Value::Null && self.fill(key, value) {
            self.ranks[slot as usize] = rank;
        }
        Ok(())
    }

    /// Puts a value into its slot; whether there was something in it.
    fn fill(&mut self, key: Key, value: Value) -> bool {
        let draft = &mut self.draft;
        match key.slot {
            Slot::Title => match prose(value) {
                Ok(text) => set(&mut draft.title, text),
                Err(found) => self.wrong("title", "text", found),
            },
            Slot::Abstract => match prose(value) {
                Ok(text) => set(&mut draft.abstract_text, text),
                Err(found) => self.wrong("abstract", "text", found),
            },
            Slot::Id => match value {
                Value::Text(text) | Value::Number(text) => set(&mut draft.id, text),
                // MongoDB's `{"$oid": …}` means nothing outside its database.
                Value::Object(_) if key.rank > 0 => false,
                other => self.wrong("id", "text or a number", other.kind()),
            },
            Slot::Date => self.date(key.rank, value),
            Slot::Versions => {
                let created = value.first_text().and_then(|text| ids::date(&text));
                self.set_date(keys::VERSIONS_RANK, created);
                false
            }
            Slot::Authors => false,
            Slot::Venue => set_first(&mut draft.venue, value),
            Slot::Doi => set_first(&mut draft.doi, value),
            Slot::Url => set_first(&mut draft.url, value),
            Slot::Arxiv => set_first(&mut draft.arxiv, value),
            Slot::Pmid => set_first(&mut draft.pmid, value),
            Slot::Language => set_first(&mut draft.language, value),
            Slot::Categories => {
                draft.categories = terms(value, key.rank == 0);
                !draft.categories.is_empty()
            }
            Slot::Keywords => {
                draft.keywords = terms(value, false);
                !draft.keywords.is_empty()
            }
        }
    }

    fn date(&mut self, rank: u8, value: Value) -> bool {
        let date = match value {
            Value::Text(text) => ids::date(&text),
            Value::Number(number) => numeric_date(&number),
            Value::List(_) => {
                let mut parts = Vec::new();
                value.texts(&mut parts);
                ids::date(&parts.join("-"))
            }
            other => return self.wrong("date", "text or a number", other.kind()),
        };
        self.set_date(rank, date);
        // The rank is set already, and may be lower.
        false
    }

    fn set_date(&mut self, rank: u8, date: Option<Date>) {
        let known = &mut self.ranks[Slot::Date as usize];
        if date.is_some() && rank <= *known {
            *known = rank;
            self.draft.date = date;
        }
    }

    fn wrong(&mut self, field: &'static str, expected: &'static str, found: &'static str) -> bool {
        self.wrong.get_or_insert(ReadErrorKind::WrongType {
            field,
            expected,
            found,
        });
        false
    }
}

/// A title or an abstract: a text, or its pieces as SciFact has them.
fn prose(value: Value) -> Result<String, &'static str> {
    match value {
        Value::Text(text) => Ok(text),
        Value::List(parts) if parts.iter().all(|part| matches!(part, Value::Text(_))) => {
            let mut texts = Vec::new();
            Value::List(parts).texts(&mut texts);
            Ok(texts.join(" "))
        }
        other => Err(other.kind()),
    }
}

/// `2024`, `2024.0` as data frames write it, `20240307`.
fn numeric_date(number: &str) -> Option<Date> {
    let number = number.strip_suffix(".0").unwrap_or(number);
    match number.len() {
        8 => Date::from_ymd(number.parse().ok()?),
        _ => Date::new(number.parse().ok()?, None, None),
    }
}

fn set(slot: &mut Option<String>, text: String) -> bool {
    let fills = !text.trim().is_empty();
    if fills {
        *slot = Some(text);
    }
    fills
}

fn set_first(slot: &mut Option<String>, value: Value) -> bool {
    value.first_text().is_some_and(|text| set(slot, text))
}

/// Categories or keywords. One text is split at `;`, else at `,`; categories
/// also at blanks, where every word is a class as arXiv writes it.
fn terms(value: Value, by_blanks: bool) -> Vec<String> {
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

/// A key, if it is a known one.
struct MaybeKey(Option<Key>);

impl<'de> Deserialize<'de> for MaybeKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<MaybeKey, D::Error> {
        struct KeyVisitor;

        impl Visitor<'_> for KeyVisitor {
            type Value = MaybeKey;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, name: &str) -> Result<MaybeKey, E> {
                Ok(MaybeKey(keys::key(name)))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}
