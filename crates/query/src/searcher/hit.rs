//! A hit as it is shown: its record, what matches in it, its other versions.

use super::Searcher;
use crate::error::SearchError;
use crate::marks::{Marks, Place, merged};
use crate::rank::Entry;
use crate::results::{Hit, SearchOptions, Version};
use crate::snippet::snippets;

impl Searcher {
    /// The record of an entry, with what matches in it.
    pub(super) fn hit(
        &self,
        entry: Entry,
        rank: usize,
        marks: &Marks,
        options: &SearchOptions,
    ) -> Result<Hit, SearchError> {
        let record = self.snapshot.record(entry.segment_idx, entry.doc)?;
        let lit = marks.in_text(&record.title, Place::Title);
        let title_ranges = merged(lit.into_iter().map(|lit| lit.range).collect());
        let mut author_ranges = Vec::new();
        for (idx, author) in record.authors.iter().enumerate() {
            let ranges = marks.in_author(author, &author.display());
            author_ranges.extend(ranges.into_iter().map(|range| (idx, range)));
        }
        let mut snippets = match &record.abstract_text {
            Some(text) if options.snippet_chars > 0 => {
                let lit = marks.in_text(text, Place::Abstract);
                snippets(text, &lit, options.snippet_chars, options.n_snippets)
            }
            _ => Vec::new(),
        };
        let snippet = snippets.first().cloned();
        if options.n_snippets > 1 {
            snippets.sort_by_key(|snippet| snippet.start);
        } else {
            snippets.clear();
        }
        Ok(Hit {
            rank,
            score: entry.score,
            full_match: true,
            record,
            title_ranges,
            author_ranges,
            snippet,
            snippets,
            explanation: None,
            versions: self.other_versions(entry)?,
        })
    }

    fn other_versions(&self, entry: Entry) -> Result<Vec<Version>, SearchError> {
        let Some(work) = entry.work else {
            return Ok(Vec::new());
        };
        let mut versions = Vec::new();
        for (segment_idx, doc) in self.snapshot.works.versions(work) {
            if (segment_idx, doc) != (entry.segment_idx, entry.doc) {
                let record = self.snapshot.record(segment_idx, doc)?;
                versions.push(Version {
                    year: record.year(),
                    id: record.id,
                    title: record.title,
                    venue: record.venue,
                    doi: record.doi,
                    arxiv: record.arxiv,
                    pmid: record.pmid,
                    url: record.url,
                });
            }
        }
        versions.sort_by(|a, b| (a.year, &a.id).cmp(&(b.year, &b.id)));
        Ok(versions)
    }
}
