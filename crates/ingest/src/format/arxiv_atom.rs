//! Answers of arXiv's API (<https://info.arxiv.org/help/api/user-manual.html>):
//! Atom feeds (RFC 4287) with some elements of arXiv's.

use std::io::BufRead;
use std::path::Path;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawName};
use crate::error::ReadErrorKind;
use crate::ids;

/// Atom.
#[derive(Debug, Clone, Copy)]
pub struct Atom;

impl Format for Atom {
    fn name(&self) -> &'static str {
        "arXiv Atom"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let Some(root) = Root::find(head) else {
            return Confidence::No;
        };
        match root.name.as_str() {
            "feed" | "entry" if root.has("arxiv.org/") => Confidence::Certain,
            "feed" if root.has("http://www.w3.org/2005/Atom") => Confidence::Possible,
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
        elements: &["entry"],
        tags: &[],
        breaks: &[],
    };

    fn element(
        &mut self,
        _: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        let mut draft = Draft::default();
        let (mut id, mut updated) = (String::new(), None);
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "id" => id = cursor.text()?,
                "title" => draft.title = Some(cursor.text()?),
                "summary" => draft.abstract_text = Some(cursor.text()?),
                "published" => draft.date = ids::date(&cursor.text()?),
                "updated" => updated = ids::date(&cursor.text()?),
                "author" => author(cursor, &mut draft)?,
                "doi" => draft.doi = Some(cursor.text()?),
                "journal_ref" => draft.venue = Some(cursor.text()?),
                "category" => draft.categories.extend(tag.attribute("term")),
                "primary_category" => {
                    // It is repeated among the others, but comes first.
                    if let Some(term) = tag.attribute("term") {
                        draft.categories.insert(0, term);
                    }
                }
                _ => {}
            }
        }
        let id = id.trim();
        // An error is a feed with one entry that says so.
        if id.contains("/api/errors") {
            let reason = draft.abstract_text.unwrap_or_default();
            return Err(ReadErrorKind::Server(reason.trim().to_owned()));
        }
        draft.date = draft.date.or(updated);
        draft.arxiv = ids::arxiv(id);
        draft.id = match &draft.arxiv {
            Some(arxiv) => Some(format!("arXiv:{arxiv}")),
            None => Some(id.to_owned()),
        };
        found.draft(draft);
        Ok(())
    }
}

fn author(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if tag.name() == "name" {
            draft.authors.push(RawName::One(cursor.text()?).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
