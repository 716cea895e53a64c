//! What may have been meant: where a query finds little, its rare words and
//! unknown names are held against the index's own vocabulary.
//!
//! Bounded whatever the query and the index: few words are looked at, their
//! neighbours come from automata over the dictionaries, and few rewritten
//! queries are counted. One that finds no more than the query is not said.

mod distance;
mod names;
mod splits;
mod words;

use crate::error::SearchError;
use crate::resolve::{Resolver, tokens};
use crate::results::Suggestion;
use crate::snapshot::Snapshot;
use crate::syntax::ast::{Ast, AstKind, Modifier, Term};
use words::Candidate;

/// A query that finds more than this is left alone.
pub(crate) const FEW_HITS: u64 = 3;
/// Suggestions made.
const MAX_SUGGESTIONS: usize = 3;
/// Words and names of a query that are looked at: a longer query is no slip of
/// the finger.
const MAX_PARTS: usize = 64;
/// Of these, so many are held against the index.
const MAX_SUSPECTS: usize = 4;
/// Neighbours of each that are tried.
const MAX_CANDIDATES: usize = 3;
/// A suggestion that finds so many times less than the first is none.
const MUCH_RARER: u64 = 20;
/// A word in more records than this share of them is taken as meant.
const RARE_SHARE: u64 = 20_000;
const RARE: std::ops::RangeInclusive<u64> = 3..=200;

/// A word or name of a query, by its place: which leaf, and which word of it.
#[derive(Debug, Clone)]
struct Part {
    leaf: usize,
    /// `None` for a name.
    word: Option<usize>,
    text: String,
}

/// A part with what may have been meant.
struct Suspect {
    part: Part,
    candidates: Vec<Candidate>,
    /// The index does not hold it.
    unknown: bool,
}

/// The query and the authors chosen beside it, which are parts as well.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) ast: Ast,
    pub(crate) authors: Vec<String>,
}

impl Asked {
    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut ast = self.ast.clone();
        let mut n_leaves = 0;
        each_leaf(&mut ast, &mut |kind| {
            let leaf = n_leaves;
            n_leaves += 1;
            match kind {
                AstKind::Term(term) => parts.push(Part {
                    leaf,
                    word: Some(0),
                    text: term.text.clone(),
                }),
                AstKind::Phrase(phrase) => {
                    let words = phrase.text.split_whitespace().enumerate();
                    parts.extend(words.map(|(word, text)| Part {
                        leaf,
                        word: Some(word),
                        text: text.to_owned(),
                    }));
                }
                AstKind::Author(author) => parts.push(Part {
                    leaf,
                    word: None,
                    text: author.text.clone(),
                }),
                _ => {}
            }
        });
        for (idx, name) in self.authors.iter().enumerate() {
            parts.push(Part {
                leaf: n_leaves + idx,
                word: None,
                text: name.clone(),
            });
        }
        parts
    }

    /// With some parts replaced.
    fn rewritten(&self, changes: &[(&Part, &str)]) -> Asked {
        let mut asked = self.clone();
        let mut leaf = 0;
        let change = |leaf: usize, word: Option<usize>| {
            let found = changes.iter();
            let mut found = found.filter(|(part, _)| part.leaf == leaf && part.word == word);
            found.next().map(|(_, to)| (*to).to_owned())
        };
        each_leaf(&mut asked.ast, &mut |kind| {
            match kind {
                AstKind::Term(_) => {
                    if let Some(to) = change(leaf, Some(0)) {
                        *kind = words_of(&to);
                    }
                }
                AstKind::Phrase(phrase) => {
                    let words = phrase.text.split_whitespace().enumerate();
                    let words: Vec<String> = words
                        .map(|(idx, word)| change(leaf, Some(idx)).unwrap_or(word.to_owned()))
                        .collect();
                    phrase.text = words.join(" ");
                }
                AstKind::Author(author) => {
                    if let Some(to) = change(leaf, None) {
                        author.text = to;
                    }
                }
                _ => {}
            }
            leaf += 1;
        });
        put_beside(&mut asked.ast);
        for (idx, name) in asked.authors.iter_mut().enumerate() {
            if let Some(to) = change(leaf + idx, None) {
                *name = to;
            }
        }
        asked
    }
}

/// One word, or several side by side.
fn words_of(text: &str) -> AstKind {
    let term = |word: &str| {
        AstKind::Term(Term {
            text: word.to_owned(),
            modifier: Modifier::Plain,
        })
    };
    if !text.contains(' ') {
        return term(text);
    }
    let words = text.split(' ').map(|word| Ast {
        span: 0..0,
        kind: term(word),
    });
    AstKind::Words(words.collect())
}

/// Words that were put among words stand beside them.
fn put_beside(ast: &mut Ast) {
    if let AstKind::Words(members) = &mut ast.kind
        && members.iter().any(|m| matches!(m.kind, AstKind::Words(_)))
    {
        let flat = std::mem::take(members).into_iter();
        *members = flat
            .flat_map(|member| match member.kind {
                AstKind::Words(words) => words,
                _ => vec![member],
            })
            .collect();
    }
}

/// Words, phrases and names that make records match, in the order of the tree.
fn each_leaf(ast: &mut Ast, each: &mut impl FnMut(&mut AstKind)) {
    match &mut ast.kind {
        AstKind::Words(members) | AstKind::And(members) | AstKind::Or(members) => {
            for member in members {
                each_leaf(member, each);
            }
        }
        AstKind::Required(ast) | AstKind::Scoped { ast, .. } | AstKind::Boost { ast, .. } => {
            each_leaf(ast, each);
        }
        AstKind::Near { left, right, .. } => {
            each_leaf(left, each);
            each_leaf(right, each);
        }
        AstKind::Term(term) if term.modifier == Modifier::Plain => each(&mut ast.kind),
        AstKind::Author(author) if !author.literal && !author.prefix => each(&mut ast.kind),
        AstKind::Phrase(_) => each(&mut ast.kind),
        _ => {}
    }
}

