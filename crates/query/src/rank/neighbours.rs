//! Hits that are like other good hits.
//!
//! A hit is worth what the hits are worth that it is most like:
//! `sum over neighbours of likeness · score / (sum of likeness + ε)`, scores
//! being base scores over the best of them, and neighbours the few hits most
//! like it. This is one step of score regularisation over the neighbour graph
//! (Diaz, *Regularizing ad hoc retrieval scores*, 2005; neighbours only among
//! the hits, as in Kurland and Lee, *PageRank without hyperlinks*, 2005). What
//! is like nothing is worth nothing, which is what ε is for.
//!
//! Likeness is the cosine of vectors of BM25 weights. How rare a term is, is
//! counted among the hits, not in the index: what all hits have tells them
//! apart no more, and nothing has to be looked up. The vectors are made from
//! the stored text, so the index keeps nothing for them; therefore only the
//! first hits are looked at.

use abs_schema::analyzer::{self, Lexer, TITLE_WEIGHT};
use rustc_hash::FxHashMap;

use super::stages::{Context, Placed};
use crate::error::SearchError;

/// Hits that are read.
const N_READ: usize = 100;
/// Neighbours of each.
const N_NEIGHBOURS: usize = 7;
/// ε.
const NO_LIKENESS: f64 = 0.1;
/// Tokens of one title or abstract that are read: whatever is longer is no
/// abstract.
const MAX_TOKENS: usize = 2_000;
/// BM25's k1, as in tantivy.
const K1: f64 = 1.2;

/// A term among the hits read: which hold it, ascending, and how often.
type Holders = Vec<(usize, u32)>;

/// The feature of the first documents of the window, as many as are read.
/// `before` are hits that come before it.
pub(super) fn neighbours(
    context: &Context<'_>,
    before: &[Placed],
    window: &[Placed],
) -> Result<Vec<f64>, SearchError> {
    let read: Vec<&Placed> = before.iter().chain(window).take(N_READ).collect();
    let n_before = before.len().min(read.len());
    let best = read.iter().map(|hit| hit.base).fold(0.0, f32::max);
    if best <= 0.0 || n_before == read.len() {
        return Ok(Vec::new());
    }
    let mut terms = Terms::default();
    let mut saturations = Vec::with_capacity(read.len());
    for (idx, hit) in read.iter().enumerate() {
        let (title, text) = context
            .snapshot
            .text(hit.entry.segment_idx, hit.entry.doc)?;
        terms.read(idx, &title, TITLE_WEIGHT);
        terms.read(idx, &text, 1);
        saturations.push(context.saturation(hit)?);
    }
    let scores: Vec<f64> = read
        .iter()
        .map(|hit| f64::from(hit.base) / f64::from(best))
        .collect();
    let likeness = likeness(&terms.holders, &saturations);
    let mut feature = smoothed(&likeness, &scores);
    Ok(feature.split_off(n_before))
}

/// The terms of the hits that are read.
#[derive(Default)]
struct Terms {
    /// By word as the lexer gives it; `None` for one that carries no topic.
    known: FxHashMap<String, Option<usize>>,
    by_stem: FxHashMap<String, usize>,
    holders: Vec<Holders>,
}

impl Terms {
    /// Counts the words of a text of the hit `idx`; hits come in order.
    fn read(&mut self, idx: usize, text: &str, weight: u32) {
        let mut lexer = Lexer::new(text);
        let mut n_tokens = 0;
        while n_tokens < MAX_TOKENS && lexer.advance().is_some() {
            n_tokens += 1;
            let word = lexer.word().text;
            let term = match self.known.get(word) {
                Some(term) => *term,
                None => {
                    let term = self.term(word);
                    self.known.insert(word.to_owned(), term);
                    term
                }
            };
            let Some(term) = term else { continue };
            let holders = &mut self.holders[term];
            match holders.last_mut() {
                Some((last, n)) if *last == idx => *n += weight,
                _ => holders.push((idx, weight)),
            }
        }
    }

