//! The baseline: the least that tantivy needs to index title, authors and
//! abstract with its own English chain, and to search them.
//!
//! `cargo run --release -p abs-benches --features bare --bin bare -- FILE
//! [INDEX] [--threads N] [--memory MB] [--queries-only | --index-only]`
#![expect(clippy::print_stdout, reason = "a program whose output is its point")]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use abs_benches::english::english;
use abs_benches::{Args, TWO_WORD_QUERIES, peak_rss_bytes, percentile, timed};
use abs_schema::store::folder_bytes;
use anyhow::Result;
use serde::Deserialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexWriter, TantivyDocument};

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    authors: Vec<String>,
    #[serde(default, rename = "abstract")]
    abstract_text: String,
}

fn main() -> Result<()> {
    let Args {
        source,
        target,
        threads,
        memory_mb,
        queries_only,
        index_only,
        only: _,
    } = Args::parse("bare-bench")?;
    let mut schema = Schema::builder();
    let english_text = TextOptions::default().set_stored().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let id = schema.add_text_field("id", STRING | STORED);
    let title = schema.add_text_field("title", english_text.clone());
    let authors = schema.add_text_field("authors", english_text.clone());
    let abstract_text = schema.add_text_field("abstract", english_text);
    let schema = schema.build();
    let index = if queries_only {
        Index::open_in_dir(&target)?
    } else {
        std::fs::create_dir_all(&target)?;
        Index::create_in_dir(&target, schema)?
    };
    index.tokenizers().register("english", english()?);
    if !queries_only {
        let start = Instant::now();
        let mut writer: IndexWriter =
            index.writer_with_num_threads(threads, memory_mb * 1_000_000)?;
        let mut n_records = 0.0;
        let mut n_bytes = 0.0;
        for line in BufReader::with_capacity(1 << 20, File::open(source)?).lines() {
            let line = line?;
            n_records += 1.0;
            #[expect(clippy::cast_precision_loss, reason = "a figure to print")]
            let bytes = line.len() as f64;
            n_bytes += bytes;
            let record: Line = serde_json::from_str(&line)?;
            let mut document = TantivyDocument::new();
            document.add_text(id, record.id);
            document.add_text(title, record.title);
            for author in record.authors {
                document.add_text(authors, author);
            }
            document.add_text(abstract_text, record.abstract_text);
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let seconds = start.elapsed().as_secs_f64();
        println!("seconds         {seconds:.2}");
        println!("records/s       {:.0}", n_records / seconds);
        println!("MB/s            {:.1}", n_bytes / 1e6 / seconds);
        println!(
            "peak RSS MB     {}",
            peak_rss_bytes().unwrap_or(0) / 1_000_000
        );
        println!("segments        {}", index.searchable_segment_ids()?.len());
        println!("index MB        {}", folder_bytes(&target) / 1_000_000);
    }
    if index_only {
        return Ok(());
    }
    let searcher = index.reader()?.searcher();
    let mut parser = QueryParser::for_index(&index, vec![title, abstract_text, authors]);
    parser.set_conjunction_by_default();
    let n = TWO_WORD_QUERIES.len();
    for (name, counted) in [("two words", false), ("two words, counted", true)] {
        let times = timed(n * 25, |i| {
            let Ok(query) = parser.parse_query(TWO_WORD_QUERIES[i % n]) else {
                return;
            };
            let top = TopDocs::with_limit(10).order_by_score();
            let hits = if counted {
                searcher.search(&query, &(top, Count)).map(|(hits, _)| hits)
            } else {
                searcher.search(&query, &top)
            };
            // What is found is shown: ours has read its records too.
            for (_, address) in hits.unwrap_or_default() {
                let _ = searcher.doc::<TantivyDocument>(address);
            }
        });
        println!(
            "{name:<28} p50 {:>7} us   p99 {:>7} us",
            percentile(&times, 0.5).as_micros(),
            percentile(&times, 0.99).as_micros()
        );
    }
    Ok(())
}
