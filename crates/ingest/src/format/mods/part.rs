//! The parts of a description.

use abs_record::Date;

use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::xml::{Cursor, Tag};
use crate::ids;

/// Roles of those a work is by: MARC's codes for them, and their names.
const AUTHORS: &[&str] = &[
    "art",
    "artist",
    "aut",
    "author",
    "cmp",
    "composer",
    "cre",
    "creator",
    "dis",
    "dissertant",
    "inv",
    "inventor",
    "photographer",
    "pht",
    "verfasser",
];

/// What a work is a part of.
#[derive(Default)]
pub(super) struct Host {
    pub(super) title: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) volume: String,
    pub(super) issue: String,
    pub(super) page: String,
}

impl Host {
    /// A `relatedItem`.
    pub(super) fn item(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let mut published = None;
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "titleInfo" if !tag.is("type", "abbreviated") => {
                    let found = title(cursor)?;
                    self.title = self.title.take().or(found);
                }
                "originInfo" => published = dates(cursor)?.or(published),
                "part" => self.part(cursor)?,
                _ => {}
            }
        }
        self.date = self.date.or(published);
        Ok(())
    }

    /// A `part`: volume, issue, pages and the date of the issue.
    pub(super) fn part(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "detail" => {
                    let slot = match tag.attribute("type").as_deref() {
                        Some("volume") => &mut self.volume,
                        Some("issue" | "number") => &mut self.issue,
                        _ => continue,
                    };
                    *slot = first(cursor, "number")?;
                }
                "extent" => self.page = first(cursor, "start")?,
                "date" => self.date = ids::date(&cursor.text()?).or(self.date),
                _ => {}
            }
        }
        Ok(())
    }
}

/// `The` `title`: `A subtitle`. `Part 2`.
pub(super) fn title(cursor: &mut Cursor<'_>) -> Result<Option<String>, ReadErrorKind> {
    let [mut article, mut title, mut subtitle] = [const { String::new() }; 3];
    let mut parts = Vec::new();
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "nonSort" => article = cursor.text()?,
            "title" => title = cursor.text()?,
            "subTitle" => subtitle = cursor.text()?,
            "partNumber" | "partName" => parts.push(cursor.text()?),
            _ => {}
        }
    }
    let (article, title) = (article.trim(), title.trim());
    if title.is_empty() {
        return Ok(None);
    }
    // `L'` stands at its word.
    let blank = match article.is_empty() || article.ends_with(['\'', '\u{2019}']) {
        true => "",
        false => " ",
    };
    let mut whole = format!("{article}{blank}{title}");
    let parts = parts.iter().map(|part| (". ", part.trim()));
    for (between, part) in [(": ", subtitle.trim())].into_iter().chain(parts) {
        if !part.is_empty() {
            whole.truncate(whole.trim_end_matches([':', '/', ' ']).len());
            whole.push_str(between);
            whole.push_str(part);
        }
    }
    Ok(Some(whole))
}

