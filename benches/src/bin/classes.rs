//! Times classes of queries beside tantivy's own over the same index: the same
//! terms of the same field, the same hits. Queries are drawn from the index's
//! own records, the same for the same index.
//!
//! `cargo run --release -p abs-benches --bin classes -- FILE INDEX [--only
//! CLASS]`: the file is not read; the index is one that `throughput` made of it.
#![expect(clippy::print_stdout, reason = "a program whose output is its point")]

use std::time::{Duration, Instant};

use abs_benches::{Args, pages, percentile};
use abs_query::syntax::Limits;
use abs_query::{SearchOptions, Searcher};
use abs_schema::{IndexFolder, analyzer};
use anyhow::Result;
use tantivy::Term;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, FuzzyTermQuery, Occur, Query, RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// As the binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Queries of each class.
const N_QUERIES: usize = 40;
/// Times each is run, after once to warm up.
const N_RUNS: usize = 15;

/// One query, in our words and as tantivy's tree, where it has one.
struct Pair {
    ours: String,
    theirs: Option<Box<dyn Query>>,
}

/// A word of a record, its stem and the documents that hold it.
struct Word {
    text: String,
    stem: String,
    n_docs: u64,
}

fn main() -> Result<()> {
    let args = Args::parse("abs-search-bench")?;
    let folder = IndexFolder::open(&args.target)?;
    let searcher = Searcher::open(&folder)?;
    let engine = folder.index.reader()?.searcher();
    let text = folder.fields.text;
    let records = records(&searcher, &folder)?;
    let options = SearchOptions {
        limits: Limits::FILE,
        ..pages::base_score_only()
    };
    println!(
        "mean us of a query, the best ten found: ours counts all hits, always, and reads the query, as long as under `read`"
    );
    println!(
        "{:<24} {:>9} {:>9} {:>9} {:>9} {:>7} {:>7} {:>10} {:>10}",
        "class", "ours", "read", "tantivy", "counted", "ratio", "ratio", "hits", "theirs"
    );
    for (name, pairs) in classes(&records, text, &folder) {
        if !name.contains(&args.only) {
            continue;
        }
        let (mut ours, mut top, mut counted) = (Vec::new(), Vec::new(), Vec::new());
        let mut read = Vec::new();
        let (mut n_ours, mut n_theirs) = (0, 0);
        for pair in &pairs {
            n_ours += searcher.search(&pair.ours, &options)?.total;
            let Some(query) = &pair.theirs else { continue };
            n_theirs += engine.search(query, &Count)? as u64;
        }
        for _ in 0..N_RUNS {
            // In turn, so that a busy machine is as hard on all. Reading the query
            // and looking its words up is a part of ours; tantivy gets a tree.
            read.push(each(&pairs, |pair| {
                searcher.read(&pair.ours, &options)?;
                Ok(())
            })?);
            ours.push(each(&pairs, |pair| {
                searcher.best(&pair.ours, &options)?;
                Ok(())
            })?);
            let theirs = |pair: &Pair, is_counted: bool| -> Result<()> {
                let Some(query) = &pair.theirs else {
                    return Ok(());
                };
                let best = TopDocs::with_limit(10).order_by_score();
                if is_counted {
                    engine.search(query, &(best, Count))?;
                } else {
                    engine.search(query, &best)?;
                }
                Ok(())
            };
            top.push(each(&pairs, |pair| theirs(pair, false))?);
            counted.push(each(&pairs, |pair| theirs(pair, true))?);
        }
        let median = |times: &mut Vec<Duration>| {
            times.sort_unstable();
            percentile(times, 0.5).as_secs_f64() * 1e6
        };
        let (ours, top, counted) = (median(&mut ours), median(&mut top), median(&mut counted));
        let read = median(&mut read);
        let n = pairs.len() as u64;
        println!(
            "{name:<24} {ours:>9.1} {read:>9.1} {top:>9.1} {counted:>9.1} {:>7.2} {:>7.2} {:>10} {:>10}",
            ours / top,
            ours / counted,
            n_ours / n,
            n_theirs / n,
        );
    }
    Ok(())
}

/// The mean time of a query.
fn each(pairs: &[Pair], mut run: impl FnMut(&Pair) -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    for pair in pairs {
        run(pair)?;
    }
    Ok(start.elapsed() / u32::try_from(pairs.len()).unwrap_or(1))
}

/// Words of abstracts, in their order.
fn records(searcher: &Searcher, folder: &IndexFolder) -> Result<Vec<Vec<Word>>> {
    let engine = folder.index.reader()?.searcher();
    let options = pages::newest(4_000);
    let mut records = Vec::new();
    for hit in searcher.search("*", &options)?.hits {
        let abstract_text = hit.record.abstract_text.unwrap_or_default();
        let mut words = Vec::new();
        for word in abstract_text.split_whitespace() {
            let is_plain = word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
            let stem = Some(word).filter(|_| is_plain).and_then(analyzer::stem);
            let word = match stem {
                Some(stem) => {
                    let term = Term::from_field_text(folder.fields.text, &stem);
                    Word {
                        text: word.to_owned(),
                        n_docs: engine.doc_freq(&term)?,
                        stem,
                    }
                }
                // What stands between keeps others from being a phrase.
                None => Word {
                    text: String::new(),
                    stem: String::new(),
                    n_docs: 0,
                },
            };
            words.push(word);
        }
        records.push(words);
    }
    Ok(records)
}

