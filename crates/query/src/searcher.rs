//! Searching one commit of an index.

mod sample;

use std::path::PathBuf;

use abs_record::{Date, Record};
use abs_schema::IndexFolder;
use abs_schema::fields::identifier;
use abs_schema::store::folder_bytes;
use abs_schema::works::Works;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, TERMINATED};

use crate::error::SearchError;
use crate::execute::{Execution, Ranked};
use crate::explain::explain;
use crate::facet::FacetCounter;
use crate::marks::{Marks, Place, merged};
use crate::plan::Lengths;
use crate::rank::{Entry, Placed, WINDOW, is_title, placed, put_first, rerank, with_title};
use crate::resolve::{PROSE_WORDS, Resolved, Resolver, UNANSWERED_PROSE_WORDS};
use crate::results::{
    Filters, Hit, MAX_DEPTH, QueryReport, Relaxed, SearchOptions, SearchResults, Sort, Stats,
    Suggestion, Version,
};
use crate::snapshot::{Snapshot, column};
use crate::snippet::snippets;
use crate::suggest::{Asked, FEW_HITS, suggest};
use crate::syntax::ast::{Ast, AstKind};
use crate::syntax::{self, Parsed};

/// Words a title has at least that is read as one whatever is in it: `cats NOT
/// dogs` means what it says, also where something has that title.
const TITLE_WORDS: usize = 4;

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
        for (idx, entry) in page.iter().enumerate() {
            let rank = options.offset + idx + 1;
            let mut hit = self.hit(entry.entry, rank, &marks, options)?;
            hit.full_match = rank <= n_full;
            if options.explain {
                let node = if hit.full_match {
                    full_node.clone()
                } else {
                    resolved.any()
                };
                hit.explanation = Some(explain(&self.snapshot, self.lengths, &node, entry)?);
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

    /// What may have been meant, where a query finds little.
    fn suggestions(
        &self,
        raw: &str,
        options: &SearchOptions,
        total: u64,
    ) -> Result<Vec<Suggestion>, SearchError> {
        if !options.suggest || total > FEW_HITS {
            return Ok(Vec::new());
        }
        let asked = Asked {
            ast: meant(raw, options).ast,
            authors: options.filters.authors.clone(),
        };
        let execution = Execution {
            snapshot: &self.snapshot,
            lengths: self.lengths,
            sort: options.sort,
            works: self.works(options),
        };
        let mut found = suggest(&self.snapshot, &asked, total, |asked| {
            let mut resolver = Resolver::new(&self.snapshot, options.today)
                .expanding(options.expand)
                .leaving_out(options.without);
            let filters = resolver.filters(&Filters {
                authors: asked.authors.clone(),
                ..options.filters.clone()
            })?;
            let mut resolved = resolver.resolve(&asked.ast)?;
            resolved.filters = filters;
            let mut no_facets = FacetCounter::default();
            Ok(execution.all(&resolved.full(), 0, &mut no_facets)?.total)
        })?;
        for suggestion in &mut found {
            if is_everything(raw) {
                raw.clone_into(&mut suggestion.query);
            }
        }
        Ok(found)
    }

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

    /// The index in numbers.
    pub fn stats(&self) -> Result<Stats, SearchError> {
        let snapshot = &self.snapshot;
        let segments = snapshot.segments();
        let mut years: Option<(u64, u64)> = None;
        let mut n_terms = 0;
        let mut authors = rustc_hash::FxHashSet::default();
        for segment in segments {
            let inverted = segment.inverted_index(snapshot.fields.text)?;
            n_terms += inverted.terms().num_terms() as u64;
            let year = column(segment, "year")?;
            let keys = column(segment, "author_key")?;
            for doc in segment.doc_ids_alive() {
                if let Some(year) = year.first(doc) {
                    let (low, high) = years.unwrap_or((year, year));
                    years = Some((low.min(year), high.max(year)));
                }
                authors.extend(keys.values_for_doc(doc));
            }
        }
        let execution = Execution {
            snapshot,
            lengths: self.lengths,
            sort: crate::results::Sort::Relevance,
            works: None,
        };
        let mut resolver = Resolver::new(snapshot, None);
        let with_abstract = resolver.has_part("abstract")?;
        let mut no_facets = FacetCounter::default();
        let n_abstracts = execution.all(&with_abstract, 0, &mut no_facets)?.total;
        let year = |year: u64| u16::try_from(year).unwrap_or(u16::MAX);
        Ok(Stats {
            n_records: snapshot.searcher.num_docs(),
            n_works: snapshot.searcher.num_docs() + snapshot.works.n_works() as u64
                - snapshot.works.n_members() as u64,
            n_abstracts,
            n_authors: authors.len() as u64,
            n_terms,
            n_segments: segments.len(),
            years: years.map(|(low, high)| (year(low), year(high))),
            n_bytes: folder_bytes(&self.path),
        })
    }

    /// How a query is understood, without running it.
    pub fn read(&self, raw: &str, options: &SearchOptions) -> Result<QueryReport, SearchError> {
        Ok(self.understand(raw, options)?.1)
    }

    /// From text to a resolved query and what to tell about it.
    pub(crate) fn understand(
        &self,
        raw: &str,
        options: &SearchOptions,
    ) -> Result<(Resolved, QueryReport), SearchError> {
        self.understand_prose(raw, options, PROSE_WORDS)
    }

    /// The same, prose being so many words or more.
    fn understand_prose(
        &self,
        raw: &str,
        options: &SearchOptions,
        prose_words: usize,
    ) -> Result<(Resolved, QueryReport), SearchError> {
        let mut parsed = meant(raw, options);
        // A title that was pasted, with what looks like a field or an operator.
        if parsed.ast.asks_more_than_words()
            && raw.split_whitespace().count() >= TITLE_WORDS
            && is_title(&self.snapshot, self.lengths, raw)?
        {
            parsed = syntax::title(raw);
        }
        let mut resolver = Resolver::new(&self.snapshot, options.today)
            .expanding(options.expand)
            .leaving_out(options.without)
            .prose_from(prose_words);
        let filters = resolver.filters(&options.filters)?;
        let mut resolved = resolver.resolve(&parsed.ast)?;
        resolved.filters = filters;
        let mut diagnostics = parsed.diagnostics;
        diagnostics.append(&mut resolved.diagnostics);
        let report = QueryReport {
            raw: raw.to_owned(),
            parsed: parsed.ast.to_string(),
            diagnostics,
            relaxed: None,
            expansions: std::mem::take(&mut resolved.expansions),
            unknown: said_once(std::mem::take(&mut resolved.unknown)),
            suggestions: Vec::new(),
        };
        Ok((resolved, report))
    }

    /// What makes one hit of several records, unless each is to be one.
    fn works(&self, options: &SearchOptions) -> Option<&Works> {
        (!options.all_versions).then_some(&*self.snapshot.works)
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

    fn hit(
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
}

/// The query read; no words at all, or a star, stand for every record.
fn meant(raw: &str, options: &SearchOptions) -> Parsed {
    if !is_everything(raw) {
        return syntax::parse_within(raw, options.limits);
    }
    Parsed {
        ast: Ast {
            span: 0..0,
            kind: AstKind::Words(Vec::new()),
        },
        diagnostics: Vec::new(),
    }
}

fn is_everything(raw: &str) -> bool {
    matches!(raw.trim(), "" | "*")
}

/// Each unknown word once, and an identifier, which is looked for as a word too,
/// without the address it was pasted with.
fn said_once(unknown: Vec<String>) -> Vec<String> {
    let mut said: Vec<String> = Vec::with_capacity(unknown.len().min(64));
    let mut seen = rustc_hash::FxHashSet::default();
    for text in unknown {
        let is_address = said
            .last()
            .is_some_and(|last| last.contains('/') && text.ends_with(last.as_str()));
        if !is_address && seen.insert(text.clone()) {
            said.push(text);
        }
    }
    said
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

/// Today, for `since:`, from seconds since 1970.
pub fn date_of_unix_seconds(seconds: u64) -> Date {
    let days = i64::try_from(seconds / 86_400).unwrap_or(0);
    Date::from_unix_days(days)
}

#[cfg(test)]
mod tests;
