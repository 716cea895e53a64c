use std::ops::Range;

use super::*;

fn snippet(text: &str, lit: &[Lit], max_chars: usize) -> Snippet {
    snippets(text, lit, max_chars, 1).remove(0)
}

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

/// Made for these tests: what abstracts are made of that cutting may harm.
const FORMULAS: &str = "We bound $\\|x-y\\|_2 \\le \\epsilon. Then$ the rest follows. \
    Let $f(x) = \\sum_i a_i x^i$ be given; the price was \\$5 or \\$6. \
    Convergence holds for $n \\to \\infty$.";
const ACCENTS: &str = "Die Schrödinger-Gleichung wird gelöst. Für Müller et al. gilt \
    die naïve Näherung. Ångström-große Teilchen fügen sich ein.";
const HYPHENS: &str = "State-of-the-art X-ray methods are non-invasive. A well-known \
    15q13.3 micro-deletion is found.";
const CJK: &str = "本文研究深度学习模型。我们提出一种新的奖励模型！实验表明该方法有效。";

#[test]
fn formulas_stay_whole_and_end_no_sentence() {
    // The full stop inside the formula ends nothing.
    let found = check(
        FORMULAS,
        &["bound"],
        60,
        "We bound $\\|x-y\\|_2 \\le \\epsilon. Then$ the rest follows.",
    );
    assert!(!found.cut_before && found.cut_after);
    check(
        FORMULAS,
        &["Convergence"],
        50,
        "Convergence holds for $n \\to \\infty$.",
    );
    // Escaped dollars are money: no formula opens there.
    let found = snippet(FORMULAS, &lit(FORMULAS, &["price"]), 30);
    assert!(found.text.contains("price"), "{}", found.text);
    for max_chars in 1..FORMULAS.len() {
        for word in ["bound", "rest", "given", "price", "Convergence"] {
            let found = snippet(FORMULAS, &lit(FORMULAS, &[word]), max_chars);
            let plain = found.text.replace("\\$", "");
            assert_eq!(plain.matches('$').count() % 2, 0, "{}", found.text);
        }
    }
}

#[test]
fn accents_are_characters_not_bytes() {
    let found = check(
        ACCENTS,
        &["Müller", "naïve"],
        60,
        "Für Müller et al. gilt die naïve Näherung.",
    );
    assert_eq!(found.ranges, [5..12, 29..35]);
    assert!(found.cut_before && found.cut_after);
    // The sentence has 42 characters and 46 bytes.
    let whole = "Für Müller et al. gilt die naïve Näherung.";
    assert_eq!((whole.chars().count(), whole.len()), (42, 46));
    check(ACCENTS, &["Müller"], 42, whole);
    for max_chars in 0..ACCENTS.len() {
        let found = snippet(ACCENTS, &lit(ACCENTS, &["Ångström"]), max_chars);
        if found.text.chars().count() > max_chars {
            // One word is shown however long it is.
            assert!(!found.text.contains(' '), "{max_chars} {}", found.text);
        }
    }
}

#[test]
fn hyphens_join_words() {
    check(
        HYPHENS,
        &["X-ray", "non-invasive"],
        60,
        "State-of-the-art X-ray methods are non-invasive.",
    );
    check(
        HYPHENS,
        &["micro-deletion"],
        60,
        "A well-known 15q13.3 micro-deletion is found.",
    );
    // Cut between words, never at a hyphen.
    for max_chars in 10..50 {
        let found = snippet(HYPHENS, &lit(HYPHENS, &["methods"]), max_chars);
        let before = &HYPHENS[..found.start];
        let after = &HYPHENS[found.start + found.text.len()..];
        assert!(before.is_empty() || before.ends_with(' '), "{}", found.text);
        assert!(after.is_empty() || after.starts_with(' '), "{}", found.text);
    }
}

#[test]
fn sentences_without_blanks() {
    let found = check(CJK, &["奖励"], 15, "我们提出一种新的奖励模型！");
    assert_eq!(&found.text[found.ranges[0].clone()], "奖励");
    assert!(found.cut_before && found.cut_after);
    check(CJK, &["实验"], 12, "实验表明该方法有效。");
}

#[test]
fn a_match_in_the_last_sentence() {
    let long = format!(
        "{}The needle is at the end.",
        "Hay is everywhere. ".repeat(40)
    );
    let found = check(&long, &["needle"], 30, "The needle is at the end.");
    assert!(found.cut_before && !found.cut_after);
    assert_eq!(found.start, long.len() - found.text.len());
}

#[test]
fn passages_each_show_what_the_others_lack() {
    let text = "Alpha stands here. Nothing stands here. Beta stands here. \
        Nothing again. Alpha is back. Gamma ends it.";
    let lit = lit(text, &["Alpha", "Beta", "Gamma"]);
    let texts = |n_wanted, max_chars| -> Vec<String> {
        let found = snippets(text, &lit, max_chars, n_wanted);
        for snippet in &found {
            assert_eq!(
                &text[snippet.start..snippet.start + snippet.text.len()],
                snippet.text
            );
            assert!(!snippet.ranges.is_empty());
        }
        found.into_iter().map(|snippet| snippet.text).collect()
    };
    assert_eq!(texts(1, 20), ["Alpha stands here."]);
    assert_eq!(texts(2, 20), ["Alpha stands here.", "Beta stands here."]);
    assert_eq!(
        texts(9, 20),
        ["Alpha stands here.", "Beta stands here.", "Gamma ends it."]
    );
    // Two words are worth more than one.
    assert_eq!(
        texts(9, 32),
        [
            "Alpha is back. Gamma ends it.",
            "Beta stands here. Nothing again."
        ]
    );
    // Passages never overlap.
    for n_wanted in 1..6 {
        for max_chars in 5..120 {
            let mut found = snippets(text, &lit, max_chars, n_wanted);
            assert!(found.len() <= n_wanted);
            found.sort_by_key(|snippet| snippet.start);
            for pair in found.windows(2) {
                assert!(pair[0].start + pair[0].text.len() <= pair[1].start);
            }
        }
    }
}

#[test]
fn the_whole_text_and_no_match() {
    let found = snippets(ACCENTS, &lit(ACCENTS, &["naïve"]), usize::MAX, 3);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text, ACCENTS);
    assert!(!found[0].cut_before && !found[0].cut_after);
    assert_eq!(&found[0].text[found[0].ranges[0].clone()], "naïve");
    // Without a match there is the beginning alone.
    let found = snippets(ACCENTS, &[], 40, 3);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text, "Die Schrödinger-Gleichung wird gelöst.");
}

#[test]
fn a_long_text_takes_no_longer_for_each_sentence() {
    // Two million characters, one in three not ASCII: counted once.
    let text = "Ein Satz für sich. Ä. Öl! ".repeat(80_000);
    let found = snippet(&text, &[], 100);
    assert!(found.text.chars().count() <= 100);
    assert!(found.cut_after);
}
