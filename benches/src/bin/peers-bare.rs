//! The part of tantivy without us in `benches/peers`: its own English chain,
//! its own queries and collectors.
//!
//! `peers-bare index FILE INDEX`, `peers-bare search INDEX QUERIES SECONDS`,
//! `peers-bare one INDEX TEXT`; each prints one JSON object.
#![expect(clippy::print_stdout, reason = "a program whose output is its point")]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

use abs_benches::english::english;
use abs_benches::peak_rss_bytes;
use abs_benches::peers::{IndexReport, Query, SearchReport, read_queries};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhraseQuery,
    Query as TantivyQuery, RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    authors: Vec<String>,
    #[serde(default, rename = "abstract")]
    abstract_text: String,
    #[serde(default)]
    year: Option<u64>,
}

/// The fields; the text is title and abstract, as one.
struct Fields {
    id: Field,
    title: Field,
    abstract_text: Field,
    text: Field,
    author: Field,
    year: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let english = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("english")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        title: schema.add_text_field("title", english.clone() | STORED),
        abstract_text: schema.add_text_field("abstract", STORED),
        text: schema.add_text_field("text", english),
        author: schema.add_text_field("author", STRING | STORED | FAST),
        year: schema.add_u64_field("year", INDEXED | STORED | FAST),
    };
    (schema.build(), fields)
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["index", file, index] => index_file(Path::new(file), Path::new(index)),
        ["search", index, queries, seconds] => search(
            Path::new(index),
            &read_queries(Path::new(queries))?,
            Duration::from_secs_f64(seconds.parse()?),
        ),
        ["one", index, text] => {
            let engine = Engine::open(Path::new(index))?;
            let terms = text
                .split(' ')
                .map(|word| engine.word(engine.fields.text, word));
            let query = BooleanQuery::intersection(terms.collect::<Result<_>>()?);
            println!("{}", engine.top(&query, None)?);
            Ok(())
        }
        _ => bail!("index FILE INDEX, search INDEX QUERIES SECONDS or one INDEX TEXT"),
    }
}

