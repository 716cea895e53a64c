//! Whether a name is a group's. Evidence is in its words alone; there is no
//! list of groups.

use super::words::{glued_are_initials, is_glued, is_initial, suffix_kind};

/// How much a word says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// No person is called this: `Collaboration`.
    Strong,
    /// A few persons are: `R. C. Group`, `Center, S A`.
    Weak,
}

/// Whether cleaned text names a collective.
pub(super) fn is_collective(cleaned: &str) -> bool {
    // Every author comes by here, so the first look is at bytes.
    let is_hinted = cleaned
        .as_bytes()
        .split(|byte| matches!(byte, b' ' | b','))
        .any(|word| weight(word).is_some());
    let words = || cleaned.split([' ', ',']).filter(|word| !word.is_empty());
    (opens_with_article(cleaned) && !cleaned.contains(',')) || (is_hinted && are_collective(words))
}

/// Whether the cleaned parts of a name together name a collective.
pub(super) fn is_collective_in_parts(family: &str, given: &str, suffix: &str) -> bool {
    let words = || {
        let parts = [family, given, suffix].into_iter();
        parts
            .flat_map(|part| part.split(' '))
            .filter(|word| !word.is_empty())
    };
    (given.is_empty() && opens_with_article(family)) || are_collective(words)
}

fn are_collective<'a, I: Iterator<Item = &'a str>>(words: impl Fn() -> I) -> bool {
    let mut weak_at = None;
    for (i, word) in words().enumerate() {
        match weight(word.as_bytes()) {
            Some(Weight::Strong) => return true,
            Some(Weight::Weak) if weak_at.is_none() => weak_at = Some(i),
            _ => {}
        }
    }
    weak_at.is_some_and(|at| !is_person_called(words, at))
}

/// Whether the word at `at` is a person's family name: all others are
/// initials. Glued ones count right behind it alone: `Center SA`, but `MRC
/// Group`.
fn is_person_called<'a, I: Iterator<Item = &'a str>>(words: impl Fn() -> I, at: usize) -> bool {
    let name = words().nth(at).unwrap_or("");
    words().enumerate().all(|(i, word)| {
        i == at
            || suffix_kind(word).is_some()
            || is_initial(word)
            || (at == 0 && i == 1 && is_glued(word) && glued_are_initials(word, name))
    })
}

/// `The IceCube`, `the SMC`; but The is a name in Vietnam: `The Anh Han`.
fn opens_with_article(text: &str) -> bool {
    if text.starts_with("the ") {
        return text.chars().any(char::is_uppercase);
    }
    let Some(rest) = text.strip_prefix("The ") else {
        return false;
    };
    let next = rest.split(' ').next().unwrap_or("");
    next.chars().filter(|c| c.is_uppercase()).count() > 1 && !next.contains('-')
}

fn weight(word: &[u8]) -> Option<Weight> {
    let mut word = word;
    while let [first, rest @ ..] = word
        && !is_of_word(*first)
    {
        word = rest;
    }
    while let [rest @ .., last] = word
        && !is_of_word(*last)
    {
        word = rest;
    }
    // As in `Hoiby-N`, what is behind the hyphen may be initials.
    if let [rest @ .., b'-', b'A'..=b'Z'] | [rest @ .., b'-', b'A'..=b'Z', b'A'..=b'Z'] = word {
        word = rest;
    }
    // The words of `X on behalf of the Y group`, always small.
    if matches!(word, b"for" | b"of" | b"behalf") {
        return Some(Weight::Strong);
    }
    let mut lower = [0_u8; 14];
    let lower = lower
        .get_mut(..word.len())
        .filter(|lower| lower.len() >= 4)?;
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    match &*lower {
        b"collaboration" | b"collaborations" | b"collaborative" | b"collaborators"
        | b"consortium" | b"consortia" | b"committee" | b"committees" | b"subcommittee"
        | b"investigators" | b"association" | b"university" | b"institute" | b"institutes"
        | b"institution" | b"organization" | b"organisation" | b"foundation" | b"federation"
        | b"department" | b"laboratory" | b"laboratories" | b"ministry" | b"agency"
        | b"academy" | b"commission" | b"initiative" | b"alliance" | b"registry"
        | b"researchers" | b"contributors" | b"taskforce" | b"corporation"
        // As Web of Science shortens them.
        | b"assoc" | b"univ" | b"dept" => Some(Weight::Strong),
        b"group" | b"groups" | b"team" | b"teams" | b"society" | b"societies" | b"network"
        | b"networks" | b"trial" | b"trials" | b"trialists" | b"project" | b"study" | b"center"
        | b"centre" | b"inst" | b"acad" | b"college" | b"council" | b"program" | b"programme" | b"experiment" => {
            Some(Weight::Weak)
        }
        _ => None,
    }
}

/// A byte of a letter; beyond ASCII no word of ours is touched.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii()
}
