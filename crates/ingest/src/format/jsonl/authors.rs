//! Authors, in the shapes JSON gives them: one text, a list of texts, of
//! objects, or of lists `[family, given, suffix]` as in `authors_parsed`.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::person;
use super::value::{NAME_KEYS, Value, ValueSeed};
use crate::draft::{RawAuthor, RawName};

/// What an `authors` value came to.
#[derive(Debug, Default)]
pub(super) struct Authors {
    pub(super) list: Vec<RawAuthor>,
    /// Who counts where there is no author: the presenter, the inventor.
    pub(super) instead: Vec<RawAuthor>,
    /// The kind of a value that can be no author.
    pub(super) wrong: Option<&'static str>,
}

impl Authors {
    /// Europe PMC ends names in one text with a period; in it they have none.
    pub(super) fn drop_stop(&mut self) {
        if let [RawAuthor { name, .. }] = self.list.as_mut_slice()
            && let RawName::List(names) = name
        {
            names.truncate(names.trim_end().trim_end_matches('.').len());
        }
    }
}

impl<'de> Deserialize<'de> for Authors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Authors, D::Error> {
        let mut authors = Authors::default();
        let level = Level {
            authors: &mut authors,
            place: Place::Whole,
        };
        deserializer.deserialize_any(level)?;
        if authors.list.is_empty() {
            authors.list = std::mem::take(&mut authors.instead);
        }
        Ok(authors)
    }
}

/// Reads the value itself, or what is in its list.
pub(super) struct Level<'a> {
    pub(super) authors: &'a mut Authors,
    pub(super) place: Place,
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// It is all there is.
    Whole,
    /// It is one of a list.
    Item,
    /// It stands in an object, `{"author": …}`: one name or a list.
    Within,
}

impl Level<'_> {
    fn wrong<E>(self, kind: &'static str) -> Result<(), E> {
        self.authors.wrong = Some(kind);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("authors")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.wrong("true or false")
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.wrong("a number")
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.wrong("a number")
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.wrong("a number")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        if self.place != Place::Whole {
            self.authors.list.push(RawName::One(text.to_owned()).into());
        } else if let Some(names) = barred(text) {
            self.authors.list.extend(names);
        } else {
            self.authors
                .list
                .push(RawName::List(text.to_owned()).into());
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if self.place != Place::Item {
            while let Some(()) = seq.next_element_seed(Level {
                authors: &mut *self.authors,
                place: Place::Item,
            })? {}
            return Ok(());
        }
        // arXiv: family, given, suffix; then affiliations.
        let mut parts: [String; 3] = Default::default();
        let mut n_parts = 0;
        while let Some(value) = seq.next_element_seed(ValueSeed(NAME_KEYS))? {
            if let (Some(part), Value::Text(text)) = (parts.get_mut(n_parts), value) {
                *part = text;
            }
            n_parts += 1;
        }
        let [family, given, suffix] = parts;
        self.authors.list.push(
            RawName::Parts {
                family,
                given,
                particle: String::new(),
                suffix,
            }
            .into(),
        );
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        person::read(map, self.authors)
    }
}

/// Names as the Python package `pubmed_parser` prints them,
/// `family|given|initials|…;family|…`.
fn barred(text: &str) -> Option<Vec<RawAuthor>> {
    let names = text
        .split(';')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let names = names.map(|name| {
        let mut parts = name.split('|').map(str::trim);
        let (family, given, initials) = (parts.next()?, parts.next()?, parts.next()?);
        let given = if given.is_empty() { initials } else { given };
        let name = RawName::Parts {
            family: family.to_owned(),
            given: given.to_owned(),
            particle: String::new(),
            suffix: String::new(),
        };
        Some(RawAuthor::from(name))
    });
    names.collect()
}
