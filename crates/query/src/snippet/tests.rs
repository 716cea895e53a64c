use std::ops::Range;

use super::*;

/// Every place of each word, each word a term of its own.
fn lit(text: &str, words: &[&str]) -> Vec<Lit> {
    let mut lit: Vec<Lit> = words
        .iter()
        .zip(1..)
        .flat_map(|(word, term)| {
            text.match_indices(word).map(move |(at, found)| Lit {
                range: at..at + found.len(),
                term,
            })
        })
        .collect();
    lit.sort_by_key(|lit| lit.range.start);
    lit
}

#[track_caller]
fn check(text: &str, words: &[&str], max_chars: usize, expected: &str) -> Snippet {
    let snippet = snippet(text, &lit(text, words), max_chars);
    assert_eq!(snippet.text, expected);
    assert_eq!(
        &text[snippet.start..snippet.start + expected.len()],
        expected
    );
    for Range { start, end } in &snippet.ranges {
        assert!(words.contains(&&snippet.text[*start..*end]));
    }
    snippet
}

const ABSTRACT: &str = "We study galaxies. Their masses follow from lensing, \
    as shown by Smith et al. in 2020. Dark matter is needed. Lensing by dark \
    matter bends light.";

#[test]
fn whole_sentences_with_most_of_the_query_win() {
    let found = check(
        ABSTRACT,
        &["matter", "bends"],
        40,
        "Lensing by dark matter bends light.",
    );
    assert!(found.cut_before && !found.cut_after);
    assert_eq!(found.ranges.len(), 2);
    check(ABSTRACT, &["galaxies"], 30, "We study galaxies.");
}

#[test]
fn an_abbreviation_ends_no_sentence() {
    check(
        ABSTRACT,
        &["masses"],
        80,
        "Their masses follow from lensing, as shown by Smith et al. in 2020.",
    );
}

#[test]
fn without_a_match_the_beginning_is_shown() {
    let found = check(ABSTRACT, &[], 30, "We study galaxies.");
    assert!(!found.cut_before && found.cut_after);
    assert!(found.ranges.is_empty());
}

#[test]
fn a_long_sentence_is_cut_between_words_around_what_was_found() {
    let text = format!("{}needle {}", "hay ".repeat(100), "straw ".repeat(100));
    let found = snippet(&text, &lit(&text, &["needle"]), 60);
    assert!(found.text.chars().count() <= 60, "{}", found.text);
    assert!(found.text.starts_with("hay") && found.text.contains("needle straw"));
    assert!(found.text.ends_with("straw"));
    assert!(found.cut_before && found.cut_after);
}

#[test]
fn a_formula_is_never_split() {
    let formula = "$a + b + c + d + e + f + g + h$";
    let text = format!(
        "{}needle {formula} {}",
        "hay ".repeat(30),
        "straw ".repeat(30)
    );
    for max_chars in 20..90 {
        let found = snippet(&text, &lit(&text, &["needle"]), max_chars);
        assert_eq!(found.text.matches('$').count() % 2, 0, "{}", found.text);
    }
}

#[test]
fn text_without_blanks_is_cut_between_its_characters() {
    let text = "深度学习模型".repeat(40);
    let found = snippet(&text, &lit(&text, &["学习"]), 30);
    assert!(found.text.chars().count() <= 30);
    assert!(found.text.contains("学习"));
}

#[test]
fn odd_texts_give_odd_snippets_and_no_panic() {
    for text in [
        "",
        " ",
        "$",
        "$$",
        "\\$",
        "a$b",
        ".",
        "…",
        "$unclosed formula with é",
    ] {
        for max_chars in [0, 1, 5, 100] {
            let _ = snippet(text, &lit(text, &["a"]), max_chars);
        }
    }
}
