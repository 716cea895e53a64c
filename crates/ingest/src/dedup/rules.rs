//! When records that share a key are versions of one work.
//!
//! **An identifier** alone is not enough: journals give a paper, its discussion
//! and the rejoinder one DOI, a supplement gives one to a thousand abstracts,
//! and people paste the wrong one. The titles must say the same as well: they
//! are equal (with the author), or share half of their words with no number or
//! kind of text (`Discussion of …`, `Erratum`) in one of them alone, or one is
//! missing, or one is a translation in brackets by the same first author. If
//! PubMed or arXiv tell the two apart, only equal titles count. If more than
//! [`FEW`] records share the identifier, the same.
//!
//! **A title with its first author** is enough within [`NEAR_YEARS`] of the
//! earliest version. A record without a year joins if there is one such span,
//! and never one of its own source: a source that has two records of one title
//! and says no year has annual reports. Records that PubMed numbers apart are
//! apart. More than [`SERIES`] records of a title are a series, not a work.

use abs_record::Record;
use abs_schema::works::{KeyKind, Title, family, is_numeral, kind_of};
use rustc_hash::FxHashSet;

use super::corpus::Corpus;
use super::sets::Sets;

/// Records that may share an identifier before titles must be equal.
const FEW: usize = 8;
/// Records of one title and author that may be one work.
const SERIES: usize = 16;
/// From the earliest version's year to the latest.
const NEAR_YEARS: u64 = 2;

/// Joins those of the documents, which share a key, that are one work.
pub(super) fn join(
    corpus: &Corpus<'_>,
    kind: KeyKind,
    docs: &[u32],
    sets: &mut Sets,
) -> tantivy::Result<()> {
    if kind == KeyKind::Title {
        join_by_title(corpus, docs, sets)
    } else if docs.len() > FEW {
        join_equal_titles(corpus, docs, sets);
        Ok(())
    } else {
        join_by_identifier(corpus, docs, sets)
    }
}

fn join_equal_titles(corpus: &Corpus<'_>, docs: &[u32], sets: &mut Sets) {
    let mut titled: Vec<(u64, usize)> = docs
        .iter()
        .enumerate()
        .filter_map(|(idx, doc)| Some((Keys::of(corpus, *doc).title?, idx)))
        .collect();
    titled.sort_unstable();
    for pair in titled.windows(2) {
        if pair[0].0 == pair[1].0 {
            sets.join(docs[pair[0].1], docs[pair[1].1]);
        }
    }
}

fn join_by_identifier(corpus: &Corpus<'_>, docs: &[u32], sets: &mut Sets) -> tantivy::Result<()> {
    let keys: Vec<Keys> = docs.iter().map(|doc| Keys::of(corpus, *doc)).collect();
    let mut cards: Vec<Option<Option<Card>>> = vec![None; docs.len()];
    for (a, b) in pairs(docs.len()) {
        if sets.root(docs[a]) == sets.root(docs[b]) {
            continue;
        }
        let equal = keys[a].title.is_some() && keys[a].title == keys[b].title;
        if !equal && keys[a].are_told_apart(&keys[b]) {
            continue;
        }
        if !equal {
            for idx in [a, b] {
                if cards[idx].is_none() {
                    cards[idx] = Some(corpus.record(docs[idx])?.as_ref().map(Card::of));
                }
            }
            let (Some(Some(a)), Some(Some(b))) = (&cards[a], &cards[b]) else {
                continue;
            };
            if !a.says_the_same(b) {
                continue;
            }
        }
        sets.join(docs[a], docs[b]);
    }
    Ok(())
}

fn join_by_title(corpus: &Corpus<'_>, docs: &[u32], sets: &mut Sets) -> tantivy::Result<()> {
    if docs.len() > SERIES {
        return Ok(());
    }
    // Those without a year come last.
    let mut dated: Vec<(u64, u32)> = docs
        .iter()
        .map(|doc| (corpus.year(*doc).unwrap_or(u64::MAX), *doc))
        .collect();
    dated.sort_by_key(|(year, _)| *year);
    let mut works: Vec<Vec<(u64, u32)>> = Vec::new();
    for (year, doc) in dated {
        let mut place = None;
        for (idx, work) in works.iter().enumerate() {
            if fits(corpus, work, works.len(), year, doc)? {
                place = Some(idx);
                break;
            }
        }
        match place {
            Some(idx) => {
                sets.join(works[idx][0].1, doc);
                works[idx].push((year, doc));
            }
            None => works.push(vec![(year, doc)]),
        }
    }
    Ok(())
}

