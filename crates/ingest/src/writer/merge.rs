//! Which segments are merged after an ingest.

use std::cmp::Reverse;

use tantivy::index::SegmentId;

/// Segments left after an ingest, whatever the number of records.
pub(super) const FEW_SEGMENTS: usize = 6;
/// Segments left where there are records enough for each.
const MAX_SEGMENTS: usize = 12;
/// Records that are worth a segment: to merge so many costs seconds, to look
/// into one segment more some microseconds a query.
const WORTH_A_SEGMENT: u64 = 250_000;
/// Groups merged at a time, at most: with more, what is left of the largest
/// segments would be few.
const MAX_GROUPS: usize = 3;

/// The segments to merge with one another, a group for each thread, and how
/// many segments there are then; given each one's documents. Groups have about
/// as many documents as one another.
pub(super) fn groups(
    mut segments: Vec<(u32, SegmentId)>,
    n_threads: usize,
) -> (Vec<Vec<SegmentId>>, usize) {
    let n_docs: u64 = segments.iter().map(|(n_docs, _)| u64::from(*n_docs)).sum();
    let n_worth = usize::try_from(n_docs / WORTH_A_SEGMENT).unwrap_or(MAX_SEGMENTS);
    let n_left = n_worth.clamp(FEW_SEGMENTS, MAX_SEGMENTS);
    if segments.len() <= n_left {
        return (Vec::new(), segments.len());
    }
    let n_groups = n_threads.clamp(1, MAX_GROUPS);
    segments.sort_unstable_by_key(|(n_docs, id)| (Reverse(*n_docs), *id));
    let mut groups = vec![(0, Vec::new()); n_groups];
    for (n_docs, id) in segments.split_off(n_left - n_groups) {
        let smallest = groups
            .iter_mut()
            .min_by_key(|(n_docs, group)| (*n_docs, group.len()));
        if let Some((n_group_docs, group)) = smallest {
            *n_group_docs += u64::from(n_docs);
            group.push(id);
        }
    }
    let groups = groups.into_iter().map(|(_, group)| group);
    (groups.filter(|group| group.len() > 1).collect(), n_left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(groups: &[Vec<SegmentId>], segments: &[(u32, SegmentId)]) -> Vec<Vec<u32>> {
        let size = |id: &SegmentId| segments.iter().find(|(_, of)| of == id).unwrap().0;
        groups
            .iter()
            .map(|group| group.iter().map(size).collect())
            .collect()
    }

    #[test]
    fn the_smallest_are_merged_in_groups_of_one_size() {
        let segments = |sizes: &[u32]| -> Vec<(u32, SegmentId)> {
            sizes
                .iter()
                .map(|n_docs| (*n_docs, SegmentId::generate_random()))
                .collect()
        };
        let few = segments(&[5, 1, 9, 7, 2, 3]);
        assert_eq!(groups(few, 2), (vec![], 6));
        let one_more = segments(&[5, 1, 9, 7, 2, 3, 8]);
        for (n_threads, expected) in [
            (1, vec![vec![2, 1]]),
            (2, vec![vec![2, 1]]),
            (9, vec![vec![2, 1]]),
        ] {
            let (merged, n_left) = groups(one_more.clone(), n_threads);
            assert_eq!((sizes(&merged, &one_more), n_left), (expected, 6));
        }
        let many = segments(&[10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
        let (merged, n_left) = groups(many.clone(), 2);
        let expected = vec![vec![60, 30, 20], vec![50, 40, 10]];
        assert_eq!((sizes(&merged, &many), n_left), (expected, 6));
        // Three million records: twelve segments, or nine of two million.
        let twelve = segments(&[250_000; 12]);
        assert_eq!(groups(twelve, 2), (vec![], 12));
        let ten = segments(&[230_000; 10]);
        let (merged, n_left) = groups(ten.clone(), 2);
        assert_eq!((sizes(&merged, &ten), n_left), (vec![vec![230_000; 2]], 9));
    }
}
