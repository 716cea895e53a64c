//! One work, several sources: finds records that are versions of one work.
//!
//! Records stay as they are. After an ingest the keys of all records
//! ([`work_keys`](abs_schema::works::work_keys)) are gone through, and what
//! shares one is looked at (`rules`); who belongs together is written beside
//! the index ([`abs_schema::works`]), and queries show one of them.
//!
//! The time is linear in the number of records. The memory: 2 bytes a key (a
//! record has two or three), 5 bytes a record, 16 bytes for each key that is
//! not alone, though at most `candidates::MAX_BYTES` at once, and 16 bytes
//! for each record that has other versions. What comes out depends on the
//! records alone, not on the order they came in or on segments.

mod candidates;
mod corpus;
mod rules;
mod sets;
#[cfg(test)]
mod tests;

use abs_schema::IndexFolder;
use abs_schema::works::{self, Works, kind_of};
use rustc_hash::FxHashMap;

use corpus::Corpus;
use sets::Sets;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Works that have several records.
    pub n_works: usize,
    /// Records of these works.
    pub n_records: usize,
}

/// Sees to it that the works of the last commit are written down. Does nothing
/// if they are.
pub fn update(folder: &IndexFolder) -> tantivy::Result<Found> {
    let searcher = folder.snapshot()?;
    if let Some(works) = Works::load(&folder.index, searcher.segment_readers()) {
        return Ok(Found {
            n_works: works.n_works(),
            n_records: works.n_members(),
        });
    }
    let corpus = Corpus::open(&searcher, folder.fields.record)?;
    let mut sets = Sets::new(corpus.n_docs());
    candidates::each_repeated(&corpus, |key, docs| {
        rules::join(&corpus, kind_of(key), docs, &mut sets)
    })?;
    let (members, next, n_works) = rings(&corpus, &mut sets);
    let n_records = members.len();
    works::write(&folder.index, searcher.segment_readers(), &members, &next)
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(Found { n_works, n_records })
}

/// The documents of all sets with several, ascending, for each the index of
/// the next one of its set, and the number of sets.
fn rings(corpus: &Corpus<'_>, sets: &mut Sets) -> (Vec<works::Member>, Vec<u32>, usize) {
    let mut members = Vec::new();
    let mut next: Vec<u32> = Vec::new();
    // By root: the first and the last member so far.
    let mut ends: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
    for doc in 0..corpus.n_docs() {
        if sets.len_of(doc) < 2 {
            continue;
        }
        #[expect(clippy::cast_possible_truncation, reason = "fewer than documents")]
        let at = members.len() as u32;
        members.push(corpus.place(doc));
        match ends.get_mut(&sets.root(doc)) {
            None => {
                ends.insert(sets.root(doc), (at, at));
                next.push(at);
            }
            Some((first, last)) => {
                next[*last as usize] = at;
                next.push(*first);
                *last = at;
            }
        }
    }
    (members, next, ends.len())
}
