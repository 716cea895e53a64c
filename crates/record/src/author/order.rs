//! Which words of a cleaned text are family name, given names, particle and
//! suffix.
//!
//! A text with a comma goes through [`assemble`], one without through
//! [`natural`]; each ends in [`build`]. What `build` makes must, displayed and
//! parsed again, come out the same: hence the given names give up their
//! suffix and their particles wherever they came from.

use super::Name;
use super::words::{
    Suffix, Words, glued_are_initials, is_capital_particle, is_connector, is_degree, is_east_asian,
    is_glued, is_initial, is_letter, is_ordinal, is_particle, is_plain_particle, is_shouted,
    suffix_kind, with_words,
};

/// The name in cleaned text of either order.
pub(super) fn parse(text: &str) -> Name {
    match text.split_once(',') {
        None => natural(text, ""),
        Some((family, given)) if !given.contains(',') => assemble(family, given.trim_start(), ""),
        Some((family, rest)) => {
            assemble_parts(family, rest.split(',').map(str::trim_start).collect())
        }
    }
}

/// The name of a person whose family and given names are known, as cleaned
/// text.
pub(super) fn assemble(family: &str, given: &str, suffix: &str) -> Name {
    if family.is_empty() {
        // Nobody is a junior alone.
        return if given.is_empty() {
            build("", "", "")
        } else {
            natural(given, suffix)
        };
    }
    let (mut family, mut given, mut suffix) = (family, given, suffix);
    let with_particle;
    while let Some(rest) = family.strip_prefix("and ") {
        family = rest;
    }
    loop {
        let from_given = if suffix.is_empty() {
            suffix_of_given(given, family)
        } else {
            None
        };
        if let Some(rest) = without_et_al(given) {
            given = rest;
        } else if let Some(rest) = without_et_al(family).filter(|rest| !rest.is_empty()) {
            family = rest;
        } else if let Some(parts) = from_given {
            (given, suffix) = parts;
        } else if suffix.is_empty()
            && let Some(parts) = split_last(family).filter(|(_, last)| suffix_kind(last).is_some())
        {
            (family, suffix) = parts;
        } else {
            break;
        }
    }
    if let Some((rest, particles)) = particles_of_given(given, family) {
        with_particle = format!("{particles} {family}");
        return assemble(&with_particle, rest, suffix);
    }
    if given.is_empty() && family.contains([' ', '-']) {
        return natural(family, suffix);
    }
    build(family, given, suffix)
}

/// `Family, Given, Jr.`, `Family, Jr., Given`, `Family, Given, M. D.`.
fn assemble_parts(family: &str, mut rest: Vec<&str>) -> Name {
    let mut suffix = "";
    if rest.len() > 1 {
        if let Some(last) = rest.pop_if(|last| suffix_kind(last).is_some()) {
            suffix = last;
        } else if suffix_kind(rest[0]) == Some(Suffix::Definite) {
            suffix = rest.remove(0);
        }
    }
    let mut place = 0;
    rest.retain(|part| {
        place += 1;
        place == 1 || !is_degree(part)
    });
    assemble(family, &rest.join(" "), suffix)
}

/// The name in cleaned text without a comma.
fn natural(text: &str, suffix: &str) -> Name {
    with_words(text, |words| natural_words(words, suffix))
}

fn natural_words(words: Words<'_>, suffix: &str) -> Name {
    let (mut from, mut to, mut suffix) = (0, words.len(), suffix);
    while to - from > 1 && words.get(from) == "and" {
        from += 1;
    }
    if to - from > 2 && words.get(to - 2) == "et" && matches!(words.get(to - 1), "al" | "al.") {
        to -= 2;
    }
    if suffix.is_empty() && to - from > 1 {
        let (first, last) = (words.get(from), words.get(to - 1));
        match suffix_kind(last) {
            Some(Suffix::Definite) if to - from > 2 || !is_junior_in_capitals(last) => {
                (suffix, to) = (last, to - 1);
            }
            Some(Suffix::Ambiguous) if to - from > 2 => (suffix, to) = (last, to - 1),
            _ if is_ordinal(first) || (to - from > 3 && matches!(first, "II" | "III")) => {
                (suffix, from) = (first, from + 1);
            }
            _ => {}
        }
    }
    match to - from {
        0 => return build("", "", suffix),
        1 => {
            let word = words.get(from);
            return match family_hyphen_initials(word) {
                Some((family, given)) => build(family, given, suffix),
                None => build(word, "", suffix),
            };
        }
        _ => {}
    }
    if let Some(initials) = trailing_initials(words, from, to) {
        let given = words.range(initials, to);
        let given = glued_without_full_stop(given).unwrap_or(given);
        return assemble(words.range(from, initials), given, suffix);
    }
    if is_particle(words.get(from)) {
        return build(words.range(from, to), "", suffix);
    }
    if opens_with_family(words, from, to) {
        return assemble(words.get(from), words.range(from + 1, to), suffix);
    }
    let family = family_start(words, from, to);
    assemble(words.range(family, to), words.range(from, family), suffix)
}

/// `Reimer E J`, `Reimer EJ`, `de Bruyn Kops S M`: where the initials start,
/// if words that are none stand before them.
fn trailing_initials(words: Words<'_>, from: usize, to: usize) -> Option<usize> {
    let mut start = to;
    while start > from && is_initial(words.get(start - 1)) {
        start -= 1;
    }
    let last = words.get(to - 1);
    let last = glued_without_full_stop(last).unwrap_or(last);
    if start == to && is_glued(last) {
        start = to - 1;
        if !glued_are_initials(last, words.range(from, start)) {
            return None;
        }
    }
    (from < start && start < to && !is_initial(words.get(from))).then_some(start)
}

