//! What the records know together: how words are written in them.

use std::collections::{BTreeMap, BTreeSet};

use abs_schema::analyzer::{self, Kind};

use super::words::Token;

pub(super) struct Print {
    /// Joined form and parts of each compound, and in how many records it is.
    pub(super) compounds: BTreeMap<(String, Vec<String>), usize>,
    /// By stem, how many records have it in title or abstract.
    stems: BTreeMap<String, usize>,
    /// Every word.
    pub(super) words: BTreeSet<String>,
}

impl Print {
    /// Of titles and abstracts.
    pub(super) fn new(texts: &[[&[Token]; 2]]) -> Print {
        let mut compounds = BTreeMap::new();
        let mut stems = BTreeMap::new();
        let mut words = BTreeSet::new();
        for texts in texts {
            let mut of_doc = BTreeSet::new();
            let tokens = texts.iter().flat_map(|text| text.iter());
            let stems_of_doc: BTreeSet<String> = tokens
                .clone()
                .filter_map(|token| analyzer::stem(&token.text))
                .collect();
            for stem in stems_of_doc {
                *stems.entry(stem).or_default() += 1;
            }
            for (text, token) in texts
                .iter()
                .flat_map(|text| text.iter().map(move |t| (text, t)))
            {
                if token.kind == Kind::Joined {
                    let mut parts: Vec<String> = Vec::new();
                    let mut of_parts = text.iter().filter(|t| t.kind == Kind::Part);
                    let mut joined = String::new();
                    while joined.len() < token.text.len() {
                        let next = of_parts.find(|t| t.position >= token.position + parts.len());
                        let Some(next) = next else { break };
                        joined.push_str(&next.text);
                        parts.push(next.text.clone());
                    }
                    if joined == token.text {
                        of_doc.insert((joined, parts));
                    }
                } else {
                    words.insert(token.text.clone());
                }
            }
            for compound in of_doc {
                *compounds.entry(compound).or_default() += 1;
            }
        }
        Print {
            compounds,
            stems,
            words,
        }
    }

    /// How the collection writes a word with hyphens, and a lone first letter:
    /// not where it does so once in a while, nor where the rest is the rarer
    /// word.
    pub(super) fn splits(&self, word: &str) -> Vec<Vec<String>> {
        let n_with = |word: &str| {
            let stem = analyzer::stem(word).unwrap_or_default();
            self.stems.get(&stem).copied().unwrap_or(0)
        };
        let own = n_with(word);
        let compounds = self.compounds.iter();
        let attested = compounds.filter(|((joined, _), n)| joined == word && **n * 20 >= own);
        let mut splits: Vec<Vec<String>> = attested.map(|((_, parts), _)| parts.clone()).collect();
        let starts_with_letter = word.starts_with(|c: char| c.is_ascii_alphabetic());
        if word.is_ascii() && starts_with_letter && word.len() > 3 {
            let (first, rest) = word.split_at(1);
            if !analyzer::is_stop_word(first) && n_with(rest) >= own {
                splits.push(vec![first.to_owned(), rest.to_owned()]);
            }
        }
        splits
    }
}
