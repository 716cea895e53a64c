//! DBLP's XML (<https://dblp.org/xml/>, `dblp.dtd`): the whole of it, one
//! record, or the works of one person. It has no abstracts. Pages of persons
//! (`www`, `person`) are no works and are passed over.

use std::io::BufRead;
use std::path::Path;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::ids;

/// DBLP.
#[derive(Debug, Clone, Copy)]
pub struct Dblp;

impl Format for Dblp {
    fn name(&self) -> &'static str {
        "DBLP XML"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match Root::find(head) {
            Some(root) if matches!(root.name.as_str(), "dblp" | "dblpperson") => {
                Confidence::Certain
            }
            Some(root) if Reader::WANTED.elements.contains(&&*root.name) && root.has(" key=\"") => {
                Confidence::Likely
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
        elements: &[
            "article",
            "inproceedings",
            "proceedings",
            "book",
            "incollection",
            "phdthesis",
            "mastersthesis",
            "data",
            "www",
            "person",
        ],
        tags: &[],
        breaks: &[
            "article",
            "inproceedings",
            "proceedings",
            "book",
            "incollection",
            "phdthesis",
            "mastersthesis",
            "www",
        ],
    };

    fn element(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        if !matches!(tag.name(), "www" | "person") {
            let key = tag.attribute("key").filter(|key| !key.trim().is_empty());
            found.draft(work(key, cursor)?);
        }
        Ok(())
    }
}

fn work(key: Option<String>, cursor: &mut Cursor<'_>) -> Result<Draft, ReadErrorKind> {
    let mut draft = Draft {
        id: key.map(|key| format!("dblp:{}", key.trim())),
        ..Draft::default()
    };
    let (mut year, mut month) = (String::new(), String::new());
    let (mut school, mut publisher) = (None, None);
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "author" => {
                let name = RawName::One(without_number(&cursor.text()?).to_owned());
                let orcid = tag.attribute("orcid");
                draft.authors.push(RawAuthor { name, orcid });
            }
            "title" if draft.title.is_none() => {
                draft.title = Some(without_stop(&cursor.text()?).to_owned());
            }
            "year" => year = cursor.text()?,
            "month" => month = cursor.text()?,
            "journal" | "booktitle" => draft.venue = Some(cursor.text()?),
            "school" => school = Some(cursor.text()?),
            "publisher" => publisher = Some(cursor.text()?),
            "ee" => link(cursor.text()?, &mut draft),
            _ => {}
        }
    }
    draft.venue = draft.venue.or(school).or(publisher);
    let year = year.trim();
    draft.date = ids::date(&format!("{year} {}", month.trim())).or_else(|| ids::date(year));
    Ok(draft)
}

/// `Yang Liu 0002` is the second of that name.
pub(super) fn without_number(name: &str) -> &str {
    let name = name.trim();
    match name.rsplit_once(' ') {
        Some((rest, number)) if number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) => {
            rest
        }
        _ => name,
    }
}

/// DBLP ends every title with a full stop.
pub(super) fn without_stop(title: &str) -> &str {
    let title = title.trim();
    title
        .strip_suffix('.')
        .filter(|title| !title.ends_with('.'))
        .unwrap_or(title)
}

/// The first link is kept; a DOI or an arXiv id among them is taken out.
fn link(link: String, draft: &mut Draft) {
    if draft.doi.is_none() && ids::doi(&link).is_some() {
        draft.doi = Some(link.clone());
    }
    if draft.arxiv.is_none() && link.contains("arxiv") {
        draft.arxiv = ids::arxiv(&link);
    }
    draft.url.get_or_insert(link);
}

#[cfg(test)]
mod tests;
