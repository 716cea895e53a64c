//! Words of the index near a word as typed, in the form they are printed in.

use abs_schema::analyzer::form::{ENDINGS, FORM_BITS, OTHER_MARK, word as form_of};
use abs_schema::analyzer::{self, COMPOUND_MARK};
use rustc_hash::FxHashMap;
use tantivy::postings::Postings;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

use super::distance::{allowed, distance};
use super::splits;
use crate::error::SearchError;
use crate::snapshot::Snapshot;

/// Terms looked at for one word, a segment: an automaton finds few.
const MAX_NEAR_TERMS: usize = 10_000;
/// Stems whose printed forms are looked for.
const MAX_STEMS: usize = 12;
/// Documents in which forms are counted, a stem and segment.
const SAMPLED_DOCS: u32 = 64;
/// The shortest word of which all variants are looked up: of a shorter one too
/// many are words.
const MIN_VARIED: usize = 5;
/// A word that is there is only replaced by one so many times as frequent.
const MUCH_COMMONER: u64 = 20;

/// A word that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) text: String,
    pub(super) n_edits: usize,
    /// Records with its stem, or with it in a name.
    pub(super) doc_freq: u64,
}

/// Records that hold a folded word, in any form or as a part of a name.
pub(super) fn frequency(snapshot: &Snapshot, word: &str) -> Result<u64, SearchError> {
    let fields = &snapshot.fields;
    let stem = analyzer::stem(word).unwrap_or_else(|| word.to_owned());
    let in_text = snapshot.look_up(fields.text, &stem)?.doc_freq;
    let in_names = snapshot.look_up(fields.author, word)?.doc_freq;
    Ok(in_text.max(in_names))
}

/// Words near a folded word that are much more frequent, the nearest and most
/// frequent first. Two edits are tried where one finds nothing, and not where
/// the word itself is in the index.
pub(super) fn near(
    snapshot: &Snapshot,
    word: &str,
    doc_freq: u64,
    n_wanted: usize,
) -> Result<Vec<Candidate>, SearchError> {
    let most = if doc_freq > 0 {
        allowed(word).min(1)
    } else {
        allowed(word)
    };
    for edits in 1..=most {
        let mut found = of_text(snapshot, word, edits)?;
        found.extend(of_names(snapshot, word, edits)?);
        if edits == 1 {
            found.extend(of_variants(snapshot, word)?);
        }
        found.retain(|candidate| {
            candidate.text != word
                && candidate.n_edits <= usize::from(edits)
                && candidate.doc_freq > doc_freq.saturating_mul(MUCH_COMMONER)
        });
        if !found.is_empty() {
            let head = word.chars().next();
            found.sort_by_key(|candidate| {
                (
                    candidate.n_edits,
                    candidate.text.chars().next() != head,
                    std::cmp::Reverse(candidate.doc_freq),
                    candidate.text.clone(),
                )
            });
            let mut seen: Vec<String> = Vec::new();
            found.retain(|candidate| {
                let is_new = !seen.contains(&candidate.text);
                seen.push(candidate.text.clone());
                is_new
            });
            found.truncate(n_wanted);
            return Ok(found);
        }
        if doc_freq == 0
            && edits == 1
            && let Some(apart) = splits::apart(snapshot, word)?
        {
            return Ok(vec![apart]);
        }
    }
    Ok(Vec::new())
}

/// Words one edit away whose stem is not: `gravitatonal` is near
/// `gravitational`, their stems are not. All words of Latin letters that are
/// one edit away are stemmed and looked up, some hundreds.
fn of_variants(snapshot: &Snapshot, word: &str) -> Result<Vec<Candidate>, SearchError> {
    let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain || word.len() < MIN_VARIED {
        return Ok(Vec::new());
    }
    let mut by_stem: FxHashMap<String, Vec<String>> = FxHashMap::default();
    let own = analyzer::stem(word).unwrap_or_default();
    for variant in variants(word) {
        if let Some(stem) = analyzer::stem(&variant).filter(|stem| *stem != own) {
            by_stem.entry(stem).or_default().push(variant);
        }
    }
    let mut stems = Vec::new();
    for (stem, variants) in by_stem {
        let doc_freq = snapshot.look_up(snapshot.fields.text, &stem)?.doc_freq;
        if doc_freq > 0 {
            stems.push((doc_freq, stem, variants));
        }
    }
    stems.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    stems.truncate(MAX_STEMS);
    let mut found = Vec::new();
    for (doc_freq, stem, variants) in stems {
        for variant in variants {
            // The form itself must be in print, not only its stem.
            if printed_form(snapshot, &stem, &variant)?.as_ref() == Some(&variant) {
                found.push(Candidate {
                    text: variant,
                    n_edits: 1,
                    doc_freq,
                });
            }
        }
    }
    Ok(found)
}

