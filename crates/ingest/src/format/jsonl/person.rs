//! One author's object, as catalogues write it: names whole or in parts,
//! under a dozen keys, and what the person did.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::authors::{Authors, Level, Place};
use super::keys::{buffer, simplified};
use super::typed::Typed;
use super::value::{NAME_KEYS, ValueSeed};
use crate::draft::{RawAuthor, RawName};
use crate::format::dblp;

/// What a key of an author's object is about.
enum Part {
    Name,
    Text,
    Family,
    Given,
    Middle,
    Initials,
    Particle,
    Suffix,
    Collective,
    Orcid,
    Ids,
    Role,
    NameType,
    Within,
    Other,
}

/// What a person did for a work.
#[derive(PartialEq)]
enum Role {
    Author,
    /// An author where there is none: each kind of work has its own.
    Instead,
    Other,
}

/// The roles of Zotero that make no author of anything
/// (<https://www.zotero.org/support/kb/item_types_and_fields>).
const OTHER_ROLES: &[&str] = &[
    "attorneyagent",
    "bookauthor",
    "castmember",
    "commenter",
    "contributor",
    "cosponsor",
    "counsel",
    "editor",
    "guest",
    "interviewer",
    "producer",
    "recipient",
    "reviewedauthor",
    "scriptwriter",
    "serieseditor",
    "translator",
];

impl Role {
    fn of(name: &str) -> Role {
        match simplified(name.trim(), &mut buffer()) {
            "" | "author" => Role::Author,
            other if OTHER_ROLES.contains(&other) => Role::Other,
            _ => Role::Instead,
        }
    }
}

/// Reads one author's object, or an object that holds authors.
pub(super) fn read<'de, A: MapAccess<'de>>(
    mut map: A,
    authors: &mut Authors,
) -> Result<(), A::Error> {
    let [mut name, mut collective] = <[String; 2]>::default();
    let [mut family, mut given, mut middle, mut initials] = <[String; 4]>::default();
    let [mut particle, mut suffix] = <[String; 2]>::default();
    let [mut role, mut name_type] = <[String; 2]>::default();
    let mut orcid = None;
    let mut within = Authors::default();
    while let Some(part) = map.next_key::<Part>()? {
        match part {
            Part::Ids => {
                let ids: Typed = map.next_value()?;
                orcid = orcid.or(ids.of("orcid").map(str::to_owned));
                continue;
            }
            Part::Within => {
                let level = Level {
                    authors: &mut within,
                    place: Place::Within,
                };
                map.next_value_seed(level)?;
                continue;
            }
            _ => {}
        }
        let value = map.next_value_seed(ValueSeed(NAME_KEYS))?;
        // S2ORC has a list of middle names.
        let mut texts = Vec::new();
        value.texts(&mut texts);
        let mut text = texts.join(" ");
        let slot = match part {
            Part::Name => &mut name,
            Part::Text => {
                text = dblp::without_number(&text).to_owned();
                &mut name
            }
            Part::Family => &mut family,
            Part::Given => &mut given,
            Part::Middle => &mut middle,
            Part::Initials => &mut initials,
            Part::Particle => &mut particle,
            Part::Suffix => &mut suffix,
            Part::Collective => &mut collective,
            Part::Orcid => orcid.get_or_insert_default(),
            Part::Role => &mut role,
            Part::NameType => &mut name_type,
            Part::Ids | Part::Within | Part::Other => continue,
        };
        if slot.is_empty() {
            *slot = text;
        }
    }
    let is_empty = |text: &str| text.trim().is_empty();
    let name = if !is_empty(&family) {
        if is_empty(&given) {
            given = initials;
        } else if !is_empty(&middle) {
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
        match name_type.eq_ignore_ascii_case("organizational") {
            true => RawName::Collective(name),
            false => RawName::One(name),
        }
    } else if !is_empty(&collective) {
        RawName::Collective(collective)
    } else if !is_empty(&given) {
        RawName::One(given)
    } else {
        if let ([author], Some(_)) = (within.list.as_mut_slice(), &orcid) {
            author.orcid = author.orcid.take().or(orcid);
        }
        authors.list.append(&mut within.list);
        authors.instead.append(&mut within.instead);
        return Ok(());
    };
    let author = RawAuthor { name, orcid };
    match Role::of(&role) {
        Role::Author => authors.list.push(author),
        Role::Instead => authors.instead.push(author),
        Role::Other => {}
    }
    Ok(())
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
            "name" | "fullname" | "displayname" | "literal" | "authorname" => Part::Name,
            // DBLP numbers those of one name.
            "text" => Part::Text,
            "family" | "familyname" | "last" | "lastname" | "surname" => Part::Family,
            "given" | "givenname" | "givennames" | "first" | "firstname" | "forename"
            | "forenames" => Part::Given,
            "middle" | "middlename" | "middlenames" => Part::Middle,
            "initials" => Part::Initials,
            "particle" | "nondroppingparticle" | "droppingparticle" => Part::Particle,
            "suffix" => Part::Suffix,
            "collective" | "collectivename" | "group" => Part::Collective,
            "orcid" => Part::Orcid,
            "authorid" | "ids" | "nameidentifiers" => Part::Ids,
            "creatortype" => Part::Role,
            "nametype" => Part::NameType,
            // `{"author": "Name"}`, `{"author": [{…}, {…}]}`.
            "author" => Part::Within,
            _ => Part::Other,
        })
    }
}
