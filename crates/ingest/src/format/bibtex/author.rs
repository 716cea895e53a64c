//! The names in a value: `First von Last and von Last, Jr, First and others`.

use super::latex;
use crate::draft::{RawAuthor, RawName};

/// The names, one by one.
pub(super) fn list(value: &str) -> Vec<RawAuthor> {
    let names = split(value);
    if let [name] = names.as_slice()
        && extended(name).is_none()
    {
        let n_commas = parts(name).len() - 1;
        // Some exporters know nothing of `and`.
        if name.contains(';') || n_commas > 2 || n_commas == 2 && !has_suffix(name) {
            return vec![RawName::List(latex::plain(name)).into()];
        }
    }
    names.into_iter().filter_map(one).collect()
}

fn one(name: &str) -> Option<RawAuthor> {
    let name = name.trim().trim_end_matches(',').trim_end();
    if name.is_empty() || name.eq_ignore_ascii_case("others") {
        return None;
    }
    let whole = name
        .strip_prefix('{')
        .and_then(|inner| inner.strip_suffix('}'));
    if let Some(inner) = whole.filter(|inner| is_balanced(inner)) {
        return Some(RawName::Collective(latex::plain(inner)).into());
    }
    if let Some(name) = extended(name) {
        return Some(name.into());
    }
    let name = match parts(name).as_slice() {
        [family, suffix, given] => RawName::Parts {
            family: latex::plain(family),
            given: latex::plain(given),
            particle: String::new(),
            suffix: latex::plain(suffix),
        },
        _ => RawName::One(latex::plain(name)),
    };
    Some(name.into())
}

/// BibLaTeX's names by their parts: `family=Gogh, given=Vincent, prefix=van`.
fn extended(name: &str) -> Option<RawName> {
    let [mut family, mut given, mut particle, mut suffix] = [const { String::new() }; 4];
    for part in parts(name) {
        let (key, value) = part.split_once('=')?;
        let value = latex::plain(value.trim().trim_matches('"'));
        match key.trim().to_ascii_lowercase().as_str() {
            "family" => family = value,
            "given" => given = value,
            "prefix" => particle = value,
            "suffix" => suffix = value,
            "id" | "useprefix" | "given-i" | "family-i" | "prefix-i" | "suffix-i" => {}
            _ => return None,
        }
    }
    Some(RawName::Parts {
        family,
        given,
        particle,
        suffix,
    })
}

/// Whether the second of three parts is a suffix: `King, Jr., Martin`.
fn has_suffix(name: &str) -> bool {
    let suffix = parts(name)
        .get(1)
        .map(|part| part.trim().trim_end_matches('.').to_lowercase());
    suffix.is_some_and(|suffix| matches!(suffix.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"))
}

/// Splits at ` and ` outside of braces.
fn split(value: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut depth = 0i32;
    let mut start = 0;
    let mut word = 0;
    for (at, c) in value.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if !c.is_whitespace() {
            continue;
        }
        if depth <= 0 && word > start && value[word..at].eq_ignore_ascii_case("and") {
            names.push(&value[start..word]);
            start = at;
        }
        word = at + c.len_utf8();
    }
    names.push(&value[start..]);
    names
}

/// Splits at commas outside of braces.
fn parts(name: &str) -> Vec<&str> {
    let mut depth = 0i32;
    name.split(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth <= 0
    })
    .collect()
}

fn is_balanced(text: &str) -> bool {
    let mut depth = 0i32;
    text.chars().all(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth >= 0
    })
}
