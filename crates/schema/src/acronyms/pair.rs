//! A short form with a long one, and adding up what is known of them.

use super::{long_key, short_key};

/// Pairs a file holds, at most; beyond, those met least often are left out.
/// Some 60 bytes each: 60 MB.
pub const MAX_STORED: usize = 1_000_000;

/// A short form, what it stands for, and how often a record said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// See [`short_key`].
    pub short_key: String,
    /// See [`long_key`].
    pub long_key: String,
    /// As most records write it.
    pub short: String,
    /// As most records write it, lower case, in the singular if that is known.
    pub long: String,
    /// How often it was met. What was updated or deleted since is still
    /// counted.
    pub count: u32,
}

impl Pair {
    /// A pair as met; `None` if the analyzer finds nothing in one of them, or
    /// the same in both.
    pub fn new(short: &str, long: &str, count: u32) -> Option<Pair> {
        let pair = Pair {
            short_key: short_key(short),
            long_key: long_key(long),
            short: short.to_owned(),
            long: long.to_owned(),
            count,
        };
        let fits = !pair.short_key.is_empty()
            && !pair.long_key.is_empty()
            && pair.short_key != pair.long_key;
        fits.then_some(pair)
    }
}

/// Pairs sorted by their keys, each once, with counts added up: the spelling
/// met most often stays, and a long form in the singular if one in ten has it
/// so. The result does not depend on their order. At most [`MAX_STORED`],
/// those met least often left out.
pub fn merged(pairs: Vec<Pair>) -> Vec<Pair> {
    let mut merged = added_up(pairs);
    if merged.len() > MAX_STORED {
        // Among equals those go that come last, whatever order they came in.
        let mut by_count: Vec<usize> = (0..merged.len()).collect();
        by_count.sort_by_key(|idx| std::cmp::Reverse(merged[*idx].count));
        let mut kept = vec![false; merged.len()];
        for idx in &by_count[..MAX_STORED] {
            kept[*idx] = true;
        }
        let mut kept = kept.into_iter();
        merged.retain(|_| kept.next().unwrap_or(false));
    }
    merged
}

fn added_up(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_unstable_by(|a, b| order(a).cmp(&order(b)));
    let mut out: Vec<Pair> = Vec::with_capacity(pairs.len());
    let mut group: Vec<Pair> = Vec::new();
    for pair in pairs {
        let same = group.first().is_none_or(|first| {
            (&first.short_key, &first.long_key) == (&pair.short_key, &pair.long_key)
        });
        if !same {
            out.extend(one(std::mem::take(&mut group)));
        }
        group.push(pair);
    }
    out.extend(one(group));
    out
}

fn order(pair: &Pair) -> (&str, &str, &str, &str, u32) {
    (
        &pair.short_key,
        &pair.long_key,
        &pair.short,
        &pair.long,
        pair.count,
    )
}

/// Pairs of one key as one.
fn one(mut group: Vec<Pair>) -> Option<Pair> {
    if group.len() < 2 {
        return group.pop();
    }
    let short = commonest(&group, |pair| pair.short.as_str());
    let bare = commonest(&group, |pair| singular(&pair.long));
    let count_of = |long: &str| -> u64 {
        let same = group.iter().filter(|pair| pair.long == long);
        same.map(|pair| u64::from(pair.count)).sum()
    };
    let plural = format!("{bare}s");
    let long = if count_of(&bare) * 10 >= count_of(&plural) {
        bare
    } else {
        plural
    };
    let count = group
        .iter()
        .fold(0_u32, |sum, pair| sum.saturating_add(pair.count));
    let first = group.swap_remove(0);
    Some(Pair {
        short,
        long,
        count,
        ..first
    })
}

fn singular(text: &str) -> &str {
    text.strip_suffix('s').unwrap_or(text)
}

/// The text with the greatest count; the first in the alphabet among equals.
fn commonest(group: &[Pair], text: impl Fn(&Pair) -> &str) -> String {
    let mut counts: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for pair in group {
        *counts.entry(text(pair)).or_default() += u64::from(pair.count);
    }
    let mut best = ("", 0);
    for (text, count) in counts {
        if count > best.1 {
            best = (text, count);
        }
    }
    best.0.to_owned()
}
