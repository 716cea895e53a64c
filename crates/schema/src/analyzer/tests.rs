use proptest::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

use super::*;

#[track_caller]
fn check(chain: Chain, text: &str, expected: &[&str]) {
    assert_eq!(Analyzer::new(chain).terms(text), expected, "{text}");
}

#[test]
fn text_is_folded_stemmed_and_without_stop_words() {
    check(
        Chain::Text,
        "The Naïve Models of Müller's",
        &["naiv", "model", "muller", "mueller"],
    );
    check(Chain::Text, "ﬁelds in the ﬂow", &["field", "flow"]);
    check(Chain::Text, "Parkinson's disease", &["parkinson", "diseas"]);
}

#[test]
fn corrected_words_and_plurals_of_acronyms() {
    check(Chain::Text, "LLMs and an LLM", &["llm", "llm"]);
    check(
        Chain::Text,
        "universal university",
        &["universal", "universiti"],
    );
    check(
        Chain::Text,
        "radiologists in radiology",
        &["radiolog", "radiolog"],
    );
    check(Chain::Text, "gas mass", &["gas", "mass"]);
}

#[test]
fn compounds_give_their_parts_and_their_joined_form() {
    check(Chain::Text, "x-ray", &["x", "ray", "xray"]);
    check(Chain::Text, "pre‐trained", &["pre", "train", "pretrain"]);
    check(Chain::Name, "O’Brien", &["o", "brien", "obrien"]);
    check(Chain::Text, "COVID-19", &["covid", "19", "covid19"]);
    check(Chain::Text, "2010-2015", &["2010", "2015"]);
    check(Chain::Text, "U.S.A.", &["u", "s", "usa"]);
    check(Chain::Text, "AT&T", &["t", "att"]);
    check(Chain::Text, "a-b-c-d-e", &["b", "c", "d", "e"]);
}

#[test]
fn numbers_signs_and_greek() {
    check(
        Chain::Text,
        "3.5 and 1,000 or 1,2",
        &["3.5", "1000", "1", "2"],
    );
    check(
        Chain::Text,
        "C++ and C# He+",
        &["c", "c++", "c", "c#", "he", "he+"],
    );
    check(
        Chain::Text,
        "TGF-β TGFβ1 α",
        &["tgf", "beta", "tgfbeta", "tgfbeta1", "alpha"],
    );
    check(Chain::Text, "λόγος", &["λογοσ"]);
    check(Chain::Text, "15q13.3 p53 H₂O", &["15q13.3", "p53", "h2o"]);
    check(Chain::Text, "機械 learning", &["機", "械", "learn"]);
    check(Chain::Text, "$\\alpha$-stable", &["alpha", "stabl"]);
}

#[test]
fn a_compound_can_be_taken_apart_again() {
    let mut lexer = Lexer::new("state-of-the-art");
    while lexer.advance() != Some(Kind::Joined) {}
    let parts = lexer::parts_at("stateoftheart", lexer.hyphens());
    assert_eq!(parts, ["state", "of", "the", "art"]);
}

#[test]
fn values_are_one_token() {
    check(Chain::Value, " cs.CL ", &["cs.cl"]);
    check(Chain::Value, "", &[]);
}

/// Terms of the flat field with word, form and part of each.
fn flat(text: &str) -> Vec<(String, usize, usize)> {
    let mut seen = Vec::new();
    Analyzer::new(Chain::Flat).for_each(text, |token| {
        seen.push((token.text.clone(), token.position >> 6, token.position & 63));
    });
    seen
}

#[test]
fn the_flat_field_weighs_the_title_and_keeps_forms() {
    let term = |text: &str, word, code| (text.to_owned(), word, code);
    assert_eq!(
        flat("Models\u{2}the running x-ray"),
        [
            term("model", 0, 1),
            term("model", 0, 1),
            term("model", 0, 1),
            term("the", 64, 0),
            term("run", 65, 62),
            term("\u{1e}running", 65, 0),
            term("x", 66, 0),
            term("ray", 67, 0),
            term("xray", 66, 63),
            term("xray\u{1f}a", 66, 0),
        ]
    );
}

#[test]
fn the_abstract_starts_behind_a_long_title() {
    let text = format!("{}\u{2}abstract", "word ".repeat(100));
    assert_eq!(flat(&text).last().unwrap().1, 101);
    assert_eq!(
        exact("running"),
        ("\u{1e}running".to_owned(), form::ANY_WORD)
    );
    assert_eq!(exact("models"), ("model".to_owned(), 2));
}

#[test]
fn overlong_words_are_cut_alike() {
    let long = "é".repeat(1_000);
    let terms = Analyzer::new(Chain::Text).terms(&long);
    assert_eq!(terms.len(), 1);
    assert_eq!(terms[0].len(), lexer::MAX_TOKEN_BYTES);
}

proptest! {
    #[test]
    fn no_text_panics_and_offsets_fit(text in any::<String>()) {
        for chain in [Chain::Flat, Chain::Text, Chain::Name, Chain::Value] {
            Analyzer::new(chain).for_each(&text, |token| {
                assert!(!token.text.is_empty());
                if chain != Chain::Flat {
                    assert!(text.get(token.offset_from..token.offset_to).is_some());
                }
            });
        }
    }

    #[test]
    fn no_word_panics_the_stemmer(word in "\\PC{0,24}") {
        let _ = Stemmer::create(Algorithm::English).stem(&word.to_lowercase());
    }

    #[test]
    fn the_memo_gives_what_the_stemmer_gives(words in proptest::collection::vec("[a-z]{1,12}(ing|ies|ed|ly|ness|s)?", 1..40)) {
        let mut memo = Memo::default();
        for word in words.iter().chain(&words) {
            let mut stemmed = word.clone();
            let kept = !memo.stem(&mut stemmed).stop;
            prop_assert_eq!(kept.then_some(stemmed), stem(word));
        }
    }

    #[test]
    fn both_sides_agree_on_a_word_alone_and_in_a_text(word in "[a-zA-Z]{1,20}") {
        let alone = Analyzer::new(Chain::Name).terms(&word);
        let within = Analyzer::new(Chain::Name).terms(&format!("before {word}, after"));
        prop_assert_eq!(&alone[..], &within[1..within.len() - 1]);
    }
}
