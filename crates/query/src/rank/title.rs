//! Titles that say what the query says.
//!
//! `(idf of shared words / idf of the query's words) · (shared words / words of
//! the title)`: 1 for a title that is the query, near 0 for a long one that
//! holds a word of it. Stop words count on neither side.
//!
//! A record whose whole title is the query comes first, wherever BM25 puts it:
//! somebody has pasted a title.

use abs_schema::analyzer::{self, Kind, Lexer};
use tantivy::{DocId, DocSet, TERMINATED};

use super::stages::{Context, Placed, idf};
use crate::error::SearchError;
use crate::node::{Leaf, Role};
use crate::plan::Lengths;
use crate::snapshot::{IndexTerm, Snapshot};

/// The longest title in words that is looked for as a whole: lengths are kept
/// exactly up to there.
const MAX_WORDS: usize = 40;
/// Documents of one title that are put first, a segment.
const MAX_DOCS: usize = 50;
/// Records that are read for their title's words.
const MAX_READ: usize = 20;

/// The feature of each document of the window.
pub(super) fn shared_title(
    context: &Context<'_>,
    row: &[IndexTerm],
    window: &[Placed],
) -> Result<Vec<f64>, SearchError> {
    let fields = &context.snapshot.fields;
    let mut words: Vec<&IndexTerm> = row.iter().collect();
    words.sort_by(|a, b| a.text.cmp(&b.text));
    words.dedup_by(|a, b| a.text == b.text);
    let mut in_query = 0.0;
    let mut shared = vec![(0.0, 0.0); window.len()];
    for word in words {
        let rarity = idf(context, word);
        in_query += rarity;
        let title = context.snapshot.look_up(fields.title, &word.text)?;
        if title.doc_freq == 0 {
            continue;
        }
        let leaf = Leaf::new(title, Role::Matches, 1.0);
        for (segment_idx, docs) in context.by_segment(window) {
            let Some(mut cursor) = context.planner(segment_idx).cursor(&leaf, true)? else {
                continue;
            };
            for (doc, idx) in docs {
                if cursor.seek(doc) == TERMINATED {
                    break;
                }
                if cursor.doc() == doc {
                    shared[idx].0 += rarity;
                    shared[idx].1 += f64::from(cursor.freq());
                }
            }
        }
    }
    let mut feature = Vec::with_capacity(window.len());
    for (placed, (rarity, n)) in window.iter().zip(shared) {
        let segment = &context.snapshot.segments()[placed.entry.segment_idx];
        let length = segment
            .get_fieldnorms_reader(fields.title)?
            .fieldnorm(placed.entry.doc);
        let share = (n / f64::from(length.max(1))).min(1.0);
        feature.push(if in_query > 0.0 {
            rarity / in_query * share
        } else {
            0.0
        });
    }
    Ok(feature)
}

/// Documents whose title has the words of a text and no others, stop words
/// aside, by segment.
pub(crate) fn with_title(
    snapshot: &Snapshot,
    lengths: Lengths,
    text: &str,
) -> Result<Vec<Vec<DocId>>, SearchError> {
    let mut found = vec![Vec::new(); snapshot.segments().len()];
    let mut stems: Vec<String> = Vec::new();
    let mut lexer = Lexer::new(text);
    while lexer.advance().is_some() {
        stems.extend(analyzer::stem(lexer.word().text));
        if stems.len() > MAX_WORDS {
            return Ok(found);
        }
    }
    let n_words = stems.len();
    stems.sort_unstable();
    stems.dedup();
    let mut leaves = Vec::with_capacity(stems.len());
    for stem in &stems {
        let term = snapshot.look_up(snapshot.fields.title, stem)?;
        if term.doc_freq == 0 {
            return Ok(found);
        }
        leaves.push(Leaf::new(term, Role::Matches, 1.0));
    }
    leaves.sort_by_key(|leaf| leaf.term.doc_freq);
    let context = Context { snapshot, lengths };
    for (segment_idx, found) in found.iter_mut().enumerate() {
        let planner = context.planner(segment_idx);
        let norms = planner
            .segment
            .get_fieldnorms_reader(snapshot.fields.title)?;
        let mut cursors = Vec::with_capacity(leaves.len());
        for leaf in &leaves {
            cursors.extend(planner.cursor(leaf, false)?);
        }
        if cursors.len() < leaves.len() {
            continue;
        }
        let Some((lead, others)) = cursors.split_first_mut() else {
            continue;
        };
        while lead.doc() != TERMINATED && found.len() < MAX_DOCS {
            let doc = lead.doc();
            let is_as_long = norms.fieldnorm(doc) as usize == n_words;
            if is_as_long && others.iter_mut().all(|other| other.seek(doc) == doc) {
                found.push(doc);
            }
            lead.advance();
        }
    }
    Ok(found)
}

/// Puts hits of which the query is the title before all others, and those first
/// that have its very words in its order.
pub(crate) fn put_first(
    snapshot: &Snapshot,
    text: &str,
    titled: Vec<Placed>,
    hits: &mut Vec<Placed>,
) -> Result<(), SearchError> {
    if titled.is_empty() {
        return Ok(());
    }
    hits.retain(|hit| {
        titled.iter().all(|first| {
            let same = (first.entry.segment_idx, first.entry.doc)
                == (hit.entry.segment_idx, hit.entry.doc);
            let same_work = first.entry.work.is_some() && first.entry.work == hit.entry.work;
            !same && !same_work
        })
    });
    let highest = hits.first().map_or(0.0, |hit| hit.entry.score);
    let best = titled.iter().map(|hit| hit.base).fold(0.0, f32::max);
    let (mut exact, mut others) = (Vec::new(), Vec::new());
    let is_alone = titled.len() == 1;
    for (idx, mut hit) in titled.into_iter().enumerate() {
        hit.bonuses.push(("the query is its title", highest));
        hit.entry.score = hit.base + highest;
        let is_read = !is_alone && idx < MAX_READ;
        if is_read && has_title(snapshot, hit.entry.segment_idx, hit.entry.doc, text)? {
            hit.bonuses
                .push(("the query is its title word for word", best));
            hit.entry.score += best;
            exact.push(hit);
        } else {
            others.push(hit);
        }
    }
    exact.append(&mut others);
    hits.splice(0..0, exact);
    Ok(())
}

/// Whether some record's title has the very words of a text in its order.
pub(crate) fn is_title(
    snapshot: &Snapshot,
    lengths: Lengths,
    text: &str,
) -> Result<bool, SearchError> {
    let found = with_title(snapshot, lengths, text)?;
    for (segment_idx, docs) in found.into_iter().enumerate() {
        for doc in docs.into_iter().take(MAX_READ) {
            if has_title(snapshot, segment_idx, doc, text)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn has_title(
    snapshot: &Snapshot,
    segment_idx: usize,
    doc: DocId,
    text: &str,
) -> Result<bool, SearchError> {
    let title = snapshot.record(segment_idx, doc)?.title;
    let (mut ours, mut theirs) = (Lexer::new(text), Lexer::new(&title));
    loop {
        let (left, right) = (next_part(&mut ours), next_part(&mut theirs));
        if left != right {
            return Ok(false);
        }
        if left.is_none() {
            return Ok(true);
        }
    }
}

/// The next word, without other spellings and compounds.
fn next_part(lexer: &mut Lexer<'_>) -> Option<String> {
    while let Some(kind) = lexer.advance() {
        if kind == Kind::Part {
            return Some(lexer.word().text.to_owned());
        }
    }
    None
}
