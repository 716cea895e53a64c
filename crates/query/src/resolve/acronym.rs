//! Acronyms and what they stand for, each finding the other at a lower
//! weight. The pairs were mined from the collection's own definitions
//! ([`abs_schema::acronyms`]).
//!
//! A short form finds what it stands for if the collection explains it so
//! often that it can hardly be a word besides: at least once in
//! [`HARDLY_A_WORD`] records that hold it. If it is written as an acronym (two
//! capitals, or one and a digit, in a query that is not in capitals
//! throughout) once in [`WRITTEN_SO`] is enough. A long form, word after word,
//! finds a short one that can hardly be a word and mostly stands for it.
//!
//! A pair is *rare* and not used if it was met once only, unless next to
//! nothing else is known of the short form (at most [`FEW`] records hold it).
//! A meaning is *too ambiguous* if less than [`MIN_SHARE`] of the short
//! form's definitions give it, the other way round less than
//! [`MIN_SHARE_BACK`]. What is left weighs [`WEIGHT`] or
//! [`WEIGHT_BACK`] times that share.

use std::sync::Arc;

use abs_schema::acronyms::{Pair, long_key, short_key};
use abs_schema::analyzer;
use abs_schema::analyzer::form::ANY_WORD;

use super::{Resolver, Scope};
use crate::error::SearchError;
use crate::node::{Form, Leaf, Leaves, PhraseLeaf, Role};
use crate::phrase::Nearness;
use crate::results::{Expansion, ExpansionKind};
use crate::syntax::ast::{Ast, AstKind, Modifier};

/// What a meaning is worth beside its short form as typed. Chosen with the
/// next on Cranfield, CACM, CISI, MED and SciFact's training topics: no nDCG@10
/// changes by more than .0011 with these, by .0020 with .2 for both.
const WEIGHT: f32 = 0.1;
/// What a short form is worth beside its long form as typed: records that
/// explain it have both.
const WEIGHT_BACK: f32 = 0.05;
/// The least share of a short form's definitions that a meaning must have.
const MIN_SHARE: f32 = 0.1;
/// The least share of a short form's definitions that a long form must have
/// to be found by it.
const MIN_SHARE_BACK: f32 = 0.5;
/// A single word is found by its short form if at least one in so many records
/// that hold it gives that: `tuberculosis` by `TB`, but `cell` by nothing.
const SHORTENED_SO: u64 = 50;
/// Meanings of one short form, short forms of one long form.
const MAX_EXPANSIONS: usize = 3;
/// A word that is explained less often than once in so many records that hold
/// it is a word as well: of 394 thousand records `svm`, `gps` and `em` are
/// not, `sea`, `map` and `cat` are.
const HARDLY_A_WORD: u64 = 8;
/// The same for a word that is written as an acronym: `MAP` and `CAT` are
/// used, `DATA` and `CASE` are not.
const WRITTEN_SO: u64 = 1_000;
/// Records with a short form up to which one definition is enough.
const FEW: u64 = 20;
/// Acronyms and long forms of one query that are looked up: each costs a phrase.
const MAX_IN_QUERY: usize = 32;
/// The longest long form that is looked for, in words.
const MAX_WORDS: usize = 12;

/// A pair and what its expansion is worth.
type Weighted = (Pair, f32);

