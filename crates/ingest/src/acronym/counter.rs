//! How often each pair of an acronym and its long form was met, in bounded
//! memory.

use abs_schema::acronyms::Pair;
use rustc_hash::FxHashMap;

use super::pairs;

/// Different pairs kept. More are thinned out: those met least often go until
/// three quarters are left (lossy counting, Manku and Motwani 2002), so that
/// what is common stays, its count too low by no more than what was once
/// thinned out. A pair takes some 100 bytes, at most 250: 25 MB as a rule.
pub const MAX_PAIRS: usize = 250_000;

/// Counts pairs, on any thread; the counts of several are added up with
/// [`Miner::merge`].
#[derive(Debug)]
pub struct Miner {
    /// Short form as printed, a tab, long form in lower case.
    counts: FxHashMap<Box<str>, u32>,
    max_pairs: usize,
    key: String,
}

impl Default for Miner {
    fn default() -> Miner {
        Miner::with_max(MAX_PAIRS)
    }
}

impl Miner {
    /// Knows nothing yet.
    pub fn new() -> Miner {
        Miner::default()
    }

    fn with_max(max_pairs: usize) -> Miner {
        Miner {
            counts: FxHashMap::default(),
            max_pairs,
            key: String::new(),
        }
    }

    /// Counts the pairs of one record, each once.
    pub fn add(&mut self, title: &str, abstract_text: Option<&str>) {
        self.add_text(title);
        if let Some(text) = abstract_text {
            self.add_text(text);
        }
    }

    fn add_text(&mut self, text: &str) {
        let mut key = std::mem::take(&mut self.key);
        pairs(text, |short, long| {
            key.clear();
            key.push_str(short);
            key.push('\t');
            push_lower(long, &mut key);
            self.count(&key, 1);
        });
        self.key = key;
    }

    fn count(&mut self, key: &str, n: u32) {
        if let Some(count) = self.counts.get_mut(key) {
            *count = count.saturating_add(n);
            return;
        }
        if self.counts.len() >= self.max_pairs {
            self.thin_out();
        }
        self.counts.insert(key.into(), n);
    }

    /// Linear, and not called again before a quarter of the pairs is new.
    fn thin_out(&mut self) {
        let kept = self.max_pairs / 4 * 3;
        let mut counts: Vec<u32> = self.counts.values().copied().collect();
        let n_over = self.counts.len().saturating_sub(kept);
        if n_over == 0 {
            return;
        }
        let (_, floor, _) = counts.select_nth_unstable(n_over.saturating_sub(1));
        let floor = *floor;
        self.counts.retain(|_, count| *count > floor);
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: Miner) {
        if self.counts.is_empty() {
            self.counts = other.counts;
            return;
        }
        for (key, n) in other.counts {
            self.count(&key, n);
        }
    }

    /// Whether there is nothing to add anywhere.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The pairs met since the last call, sorted, as the index keeps them.
    pub fn take(&mut self) -> Vec<Pair> {
        let counts = std::mem::take(&mut self.counts);
        let pairs = counts.into_iter().filter_map(|(key, count)| {
            let (short, long) = key.split_once('\t')?;
            Pair::new(short, long, count)
        });
        abs_schema::acronyms::merged(pairs.collect())
    }
}

fn push_lower(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|b| char::from(b.to_ascii_lowercase())));
    } else {
        out.extend(text.chars().flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(miner: &mut Miner) -> Vec<String> {
        let line = |pair: Pair| format!("{} {} {}", pair.short, pair.long, pair.count);
        miner.take().into_iter().map(line).collect()
    }

    #[test]
    fn spellings_of_a_pair_are_counted_together() {
        let mut miner = Miner::new();
        miner.add(
            "A Process Reward Model (PRM)",
            Some("We train process reward models (PRMs) and Process-Reward Models (PRMs)."),
        );
        let mut other = Miner::new();
        other.add(
            "",
            Some("Probabilistic roadmaps (PRM) and a process reward model (PRM)"),
        );
        miner.merge(other);
        assert_eq!(
            counted(&mut miner),
            ["PRM probabilistic roadmaps 1", "PRM process reward model 4"]
        );
        assert!(miner.is_empty());
    }

    #[test]
    fn what_is_common_outlives_any_number_of_rare_pairs() {
        let mut miner = Miner::with_max(40);
        for idx in 0..1_000_u32 {
            let letters: String = [idx / 100, idx / 10 % 10, idx % 10]
                .iter()
                .map(|digit| char::from(b'a' + u8::try_from(*digit).unwrap()))
                .collect();
            let short = letters.to_uppercase();
            let words: Vec<String> = letters.chars().map(|c| format!("{c}rare")).collect();
            miner.add("", Some(&format!("the {} ({short})", words.join(" "))));
            miner.add("Process reward models (PRMs)", None);
            assert!(miner.counts.len() <= 40);
        }
        assert_eq!(miner.counts["PRM\tprocess reward models"], 1_000);
    }
}
