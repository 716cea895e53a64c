//! Answers of OAI-PMH and of SRU (<https://www.loc.gov/standards/sru/>) that
//! hold records of MARC or MODS. Those of arXiv and of Dublin Core are read by
//! [`Oai`](super::Oai).

use std::io::BufRead;
use std::path::Path;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items, marc, mods};
use crate::error::ReadErrorKind;

/// Answers with records of libraries.
#[derive(Debug, Clone, Copy)]
pub struct Answers;

impl Format for Answers {
    fn name(&self) -> &'static str {
        "MARC or MODS in an answer"
    }

    fn source(&self) -> &'static str {
        "marc"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let Some(root) = Root::find(head) else {
            return Confidence::No;
        };
        let is_answer = matches!(
            root.name.as_str(),
            "OAI-PMH" | "ListRecords" | "GetRecord" | "searchRetrieveResponse"
        );
        let has_mods = root.has("<mods") || root.has(":mods ") || root.has(":mods>");
        match is_answer && (marc::has_fields(&root) || has_mods) {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        xml::open(Reader::default(), input, path)
    }
}

#[derive(Default)]
struct Reader {
    /// What the header before a record says.
    identifier: Option<String>,
}

impl Dialect for Reader {
    // Not `record`: those of MARC are inside of others of that name.
    const WANTED: Wanted = Wanted {
        elements: &["header", "metadata", "recordData", "error"],
        tags: &[],
        breaks: &["header", "metadata", "recordData"],
    };

    fn element(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        match tag.name() {
            "header" => self.header(tag, cursor, found),
            "error" => {
                let code = tag.attribute("code").unwrap_or_default();
                let text = cursor.text()?;
                Err(ReadErrorKind::Server(format!("{code}: {}", text.trim())))
            }
            _ => self.record(cursor, found),
        }
    }
}

impl Reader {
    fn header(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        let is_deleted = tag.is("status", "deleted");
        self.identifier = None;
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            if tag.name() == "identifier" {
                let id = cursor.text()?.trim().to_owned();
                self.identifier = Some(id).filter(|id| !id.is_empty());
            }
        }
        match (is_deleted, self.identifier.take()) {
            (true, Some(id)) => found.delete(&id),
            (true, None) => Err(ReadErrorKind::Incomplete {
                missing: "identifier",
            }),
            (false, id) => {
                self.identifier = id;
                Ok(())
            }
        }
    }

    fn record(&mut self, cursor: &mut Cursor<'_>, found: &mut Found) -> Result<(), ReadErrorKind> {
        let id = self.identifier.take();
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            let mut draft = match tag.name() {
                "record" => marc::read(cursor)?,
                "mods" => mods::read(cursor)?,
                _ => continue,
            };
            draft.id = id.or(draft.id);
            found.draft(draft);
            return Ok(());
        }
        Err(ReadErrorKind::Incomplete {
            missing: "record of MARC or MODS",
        })
    }
}

#[cfg(test)]
mod tests;
