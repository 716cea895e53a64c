//! Searching one commit of an index.

mod get;
mod hit;
mod sample;
mod stats;
mod suggestions;
mod understand;

use std::path::PathBuf;

use abs_schema::IndexFolder;
use abs_schema::works::Works;
use tantivy::DocAddress;

use crate::error::SearchError;
use crate::execute::{Execution, Ranked};
use crate::explain::explain;
use crate::facet::FacetCounter;
use crate::plan::Lengths;
use crate::rank::{Entry, Placed, WINDOW, placed, put_first, rerank, with_title};
use crate::resolve::{Resolved, UNANSWERED_PROSE_WORDS};
use crate::results::{MAX_DEPTH, QueryReport, Relaxed, SearchOptions, SearchResults, Sort};
use crate::snapshot::Snapshot;

/// A snapshot to query: what is written later, another searcher sees.
pub struct Searcher {
    pub(crate) snapshot: Snapshot,
    pub(crate) lengths: Lengths,
    /// Where the index is: its size is looked up when asked for.
    path: PathBuf,
}

impl Searcher {
    /// Sees the last commit.
    pub fn open(folder: &IndexFolder) -> Result<Searcher, SearchError> {
        let snapshot = Snapshot::open(folder)?;
        let lengths = Lengths {
            text: snapshot.average_length(snapshot.fields.text)?,
            title: snapshot.average_length(snapshot.fields.title)?,
        };
        Ok(Searcher {
            snapshot,
            lengths,
            path: folder.path.clone(),
        })
    }

    /// Whether this is still the last commit of the index: `false` where there
    /// is a later one or another index in its place, an error where there is
    /// none any more. Open another searcher then; this one goes on seeing what
    /// it saw.
    pub fn is_current(&self, folder: &IndexFolder) -> Result<bool, SearchError> {
        let mut now: Vec<_> = folder
            .index
            .searchable_segment_metas()?
            .iter()
            .map(|meta| (meta.id(), meta.num_deleted_docs()))
            .collect();
        let segments = self.snapshot.segments().iter();
        let mut seen: Vec<_> = segments
            .map(|segment| (segment.segment_id(), segment.num_deleted_docs()))
            .collect();
        now.sort_unstable();
        seen.sort_unstable();
        Ok(now == seen)
    }

    /// The best records for a query as typed, counted and in order.
    pub fn search(&self, raw: &str, options: &SearchOptions) -> Result<SearchResults, SearchError> {
        let wanted = page_end(options)?;
        let (mut resolved, mut report) = self.understand(raw, options)?;
        // A facet is counted without the filter on its own field.
        let (apart, along): (Vec<_>, Vec<_>) = options
            .facets
            .iter()
            .cloned()
            .partition(|request| resolved.is_filtered_by(request.field));
        let mut facets = FacetCounter::for_requests(&self.snapshot, &along)?;
        let execution = Execution {
            snapshot: &self.snapshot,
            lengths: self.lengths,
            sort: options.sort,
            works: self.works(options),
        };
        let full_node = resolved.full();
        let by_relevance = options.sort == Sort::Relevance && wanted > 0;
        let staged = by_relevance && !resolved.row.is_empty();
        // Stages look at the same hits whichever page is asked for.
        let looked_at = if staged { wanted.max(WINDOW) } else { wanted };
        let full = execution.all(&full_node, looked_at, &mut facets)?;
        let mut ranked = placed(full.entries);
        let stages = |resolved: &Resolved, before: &[Placed], hits: &mut [Placed]| {
            let (row, names) = (&resolved.row, &resolved.names);
            rerank(
                &self.snapshot,
                self.lengths,
                row,
                names,
                options.without,
                before,
                hits,
            )
        };
        if staged {
            stages(&resolved, &[], &mut ranked)?;
        }
        if by_relevance && !options.without.titles {
            let docs = with_title(&self.snapshot, self.lengths, raw)?;
            let titled = placed(execution.only(&full_node, docs)?);
            put_first(&self.snapshot, raw, titled, &mut ranked)?;
            // Put before as many as were asked for, they are more.
            ranked.truncate(looked_at.max(1));
        }
        let n_full = ranked.len();
        if options.relax && ranked.len() < wanted && resolved.words.len() > 1 {
            let found: Vec<Entry> = ranked.iter().map(|hit| hit.entry).collect();
            let more = (looked_at - n_full).max(if staged { WINDOW } else { 0 });
            let mut partial = placed(execution.any(&resolved, more, &found)?);
            if n_full == 0 && partial.is_empty() {
                let (prose, told) = self.understand_prose(raw, options, UNANSWERED_PROSE_WORDS)?;
                if prose.required.len() < resolved.required.len() {
                    (resolved, report) = (prose, told);
                    partial = placed(execution.any(&resolved, more, &found)?);
                }
            }
            if staged {
                stages(&resolved, &ranked, &mut partial)?;
                after(&ranked, &mut partial);
            }
            ranked.extend(partial);
        }
        let page: Vec<Placed> = ranked
            .into_iter()
            .skip(options.offset)
            .take(options.limit)
            .collect();
        let partial_on_page =
            (options.offset + page.len()).saturating_sub(n_full.max(options.offset));
        report.relaxed = (partial_on_page > 0).then_some(Relaxed {
            full: full.total,
            partial_on_page,
        });
        report.suggestions = self.suggestions(raw, options, full.total)?;
        let marks = std::mem::take(&mut resolved.marks);
        let mut hits = Vec::with_capacity(page.len());
        for (idx, placed) in page.iter().enumerate() {
            let rank = options.offset + idx + 1;
            let mut hit = self.hit(placed.entry, rank, &marks, options)?;
            hit.full_match = rank <= n_full;
            if options.explain {
                let node = match hit.full_match {
                    true => full_node.clone(),
                    false => resolved.any(),
                };
                hit.explanation = Some(explain(&self.snapshot, self.lengths, &node, placed)?);
            }
            hits.push(hit);
        }
        let mut facets = facets.finish()?;
        for request in apart {
            let request = std::slice::from_ref(&request);
            let mut counter = FacetCounter::for_requests(&self.snapshot, request)?;
            execution.all(&resolved.full_but(Some(request[0].field)), 0, &mut counter)?;
            facets.extend(counter.finish()?);
        }
        let place = |field| options.facets.iter().position(|asked| asked.field == field);
        facets.sort_by_key(|facet| place(facet.field));
        Ok(SearchResults {
            query: report,
            total: full.total,
            n_records: full.n_records,
            hits,
            facets,
        })
    }

