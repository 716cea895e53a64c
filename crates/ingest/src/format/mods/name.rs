//! `name`: a person in parts, a body, or a conference; with what it did.

use crate::draft::{RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::xml::{Cursor, Tag};

/// The name just entered, if it is an author's.
pub(super) fn read(
    tag: &Tag<'_>,
    cursor: &mut Cursor<'_>,
) -> Result<Option<RawAuthor>, ReadErrorKind> {
    let kind = tag.attribute("type").unwrap_or_default();
    let [mut whole, mut family, mut given, mut suffix, mut shown] = [const { String::new() }; 5];
    let (mut is_author, mut has_role, mut orcid) = (false, false, None);
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "namePart" => {
                let part = tag.attribute("type");
                let text = cursor.text()?;
                match part.as_deref() {
                    None => push(&mut whole, &text),
                    Some("family") => push(&mut family, &text),
                    Some("given") => push(&mut given, &text),
                    Some("termsOfAddress") if is_suffix(&text) => suffix = text,
                    // Years of a life, `Dr.`
                    Some(_) => {}
                }
            }
            "displayForm" => shown = cursor.text()?,
            "role" => {
                let level = cursor.level();
                while let Some(tag) = cursor.child(level)? {
                    if tag.name() == "roleTerm" {
                        let role = cursor.text()?.trim().to_ascii_lowercase();
                        has_role |= !role.is_empty();
                        is_author |= matches!(role.as_str(), "aut" | "author" | "cre" | "creator");
                    }
                }
            }
            "nameIdentifier" if tag.is("type", "orcid") => orcid = Some(cursor.text()?),
            _ => {}
        }
    }
    if (has_role && !is_author) || kind == "conference" {
        return Ok(None);
    }
    let name = if kind == "corporate" {
        RawName::Collective(whole)
    } else if !family.is_empty() {
        RawName::Parts {
            family,
            given,
            particle: String::new(),
            suffix,
        }
    } else if !whole.is_empty() {
        RawName::One(whole.trim_end_matches([',', ' ']).to_owned())
    } else {
        RawName::One(if shown.is_empty() { given } else { shown })
    };
    Ok(Some(RawAuthor { name, orcid }))
}

/// Given names may have a part each.
fn push(name: &mut String, part: &str) {
    let part = part.trim();
    if !name.is_empty() && !part.is_empty() {
        name.push(' ');
    }
    name.push_str(part);
}

fn is_suffix(text: &str) -> bool {
    matches!(
        text.trim(),
        "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV"
    )
}
