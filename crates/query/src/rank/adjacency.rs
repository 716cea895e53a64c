//! Words that stand together as they do in the query.
//!
//! For each pair of neighbouring words a b of the query, stop words taken out:
//! `min(idf a, idf b) · o / (o + k1 (1 - b + b · length / mean))`, o being how
//! often b follows a with at most three words between. Title and abstract count
//! alike. This is the term proximity of Büttcher, Clarke and
//! Lushman (*Term proximity scoring for ad-hoc retrieval on very large text
//! collections*, 2006) for neighbours alone.

use abs_schema::analyzer::form::{FORM_BITS, JOINED};
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use super::stages::{Context, Placed, idf};
use crate::error::SearchError;
use crate::snapshot::IndexTerm;

/// The furthest apart two words may stand and be neighbours.
const MAX_DISTANCE: u32 = 4;

/// The feature of each document of the window.
pub(super) fn adjacency(
    context: &Context<'_>,
    row: &[IndexTerm],
    window: &[Placed],
) -> Result<Vec<f64>, SearchError> {
    let mut feature = vec![0.0; window.len()];
    let pairs: Vec<(usize, usize)> = (1..row.len())
        .map(|idx| (idx - 1, idx))
        .filter(|(a, b)| row[*a].doc_freq > 0 && row[*b].doc_freq > 0)
        .filter(|(a, b)| row[*a].text != row[*b].text)
        .collect();
    if pairs.is_empty() {
        return Ok(feature);
    }
    // By word of the row and document of the window.
    let mut places: Vec<Vec<Vec<u32>>> = vec![vec![Vec::new(); window.len()]; row.len()];
    for (segment_idx, docs) in context.by_segment(window) {
        let segment = &context.snapshot.segments()[segment_idx];
        let inverted = segment.inverted_index(context.snapshot.fields.text)?;
        for (term, places) in row.iter().zip(&mut places) {
            let Some(info) = &term.infos[segment_idx] else {
                continue;
            };
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = inverted.read_postings_from_terminfo(info, option)?;
            for (doc, idx) in &docs {
                if postings.doc() < *doc {
                    postings.seek(*doc);
                }
                if postings.doc() == TERMINATED {
                    break;
                }
                if postings.doc() == *doc {
                    let places = &mut places[*idx];
                    postings.append_positions_with_offset(0, places);
                    places.retain(|place| place & ((1 << FORM_BITS) - 1) != u32::from(JOINED));
                    places.iter_mut().for_each(|place| *place >>= FORM_BITS);
                    // The title's words are there as often as they count.
                    places.dedup();
                }
            }
        }
    }
    for (idx, placed) in window.iter().enumerate() {
        let saturation = context.saturation(placed)?;
        for (a, b) in &pairs {
            let n = n_follow(&places[*a][idx], &places[*b][idx]);
            if n > 0 {
                let rarity = idf(context, &row[*a]).min(idf(context, &row[*b]));
                feature[idx] += rarity * f64::from(n) / (f64::from(n) + saturation);
            }
        }
    }
    Ok(feature)
}

/// How many of `first` have one of `second` close behind. Both ascend.
fn n_follow(first: &[u32], second: &[u32]) -> u32 {
    let mut n = 0;
    let mut at = 0;
    for place in first {
        while second.get(at).is_some_and(|next| next <= place) {
            at += 1;
        }
        if second
            .get(at)
            .is_some_and(|next| next - place <= MAX_DISTANCE)
        {
            n += 1;
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_closely_is_counted() {
        assert_eq!(n_follow(&[1, 10, 20], &[2, 14, 25]), 2);
        assert_eq!(n_follow(&[5], &[4, 5]), 0);
        assert_eq!(n_follow(&[], &[1]), 0);
        assert_eq!(n_follow(&[1, 2], &[3]), 2);
    }
}
