//! `contrib-group`: who wrote an article.
//!
//! PubMed Central shows a group where it stands among the authors, and its
//! members behind it; so they are authors in this order.

use rustc_hash::FxHashSet;

use crate::draft::{RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::xml::{Cursor, Tag};

/// How many groups may be members of one another: each level is read over
/// once more for its name.
const MAX_GROUPS: usize = 4;

/// The authors of an article.
#[derive(Default)]
pub(super) struct Authors {
    found: Vec<RawAuthor>,
    /// How many groups the cursor is in.
    depth: usize,
    has_members: bool,
}

impl Authors {
    /// Reads a `contrib-group`, just entered: contributors that are authors,
    /// or of no kind.
    pub(super) fn group(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            let kind = tag.attribute("contrib-type");
            let is_author =
                kind.is_none_or(|kind| matches!(kind.as_str(), "author" | "collab" | "group"));
            match tag.name() {
                "contrib" if is_author => self.contributor(cursor)?,
                // Older files have a group's name beside the others.
                "collab" => {
                    let mut members = cursor.clone();
                    let name = RawName::Collective(collective(cursor)?);
                    self.found.push(name.into());
                    self.members(&mut members)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The authors in their order, nobody twice because they belong to a
    /// group that lists its members.
    pub(super) fn finish(mut self) -> Vec<RawAuthor> {
        if self.has_members {
            let mut seen = FxHashSet::default();
            self.found.retain(|author| match &author.name {
                RawName::Parts { family, given, .. } => {
                    let [family, given] = [family, given].map(|part| part.trim().to_owned());
                    seen.insert((family, given))
                }
                _ => true,
            });
        }
        self.found
    }

    fn contributor(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let (mut found, mut orcid, mut members) = (None, None, None);
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "contrib-id" if tag.is("contrib-id-type", "orcid") => orcid = Some(cursor.text()?),
                "name-alternatives" | "collab-alternatives" if found.is_none() => {
                    members = Some(cursor.clone());
                    found = alternatives(cursor)?;
                }
                _ if found.is_none() => {
                    members = Some(cursor.clone());
                    found = any_name(&tag, cursor)?;
                }
                _ => {}
            }
        }
        let is_group = matches!(found, Some(RawName::Collective(_)));
        self.found
            .extend(found.map(|name| RawAuthor { name, orcid }));
        if let Some(mut members) = members.filter(|_| is_group) {
            self.members(&mut members)?;
        }
        Ok(())
    }

    /// Those a `collab`, just entered, lists inside.
    fn members(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        if self.depth == MAX_GROUPS {
            return Ok(());
        }
        self.depth += 1;
        let n_before = self.found.len();
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "contrib-group" => self.group(cursor)?,
                // One of several forms of the group's name may have them.
                "collab" if self.found.len() == n_before => self.members(cursor)?,
                _ => {}
            }
        }
        self.has_members |= self.found.len() > n_before;
        self.depth -= 1;
        Ok(())
    }
}

/// The name in an element, if it is one.
fn any_name(tag: &Tag<'_>, cursor: &mut Cursor<'_>) -> Result<Option<RawName>, ReadErrorKind> {
    Ok(match tag.name() {
        "name" => Some(name(cursor)?),
        "string-name" => Some(string_name(cursor)?),
        "collab" | "on-behalf-of" => Some(RawName::Collective(collective(cursor)?)),
        _ => None,
    })
}

/// One name in several scripts: the English form, else the first in Latin
/// letters, else the first that has something in it.
fn alternatives(cursor: &mut Cursor<'_>) -> Result<Option<RawName>, ReadErrorKind> {
    let mut best: Option<(u8, RawName)> = None;
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        let language = tag.attribute("xml:lang").unwrap_or_default();
        let Some(name) = any_name(&tag, cursor)? else {
            continue;
        };
        let letters = letters(&name);
        let rank = match () {
            () if letters.trim().is_empty() => continue,
            () if language.to_ascii_lowercase().starts_with("en") => 0,
            () if letters.chars().all(is_latin) => 1,
            () => 2,
        };
        if best.as_ref().is_none_or(|(other, _)| rank < *other) {
            best = Some((rank, name));
        }
    }
    Ok(best.map(|(_, name)| name))
}

fn letters(name: &RawName) -> String {
    match name {
        RawName::Parts { family, given, .. } => [family.as_str(), given].concat(),
        RawName::One(name) | RawName::Collective(name) => name.clone(),
        _ => String::new(),
    }
}

/// Whether a character is no letter of another script.
fn is_latin(c: char) -> bool {
    !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c)
}

fn name(cursor: &mut Cursor<'_>) -> Result<RawName, ReadErrorKind> {
    let [mut family, mut given, mut suffix] = [const { String::new() }; 3];
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "surname" => family = cursor.text()?,
            "given-names" => given = cursor.text()?,
            "suffix" => suffix = cursor.text()?,
            _ => {}
        }
    }
    let particle = String::new();
    Ok(RawName::Parts {
        family,
        given,
        particle,
        suffix,
    })
}

/// A name as it is printed, its parts marked or not.
fn string_name(cursor: &mut Cursor<'_>) -> Result<RawName, ReadErrorKind> {
    match name(&mut cursor.clone())? {
        RawName::Parts { family, .. } if family.trim().is_empty() => {
            Ok(RawName::One(cursor.text()?))
        }
        parts => Ok(parts),
    }
}

/// The name of a group, without its members, who may be listed inside.
fn collective(cursor: &mut Cursor<'_>) -> Result<String, ReadErrorKind> {
    let mut probe = cursor.clone();
    let level = probe.level();
    while let Some(tag) = probe.child(level)? {
        if matches!(tag.name(), "institution" | "named-content" | "collab-name") {
            return probe.text();
        }
    }
    cursor.text_without(&[
        "contrib-group",
        "contrib",
        "institution-id",
        "address",
        "aff",
        "xref",
        "email",
    ])
}
