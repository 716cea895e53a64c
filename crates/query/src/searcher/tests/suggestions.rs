//! What may have been meant: said where it finds more, never searched.

use super::*;
use crate::results::Filters;

fn corpus() -> Searcher {
    let mut records = vec![
        record(
            0,
            "Process reward models",
            "Multimodal retrieval of galaxies.",
        ),
        record(1, "Reward models in processing", "Happiness and running."),
        record(
            2,
            "A process reward model",
            "Multimodality is happily retrieved.",
        ),
        record(3, "Rewarding classification", "Running classifiers."),
        record(4, "The Schrödinger equation", "Runs of galaxies."),
        record(5, "A rewrad", "One slip in print."),
    ];
    for (idx, authors) in [
        vec!["Schmidhuber, Jürgen", "Lu, Lewei"],
        vec!["Schmidhuber, J."],
        vec!["Schmidhuber, Jürgen"],
        vec!["Lu, Lin"],
        vec!["O'Brien, Mary"],
        vec!["Smith, Anna"],
    ]
    .into_iter()
    .enumerate()
    {
        records[idx].authors = authors.into_iter().map(Author::parse).collect();
    }
    searcher(&records, 2)
}

fn suggesting() -> SearchOptions {
    SearchOptions {
        suggest: true,
        ..options(10, true)
    }
}

/// What is suggested for a query, each with what it finds.
#[track_caller]
fn check(searcher: &Searcher, query: &str, expected: &[(&str, u64)]) {
    let results = searcher.search(query, &suggesting()).unwrap();
    let found: Vec<(&str, u64)> = results
        .query
        .suggestions
        .iter()
        .map(|suggestion| (suggestion.query.as_str(), suggestion.total))
        .collect();
    assert_eq!(found, expected, "{query}");
    // What is said is true, and the query itself was what was searched.
    for (meant, total) in &found {
        assert_eq!(
            searcher.search(meant, &suggesting()).unwrap().total,
            *total,
            "{meant}"
        );
        assert!(*total > results.total);
    }
    assert_eq!(results.query.raw, query);
    let counted = searcher.count(query, &suggesting()).unwrap();
    assert_eq!(counted.1.suggestions, results.query.suggestions);
    assert_eq!(counted.0, results.total);
}

#[test]
fn words_in_the_form_they_are_printed_in() {
    let searcher = corpus();
    check(
        &searcher,
        "proces reward model",
        &[("process reward model", 3)],
    );
    check(&searcher, "procss", &[("process", 3)]);
    check(
        &searcher,
        "procss reward modle",
        &[("process reward model", 3)],
    );
    check(&searcher, "retreival", &[("retrieval", 2)]);
    check(&searcher, "multimodl", &[("multimodal", 2)]);
    check(&searcher, "multimodalty", &[("multimodality", 2)]);
    check(&searcher, "classifcation", &[("classification", 1)]);
    check(&searcher, "hapiness", &[("happiness", 1)]);
    check(&searcher, "hapily", &[("happily", 1)]);
    // A word with a rare ending has a term of its own.
    check(&searcher, "runing", &[("running", 3)]);
}

#[test]
fn words_inside_other_things() {
    let searcher = corpus();
    check(&searcher, "\"procss reward\"", &[("\"process reward\"", 2)]);
    check(
        &searcher,
        "title:procss NOT galaxis",
        &[("title:process NOT galaxis", 2)],
    );
    check(
        &searcher,
        "(procss OR zzzzzzz) AND reward",
        &[("(process OR zzzzzzz) AND reward", 3)],
    );
    check(&searcher, "schmidhubr reward", &[("schmidhuber reward", 3)]);
}

#[test]
fn names() {
    let searcher = corpus();
    check(
        &searcher,
        "author:\"Schmidhubr, Jurgen\"",
        &[("author:\"Schmidhuber, Jürgen\"", 3)],
    );
    check(
        &searcher,
        "author:schmidhubr",
        &[("author:\"schmidhuber\"", 3)],
    );
    // It fits `Schmidhuber, J.`, but nobody is called so.
    check(
        &searcher,
        "author:\"Schmidhuber, Jurgn\" reward",
        &[("author:\"Schmidhuber, Jürgen\" reward", 3)],
    );
    check(&searcher, "author:\"Schmidhuber, J\" equation", &[]);
    check(
        &searcher,
        "author:\"Lu, Lewie\"",
        &[("author:\"Lu, Lewei\"", 1)],
    );
    let mut filtered = suggesting();
    filtered.filters = Filters {
        authors: vec!["Schmidthuber, J".to_owned(), "Nobody, Known".to_owned()],
        ..Filters::default()
    };
    let found = searcher.search("reward", &filtered).unwrap();
    assert_eq!(found.total, 0);
    let suggestion = &found.query.suggestions[0];
    assert_eq!(suggestion.query, "reward");
    assert_eq!(suggestion.authors[1], "Nobody, Known");
    assert!(suggestion.authors[0].starts_with("Schmidhuber, J"));
    assert!(suggestion.total > 0);
}

