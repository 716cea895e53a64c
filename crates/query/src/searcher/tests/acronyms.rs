//! Acronyms find what they stand for, and the other way round.

use super::*;
use crate::results::{ExpansionKind, FacetRequest};

/// Two works say what PRM is, of which one means another thing; works that
/// only write it out, only shorten it, or have its words apart.
fn works() -> Vec<Record> {
    let texts = [
        ("Rewards", "A process reward model (PRM) scores each step."),
        ("Steps", "Process Reward Models (PRMs) judge steps."),
        ("Judges", "We train process-reward models on steps."),
        ("Verifiers", "PRMs need labels for each step."),
        ("Apart", "The process needs a model, and a reward."),
        ("Roads", "A probabilistic roadmap (PRM) plans motion."),
        ("Plans", "Planning by a probabilistic roadmap."),
        ("Models of the world", "A model of rewards."),
        (
            "Large language models",
            "Large language models (LLMs) reason.",
        ),
        ("Reasoning", "The steps of an LLM."),
        (
            "Reasoning at large",
            "A large language model reasons in steps.",
        ),
    ];
    let records = texts.iter().enumerate();
    records
        .map(|(idx, (title, text))| record(idx, title, text))
        .collect()
}

fn found(query: &str, options: &SearchOptions) -> Vec<String> {
    let searcher = searcher(&works(), 4);
    let results = searcher.search(query, options).unwrap();
    let titles = results.hits.iter().map(|hit| hit.record.title.clone());
    let titles: Vec<String> = titles.collect();
    assert_eq!(results.total, titles.len() as u64, "{query}");
    assert_eq!(searcher.count(query, options).unwrap().0, results.total);
    titles
}

fn expansions(query: &str) -> Vec<String> {
    let searcher = searcher(&works(), 4);
    let results = searcher.search(query, &options(20, true)).unwrap();
    let acronyms = results.query.expansions.into_iter();
    acronyms
        .filter(|expansion| expansion.kind == ExpansionKind::Acronym)
        .map(|expansion| format!("{} → {}", expansion.from, expansion.to.join(", ")))
        .collect()
}

fn sorted(mut titles: Vec<String>) -> Vec<String> {
    titles.sort();
    titles
}

#[test]
fn a_short_form_finds_what_it_stands_for() {
    let all = ["Judges", "Plans", "Rewards", "Roads", "Steps", "Verifiers"];
    for query in ["PRM", "prm", "PRMs", "prms"] {
        let titles = found(query, &options(20, false));
        assert_eq!(sorted(titles.clone()), all, "{query}");
        // Works that only write it out come last.
        let out = sorted(titles[4..].to_vec());
        assert_eq!(out, ["Judges", "Plans"], "{query}");
        assert_eq!(
            expansions(query),
            [format!(
                "{query} → process reward model, probabilistic roadmap"
            )]
        );
    }
    assert_eq!(found("PRM labels", &options(20, false)), ["Verifiers"]);
    assert_eq!(found("PRM train", &options(20, false)), ["Judges"]);
    assert_eq!(found("PRM AND train", &options(20, false)), ["Judges"]);
}

#[test]
fn what_it_stands_for_finds_the_short_form() {
    let titles = found("process reward models", &options(20, false));
    assert_eq!(
        sorted(titles.clone()),
        ["Apart", "Judges", "Rewards", "Roads", "Steps", "Verifiers"]
    );
    assert_eq!(
        sorted(titles[4..].to_vec()),
        ["Roads", "Verifiers"],
        "works that only shorten it come last"
    );
    assert_eq!(
        expansions("process reward models"),
        ["process reward models → PRM"]
    );
    // Less than half of those who explain PRM mean this.
    assert!(expansions("probabilistic roadmap").is_empty());
    assert_eq!(
        expansions("steps of large language models"),
        ["large language models → LLM"]
    );
    assert_eq!(
        sorted(found("steps of large language models", &options(20, false))),
        ["Reasoning", "Reasoning at large"]
    );
}

#[test]
fn quotes_negation_names_and_the_option_switch_it_off() {
    let bare = SearchOptions {
        expand: false,
        ..options(20, false)
    };
    let shortened = ["Rewards", "Roads", "Steps", "Verifiers"];
    assert_eq!(sorted(found("PRM", &bare)), shortened);
    for query in [
        "\"PRM\"",
        "=PRM",
        "PRM*",
        "\"process reward model\"",
        "author:PRM",
    ] {
        assert!(expansions(query).is_empty(), "{query}");
        let with = found(query, &options(20, false));
        assert_eq!(with, found(query, &bare), "{query}");
    }
    // Who leaves out PRM has said nothing of what it stands for.
    assert_eq!(
        sorted(found("probabilistic -PRM", &options(20, false))),
        ["Plans"]
    );
    assert!(expansions("models -prm").is_empty());
}

#[test]
fn scopes_hold_for_what_is_found_besides() {
    assert!(found("title:PRM", &options(20, false)).is_empty());
    assert_eq!(
        found("title:LLM", &options(20, false)),
        ["Large language models"]
    );
    assert_eq!(
        sorted(found("abstract:LLM", &options(20, false))),
        ["Large language models", "Reasoning", "Reasoning at large"]
    );
    assert_eq!(
        found("title:(large language models)", &options(20, false)),
        ["Large language models"]
    );
}

