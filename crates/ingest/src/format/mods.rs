//! MODS (<https://www.loc.gov/standards/mods/userguide/>), which libraries,
//! repositories, Zotero and JabRef give.

mod name;

use std::io::BufRead;
use std::path::Path;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::draft::Draft;
use crate::error::ReadErrorKind;
use crate::ids;

/// MODS.
#[derive(Debug, Clone, Copy)]
pub struct Mods;

impl Format for Mods {
    fn name(&self) -> &'static str {
        "MODS XML"
    }

    fn source(&self) -> &'static str {
        "mods"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match Root::find(head) {
            Some(root) if matches!(root.name.as_str(), "mods" | "modsCollection") => {
                Confidence::Certain
            }
            _ => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        xml::open(Reader, input, path)
    }
}

struct Reader;

impl Dialect for Reader {
    const WANTED: Wanted = Wanted {
        elements: &["mods"],
        tags: &[],
        breaks: &["mods"],
    };

    fn element(
        &mut self,
        _: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        found.draft(read(cursor)?);
        Ok(())
    }
}

/// The record just entered.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Draft, ReadErrorKind> {
    let mut draft = Draft::default();
    // What a work is in says when it came out, where it does not itself.
    let mut host = Draft::default();
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "titleInfo" => title(&tag, cursor, &mut draft.title)?,
            "name" => draft.authors.extend(name::read(&tag, cursor)?),
            "originInfo" => issued(cursor, &mut draft)?,
            "abstract" => {
                let text = cursor.text()?;
                draft.abstract_text.get_or_insert(text);
            }
            "subject" => subjects(cursor, &mut draft.keywords)?,
            "language" => within(cursor, "languageTerm", &mut |tag, text| {
                if draft.language.is_none() || tag.is("type", "code") {
                    draft.language = Some(text);
                }
            })?,
            "identifier" => identifier(&tag, cursor.text()?, &mut draft),
            "location" => within(cursor, "url", &mut |_, text| {
                draft.url.get_or_insert(text);
            })?,
            "relatedItem" if tag.is("type", "host") => related(cursor, &mut host)?,
            _ => {}
        }
    }
    draft.date = draft.date.or(host.date);
    draft.venue = host.title;
    Ok(draft)
}

/// `titleInfo`: an article that is not sorted by, a title, what is below it.
/// Those of a type are translated, abbreviated or other titles.
fn title(
    tag: &Tag<'_>,
    cursor: &mut Cursor<'_>,
    title: &mut Option<String>,
) -> Result<(), ReadErrorKind> {
    if tag.attribute("type").is_some_and(|kind| kind != "uniform") || title.is_some() {
        return Ok(());
    }
    let mut text = String::new();
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        let separator = match tag.name() {
            "nonSort" | "title" => " ",
            "subTitle" => ": ",
            "partNumber" | "partName" => ". ",
            _ => continue,
        };
        let part = cursor.text()?;
        let part = part.trim();
        if text.is_empty() || part.is_empty() {
            text.push_str(part);
            continue;
        }
        // `L'` stands before its word.
        if !(separator == " " && text.ends_with(['\'', '’'])) {
            text.push_str(separator);
        }
        text.push_str(part);
    }
    *title = Some(text).filter(|text| !text.is_empty());
    Ok(())
}

fn issued(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    let mut other = None;
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "dateIssued" if !tag.is("point", "end") => {
                let date = ids::date(&cursor.text()?);
                // Once for people and once for programs, which is more exact.
                draft.date = draft
                    .date
                    .into_iter()
                    .chain(date)
                    .max_by_key(|date| date.ymd());
            }
            "copyrightDate" | "dateCreated" if other.is_none() => {
                other = ids::date(&cursor.text()?);
            }
            _ => {}
        }
    }
    draft.date = draft.date.or(other);
    Ok(())
}

/// What the work is in.
fn related(cursor: &mut Cursor<'_>, host: &mut Draft) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "titleInfo" => title(&tag, cursor, &mut host.title)?,
            "originInfo" => issued(cursor, host)?,
            "part" => within(cursor, "date", &mut |_, text| {
                host.date = ids::date(&text).or(host.date);
            })?,
            _ => {}
        }
    }
    Ok(())
}

fn subjects(cursor: &mut Cursor<'_>, keywords: &mut Vec<String>) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if matches!(tag.name(), "topic" | "geographic") {
            let text = cursor.text()?;
            keywords.extend(text.split(';').map(|term| term.trim().to_owned()));
        }
    }
    Ok(())
}

fn identifier(tag: &Tag<'_>, text: String, draft: &mut Draft) {
    if tag.is("invalid", "yes") {
        return;
    }
    let kind = tag
        .attribute("type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    match kind.as_str() {
        "doi" => _ = draft.doi.get_or_insert(text),
        "pmid" | "pubmed" => _ = draft.pmid.get_or_insert(text),
        "arxiv" => _ = draft.arxiv.get_or_insert(text),
        "uri" | "hdl" => {
            draft.doi = draft.doi.take().or_else(|| ids::doi_of_address(&text));
            if text.trim().starts_with("http") {
                draft.url.get_or_insert(text);
            }
        }
        _ => {}
    }
}

/// The children of this name, with their texts.
fn within(
    cursor: &mut Cursor<'_>,
    name: &str,
    each: &mut dyn FnMut(&Tag<'_>, String),
) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if tag.name() == name {
            let text = cursor.text()?;
            each(&tag, text);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
