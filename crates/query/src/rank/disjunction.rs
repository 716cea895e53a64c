//! Any clause holds: the best documents without looking at all of them.
//!
//! MaxScore (Turtle and Flood, *Query Evaluation: Strategies and
//! Optimizations*, 1995) in windows of documents, as Lucene 10 does it: in
//! each, lists that cannot bring a document among the best on their own are
//! only looked up; the others fill a window of scores, list by list. What a
//! list can add is known for each window from the maxima of its blocks; a
//! window, or a block, that cannot bring anything is passed unread.
//!
//! Where all matches are counted, documents are unpacked and marked first,
//! without their frequencies.

use tantivy::{DocSet, TERMINATED};

use super::{GRAIN, Order, Top};
use crate::docset::seek_to;
use crate::plan::Plan;
use crate::versions::Tally;
use crate::window::{Bits, Room, WINDOW, window_of};

/// To look a candidate up in a list takes as long as to score so many of the
/// list's documents one after the other.
const LOOK_UPS: usize = 2;

/// Puts the best documents of a plan of one clause, or of several of which any
/// may hold, into `top`. If there is a tally, every match is counted and shown
/// to it; their number, 0 if there is none.
pub(crate) fn disjunction(
    plan: Plan<'_>,
    order: &Order,
    top: &mut Top,
    tally: Option<&mut Tally<'_>>,
) -> u64 {
    Room::with(|room| run(plan, order, top, tally, room))
}