impl Resolver<'_> {
    /// What a word written as typed stands for, and what stands for it.
    pub(super) fn expand_word(
        &mut self,
        text: &str,
        scope: &Scope,
        leaves: &mut Leaves,
    ) -> Result<(), SearchError> {
        if !self.expands_in(scope) {
            return Ok(());
        }
        let mut longs = Vec::new();
        for (pair, weight) in self.meanings(text)? {
            if self.long_form(&pair, weight, scope, leaves)? {
                longs.push(pair.long);
            }
        }
        self.note_acronym(text, longs);
        let key = long_key(text);
        let doc_freq = leaves.terms.first().map_or(0, |leaf| leaf.term.doc_freq);
        let mut shorts = Vec::new();
        for (pair, weight) in self.short_forms(&key)?.0 {
            if u64::from(pair.count) * SHORTENED_SO < doc_freq {
                continue;
            }
            leaves.terms.extend(self.short_form(&pair, weight, scope)?);
            shorts.push(pair.short);
        }
        self.note_acronym(text, shorts);
        Ok(())
    }

    /// For each of some words side by side, the short forms of the long forms
    /// it is part of. Each of a long form's words is matched by its short form
    /// as well, so that either is enough for all; `counts` says which words
    /// take part in the result at all.
    pub(super) fn expand_rows(
        &mut self,
        members: &[Ast],
        counts: impl Fn(usize) -> bool,
        scope: &Scope,
    ) -> Result<Vec<Vec<Leaf>>, SearchError> {
        let mut found = vec![Vec::new(); members.len()];
        if !self.expands_in(scope) {
            return Ok(found);
        }
        let keys: Vec<String> = members.iter().map(key_of).collect();
        let mut start = 0;
        while start < members.len() {
            let Some((len, pairs)) = self.longest_row(&keys[start..])? else {
                start += 1;
                continue;
            };
            let row = start..start + len;
            start = row.end;
            let counting: Vec<usize> = row.clone().filter(|idx| counts(*idx)).collect();
            if counting.is_empty() {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "at most twelve")]
            let share = 1.0 / counting.len() as f32;
            let mut shorts = Vec::new();
            for (pair, weight) in pairs {
                let leaf = self.short_form(&pair, weight * share, scope)?;
                for idx in &counting {
                    found[*idx].extend(leaf.iter().cloned());
                }
                shorts.push(pair.short);
            }
            let typed: Vec<String> = members[row].iter().map(ToString::to_string).collect();
            self.note_acronym(&typed.join(" "), shorts);
        }
        Ok(found)
    }

    fn expands_in(&self, scope: &Scope) -> bool {
        self.expands
            && !self.negated
            && self.n_acronyms < MAX_IN_QUERY
            && (scope.title || scope.abstract_text)
            && !self.snapshot.acronyms.is_empty()
    }

    /// The long forms of a short one, commonest first, and their weights.
    fn meanings(&self, text: &str) -> Result<Vec<Weighted>, SearchError> {
        // `f(R)` and `e+e-` are formulas.
        if text.contains(['(', '+', '=', '^', '_', '$']) {
            return Ok(Vec::new());
        }
        let singular = singular(text);
        let mut key = short_key(singular);
        let mut pairs = self.snapshot.acronyms.of_short(&key);
        // `prms` in lower case: only the analyzer tells that it is a plural.
        if pairs.is_empty()
            && let Some(shorter) = key.strip_suffix('s')
            && analyzer::stem(shorter) == analyzer::stem(&key)
        {
            key = shorter.to_owned();
            pairs = self.snapshot.acronyms.of_short(&key);
        }
        if pairs.is_empty() || analyzer::is_stop_word(&key) {
            return Ok(Vec::new());
        }
        let typed_so = !self.in_capitals && is_acronym(singular);
        let known = Known::new(self, &key, &pairs)?;
        let once_in = if typed_so { WRITTEN_SO } else { HARDLY_A_WORD };
        if !known.is_explained(once_in) {
            return Ok(Vec::new());
        }
        Ok(known.best(pairs, MIN_SHARE, WEIGHT))
    }

    /// The short forms of a long one, and whether a longer one goes on.
    fn short_forms(&self, long_key: &str) -> Result<(Vec<Weighted>, bool), SearchError> {
        let acronyms = &self.snapshot.acronyms;
        let (pairs, goes_on) = acronyms.of_long(long_key);
        let mut fitting = Vec::new();
        for pair in pairs {
            let meanings = acronyms.of_short(&pair.short_key);
            let known = Known::new(self, &pair.short_key, &meanings)?;
            if known.is_explained(HARDLY_A_WORD) && !analyzer::is_stop_word(&pair.short_key) {
                fitting.extend(known.best(vec![pair], MIN_SHARE_BACK, WEIGHT_BACK));
            }
        }
        fitting.sort_by_key(|(pair, _)| std::cmp::Reverse(pair.count));
        fitting.truncate(MAX_EXPANSIONS);
        Ok((fitting, goes_on))
    }

    /// The longest row of at least two words from the first on that is a long
    /// form: how many words, and its short forms.
    fn longest_row(&self, keys: &[String]) -> Result<Option<(usize, Vec<Weighted>)>, SearchError> {
        let mut longest = None;
        let mut row = String::new();
        for (idx, key) in keys.iter().take(MAX_WORDS).enumerate() {
            if key.is_empty() {
                break;
            }
            if idx > 0 {
                row.push(' ');
            }
            row.push_str(key);
            let (pairs, goes_on) = if idx == 0 {
                (Vec::new(), self.snapshot.acronyms.of_long(&row).1)
            } else {
                self.short_forms(&row)?
            };
            if !pairs.is_empty() {
                longest = Some((idx + 1, pairs));
            }
            if !goes_on {
                break;
            }
        }
        Ok(longest)
    }

    /// Adds a long form to what matches; whether the index holds it.
    fn long_form(
        &mut self,
        pair: &Pair,
        weight: f32,
        scope: &Scope,
        leaves: &mut Leaves,
    ) -> Result<bool, SearchError> {
        let Some(region) = scope.region() else {
            return Ok(false);
        };
        let stems: Vec<&str> = pair.long_key.split(' ').collect();
        let first = leaves.terms.len();
        if let [stem] = stems.as_slice() {
            self.ranked(stem, Role::Matches, weight, scope, leaves)?;
            self.marks.stem(stem, scope);
        } else {
            let field = self.snapshot.fields.text;
            let mut slots = Vec::with_capacity(stems.len());
            for (offset, stem) in (0_u32..).zip(&stems) {
                let term = self.snapshot.look_up(field, stem)?;
                if term.doc_freq == 0 {
                    return Ok(false);
                }
                let mask = ANY_WORD;
                slots.push((vec![Form { term, mask }], offset));
            }
            leaves.phrases.push(PhraseLeaf {
                slots,
                nearness: Nearness::Phrase(0),
                region,
            });
            self.marks.stem_phrase(&stems, scope);
            for (idx, stem) in stems.iter().enumerate() {
                if !analyzer::is_stop_word(stem) && !stems[..idx].contains(stem) {
                    self.ranked(stem, Role::Scores, weight, scope, leaves)?;
                }
            }
        }
        let via: Arc<str> = format!("{} → {}", pair.short, pair.long).into();
        for leaf in &mut leaves.terms[first..] {
            leaf.via = Some(Arc::clone(&via));
        }
        Ok(leaves.terms.len() > first)
    }

    /// The term of a short form.
    fn short_form(
        &mut self,
        pair: &Pair,
        weight: f32,
        scope: &Scope,
    ) -> Result<Vec<Leaf>, SearchError> {
        let stem = analyzer::stem(&pair.short_key).unwrap_or_default();
        let mut leaves = Leaves::default();
        self.ranked(&stem, Role::Matches, weight, scope, &mut leaves)?;
        self.marks.stem(&stem, scope);
        let via: Arc<str> = format!("{} → {}", pair.long, pair.short).into();
        for leaf in &mut leaves.terms {
            leaf.via = Some(Arc::clone(&via));
        }
        Ok(leaves.terms)
    }

    fn note_acronym(&mut self, from: &str, to: Vec<String>) {
        let is_new = |known: &Expansion| known.from != from || known.to != to;
        if !to.is_empty() {
            self.n_acronyms += 1;
            if self.n_acronyms == MAX_IN_QUERY {
                let message = format!("only the first {MAX_IN_QUERY} acronyms are expanded");
                self.warn(0..0, message);
            }
            if self.expansions.iter().all(is_new) {
                self.expansions.push(Expansion {
                    from: from.to_owned(),
                    kind: ExpansionKind::Acronym,
                    n_terms: to.len(),
                    to,
                    cut: false,
                });
            }
        }
    }
}