/// One who wrote the work, or whose role is not said; nobody else.
pub(super) fn name(
    tag: &Tag<'_>,
    cursor: &mut Cursor<'_>,
) -> Result<Option<RawAuthor>, ReadErrorKind> {
    let [mut family, mut given, mut suffix] = [const { String::new() }; 3];
    let (mut whole, mut shown) = (Vec::new(), None);
    let mut roles = Vec::new();
    let mut orcid = None;
    let level = cursor.level();
    while let Some(part) = cursor.child(level)? {
        match part.name() {
            "namePart" => match part.attribute("type").as_deref() {
                Some("family") => family = cursor.text()?,
                Some("given") => join(&mut given, &cursor.text()?),
                // `Jr.`, and what else is written to or of somebody.
                Some("termsOfAddress") => {
                    let text = cursor.text()?;
                    if is_suffix(&text) {
                        suffix = text;
                    }
                }
                Some(_) => {}
                None => whole.push(cursor.text()?),
            },
            "displayForm" => shown = Some(cursor.text()?),
            "nameIdentifier" if part.is("type", "orcid") => orcid = Some(cursor.text()?),
            "role" => each(cursor, "roleTerm", &mut roles)?,
            _ => {}
        }
    }
    let is_author = |role: &String| AUTHORS.contains(&role.trim().to_lowercase().as_str());
    let is_conference = tag.is("type", "conference");
    if is_conference || (!roles.is_empty() && !roles.iter().any(is_author)) {
        return Ok(None);
    }
    let is_person = tag.attribute("type").is_none_or(|kind| kind == "personal");
    let name = if !family.trim().is_empty() {
        RawName::Parts {
            family,
            given,
            particle: String::new(),
            suffix,
        }
    } else if is_person {
        let whole = match whole.is_empty() {
            true => shown.unwrap_or(given),
            false => whole.join(" "),
        };
        // `Doe, Jane [1848-1914]`
        let name = whole.split('[').next().unwrap_or_default();
        RawName::One(name.trim_end_matches([',', ' ']).to_owned())
    } else {
        let parts = whole.iter().map(|part| part.trim().trim_end_matches('.'));
        RawName::Collective(parts.collect::<Vec<_>>().join(". "))
    };
    Ok(Some(RawAuthor { name, orcid }))
}

fn is_suffix(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    matches!(text, "Jr" | "Sr" | "II" | "III" | "IV")
}

/// When it was issued, else made; of two dates what says more of the first.
pub(super) fn dates(cursor: &mut Cursor<'_>) -> Result<Option<Date>, ReadErrorKind> {
    let [mut issued, mut copyright, mut created] = [None::<Date>; 3];
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        let slot = match tag.name() {
            "dateIssued" => &mut issued,
            "copyrightDate" => &mut copyright,
            "dateCreated" => &mut created,
            _ => continue,
        };
        // The first and the last of a span stand one after the other.
        if !tag.is("point", "end") {
            let found = ids::date(&cursor.text()?);
            // Once for people and once for programs, which says more.
            let both = slot.take().into_iter().chain(found);
            *slot = both.max_by_key(|date| date.ymd());
        }
    }
    Ok(issued.or(copyright).or(created))
}

/// Topics and places; names and titles are what a work is about, too, but no
/// key words.
pub(super) fn subject(
    cursor: &mut Cursor<'_>,
    keywords: &mut Vec<String>,
) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if matches!(tag.name(), "topic" | "geographic") {
            let text = cursor.text()?;
            keywords.extend(text.split(';').map(|term| term.trim().to_owned()));
        }
    }
    Ok(())
}

pub(super) fn identifier(
    tag: &Tag<'_>,
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
) -> Result<(), ReadErrorKind> {
    if tag.is("invalid", "yes") {
        return Ok(());
    }
    let kind = tag.attribute("type").unwrap_or_default();
    match kind.to_ascii_lowercase().as_str() {
        "doi" => draft.doi = Some(cursor.text()?),
        "pmid" | "pubmed" => draft.pmid = ids::pmid(&cursor.text()?),
        "arxiv" => draft.arxiv = Some(cursor.text()?),
        "uri" | "url" | "hdl" => {
            let text = cursor.text()?;
            draft.doi = draft.doi.take().or_else(|| ids::doi_of_address(&text));
            if text.contains("://") {
                draft.url.get_or_insert(text);
            }
        }
        _ => {}
    }
    Ok(())
}

/// The texts of the children of this name.
pub(super) fn each(
    cursor: &mut Cursor<'_>,
    name: &str,
    out: &mut Vec<String>,
) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if tag.name() == name {
            out.push(cursor.text()?);
        }
    }
    Ok(())
}

/// The text of the first child of this name.
fn first(cursor: &mut Cursor<'_>, name: &str) -> Result<String, ReadErrorKind> {
    let mut texts = Vec::new();
    each(cursor, name, &mut texts)?;
    Ok(texts.into_iter().next().unwrap_or_default())
}

fn join(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}