#[test]
fn nothing_is_said_where_nothing_is_wrong_or_better() {
    let searcher = corpus();
    check(&searcher, "process", &[]);
    check(&searcher, "zzzzzzz", &[]);
    check(&searcher, "", &[]);
    check(&searcher, "*", &[]);
    check(&searcher, "p53 15q13.3 C++", &[]);
    check(&searcher, "NOT procss", &[]);
    // The replacement alone finds more, with the other word it does not.
    check(&searcher, "procss zzzzzzz", &[]);
    // A word in print is not taken for a slip of another that is as rare.
    check(&searcher, "rewrad", &[]);
    let mut silent = suggesting();
    silent.suggest = false;
    assert!(
        searcher
            .search("procss", &silent)
            .unwrap()
            .query
            .suggestions
            .is_empty()
    );
    // A long query is no slip of the finger.
    let long = "procss OR ".repeat(100) + "procss";
    check(&searcher, &long, &[]);
}

#[test]
fn words_run_together_are_taken_apart() {
    let searcher = corpus();
    check(&searcher, "processreward", &[("process reward", 3)]);
    check(&searcher, "rewardmodels", &[("reward models", 3)]);
    check(&searcher, "processrewardmodels anything", &[]);
    check(
        &searcher,
        "processrewardmodels galaxies",
        &[("process reward models galaxies", 1)],
    );
    check(
        &searcher,
        "title:(processreward)",
        &[("title:(process reward)", 3)],
    );
    check(&searcher, "processxreward", &[]);
}

#[test]
fn a_slip_in_print_is_not_suggested_beside_the_word() {
    let mut records: Vec<Record> = (0..30)
        .map(|idx| record(idx, "Gravitational waves", ""))
        .collect();
    records.push(record(30, "Gravitaional waves", ""));
    let searcher = searcher(&records, 40);
    check(
        &searcher,
        "gravitatonal waves",
        &[("gravitational waves", 30)],
    );
}

#[test]
fn a_slip_may_change_the_stem() {
    let searcher = corpus();
    // Stemmed `classifc`, where `classification` is `classif`.
    check(&searcher, "classifcation", &[("classification", 1)]);
}

#[test]
fn an_identifier_is_not_unknown_as_a_word() {
    let mut records = vec![record(0, "Quarks", ""), record(1, "Gluons", "")];
    records[0].arxiv = Some("1204.5601".to_owned());
    records[1].doi = Some("10.1000/xyz".to_owned());
    let searcher = searcher(&records, 2);
    for (query, id) in [
        ("1204.5601", "r0"),
        ("1204.5601v2", "r0"),
        ("10.48550/arXiv.1204.5601", "r0"),
        ("https://doi.org/10.48550/ARXIV.1204.5601v3", "r0"),
        ("arxiv.org/abs/1204.5601v1", "r0"),
        ("10.1000/XYZ", "r1"),
        ("https://doi.org/10.1000/xyz?ref=mail", "r1"),
    ] {
        let results = searcher.search(query, &suggesting()).unwrap();
        assert_eq!(ids(&results), [id], "{query}");
        assert!(results.query.unknown.is_empty(), "{query}");
    }
    let results = searcher.search("1204.5602", &suggesting()).unwrap();
    assert_eq!(results.query.unknown, ["1204.5602"]);
}

#[test]
fn a_form_is_found_though_the_first_records_have_another() {
    let mut works: Vec<Record> = (0..200)
        .map(|idx| record(idx, "Moss", "They transform and transforms."))
        .collect();
    works.extend((200..300).map(|idx| record(idx, "Moss", "A transformer.")));
    let searcher = searcher(&works, 1_000);
    check(&searcher, "trnasformer", &[("transformer", 300)]);
}
