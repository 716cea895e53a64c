//! One JSON object to one draft.

use std::fmt;

use abs_record::Date;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::authors::Authors;
use super::beside::Beside;
use super::keys::{self, Key, MaybeKey, N_SLOTS, Slot};
use super::terms::{numeric_date, prose, terms};
use super::typed::Typed;
use super::value::{Keys, NAME_KEYS, TERM_KEYS, VENUE_KEYS, Value, ValueSeed};
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
    let object = ObjectSeed { depth: 0 }
        .deserialize(&mut deserializer)
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
const ABSTRACT_KEYS: Keys = &[&["text", "value"]];

/// An object on its way to a draft.
pub(super) struct Object {
    pub(super) draft: Draft,
    /// The rank of the key that filled each slot.
    ranks: [u8; N_SLOTS],
    /// The first essential field that has a type it cannot have. Noted, not
    /// returned at once: malformed JSON further on is the graver fault.
    pub(super) wrong: Option<ReadErrorKind>,
    /// A name of the record that means something only to some catalogues.
    pub(super) key: Option<String>,
    beside: Beside,
}

/// Reads an object that stands so deep in others.
pub(super) struct ObjectSeed {
    pub(super) depth: u8,
}

impl<'de> DeserializeSeed<'de> for ObjectSeed {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut object = Object {
            draft: Draft::default(),
            ranks: [u8::MAX; N_SLOTS],
            wrong: None,
            key: None,
            beside: Beside::default(),
        };
        while let Some(MaybeKey(key)) = map.next_key()? {
            match key {
                // An equal rank is the same key twice: as everywhere in JSON
                // the last one counts.
                Some(key) if key.rank <= object.ranks[key.slot as usize] => {
                    object.take(key, self.depth, &mut map)?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let ranks = [Slot::Title, Slot::Id, Slot::Date].map(|slot| object.ranks[slot as usize]);
        let beside = std::mem::take(&mut object.beside);
        let wrong = beside.complete(&mut object.draft, ranks);
        object.wrong = object.wrong.or(wrong);
        Ok(object)
    }
}

impl Object {
    /// Reads the value of a known key and fills its slot.
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        key: Key,
        depth: u8,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let Key { slot, rank } = key;
        if slot == Slot::Authors {
            let mut authors: Authors = map.next_value()?;
            if let Some(found) = authors.wrong {
                self.wrong("author", "a name", found);
            }
            if rank == keys::AUTHOR_STRING_RANK {
                authors.drop_stop();
            }
            if !authors.list.is_empty() {
                self.draft.authors = authors.list;
                self.ranks[slot as usize] = rank;
            }
            return Ok(());
        }
        if matches!(
            slot,
            Slot::ExternalIds | Slot::Metadata | Slot::FullText | Slot::TermList
        ) {
            return self.beside.take(key, depth, map);
        }
        if matches!(slot, Slot::Descriptions | Slot::Dates) {
            self.typed(slot, &map.next_value()?);
            return Ok(());
        }
        let wanted: Keys = match slot {
            Slot::Abstract => ABSTRACT_KEYS,
            Slot::Versions => &[&["created"]],
            Slot::Categories if rank > 2 => &[&["category"]],
            Slot::Categories | Slot::Keywords | Slot::Headings => TERM_KEYS,
            Slot::Venue => VENUE_KEYS,
            _ => NAME_KEYS,
        };
        let value = map.next_value_seed(ValueSeed(wanted))?;
        if value != Value::Null && self.fill(key, value) {
            self.ranks[slot as usize] = rank;
        }
        Ok(())
    }

    /// What DataCite says by type: the abstract among descriptions, the day of
    /// publication among dates.
    fn typed(&mut self, slot: Slot, values: &Typed) {
        if slot == Slot::Dates {
            self.set_date(0, values.of("issued").and_then(ids::date));
        } else if self.ranks[Slot::Abstract as usize] == u8::MAX
            && let Some(text) = values.of("abstract")
        {
            // Any other abstract, also one further on, is better.
            set(&mut self.draft.abstract_text, text.to_owned());
        }
    }

    /// Puts a value into its slot; whether there was something in it.
    fn fill(&mut self, key: Key, value: Value) -> bool {
        let draft = &mut self.draft;
        match key.slot {
            Slot::Title if key.rank == keys::TITLES_RANK => set_first(&mut draft.title, value),
            Slot::Title => match prose(value) {
                Ok(text) => set(&mut draft.title, text),
                Err(found) => self.wrong("title", "text", found),
            },
            Slot::Abstract if key.rank == keys::ABSTRACTS_RANK => {
                set_first(&mut draft.abstract_text, value)
            }
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
            // One text of them is in a language of its own.
            Slot::Headings if matches!(value, Value::List(_)) => {
                value.texts(&mut self.beside.terms[1]);
                true
            }
            Slot::Headings => false,
            Slot::RecordKey => set_first(&mut self.key, value),
            Slot::Publisher => set_first(&mut self.beside.publisher, value),
            Slot::Extra => set_first(&mut self.beside.extra, value),
            Slot::ItemType => match value {
                Value::Text(kind) => self.item_type(&kind),
                _ => false,
            },
            Slot::Authors
            | Slot::ExternalIds
            | Slot::Metadata
            | Slot::FullText
            | Slot::TermList
            | Slot::Descriptions
            | Slot::Dates => false,
            Slot::Venue if key.rank >= keys::VENUE_OBJECT_RANK => match value {
                Value::Object(Some(name)) => set(&mut draft.venue, name),
                _ => false,
            },
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

    /// Zotero lists what hangs on a work beside the works, with titles such as
    /// "Full Text PDF".
    fn item_type(&mut self, kind: &str) -> bool {
        match kind {
            "attachment" => self.wrong("item", "a work", "an attachment"),
            "note" => self.wrong("item", "a work", "a note"),
            "annotation" => self.wrong("item", "a work", "an annotation"),
            _ => false,
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
