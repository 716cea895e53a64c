//! `Article` as publishers send it to PubMed.

use super::{add_part, date};
use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::xml::{Cursor, Tag};
use crate::ids;

/// An `Article` of an `ArticleSet`.
pub(super) fn article(cursor: &mut Cursor<'_>) -> Result<Draft, ReadErrorKind> {
    let mut draft = Draft::default();
    let (mut vernacular, mut other_abstract) = (None, None);
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "Journal" => journal(cursor, &mut draft)?,
            "ArticleTitle" => draft.title = Some(cursor.text()?),
            "VernacularTitle" => vernacular = Some(cursor.text()?),
            "ELocationID" => id(&tag, "EIdType", cursor, &mut draft)?,
            "Language" if draft.language.is_none() => draft.language = Some(cursor.text()?),
            "AuthorList" | "GroupList" => authors(cursor, &mut draft)?,
            "ArticleIdList" => {
                let level = cursor.level();
                while let Some(tag) = cursor.child(level)? {
                    id(&tag, "IdType", cursor, &mut draft)?;
                }
            }
            "Abstract" => draft.abstract_text = Some(abstract_text(cursor)?),
            "OtherAbstract" if other_abstract.is_none() => {
                other_abstract = Some(abstract_text(cursor)?).filter(|text| !is_blank(text));
            }
            "ObjectList" => keywords(cursor, &mut draft)?,
            _ => {}
        }
    }
    if draft
        .title
        .as_ref()
        .is_none_or(|title| title.trim().is_empty())
    {
        draft.title = vernacular;
    }
    let own = draft.abstract_text.filter(|text| !is_blank(text));
    draft.abstract_text = own.or(other_abstract);
    draft.id = draft.pmid.as_ref().map(|pmid| format!("pmid:{pmid}"));
    Ok(draft)
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn journal(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "JournalTitle" => draft.venue = Some(cursor.text()?),
            "PubDate" => draft.date = date(cursor)?.or(draft.date),
            _ => {}
        }
    }
    Ok(())
}

fn id(
    tag: &Tag<'_>,
    kind: &str,
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
) -> Result<(), ReadErrorKind> {
    match tag.attribute(kind).as_deref() {
        Some("doi") if draft.doi.is_none() => {
            draft.doi = Some(cursor.text()?).filter(|doi| ids::doi(doi).is_some());
        }
        Some("pubmed") => draft.pmid = ids::pmid(&cursor.text()?),
        _ => {}
    }
    Ok(())
}

fn authors(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "Author" => draft.authors.push(author(cursor)?),
            "Group" => {
                let level = cursor.level();
                while let Some(tag) = cursor.child(level)? {
                    if tag.name() == "GroupName" {
                        draft
                            .authors
                            .push(RawName::Collective(cursor.text()?).into());
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn author(cursor: &mut Cursor<'_>) -> Result<RawAuthor, ReadErrorKind> {
    let [mut first, mut middle, mut family, mut suffix] = [const { String::new() }; 4];
    let (mut collective, mut orcid) = (None, None);
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "FirstName" => first = cursor.text()?,
            "MiddleName" => middle = cursor.text()?,
            "LastName" => family = cursor.text()?,
            "Suffix" => suffix = cursor.text()?,
            "CollectiveName" => collective = Some(cursor.text()?),
            "Identifier" if tag.is("Source", "ORCID") => orcid = Some(cursor.text()?),
            _ => {}
        }
    }
    let name = match collective {
        Some(name) if family.trim().is_empty() => RawName::Collective(name),
        _ => RawName::Parts {
            family,
            given: format!("{} {}", first.trim(), middle.trim()),
            particle: String::new(),
            suffix,
        },
    };
    Ok(RawAuthor { name, orcid })
}

/// Plain text, or labelled parts; what is both is read as one text.
fn abstract_text(cursor: &mut Cursor<'_>) -> Result<String, ReadErrorKind> {
    // A label can only be had with its part, plain text only as a whole.
    let mut probe = cursor.clone();
    let mut parts = String::new();
    let mut n_bytes = 0;
    let level = probe.level();
    while let Some(tag) = probe.child(level)? {
        if tag.name() == "AbstractText" {
            let label = tag.attribute("Label");
            let text = probe.text()?;
            n_bytes += n_shown(&text);
            add_part(&mut parts, label, &text);
        }
    }
    let whole = cursor.text()?;
    Ok(if n_shown(&whole) > n_bytes {
        whole
    } else {
        parts
    })
}

/// Bytes that are no blanks.
fn n_shown(text: &str) -> usize {
    text.split_whitespace().map(str::len).sum()
}

fn keywords(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if tag.is("Type", "keyword") {
            let level = cursor.level();
            while let Some(tag) = cursor.child(level)? {
                if tag.is("Name", "value") {
                    draft.keywords.push(cursor.text()?);
                }
            }
        }
    }
    Ok(())
}
