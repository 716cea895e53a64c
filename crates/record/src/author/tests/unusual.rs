//! What is no plain name: noise, groups, names given in parts.

use super::super::{Author, Name, key, words};
use super::check_stable;

#[test]
fn noise() {
    for (text, display) in [
        ("  Lewei \t\n Lu ", "Lu, Lewei"),
        ("Lewei\u{a0}Lu", "Lu, Lewei"),
        ("Le\u{200b}wei L\u{7f}u", "Lu, Lewei"),
        ("Yang (2) Liu", "Liu, Yang"),
        ("Wei Wang 0001", "Wang, Wei"),
        ("1 Gil Porat", "Porat, Gil"),
        ("1Charles A. Langston", "Langston, Charles A."),
        ("A. Fruleux5", "Fruleux, A."),
        ("None &NA;", "None"),
        ("Ada Lovelace (University of X)", "Lovelace, Ada"),
        ("Ada Lovelace (X (Y), Z", "Lovelace, Ada"),
        ("Zihui (Sherry) Xue", "Xue, Zihui"),
        ("and József Fortágh", "Fortágh, József"),
        ("I. Adachi et al.", "Adachi, I."),
        ("Miljana Mladenović;", "Mladenović, Miljana"),
        ("Smith*, J.", "Smith, J."),
        ("John Smith.", "Smith, John"),
        ("Lu,", "Lu"),
        (",Lu,,Lewei,", "Lu, Lewei"),
        ("", ""),
        (" ,; ", ""),
        ("13", ""),
    ] {
        let author = Author::parse(text);
        assert_eq!(author.display(), display, "{text}");
        assert_eq!(author.is_empty(), display.is_empty(), "{text}");
        check_stable(&author);
    }
}

#[test]
fn collectives() {
    for (text, name, key) in [
        (
            "{ATLAS Collaboration}",
            "ATLAS Collaboration",
            "atlas collaboration",
        ),
        (
            "{Barnes and Noble, Inc.}",
            "Barnes and Noble, Inc.",
            "barnes and noble inc",
        ),
        (
            "The ATLAS Collaboration",
            "The ATLAS Collaboration",
            "atlas collaboration",
        ),
        ("and the W7-X Team", "the W7-X Team", "w7 x team"),
        ("The IceCube", "The IceCube", "icecube"),
        (
            "A. Wright for the SNO+ Collaboration",
            "A. Wright for the SNO+ Collaboration",
            "a wright for the sno collaboration",
        ),
        (
            "The Alzheimer's Disease Neuroimaging Initiative",
            "The Alzheimer's Disease Neuroimaging Initiative",
            "alzheimers disease neuroimaging initiative",
        ),
        (
            "African American Study of Kidney Disease (AASK) Study Group",
            "African American Study of Kidney Disease (AASK) Study Group",
            "african american study of kidney disease aask study group",
        ),
        (
            "National Heart, Lung, and Blood Institute",
            "National Heart, Lung, and Blood Institute",
            "national heart lung and blood institute",
        ),
        ("MRC Trial", "MRC Trial", "mrc trial"),
    ] {
        let author = Author::parse(text);
        assert_eq!(author.name, Name::Collective(name.into()), "{text}");
        assert_eq!(author.key(), key);
    }
    for text in [
        "R. C. Group",
        "Center, S A",
        "Center SA",
        "The Anh Han",
        "Trial, J., Jr.",
    ] {
        let author = Author::parse(text);
        assert!(matches!(author.name, Name::Person { .. }), "{text}");
        check_stable(&author);
    }
}

#[test]
fn constructors() {
    for (author, display) in [
        (
            Author::person("van der Berg", "Ludwig"),
            "van der Berg, Ludwig",
        ),
        (
            Author::person_with("Berg", "Ludwig", "van der", ""),
            "van der Berg, Ludwig",
        ),
        (
            Author::person_with("King", "Martin L.", "", "Jr"),
            "King, Martin L., Jr",
        ),
        (Author::person_with("Smith", "J.", "", "VI"), "Smith, J. VI"),
        (
            Author::person("García Márquez", "Gabriel"),
            "García Márquez, Gabriel",
        ),
        (Author::person("Jean Doe", ""), "Doe, Jean"),
        (Author::person("", "Jean Doe"), "Doe, Jean"),
        (Author::person("Doe, PhD", "Jean"), "Doe PhD, Jean"),
        (
            Author::person("Collaboration", "The ATLAS"),
            "The ATLAS Collaboration",
        ),
        (Author::person("", ""), ""),
    ] {
        assert_eq!(author.display(), display);
        if matches!(author.name, Name::Person { .. }) {
            check_stable(&author);
        }
    }
    let orcid = |text: &str| Author::person("Doe", "J").with_orcid(text).orcid;
    assert_eq!(
        orcid("https://orcid.org/0000-0002-1694-233x").as_deref(),
        Some("0000-0002-1694-233X")
    );
    assert_eq!(orcid("0000-0002-1694"), None);
    assert_eq!(orcid("éééééééééééééééééééé"), None);
}

#[test]
fn name_parts() {
    assert_eq!(
        Author::parse("Jean-Pierre van den Bosch-Müller, Jr.").name_parts(),
        ["van", "den", "bosch", "muller", "jean", "pierre"]
    );
    assert_eq!(
        Author::parse("The ATLAS Collaboration").name_parts(),
        ["atlas", "collaboration"]
    );
}

#[test]
fn letters_stay_when_folded() {
    let lost: String = ('\u{80}'..=char::MAX)
        .filter(|c| words::is_letter(*c) && key::words_key(&c.to_string()).is_empty())
        .collect();
    assert_eq!(lost.escape_unicode().to_string(), "");
}

#[test]
fn keys_are_short() {
    let key = Author::person(&"ä".repeat(5_000), &"x ".repeat(5_000)).key();
    assert!(key.len() <= 400, "{}", key.len());
    let key = Author::parse(&"学".repeat(5_000)).key();
    assert!((390..=400).contains(&key.len()), "{}", key.len());
}

#[test]
fn a_collective_whose_key_is_cut_is_found_by_its_name() {
    // Cut at a blank, so that the key is shorter than the longest.
    let name = format!("Consortium {}", "of 3 labs, for ionation ".repeat(30));
    let author = Author::parse(&name);
    assert!((390..=400).contains(&author.key().len()));
    assert!(author.fits(&author), "{author:?}");
}

/// As Web of Science shortens them.
#[test]
fn institutions_in_short() {
    for name in [
        "INT EROSION CONTROL ASSOC",
        "Int Speech Commun Assoc",
        "LITHUANIAN UNIV AGRICULTURE",
        "INST ELECT ENGINEERS",
    ] {
        assert_eq!(Author::parse(name), Author::collective(name), "{name}");
    }
}
