//! What stands in objects within a record, and what can be told only when all
//! its keys are read.

use serde::de::{IgnoredAny, MapAccess};

use super::external::ExternalIds;
use super::full_text::FullText;
use super::keys::{self, Key, Slot, WRAPPER_RANK};
use super::nested::{IfObject, IfObjectSeed};
use super::object::{Object, ObjectSeed};
use super::terms::TermList;
use crate::draft::Draft;
use crate::error::ReadErrorKind;
use crate::format::dblp;
use crate::format::known_ids::noted;

/// How deep records are looked for in others: no layout needs more, and depth
/// costs stack.
const MAX_DEPTH: u8 = 3;

/// What was found beside the fields themselves.
#[derive(Default)]
pub(super) struct Beside {
    /// Ids that count where the object itself says none.
    external: Vec<ExternalIds>,
    /// What counts where the object itself has no title.
    nested: Option<Box<Nested>>,
    /// Keywords that stand in objects of their own, then headings.
    pub(super) terms: [Vec<String>; 2],
    /// What stands for a journal where DataCite names none.
    pub(super) publisher: Option<String>,
    /// A note that may give ids.
    pub(super) extra: Option<String>,
    /// What annotations find in the full text.
    full_text: Option<Box<Draft>>,
}

/// A record, or part of one, in an object within.
struct Nested {
    /// The rank of its key.
    rank: u8,
    draft: Draft,
    /// Why it can be no record.
    wrong: Option<ReadErrorKind>,
}

impl Beside {
    /// Reads the value of a key that is about an object within, in a record
    /// that stands so deep in others.
    pub(super) fn take<'de, A: MapAccess<'de>>(
        &mut self,
        key: Key,
        depth: u8,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let Key { slot, rank } = key;
        match slot {
            Slot::ExternalIds => self.external.push(map.next_value()?),
            Slot::TermList => {
                let list: IfObject<TermList> = map.next_value()?;
                if let Some(terms) = self.terms.get_mut(usize::from(rank)) {
                    *terms = list.0.unwrap_or_default().into_terms();
                }
            }
            Slot::FullText => {
                let text: IfObject<FullText> = map.next_value()?;
                let found = text.0.and_then(FullText::into_draft).map(Box::new);
                self.full_text = self.full_text.take().or(found);
            }
            Slot::Metadata if depth < MAX_DEPTH => {
                let seed = IfObjectSeed(ObjectSeed { depth: depth + 1 });
                if let Some(mut object) = map.next_value_seed(seed)?.0 {
                    if rank == keys::INFO_RANK {
                        of_dblp(&mut object);
                    }
                    self.nested = Some(Box::new(Nested {
                        rank,
                        draft: object.draft,
                        wrong: object.wrong,
                    }));
                }
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    /// Completes a draft; the ranks are of the keys that gave its title, its
    /// id and its date. Gives back why it can be none.
    pub(super) fn complete(
        mut self,
        draft: &mut Draft,
        [title_rank, id_rank, date_rank]: [u8; 3],
    ) -> Option<ReadErrorKind> {
        let is_touched = date_rank == keys::UPDATED_RANK && draft.title.is_none();
        let has_date = |nested: &Nested| nested.draft.date.is_some();
        if is_touched && self.nested.as_deref().is_some_and(has_date) {
            // When the record was touched is said around it.
            draft.date = None;
        }
        let wrong = self.unwrap(draft);
        for ids in self.external {
            ids.fill(draft);
        }
        if let Some(note) = &self.extra {
            let Draft {
                doi, arxiv, pmid, ..
            } = draft;
            for (id, name) in [(doi, "doi"), (arxiv, "arxiv"), (pmid, "pmid")] {
                *id = id.take().or_else(|| noted(note, name));
            }
        }
        if title_rank == keys::TITLES_RANK {
            draft.venue = draft.venue.take().or(self.publisher);
        }
        draft.keywords.extend(self.terms.into_iter().flatten());
        if id_rank == keys::CORPUS_ID_RANK
            && let Some(id) = &mut draft.id
        {
            // A bare number would mean nothing beside other sources. Abstracts
            // and full texts come in files of their own: they must not replace
            // the papers.
            let part = match (&self.full_text, &draft.title) {
                (Some(_), _) => "/s2orc",
                (None, None) => "/abstract",
                (None, Some(_)) => "",
            };
            *id = format!("CorpusId:{id}{part}");
            // They say only when they were touched.
            if !part.is_empty() && date_rank == keys::UPDATED_RANK {
                draft.date = None;
            }
        }
        if let Some(found) = self.full_text {
            fill(draft, *found);
        }
        wrong
    }

    /// Takes what an object within says, if the object itself has no title.
    fn unwrap(&mut self, draft: &mut Draft) -> Option<ReadErrorKind> {
        let nested = self.nested.take().filter(|_| draft.title.is_none())?;
        if nested.rank < WRAPPER_RANK {
            // Ids and addresses in it may be of anything.
            let Draft {
                title,
                authors,
                abstract_text,
                date,
                venue,
                keywords,
                doi,
                arxiv,
                ..
            } = nested.draft;
            let said = Draft {
                title,
                authors,
                abstract_text,
                date,
                venue,
                keywords,
                doi,
                arxiv,
                ..Draft::default()
            };
            fill(draft, said);
            return None;
        }
        // A text with a key of that name is a record without any wrapping.
        if draft.abstract_text.is_some() {
            return None;
        }
        let around = std::mem::replace(draft, nested.draft);
        fill(draft, around);
        nested.wrong
    }
}

/// Takes what a draft does not have from another one about the same work.
fn fill(draft: &mut Draft, other: Draft) {
    draft.id = draft.id.take().or(other.id);
    draft.title = draft.title.take().or(other.title);
    if draft.authors.is_empty() {
        draft.authors = other.authors;
    }
    draft.abstract_text = draft.abstract_text.take().or(other.abstract_text);
    draft.date = draft.date.or(other.date);
    draft.venue = draft.venue.take().or(other.venue);
    if draft.categories.is_empty() {
        draft.categories = other.categories;
    }
    if draft.keywords.is_empty() {
        draft.keywords = other.keywords;
    }
    draft.doi = draft.doi.take().or(other.doi);
    draft.arxiv = draft.arxiv.take().or(other.arxiv);
    draft.pmid = draft.pmid.take().or(other.pmid);
    draft.url = draft.url.take().or(other.url);
    draft.language = draft.language.take().or(other.language);
}

/// Makes of a record of DBLP's search (<https://dblp.org/faq/How+to+use+the+dblp+search+API.html>)
/// what its XML gives, ids and titles alike.
fn of_dblp(object: &mut Object) {
    let draft = &mut object.draft;
    if let Some(key) = object.key.take() {
        draft
            .id
            .get_or_insert_with(|| format!("dblp:{}", key.trim()));
    }
    if let Some(title) = &mut draft.title {
        *title = dblp::without_stop(title).to_owned();
    }
}