fn run(
    plan: Plan<'_>,
    order: &Order,
    top: &mut Top,
    mut tally: Option<&mut Tally<'_>>,
    room: &mut Room,
) -> u64 {
    if plan.nothing {
        return 0;
    }
    let Plan {
        clauses,
        mut sets,
        mut tests,
        mut scorers,
        alive,
        max_doc,
        ..
    } = plan;
    let (mut terms, mut filters, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
    let mut poured = Vec::new();
    for clause in clauses {
        for term in clause.terms {
            if term.is_scored() {
                terms.push(term);
            } else {
                filters.push(term);
            }
        }
        poured.extend(clause.poured);
        phrases.extend(clause.phrases);
    }
    let by_score = order.date.is_none();
    let only_sets =
        !(sets.is_empty() && phrases.is_empty() && filters.is_empty() && poured.is_empty());
    let mut n_matches = 0;
    let mut matches = Bits::none();
    let mut met = Bits::none();
    let mut wanted = Bits::none();
    // Documents of the window that may still be among the best, their scores
    // so far.
    let Room {
        scores,
        more,
        candidates,
    } = room;
    // What each list can add in the window, least first, and what those up to
    // each one can add together with the scorers.
    let mut bounds: Vec<(f64, usize)> = Vec::with_capacity(terms.len());
    let mut sums: Vec<f64> = Vec::with_capacity(terms.len());
    let mut extras: Vec<f64> = Vec::with_capacity(scorers.len() + 1);
    // Documents that each list has in a window, if they are spread evenly.
    let n_usual: Vec<usize> = terms
        .iter()
        .map(|term| term.doc_freq() as usize * WINDOW / (max_doc as usize).max(1))
        .collect();
    let mut from = 0;
    loop {
        let mut first = TERMINATED;
        for term in terms.iter_mut().chain(&mut filters) {
            term.pass_to(from);
            first = first.min(term.first_possible(from));
        }
        for set in &mut sets {
            first = first.min(seek_to(set.as_mut(), from));
        }
        for set in &mut poured {
            first = first.min(set.seek(from));
        }
        for phrase in &mut phrases {
            first = first.min(phrase.seek_candidate(from));
        }
        if first >= max_doc {
            return n_matches;
        }
        let (base, end) = window_of(first);
        from = end;

        let threshold = f64::from(top.threshold());
        bounds.clear();
        sums.clear();
        // What the scorers can add, those from each one on together.
        extras.clear();
        extras.resize(scorers.len() + 1, 0.0);
        let mut is_wanted = top.is_wanted();
        if is_wanted {
            for (idx, scorer) in scorers.iter_mut().enumerate().rev() {
                scorer.pass_to(base);
                extras[idx] = extras[idx + 1] + f64::from(scorer.max_score_until(end));
            }
        }
        let extra = extras[0];
        let mut sum = extra;
        if is_wanted {
            for (idx, term) in terms.iter_mut().enumerate() {
                bounds.push((f64::from(term.max_score_until(end)), idx));
            }
            bounds.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            for (bound, _) in &bounds {
                sum += bound;
                sums.push(sum * GRAIN);
            }
            is_wanted = !by_score || sum * GRAIN >= threshold;
        }
        // What scores nothing matters until what is among the best scores by
        // more than the scorers.
        let sets_matter = only_sets && (!by_score || extra * GRAIN >= threshold);

        // Lists below this one cannot bring a document in by themselves.
        let essential = if sets_matter || !by_score {
            0
        } else {
            sums.iter().take_while(|sum| **sum < threshold).count()
        };
        let rest = if essential == 0 {
            extra * GRAIN
        } else {
            sums[essential - 1]
        };

        // Lists that are scored whole tell what they hold, and need not be marked
        // to be counted. One alone is marked: most of its blocks are not scored.
        let n_marked = match bounds.len() {
            1 => 1,
            _ => essential,
        };
        let is_whole = tally.is_some() && n_marked == essential;

        matches.clear();
        met.clear();
        if tally.is_some() && is_wanted {
            for (_, idx) in &bounds[..n_marked] {
                let term = &mut terms[*idx];
                let place = term.place();
                term.mark(base, end, &mut matches);
                term.return_to(place);
            }
        } else if tally.is_some() {
            for term in &mut terms {
                term.mark(base, end, &mut matches);
            }
        }
        if is_wanted {
            for (bound, idx) in &bounds[essential..] {
                // A block that adds so little that all others cannot make up
                // for it.
                let least = if by_score && !is_whole {
                    threshold / GRAIN - (sum - bound)
                } else {
                    f64::NEG_INFINITY
                };
                terms[*idx].add(base, end, least, &mut met, scores.as_mut());
            }
        }
        if tally.is_some() || (is_wanted && sets_matter) {
            if is_whole {
                matches.extend(&met);
            }
            for term in &mut filters {
                term.mark(base, end, &mut matches);
            }
            for set in &poured {
                set.mark(base, &mut matches);
            }
            for set in &mut sets {
                while set.doc() < end {
                    matches.set(set.doc().wrapping_sub(base));
                    set.advance();
                }
            }
            for phrase in &mut phrases {
                phrase.mark_in(base, end, &mut matches);
            }
            if let Some(alive) = alive {
                matches.keep_in(base, alive);
            }
            if let Some(tally) = &mut tally {
                for test in &mut tests {
                    matches.retain(|offset| test.accepts(base + offset));
                }
                n_matches += u64::from(matches.count());
                tally.count_window(base, &matches);
            }
        }
        if !is_wanted {
            continue;
        }
        wanted.copy(&met);
        if tally.is_some() {
            wanted.keep(&matches);
        } else if let Some(alive) = alive {
            wanted.keep_in(base, alive);
        }
        if sets_matter {
            wanted.extend(&matches);
        }
        let mut needed = if by_score {
            threshold / GRAIN
        } else {
            f64::NEG_INFINITY
        };
        candidates.drain(&met, &wanted, scores, needed - rest);
        // List by list: each is at hand while it is asked for all.
        for ((_, idx), sum) in bounds[..essential].iter().zip(&sums).rev() {
            candidates.keep(needed - sum);
            let term = &mut terms[*idx];
            if candidates.len() * LOOK_UPS > n_usual[*idx] {
                met.clear();
                term.add(base, end, f64::NEG_INFINITY, &mut met, more.as_mut());
                candidates.add(|offset| more.of(offset));
                more.forget(&met);
            } else {
                candidates.add(|offset| term.score_at(base + offset));
            }
        }
        if tally.is_none() {
            candidates.keep(needed - extra * GRAIN);
            // Once, and ascending: a test does not go back.
            for test in &mut tests {
                candidates.retain(|offset| test.accepts(base + offset));
            }
        }
        for (scorer, extra) in scorers.iter_mut().zip(&extras) {
            candidates.keep(needed - extra * GRAIN);
            candidates.add(|offset| scorer.score_at(base + offset));
        }
        candidates.for_each(|offset, score| {
            if score < needed {
                return;
            }
            #[expect(clippy::cast_possible_truncation, reason = "the score is an f32")]
            top.push(score as f32, base + offset, order);
            if by_score {
                needed = f64::from(top.threshold()) / GRAIN;
            }
        });
    }
}
