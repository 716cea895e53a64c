//! EndNote's XML (`RSXML.dtd`, which comes with EndNote): libraries as EndNote,
//! Zotero, Rayyan and others export them. Texts stand in runs of one style
//! each, `<style face="italic">`.

use std::io::BufRead;
use std::path::Path;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawName};
use crate::error::ReadErrorKind;
use crate::ids;

/// EndNote's XML.
#[derive(Debug, Clone, Copy)]
pub struct EndNote;

impl Format for EndNote {
    fn name(&self) -> &'static str {
        "EndNote XML"
    }

    fn source(&self) -> &'static str {
        "endnote"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match Root::find(head) {
            Some(root)
                if matches!(root.name.as_str(), "xml" | "records")
                    && (root.has("<ref-type") || root.has("<contributors>")) =>
            {
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
        elements: &["record"],
        tags: &[],
        breaks: &["record"],
    };

    fn element(
        &mut self,
        _: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        let mut draft = Draft::default();
        let (mut year, mut day) = (None, None);
        let mut journal = None;
        let [mut volume, mut issue, mut pages] = [const { String::new() }; 3];
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "contributors" => within(cursor, &["authors", "author"], &mut |name| {
                    draft.authors.push(RawName::One(name).into());
                })?,
                "titles" => titles(cursor, &mut draft)?,
                "periodical" => within(cursor, &["full-title"], &mut |title| {
                    journal.get_or_insert(title);
                })?,
                "keywords" => within(cursor, &["keyword"], &mut |word| draft.keywords.push(word))?,
                "dates" => dates(cursor, &mut year, &mut day)?,
                "abstract" => draft.abstract_text = Some(cursor.text()?),
                "electronic-resource-num" => draft.doi = ids::doi(&cursor.text()?),
                // Where a database has a number of its own for it.
                "accession-num" => draft.pmid = pmid(&cursor.text()?),
                "remote-database-name" => draft.database = Some(cursor.text()?),
                "language" => draft.language = Some(cursor.text()?),
                "volume" => volume = cursor.text()?,
                "number" => issue = cursor.text()?,
                "pages" => pages = cursor.text()?,
                "urls" => within(cursor, &["related-urls", "url"], &mut |url| {
                    draft.url.get_or_insert(url);
                })?,
                _ => {}
            }
        }
        draft.venue = draft.venue.or(journal);
        draft.place = ids::place(&volume, &issue, &pages);
        // The day is written as anyone likes, mostly without its year.
        let year = year.unwrap_or_default();
        let day = day.unwrap_or_default();
        draft.date = ids::date(&format!("{year} {day}"))
            .or_else(|| ids::date(&year))
            .or_else(|| ids::date(&day));
        found.draft(draft);
        Ok(())
    }
}

/// The texts at the end of a path into the element just entered.
fn within(
    cursor: &mut Cursor<'_>,
    path: &[&str],
    each: &mut dyn FnMut(String),
) -> Result<(), ReadErrorKind> {
    let [name, rest @ ..] = path else {
        each(cursor.text()?);
        return Ok(());
    };
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if tag.name() == *name {
            within(cursor, rest, each)?;
        }
    }
    Ok(())
}

fn titles(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "title" => draft.title = Some(cursor.text()?),
            "secondary-title" => draft.venue = Some(cursor.text()?),
            _ => {}
        }
    }
    Ok(())
}

fn dates(
    cursor: &mut Cursor<'_>,
    year: &mut Option<String>,
    day: &mut Option<String>,
) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "year" => *year = Some(cursor.text()?),
            "pub-dates" => within(cursor, &["date"], &mut |text| *day = Some(text))?,
            _ => {}
        }
    }
    Ok(())
}

/// PubMed's numbers are bare; others say whose they are.
fn pmid(number: &str) -> Option<String> {
    let number = number.trim();
    let is_pmid = (1..=8).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_pmid.then(|| number.to_owned())
}

#[cfg(test)]
mod tests;
