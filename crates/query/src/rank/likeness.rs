//! How like each other some texts are.
//!
//! The cosine of vectors of BM25 weights,
//! `ln(1 + (n - m + .5) / (m + .5)) · (k1 + 1) · f / (f + saturation)`, f being
//! how often a text has a term and m how many of the n texts have it. How rare
//! a term is, is counted among the texts, not in the index: what all of them
//! have tells them apart no more, and nothing has to be looked up.

use abs_schema::analyzer::for_each_topic;
use rustc_hash::FxHashMap;

/// BM25's k1, as in tantivy.
const K1: f32 = 1.2;

/// Terms of some texts, which are read one after the other.
#[derive(Default)]
pub(super) struct Texts {
    /// The number of each term.
    numbers: FxHashMap<u64, usize>,
    /// By term: its last place among `met`, and how many texts hold it.
    terms: Vec<(usize, usize)>,
    /// Terms in texts, text after text.
    met: Vec<Met>,
    /// BM25's `k1 (1 - b + b · length / mean)` of each text.
    saturations: Vec<f32>,
}

/// A text that holds a term, and how often.
#[derive(Clone, Copy, Default)]
struct Met {
    term: usize,
    text: usize,
    n: f32,
}

impl Texts {
    /// Begins the next text.
    pub(super) fn begin(&mut self, saturation: f32) {
        self.saturations.push(saturation);
    }

    /// Reads a part of the text, at most so many words, each of which counts
    /// `weight` times.
    pub(super) fn read(&mut self, part: &str, max_words: usize, weight: f32) {
        let text = self.saturations.len().saturating_sub(1);
        for_each_topic(part, max_words, |topic| {
            let next = self.met.len();
            let n_terms = self.terms.len();
            let term = *self.numbers.entry(topic).or_insert(n_terms);
            if term == n_terms {
                self.terms.push((next, 1));
            } else {
                let (last, n_texts) = &mut self.terms[term];
                if self.met[*last].text == text {
                    self.met[*last].n += weight;
                    return;
                }
                *last = next;
                *n_texts += 1;
            }
            self.met.push(Met {
                term,
                text,
                n: weight,
            });
        });
    }

    /// The same term after term, each with its texts in order.
    fn by_term(&self) -> Vec<Met> {
        let mut places = Vec::with_capacity(self.terms.len());
        let mut start = 0;
        for (_, n_texts) in &self.terms {
            places.push(start);
            start += n_texts;
        }
        let mut sorted = vec![Met::default(); self.met.len()];
        for met in &self.met {
            let place = &mut places[met.term];
            sorted[*place] = *met;
            *place += 1;
        }
        sorted
    }

    /// The likeness of each two texts, 0 of each to itself.
    pub(super) fn likeness(&self) -> Likeness {
        let n_texts = self.saturations.len();
        let mut products = vec![0.0_f32; n_texts * n_texts];
        let mut squares = vec![0.0_f32; n_texts];
        let mut weights: Vec<(usize, f32)> = Vec::with_capacity(n_texts);
        for holders in self.by_term().chunk_by(|a, b| a.term == b.term) {
            let rarity = rarity(n_texts, holders.len());
            weights.clear();
            for Met { text, n, .. } in holders {
                let weight = rarity * (K1 + 1.0) * n / (n + self.saturations[*text]);
                squares[*text] += weight * weight;
                weights.push((*text, weight));
            }
            let mut others = weights.as_slice();
            while let Some(((idx, weight), rest)) = others.split_first() {
                let row = &mut products[idx * n_texts..(idx + 1) * n_texts];
                for (other, of_other) in rest {
                    row[*other] += weight * of_other;
                }
                others = rest;
            }
        }
        for a in 0..n_texts {
            for b in a + 1..n_texts {
                let lengths = (squares[a] * squares[b]).sqrt();
                let product = products[a * n_texts + b];
                let cosine = if lengths > 0.0 {
                    product / lengths
                } else {
                    0.0
                };
                products[a * n_texts + b] = cosine;
                products[b * n_texts + a] = cosine;
            }
        }
        Likeness {
            n_texts,
            cosines: products,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a hundred texts")]
fn rarity(n_texts: usize, n_holders: usize) -> f32 {
    let (n, m) = (n_texts as f32, n_holders as f32);
    (1.0 + (n - m + 0.5) / (m + 0.5)).ln()
}

/// The likeness of each two texts.
pub(super) struct Likeness {
    n_texts: usize,
    cosines: Vec<f32>,
}

impl Likeness {
    /// For each text its likeness to all.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.cosines.chunks(self.n_texts.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Vec<Vec<f32>> {
        let mut all = Texts::default();
        for text in texts {
            all.begin(K1);
            all.read(text, 100, 1.0);
        }
        all.likeness().rows().map(<[f32]>::to_vec).collect()
    }

    #[test]
    fn likeness_is_a_cosine_of_stems_without_stop_words() {
        let likeness = of(&["Deep whales", "the whale, deep", "stones", "What of it?"]);
        assert!((likeness[0][1] - 1.0).abs() < 1e-6);
        assert_eq!(likeness[0][2], 0.0);
        assert_eq!(likeness[0][0], 0.0);
        assert_eq!(likeness[1][3], 0.0);
    }

    #[test]
    fn a_text_of_all_the_words_is_like_each_by_what_they_share() {
        let likeness = of(&["whales dive", "stones fall", "whales dive stones", "birds"]);
        assert_eq!(likeness[0][1], 0.0);
        assert!(likeness[2][0] > likeness[2][1]);
        assert_eq!(likeness[2][0], likeness[0][2]);
    }

    #[test]
    fn no_texts_are_not_like_anything() {
        assert!(of(&[]).is_empty());
    }
}
