//! What is in quotes in a sentence is quoted, not asked for to the letter.

use super::*;

fn found(query: &str) -> SearchResults {
    let texts = [
        "formatting texts for printers",
        "systems that show what you see",
        "printing systems",
    ];
    let records = texts.iter().enumerate();
    let records: Vec<Record> = records.map(|(idx, text)| record(idx, "", text)).collect();
    let searcher = searcher(&records, records.len());
    searcher.search(query, &options(10, true)).unwrap()
}

#[test]
fn a_sentence_is_answered_though_no_record_has_what_it_quotes() {
    let asked = "Articles on text formatting systems, including \"you see what you get\" systems";
    let results = found(asked);
    assert_eq!((results.total, results.hits.len()), (0, 3));
    assert!(results.hits.iter().all(|hit| !hit.full_match));
    let told = &results.query.diagnostics[0].message;
    assert!(told.contains("in quotes are words"), "{told}");
    // A record that has it is the answer, and nothing else is.
    let asked = asked.replace("you see what you get", "what you see");
    let ids: Vec<String> = found(&asked)
        .hits
        .iter()
        .map(|hit| hit.record.id.to_string())
        .collect();
    assert_eq!(ids, ["r1"]);
}

#[test]
fn quotes_among_few_words_are_exact() {
    assert!(
        found("formatting systems \"you see what you get\"")
            .hits
            .is_empty()
    );
    assert!(found("\"printing system\" formatting").hits.is_empty());
}
