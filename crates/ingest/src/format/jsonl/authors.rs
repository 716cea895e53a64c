//! Authors, in the shapes JSON gives them: one text, a list of texts, of
//! objects, or of lists `[family, given, suffix]` as in `authors_parsed`.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::keys::{buffer, simplified};
use super::value::{NAME_KEYS, Value, ValueSeed};
use crate::draft::{RawAuthor, RawName};

/// What an `authors` value came to.
#[derive(Debug, Default)]
pub(super) struct Authors {
    pub(super) list: Vec<RawAuthor>,
    /// The kind of a value that can be no author.
    pub(super) wrong: Option<&'static str>,
}

impl<'de> Deserialize<'de> for Authors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Authors, D::Error> {
        let mut authors = Authors::default();
        let level = Level {
            authors: &mut authors,
            in_list: false,
        };
        deserializer.deserialize_any(level)?;
        Ok(authors)
    }
}

/// Reads the value itself, or what is in its list.
struct Level<'a> {
    authors: &'a mut Authors,
    in_list: bool,
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
        if self.in_list {
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
        if !self.in_list {
            while let Some(()) = seq.next_element_seed(Level {
                authors: &mut *self.authors,
                in_list: true,
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
        let author = author(map)?;
        self.authors.list.extend(author);
        Ok(())
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

/// What a key of an author's object is about.
enum Part {
    Name,
    Family,
    Given,
    Middle,
    Particle,
    Suffix,
    Collective,
    Orcid,
    Other,
}

/// Reads one author's object.
fn author<'de, A: MapAccess<'de>>(mut map: A) -> Result<Option<RawAuthor>, A::Error> {
    let mut name = String::new();
    let mut collective = String::new();
    let [mut family, mut given, mut middle] = <[String; 3]>::default();
    let [mut particle, mut suffix] = <[String; 2]>::default();
    let mut orcid = None;
    while let Some(part) = map.next_key::<Part>()? {
        let value = map.next_value_seed(ValueSeed(NAME_KEYS))?;
        let slot = match part {
            Part::Name => &mut name,
            Part::Family => &mut family,
            Part::Given => &mut given,
            Part::Middle => &mut middle,
            Part::Particle => &mut particle,
            Part::Suffix => &mut suffix,
            Part::Collective => &mut collective,
            Part::Orcid => orcid.get_or_insert_default(),
            Part::Other => continue,
        };
        // S2ORC has a list of middle names.
        let mut texts = Vec::new();
        value.texts(&mut texts);
        if slot.is_empty() {
            *slot = texts.join(" ");
        }
    }
    let is_empty = |text: &str| text.trim().is_empty();
    let name = if !is_empty(&family) {
        if !is_empty(&middle) {
            given.push(' ');
            given.push_str(&middle);
        }
        RawName::Parts {
            family,
            given,
            particle,
            suffix,
        }
    } else if !is_empty(&name) {
        RawName::One(name)
    } else if !is_empty(&collective) {
        RawName::Collective(collective)
    } else if !is_empty(&given) {
        RawName::One(given)
    } else {
        return Ok(None);
    };
    Ok(Some(RawAuthor { name, orcid }))
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Part, D::Error> {
        deserializer.deserialize_str(PartVisitor)
    }
}

struct PartVisitor;

impl Visitor<'_> for PartVisitor {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Part, E> {
        Ok(match simplified(name, &mut buffer()) {
            "name" | "fullname" | "displayname" | "literal" | "author" | "authorname" => Part::Name,
            "family" | "familyname" | "last" | "lastname" | "surname" => Part::Family,
            "given" | "givenname" | "givennames" | "first" | "firstname" | "forename"
            | "forenames" => Part::Given,
            "middle" | "middlename" | "middlenames" => Part::Middle,
            "particle" | "nondroppingparticle" | "droppingparticle" => Part::Particle,
            "suffix" => Part::Suffix,
            "collective" | "collectivename" | "group" => Part::Collective,
            "orcid" => Part::Orcid,
            _ => Part::Other,
        })
    }
}