/// Whether a record of the same title and author is one more version of a
/// work, of which there are so many.
fn fits(
    corpus: &Corpus<'_>,
    work: &[(u64, u32)],
    n_works: usize,
    year: u64,
    doc: u32,
) -> tantivy::Result<bool> {
    let keys = Keys::of(corpus, doc);
    let pmid = |doc: u32| Keys::of(corpus, doc).pmid;
    if let Some(own) = keys.pmid
        && work
            .iter()
            .any(|(_, other)| pmid(*other).is_some_and(|other| other != own))
    {
        return Ok(false);
    }
    if year != u64::MAX {
        return Ok(year - work[0].0 <= NEAR_YEARS);
    }
    if n_works > 1 {
        return Ok(false);
    }
    let own = source(corpus, doc)?;
    for (_, other) in work {
        if source(corpus, *other)? == own {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What a record's id says of where it comes from: what stands before the
/// colon, nothing where there is none.
fn source(corpus: &Corpus<'_>, doc: u32) -> tantivy::Result<String> {
    let record = corpus.record(doc)?;
    let id = record.as_ref().map(|record| record.id.as_str());
    let source = id
        .and_then(|id| id.split_once(':'))
        .map(|(source, _)| source);
    Ok(source.unwrap_or_default().to_lowercase())
}

/// The keys of a document that say something about others.
struct Keys {
    arxiv: Option<u64>,
    pmid: Option<u64>,
    title: Option<u64>,
}

impl Keys {
    fn of(corpus: &Corpus<'_>, doc: u32) -> Keys {
        let mut keys = Keys {
            arxiv: None,
            pmid: None,
            title: None,
        };
        for key in corpus.keys(doc) {
            match kind_of(key) {
                KeyKind::Doi => {}
                KeyKind::Arxiv => keys.arxiv = Some(key),
                KeyKind::Pmid => keys.pmid = Some(key),
                KeyKind::Title => keys.title = Some(key),
            }
        }
        keys
    }

    /// Whether a catalogue that has both has them as two.
    fn are_told_apart(&self, other: &Keys) -> bool {
        let differ = |a: Option<u64>, b: Option<u64>| a.is_some() && b.is_some() && a != b;
        differ(self.arxiv, other.arxiv) || differ(self.pmid, other.pmid)
    }
}

/// What of a record is held against another.
#[derive(Debug, Clone)]
pub(super) struct Card {
    words: FxHashSet<String>,
    numerals: FxHashSet<String>,
    /// `discussion`, `reply` and the like, if it is one.
    comment: Option<&'static str>,
    family: Option<String>,
    /// PubMed has titles in other languages translated, in brackets.
    is_translated: bool,
}

/// Letters of a word that count: `graph` and `graphs`, `model` and `modelling`
/// are the same.
const STEM_CHARS: usize = 5;

/// How titles of texts about another text begin.
const COMMENTS: &[(&str, &str)] = &[
    ("addendum", "addendum"),
    ("author", "reply"),
    ("authors", "reply"),
    ("comment", "discussion"),
    ("commentary", "discussion"),
    ("comments", "discussion"),
    ("correction", "correction"),
    ("corrections", "correction"),
    ("corrigendum", "correction"),
    ("discussion", "discussion"),
    ("editorial", "editorial"),
    ("errata", "correction"),
    ("erratum", "correction"),
    ("invited", "discussion"),
    ("preface", "editorial"),
    ("rejoinder", "reply"),
    ("reply", "reply"),
    ("response", "reply"),
    ("retracted", "retraction"),
    ("retraction", "retraction"),
    ("review", "review"),
];

impl Card {
    pub(super) fn of(record: &Record) -> Card {
        let title = Title::of(&record.title);
        let (numerals, words): (FxHashSet<String>, FxHashSet<String>) = title
            .words()
            .map(str::to_owned)
            .partition(|w| is_numeral(w));
        let first = title.words().next().unwrap_or_default();
        let comment = COMMENTS.iter().find(|(word, _)| *word == first);
        Card {
            words: words
                .into_iter()
                .filter(|word| word.chars().count() > 3 || !word.is_ascii())
                .map(|word| word.chars().take(STEM_CHARS).collect())
                .collect(),
            numerals,
            comment: comment.map(|(_, kind)| *kind),
            family: record.authors.first().and_then(family),
            is_translated: record.title.starts_with('['),
        }
    }

    /// Whether the titles of two records with one identifier can be one
    /// work's.
    pub(super) fn says_the_same(&self, other: &Card) -> bool {
        let same_author = self.family.is_some() && self.family == other.family;
        if self.comment != other.comment || (self.comment.is_some() && !same_author) {
            return false;
        }
        if self.is_translated != other.is_translated && same_author {
            return true;
        }
        if self.has_no_title() || other.has_no_title() {
            return true;
        }
        let n_shared = self.words.intersection(&other.words).count();
        let n_fewest = self.words.len().min(other.words.len());
        self.numerals == other.numerals && 2 * n_shared >= n_fewest
    }

    fn has_no_title(&self) -> bool {
        self.words.is_empty() && self.numerals.is_empty()
    }
}

/// Every pair of `0..n`.
fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |a| (a + 1..n).map(move |b| (a, b)))
}