/// What the collection knows of a short form.
struct Known {
    /// Records that explain it.
    n_explained: u64,
    /// Records that hold it.
    doc_freq: u64,
}

impl Known {
    fn new(resolver: &Resolver, short_key: &str, pairs: &[Pair]) -> Result<Known, SearchError> {
        let stem = analyzer::stem(short_key).unwrap_or_default();
        let snapshot = resolver.snapshot;
        Ok(Known {
            n_explained: pairs.iter().map(|pair| u64::from(pair.count)).sum(),
            doc_freq: snapshot.look_up(snapshot.fields.text, &stem)?.doc_freq,
        })
    }

    /// Whether it is explained at least once in so many records.
    fn is_explained(&self, once_in: u64) -> bool {
        self.n_explained * once_in >= self.doc_freq
    }

    /// Pairs neither rare nor too ambiguous, commonest first, with weights.
    fn best(&self, mut pairs: Vec<Pair>, min_share: f32, weight: f32) -> Vec<Weighted> {
        pairs.retain(|pair| pair.count > 1 || self.doc_freq <= FEW);
        // By key among equals: the sort is stable.
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.count));
        pairs.truncate(MAX_EXPANSIONS);
        #[expect(clippy::cast_precision_loss, reason = "a share of counts")]
        let share = |pair: &Pair| pair.count as f32 / self.n_explained.max(1) as f32;
        pairs
            .into_iter()
            .map(|pair| (share(&pair), pair))
            .filter(|(share, _)| *share >= min_share)
            .map(|(share, pair)| (pair, weight * share))
            .collect()
    }
}

