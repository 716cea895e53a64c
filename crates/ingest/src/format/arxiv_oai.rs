//! Answers of OAI-PMH (<https://www.openarchives.org/OAI/openarchivesprotocol.html>)
//! with arXiv's metadata (`arXiv`, `arXivRaw`, <https://info.arxiv.org/help/oa/>)
//! or any archive's Dublin Core (`oai_dc`).

mod answer;
mod creator;
mod metadata;

pub use answer::{Answer, AnswerError, Days, MAX_TOKEN_BYTES, ServerError};

use std::io::BufRead;
use std::path::Path;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::draft::Draft;
use crate::error::ReadErrorKind;
use crate::ids;

/// OAI-PMH.
#[derive(Debug, Clone, Copy)]
pub struct Oai;

impl Format for Oai {
    fn name(&self) -> &'static str {
        "OAI-PMH XML"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let Some(root) = Root::find(head) else {
            return Confidence::No;
        };
        let metadata = ["<arXiv", "oai_dc", "<dc:", ":dc"];
        match root.name.as_str() {
            "OAI-PMH" => Confidence::Likely,
            "ListRecords" | "GetRecord" | "record" | "records" | "metadata"
                if metadata.iter().any(|name| root.has(name)) =>
            {
                Confidence::Likely
            }
            "arXiv" | "arXivRaw" | "dc" => Confidence::Likely,
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
        elements: &["record", "error", "arXiv", "arXivRaw", "dc"],
        tags: &[],
        breaks: &["record"],
    };

    fn element(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        match tag.name() {
            "record" => record(cursor, found),
            "error" => {
                let code = tag.attribute("code").unwrap_or_default();
                // An answer, if an empty one.
                if code == "noRecordsMatch" {
                    return Ok(());
                }
                let text = cursor.text()?;
                Err(ReadErrorKind::Server(format!("{code}: {}", text.trim())))
            }
            _ => {
                let mut draft = Draft::default();
                metadata::read(tag, cursor, &mut draft)?;
                found.draft(named(draft, None));
                Ok(())
            }
        }
    }
}

fn record(cursor: &mut Cursor<'_>, found: &mut Found) -> Result<(), ReadErrorKind> {
    let mut draft = Draft::default();
    let (mut identifier, mut is_known) = (None, false);
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "header" => {
                let is_deleted = tag.is("status", "deleted");
                let level = cursor.level();
                while let Some(tag) = cursor.child(level)? {
                    if tag.name() == "identifier" {
                        identifier = Some(cursor.text()?);
                    }
                }
                if is_deleted {
                    return match identifier.as_deref().and_then(id_of) {
                        Some(id) => found.delete(&id),
                        None => Err(ReadErrorKind::Incomplete {
                            missing: "identifier",
                        }),
                    };
                }
            }
            "metadata" => {
                let level = cursor.level();
                while let Some(tag) = cursor.child(level)? {
                    is_known |= metadata::read(&tag, cursor, &mut draft)?;
                }
            }
            _ => {}
        }
    }
    if !is_known {
        let missing = "metadata of a known schema (arXiv, arXivRaw, oai_dc)";
        return Err(ReadErrorKind::Incomplete { missing });
    }
    found.draft(named(draft, identifier.as_deref()));
    Ok(())
}

/// Gives a draft its id: arXiv's own, else the archive's.
fn named(mut draft: Draft, identifier: Option<&str>) -> Draft {
    let id = identifier.and_then(id_of);
    let arxiv = [draft.arxiv.as_deref(), id.as_deref()]
        .into_iter()
        .flatten()
        .find_map(ids::arxiv);
    draft.arxiv = arxiv;
    draft.id = draft.arxiv.as_ref().map(|id| format!("arXiv:{id}")).or(id);
    draft
}

/// `oai:arXiv.org:0704.0001` is `arXiv:0704.0001`, others stay as they are.
fn id_of(identifier: &str) -> Option<String> {
    let identifier = identifier.trim();
    let arxiv = identifier
        .strip_prefix("oai:arXiv.org:")
        .and_then(ids::arxiv);
    arxiv
        .map(|id| format!("arXiv:{id}"))
        .or_else(|| (!identifier.is_empty()).then(|| identifier.to_owned()))
}

#[cfg(test)]
mod tests;
