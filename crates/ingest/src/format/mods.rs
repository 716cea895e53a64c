//! MODS, in which libraries and repositories describe what they hold
//! (<https://www.loc.gov/standards/mods/userguide/>): alone or many in
//! `modsCollection`. Not within METS, which describes every chapter.

mod part;

use std::io::BufRead;
use std::path::Path;

use self::part::{Host, each, identifier, name, subject, title};
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
    let mut other_title = None;
    let (mut host, mut series) = (Host::default(), None);
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "titleInfo" => {
                // One with a type is another form of it.
                let slot = match tag.attribute("type") {
                    None => &mut draft.title,
                    Some(_) => &mut other_title,
                };
                let found = title(cursor)?;
                *slot = slot.take().or(found);
            }
            "name" => draft.authors.extend(name(&tag, cursor)?),
            "abstract" if draft.abstract_text.is_none() => {
                draft.abstract_text = Some(cursor.text()?).filter(|text| !text.is_empty());
            }
            "originInfo" => {
                let dates = part::dates(cursor)?;
                draft.date = draft.date.or(dates);
            }
            "language" if draft.language.is_none() => {
                // Old records have the text in it.
                let mut whole = cursor.clone();
                let mut terms = Vec::new();
                each(cursor, "languageTerm", &mut terms)?;
                let term = terms.into_iter().next();
                draft.language = Some(term.map_or_else(|| whole.text(), Ok)?);
            }
            "subject" => subject(cursor, &mut draft.keywords)?,
            "identifier" => identifier(&tag, cursor, &mut draft)?,
            "location" => {
                let mut urls = Vec::new();
                each(cursor, "url", &mut urls)?;
                draft.url = urls.into_iter().next().or(draft.url);
            }
            "part" => host.part(cursor)?,
            "relatedItem" if tag.is("type", "host") => host.item(cursor)?,
            "relatedItem" if tag.is("type", "series") => {
                let mut item = Host::default();
                item.item(cursor)?;
                series = series.or(item.title);
            }
            _ => {}
        }
    }
    draft.title = draft.title.or(other_title);
    draft.place = ids::place(&host.volume, &host.issue, &host.page);
    draft.venue = host.title.or(series);
    draft.date = draft.date.or(host.date);
    Ok(draft)
}

#[cfg(test)]
mod tests;
