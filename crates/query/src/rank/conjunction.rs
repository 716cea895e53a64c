//! All clauses hold: a window of documents at a time, the rarest clause first.
//!
//! The rarest marks the documents of a window, the others keep what they hold:
//! few documents are looked up, many are marked in turn. What is left is
//! counted, and scored if the window's upper bound can bring anything among the
//! best (block maxima, Ding and Suel, *Faster top-k document retrieval using
//! block-max indexes*, 2011).

use tantivy::{DocId, DocSet, TERMINATED};

use super::{GRAIN, Order, Top};
use crate::docset::seek_to;
use crate::plan::{Clause, Plan};
use crate::postings::{Place, TermCursor};
use crate::versions::Tally;
use crate::window::{Bits, Scores, window_of};

/// Fewer documents than this are not held against the bound once more.
const FEW: u32 = 16;

/// Runs a plan to its end: every match is counted and shown to `tally`, the
/// best go into `top`. The number of matches.
pub(crate) fn conjunction(
    mut plan: Plan<'_>,
    order: &Order,
    top: &mut Top,
    mut tally: Option<&mut Tally<'_>>,
) -> u64 {
    if plan.nothing {
        return 0;
    }
    plan.clauses.sort_by_key(Clause::cost);
    plan.sets.sort_by_key(|set| set.size_hint());
    let set_leads = match (plan.clauses.first(), plan.sets.first()) {
        (Some(clause), Some(set)) => u64::from(set.size_hint()) < clause.cost(),
        (None, _) => true,
        _ => false,
    };
    let by_score = order.date.is_none();
    let mut n_matches = 0;
    let mut bits = Bits::none();
    let mut scores = Scores::none();
    // Documents of the window that may have a score.
    let mut touched = Bits::none();
    let mut places: Vec<Vec<Place>> = vec![Vec::new(); plan.clauses.len()];
    let mut is_scored = vec![false; plan.clauses.len()];
    // What each list can add in the window: clause and list.
    let mut bounds: Vec<(f64, usize, usize)> = Vec::new();
    let mut from = 0;
    loop {
        let first = if set_leads {
            plan.sets
                .first_mut()
                .map_or(TERMINATED, |set| seek_to(set.as_mut(), from))
        } else {
            plan.clauses
                .first_mut()
                .map_or(TERMINATED, |clause| clause.seek(from))
        };
        if first >= plan.max_doc {
            return n_matches;
        }
        let (base, end) = window_of(first);
        from = end;
        let threshold = f64::from(top.threshold());
        bounds.clear();
        let mut bound = 0.0;
        if top.is_wanted() {
            for scorer in &mut plan.scorers {
                scorer.pass_to(base);
                bound += f64::from(scorer.max_score_until(end));
            }
            for (clause_idx, clause) in plan.clauses.iter_mut().enumerate() {
                for (idx, term) in clause.terms.iter_mut().enumerate() {
                    term.pass_to(base);
                    let own = f64::from(term.max_score_until(end));
                    if own > 0.0 {
                        bound += own;
                        bounds.push((own, clause_idx, idx));
                    }
                }
            }
        }
        let score = top.is_wanted() && (!by_score || bound * GRAIN >= threshold);

        bits.clear();
        let mut any_scored = false;
        for (clause, places) in plan.clauses.iter().zip(&mut places) {
            clause.places(places);
        }
        let followers = if set_leads {
            let lead = &mut plan.sets[0];
            while lead.doc() < end {
                bits.set(lead.doc().wrapping_sub(base));
                lead.advance();
            }
            0
        } else {
            is_scored[0] = false;
            plan.clauses[0].mark(base, end, &mut bits);
            1
        };
        if let Some(alive) = plan.alive {
            bits.keep_in(base, alive);
        }
        for (clause, is_scored) in plan.clauses[followers..]
            .iter_mut()
            .zip(&mut is_scored[followers..])
        {
            if bits.is_empty() {
                break;
            }
            *is_scored = clause.keep(
                (base, end),
                plan.max_doc,
                &mut bits,
                score,
                &mut scores,
                &mut touched,
            );
            any_scored |= *is_scored;
        }
        let sets = plan.sets.iter_mut().skip(usize::from(set_leads));
        for set in sets {
            bits.retain(|offset| seek_to(set.as_mut(), base + offset) == base + offset);
        }
        for test in &mut plan.tests {
            bits.retain(|offset| test.accepts(base + offset));
        }
        let n_here = bits.count();
        let mut n_left = n_here;
        if n_here > 0 {
            n_matches += u64::from(n_here);
            if let Some(tally) = &mut tally {
                tally.count_window(base, &bits);
            }
        }
        if score && n_here > 0 {
            touched.extend(&bits);
            any_scored = true;
            bounds.retain(|(own, clause_idx, _)| {
                let is_scored = is_scored[*clause_idx];
                bound -= if is_scored { *own } else { 0.0 };
                !is_scored
            });
            bounds.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            for (n_done, (own, clause_idx, idx)) in (1_usize..).zip(&bounds) {
                let Some(term) = plan.clauses[*clause_idx].terms.get_mut(*idx) else {
                    continue;
                };
                term.return_to(places[*clause_idx][*idx]);
                score_marked(term, (base, end), plan.max_doc, n_left, &bits, &mut scores);
                bound -= own;
                // What cannot get among the best any more is let go: looked for
                // after one list, two, four, as there may be thousands.
                if by_score && n_left > FEW && n_done.is_power_of_two() {
                    let needed = threshold / GRAIN - bound.max(0.0) * GRAIN;
                    n_left = bits.retain(|offset| scores.of(offset) >= needed);
                }
            }
            for scorer in &mut plan.scorers {
                score_marked(
                    scorer,
                    (base, end),
                    plan.max_doc,
                    n_left,
                    &bits,
                    &mut scores,
                );
            }
            let mut needed = if by_score {
                threshold / GRAIN
            } else {
                f64::NEG_INFINITY
            };
            bits.for_each(|offset| {
                let score = scores.of(offset);
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
        if any_scored {
            scores.forget(&touched);
            touched.clear();
        }
    }
}

fn score_marked(
    term: &mut TermCursor,
    (base, end): (DocId, DocId),
    max_doc: DocId,
    n_marked: u32,
    bits: &Bits,
    scores: &mut Scores,
) {
    term.add_to_marked(base, end, max_doc, n_marked, bits, scores.as_mut());
}