fn index_file(source: &Path, target: &Path) -> Result<()> {
    let start = Instant::now();
    let (schema, fields) = schema();
    std::fs::create_dir_all(target)?;
    let index = Index::create_in_dir(target, schema)?;
    index.tokenizers().register("english", english()?);
    let threads = 2;
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, 1_000_000_000)?;
    for line in BufReader::with_capacity(1 << 20, File::open(source)?).lines() {
        let record: Line = serde_json::from_str(&line?)?;
        let mut document = TantivyDocument::new();
        document.add_text(fields.id, record.id);
        document.add_text(fields.text, &record.title);
        document.add_text(fields.text, &record.abstract_text);
        document.add_text(fields.title, record.title);
        document.add_text(fields.abstract_text, record.abstract_text);
        for author in record.authors {
            document.add_text(fields.author, author);
        }
        if let Some(year) = record.year {
            document.add_u64(fields.year, year);
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let report = IndexReport {
        engine: "tantivy bare".to_owned(),
        seconds: start.elapsed().as_secs_f64(),
        threads,
        peak_rss: peak_rss_bytes().unwrap_or(0),
    };
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}

struct Engine {
    searcher: Searcher,
    fields: Fields,
    chain: TextAnalyzer,
}

impl Engine {
    fn open(folder: &Path) -> Result<Engine> {
        let index = Index::open_in_dir(folder)?;
        index.tokenizers().register("english", english()?);
        Ok(Engine {
            searcher: index.reader()?.searcher(),
            fields: schema().1,
            chain: english()?,
        })
    }

    fn term(&self, field: Field, word: &str) -> Result<Term> {
        let mut chain = self.chain.clone();
        let mut tokens = chain.token_stream(word);
        let token = tokens.next().with_context(|| format!("no word: {word}"))?;
        Ok(Term::from_field_text(field, &token.text))
    }

    fn word(&self, field: Field, word: &str) -> Result<Box<dyn TantivyQuery>> {
        let term = self.term(field, word)?;
        Ok(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
    }

    fn words(&self, field: Field, words: &[String]) -> Result<Vec<Box<dyn TantivyQuery>>> {
        words.iter().map(|word| self.word(field, word)).collect()
    }

    fn query(&self, query: &Query) -> Result<Box<dyn TantivyQuery>> {
        let Fields { text, title, .. } = self.fields;
        let all = |field| -> Result<Box<dyn TantivyQuery>> {
            Ok(Box::new(BooleanQuery::intersection(
                self.words(field, &query.words)?,
            )))
        };
        let filtered = |filter: Box<dyn TantivyQuery>| -> Result<Box<dyn TantivyQuery>> {
            let mut clauses: Vec<_> = self
                .words(text, &query.words)?
                .into_iter()
                .map(|word| (Occur::Must, word))
                .collect();
            let filter: Box<dyn TantivyQuery> = Box::new(BoostQuery::new(
                Box::new(ConstScoreQuery::new(filter, 1.0)),
                0.0,
            ));
            clauses.push((Occur::Must, filter));
            Ok(Box::new(BooleanQuery::new(clauses)))
        };
        let first = query.words.first().context("no word")?;
        Ok(match query.class.as_str() {
            "rare" | "frequent" | "facet" => self.word(text, first)?,
            "and" => all(text)?,
            "or4" | "question" => Box::new(BooleanQuery::union(self.words(text, &query.words)?)),
            "phrase" => {
                let terms: Result<Vec<Term>> = query
                    .words
                    .iter()
                    .map(|word| self.term(text, word))
                    .collect();
                Box::new(PhraseQuery::new(terms?))
            }
            "title" => all(title)?,
            "author" => {
                let author = Term::from_field_text(self.fields.author, &query.author);
                filtered(Box::new(TermQuery::new(author, IndexRecordOption::Basic)))?
            }
            "year" => {
                let year = |year: u16| {
                    std::ops::Bound::Included(Term::from_field_u64(self.fields.year, year.into()))
                };
                filtered(Box::new(RangeQuery::new(year(query.from), year(query.to))))?
            }
            "prefix" => Box::new(RegexQuery::from_pattern(&format!("{first}.*"), text)?),
            "fuzzy" => Box::new(FuzzyTermQuery::new(self.term(text, first)?, 1, true)),
            class => bail!("unknown class {class}"),
        })
    }

    /// Finds ten, reads them, and marks passages if asked to.
    fn top(&self, query: &dyn TantivyQuery, snippets: Option<&SnippetGenerator>) -> Result<usize> {
        let hits = self
            .searcher
            .search(query, &TopDocs::with_limit(10).order_by_score())?;
        for (_, address) in &hits {
            let document: TantivyDocument = self.searcher.doc(*address)?;
            if let Some(snippets) = snippets {
                let text = document.get_first(self.fields.abstract_text);
                let _ = snippets.snippet(text.and_then(|text| text.as_str()).unwrap_or_default());
            }
        }
        Ok(hits.len())
    }

    fn authors(&self, query: &dyn TantivyQuery) -> Result<u64> {
        let request: Aggregations = serde_json::from_str(
            r#"{"authors": {"terms": {"field": "author", "size": 20, "segment_size": 2000}}}"#,
        )?;
        let collector = AggregationCollector::from_aggs(request, Default::default());
        let (n_hits, _) = self.searcher.search(query, &(Count, collector))?;
        Ok(n_hits as u64)
    }
}

fn search(index: &Path, queries: &[Query], budget: Duration) -> Result<()> {
    let engine = Engine::open(index)?;
    let n_segments = engine.searcher.segment_readers().len();
    let mut report = SearchReport::new("tantivy bare", "0.27", n_segments);
    for (variant, counted) in [("top 10", false), ("counted", true)] {
        let run = |query: &Query| -> Result<Option<u64>> {
            let lowered = engine.query(query)?;
            if query.class == "facet" {
                return engine.authors(&*lowered).map(Some);
            }
            engine.top(&*lowered, None)?;
            if counted {
                return Ok(Some(engine.searcher.search(&*lowered, &Count)? as u64));
            }
            Ok(Some(0))
        };
        report.run(variant, queries, budget, run)?;
        report.run_on_two_threads(variant, queries, 3.0, run);
    }
    report.run_snippets(queries, |query, with| {
        let lowered = engine.query(query)?;
        let generator = if with {
            Some(SnippetGenerator::create(
                &engine.searcher,
                &*lowered,
                engine.fields.text,
            )?)
        } else {
            None
        };
        engine.top(&*lowered, generator.as_ref())?;
        Ok(())
    })?;
    println!("{}", report.finish()?);
    Ok(())
}
