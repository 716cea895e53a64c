//! Every document of a clause, unscored: for counts and facets.

use tantivy::{DocId, DocSet, TERMINATED};

use crate::plan::Plan;

/// Documents in a window: 64 KiB of bits would be too many to clear for a
/// rare term, a few hundred bytes cost nothing.
const WINDOW: u32 = 8_192;

/// Shows every document of a plan of one clause to `each`, ascending; their
/// number.
pub(crate) fn union(mut plan: Plan, mut each: impl FnMut(DocId)) -> u64 {
    let Some(mut clause) = plan.clauses.pop() else {
        return 0;
    };
    let mut sets: Vec<Box<dyn DocSet>> = clause.sets.drain(..).collect();
    sets.extend(
        clause
            .phrases
            .drain(..)
            .map(|set| Box::new(set) as Box<dyn DocSet>),
    );
    if let ([term], true) = (clause.terms.as_mut_slice(), sets.is_empty()) {
        let mut n_matches = 0;
        let mut doc = term.doc();
        while doc != TERMINATED {
            if plan.tests.iter_mut().all(|test| test.accepts(doc)) {
                n_matches += 1;
                each(doc);
            }
            doc = term.advance();
        }
        return n_matches;
    }
    let mut met = [0_u64; WINDOW as usize / 64];
    let mut n_matches = 0;
    loop {
        let terms = clause.terms.iter().map(|term| term.doc());
        let next = terms
            .chain(sets.iter().map(|set| set.doc()))
            .min()
            .unwrap_or(TERMINATED);
        if next == TERMINATED {
            return n_matches;
        }
        let base = next - next % WINDOW;
        let end = base.saturating_add(WINDOW);
        let mut mark = |doc: DocId| {
            let offset = (doc - base) as usize;
            met[offset / 64] |= 1 << (offset % 64);
        };
        for term in &mut clause.terms {
            let mut doc = term.doc();
            while doc < end {
                mark(doc);
                doc = term.advance();
            }
        }
        for set in &mut sets {
            let mut doc = set.doc();
            while doc < end {
                mark(doc);
                doc = set.advance();
            }
        }
        for (idx, word) in met.iter_mut().enumerate() {
            let mut bits = std::mem::take(word);
            while bits != 0 {
                let bit = bits.trailing_zeros();
                bits &= bits - 1;
                #[expect(clippy::cast_possible_truncation, reason = "below the window")]
                let doc = base + idx as u32 * 64 + bit;
                if plan.tests.iter_mut().all(|test| test.accepts(doc)) {
                    n_matches += 1;
                    each(doc);
                }
            }
        }
    }
}
