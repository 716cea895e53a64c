//! What can be told of a record only when all its keys are read: what the
//! objects within say, and what its id has to be.

use super::external::ExternalIds;
use super::keys;
use crate::draft::Draft;

/// What was found beside the fields themselves.
#[derive(Default)]
pub(super) struct Beside {
    /// Ids that count where the object itself says none.
    pub(super) external: Vec<ExternalIds>,
    /// What counts where the object itself has no title.
    pub(super) nested: Option<Box<Draft>>,
    /// Keywords that stand in objects of their own, then headings.
    pub(super) terms: [Vec<String>; 2],
    /// What annotations find in the full text.
    pub(super) full_text: Option<Box<Draft>>,
}

impl Beside {
    /// Completes a draft; `id_rank` and `date_rank` are of the keys that gave
    /// its id and its date.
    pub(super) fn complete(self, draft: &mut Draft, id_rank: u8, date_rank: u8) {
        for ids in self.external {
            ids.fill(draft);
        }
        draft.keywords.extend(self.terms.into_iter().flatten());
        if let Some(nested) = self.nested.filter(|_| draft.title.is_none()) {
            fill(draft, *nested);
        }
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
    }
}

/// Takes what a draft does not have from another one about the same work.
fn fill(draft: &mut Draft, other: Draft) {
    draft.title = draft.title.take().or(other.title);
    if draft.authors.is_empty() {
        draft.authors = other.authors;
    }
    draft.abstract_text = draft.abstract_text.take().or(other.abstract_text);
    draft.date = draft.date.or(other.date);
    draft.venue = draft.venue.take().or(other.venue);
    draft.doi = draft.doi.take().or(other.doi);
    if draft.keywords.is_empty() {
        draft.keywords = other.keywords;
    }
}
