//! Plain data to wire types.

use abs_record::Author;
use abs_record::author::Name;

use super::*;

impl<'a> Envelope<'a> {
    /// The answer to a search that took so long.
    pub fn new(results: &'a results::SearchResults, took: Duration) -> Envelope<'a> {
        Envelope {
            schema_version: JSON_VERSION,
            query: Query::from(&results.query),
            total: results.total,
            total_records: results.n_records,
            hits: results.hits.iter().map(Hit::from).collect(),
            facets: results.facets.iter().map(Facet::from).collect(),
            took_ms: millis(took),
        }
    }
}

impl<'a> Count<'a> {
    /// The answer to a count that took so long.
    pub fn new(total: u64, query: &'a results::QueryReport, took: Duration) -> Count<'a> {
        Count {
            schema_version: JSON_VERSION,
            query: Query::from(query),
            total,
            took_ms: millis(took),
        }
    }
}

impl<'a> Parse<'a> {
    /// A query, its tree, and what the parser had to say.
    pub fn new(
        raw: &'a str,
        ast: &Ast,
        diagnostics: &'a [Diagnostic],
        expansions: &'a [results::Expansion],
    ) -> Parse<'a> {
        Parse {
            schema_version: JSON_VERSION,
            raw,
            parsed: ast.to_string(),
            warnings: diagnostics.iter().map(Warning::from).collect(),
            expansions: expansions.iter().map(Expansion::from).collect(),
            tree: Tree::from(ast),
        }
    }
}

impl<'a> From<&'a results::QueryReport> for Query<'a> {
    fn from(report: &'a results::QueryReport) -> Query<'a> {
        Query {
            raw: &report.raw,
            parsed: &report.parsed,
            warnings: report.diagnostics.iter().map(Warning::from).collect(),
            relaxed: report.relaxed.as_ref().map(|relaxed| Relaxed {
                full: relaxed.full,
                partial_on_page: relaxed.partial_on_page,
            }),
            expansions: report.expansions.iter().map(Expansion::from).collect(),
            unknown: &report.unknown,
            suggestions: report.suggestions.iter().map(Suggestion::from).collect(),
        }
    }
}

impl<'a> From<&'a results::Suggestion> for Suggestion<'a> {
    fn from(suggestion: &'a results::Suggestion) -> Suggestion<'a> {
        Suggestion {
            query: &suggestion.query,
            authors: &suggestion.authors,
            changes: suggestion
                .changes
                .iter()
                .map(|(from, to)| Change { from, to })
                .collect(),
            total: suggestion.total,
        }
    }
}

impl<'a> From<&'a Diagnostic> for Warning<'a> {
    fn from(diagnostic: &'a Diagnostic) -> Warning<'a> {
        Warning {
            severity: match diagnostic.severity {
                Severity::Info => "info",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            span: span(&diagnostic.span),
        }
    }
}

impl<'a> From<&'a results::Expansion> for Expansion<'a> {
    fn from(expansion: &'a results::Expansion) -> Expansion<'a> {
        Expansion {
            from: &expansion.from,
            kind: match expansion.kind {
                results::ExpansionKind::Pattern => "pattern",
                results::ExpansionKind::Acronym => "acronym",
            },
            to: &expansion.to,
            n_terms: expansion.n_terms,
            cut: expansion.cut,
        }
    }
}

impl<'a> From<&'a results::Hit> for Hit<'a> {
    fn from(hit: &'a results::Hit) -> Hit<'a> {
        Hit {
            rank: hit.rank,
            score: hit.score,
            full_match: hit.full_match,
            record: Bibliographic::from(&hit.record),
            title_ranges: hit.title_ranges.iter().map(span).collect(),
            author_ranges: hit
                .author_ranges
                .iter()
                .map(|(author, range)| AuthorRange {
                    author: *author,
                    range: span(range),
                })
                .collect(),
            snippet: hit.snippet.as_ref().map(Snippet::from),
            snippets: hit.snippets.iter().map(Snippet::from).collect(),
            explanation: hit.explanation.as_ref().map(Explanation::from),
            versions: hit.versions.iter().map(Version::from).collect(),
        }
    }
}

impl<'a> From<&'a results::Version> for Version<'a> {
    fn from(version: &'a results::Version) -> Version<'a> {
        Version {
            id: version.id.as_str(),
            title: &version.title,
            year: version.year,
            venue: version.venue.as_deref(),
            doi: version.doi.as_deref(),
            arxiv: version.arxiv.as_deref(),
            pmid: version.pmid.as_deref(),
            url: version.url.as_deref(),
        }
    }
}

impl<'a> From<&'a Record> for Bibliographic<'a> {
    fn from(record: &'a Record) -> Bibliographic<'a> {
        Bibliographic {
            id: record.id.as_str(),
            title: &record.title,
            authors: record.authors.iter().map(|a| a.display()).collect(),
            year: record.year(),
            date: record.date.map(|date| date.to_string()),
            venue: record.venue.as_deref(),
            categories: &record.categories,
            keywords: &record.keywords,
            doi: record.doi.as_deref(),
            arxiv: record.arxiv.as_deref(),
            pmid: record.pmid.as_deref(),
            url: record.url.as_deref(),
            language: record.language.as_deref(),
        }
    }
}

impl<'a> From<&'a Record> for FullRecord<'a> {
    fn from(record: &'a Record) -> FullRecord<'a> {
        FullRecord {
            schema_version: JSON_VERSION,
            record: Bibliographic::from(record),
            abstract_text: record.abstract_text.as_deref(),
        }
    }
}

impl<'a> From<&'a Record> for ExportedRecord<'a> {
    fn from(record: &'a Record) -> ExportedRecord<'a> {
        ExportedRecord {
            abs_search_export: EXPORT_VERSION,
            id: record.id.as_str(),
            title: &record.title,
            authors: record.authors.iter().map(ExportedAuthor::from).collect(),
            abstract_text: record.abstract_text.as_deref(),
            date: record.date.map(|date| date.to_string()),
            venue: record.venue.as_deref(),
            categories: &record.categories,
            keywords: &record.keywords,
            doi: record.doi.as_deref(),
            arxiv: record.arxiv.as_deref(),
            pmid: record.pmid.as_deref(),
            url: record.url.as_deref(),
            language: record.language.as_deref(),
        }
    }
}

impl<'a> From<&'a Author> for ExportedAuthor<'a> {
    fn from(author: &'a Author) -> ExportedAuthor<'a> {
        let [literal, family, given, particle, suffix] = match &author.name {
            Name::Collective(name) => [name.as_str(), "", "", "", ""],
            Name::Person {
                family,
                given,
                particle,
                suffix,
            } => ["", family, given, particle, suffix],
        };
        ExportedAuthor {
            literal,
            family,
            given,
            particle,
            suffix,
            orcid: author.orcid.as_deref(),
        }
    }
}

impl<'a> From<&'a results::Snippet> for Snippet<'a> {
    fn from(snippet: &'a results::Snippet) -> Snippet<'a> {
        Snippet {
            text: &snippet.text,
            ranges: snippet.ranges.iter().map(span).collect(),
            start: snippet.start,
            cut_before: snippet.cut_before,
            cut_after: snippet.cut_after,
        }
    }
}

impl<'a> From<&'a results::Explanation> for Explanation<'a> {
    fn from(explanation: &'a results::Explanation) -> Explanation<'a> {
        Explanation {
            what: &explanation.what,
            value: explanation.value,
            parts: explanation.parts.iter().map(Explanation::from).collect(),
        }
    }
}

impl<'a> From<&'a results::Facet> for Facet<'a> {
    fn from(facet: &'a results::Facet) -> Facet<'a> {
        Facet {
            field: facet.field.name(),
            n_values: facet.n_values,
            values: facet
                .values
                .iter()
                .map(|value| FacetValue {
                    value: &value.value,
                    count: value.count,
                })
                .collect(),
        }
    }
}

impl Stats {
    /// An index in numbers, and what it was made of.
    pub fn new(stats: &results::Stats, sources: &report::Sources) -> Stats {
        Stats {
            schema_version: JSON_VERSION,
            n_records: stats.n_records,
            n_works: stats.n_works,
            n_abstracts: stats.n_abstracts,
            n_authors: stats.n_authors,
            n_terms: stats.n_terms,
            n_segments: stats.n_segments,
            years: stats.years.map(|(first, last)| [first, last]),
            n_bytes: stats.n_bytes,
            sources: Sources {
                account: Account::from(&sources.account),
                n_files: sources.files,
                failed_files: sources.failed_files,
                partial_files: sources.partial_files,
                unfinished: sources.is_open,
                files: sources
                    .list
                    .as_ref()
                    .map(|list| list.iter().map(FileAccount::from).collect()),
            },
        }
    }
}

impl From<&report::Account> for Account {
    fn from(account: &report::Account) -> Account {
        Account {
            read: account.read,
            indexed: account.indexed,
            updated: account.updated,
            unchanged: account.unchanged,
            duplicate: account.duplicate,
            deleted: account.deleted,
            rejected: account.rejected,
        }
    }
}

impl From<&report::FileAccount> for FileAccount {
    fn from(file: &report::FileAccount) -> FileAccount {
        FileAccount {
            file: file.path.clone(),
            state: file.state,
            format: file.format.clone(),
            account: Account::from(&file.account),
        }
    }
}

impl From<&IngestReport> for Ingest {
    fn from(report: &IngestReport) -> Ingest {
        let path = |path: &std::path::Path| path.to_string_lossy().into_owned();
        Ingest {
            schema_version: JSON_VERSION,
            account: Account::from(&report.account),
            files: report.files,
            unchanged_files: report.unchanged_files,
            failed_files: report.failed_files,
            skipped_files: report.skipped_files,
            source_bytes: report.source_bytes,
            resumed: report.resumed,
            index: report.index.as_ref().map(|(index, _)| path(index)),
            index_bytes: report.index.as_ref().map(|(_, n_bytes)| *n_bytes),
            rejects: report.rejects_path.as_deref().map(path),
            took_ms: millis(report.took),
        }
    }
}

impl<'a> From<&'a EvalReport> for Eval<'a> {
    fn from(report: &'a EvalReport) -> Eval<'a> {
        let rows = report.rows.iter().map(|row| EvalRow {
            name: &row.name,
            n: row.n,
            measures: row.measures.iter().copied().collect(),
        });
        Eval {
            schema_version: JSON_VERSION,
            rows: rows.collect(),
            took_ms: millis(report.took),
        }
    }
}

impl From<&Ast> for Tree {
    fn from(ast: &Ast) -> Tree {
        let node = Node::of(ast);
        Tree {
            kind: node.kind,
            text: (!node.text.is_empty()).then_some(node.text),
            span: span(&node.span),
            members: node.members.into_iter().map(Tree::from).collect(),
        }
    }
}

fn span(range: &Range<usize>) -> Span {
    [range.start, range.end]
}

/// To the microsecond.
pub(super) fn millis(took: Duration) -> f64 {
    (took.as_secs_f64() * 1_000_000.0).round() / 1000.0
}