/// All words one edit away from one of Latin letters.
fn variants(word: &str) -> Vec<String> {
    let mut all = Vec::with_capacity(54 * word.len());
    for at in 0..=word.len() {
        let (head, tail) = word.split_at(at);
        for letter in 'a'..='z' {
            all.push(format!("{head}{letter}{tail}"));
        }
        let Some(behind) = tail.get(1..) else {
            continue;
        };
        all.push(format!("{head}{behind}"));
        for letter in 'a'..='z' {
            all.push(format!("{head}{letter}{behind}"));
        }
        if let (Some(second), Some(first)) = (tail.get(1..2), tail.get(..1)) {
            all.push(format!("{head}{second}{first}{}", &tail[2..]));
        }
    }
    all.retain(|variant| variant != word);
    all.sort_unstable();
    all.dedup();
    all
}

fn of_text(snapshot: &Snapshot, word: &str, edits: u8) -> Result<Vec<Candidate>, SearchError> {
    let field = snapshot.fields.text;
    let stem = analyzer::stem(word).unwrap_or_else(|| word.to_owned());
    let mut stems = near_terms(snapshot, field, &stem, edits)?;
    stems.retain(|(stem, _)| !stem.contains([COMPOUND_MARK, OTHER_MARK]));
    stems.truncate(MAX_STEMS);
    let mut found = Vec::new();
    for (stem, doc_freq) in stems {
        if let Some(text) = printed_form(snapshot, &stem, word)? {
            found.push(Candidate {
                n_edits: distance(word, &text),
                text,
                doc_freq,
            });
        }
    }
    // Words with rare endings are there as they are, behind a mark.
    for (term, doc_freq) in near_terms(snapshot, field, &format!("{OTHER_MARK}{word}"), edits)? {
        if let Some(text) = term.strip_prefix(OTHER_MARK) {
            found.push(Candidate {
                n_edits: distance(word, text),
                text: text.to_owned(),
                doc_freq,
            });
        }
    }
    Ok(found)
}

/// Words of names, folded.
pub(super) fn of_names(
    snapshot: &Snapshot,
    word: &str,
    edits: u8,
) -> Result<Vec<Candidate>, SearchError> {
    let found = near_terms(snapshot, snapshot.fields.author, word, edits)?;
    Ok(found
        .into_iter()
        .map(|(text, doc_freq)| Candidate {
            n_edits: distance(word, &text),
            text,
            doc_freq,
        })
        .collect())
}

/// Terms within so many edits, of most documents first. Two edits leave the
/// first letter as it is: people seldom miss it, and a dictionary of millions
/// is walked through in a part only.
fn near_terms(
    snapshot: &Snapshot,
    field: Field,
    text: &str,
    edits: u8,
) -> Result<Vec<(String, u64)>, SearchError> {
    let n_fixed = usize::from(text.starts_with(OTHER_MARK)) + usize::from(edits > 1);
    let n_fixed = text.chars().take(n_fixed).map(char::len_utf8).sum();
    let head = &text[..n_fixed];
    let mut found: FxHashMap<String, u64> = FxHashMap::default();
    for segment in snapshot.segments() {
        let term = Term::from_field_text(field, text);
        let automaton = FuzzyTermQuery::new(term, edits, true).automaton()?;
        let inverted = segment.inverted_index(field)?;
        let mut terms = inverted.terms().search(automaton).ge(head).into_stream()?;
        let mut n_seen = 0;
        while n_seen < MAX_NEAR_TERMS && terms.advance() {
            if !terms.key().starts_with(head.as_bytes()) {
                break;
            }
            n_seen += 1;
            if let Ok(key) = std::str::from_utf8(terms.key()) {
                *found.entry(key.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
    }
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(found)
}

/// The form of a stem that is printed, of those the one most like the word as
/// typed. Positions tell the form; a few documents will do.
fn printed_form(
    snapshot: &Snapshot,
    stem: &str,
    typed: &str,
) -> Result<Option<String>, SearchError> {
    let mut counts = [0_u32; ENDINGS.len()];
    let field = snapshot.fields.text;
    let term = snapshot.look_up(field, stem)?;
    let mut positions = Vec::new();
    for (segment, info) in snapshot.segments().iter().zip(&term.infos) {
        let Some(info) = info else { continue };
        let mut postings = segment
            .inverted_index(field)?
            .read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
        // Spread over the segment: what comes first in it is of one source or
        // one time, and may not have the form.
        let step = match info.doc_freq > SAMPLED_DOCS {
            true => segment.max_doc().div_ceil(SAMPLED_DOCS),
            false => 1,
        };
        while postings.doc() != TERMINATED {
            postings.positions(&mut positions);
            for position in &positions {
                let code = position & ((1 << FORM_BITS) - 1);
                if let Some(count) = counts.get_mut(code as usize) {
                    *count += 1;
                }
            }
            let next = postings.doc().saturating_add(step);
            postings.seek(next.min(TERMINATED));
        }
    }
    let forms = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    Ok(forms
        .filter_map(|(code, count)| Some((form_of(stem, code)?, *count)))
        .min_by_key(|(form, count)| (distance(typed, form), std::cmp::Reverse(*count)))
        .map(|(form, _)| form))
}
