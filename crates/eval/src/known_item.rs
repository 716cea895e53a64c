//! Known-item search: somebody looks for one work and half remembers it.
//!
//! Works are drawn from an index, each is asked for in several ways, and what
//! counts is how often it comes first and among the first ten. Records with
//! the same title, but for case and signs, are taken for one work.

use abs_query::{SearchOptions, Searcher};
use abs_record::Record;
use abs_record::fold::fold;

use crate::error::EvalError;

/// What somebody remembers of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// The title as printed.
    Title,
    /// Five words of the title, drawn at random, in their order.
    FiveTitleWords,
    /// The first author's family name and the two rarest words of the title.
    AuthorAndTitleWords,
    /// A sentence of the abstract.
    Sentence,
}

impl Memory {
    /// All of them.
    pub const ALL: [Memory; 4] = [
        Memory::Title,
        Memory::FiveTitleWords,
        Memory::AuthorAndTitleWords,
        Memory::Sentence,
    ];

    /// What it is called in a table.
    pub fn name(self) -> &'static str {
        match self {
            Memory::Title => "title",
            Memory::FiveTitleWords => "five title words",
            Memory::AuthorAndTitleWords => "author, two rarest title words",
            Memory::Sentence => "sentence of the abstract",
        }
    }
}

/// How often works asked for in one way were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Works asked for: not all have what is to be remembered.
    pub n_asked: usize,
    /// Those that came first.
    pub n_first: usize,
    /// Those among the first ten.
    pub n_in_ten: usize,
    /// Queries whose work did not come first, and its rank if it was found.
    pub missed: Vec<(String, Option<usize>)>,
}

/// Asks for `n` works of the index in each way. The same seed and records give
/// the same questions. `each` is called before each work with how many are
/// done.
pub fn known_items(
    searcher: &Searcher,
    n: usize,
    seed: u64,
    options: &SearchOptions,
    mut each: impl FnMut(usize),
) -> Result<Vec<(Memory, Found)>, EvalError> {
    let works = searcher
        .sample(n, seed)
        .map_err(|source| EvalError::Search {
            topic: "sample".to_owned(),
            source,
        })?;
    let mut found: Vec<(Memory, Found)> = Memory::ALL
        .into_iter()
        .map(|memory| (memory, Found::default()))
        .collect();
    for (idx, work) in works.iter().enumerate() {
        each(idx);
        let chance = Chance(seed ^ (idx as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for (memory, found) in &mut found {
            let failed = |source| EvalError::Search {
                topic: work.id.to_string(),
                source,
            };
            let query = query(searcher, work, *memory, chance.clone()).map_err(failed)?;
            let Some(query) = query else { continue };
            let results = searcher.search(&query, options).map_err(failed)?;
            let title = normalised(&work.title);
            let rank = results.hits.iter().position(|hit| {
                hit.record.id == work.id
                    || (!title.is_empty() && normalised(&hit.record.title) == title)
            });
            found.n_asked += 1;
            found.n_first += usize::from(rank == Some(0));
            found.n_in_ten += usize::from(rank.is_some_and(|rank| rank < 10));
            if rank != Some(0) {
                found.missed.push((query, rank.map(|rank| rank + 1)));
            }
        }
    }
    Ok(found)
}

/// What somebody who remembers this would type; `None` if the work lacks it.
fn query(
    searcher: &Searcher,
    work: &Record,
    memory: Memory,
    mut chance: Chance,
) -> Result<Option<String>, abs_query::SearchError> {
    let words: Vec<&str> = words(&work.title);
    Ok(match memory {
        Memory::Title => (!words.is_empty()).then(|| work.title.clone()),
        Memory::FiveTitleWords => {
            let mut left: Vec<usize> = (0..words.len()).collect();
            while left.len() > 5 {
                left.remove(chance.below(left.len()));
            }
            let drawn: Vec<&str> = left.into_iter().map(|idx| words[idx]).collect();
            (drawn.len() == 5).then(|| drawn.join(" "))
        }
        Memory::AuthorAndTitleWords => {
            let Some(author) = work.authors.first() else {
                return Ok(None);
            };
            let display = author.display();
            let family = display.split(',').next().unwrap_or(&display).trim();
            let mut rarity = Vec::with_capacity(words.len());
            for (idx, word) in words.iter().enumerate() {
                let n_records = searcher.n_records_with(word)?;
                if n_records > 0 {
                    rarity.push((n_records, idx));
                }
            }
            rarity.sort_unstable();
            rarity.truncate(2);
            rarity.sort_unstable_by_key(|(_, idx)| *idx);
            match rarity.as_slice() {
                [(_, a), (_, b)] => Some(format!("{family} {} {}", words[*a], words[*b])),
                _ => None,
            }
        }
        Memory::Sentence => {
            let text = work.abstract_text.as_deref().unwrap_or_default();
            let mut sentences = sentences(text);
            sentences.retain(|sentence| sentence.split_whitespace().count() >= MIN_SENTENCE_WORDS);
            if sentences.is_empty() {
                return Ok(None);
            }
            Some(
                sentences
                    .swap_remove(chance.below(sentences.len()))
                    .to_owned(),
            )
        }
    })
}

/// A shorter sentence (`We discuss this.`) could be anybody's.
const MIN_SENTENCE_WORDS: usize = 8;

/// Words as typed from memory: letters and digits.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(". ").map(str::trim).collect()
}

/// A title without case, accents, signs and blanks.
fn normalised(title: &str) -> String {
    fold(title)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// A row of numbers as good as chance, the same for the same start (SplitMix64:
/// Steele, Lea and Flood, *Fast splittable pseudorandom number generators*,
/// 2014).
#[derive(Debug, Clone)]
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_differ_in_signs_are_one() {
        let same = normalised("Naïve Bayes – revisited.");
        assert_eq!(normalised("NAIVE BAYES: REVISITED"), same);
        assert_ne!(normalised("Naive Bayes, visited"), same);
    }

    #[test]
    fn words_are_bare_and_sentences_whole() {
        assert_eq!(
            words("A (new) x-ray – 'study'."),
            ["A", "new", "x-ray", "study"]
        );
        assert_eq!(
            sentences("One is 1.5 long. Two ends. "),
            ["One is 1.5 long.", "Two ends."]
        );
    }

    #[test]
    fn chance_repeats_itself() {
        let row = |seed| {
            let mut chance = Chance(seed);
            [0; 5].map(|_| chance.below(100))
        };
        assert_eq!(row(1), row(1));
        assert_ne!(row(1), row(2));
    }
}
