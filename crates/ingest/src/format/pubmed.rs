//! PubMed's XML (<https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/>):
//! baseline and update files, answers of efetch, deletions, books, and what
//! publishers send (<https://www.ncbi.nlm.nih.gov/books/NBK3828/>).

mod article;
mod publisher;

use std::io::BufRead;
use std::path::Path;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::error::ReadErrorKind;

/// PubMed's XML.
#[derive(Debug, Clone, Copy)]
pub struct PubMed;

impl Format for PubMed {
    fn name(&self) -> &'static str {
        "PubMed XML"
    }

    fn source(&self) -> &'static str {
        "pubmed"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let Some(root) = Root::find(head) else {
            return Confidence::No;
        };
        match root.name.as_str() {
            "PubmedArticleSet"
            | "PubmedBookArticleSet"
            | "MedlineCitationSet"
            | "PubmedArticle"
            | "PubmedBookArticle"
            | "MedlineCitation"
            | "DeleteCitation" => Confidence::Certain,
            "ArticleSet" | "Article" if root.has("<ArticleTitle") || root.has("<Journal") => {
                Confidence::Certain
            }
            "ArticleSet" => Confidence::Likely,
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
            "PubmedArticle",
            "PubmedBookArticle",
            "MedlineCitation",
            "DeleteCitation",
            "Article",
        ],
        tags: &[],
        breaks: &["PubmedArticle", "PubmedBookArticle", "DeleteCitation"],
    };

    fn element(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        match tag.name() {
            "Article" => found.draft(publisher::article(cursor)?),
            "DeleteCitation" => {
                let level = cursor.level();
                while cursor.child(level)?.is_some() {
                    let pmid = cursor.text()?;
                    found.delete(&format!("pmid:{}", pmid.trim()))?;
                }
            }
            "MedlineCitation" => found.draft(article::citation(cursor)?),
            _ => found.draft(article::article(cursor)?),
        }
        Ok(())
    }
}

/// A date in its parts, as [`crate::ids::date`] reads it.
fn date(cursor: &mut Cursor<'_>) -> Result<Option<abs_record::Date>, ReadErrorKind> {
    let [mut year, mut month, mut day, mut text] = [const { String::new() }; 4];
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "Year" => year = cursor.text()?,
            "Month" => month = cursor.text()?,
            "Day" => day = cursor.text()?,
            "MedlineDate" => text = cursor.text()?,
            _ => {}
        }
    }
    let date = |text: &str| crate::ids::date(text.trim());
    Ok(match year.trim() {
        "" => date(&text),
        year => date(&format!("{year} {} {}", month.trim(), day.trim()))
            .or_else(|| date(&format!("{year} {}", month.trim())))
            .or_else(|| date(year)),
    })
}

/// Adds a part of an abstract, with its label.
fn add_part(abstract_text: &mut String, label: Option<String>, text: &str) {
    if !abstract_text.is_empty() {
        abstract_text.push('\n');
    }
    if let Some(label) = label.filter(|label| !label.is_empty() && label != "UNLABELLED") {
        abstract_text.push_str(label.trim_end_matches(':'));
        abstract_text.push_str(": ");
    }
    abstract_text.push_str(text);
}

#[cfg(test)]
mod tests;
