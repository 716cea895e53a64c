//! Queries made to do harm: each has an answer or an error, and all of them
//! together no more memory than a small machine has.
//!
//! Most are longer than a command line may be, so they are given to the
//! library, in a process of their own whose memory is measured: this program,
//! run again for the one test below that is ignored otherwise.

use std::env;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use abs_query::syntax::Limits;
use abs_query::{FacetRequest, Filters, SearchError, SearchOptions, Searcher, Sort};
use abs_record::Field;
use abs_schema::IndexFolder;

use crate::measured::run;
use crate::session::Session;

/// What all queries together may use.
const MOST_MB: u64 = 256;
/// Different words that start with `a`, and there are a million of them where
/// `ABS_HOSTILE_WORDS` says so: that takes a while to index.
const N_WORDS: usize = 50_000;
/// Names the index to the process that is measured.
const VARIABLE: &str = "ABS_HOSTILE_INDEX";

/// Records of words that are all different and start with `a`.
fn records(n_words: usize) -> String {
    let mut out = String::new();
    for first in (0..n_words).step_by(500) {
        write!(
            out,
            "{{\"id\":\"w:{first}\",\"title\":\"Words from {first}\",\"year\":{},",
            1900 + first % 100
        )
        .unwrap();
        write!(out, "\"authors\":[\"Name{first}, Ann\"],\"abstract\":\"").unwrap();
        for n in first..first + 500 {
            write!(out, "a{n:x}q ").unwrap();
        }
        out.push_str("\"}\n");
    }
    out
}

/// Each with a name for messages.
fn queries(n_words: usize) -> Vec<(&'static str, String)> {
    let million = 1_000_000;
    let around =
        |open: &str, n: usize, close: &str| format!("{}a1q{}", open.repeat(n), close.repeat(n));
    let words = |n: usize, between: &str| -> String {
        let words: Vec<String> = (0..n).map(|n| format!("a{:x}q", n % n_words)).collect();
        words.join(between)
    };
    vec![
        ("nested", around("(", million, ")")),
        ("nested and not", around("(NOT ", million, ")")),
        ("nested fields", around("title:(", 100_000, ")")),
        ("nested or", around("(a2q OR ", 100_000, ")")),
        ("not closed", "(".repeat(million)),
        ("words", words(million, " ")),
        ("words that are allowed", words(12_000, " ")),
        ("words with or", words(12_000, " OR ")),
        ("words with near", words(12_000, " NEAR/3 ")),
        ("words excluded", words(12_000, " -")),
        ("words required", words(12_000, " +")),
        ("a phrase", format!("\"{}\"", words(2_000, " "))),
        (
            "a loose phrase",
            format!("\"{}\"~4294967295", words(2_000, " ")),
        ),
        ("phrases", "\"a1q a2q\" ".repeat(1_000)),
        ("a phrase with a prefix", "\"from a*\"".to_owned()),
        ("prefixes", "a* ".repeat(5_000)),
        (
            "prefixes with or",
            (0..2_000).fold(String::new(), |all, n| format!("{all}a{n:x}* OR ")) + "b",
        ),
        ("a word of 10 MB", "a".repeat(10_000_000)),
        (
            "a phrase of 10 MB",
            format!("\"{}\"", "a ".repeat(5_000_000)),
        ),
        ("a compound", "a-".repeat(300_000)),
        ("fuzzy on 10 kB", format!("{}~2", "a".repeat(10_000))),
        ("fuzzy often", "a12345q~2 ".repeat(2_000)),
        ("a prefix of all", "a*".to_owned()),
        ("everything", "*".to_owned()),
        ("wildcards", "?????".to_owned()),
        ("a leading star", "*q".to_owned()),
        ("many stars", format!("{}b", "a*".repeat(100))),
        ("many marks", "?*".repeat(120)),
        ("a name", format!("author:\"{}\"", "a ".repeat(100_000))),
        ("names", "author:name1 ".repeat(10_000)),
        ("a long name", format!("author:{}", "n".repeat(100_000))),
        ("a prefix of names", "author:n*".to_owned()),
        ("years", "year:0..99999999999999999999".to_owned()),
        ("days", "since:99999999999999999999d".to_owned()),
        ("years with or", "year:2000..2001 OR ".repeat(5_000) + "a"),
        (
            "boosts",
            "a1q^1e38 a2q^1e-38 a3q^1e999 a4q^-1 a5q^NaN".to_owned(),
        ),
        (
            "distances",
            "a1q NEAR/4294967296 a2q \"a1q a2q\"~18446744073709551616".to_owned(),
        ),
        (
            "controls",
            "\0\u{1b}[2J\u{202e}\u{feff}\u{ffff}".repeat(1_000),
        ),
        ("an id", format!("id:{}", "x".repeat(100_000))),
    ]
}

