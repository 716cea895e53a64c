//! Objects within a record that say more about it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::object::ObjectVisitor;
use crate::draft::Draft;

/// An object within, or anything else, which means nothing.
pub(super) struct Nested(pub(super) Option<Box<Draft>>);

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Nested, D::Error> {
        deserializer.deserialize_any(NestedVisitor)
    }
}

struct NestedVisitor;

impl<'de> Visitor<'de> for NestedVisitor {
    type Value = Nested;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Nested, A::Error> {
        let object = ObjectVisitor.visit_map(map)?;
        Ok(Nested(Some(Box::new(object.draft))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Nested, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Nested(None))
    }

    fn visit_str<E>(self, _: &str) -> Result<Nested, E> {
        Ok(Nested(None))
    }

    fn visit_unit<E>(self) -> Result<Nested, E> {
        Ok(Nested(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Nested, E> {
        Ok(Nested(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Nested, E> {
        Ok(Nested(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Nested, E> {
        Ok(Nested(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Nested, E> {
        Ok(Nested(None))
    }
}
