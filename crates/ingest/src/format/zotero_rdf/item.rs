//! One node: an item, what items appear in, or neither.

use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::known_ids::noted;
use crate::format::xml::Cursor;
use crate::ids;

/// The lists of those whom a work is by; each kind of work has its own.
const AUTHORS: &[&str] = &[
    "authors",
    "artists",
    "cartographers",
    "composers",
    "directors",
    "interviewees",
    "inventors",
    "performers",
    "podcasters",
    "presenters",
    "programmers",
    "sponsors",
];

/// Items that are no works.
const NO_WORKS: &[&str] = &["annotation", "attachment", "note"];

/// What a node is.
pub(super) enum Parsed {
    /// With the name of what it appeared in, where that is a node of its own.
    Item(Box<Draft>, Option<String>),
    Container(Box<Container>),
    Nothing,
}

/// A journal, a book, a site, and what Zotero says there of the item.
#[derive(Default)]
pub(super) struct Container {
    title: Option<String>,
    doi: Option<String>,
    volume: String,
    issue: String,
    /// The one within which it stands itself.
    outer: Option<String>,
    resource: Option<String>,
}

impl Container {
    /// Completes an item that appeared here.
    pub(super) fn fill(self, draft: &mut Draft) {
        draft.venue = self.title.or(self.outer).or(draft.venue.take());
        draft.doi = draft.doi.take().or(self.doi);
        // The page is known from the item.
        let page = draft.place.take().unwrap_or_default();
        draft.place = ids::place(&self.volume, &self.issue, page.trim_start_matches('/'));
    }