/// `JA.` at the end of a list, or of a name that is cited: initials that are
/// run together have no full stop of their own.
fn glued_without_full_stop(word: &str) -> Option<&str> {
    word.strip_suffix('.').filter(|word| is_glued(word))
}

/// Whether the first word is the family name by its look: `ABIDI Karima`, or a
/// Han surname before a given name.
fn opens_with_family(words: Words<'_>, from: usize, to: usize) -> bool {
    let (first, last) = (words.get(from), words.get(to - 1));
    if to - from == 2 && is_east_asian(first) && is_east_asian(last) {
        return first.chars().nth(1).is_none();
    }
    is_shouted(first)
        && (from + 1..to)
            .all(|i| words.get(i).chars().any(char::is_lowercase) || is_initial(words.get(i)))
}

/// Where the family name starts in `Given Family`.
fn family_start(words: Words<'_>, from: usize, to: usize) -> usize {
    let last = to - 1;
    let has_capitals = || words.range(from, to).chars().any(char::is_uppercase);
    let mut start = last;
    for i in from + 1..last {
        if is_particle(words.get(i)) {
            start = i;
            break;
        }
        if i > from + 1
            && is_connector(words.get(i))
            && has_capitals()
            && !is_initial(words.get(i - 1))
        {
            start = i - 1;
            break;
        }
    }
    while start > from + 1 && is_capital_particle(words.get(start - 1)) {
        start -= 1;
    }
    start
}

/// `Hoiby-N`: a family name with initials behind a hyphen.
fn family_hyphen_initials(word: &str) -> Option<(&str, &str)> {
    let (family, initials) = word.rsplit_once('-')?;
    let letters = initials.strip_suffix('.').unwrap_or(initials);
    let given = matches!(letters.len(), 1 | 2) && letters.bytes().all(|b| b.is_ascii_uppercase());
    let is_name = family.chars().filter(|c| is_letter(*c)).count() > 1
        && family.chars().any(char::is_lowercase)
        && family.ends_with(is_letter);
    (given && is_name).then_some((family, initials))
}

/// The suffix among given names: `Martin L. Jr.`, or all of them a `Jr.`
/// behind `Martin L. King`; `Smith, JR` is John R.
fn suffix_of_given<'a>(given: &'a str, family: &str) -> Option<(&'a str, &'a str)> {
    if let Some((rest, last)) = split_last(given) {
        return suffix_kind(last).map(|_| (rest, last));
    }
    let is_suffix = suffix_kind(given) == Some(Suffix::Definite)
        && (!is_junior_in_capitals(given) || is_whole_name(family));
    is_suffix.then_some(("", given))
}

/// `JR` and `SR` are more often initials, as Web of Science and PubMed write
/// them: nobody is a junior without a given name.
fn is_junior_in_capitals(word: &str) -> bool {
    matches!(word, "JR" | "SR")
}

/// Whether there is a given name in text before a comma: `Martin L. King`,
/// `MARTIN KING`.
fn is_whole_name(text: &str) -> bool {
    let has_initial = text.split(' ').any(is_initial);
    has_initial || (text.contains(' ') && !text.chars().any(char::is_lowercase))
}

/// The particles at the end of given names, `Berg, Ludwig van der`, and what
/// is left. In a text without capitals one word such as `la` may be a name.
fn particles_of_given<'a>(given: &'a str, family: &str) -> Option<(&'a str, &'a str)> {
    if !is_particle(split_last(given).map_or(given, |(_, last)| last)) {
        return None;
    }
    let (mut rest, mut count, mut plain) = (given, 0, false);
    while let Some((before, last)) = split_last(rest).filter(|(_, last)| is_particle(last)) {
        count += 1;
        plain |= is_plain_particle(last);
        rest = before;
    }
    let has_capitals = || family.chars().chain(given.chars()).any(char::is_uppercase);
    if is_particle(rest) && count > 0 && (plain || is_plain_particle(rest)) {
        return Some(("", given));
    }
    if count == 0 || !(plain || count > 1 || has_capitals()) {
        return None;
    }
    Some((rest, given.get(rest.len() + 1..)?))
}

/// `Adachi et al` without its end.
fn without_et_al(part: &str) -> Option<&str> {
    let rest = part
        .strip_suffix('.')
        .unwrap_or(part)
        .strip_suffix("et al")?;
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_suffix(' ')
    }
}

/// The last word and what is before it. Names are short: looking at each byte
/// is faster than a search made for long text.
fn split_last(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == b' ')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The first word and what is behind it.
fn split_first(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == b' ')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The name of parts in their final order; particles open the family name.
fn build(family: &str, given: &str, suffix: &str) -> Name {
    if given.is_empty() && suffix_kind(suffix) == Some(Suffix::Ambiguous) {
        // Displayed without given names, `Fish, II` says these initials.
        return assemble(family, suffix, "");
    }
    let mut start = 0;
    while let Some((word, rest)) = family.get(start..).and_then(split_first) {
        if !is_particle(word) || rest.is_empty() {
            break;
        }
        start += word.len() + 1;
    }
    let (particle, family) = family.split_at(start);
    Name::Person {
        family: without_full_stop(family).to_owned(),
        given: given.to_owned(),
        particle: particle.trim_end().to_owned(),
        suffix: suffix.to_owned(),
    }
}

/// A family name without the full stop of the list it came from; an
/// abbreviated one (`St.`) keeps it.
fn without_full_stop(family: &str) -> &str {
    let Some(rest) = family.strip_suffix('.') else {
        return family;
    };
    let last = split_last(rest).map_or(rest, |(_, last)| last);
    if last.len() > 3 && !rest.contains('.') && rest.ends_with(is_letter) {
        rest
    } else {
        family
    }
}
