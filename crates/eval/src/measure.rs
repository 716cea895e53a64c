//! Measures of a ranking, as trec_eval defines them.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::qrels::Grades;

/// Measures of one topic, or their means.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measures {
    /// [`ndcg`] of the first 10.
    pub ndcg_10: f64,
    /// [`ndcg`] of the first 100.
    pub ndcg_100: f64,
    /// [`average_precision`].
    pub ap: f64,
    /// [`recall`] of the first 10.
    pub recall_10: f64,
    /// [`recall`] of the first 100.
    pub recall_100: f64,
    /// [`reciprocal_rank`].
    pub rr: f64,
}

impl Measures {
    /// Measures of a ranking, best document first. A document that comes again
    /// is not relevant again: trec_eval refuses such a run.
    pub fn of<D: AsRef<str>>(grades: &Grades, ranking: &[D]) -> Measures {
        let mut seen = HashSet::with_capacity(ranking.len());
        let met: Vec<i32> = ranking
            .iter()
            .map(AsRef::as_ref)
            .map(|document| match grades.get(document) {
                Some(grade) if seen.insert(document) => *grade,
                _ => 0,
            })
            .collect();
        Measures {
            ndcg_10: ndcg(grades, &met, 10),
            ndcg_100: ndcg(grades, &met, 100),
            ap: average_precision(grades, &met),
            recall_10: recall(grades, &met, 10),
            recall_100: recall(grades, &met, 100),
            rr: reciprocal_rank(&met),
        }
    }

    /// Names and values, in the order of tables.
    pub fn named(&self) -> [(&'static str, f64); 6] {
        [
            ("nDCG@10", self.ndcg_10),
            ("nDCG@100", self.ndcg_100),
            ("AP", self.ap),
            ("R@10", self.recall_10),
            ("R@100", self.recall_100),
            ("RR", self.rr),
        ]
    }
}

/// Means over topics; every judged topic counts, one that was not answered as
/// 0 (trec_eval's `-c`).
pub fn mean(topics: &[Measures]) -> Measures {
    let mut sum = Measures::default();
    for topic in topics {
        sum.ndcg_10 += topic.ndcg_10;
        sum.ndcg_100 += topic.ndcg_100;
        sum.ap += topic.ap;
        sum.recall_10 += topic.recall_10;
        sum.recall_100 += topic.recall_100;
        sum.rr += topic.rr;
    }
    #[expect(clippy::cast_precision_loss, reason = "a number of topics")]
    let n = topics.len().max(1) as f64;
    Measures {
        ndcg_10: sum.ndcg_10 / n,
        ndcg_100: sum.ndcg_100 / n,
        ap: sum.ap / n,
        recall_10: sum.recall_10 / n,
        recall_100: sum.recall_100 / n,
        rr: sum.rr / n,
    }
}

/// Normalised discounted cumulative gain of the first `k`: the sum of grades
/// over log2(rank + 1), divided by what the best order would give (Järvelin
/// and Kekäläinen, *Cumulated gain-based evaluation of IR techniques*, 2002;
/// trec_eval's `ndcg_cut`: gains are the grades, below 0 as 0).
pub fn ndcg(grades: &Grades, met: &[i32], k: usize) -> f64 {
    let mut best: Vec<i32> = grades
        .values()
        .copied()
        .filter(|grade| *grade > 0)
        .collect();
    best.sort_unstable_by_key(|grade| Reverse(*grade));
    let ideal = discounted(&best, k);
    if ideal > 0.0 {
        discounted(met, k) / ideal
    } else {
        0.0
    }
}

fn discounted(grades: &[i32], k: usize) -> f64 {
    let mut sum = 0.0;
    for (idx, grade) in grades.iter().take(k).enumerate() {
        sum += f64::from((*grade).max(0)) / as_f64(idx + 2).log2();
    }
    sum
}

/// Mean over all relevant documents of the precision at each one's rank, 0 for
/// those not found.
pub fn average_precision(grades: &Grades, met: &[i32]) -> f64 {
    let mut n_found = 0;
    let mut sum = 0.0;
    for (idx, grade) in met.iter().enumerate() {
        if *grade > 0 {
            n_found += 1;
            sum += as_f64(n_found) / as_f64(idx + 1);
        }
    }
    share(sum, n_relevant(grades))
}

/// The share of relevant documents among the first `k`.
pub fn recall(grades: &Grades, met: &[i32], k: usize) -> f64 {
    let n_found = met.iter().take(k).filter(|grade| **grade > 0).count();
    share(as_f64(n_found), n_relevant(grades))
}

/// One over the rank of the first relevant document.
pub fn reciprocal_rank(met: &[i32]) -> f64 {
    met.iter()
        .position(|grade| *grade > 0)
        .map_or(0.0, |idx| 1.0 / as_f64(idx + 1))
}

fn n_relevant(grades: &Grades) -> usize {
    grades.values().filter(|grade| **grade > 0).count()
}

fn share(part: f64, n: usize) -> f64 {
    if n == 0 { 0.0 } else { part / as_f64(n) }
}

#[expect(clippy::cast_precision_loss, reason = "counts and ranks are small")]
fn as_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qrels::Qrels;

    #[test]
    fn a_document_that_comes_again_counts_once() {
        let qrels = Qrels::from_lines("q 0 good 1\nq 0 fair 1\n".lines()).unwrap();
        let grades = qrels.of("q");
        let twice = Measures::of(grades, &["good", "good", "fair"]);
        assert_eq!(twice, Measures::of(grades, &["good", "other", "fair"]));
        assert!(twice.ndcg_10 < 1.0);
    }
}
