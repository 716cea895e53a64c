//! Queries: parsed, and run over an index of every fixture there is.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use abs_ingest::{IndexSink, Input, WriterOptions, pipeline, source};
use abs_printer::{JsonPrinter, TextOptions, TextPrinter};
use abs_query::syntax::{self, Limits};
use abs_query::{FacetRequest, Filters, Hit, SearchOptions, Searcher, Sort};
use abs_record::{Date, Field};
use abs_schema::IndexFolder;

use super::is_inert;

/// Any text is a query, its spans are in it, and it prints to itself.
pub(super) fn parse(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let parsed = syntax::parse(&text);
    assert!(text.get(parsed.ast.span.clone()).is_some());
    for diagnostic in &parsed.diagnostics {
        assert!(text.get(diagnostic.span.clone()).is_some());
        assert!(is_inert(&diagnostic.render(&text)));
    }
    let printed = parsed.ast.to_string();
    let again = syntax::parse(&printed).ast;
    assert_eq!(
        again.without_spans(),
        parsed.ast.without_spans(),
        "{printed}"
    );
}

/// A query finds as many as it counts, marks what is there, and what is
/// printed of it is inert. The first byte chooses the options.
pub(super) fn search(data: &[u8]) {
    let Some((choice, text)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(text);
    let searcher = searcher();
    let options = options(*choice);
    let found = match searcher.search(&text, &options) {
        Ok(found) => found,
        Err(error) => panic!("{error}"),
    };
    let total = searcher.count(&text, &options).map(|(total, _)| total);
    assert_eq!(Some(found.total), total.ok());
    assert!(found.hits.len() <= options.limit);
    found.hits.iter().for_each(check);
    let mut out = Vec::new();
    let layout = TextOptions {
        colour: false,
        width: usize::from(*choice),
    };
    let printed = TextPrinter::new(&mut out, layout)
        .results(&found)
        .and_then(|()| JsonPrinter::new(&mut out).results(&found, Duration::ZERO));
    assert!(printed.is_ok());
    assert!(String::from_utf8(out).is_ok_and(|out| is_inert(&out)));
}

/// A hit's ranges are in their texts.
fn check(hit: &Hit) {
    for range in &hit.title_ranges {
        assert!(hit.record.title.get(range.clone()).is_some());
    }
    for (idx, range) in &hit.author_ranges {
        let name = hit.record.authors[*idx].display();
        assert!(name.get(range.clone()).is_some());
    }
    for snippet in hit.snippet.iter().chain(&hit.snippets) {
        for range in &snippet.ranges {
            assert!(snippet.text.get(range.clone()).is_some());
        }
    }
}

fn options(choice: u8) -> SearchOptions {
    let bit = |n: u8| choice >> n & 1 == 1;
    let facets =
        [Field::Author, Field::Year, Field::Venue, Field::Category].map(|field| FacetRequest {
            field,
            top: 5,
            prefix: String::new(),
        });
    SearchOptions {
        limit: 10,
        offset: usize::from(bit(0)),
        sort: match (bit(1), bit(2)) {
            (true, true) => Sort::OldestFirst,
            (true, false) => Sort::NewestFirst,
            _ => Sort::Relevance,
        },
        filters: Filters::default(),
        facets: if bit(3) { facets.to_vec() } else { Vec::new() },
        snippet_chars: if bit(4) { 60 } else { usize::MAX },
        n_snippets: if bit(0) { 3 } else { 1 },
        relax: bit(5),
        all_versions: bit(2),
        expand: !bit(4),
        without: abs_query::results::Without::default(),
        explain: bit(6),
        suggest: bit(7),
        limits: Limits::TYPED,
        today: Date::new(2026, Some(11), Some(23)),
    }
}

/// One index for all runs of this process.
fn searcher() -> &'static Searcher {
    static SEARCHER: OnceLock<Searcher> = OnceLock::new();
    SEARCHER.get_or_init(|| match index() {
        Ok(searcher) => searcher,
        Err(error) => panic!("no index: {error}"),
    })
}

fn index() -> Result<Searcher, Box<dyn std::error::Error>> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    // What is open stays readable when the folder goes at the end of this.
    let temporary = tempfile::tempdir()?;
    let folder = IndexFolder::open_or_create(temporary.path())?;
    let options = WriterOptions {
        threads: 1,
        memory_bytes: 200_000_000,
    };
    let mut sink = IndexSink::open(folder, options)?;
    let inputs: Vec<Result<Input, _>> = source::expand(&[seeds]).list;
    pipeline::run(inputs, &mut sink, &mut ())?;
    let (folder, _) = sink.finish()?;
    Ok(Searcher::open(&folder)?)
}
