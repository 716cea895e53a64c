//! All clauses hold, the rarest leads.
//!
//! Where it leads to few documents they are listed, and the others asked for
//! each. Where it leads to many, a window of documents is taken at a time: the
//! rarest marks them, the others keep what they hold, of few by looking them
//! up, of many by marking in turn.
//!
//! What is left is counted, and scored if the window's upper bound can bring
//! anything among the best (block maxima, Ding and Suel, *Faster top-k document
//! retrieval using block-max indexes*, 2011).

use tantivy::DocId;

use super::led::Led;
use super::scorers::Scorers;
use super::{Order, Top};
use crate::docset::seek_to;
use crate::plan::Plan;
use crate::versions::Tally;
use crate::window::{Bits, Candidates, Room, WINDOW, window_of};

/// A lead to fewer documents of a window than this has them listed.
const FEW: u64 = 32;
/// About so many are listed at a time.
const LISTED: u64 = 512;

/// Whether a plan leads to so few documents that they are listed.
pub(crate) fn leads_to_few(cost: u64, max_doc: DocId) -> bool {
    cost * (WINDOW as u64) < u64::from(max_doc) * FEW || cost < LISTED
}

/// Runs a plan to its end: every match is counted and shown to `tally`, the
/// best go into `top`. The number of matches.
pub(crate) fn conjunction(
    plan: Plan<'_>,
    order: &Order,
    top: &mut Top,
    tally: Option<&mut Tally<'_>>,
) -> u64 {
    if plan.nothing {
        return 0;
    }
    let led = Led::new(plan);
    Room::with(|room| {
        if leads_to_few(led.cost(), led.plan.max_doc) {
            listed(led, order, top, tally, &mut room.candidates)
        } else {
            in_windows(led, order, top, tally, &mut room.candidates)
        }
    })
}

fn listed(
    mut led: Led<'_>,
    order: &Order,
    top: &mut Top,
    mut tally: Option<&mut Tally<'_>>,
    candidates: &mut Candidates,
) -> u64 {
    let max_doc = led.plan.max_doc;
    let span = u64::from(max_doc) * LISTED / led.cost().max(LISTED);
    let span = DocId::try_from(span).unwrap_or(max_doc).max(1);
    let mut n_matches = 0;
    let mut docs = Vec::new();
    let mut scorers = Scorers::default();
    let mut from = 0;
    loop {
        let base = led.seek(from);
        if base >= max_doc {
            return n_matches;
        }
        let end = base.saturating_add(span).min(max_doc);
        from = end;
        let score = scorers.enter(&mut led.plan, (base, end), top, order);
        led.list(base, end, &mut docs);
        if let Some(alive) = led.plan.alive {
            docs.retain(|doc| alive[*doc as usize / 64] >> (doc % 64) & 1 == 1);
        }
        for clause in led.clauses() {
            docs.retain(|doc| clause.holds(*doc));
        }
        for set in led.sets() {
            docs.retain(|doc| seek_to(set.as_mut(), *doc) == *doc);
        }
        for test in &mut led.plan.tests {
            docs.retain(|doc| test.accepts(*doc));
        }
        n_matches += docs.len() as u64;
        if let Some(tally) = &mut tally {
            tally.count_docs(&docs);
        }
        if score && !docs.is_empty() {
            candidates.take_listed(&docs);
            scorers.score(&mut led.plan, 0, candidates, order, top);
        }
    }
}

fn in_windows(
    mut led: Led<'_>,
    order: &Order,
    top: &mut Top,
    mut tally: Option<&mut Tally<'_>>,
    candidates: &mut Candidates,
) -> u64 {
    let max_doc = led.plan.max_doc;
    let share = led.cost() * WINDOW as u64 / u64::from(max_doc.max(1));
    let mut n_matches = 0;
    let mut bits = Bits::none();
    let mut scorers = Scorers::default();
    let mut from = 0;
    loop {
        let first = led.seek(from);
        if first >= max_doc {
            return n_matches;
        }
        let (base, end) = window_of(first);
        from = end;
        let score = scorers.enter(&mut led.plan, (base, end), top, order);
        bits.clear();
        led.mark(base, end, &mut bits);
        if let Some(alive) = led.plan.alive {
            bits.keep_in(base, alive);
        }
        // How many are marked, as far as it is known without counting.
        let mut n_marked = None;
        for (idx, clause) in led.clauses().iter_mut().enumerate() {
            let n_here = match n_marked {
                Some(n_marked) => u64::from(n_marked),
                None if idx == 0 => share,
                None => u64::from(bits.count()),
            };
            if n_here == 0 {
                break;
            }
            n_marked = clause.keep((base, end), max_doc, &mut bits, n_here);
        }
        for set in led.sets() {
            let holds = |offset| seek_to(set.as_mut(), base + offset) == base + offset;
            n_marked = Some(bits.retain(holds));
        }
        for test in &mut led.plan.tests {
            n_marked = Some(bits.retain(|offset| test.accepts(base + offset)));
        }
        let n_here = n_marked.unwrap_or_else(|| bits.count());
        if n_here == 0 {
            continue;
        }
        n_matches += u64::from(n_here);
        if let Some(tally) = &mut tally {
            tally.count_window(base, &bits);
        }
        if score {
            candidates.take_marked(&bits);
            scorers.score(&mut led.plan, base, candidates, order, top);
        }
    }
}
