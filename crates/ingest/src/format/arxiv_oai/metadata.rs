//! What is inside of `metadata`.

use super::creator;
use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::xml::{Cursor, Tag};
use crate::ids;

/// Reads `arXiv`, `arXivRaw` or `dc`; whether it is one of them.
pub(super) fn read(
    tag: &Tag<'_>,
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
) -> Result<bool, ReadErrorKind> {
    match tag.name() {
        "arXiv" | "arXivRaw" | "arXivOld" => arxiv(cursor, draft)?,
        "dc" => dublin_core(cursor, draft)?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn arxiv(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "id" => draft.arxiv = Some(cursor.text()?),
            "created" => draft.date = ids::date(&cursor.text()?),
            "authors" => authors(cursor, draft)?,
            "title" => draft.title = Some(cursor.text()?),
            "categories" => {
                let classes = cursor.text()?;
                draft.categories = classes.split_whitespace().map(str::to_owned).collect();
            }
            "abstract" => draft.abstract_text = Some(cursor.text()?),
            "doi" => draft.doi = Some(cursor.text()?),
            "journal-ref" => draft.venue = Some(cursor.text()?),
            // `arXivRaw`: the date of the first version.
            "version" if draft.date.is_none() => {
                let level = cursor.level();
                while let Some(tag) = cursor.child(level)? {
                    if tag.name() == "date" {
                        draft.date = ids::date(&cursor.text()?);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// `author` elements, or as `arXivRaw` has it one text.
fn authors(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    let mut probe = cursor.clone();
    let level = probe.level();
    let mut is_list = false;
    while let Some(tag) = probe.child(level)? {
        is_list = true;
        if tag.name() == "author" {
            author(&mut probe, &mut draft.authors)?;
        }
    }
    if !is_list {
        let names = cursor.text()?;
        draft.authors.push(RawName::List(names).into());
    }
    Ok(())
}

fn author(cursor: &mut Cursor<'_>, authors: &mut Vec<RawAuthor>) -> Result<(), ReadErrorKind> {
    let [mut family, mut given, mut suffix] = [const { String::new() }; 3];
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "keyname" => family = cursor.text()?,
            "forenames" => given = cursor.text()?,
            "suffix" => suffix = cursor.text()?,
            _ => {}
        }
    }
    // A lone `:` stands between a collaboration and its members.
    if ![&family, &given]
        .iter()
        .any(|name| name.contains(char::is_alphanumeric))
    {
        return Ok(());
    }
    if given.trim().is_empty() && suffix.trim().is_empty() {
        authors.extend(creator::on_behalf(&family).into_iter().map(RawAuthor::from));
    } else {
        let particle = String::new();
        authors.push(
            RawName::Parts {
                family,
                given,
                particle,
                suffix,
            }
            .into(),
        );
    }
    Ok(())
}

/// Dublin Core (<https://www.dublincore.org/specifications/dublin-core/dces/>).
/// The first description is the abstract, the first date the earliest.
fn dublin_core(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        let name = tag.name();
        let wanted = [
            "title",
            "creator",
            "subject",
            "description",
            "date",
            "identifier",
            "language",
            "source",
            "relation",
        ];
        if !wanted.contains(&name) {
            continue;
        }
        let text = cursor.text()?;
        if text.trim().is_empty() {
            continue;
        }
        match name {
            "title" => _ = draft.title.get_or_insert(text),
            "creator" => draft
                .authors
                .extend(creator::names(&text).into_iter().map(RawAuthor::from)),
            "subject" => {
                let terms = text.split(';').map(|term| term.trim().to_owned());
                draft.keywords.extend(terms);
            }
            "description" => _ = draft.abstract_text.get_or_insert(text),
            "date" => {
                draft.date = draft
                    .date
                    .into_iter()
                    .chain(ids::date(&text))
                    .min_by_key(|date| date.ymd())
            }
            "language" => _ = draft.language.get_or_insert(text),
            "source" => _ = draft.venue.get_or_insert(text),
            _ => identifier(text, draft),
        }
    }
    Ok(())
}

fn identifier(text: String, draft: &mut Draft) {
    let trimmed = text.trim();
    if trimmed.contains("arxiv.org/") || trimmed.starts_with("arXiv:") {
        draft.arxiv = draft.arxiv.take().or_else(|| ids::arxiv(trimmed));
    }
    if trimmed.contains("10.") && ids::doi(trimmed).is_some() {
        draft.doi.get_or_insert(text);
    } else if trimmed.starts_with("http") {
        draft.url.get_or_insert(text);
    }
}
