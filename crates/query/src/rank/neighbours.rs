//! Hits that are like other good hits.
//!
//! A hit is worth what the hits are worth that it is most like:
//! `sum over neighbours of likeness · score / (sum of likeness + ε)`, scores
//! being base scores over the best of them, and neighbours the few hits most
//! like it (see [`super::likeness`]). This is one step of score regularisation
//! over the neighbour graph (Diaz, *Regularizing ad hoc retrieval scores*,
//! 2005; neighbours only among the hits, as in Kurland and Lee, *PageRank
//! without hyperlinks*, 2005). What is like nothing is worth nothing, which is
//! what ε is for.
//!
//! The vectors are made from the stored text, so the index keeps nothing for
//! them; therefore only the first hits are looked at.

use abs_schema::analyzer::TITLE_WEIGHT;

use super::likeness::{Likeness, Texts};
use super::stages::{Context, Placed};
use crate::error::SearchError;

/// Hits that are read.
const N_READ: usize = 100;
/// Neighbours of each.
const N_NEIGHBOURS: usize = 7;
/// ε.
const NO_LIKENESS: f32 = 0.1;
/// Words of one title or abstract that are read: whatever is longer is no
/// abstract.
const MAX_WORDS: usize = 2_000;

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
    let mut texts = Texts::default();
    #[expect(clippy::cast_precision_loss, reason = "three")]
    let title_weight = TITLE_WEIGHT as f32;
    for hit in &read {
        let entry = hit.entry;
        let (title, text) = context.snapshot.text(entry.segment_idx, entry.doc)?;
        #[expect(clippy::cast_possible_truncation, reason = "weights are f32")]
        texts.begin(context.saturation(hit)? as f32);
        texts.read(&title, MAX_WORDS, title_weight);
        texts.read(&text, MAX_WORDS, 1.0);
    }
    let scores: Vec<f32> = read.iter().map(|hit| hit.base / best).collect();
    let feature = smoothed(&texts.likeness(), &scores);
    Ok(feature.into_iter().skip(n_before).map(f64::from).collect())
}

/// What the nearest neighbours of each document score, by their likeness.
fn smoothed(likeness: &Likeness, scores: &[f32]) -> Vec<f32> {
    let mut feature = Vec::with_capacity(scores.len());
    let mut nearest: Vec<(f32, f32)> = Vec::with_capacity(N_NEIGHBOURS + 1);
    for row in likeness.rows() {
        nearest.clear();
        for (likeness, score) in row.iter().zip(scores) {
            let is_full = nearest.len() == N_NEIGHBOURS;
            if is_full && nearest.last().is_some_and(|(least, _)| likeness <= least) {
                continue;
            }
            // Of equally like ones the better, which comes first.
            let place = nearest.partition_point(|(other, _)| other >= likeness);
            nearest.insert(place, (*likeness, *score));
            nearest.truncate(N_NEIGHBOURS);
        }
        let (mut worth, mut sum) = (0.0, NO_LIKENESS);
        for (likeness, score) in &nearest {
            worth += likeness * score;
            sum += likeness;
        }
        feature.push(worth / sum);
    }
    feature
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(texts: &[&str], scores: &[f32]) -> Vec<f32> {
        let mut all = Texts::default();
        for text in texts {
            all.begin(1.2);
            all.read(text, 100, 1.0);
        }
        smoothed(&all.likeness(), scores)
    }

    #[test]
    fn a_document_is_worth_what_its_neighbours_are() {
        let texts = [
            "whale song",
            "whale dive",
            "stone age",
            "stone wall",
            "moss",
        ];
        let worth = worth(&texts, &[1.0, 0.5, 0.4, 0.3, 0.2]);
        assert!(worth[1] > worth[0], "the neighbour of the best");
        assert!(worth[0] > worth[2] && worth[2] < worth[1]);
        assert_eq!(worth[4], 0.0, "like nothing");
    }

    #[test]
    fn only_the_nearest_count() {
        // The first is most like the seven that follow; what the eighth, which
        // shares less with it, scores is no matter.
        let mut texts = vec!["whale song"; N_NEIGHBOURS + 1];
        texts.push("whale dive");
        let mut scores = vec![0.5; texts.len()];
        let before = worth(&texts, &scores)[0];
        scores[N_NEIGHBOURS + 1] = 1.0;
        assert_eq!(worth(&texts, &scores)[0], before);
        scores[1] = 1.0;
        assert!(worth(&texts, &scores)[0] > before);
    }
}
