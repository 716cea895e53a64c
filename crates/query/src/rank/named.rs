//! Works told by an author and words of the title.
//!
//! 1 for a record whose title and names of authors together hold every word of
//! the query, neither of them all of it alone; less for a long title, by up to
//! [`TITLE_SHARE`], and by [`FIRST_SHARE`] where none of the names is the first
//! author's, whose name a work goes by. `vicsek collective motion` is a work of his, before all
//! those that speak of his model.

use abs_record::Author;
use abs_record::fold::fold;
use abs_schema::Fields;
use tantivy::{DocSet, TERMINATED};

use super::stages::{Context, Placed};
use crate::error::SearchError;
use crate::node::{Leaf, Role};
use crate::snapshot::IndexTerm;

/// The longest query that is taken to be a name and words of a title.
pub(crate) const MAX_WORDS: usize = 5;
/// What the share of the title's words that the query has is worth.
const TITLE_SHARE: f64 = 0.3;
/// What it is worth that the name is the first author's.
const FIRST_SHARE: f64 = 0.3;
/// A word that so many times more texts hold than names is no name: `field`,
/// `model`.
const MORE_IN_TEXTS: u64 = 10;

/// The feature of each document of the window. `names` are the words of the
/// row as words of names; none where the row is too long.
pub(super) fn named(
    context: &Context<'_>,
    row: &[IndexTerm],
    names: &[IndexTerm],
    window: &[Placed],
) -> Result<Vec<f64>, SearchError> {
    let fields: &Fields = &context.snapshot.fields;
    let mut feature = vec![0.0; window.len()];
    let is_name = |(word, name): &(&IndexTerm, &IndexTerm)| {
        name.doc_freq > 0 && word.doc_freq <= name.doc_freq.saturating_mul(MORE_IN_TEXTS)
    };
    if names.len() != row.len() || !row.iter().zip(names).any(|pair| is_name(&pair)) {
        return Ok(feature);
    }
    // By document a bit for each word of the query.
    let mut in_title = vec![0_u32; window.len()];
    let mut in_names = vec![0_u32; window.len()];
    for (idx, pair) in row.iter().zip(names).enumerate() {
        let title = context.snapshot.look_up(fields.title, &pair.0.text)?;
        mark(context, title, 1 << idx, window, &mut in_title)?;
        if is_name(&pair) {
            mark(context, pair.1.clone(), 1 << idx, window, &mut in_names)?;
        }
    }
    let all = (1_u32 << row.len()) - 1;
    for (idx, placed) in window.iter().enumerate() {
        let (title, held) = (in_title[idx], in_names[idx]);
        if title | held != all || title == all || held == all {
            continue;
        }
        let segment = &context.snapshot.segments()[placed.entry.segment_idx];
        let norms = segment.get_fieldnorms_reader(fields.title)?;
        let length = f64::from(norms.fieldnorm(placed.entry.doc).max(1));
        let share = (f64::from(title.count_ones()) / length).min(1.0);
        feature[idx] = 1.0 - TITLE_SHARE * (1.0 - share);
        let by_name = names.iter().enumerate();
        let by_name = by_name.filter(|(word, _)| held & !title & 1 << word != 0);
        let asked: Vec<&str> = by_name.map(|(_, name)| name.text.as_str()).collect();
        if !is_of_first_author(context, placed, &asked)? {
            feature[idx] -= FIRST_SHARE;
        }
    }
    Ok(feature)
}

/// Whether any of the words is in the first author's name. Reads the record: of
/// the few that hold every word.
fn is_of_first_author(
    context: &Context<'_>,
    placed: &Placed,
    words: &[&str],
) -> Result<bool, SearchError> {
    let entry = placed.entry;
    let record = context.snapshot.record(entry.segment_idx, entry.doc)?;
    let name = record.authors.first().map(Author::display);
    let name = fold(&name.unwrap_or_default());
    let mut parts = name.split(|c: char| !c.is_alphanumeric());
    Ok(parts.any(|part| words.contains(&part)))
}

/// Sets a bit for the documents of the window that hold a term.
fn mark(
    context: &Context<'_>,
    term: IndexTerm,
    bit: u32,
    window: &[Placed],
    bits: &mut [u32],
) -> Result<(), SearchError> {
    if term.doc_freq == 0 {
        return Ok(());
    }
    let leaf = Leaf::new(term, Role::Matches, 1.0);
    for (segment_idx, docs) in context.by_segment(window) {
        let Some(mut cursor) = context.planner(segment_idx).cursor(&leaf, false)? else {
            continue;
        };
        for (doc, idx) in docs {
            if cursor.doc() < doc {
                cursor.seek(doc);
            }
            if cursor.doc() == TERMINATED {
                break;
            }
            if cursor.doc() == doc {
                bits[idx] |= bit;
            }
        }
    }
    Ok(())
}
