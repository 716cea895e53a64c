//! `front`: the journal, the article, its authors and its abstract.

use abs_record::Date;

use super::authors::Authors;
use crate::draft::Draft;
use crate::error::ReadErrorKind;
use crate::format::xml::{Cursor, Tag};
use crate::ids;

/// Dates that are about something else than being published.
const OTHER_DATES: &[&str] = &[
    "nihms-submitted",
    "pmc-release",
    "received",
    "accepted",
    "retracted",
];

/// What is known before it is decided what counts.
#[derive(Default)]
struct Parts {
    draft: Draft,
    authors: Authors,
    subtitle: Option<String>,
    pmc: Option<String>,
    /// The abstract in another language.
    translation: Option<String>,
    /// An abstract of a special kind.
    special: Option<String>,
}

/// Reads `front`, just entered.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Draft, ReadErrorKind> {
    let mut parts = Parts::default();
    parts.front(cursor)?;
    let mut draft = parts.draft;
    draft.authors = parts.authors.finish();
    if let (Some(title), Some(subtitle)) = (&mut draft.title, parts.subtitle) {
        let title_end = title.trim_end();
        let colon = if title_end.ends_with([':', '?', '!', '.']) {
            " "
        } else {
            ": "
        };
        *title = [title_end, colon, &subtitle].concat();
    }
    // A picture or a teaser says less than a translation.
    let other = parts.translation.or(parts.special);
    draft.abstract_text = draft.abstract_text.or(other);
    if draft.doi.is_none() && draft.pmid.is_none() {
        draft.id = parts.pmc;
    }
    Ok(draft)
}

impl Parts {
    fn front(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "article-meta" | "journal-meta" | "journal-title-group" => self.front(cursor)?,
                "journal-title" => self.draft.venue = Some(cursor.text()?),
                "article-id" => self.id(&tag, cursor.text()?),
                "article-categories" => self.categories(cursor)?,
                "title-group" => self.titles(cursor)?,
                "contrib-group" => self.authors.group(cursor)?,
                "pub-date" => self.date(&tag, cursor)?,
                "abstract" | "trans-abstract" => self.abstract_text(&tag, cursor)?,
                "kwd-group" => self.keywords(cursor)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn id(&mut self, tag: &Tag<'_>, text: String) {
        let text = text.trim();
        match tag.attribute("pub-id-type").as_deref() {
            Some("doi") => self.draft.doi = Some(text.to_owned()),
            Some("pmid") => self.draft.pmid = ids::pmid(text),
            Some("arxiv") => self.draft.arxiv = ids::arxiv(text),
            Some("pmc" | "pmcid") if !text.is_empty() => {
                let number = text.strip_prefix("PMC").unwrap_or(text);
                self.pmc = Some(format!("PMC{number}"));
            }
            _ => {}
        }
    }

    /// Subjects, but for the heading, which is the kind of article.
    fn categories(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            let is_heading = tag.is("subj-group-type", "heading");
            if tag.name() == "subj-group" && !is_heading {
                self.categories(cursor)?;
            } else if tag.name() == "subject" {
                self.draft.categories.push(cursor.text()?);
            }
        }
        Ok(())
    }

    fn titles(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "article-title" => self.draft.title = Some(cursor.text()?),
                "subtitle" if self.subtitle.is_none() => self.subtitle = Some(cursor.text()?),
                _ => {}
            }
        }
        Ok(())
    }

    /// The earliest date counts, and of one year the most precise.
    fn date(&mut self, tag: &Tag<'_>, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let kind = tag
            .attribute("pub-type")
            .or_else(|| tag.attribute("date-type"));
        if kind.is_some_and(|kind| OTHER_DATES.contains(&kind.as_str())) {
            return Ok(());
        }
        let [mut year, mut month, mut day] = [const { String::new() }; 3];
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "year" => year = cursor.text()?,
                "month" => month = cursor.text()?,
                "day" => day = cursor.text()?,
                _ => {}
            }
        }
        let [year, month, day] = [year.trim(), month.trim(), day.trim()];
        let found = ids::date(&format!("{year} {month} {day}"))
            .or_else(|| ids::date(&format!("{year} {month}")))
            .or_else(|| ids::date(year));
        let order = |date: &Date| (date.year(), date.month().is_none(), date.ymd());
        self.draft.date = self.draft.date.into_iter().chain(found).min_by_key(order);
        Ok(())
    }

    fn abstract_text(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
    ) -> Result<(), ReadErrorKind> {
        let text = cursor.text()?;
        let is_special = tag.attribute("abstract-type").is_some_and(|kind| {
            !matches!(
                kind.as_str(),
                "section" | "structured" | "normal" | "main" | "abstract"
            )
        });
        let slot = match tag.name() {
            _ if is_special => &mut self.special,
            "trans-abstract" => &mut self.translation,
            _ => &mut self.draft.abstract_text,
        };
        if !text.trim().is_empty() {
            slot.get_or_insert(text);
        }
        Ok(())
    }

    fn keywords(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "kwd" => self.draft.keywords.push(cursor.text()?),
                "compound-kwd" | "nested-kwd" | "kwd-group" => self.keywords(cursor)?,
                _ => {}
            }
        }
        Ok(())
    }
}
