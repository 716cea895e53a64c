//! Authors of the index whose names are near a name as typed.

use abs_record::{Author, NameQuery};
use abs_schema::fields::{author_value_display, author_value_key};
use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

use super::distance::{allowed, distance};
use super::words::{self, Candidate};
use crate::error::SearchError;
use crate::resolve::MIN_GIVEN_CHARS;
use crate::snapshot::Snapshot;

/// Spellings of names looked at for one name, a segment.
const MAX_NEAR_NAMES: usize = 50_000;

/// Authors near a name, in their commonest spelling, the nearest first and of
/// these the most prolific.
pub(super) fn near(
    snapshot: &Snapshot,
    name: &str,
    n_wanted: usize,
) -> Result<Vec<Candidate>, SearchError> {
    let key = Author::parse(name).key();
    let mut found = match key.split_once(", ") {
        Some((family, given)) => of_full_names(snapshot, family, given)?,
        None => {
            let mut found = Vec::new();
            for edits in 1..=allowed(&key) {
                found = words::of_names(snapshot, &key, edits)?;
                if !found.is_empty() {
                    break;
                }
            }
            found
        }
    };
    found.sort_by(|a, b| {
        a.n_edits
            .cmp(&b.n_edits)
            .then_with(|| b.doc_freq.cmp(&a.doc_freq))
            .then_with(|| a.text.cmp(&b.text))
    });
    // A name finds those it fits as well: `J.` says no more than `Jürgen`.
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        let key = Author::parse(&candidate.text).key();
        let is_found = |other: &Candidate| NameQuery::parse(&other.text).key_fits(&key);
        if !kept.iter().any(is_found) {
            kept.push(candidate);
        }
        if kept.len() == n_wanted {
            break;
        }
    }
    Ok(kept)
}

/// An author met, with the spelling met most.
struct Met {
    n_edits: usize,
    doc_freq: u64,
    spelling: String,
    n_spelling: u64,
}

fn of_full_names(
    snapshot: &Snapshot,
    family: &str,
    given: &str,
) -> Result<Vec<Candidate>, SearchError> {
    let edits = allowed(family).max(allowed(given).min(1));
    let mut met: FxHashMap<String, Met> = FxHashMap::default();
    let field = snapshot.fields.author_name;
    // The first letter of a family name is seldom wrong, and fixing it keeps
    // to a part of the dictionary.
    let head = family.chars().next().map_or(0, char::len_utf8);
    let head = &family[..head];
    for segment in snapshot.segments() {
        let term = Term::from_field_text(field, &format!("{family},"));
        let automaton = FuzzyTermQuery::new_prefix(term, edits, true).automaton()?;
        let inverted = segment.inverted_index(field)?;
        let mut terms = inverted.terms().search(automaton).ge(head).into_stream()?;
        let mut n_seen = 0;
        while n_seen < MAX_NEAR_NAMES && terms.advance() {
            if !terms.key().starts_with(head.as_bytes()) {
                break;
            }
            n_seen += 1;
            let Ok(value) = std::str::from_utf8(terms.key()) else {
                continue;
            };
            let key = author_value_key(value);
            let Some(n_edits) = edits_to(key, family, given, edits) else {
                continue;
            };
            let doc_freq = u64::from(terms.value().doc_freq);
            let met = met.entry(key.to_owned()).or_insert(Met {
                n_edits,
                doc_freq: 0,
                spelling: String::new(),
                n_spelling: 0,
            });
            met.doc_freq += doc_freq;
            if doc_freq > met.n_spelling {
                met.n_spelling = doc_freq;
                met.spelling = author_value_display(value);
            }
        }
    }
    Ok(met
        .into_values()
        .map(|met| Candidate {
            text: met.spelling,
            n_edits: met.n_edits,
            doc_freq: met.doc_freq,
        })
        .collect())
}

/// Edits from a name asked for to a key; `None` for too many, or for none.
fn edits_to(key: &str, family: &str, given: &str, most: u8) -> Option<usize> {
    let (key_family, key_given) = key.split_once(", ")?;
    let in_family = distance(family, key_family);
    if in_family > usize::from(allowed(family)) {
        return None;
    }
    let mut n_edits = in_family;
    if !NameQuery::parse(&format!("{key_family}, {given}")).key_fits(key) {
        if given.chars().count() < MIN_GIVEN_CHARS {
            return None;
        }
        n_edits += distance(given, key_given);
    }
    (1..=usize::from(most))
        .contains(&n_edits)
        .then_some(n_edits)
}
