//! Values that say of what kind they are, `[{"type": "orcid", "value": "0000-…"}]`,
//! as Europe PMC, Lens and DataCite have them for ids, dates and descriptions.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::keys::{buffer, simplified};
use super::nested::IfObject;
use super::value::Value;

/// What each value says of itself, and the value; what says neither is left
/// out.
#[derive(Debug, Default)]
pub(super) struct Typed(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    kind: String,
    value: String,
}

impl Typed {
    /// The first value of a kind.
    pub(super) fn of(&self, kind: &str) -> Option<&str> {
        let mut entries = self.0.iter();
        let entry = entries.find(|entry| entry.kind.trim().eq_ignore_ascii_case(kind))?;
        Some(&entry.value)
    }
}

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Typed, D::Error> {
        deserializer.deserialize_any(TypedVisitor)
    }
}

struct TypedVisitor;

impl<'de> Visitor<'de> for TypedVisitor {
    type Value = Typed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Typed, A::Error> {
        let mut typed = Typed::default();
        while let Some(IfObject(entry)) = seq.next_element::<IfObject<MaybeEntry>>()? {
            typed.0.extend(entry.and_then(|entry| entry.0));
        }
        Ok(typed)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Typed, A::Error> {
        let entry = EntryVisitor.visit_map(map)?.0;
        Ok(Typed(entry.into_iter().collect()))
    }

    fn visit_unit<E>(self) -> Result<Typed, E> {
        Ok(Typed::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Typed, E> {
        Ok(Typed::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Typed, E> {
        Ok(Typed::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Typed, E> {
        Ok(Typed::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Typed, E> {
        Ok(Typed::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Typed, E> {
        Ok(Typed::default())
    }
}

struct MaybeEntry(Option<Entry>);

impl<'de> Deserialize<'de> for MaybeEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<MaybeEntry, D::Error> {
        deserializer.deserialize_map(EntryVisitor)
    }
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = MaybeEntry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<MaybeEntry, A::Error> {
        let (mut kind, mut value) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            let slot = match simplified(&key, &mut buffer()) {
                "type" | "datetype" | "descriptiontype" | "nameidentifierscheme" => &mut kind,
                "value" | "id" | "date" | "description" | "nameidentifier" => &mut value,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let text = map.next_value::<Value>()?.first_text();
            *slot = slot.take().or(text);
        }
        let entry = kind.zip(value).map(|(kind, value)| Entry { kind, value });
        Ok(MaybeEntry(entry))
    }
}
