//! One JSON object to one draft.

use std::fmt;

use abs_record::Date;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::authors::Authors;
use super::external::ExternalIds;
use super::keys::{self, Key, N_SLOTS, Slot};
use super::nested::Nested;
use super::terms::{numeric_date, prose, terms};
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

/// What the JSON parser says.
pub(in crate::format) fn malformed(error: &serde_json::Error) -> ReadErrorKind {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    match error.line() {
        0 | 1 => ReadErrorKind::Json {
            column: error.column(),
            reason: reason.to_owned(),
        },
        line => ReadErrorKind::Malformed {
            format: "JSON",
            reason: format!(
                "{reason} at line {line}, column {} of the record",
                error.column()
            ),
        },
    }
}

/// The keys under which a piece of an abstract has its text.
const ABSTRACT_KEYS: &[&str] = &["text", "value"];

/// An object on its way to a draft.
pub(super) struct Object {
    pub(super) draft: Draft,
    /// The rank of the key that filled each slot.
    ranks: [u8; N_SLOTS],
    /// The first essential field that has a type it cannot have. Noted, not
    /// returned at once: malformed JSON further on is the graver fault.
    wrong: Option<ReadErrorKind>,
    /// Ids that count where the object itself says none.
    external: Vec<ExternalIds>,
    /// What counts where the object itself has no title.
    nested: Option<Box<Draft>>,
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

pub(super) struct ObjectVisitor;

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
            external: Vec::new(),
            nested: None,
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
        object.complete();
        Ok(object)
    }
}

impl Object {
    /// What can be told only when all keys are read.
    fn complete(&mut self) {
        let draft = &mut self.draft;
        for ids in std::mem::take(&mut self.external) {
            ids.fill(draft);
        }
        if let Some(nested) = self.nested.take().filter(|_| draft.title.is_none()) {
            draft.title = nested.title;
            if draft.authors.is_empty() {
                draft.authors = nested.authors;
            }
            if draft.abstract_text.is_none() {
                draft.abstract_text = nested.abstract_text;
            }
            draft.date = draft.date.or(nested.date);
            draft.venue = draft.venue.take().or(nested.venue);
            draft.doi = draft.doi.take().or(nested.doi);
            if draft.keywords.is_empty() {
                draft.keywords = nested.keywords;
            }
        }
        if self.ranks[Slot::Id as usize] == keys::CORPUS_ID_RANK
            && let Some(id) = &mut draft.id
        {
            // A bare number would mean nothing beside other sources. Abstracts
            // come in files of their own: they must not replace the papers.
            let part = if draft.title.is_none() {
                // They say only when they were touched.
                if self.ranks[Slot::Date as usize] == keys::UPDATED_RANK {
                    draft.date = None;
                }
                "/abstract"
            } else {
                ""
            };
            *id = format!("CorpusId:{id}{part}");
        }
    }

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
        if slot == Slot::ExternalIds {
            let ids: ExternalIds = map.next_value()?;
            self.external.push(ids);
            return Ok(());
        }
        if slot == Slot::Metadata {
            self.nested = map.next_value::<Nested>()?.0;
            return Ok(());
        }
        let wanted = match slot {
            Slot::Abstract => ABSTRACT_KEYS,
            Slot::Versions => &["created"],
            Slot::Categories if rank > 2 => &["category"],
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
            Slot::Authors | Slot::ExternalIds | Slot::Metadata => false,
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