#[test]
fn capitals_throughout_say_nothing_and_words_stay_words() {
    let mut works = works();
    for idx in 0..40 {
        works.push(record(100 + idx, "Aids", "The aid that a map gives."));
    }
    works.push(record(
        200,
        "Posteriors",
        "Maximum a posteriori (MAP) estimates; maximum a posteriori (MAP).",
    ));
    works.push(record(201, "Spelled", "Maximum a posteriori estimates."));
    let searcher = searcher(&works, 100);
    let total = |query: &str| searcher.count(query, &options(0, false)).unwrap().0;
    assert_eq!(total("map"), 41);
    assert_eq!(total("MAP"), 42);
    assert_eq!(total("MAP estimates"), 2);
    assert_eq!(total("MAP ESTIMATES"), 1);
    assert_eq!(total("PRM STEP"), 4);
    assert_eq!(total("maximum posteriori"), 2);
}

#[test]
fn what_it_stands_for_lights_up_and_is_explained() {
    let searcher = searcher(&works(), 4);
    let results = searcher.search("PRM", &options(20, false)).unwrap();
    let judges = results.hits.iter().find(|hit| hit.record.title == "Judges");
    let judges = judges.unwrap();
    let snippet = judges.snippet.as_ref().unwrap();
    let lit: Vec<&str> = snippet
        .ranges
        .iter()
        .map(|at| &snippet.text[at.clone()])
        .collect();
    assert_eq!(lit, ["process-reward models"]);
    for hit in &results.hits {
        let explanation = hit.explanation.as_ref().unwrap();
        let sum: f32 = explanation.parts.iter().map(|part| part.value).sum();
        assert!((sum - hit.score).abs() < 1e-4);
    }
    let parts = &judges.explanation.as_ref().unwrap().parts;
    assert!(
        parts
            .iter()
            .all(|part| part.what.ends_with("for PRM → process reward model"))
    );

    let results = searcher
        .search("process reward model", &options(20, false))
        .unwrap();
    let last = results
        .hits
        .iter()
        .find(|hit| hit.record.title == "Verifiers");
    let snippet = last.unwrap().snippet.as_ref().unwrap();
    let lit: Vec<&str> = snippet
        .ranges
        .iter()
        .map(|at| &snippet.text[at.clone()])
        .collect();
    assert_eq!(lit, ["PRMs"]);
}

#[test]
fn facets_count_what_is_found_besides() {
    let searcher = searcher(&works(), 4);
    let request = FacetRequest {
        field: abs_record::Field::Author,
        top: 5,
        prefix: String::new(),
    };
    for query in ["PRM", "process reward model", "LLM steps"] {
        let options = SearchOptions {
            facets: vec![request.clone()],
            ..options(20, false)
        };
        let results = searcher.search(query, &options).unwrap();
        assert_eq!(results.facets[0].values[0].count, results.total, "{query}");
        assert_eq!(results.hits.len() as u64, results.total, "{query}");
    }
}

#[test]
fn relaxed_hits_keep_full_matches_first() {
    let searcher = searcher(&works(), 4);
    let results = searcher
        .search("PRM train unknown", &options(20, true))
        .unwrap();
    assert_eq!(results.total, 0);
    assert_eq!(results.hits[0].record.title, "Judges");
    assert_eq!(results.hits.len(), 6);
}

#[test]
fn a_common_word_is_not_shortened_and_a_loss_is_no_plural() {
    let mut works = Vec::new();
    for idx in 0..120 {
        works.push(record(idx, "Cells", "A cell and its loss."));
    }
    works.push(record(200, "Extracts", "Cells (CE) and cells (CE) and CE."));
    works.push(record(201, "Shortened", "CE alone."));
    works.push(record(
        202,
        "Stays",
        "Length of stay (LOS), length of stay (LOS).",
    ));
    works.push(record(
        203,
        "Disease",
        "Tuberculosis (TB) and tuberculosis (TB).",
    ));
    works.push(record(204, "Shorter", "Cases of TB."));
    let searcher = searcher(&works, 300);
    let total = |query: &str| searcher.count(query, &options(0, false)).unwrap().0;
    assert_eq!(total("cells"), 121);
    assert_eq!(total("loss"), 120);
    assert_eq!(total("LOS"), 1);
    assert_eq!(total("tuberculosis"), 2);
}

#[test]
fn a_query_of_acronyms_expands_some_and_says_so() {
    let letters: Vec<char> = ('b'..='y').collect();
    let mut records = Vec::new();
    let mut query = Vec::new();
    for (idx, first) in letters.iter().enumerate() {
        for second in ['k', 'z'] {
            let short = format!("{first}{second}q").to_uppercase();
            let text = format!("A {first}alue {second}eta quantity ({short}) is given.");
            records.push(record(2 * idx + usize::from(second == 'k'), "Title", &text));
            query.push(short);
        }
    }
    query.push("is".to_owned());
    let searcher = searcher(&records, 100);
    let report = searcher.read(&query.join(" "), &options(0, false)).unwrap();
    assert_eq!(report.expansions.len(), 32);
    let said: Vec<&str> = report
        .diagnostics
        .iter()
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(said, ["only the first 32 acronyms are expanded"]);
}