    /// How many match in full, and scores and places of the best of them, no
    /// record read and no stage passed: the engine's part of a search.
    pub fn best(
        &self,
        raw: &str,
        options: &SearchOptions,
    ) -> Result<(u64, Vec<(f32, DocAddress)>), SearchError> {
        let (resolved, _) = self.understand(raw, options)?;
        let execution = Execution {
            snapshot: &self.snapshot,
            lengths: self.lengths,
            sort: options.sort,
            works: self.works(options),
        };
        let mut no_facets = FacetCounter::default();
        let found = execution.all(&resolved.full(), page_end(options)?, &mut no_facets)?;
        let place = |entry: &Entry| {
            let segment = u32::try_from(entry.segment_idx).unwrap_or(u32::MAX);
            (entry.score, DocAddress::new(segment, entry.doc))
        };
        Ok((found.total, found.entries.iter().map(place).collect()))
    }

    /// How many works match in full, or records if each is to be a hit.
    pub fn count(
        &self,
        raw: &str,
        options: &SearchOptions,
    ) -> Result<(u64, QueryReport), SearchError> {
        let (resolved, mut report) = self.understand(raw, options)?;
        let execution = Execution {
            snapshot: &self.snapshot,
            lengths: self.lengths,
            sort: options.sort,
            works: self.works(options),
        };
        let Ranked { total, .. } =
            execution.all(&resolved.full(), 0, &mut FacetCounter::default())?;
        report.suggestions = self.suggestions(raw, options, total)?;
        Ok((total, report))
    }

    /// How a query is understood, without running it.
    pub fn read(&self, raw: &str, options: &SearchOptions) -> Result<QueryReport, SearchError> {
        Ok(self.understand(raw, options)?.1)
    }

    /// What makes one hit of several records, unless each is to be one.
    fn works(&self, options: &SearchOptions) -> Option<&Works> {
        (!options.all_versions).then_some(&*self.snapshot.works)
    }
}

/// Scores of partial matches, brought below those of full ones, which come
/// first whatever they score.
fn after(full: &[Placed], partial: &mut [Placed]) {
    let (Some(last), Some(first)) = (full.last(), partial.first()) else {
        return;
    };
    let (lowest, highest) = (last.entry.score, first.entry.score);
    if highest <= lowest || highest <= 0.0 {
        return;
    }
    for hit in partial {
        let score = hit.entry.score / highest * lowest;
        let taken = score - hit.entry.score;
        hit.bonuses
            .push(("partial matches come after full ones", taken));
        hit.entry.score = score;
    }
}

/// Where the page ends, within bounds.
fn page_end(options: &SearchOptions) -> Result<usize, SearchError> {
    let asked = options.offset as u128 + options.limit as u128;
    if asked > MAX_DEPTH as u128 {
        return Err(SearchError::TooDeep {
            asked,
            max: MAX_DEPTH,
        });
    }
    Ok(options.offset + options.limit)
}

#[cfg(test)]
mod tests;
