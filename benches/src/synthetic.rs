//! Synthetic records, any number of them: the same seed gives the same
//! records, and the first so many of a longer run are those of a shorter one.
//!
//! What is imitated was measured on the titles and abstracts of 50,000 real
//! records (arXiv, ACL Anthology, PubMed): how often the n-th word of a
//! vocabulary that never ends comes, how long texts are, how many authors
//! there are and how often one comes again. Words are made up, apart from the
//! commonest; they have endings, so that stemming has its work.

mod random;
mod words;

use std::fmt::Write as _;
use std::io::{self, Write};

use random::Random;
use words::Vocabulary;

/// One record in eight has no abstract.
const NO_ABSTRACT: f64 = 0.125;
/// How often an author is one who comes again.
const KNOWN_AUTHOR: f64 = 0.7;
/// How often a rare word is one that the record has used before.
const REPEATED: f64 = 0.5;
/// One record in a thousand has more than a hundred authors.
const CROWD: f64 = 0.001;

/// Makes records.
pub struct Generator {
    seed: u64,
    words: Vocabulary,
    /// Rare words of the record at work.
    used: Vec<u64>,
    line: String,
}

impl Generator {
    /// Records of this seed.
    pub fn new(seed: u64) -> Generator {
        Generator {
            seed,
            words: Vocabulary::new(),
            used: Vec::new(),
            line: String::new(),
        }
    }

    /// Writes records as JSON lines, from the `first`, counted from 0.
    pub fn write(&mut self, out: &mut impl Write, first: u64, n_records: u64) -> io::Result<()> {
        for n in first..first.saturating_add(n_records) {
            out.write_all(self.record(n).as_bytes())?;
        }
        Ok(())
    }

    /// The JSON line of one record.
    pub fn record(&mut self, n: u64) -> &str {
        let mut random = Random::new(self.seed, n);
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        self.used.clear();
        // Writing to a string cannot fail.
        let _ = write!(
            line,
            "{{\"id\":\"synthetic:{}-{n}\",\"title\":\"",
            self.seed
        );
        let n_title = random.log_normal(9.0, 0.4).clamp(1, 40);
        self.text(&mut random, &mut line, n_title, false);
        line.push_str("\",\"authors\":[");
        authors(&mut random, &mut line);
        line.push(']');
        if random.unit() >= NO_ABSTRACT {
            line.push_str(",\"abstract\":\"");
            let n_words = random.normal(142.0, 58.0).max(8);
            self.text(&mut random, &mut line, n_words, true);
            line.push('"');
        }
        // More is published every year.
        let year = 2025 - random.below(9) * random.below(9) / 2;
        let (month, day) = (1 + random.below(12), 1 + random.below(28));
        let _ = write!(line, ",\"date\":\"{year}-{month:02}-{day:02}\"");
        let venue = random.pareto(20.0, 0.9).min(100_000);
        line.push_str(",\"venue\":\"Journal of ");
        words::spell(venue, &mut line);
        let category = random.pareto(10.0, 1.0).min(400);
        line.push_str("\",\"categories\":[\"");
        words::spell(category % 20, &mut line);
        let _ = writeln!(line, ".{category}\"]}}");
        self.line = line;
        &self.line
    }

    /// Sentences, or a title, which has no ends of them.
    fn text(&mut self, random: &mut Random, out: &mut String, n_words: u64, is_prose: bool) {
        let mut left = 0;
        for at in 0..n_words {
            let starts = left == 0;
            if starts {
                if at > 0 {
                    out.push_str(". ");
                }
                left = if is_prose {
                    8 + random.below(24)
                } else {
                    n_words
                };
            } else {
                out.push(' ');
            }
            left -= 1;
            self.word(random, out, starts);
        }
        if is_prose {
            out.push('.');
        }
    }

    fn word(&mut self, random: &mut Random, out: &mut String, is_first: bool) {
        let rank = self.words.draw(random);
        let rank = match rank {
            0..words::N_COMMON => rank,
            _ if !self.used.is_empty() && random.unit() < REPEATED => {
                self.used[random.index(self.used.len())]
            }
            _ => {
                self.used.push(rank);
                rank
            }
        };
        let start = out.len();
        self.words.spell(rank, out);
        match random.below(400) {
            // Some words are numbers, formulas, and parts of compounds.
            0..8 => {
                out.truncate(start);
                let _ = write!(out, "{}", random.below(1000));
            }
            8..11 => {
                out.truncate(start);
                let _ = write!(out, "$\\\\alpha_{}$", random.below(10));
            }
            11..17 => {
                out.push('-');
                let other = self.words.draw(random);
                self.words.spell(other, out);
            }
            _ if is_first => capitalise(out, start),
            _ => {}
        }
    }
}

fn authors(random: &mut Random, out: &mut String) {
    let n_authors = if random.unit() < CROWD {
        random.pareto(60.0, 1.2).clamp(100, 3_000)
    } else {
        random.log_normal(3.0, 0.55).clamp(1, 99)
    };
    for at in 0..n_authors {
        if at > 0 {
            out.push(',');
        }
        let who = if random.unit() < KNOWN_AUTHOR {
            random.pareto(5_000.0, 0.7).min(1 << 40)
        } else {
            // Nobody else has this number, or hardly anybody.
            (1 << 41) + random.next() % (1 << 41)
        };
        name(who, out);
    }
}

/// The name of an author of this number, always the same.
fn name(who: u64, out: &mut String) {
    const GIVEN: [&str; 16] = [
        "Anna", "Wei", "Jörg", "Maria", "Li", "John", "Priya", "Sofía", "Ivan", "Yuki", "Ahmed",
        "Chen", "Émile", "Olga", "Peter", "Sara",
    ];
    let mut of_name = Random::new(0x6e61_6d65, who);
    out.push('"');
    let start = out.len();
    // There are fewer family names than people.
    words::spell(of_name.pareto(2_000.0, 1.0).min(2_000_000), out);
    capitalise(out, start);
    let given = GIVEN[of_name.index(GIVEN.len())];
    let initial = char::from(b'A' + u8::try_from(of_name.below(26)).unwrap_or_default());
    let _ = match of_name.below(4) {
        0 => write!(out, ", {}.", given.chars().next().unwrap_or('A')),
        1 => write!(out, ", {given} {initial}."),
        _ => write!(out, ", {given}"),
    };
    out.push('"');
}

fn capitalise(text: &mut str, start: usize) {
    if let Some(first) = text.get_mut(start..start + 1) {
        first.make_ascii_uppercase();
    }
}

#[cfg(test)]
mod tests;
