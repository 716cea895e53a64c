//! `PubmedArticle`, `PubmedBookArticle`, `MedlineCitation`.

use super::{add_part, date};
use crate::clean::is_remark;
use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::format::xml::{Cursor, Tag};
use crate::ids;

/// What stands in the place of a title that was not translated.
const NOT_AVAILABLE: &str = "[Not Available].";

/// What is known before it is decided what counts.
#[derive(Default)]
struct Parts {
    draft: Draft,
    vernacular: Option<String>,
    book_title: Option<String>,
    other_abstract: Option<String>,
    electronic: Option<abs_record::Date>,
}

/// A `PubmedArticle` or a `PubmedBookArticle`.
pub(super) fn article(cursor: &mut Cursor<'_>) -> Result<Draft, ReadErrorKind> {
    let mut parts = Parts::default();
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "MedlineCitation" | "BookDocument" => parts.citation(cursor)?,
            "PubmedData" | "PubmedBookData" => {
                let level = cursor.level();
                while let Some(tag) = cursor.child(level)? {
                    // Not those of `ReferenceList`.
                    if tag.name() == "ArticleIdList" {
                        parts.ids(cursor)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(parts.finish())
}

/// A `MedlineCitation` that stands alone.
pub(super) fn citation(cursor: &mut Cursor<'_>) -> Result<Draft, ReadErrorKind> {
    let mut parts = Parts::default();
    parts.citation(cursor)?;
    Ok(parts.finish())
}

impl Parts {
    fn finish(self) -> Draft {
        let mut draft = self.draft;
        let title = draft.title.as_deref().unwrap_or_default().trim();
        if title.is_empty() || title == NOT_AVAILABLE {
            draft.title = self.vernacular.or(self.book_title.clone()).or(draft.title);
        }
        if draft.venue.is_none() {
            draft.venue = self.book_title.filter(|t| Some(t) != draft.title.as_ref());
        }
        draft.abstract_text = draft.abstract_text.or(self.other_abstract);
        draft.date = draft.date.or(self.electronic);
        draft.id = draft.pmid.as_ref().map(|pmid| format!("pmid:{pmid}"));
        draft
    }

    /// The children of `MedlineCitation`, of `Article` inside of it, or of
    /// `BookDocument`: their names do not clash.
    fn citation(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "PMID" => self.draft.pmid = ids::pmid(&cursor.text()?),
                "Article" | "Book" => self.citation(cursor)?,
                "Journal" => self.journal(cursor)?,
                "ArticleTitle" => self.draft.title = Some(cursor.text()?),
                "VernacularTitle" => self.vernacular = Some(cursor.text()?),
                "BookTitle" => self.book_title = Some(cursor.text()?),
                "ELocationID" => self.location(&tag, cursor)?,
                "ArticleIdList" => self.ids(cursor)?,
                "Abstract" => self.draft.abstract_text = abstract_text(cursor)?,
                "OtherAbstract" if self.other_abstract.is_none() => {
                    let text = abstract_text(cursor)?;
                    self.other_abstract = text.filter(|text| !is_remark(text));
                }
                "AuthorList" if !tag.is("Type", "editors") => self.authors(cursor)?,
                "Language" if self.draft.language.is_none() => {
                    self.draft.language = Some(cursor.text()?);
                }
                "PubDate" => self.draft.date = date(cursor)?,
                "ArticleDate" => self.electronic = date(cursor)?,
                "KeywordList" | "MeshHeadingList" => self.keywords(cursor)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn journal(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "Title" => self.draft.venue = Some(cursor.text()?),
                "ISOAbbreviation" if self.draft.venue.is_none() => {
                    self.draft.venue = Some(cursor.text()?);
                }
                "JournalIssue" => {
                    let level = cursor.level();
                    while let Some(tag) = cursor.child(level)? {
                        if tag.name() == "PubDate" {
                            self.draft.date = date(cursor)?;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn location(&mut self, tag: &Tag<'_>, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        if tag.is("EIdType", "doi") && !tag.is("ValidYN", "N") {
            self.doi(cursor.text()?);
        }
        Ok(())
    }

    /// The first that is one: the others may be misspelt.
    fn doi(&mut self, doi: String) {
        if self.draft.doi.is_none() && ids::doi(&doi).is_some() {
            self.draft.doi = Some(doi);
        }
    }

    fn ids(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.attribute("IdType").as_deref() {
                Some("doi") => self.doi(cursor.text()?),
                Some("pubmed") if self.draft.pmid.is_none() => {
                    self.draft.pmid = ids::pmid(&cursor.text()?);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn authors(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            // An author that is not valid was replaced by another.
            if tag.name() == "Author" && !tag.is("ValidYN", "N") {
                self.draft.authors.push(author(cursor)?);
            }
        }
        Ok(())
    }

    fn keywords(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ReadErrorKind> {
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "Keyword" => self.draft.keywords.push(cursor.text()?),
                "MeshHeading" => {
                    let level = cursor.level();
                    while let Some(tag) = cursor.child(level)? {
                        if tag.name() == "DescriptorName" {
                            self.draft.keywords.push(cursor.text()?);
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The parts of an abstract with their labels.
fn abstract_text(cursor: &mut Cursor<'_>) -> Result<Option<String>, ReadErrorKind> {
    let mut text = String::new();
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if tag.name() == "AbstractText" {
            let part = cursor.text()?;
            if !part.trim().is_empty() {
                add_part(&mut text, tag.attribute("Label"), &part);
            }
        }
    }
    Ok((!text.is_empty()).then_some(text))
}

fn author(cursor: &mut Cursor<'_>) -> Result<RawAuthor, ReadErrorKind> {
    let [mut family, mut given, mut initials, mut suffix] = [const { String::new() }; 4];
    let (mut collective, mut orcid) = (None, None);
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "LastName" => family = cursor.text()?,
            "ForeName" | "FirstName" => given = cursor.text()?,
            "Initials" => initials = cursor.text()?,
            "Suffix" => suffix = cursor.text()?,
            "CollectiveName" => collective = Some(cursor.text()?),
            "Identifier" if tag.is("Source", "ORCID") => orcid = Some(cursor.text()?),
            _ => {}
        }
    }
    let name = match collective {
        Some(name) if family.trim().is_empty() => RawName::Collective(name),
        _ => RawName::Parts {
            family,
            given: if given.trim().is_empty() {
                initials
            } else {
                given
            },
            particle: String::new(),
            suffix,
        },
    };
    Ok(RawAuthor { name, orcid })
}
