//! One record, by what names it.

use abs_record::Record;
use abs_schema::fields::identifier;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};

use super::Searcher;
use crate::error::SearchError;

impl Searcher {
    /// The record of an id as it is, in lower or in upper case, or of a DOI,
    /// arXiv id or PMID in any.
    pub fn get(&self, id: &str) -> Result<Option<Record>, SearchError> {
        let fields = &self.snapshot.fields;
        let id = id.trim();
        let bare = id.rsplit_once("doi.org/").map_or(id, |(_, doi)| doi);
        let terms = [
            (fields.id, id.to_owned()),
            (fields.id, id.to_lowercase()),
            (fields.id, id.to_uppercase()),
            (fields.identifier, abs_record::fold::fold(id)),
            (fields.identifier, identifier("doi", bare)),
            (fields.identifier, identifier("arxiv", id)),
            (fields.identifier, identifier("pmid", id)),
        ];
        for (field, text) in &terms {
            if let Some(record) = self.first_alive(*field, text)? {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    fn first_alive(&self, field: Field, text: &str) -> Result<Option<Record>, SearchError> {
        let term = self.snapshot.look_up(field, text)?;
        for (segment_idx, segment) in self.snapshot.segments().iter().enumerate() {
            let Some(info) = &term.infos[segment_idx] else {
                continue;
            };
            let mut postings = segment
                .inverted_index(field)?
                .read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    return Ok(Some(self.snapshot.record(segment_idx, postings.doc())?));
                }
                postings.advance();
            }
        }
        Ok(None)
    }
}