    /// The node just entered, whatever it is called.
    fn read(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "title" => self.title = Some(cursor.text()?).filter(|text| !text.is_empty()),
                "identifier" => {
                    let doi = doi(&cursor.text()?);
                    self.doi = self.doi.take().or(doi);
                }
                "volume" => self.volume = cursor.text()?,
                "number" => self.issue = cursor.text()?,
                "isPartOf" => {
                    if let Some(inner) = part_of(cursor, tag.attribute("resource"))? {
                        self.outer = inner.title.or(inner.outer);
                        self.resource = self.resource.take().or(inner.resource);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Reads a node, just entered.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Parsed, ReadErrorKind> {
    let mut draft = Draft::default();
    let (mut kind, mut lists) = (None, Vec::new());
    let (mut publisher, mut conference) = (None, None);
    let (mut own, mut host) = (Container::default(), None);
    let (mut pages, mut extra) = (String::new(), String::new());
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "itemType" => kind = Some(cursor.text()?),
            "title" => draft.title = Some(cursor.text()?),
            "abstract" => draft.abstract_text = Some(cursor.text()?),
            "date" | "issued" => draft.date = ids::date(&cursor.text()?).or(draft.date),
            "language" => draft.language = Some(cursor.text()?),
            "subject" => draft.keywords.push(cursor.text()?),
            "pages" => pages = cursor.text()?,
            "description" => extra = cursor.text()?,
            "volume" => own.volume = cursor.text()?,
            "number" => own.issue = cursor.text()?,
            "identifier" => {
                let text = cursor.text()?;
                let text = text.trim();
                own.doi = own.doi.take().or_else(|| doi(text));
                if text.contains("://") && draft.url.is_none() {
                    draft.url = Some(text.to_owned());
                }
            }
            "publisher" => publisher = named(cursor, "name")?.or(publisher),
            "presentedAt" => conference = named(cursor, "title")?.or(conference),
            "proceedingsTitle" | "conferenceName" => conference = Some(cursor.text()?),
            "university" | "institution" | "repository" => publisher = Some(cursor.text()?),
            "isPartOf" => {
                let found = part_of(cursor, tag.attribute("resource"))?;
                host = match (host, found) {
                    // A series beside a journal says less.
                    (Some(host), _) => Some(host),
                    (None, found) => found,
                };
            }
            name => {
                if let Some(rank) = AUTHORS.iter().position(|list| *list == name) {
                    lists.push((rank, people(cursor)?));
                }
            }
        }
    }
    let Some(kind) = kind else {
        own.title = draft.title;
        let (outer, resource) = host.map_or((None, None), |host| (host.title, host.resource));
        (own.outer, own.resource) = (outer, resource);
        return Ok(Parsed::Container(Box::new(own)));
    };
    let kind = kind.trim();
    if NO_WORKS.contains(&kind) {
        return Ok(Parsed::Nothing);
    }
    lists.sort_by_key(|(rank, _)| *rank);
    draft.authors = lists
        .into_iter()
        .map(|(_, people)| people)
        .find(|people| !people.is_empty())
        .unwrap_or_default();
    draft.pmid = noted(&extra, "PMID");
    draft.arxiv = noted(&extra, "arXiv");
    draft.doi = noted(&extra, "DOI");
    let is_published = matches!(kind, "thesis" | "report" | "preprint");
    draft.venue = conference.or(publisher.filter(|_| is_published));
    draft.place = ids::place("", "", &pages);
    let resource = host.as_mut().and_then(|host| host.resource.take());
    // What it says itself, then what is said where it appeared.
    draft.doi = own.doi.take().or(draft.doi);
    match host {
        Some(mut host) if resource.is_none() => {
            if host.volume.is_empty() && host.issue.is_empty() {
                (host.volume, host.issue) = (own.volume, own.issue);
            }
            host.fill(&mut draft);
        }
        _ if resource.is_none() => own.fill(&mut draft),
        _ => {}
    }
    Ok(Parsed::Item(Box::new(draft), resource))
}

/// What `isPartOf` holds, or the name of it.
fn part_of(
    cursor: &mut Cursor<'_>,
    resource: Option<String>,
) -> Result<Option<Container>, ReadErrorKind> {
    let mut found = Container {
        resource,
        ..Container::default()
    };
    let mut is_any = found.resource.is_some();
    let level = cursor.level();
    while let Some(_node) = cursor.child(level)? {
        is_any = true;
        found.read(cursor)?;
    }
    Ok(is_any.then_some(found))
}

/// A DOI, marked or bare.
fn doi(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = text
        .strip_prefix("DOI ")
        .or(text.starts_with("10.").then_some(text))?;
    ids::doi(bare)
}

/// The text of this name in the node within the element just entered.
fn named(cursor: &mut Cursor<'_>, name: &str) -> Result<Option<String>, ReadErrorKind> {
    let mut text = None;
    let level = cursor.level();
    while let Some(_node) = cursor.child(level)? {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            if tag.name() == name {
                text = Some(cursor.text()?);
            }
        }
    }
    Ok(text)
}

/// `Seq`, `li`, `Person`, and the parts of a name.
fn people(cursor: &mut Cursor<'_>) -> Result<Vec<RawAuthor>, ReadErrorKind> {
    let mut people = Vec::new();
    let seqs = cursor.level();
    while cursor.child(seqs)?.is_some() {
        let items = cursor.level();
        while cursor.child(items)?.is_some() {
            let persons = cursor.level();
            while cursor.child(persons)?.is_some() {
                people.extend(person(cursor)?);
            }
        }
    }
    Ok(people)
}

/// One in a single field has a surname only: mostly a group.
fn person(cursor: &mut Cursor<'_>) -> Result<Option<RawAuthor>, ReadErrorKind> {
    let [mut family, mut given] = [const { String::new() }; 2];
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "surname" => family = cursor.text()?,
            "givenName" | "givenname" => given = cursor.text()?,
            "name" => family = cursor.text()?,
            _ => {}
        }
    }
    let name = match (family.trim().is_empty(), given.trim().is_empty()) {
        (true, true) => return Ok(None),
        (true, false) => RawName::One(given),
        (false, true) => RawName::One(family),
        (false, false) => RawName::Parts {
            family,
            given,
            particle: String::new(),
            suffix: String::new(),
        },
    };
    Ok(Some(name.into()))
}
