//! Where a score comes from, as a tree that adds up to it.

use tantivy::DocSet;

use crate::error::SearchError;
use crate::node::{Leaf, Node};
use crate::plan::{Lengths, Planner};
use crate::rank::Placed;
use crate::results::Explanation;
use crate::snapshot::Snapshot;

/// The score of one document under a node.
pub(crate) fn explain(
    snapshot: &Snapshot,
    lengths: Lengths,
    node: &Node,
    hit: &Placed,
) -> Result<Explanation, SearchError> {
    let entry = hit.entry;
    let planner = Planner {
        snapshot,
        lengths,
        segment: &snapshot.segments()[entry.segment_idx],
        segment_idx: entry.segment_idx,
    };
    let mut leaves = Vec::new();
    node.scoring_leaves(&mut leaves);
    let mut parts = Vec::new();
    for leaf in leaves {
        let Some(mut cursor) = planner.cursor(leaf, true)? else {
            continue;
        };
        if cursor.doc() > entry.doc || cursor.seek(entry.doc) != entry.doc {
            continue;
        }
        parts.push(Explanation {
            what: label(snapshot, leaf, cursor.freq()),
            value: cursor.score(),
            parts: Vec::new(),
        });
    }
    parts.sort_by(|a, b| b.value.total_cmp(&a.value));
    let base = Explanation {
        what: "sum of BM25 weights (k1 1.2, b 0.75)".to_owned(),
        value: hit.base,
        parts,
    };
    if hit.bonuses.is_empty() {
        return Ok(base);
    }
    let bonuses = hit.bonuses.iter().map(|(what, value)| Explanation {
        what: (*what).to_owned(),
        value: *value,
        parts: Vec::new(),
    });
    Ok(Explanation {
        what: "score".to_owned(),
        value: entry.score,
        parts: std::iter::once(base).chain(bonuses).collect(),
    })
}

fn label(snapshot: &Snapshot, leaf: &Leaf, freq: u32) -> String {
    let fields = &snapshot.fields;
    let field = leaf.term.field;
    let place = if field == fields.text && leaf.minus.is_some() {
        "abstract"
    } else if field == fields.text {
        "title x3 + abstract"
    } else if field == fields.title {
        "title"
    } else if field == fields.author {
        "author"
    } else if field == fields.venue {
        "venue"
    } else {
        "keyword"
    };
    let mut label = format!(
        "\"{}\" in {place}: {freq} times, in {} of {} records",
        leaf.term.text, leaf.term.doc_freq, snapshot.n_docs
    );
    if (leaf.weight - 1.0).abs() > f32::EPSILON {
        label.push_str(&format!(", weight {}", leaf.weight));
    }
    if let Some(via) = &leaf.via {
        label.push_str(&format!(", for {via}"));
    }
    label
}
