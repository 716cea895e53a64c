//! A field's value, whatever its JSON type, with no more kept than text.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::keys::{buffer, simplified};

/// Simplified keys that are asked for, the best first, in lists that share what
/// they have in common.
pub(in crate::format) type Keys = &'static [&'static [&'static str]];

/// The keys under which an object says its name.
pub(in crate::format) const NAME_KEYS: Keys = &[NAMES];

/// The keys under which an object says which journal it is about: Europe PMC's
/// speaks of an issue, and has the journal within.
pub(super) const VENUE_KEYS: Keys = &[&["journal", "journaltitle"], NAMES];

/// The keys under which an object says which term it is.
pub(super) const TERM_KEYS: Keys = &[
    NAMES,
    &["keyword", "subject", "tag", "descriptorname", "meshheading"],
];

const NAMES: &[&str] = &[
    "name",
    "displayname",
    "title",
    "value",
    "term",
    "raw",
    "rawname",
    "label",
];

/// A value, reduced to its texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::format) enum Value {
    #[default]
    Null,
    Bool,
    /// A number as JSON writes it.
    Number(String),
    Text(String),
    List(Vec<Value>),
    /// An object and what it says under one of the wanted keys.
    Object(Option<String>),
}

impl Value {
    /// What it is, for messages.
    pub(in crate::format) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        }
    }

    /// Appends every text and number in it.
    pub(in crate::format) fn texts(self, out: &mut Vec<String>) {
        match self {
            Value::Null | Value::Bool | Value::Object(None) => {}
            Value::Number(text) | Value::Text(text) | Value::Object(Some(text)) => out.push(text),
            Value::List(values) => values.into_iter().for_each(|value| value.texts(out)),
        }
    }

    /// The first text or number in it.
    pub(in crate::format) fn first_text(self) -> Option<String> {
        match self {
            Value::Null | Value::Bool => None,
            Value::Number(text) | Value::Text(text) => Some(text),
            Value::Object(text) => text,
            Value::List(values) => values.into_iter().find_map(Value::first_text),
        }
    }
}

/// Reads a [`Value`]; objects are asked for the first of these simplified
/// keys that has a text.
pub(in crate::format) struct ValueSeed(pub(super) Keys);

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Bool)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element_seed(ValueSeed(self.0))? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut best = (usize::MAX, None);
        while let Some(rank) = map.next_key_seed(Wanted(self.0))? {
            if rank >= best.0 {
                map.next_value::<IgnoredAny>()?;
            } else if let Some(text) = map.next_value_seed(ValueSeed(self.0))?.first_text() {
                best = (rank, Some(text));
            }
        }
        Ok(Value::Object(best.1))
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueSeed(NAME_KEYS))
    }
}

/// Reads a key into its place among the wanted ones.
struct Wanted(Keys);

impl<'de> DeserializeSeed<'de> for Wanted {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Wanted {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        let mut buffer = buffer();
        let name = simplified(name, &mut buffer);
        let mut keys = self.0.iter().copied().flatten();
        let rank = keys.position(|wanted| *wanted == name);
        Ok(rank.unwrap_or(usize::MAX))
    }
}
