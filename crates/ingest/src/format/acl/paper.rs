//! `meta` and `paper`.

use abs_record::Date;

use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::xml::Cursor;
use crate::ids;

/// What all papers of a volume share.
#[derive(Default)]
pub(super) struct Meta {
    venue: Option<String>,
    year: String,
    month: String,
}

impl Meta {
    /// Reads `meta`.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Meta, ReadErrorKind> {
        let mut meta = Meta::default();
        let mut journal = None;
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "booktitle" => meta.venue = Some(cursor.text()?),
                "journal-title" => journal = Some(cursor.text()?),
                "year" => meta.year = cursor.text()?,
                "month" => meta.month = cursor.text()?,
                _ => {}
            }
        }
        meta.venue = journal.or(meta.venue);
        Ok(meta)
    }
}

/// Reads `paper`.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    meta: &Meta,
    id: Option<String>,
) -> Result<Draft, ReadErrorKind> {
    let mut draft = Draft {
        venue: meta.venue.clone(),
        ..Draft::default()
    };
    let (mut year, mut month) = (meta.year.clone(), meta.month.clone());
    let mut url = None;
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "title" => draft.title = Some(cursor.text()?),
            "author" => {
                let orcid = tag.attribute("orcid");
                let name = name(cursor)?;
                draft.authors.push(RawAuthor { name, orcid });
            }
            "abstract" => draft.abstract_text = Some(cursor.text()?),
            "booktitle" | "journal" => draft.venue = Some(cursor.text()?),
            "year" => year = cursor.text()?,
            "month" => month = cursor.text()?,
            "doi" => draft.doi = Some(cursor.text()?),
            "url" => url = Some(cursor.text()?),
            "language" => draft.language = Some(cursor.text()?),
            _ => {}
        }
    }
    draft.date = date(year.trim(), month.trim());
    draft.url = match (url.as_deref().map(str::trim), &id) {
        (Some(url), _) if url.contains("://") => Some(url.to_owned()),
        // The current form has the id alone.
        (Some(id), _) if !id.is_empty() => Some(format!("https://aclanthology.org/{id}")),
        (_, Some(id)) => Some(format!("https://aclanthology.org/{id}")),
        (_, None) => None,
    };
    draft.id = id.map(|id| format!("ACL:{id}"));
    Ok(draft)
}

/// A month may be `August`, `July 15`, `May-June`, `15--20 August`.
fn date(year: &str, month: &str) -> Option<Date> {
    let year_alone = ids::date(year)?;
    let month = month
        .split(|c: char| !c.is_alphabetic())
        .find_map(abs_record::date::month_of);
    Date::new(year_alone.year(), month, None).or(Some(year_alone))
}

/// A name in parts, or as one text.
fn name(cursor: &mut Cursor<'_>) -> Result<RawName, ReadErrorKind> {
    let mut probe = cursor.clone();
    let (mut family, mut given) = (String::new(), String::new());
    let mut has_parts = false;
    let level = probe.level();
    while let Some(tag) = probe.child(level)? {
        match tag.name() {
            "first" => given = probe.text()?,
            "last" => family = probe.text()?,
            _ => continue,
        }
        has_parts = true;
    }
    if !has_parts {
        return Ok(RawName::One(cursor.text()?));
    }
    Ok(RawName::Parts {
        family,
        given,
        particle: String::new(),
        suffix: String::new(),
    })
}
