//! Who a `creator` of Dublin Core is. Journal systems (OJS) write an author
//! and the affiliation into one element, `Pérez, Juan; Universidad de Chile`;
//! some archives write all authors into one.

use std::ops::RangeInclusive;

use crate::clean;
use crate::draft::RawName;

/// Starts of words, in lower case, that institutions are called by and people
/// are not.
const INSTITUTIONS: &[&str] = &[
    "academ",
    "agencia",
    "agency",
    "akadem",
    "colleg",
    "consejo",
    "corporat",
    "council",
    "depart",
    "dept",
    "dipart",
    "facul",
    "fakult",
    "foundation",
    "fundac",
    "gmbh",
    "hospital",
    "institut",
    "instytut",
    "istitut",
    "klinik",
    "laborat",
    "minist",
    "natio",
    "politec",
    "politek",
    "polytech",
    "program",
    "research",
    "scien",
    "societ",
    "techno",
    "tecnol",
    "univ",
    "uniwers",
    "инстит",
    "универ",
];

/// Whole words of the same kind, those of places among them that no one is
/// called by: an address may look like a name.
const WORDS: &[&str] = &[
    "and",
    "argentina",
    "australia",
    "bangladesh",
    "brasil",
    "brazil",
    "canada",
    "center",
    "centre",
    "centro",
    "centrum",
    "chile",
    "clinic",
    "colombia",
    "cuba",
    "ecuador",
    "egypt",
    "escola",
    "escuela",
    "españa",
    "for",
    "germany",
    "group",
    "india",
    "indonesia",
    "iran",
    "iraq",
    "italy",
    "japan",
    "lab",
    "labs",
    "ltd",
    "malaysia",
    "mexico",
    "méxico",
    "nigeria",
    "of",
    "pakistan",
    "peru",
    "perú",
    "poland",
    "portugal",
    "russia",
    "school",
    "spain",
    "turkey",
    "uk",
    "ukraine",
    "uruguay",
    "usa",
    "venezuela",
    "vietnam",
    "zentrum",
];

/// The names in the text of a `creator`. Several parts are several people
/// only where each of them looks like a name; else the first is the author.
pub(super) fn names(text: &str) -> Vec<RawName> {
    // The `;` of `&eacute;` parts nothing.
    let text = clean::entities(text);
    let parts: Vec<&str> = text
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let Some((first, others)) = parts.split_first() else {
        return Vec::new();
    };
    let are_people = match first.contains(',') {
        true => parts.iter().all(|part| is_inverted(part)) && !has_acronym(first, others),
        false => parts.iter().all(|part| is_natural(part)),
    };
    match are_people {
        true => parts.iter().flat_map(|part| on_behalf(part)).collect(),
        false => on_behalf(first),
    }
}

/// `Teresa Montaruli for the IceCube Collaboration` is a person and a group.
pub(super) fn on_behalf(name: &str) -> Vec<RawName> {
    let marks = [" for the ", " on behalf of the ", " on behalf of ", " for "];
    let split = marks.iter().find_map(|mark| name.split_once(mark));
    match split {
        Some((person, group)) if group.contains("ollaboration") => {
            let person = person.trim_end_matches([' ', ',', '(']);
            let group = group.trim_end_matches([' ', ')']);
            vec![
                RawName::One(person.to_owned()),
                RawName::Collective(group.to_owned()),
            ]
        }
        _ => vec![RawName::One(name.to_owned())],
    }
}

/// `Family, Given`, perhaps with a suffix.
fn is_inverted(part: &str) -> bool {
    let Some((family, given)) = part.split_once(',') else {
        return false;
    };
    let given = given
        .split_once(',')
        .map_or(given, |(given, suffix)| match suffix.trim().len() {
            ..=4 => given,
            _ => "",
        });
    [family, given]
        .iter()
        .all(|words| is_of_names(words, 1..=4))
}

/// `Given Family`.
fn is_natural(part: &str) -> bool {
    is_of_names(part, 2..=4)
}

/// Whether a text is made of words that can be names, so many of them.
fn is_of_names(text: &str, n_words: RangeInclusive<usize>) -> bool {
    let are_letters = |c: char| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‐');
    let mut n = 0;
    let mut has_name = false;
    for word in text.split_whitespace() {
        n += 1;
        if !word.chars().all(are_letters) || is_of_institution(word) {
            return false;
        }
        has_name |= !word.starts_with(char::is_lowercase);
    }
    n_words.contains(&n) && has_name
}

fn is_of_institution(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    WORDS.contains(&word.as_str()) || INSTITUTIONS.iter().any(|start| word.starts_with(start))
}

/// Whether one of the others opens with an acronym by its look, `CERN,
/// Geneva`, where the first does not set family names in capitals.
fn has_acronym(first: &str, others: &[&str]) -> bool {
    let opens_so = |part: &str| {
        let word = part.split([',', ' ']).next().unwrap_or_default();
        word.chars().nth(1).is_some() && !word.contains(char::is_lowercase)
    };
    !opens_so(first) && others.iter().any(|other| opens_so(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let of = |name: &&str| RawName::One((*name).to_owned());
        let expected: Vec<RawName> = expected.iter().map(of).collect();
        assert_eq!(names(text), expected, "{text}");
    }

    #[test]
    fn an_affiliation_is_no_author() {
        check("Pérez, Juan; Universidad de Chile", &["Pérez, Juan"]);
        check("P&eacute;rez, Juan; UNAM", &["Pérez, Juan"]);
        check("Doe, Jane; MIT", &["Doe, Jane"]);
        check("Doe, Jane; Dept of X, University of Y; USA", &["Doe, Jane"]);
        check("Doe, Jane; CERN, Geneva", &["Doe, Jane"]);
        check("Doe, Jane; Santiago, Chile", &["Doe, Jane"]);
        check("Suharto, Budi; Bandung, Indonesia", &["Suharto, Budi"]);
        check("Doe, Jane; Max Planck Society, Munich", &["Doe, Jane"]);
        check("Doe, Jane;", &["Doe, Jane"]);
        check("Sukarno; Universitas Indonesia", &["Sukarno"]);
        check("Jane Doe; Stanford University", &["Jane Doe"]);
    }

    #[test]
    fn people_are_several() {
        check("Doe, Jane; Roe, Richard", &["Doe, Jane", "Roe, Richard"]);
        check(
            "García Márquez, Gabriel; da Silva, João; O'Hara, S.; King, Martin L., Jr.",
            &[
                "García Márquez, Gabriel",
                "da Silva, João",
                "O'Hara, S.",
                "King, Martin L., Jr.",
            ],
        );
        check("DOE, JANE; ROE, RICHARD", &["DOE, JANE", "ROE, RICHARD"]);
        check("Jane Doe; Richard Roe", &["Jane Doe", "Richard Roe"]);
        check("Doe, Jane", &["Doe, Jane"]);
    }

    #[test]
    fn a_person_for_a_group_is_both() {
        assert_eq!(
            names("Teresa Montaruli for the IceCube Collaboration"),
            [
                RawName::One("Teresa Montaruli".to_owned()),
                RawName::Collective("IceCube Collaboration".to_owned()),
            ]
        );
    }
}