/// Rewritten queries that find more than `total`, best first. `count` says how
/// many records a query finds.
pub(crate) fn suggest(
    snapshot: &Snapshot,
    asked: &Asked,
    total: u64,
    mut count: impl FnMut(&Asked) -> Result<u64, SearchError>,
) -> Result<Vec<Suggestion>, SearchError> {
    let suspects = suspects(snapshot, asked)?;
    if suspects.is_empty() {
        return Ok(Vec::new());
    }
    let mut found: Vec<(usize, Suggestion)> = Vec::new();
    for choice in choices(&suspects) {
        let changes: Vec<(&Part, &str)> = choice
            .iter()
            .map(|(suspect, idx)| (&suspect.part, suspect.candidates[*idx].text.as_str()))
            .collect();
        let rewritten = asked.rewritten(&changes);
        let finds = count(&rewritten)?;
        if finds <= total {
            continue;
        }
        let edits = choice
            .iter()
            .map(|(suspect, idx)| suspect.candidates[*idx].n_edits);
        let suggestion = Suggestion {
            query: rewritten.ast.to_string(),
            authors: rewritten.authors,
            changes: changes
                .iter()
                .map(|(part, to)| (part.text.clone(), (*to).to_owned()))
                .collect(),
            total: finds,
        };
        found.push((edits.sum(), suggestion));
    }
    found.sort_by(|(a_edits, a), (b_edits, b)| {
        a_edits.cmp(b_edits).then_with(|| b.total.cmp(&a.total))
    });
    // The slip of another is no suggestion beside what it is a slip of.
    let first = found.first().map_or(0, |(_, suggestion)| suggestion.total);
    found.retain(|(_, suggestion)| suggestion.total * MUCH_RARER >= first);
    found.truncate(MAX_SUGGESTIONS);
    Ok(found
        .into_iter()
        .map(|(_, suggestion)| suggestion)
        .collect())
}

/// What is tried: everything unknown replaced by what is nearest, then with
/// one part by what is next, then with the rare words replaced as well; where
/// all is known, one rare word at a time.
fn choices(suspects: &[Suspect]) -> Vec<Vec<(&Suspect, usize)>> {
    let unknown: Vec<&Suspect> = suspects.iter().filter(|suspect| suspect.unknown).collect();
    let mut choices = Vec::new();
    if unknown.is_empty() {
        for suspect in suspects {
            choices.extend((0..suspect.candidates.len()).map(|idx| vec![(suspect, idx)]));
        }
        return choices;
    }
    let nearest: Vec<(&Suspect, usize)> = unknown.iter().map(|suspect| (*suspect, 0)).collect();
    choices.push(nearest.clone());
    for (place, suspect) in unknown.iter().enumerate() {
        for idx in 1..suspect.candidates.len() {
            let mut choice = nearest.clone();
            choice[place].1 = idx;
            choices.push(choice);
        }
    }
    if unknown.len() < suspects.len() {
        choices.push(suspects.iter().map(|suspect| (suspect, 0)).collect());
    }
    choices
}

/// The parts least known to the index that have neighbours in it.
fn suspects(snapshot: &Snapshot, asked: &Asked) -> Result<Vec<Suspect>, SearchError> {
    let parts = asked.parts();
    if parts.len() > MAX_PARTS {
        return Ok(Vec::new());
    }
    let rare = (snapshot.n_docs / RARE_SHARE).clamp(*RARE.start(), *RARE.end());
    let mut rarest: Vec<(u64, Part)> = Vec::new();
    for part in parts {
        let doc_freq = if part.word.is_none() {
            // A name that finds someone is a name, however rare.
            if Resolver::new(snapshot, None).knows_author(&part.text)? {
                continue;
            }
            0
        } else {
            let Some(word) = plain_word(&part.text) else {
                continue;
            };
            words::frequency(snapshot, &word)?
        };
        if doc_freq <= rare {
            rarest.push((doc_freq, part));
        }
    }
    rarest.sort_by_key(|(doc_freq, _)| *doc_freq);
    rarest.truncate(MAX_SUSPECTS);
    let mut suspects = Vec::new();
    for (doc_freq, part) in rarest {
        let candidates = match (part.word, plain_word(&part.text)) {
            (None, _) => names::near(snapshot, &part.text, MAX_CANDIDATES)?,
            (Some(_), Some(word)) => words::near(snapshot, &word, doc_freq, MAX_CANDIDATES)?,
            (Some(_), None) => Vec::new(),
        };
        if !candidates.is_empty() {
            suspects.push(Suspect {
                part,
                candidates,
                unknown: doc_freq == 0,
            });
        }
    }
    // Back in the order of the query.
    suspects.sort_by_key(|suspect| (suspect.part.leaf, suspect.part.word));
    Ok(suspects)
}

/// The folded text of a word of letters alone: a number or a formula is what
/// it is.
fn plain_word(text: &str) -> Option<String> {
    match tokens(text).as_slice() {
        [token]
            if token.text.chars().all(char::is_alphabetic)
                && token.text.chars().count() <= distance::MAX_CHARS =>
        {
            Some(token.text.clone())
        }
        _ => None,
    }
}
