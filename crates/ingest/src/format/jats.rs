//! JATS and its forerunner NLM (<https://jats.nlm.nih.gov/archiving/tag-library/>):
//! journal articles as PubMed Central and publishers give them. Only what is
//! in front of the body is read.

mod authors;
mod front;

use std::io::BufRead;
use std::path::Path;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::error::ReadErrorKind;

/// JATS.
#[derive(Debug, Clone, Copy)]
pub struct Jats;

impl Format for Jats {
    fn name(&self) -> &'static str {
        "JATS XML"
    }

    fn source(&self) -> &'static str {
        "jats"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let Some(root) = Root::find(head) else {
            return Confidence::No;
        };
        let marks = [
            "<front>",
            "<front ",
            "<article-meta",
            "<journal-meta",
            "article-type=",
        ];
        let has_front = marks.iter().any(|mark| root.has(mark));
        match root.name.as_str() {
            "article" | "pmc-articleset" if has_front => Confidence::Certain,
            "pmc-articleset" => Confidence::Likely,
            // Articles in an envelope, as PubMed Central's OAI-PMH has them.
            _ if has_front && root.has("<article ") => Confidence::Certain,
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
        elements: &["article"],
        tags: &[],
        breaks: &[],
    };

    fn element(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        let language = tag.attribute("xml:lang");
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            if tag.name() == "front" {
                let mut draft = front::read(cursor)?;
                draft.language = language;
                found.draft(draft);
                // Whatever is wrong further on is not looked at.
                return Ok(());
            }
        }
        Err(ReadErrorKind::Incomplete {
            missing: "front matter",
        })
    }
}

#[cfg(test)]
mod tests;
