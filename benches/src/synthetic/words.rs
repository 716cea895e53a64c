//! A vocabulary without end, commonest words first.

use super::random::Random;

/// How often words come, as measured: up to a rank, the share of all tokens.
/// Between two ranks it is a power of the rank.
const SHARES: [(f64, f64); 13] = [
    (1.0, 0.0605),
    (2.0, 0.1020),
    (5.0, 0.1760),
    (10.0, 0.2474),
    (20.0, 0.3069),
    (50.0, 0.3755),
    (100.0, 0.4383),
    (200.0, 0.5096),
    (500.0, 0.6209),
    (1_000.0, 0.7193),
    (2_000.0, 0.8178),
    (5_000.0, 0.9162),
    (20_000.0, 0.9817),
];

/// Ranks with a share of their own; beyond them lies a tail that never ends.
const N_RANKED: usize = 20_000;
/// How the tail falls: a vocabulary then grows with the 0.56th power of the
/// text, as the measured one does.
const TAIL_POWER: f64 = 0.78;

/// The commonest words, as they are in scholarly English.
const COMMON: [&str; 96] = [
    "the",
    "of",
    "a",
    "and",
    "in",
    "to",
    "we",
    "for",
    "is",
    "that",
    "with",
    "on",
    "this",
    "are",
    "by",
    "an",
    "as",
    "be",
    "which",
    "can",
    "from",
    "based",
    "our",
    "data",
    "model",
    "it",
    "time",
    "paper",
    "using",
    "two",
    "system",
    "at",
    "show",
    "results",
    "these",
    "such",
    "or",
    "network",
    "systems",
    "problem",
    "have",
    "also",
    "has",
    "one",
    "algorithm",
    "between",
    "method",
    "networks",
    "approach",
    "not",
    "state",
    "new",
    "their",
    "proposed",
    "study",
    "quantum",
    "used",
    "number",
    "different",
    "information",
    "its",
    "learning",
    "performance",
    "analysis",
    "more",
    "present",
    "been",
    "over",
    "both",
    "where",
    "use",
    "non",
    "all",
    "when",
    "models",
    "order",
    "first",
    "well",
    "energy",
    "theory",
    "set",
    "high",
    "each",
    "large",
    "algorithms",
    "methods",
    "into",
    "field",
    "work",
    "than",
    "other",
    "propose",
    "only",
    "some",
    "graph",
    "case",
];

/// Words below this rank are the commonest.
pub(super) const N_COMMON: u64 = COMMON.len() as u64;

/// Knows the ranked words and how often they come.
pub(super) struct Vocabulary {
    /// Share of all tokens up to each rank.
    shares: Vec<f64>,
    /// For each 4,096th of the shares, the first rank that reaches it.
    guide: Vec<usize>,
    /// The ranked words one after another, and where each ends.
    text: String,
    ends: Vec<usize>,
}

const N_GUIDES: usize = 4_096;

impl Vocabulary {
    pub(super) fn new() -> Vocabulary {
        let shares: Vec<f64> = (1..=N_RANKED).map(share).collect();
        let mut guide = Vec::with_capacity(N_GUIDES);
        let mut rank = 0;
        for step in 0..N_GUIDES {
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let from = step as f64 / N_GUIDES as f64;
            while rank + 1 < N_RANKED && shares[rank] <= from {
                rank += 1;
            }
            guide.push(rank);
        }
        let (mut text, mut ends) = (String::new(), Vec::with_capacity(N_RANKED));
        for rank in 0..N_RANKED as u64 {
            spell_rank(rank, &mut text);
            ends.push(text.len());
        }
        Vocabulary {
            shares,
            guide,
            text,
            ends,
        }
    }

    /// The rank of a word of a text, from 0.
    pub(super) fn draw(&self, random: &mut Random) -> u64 {
        let at = random.unit();
        let last = self.shares[N_RANKED - 1];
        if at >= last {
            #[expect(clippy::cast_precision_loss, reason = "a small number")]
            let n_ranked = N_RANKED as f64;
            return N_RANKED as u64 + random.pareto(n_ranked, TAIL_POWER).min(1 << 50);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "below 4,096"
        )]
        let mut rank = self.guide[(at * N_GUIDES as f64) as usize];
        while self.shares[rank] <= at {
            rank += 1;
        }
        rank as u64
    }

    pub(super) fn spell(&self, rank: u64, out: &mut String) {
        match usize::try_from(rank) {
            Ok(rank) if rank < N_RANKED => {
                let start = rank.checked_sub(1).map_or(0, |before| self.ends[before]);
                out.push_str(&self.text[start..self.ends[rank]]);
            }
            _ => spell_rank(rank, out),
        }
    }
}

/// The share of all tokens up to a rank, from 1.
fn share(rank: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let rank = rank as f64;
    let above = SHARES.partition_point(|(known, _)| *known < rank);
    let (high, at_high) = SHARES[above.min(SHARES.len() - 1)];
    let Some((low, at_low)) = above.checked_sub(1).map(|below| SHARES[below]) else {
        return at_high;
    };
    // Linear in the logarithm of the rank: each share falls as 1 / rank.
    at_low + (at_high - at_low) * (rank / low).ln() / (high / low).ln()
}

/// Three ranks are one word: as it is, and with two endings.
fn spell_rank(rank: u64, out: &mut String) {
    const ENDINGS: [[&str; 2]; 4] = [["s", "ing"], ["ed", "s"], ["s", "ation"], ["al", "ity"]];
    if let Some(word) = usize::try_from(rank).ok().and_then(|rank| COMMON.get(rank)) {
        return out.push_str(word);
    }
    let word = (rank - N_COMMON) / 3;
    spell(word, out);
    let ending = ENDINGS[usize::try_from(word % 4).unwrap_or_default()];
    match (rank - N_COMMON) % 3 {
        0 => {}
        1 => out.push_str(ending[0]),
        _ => out.push_str(ending[1]),
    }
}

/// A number as a word that can be spoken, no two alike; small numbers are
/// short words.
pub(super) fn spell(number: u64, out: &mut String) {
    const STARTS: [&str; 20] = [
        "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "br", "cr", "st",
        "tr", "pl", "qu",
    ];
    const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
    const ENDS: [&str; 6] = ["n", "r", "t", "m", "x", "l"];
    let digit = |n: u64, list: &[&'static str]| -> &'static str {
        usize::try_from(n % list.len() as u64).map_or("", |at| list[at])
    };
    let mut rest = number;
    loop {
        out.push_str(digit(rest, &STARTS));
        out.push_str(digit(rest / 20, &VOWELS));
        rest /= 100;
        // The last consonant carries a digit, too.
        if rest < 6 {
            return out.push_str(digit(rest, &ENDS));
        }
        rest -= 6;
    }
}