/// Whether a query is of several words and in capitals throughout.
pub(super) fn is_in_capitals(ast: &Ast) -> bool {
    let mut n_words = 0;
    n_capital_words(ast, &mut n_words) && n_words > 1
}

/// Counts words; false if one has a small letter.
fn n_capital_words(ast: &Ast, n_words: &mut usize) -> bool {
    match &ast.kind {
        AstKind::Term(term) => {
            *n_words += usize::from(term.text.contains(char::is_uppercase));
            !term.text.contains(char::is_lowercase)
        }
        AstKind::Phrase(phrase) => !phrase.text.contains(char::is_lowercase),
        AstKind::Words(members) | AstKind::And(members) | AstKind::Or(members) => members
            .iter()
            .all(|member| n_capital_words(member, n_words)),
        AstKind::Not(ast)
        | AstKind::Required(ast)
        | AstKind::Scoped { ast, .. }
        | AstKind::Boost { ast, .. } => n_capital_words(ast, n_words),
        AstKind::Near { left, right, .. } => {
            n_capital_words(left, n_words) && n_capital_words(right, n_words)
        }
        _ => true,
    }
}

/// The key of a plain word, empty for anything else.
fn key_of(ast: &Ast) -> String {
    match &ast.kind {
        AstKind::Term(term) if term.modifier == Modifier::Plain => long_key(&term.text),
        _ => String::new(),
    }
}

/// `PRM` of `PRMs`.
fn singular(text: &str) -> &str {
    text.strip_suffix('s')
        .filter(|rest| rest.ends_with(char::is_uppercase))
        .unwrap_or(text)
}

/// Written as acronyms are: two capitals, or one and a digit.
fn is_acronym(text: &str) -> bool {
    let n_upper = text.chars().filter(|c| c.is_uppercase()).count();
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    n_upper >= 1 && n_upper + n_digits >= 2
}
