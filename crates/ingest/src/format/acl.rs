//! The ACL Anthology's XML (<https://github.com/acl-org/acl-anthology>,
//! `data/xml`): the current form, `collection`, `volume`, `meta`, `paper`, and
//! the one before 2019, `volume` and `paper` alone.

mod paper;

use std::io::BufRead;
use std::path::Path;

use abs_record::Date;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::error::ReadErrorKind;
use paper::Meta;

/// The ACL Anthology.
#[derive(Debug, Clone, Copy)]
pub struct Acl;

impl Format for Acl {
    fn name(&self) -> &'static str {
        "ACL Anthology XML"
    }

    fn source(&self) -> &'static str {
        "acl"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match Root::find(head) {
            Some(root) if matches!(root.name.as_str(), "collection" | "volume" | "paper") => {
                if root.has("<paper") {
                    Confidence::Certain
                } else if root.has("<meta>") || root.has("<volume ") {
                    Confidence::Likely
                } else {
                    Confidence::No
                }
            }
            _ => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        xml::open(Reader::default(), input, path)
    }
}

/// Where the reader is.
#[derive(Default)]
struct Reader {
    /// `2020.acl`, `P18`; empty in the old form.
    collection: String,
    /// `main`, `1`; in the old form `P18`.
    volume: String,
    meta: Meta,
}

impl Dialect for Reader {
    const WANTED: Wanted = Wanted {
        elements: &["paper", "meta", "frontmatter", "event"],
        tags: &["collection", "volume"],
        breaks: &["paper", "frontmatter"],
    };

    fn tag(&mut self, tag: &Tag<'_>) {
        let id = tag.attribute("id").unwrap_or_default();
        if tag.name() == "collection" {
            self.collection = id;
        } else {
            self.volume = id;
        }
        self.meta = Meta::default();
    }

    fn element(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        match tag.name() {
            "meta" => self.meta = Meta::read(cursor)?,
            "paper" => {
                let number = tag.attribute("id").unwrap_or_default();
                let id = self.id(number.trim());
                if !self.is_front_matter(number.trim()) {
                    let mut draft = paper::read(cursor, &self.meta, id)?;
                    draft.date = draft.date.or_else(|| self.year());
                    found.draft(draft);
                }
            }
            // Front matter is no paper, an event but a list of volumes.
            _ => {}
        }
        Ok(())
    }
}

impl Reader {
    /// The Anthology's id of a paper
    /// (<https://aclanthology.org/info/ids/>): `2020.acl-main.1`, `P18-1001`.
    fn id(&self, number: &str) -> Option<String> {
        if number.is_empty() || self.volume.is_empty() {
            return None;
        }
        let (collection, volume) = (&self.collection, &self.volume);
        if collection.is_empty() {
            return Some(format!("{volume}-{number:0>4}"));
        }
        if collection.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(format!("{collection}-{volume}.{number}"));
        }
        let is_late_d19 = collection == "D19" && volume.parse().is_ok_and(|n: u32| n >= 5);
        if collection.starts_with('W') || collection == "C69" || is_late_d19 {
            Some(format!("{collection}-{volume:0>2}{number:0>2}"))
        } else {
            Some(format!("{collection}-{volume}{number:0>3}"))
        }
    }

    /// The year in an id, for old volumes that give none: `J89`, `2020.acl`.
    fn year(&self) -> Option<Date> {
        let id = match self.collection.is_empty() {
            true => &self.volume,
            false => &self.collection,
        };
        let year = match id.split_once('.') {
            Some((year, _)) => year.parse().ok()?,
            None => {
                let year: u16 = id.get(1..3)?.parse().ok()?;
                // The Anthology begins with 1952.
                year + if year >= 50 { 1900 } else { 2000 }
            }
        };
        Date::new(year, None, None)
    }

    /// In the old form the volume itself is paper 0 of it.
    fn is_front_matter(&self, number: &str) -> bool {
        let has_workshops = self.volume.starts_with('W') || self.volume == "C69";
        let end = if has_workshops { "00" } else { "000" };
        match self.collection.is_empty() {
            true => number.ends_with(end),
            false => number == "0",
        }
    }
}

#[cfg(test)]
mod tests;