/// What only fits into a file of a query.
fn of_files(n_words: usize) -> Vec<(&'static str, String)> {
    let words = |n: usize, before: &str, after: &str| -> String {
        let words = (0..n).map(|n| format!("{before}a{:x}q{after}", n % n_words));
        words.collect()
    };
    let most = Limits::FILE.max_clauses - 1;
    vec![
        ("a million words", words(200_000, "", " OR ")),
        ("excluded again", "-a1q ".repeat(most)),
        ("required again", "+a1q ".repeat(most)),
        ("a phrase again", "\"a1q a2q\" OR ".repeat(most / 2)),
        ("as many words as may be", words(most, "", " ")),
        ("as many alternatives", words(most, "", " OR ")),
        (
            "as many exclusions",
            format!("words {}", words(most - 1, "-", " ")),
        ),
        ("as many exact words", words(most, "=", " OR ")),
        ("as many names", words(most, "author:", ", b OR ")),
        (
            "as many years",
            (0..most).fold(String::new(), |all, n| {
                format!("{all}year:{} OR ", n % 3_000)
            }),
        ),
        (
            "two long lists near one another",
            format!(
                "({}a) NEAR/5 ({}b)",
                words(most / 2 - 1, "", " OR "),
                words(most / 2 - 1, "", " OR ")
            ),
        ),
    ]
}

fn options(limit: usize, offset: usize) -> SearchOptions {
    let facets = [Field::Author, Field::Year, Field::Venue, Field::Category];
    SearchOptions {
        limit,
        offset,
        sort: Sort::Relevance,
        filters: Filters::default(),
        facets: facets
            .map(|field| FacetRequest {
                field,
                top: 10,
                prefix: String::new(),
            })
            .to_vec(),
        snippet_chars: 240,
        n_snippets: 3,
        relax: true,
        all_versions: false,
        expand: true,
        explain: true,
        without: abs_query::results::Without::default(),
        suggest: true,
        limits: Limits::TYPED,
        today: None,
    }
}

#[test]
fn hostile_queries_have_an_answer_or_an_error() {
    let n_words = env::var("ABS_HOSTILE_WORDS").map_or(N_WORDS, |n| n.parse().unwrap());
    let session = Session::with_records(&records(n_words));
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--ignored", "--exact", "--nocapture", "queries::asked"])
        .env(VARIABLE, session.path("index"))
        .env("ABS_HOSTILE_WORDS", n_words.to_string());
    let answer = run(command, |_| {});
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.out.contains("1 passed"), "{answer:?}");
    assert!(answer.peak_mb < MOST_MB, "{answer:?}");
}

#[test]
#[ignore = "run by the test above, in a process of its own"]
fn asked() {
    let Some(index) = env::var_os(VARIABLE) else {
        return;
    };
    let n_words = env::var("ABS_HOSTILE_WORDS").map_or(N_WORDS, |n| n.parse().unwrap());
    let folder = IndexFolder::open(&PathBuf::from(index)).unwrap();
    let searcher = Searcher::open(&folder).unwrap();
    let typed = queries(n_words).into_iter().map(|q| (q, Limits::TYPED));
    let of_files = of_files(n_words).into_iter().map(|q| (q, Limits::FILE));
    for ((name, query), limits) in typed.chain(of_files) {
        let options = |limit| SearchOptions {
            limits,
            ..options(limit, 0)
        };
        let start = Instant::now();
        let answer = searcher.search(&query, &options(10)).unwrap();
        // For whoever runs this by hand, in a release build.
        println!(
            "{:8.1} ms {:10} hits  {name}",
            start.elapsed().as_secs_f64() * 1e3,
            answer.total
        );
        assert!(answer.hits.len() <= 10, "{name}");
        assert!(answer.query.diagnostics.len() <= 200, "{name}");
        let (total, _) = searcher.count(&query, &options(0)).unwrap();
        assert_eq!(answer.total, total, "{name}");
    }
    for (limit, offset) in [
        (usize::MAX, 0),
        (0, usize::MAX),
        (usize::MAX, usize::MAX),
        (1, 100_000),
    ] {
        let answer = searcher.search("a*", &options(limit, offset));
        assert!(
            matches!(answer, Err(SearchError::TooDeep { .. })),
            "{limit} {offset}"
        );
    }
}

#[test]
fn numbers_beyond_all_bounds_are_errors() {
    let session = Session::with_records("{\"title\":\"One\"}\n");
    for number in [
        "18446744073709551615",
        "18446744073709551616",
        "-1",
        "1e9",
        "99999999999999999999999999",
    ] {
        for option in ["--limit", "--offset", "--snippet", "--top"] {
            let argument = format!("{option}={number}");
            let answer = session.run(&["search", "--index", "index", &argument, "one"]);
            assert_eq!(answer.code, 2, "{argument}: {answer:?}");
            assert!(
                answer.err.contains("invalid value"),
                "{argument}: {answer:?}"
            );
        }
    }
    // As long as a command line may be.
    for query in [
        "(".repeat(120_000),
        "a ".repeat(60_000),
        "\u{1b}".repeat(120_000),
    ] {
        let answer = run(
            session.command(&["search", "--index", "index", "--", &query]),
            |_| {},
        );
        assert!(matches!(answer.code, 0..=2), "{answer:?}");
        assert!(answer.peak_mb < MOST_MB, "{}", answer.peak_mb);
        assert!(answer.err.len() < 20_000, "{}", answer.err.len());
    }
}
