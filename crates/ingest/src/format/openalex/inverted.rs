//! Abstracts as OpenAlex gives them: each word with the positions it stands
//! at, `{"Deep": [0], "learning": [1, 7]}`; older files have it in an object
//! with the length, or as JSON within a string.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

/// The text of an abstract, `None` where there is none.
#[derive(Debug, Default)]
pub(super) struct Inverted(pub(super) Option<String>);

/// A word's number and one of its positions. Words are put in order by
/// sorting and not into a list as long as the largest position, which can be
/// any number.
type Places = Vec<(u64, usize)>;

impl<'de> Deserialize<'de> for Inverted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Inverted, D::Error> {
        deserializer.deserialize_any(IndexVisitor)
    }
}

struct IndexVisitor;

impl<'de> Visitor<'de> for IndexVisitor {
    type Value = Inverted;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("words with their positions")
    }

    fn visit_unit<E>(self) -> Result<Inverted, E> {
        Ok(Inverted(None))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Inverted, E> {
        if !text.trim_start().starts_with('{') {
            let text = text.trim();
            return Ok(Inverted((!text.is_empty()).then(|| text.to_owned())));
        }
        serde_json::from_str(text).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Inverted, A::Error> {
        let mut words: Vec<String> = Vec::new();
        let mut places = Places::new();
        while let Some(word) = map.next_key::<String>()? {
            let value = PlacesSeed {
                places: &mut places,
                word: words.len(),
            };
            if let Some(inner) = map.next_value_seed(value)? {
                return rest(map, inner);
            }
            words.push(word);
        }
        places.sort_unstable();
        let mut text = String::new();
        for (_, word) in places {
            let word = words
                .get(word)
                .ok_or_else(|| A::Error::custom("no such word"))?;
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        Ok(Inverted((!text.is_empty()).then_some(text)))
    }
}

/// Passes what follows the index in the object around it.
fn rest<'de, A: MapAccess<'de>>(mut map: A, found: Inverted) -> Result<Inverted, A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(found)
}

/// Reads the positions of a word, or an index further in.
struct PlacesSeed<'a> {
    places: &'a mut Places,
    word: usize,
}

impl<'de> DeserializeSeed<'de> for PlacesSeed<'_> {
    type Value = Option<Inverted>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PlacesSeed<'_> {
    type Value = Option<Inverted>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of positions")
    }

    /// The length, which says nothing new.
    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while let Some(place) = seq.next_element()? {
            self.places.push((place, self.word));
        }
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        IndexVisitor.visit_map(map).map(Some)
    }
}