type Classes = Vec<(&'static str, Vec<Pair>)>;

fn classes(records: &[Vec<Word>], text: Field, folder: &IndexFolder) -> Classes {
    let n_docs = u64::try_from(records.len()).unwrap_or(0).max(400_000);
    let freqs = IndexRecordOption::WithFreqs;
    let term = |word: &Word| -> Box<dyn Query> {
        Box::new(TermQuery::new(
            Term::from_field_text(text, &word.stem),
            freqs,
        ))
    };
    let joined = |words: &[&Word], between: &str| {
        let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        format!("tiab:({})", words.join(between))
    };
    let tree = |words: &[&Word], occur: Occur| -> Box<dyn Query> {
        let terms = words.iter().map(|word| (occur, term(word)));
        Box::new(BooleanQuery::new(terms.collect()))
    };
    // So many different words of a record between two frequencies.
    let drawn = |n_words: usize, low: u64, high: u64| {
        let mut found: Vec<Vec<&Word>> = Vec::new();
        for words in records {
            let mut of_record: Vec<&Word> = Vec::new();
            for word in words {
                let is_new = of_record.iter().all(|other| other.stem != word.stem);
                if (low..high).contains(&word.n_docs) && is_new {
                    of_record.push(word);
                }
            }
            if of_record.len() >= n_words {
                of_record.truncate(n_words);
                found.push(of_record);
            }
        }
        let step = (found.len() / N_QUERIES).max(1);
        found
            .into_iter()
            .step_by(step)
            .take(N_QUERIES)
            .collect::<Vec<_>>()
    };
    let pairs = |drawn: Vec<Vec<&Word>>, between: &str, occur: Occur| -> Vec<Pair> {
        let pair = |words: Vec<&Word>| Pair {
            ours: joined(&words, between),
            theirs: Some(tree(&words, occur)),
        };
        drawn.into_iter().map(pair).collect()
    };
    let middle = (n_docs / 1_000, n_docs / 10);
    let mut classes: Classes = vec![
        ("rare word", pairs(drawn(1, 5, 50), " ", Occur::Must)),
        (
            "frequent word",
            pairs(drawn(1, n_docs / 20, n_docs), " ", Occur::Must),
        ),
        (
            "two words, AND",
            pairs(drawn(2, middle.0, middle.1), " AND ", Occur::Must),
        ),
        (
            "four words, AND",
            pairs(drawn(4, middle.0, middle.1), " AND ", Occur::Must),
        ),
        (
            "two words, OR",
            pairs(drawn(2, middle.0, middle.1), " OR ", Occur::Should),
        ),
        (
            "four words, OR",
            pairs(drawn(4, middle.0, middle.1), " OR ", Occur::Should),
        ),
        (
            "14 words, OR",
            pairs(drawn(14, 20, n_docs / 4), " OR ", Occur::Should),
        ),
    ];
    let year = folder.fields.year;
    let years = drawn(2, middle.0, middle.1).into_iter().map(|words| {
        let bound =
            |year_number| std::ops::Bound::Included(Term::from_field_u64(year, year_number));
        let range: Box<dyn Query> = Box::new(RangeQuery::new(bound(2005), bound(2012)));
        let mut all: Vec<(Occur, Box<dyn Query>)> =
            words.iter().map(|word| (Occur::Must, term(word))).collect();
        all.push((Occur::Must, range));
        Pair {
            ours: format!("{} year:2005..2012", joined(&words, " AND ")),
            theirs: Some(Box::new(BooleanQuery::new(all))),
        }
    });
    classes.push(("two words and years", years.collect()));
    let starts = drawn(1, middle.0, middle.1)
        .into_iter()
        .filter(|words| words[0].stem.len() >= 6);
    let prefixes = starts.map(|words| {
        let start = &words[0].stem[..5];
        let theirs = RegexQuery::from_pattern(&format!("{start}[a-z]*"), text).ok();
        Pair {
            ours: format!("tiab:{start}*"),
            theirs: theirs.map(|query| Box::new(query) as Box<dyn Query>),
        }
    });
    classes.push(("prefix of five letters", prefixes.collect()));
    let misspelt = drawn(1, middle.0, middle.1).into_iter().map(|words| {
        let near = FuzzyTermQuery::new(Term::from_field_text(text, &words[0].stem), 1, true);
        Pair {
            ours: format!("tiab:{}~1", words[0].text),
            theirs: Some(Box::new(near)),
        }
    });
    classes.push(("misspelt by a letter", misspelt.collect()));
    let mut phrases = Vec::new();
    for words in records {
        let found = words
            .windows(3)
            .find(|three| three.iter().all(|word| word.n_docs > 1_000));
        let Some(three) = found.filter(|_| phrases.len() < N_QUERIES) else {
            continue;
        };
        let three: Vec<&str> = three.iter().map(|word| word.text.as_str()).collect();
        phrases.push(Pair {
            // Positions hold word forms, which tantivy's phrases know nothing of.
            ours: format!("tiab:\"{}\"", three.join(" ")),
            theirs: None,
        });
    }
    classes.push(("three-word phrase", phrases));
    classes.retain(|(_, pairs)| !pairs.is_empty());
    classes
}