    fn term(&mut self, word: &str) -> Option<usize> {
        if analyzer::is_question_word(word) {
            return None;
        }
        let stem = analyzer::stem(word)?;
        let next = self.holders.len();
        let term = *self.by_stem.entry(stem).or_insert(next);
        if term == next {
            self.holders.push(Holders::new());
        }
        Some(term)
    }
}

/// The cosine of each two documents, 0 on the diagonal. A term weighs
/// `ln(1 + (n - m + .5) / (m + .5)) · (k1 + 1) · f / (f + saturation)`, m being
/// how many of the n documents hold it.
fn likeness(terms: &[Holders], saturations: &[f64]) -> Vec<Vec<f64>> {
    let n_docs = saturations.len();
    let mut products = vec![vec![0.0; n_docs]; n_docs];
    let mut squares = vec![0.0_f64; n_docs];
    let mut weights: Vec<(usize, f64)> = Vec::new();
    for holders in terms {
        #[expect(clippy::cast_precision_loss, reason = "at most as many as are read")]
        let (n, m) = (n_docs as f64, holders.len() as f64);
        let rarity = (1.0 + (n - m + 0.5) / (m + 0.5)).ln();
        weights.clear();
        for (idx, count) in holders {
            let count = f64::from(*count);
            let weight = rarity * (K1 + 1.0) * count / (count + saturations[*idx]);
            squares[*idx] += weight * weight;
            weights.push((*idx, weight));
        }
        for (at, (a, of_a)) in weights.iter().enumerate() {
            let row = &mut products[*a];
            for (b, of_b) in &weights[at + 1..] {
                row[*b] += of_a * of_b;
            }
        }
    }
    for a in 0..n_docs {
        for b in a + 1..n_docs {
            let lengths = (squares[a] * squares[b]).sqrt();
            let cosine = if lengths > 0.0 {
                products[a][b] / lengths
            } else {
                0.0
            };
            products[a][b] = cosine;
            products[b][a] = cosine;
        }
    }
    products
}

/// What the nearest neighbours of each document score, by their likeness.
fn smoothed(likeness: &[Vec<f64>], scores: &[f64]) -> Vec<f64> {
    let mut feature = Vec::with_capacity(scores.len());
    let mut order: Vec<usize> = Vec::with_capacity(scores.len());
    for row in likeness {
        order.clear();
        order.extend(0..row.len());
        // Of equally like ones the better.
        order.sort_by(|a, b| row[*b].total_cmp(&row[*a]).then(a.cmp(b)));
        let nearest = order.iter().take(N_NEIGHBOURS);
        let (mut worth, mut sum) = (0.0, NO_LIKENESS);
        for idx in nearest {
            worth += row[*idx] * scores[*idx];
            sum += row[*idx];
        }
        feature.push(worth / sum);
    }
    feature
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Vec<Vec<f64>> {
        let mut terms = Terms::default();
        for (idx, text) in texts.iter().enumerate() {
            terms.read(idx, text, 1);
        }
        likeness(&terms.holders, &vec![K1; texts.len()])
    }

    #[test]
    fn likeness_is_a_cosine_of_stems_without_stop_words() {
        let likeness = of(&["Deep whales", "the whale, deep", "stones", "What of it?"]);
        assert!((likeness[0][1] - 1.0).abs() < 1e-9);
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
    fn a_document_is_worth_what_its_neighbours_are() {
        let likeness = of(&[
            "whale song",
            "whale dive",
            "stone age",
            "stone wall",
            "moss",
        ]);
        let worth = smoothed(&likeness, &[1.0, 0.5, 0.4, 0.3, 0.2]);
        assert!(worth[1] > worth[0], "the neighbour of the best");
        assert!(worth[0] > worth[2] && worth[2] < worth[1]);
        assert_eq!(worth[4], 0.0, "like nothing");
    }
}
