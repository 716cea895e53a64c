//! What holds for any text.

use proptest::prelude::*;

use super::super::{Author, Name, NameQuery};

/// Words that each bring a rule into play, and some that bring none.
fn word() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "Lu",
        "Lewei",
        "LI",
        "EJ",
        "J.",
        "J",
        "j",
        "J.-P.",
        "-P.",
        "van",
        "der",
        "de",
        "la",
        "d'",
        "'t",
        "Van",
        "De",
        "Jr.",
        "jr",
        "III",
        "II",
        "IV",
        "3rd",
        "MD",
        "Ph.D.",
        "and",
        "et",
        "al.",
        "y",
        "e",
        "The",
        "the",
        "Group",
        "GROUP",
        "Center",
        "University",
        "for",
        "ABIDI",
        "Müller",
        "O’Brien",
        "Hoiby-N",
        "St.",
        "Smith.",
        "贾",
        "子怡",
        "0001",
        "(x)",
        "(",
        ")",
        "{",
        "}",
        "&NA;",
        ",",
        ", ",
        ";",
        ".",
        "-",
        "'",
        "a.b",
        "x@y.z",
        "\u{345}",
        "ª",
        "ß",
        "�",
        "´",
    ];
    prop_oneof![8 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => "\\PC{1,4}"]
}

const SEPARATORS: &[&str] = &[" ", " ", " ", " ", ", ", ", ", "", "-", "  "];

fn words() -> impl Strategy<Value = String> {
    let separator = prop::sample::select(SEPARATORS);
    prop::collection::vec((word(), separator), 0..9).prop_map(|words| {
        words
            .into_iter()
            .flat_map(|(word, separator)| [word, separator.to_owned()])
            .collect()
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![3 => words(), 1 => any::<String>()]
}

fn stable(author: &Author) -> Result<(), TestCaseError> {
    if matches!(author.name, Name::Person { .. }) {
        let again = Author::parse(&author.display());
        prop_assert_eq!(
            again.display(),
            author.display(),
            "{:?} / {:?}",
            author,
            again
        );
        prop_assert_eq!(again.key(), author.key(), "{:?} / {:?}", author, again);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_is_stable(text in any_text()) {
        stable(&Author::parse(&text))?;
    }

    #[test]
    fn constructing_is_stable(family in any_text(), given in any_text(), particle in any_text(), suffix in word()) {
        stable(&Author::person(&family, &given))?;
        stable(&Author::person_with(&family, &given, &particle, &suffix))?;
    }

    #[test]
    fn lists_hold_no_empty_author(text in any_text()) {
        for author in Author::parse_list(&text).into_iter().chain(Author::parse_pairs(&text)) {
            prop_assert!(!author.is_empty());
            prop_assert!(author.key().len() <= 400);
            let _ = (author.natural(), author.name_parts());
        }
    }

    #[test]
    fn both_orders_agree(family in "[A-Z][a-z]{3,8}", given in "[A-Z][a-z]{3,8}( [A-Z]\\.)?") {
        let inverted = Author::parse(&format!("{family}, {given}"));
        prop_assume!(matches!(inverted.name, Name::Person { .. }));
        prop_assert_eq!(Author::parse(&format!("{given} {family}")), inverted.clone());
        prop_assert_eq!(Author::person(&family, &given), inverted);
    }

    #[test]
    fn an_author_fits_itself(text in any_text()) {
        let author = Author::parse(&text);
        if !author.key().is_empty() && author.key().len() < 390 {
            prop_assert!(author.fits(&author), "{:?}", author);
        }
    }

    #[test]
    fn what_fits_has_a_prefix(query in words(), author in words()) {
        let query = NameQuery::parse(&query);
        let key = Author::parse(&author).key();
        if query.key_fits(&key) {
            prop_assert!(query.prefixes().iter().any(|prefix| key.starts_with(prefix)), "{:?} {}", query, key);
            if let Some(initials) = query.given_initials()
                && let Some((_, given)) = key.split_once(", ")
            {
                prop_assert!(given.starts_with(initials.as_slice()), "{:?} {}", query, key);
            }
        }
    }

    #[test]
    fn keys_are_folded_words(text in any_text()) {
        let key = Author::parse(&text).key();
        prop_assert!(!key.contains("  ") && !key.starts_with([' ', ',']) && key == key.trim_end());
        prop_assert_eq!(crate::fold::fold(&key), key);
    }
}
