//! What a query makes worth highlighting, and where it stands in a text.
//!
//! Texts are analysed as the index was; a range covers the word as printed.
//! A phrase lights up as a phrase only, a prefix what it matched.

use std::ops::Range;

use abs_record::Author;
use abs_schema::analyzer::{self, Kind, Lexer};
use abs_schema::fields::author_key_hash;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::phrase::lie_as_phrase;
use crate::resolve::{Scope, Token, fits_pattern};

/// Which text of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Title,
    Abstract,
}

/// What to light up, by field.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    title: TextMarks,
    abstract_text: TextMarks,
    name_words: FxHashSet<String>,
    author_keys: FxHashSet<u64>,
}

#[derive(Debug, Clone, Default)]
struct TextMarks {
    stems: FxHashSet<String>,
    shapes: Vec<Shape>,
    phrases: Vec<PhraseMark>,
    /// The slots a word fills, by phrase and slot.
    slots: FxHashMap<String, Vec<(usize, usize)>>,
    /// The slots that any form of a stem fills.
    stem_slots: FxHashMap<String, Vec<(usize, usize)>>,
    /// Phrases whose last slot's words are what others start with.
    prefix_phrases: Vec<usize>,
}

/// What words of a prefix, wildcard or misspelling look like.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    Starts(String),
    Pattern(Vec<char>),
    Stems(FxHashSet<String>),
}

impl Shape {
    /// Whether a folded word with this stem has the shape.
    pub(crate) fn fits(&self, word: &str, stem: &str) -> bool {
        match self {
            Shape::Starts(head) => word.starts_with(head),
            Shape::Pattern(pattern) => fits_pattern(pattern, word),
            Shape::Stems(stems) => stems.contains(stem) || stems.contains(word),
        }
    }

    /// What all such words start with.
    pub(crate) fn head(&self) -> String {
        match self {
            Shape::Starts(head) => head.clone(),
            Shape::Pattern(pattern) => pattern
                .iter()
                .take_while(|c| !matches!(c, '?' | '*'))
                .collect(),
            Shape::Stems(_) => String::new(),
        }
    }
}

#[derive(Debug, Clone)]
struct PhraseMark {
    /// Words each slot may be, and its place.
    slots: Vec<(Vec<String>, u32)>,
    /// The last slot's words are what others start with.
    prefix_last: bool,
    /// Words are stems, and any form of them fits.
    by_stem: bool,
    slop: u32,
}

/// A lit word or phrase, and which of the query's it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lit {
    pub(crate) range: Range<usize>,
    /// Tells apart what makes different words light up.
    pub(crate) term: u64,
}

impl Marks {
    pub(crate) fn stem(&mut self, stem: &str, scope: &Scope) {
        self.each(scope, |marks| {
            marks.stems.insert(stem.to_owned());
        });
    }

    pub(crate) fn name_word(&mut self, word: &str, scope: &Scope) {
        if scope.author {
            self.name_words.insert(word.to_owned());
        }
    }

    pub(crate) fn asked_name_word(&mut self, word: &str) {
        self.name_words.insert(word.to_owned());
    }

    pub(crate) fn shape(&mut self, shape: &Shape, scope: &Scope) {
        self.each(scope, |marks| marks.shapes.push(shape.clone()));
    }

    pub(crate) fn phrase(&mut self, row: &[Token], slop: u32, scope: &Scope) {
        self.each(scope, |marks| {
            marks.add_phrase(PhraseMark::new(row, slop));
        });
    }

    pub(crate) fn prefix_phrase(&mut self, first: &[Token], last: &str, slop: u32, scope: &Scope) {
        self.each(scope, |marks| {
            let mut mark = PhraseMark::new(first, slop);
            let place = mark.slots.last().map_or(0, |(_, place)| place + 1);
            mark.slots.push((vec![last.to_owned()], place));
            mark.prefix_last = true;
            marks.add_phrase(mark);
        });
    }

    /// Words side by side, each in any form of its stem.
    pub(crate) fn stem_phrase(&mut self, stems: &[&str], scope: &Scope) {
        let slot = |(place, stem): (u32, &&str)| (vec![(*stem).to_owned()], place);
        self.each(scope, |marks| {
            marks.add_phrase(PhraseMark {
                slots: (0..).zip(stems).map(slot).collect(),
                prefix_last: false,
                by_stem: true,
                slop: 0,
            });
        });
    }

    pub(crate) fn author_keys(&mut self, keys: impl Iterator<Item = u64>) {
        self.author_keys.extend(keys);
    }

    fn each(&mut self, scope: &Scope, mut change: impl FnMut(&mut TextMarks)) {
        if scope.title {
            change(&mut self.title);
        }
        if scope.abstract_text {
            change(&mut self.abstract_text);
        }
    }

    /// What lights up in a text, ascending by start, overlaps left in.
    pub(crate) fn in_text(&self, text: &str, place: Place) -> Vec<Lit> {
        match place {
            Place::Title => self.title.find(text),
            Place::Abstract => self.abstract_text.find(text),
        }
    }

    /// What lights up in an author's display form: the whole name of an author
    /// asked for, or the words of a name that were.
    pub(crate) fn in_author(&self, author: &Author, display: &str) -> Vec<Range<usize>> {
        if !self.author_keys.is_empty()
            && self.author_keys.contains(&author_key_hash(&author.key()))
        {
            return std::iter::once(0..display.len()).collect();
        }
        if self.name_words.is_empty() {
            return Vec::new();
        }
        let mut lexer = Lexer::new(display);
        let mut ranges: Vec<Range<usize>> = Vec::new();
        while lexer.advance().is_some() {
            let word = lexer.word();
            if self.name_words.contains(word.text) {
                ranges.push(word.span);
            }
        }
        merged(ranges)
    }
}

impl PhraseMark {
    fn new(row: &[Token], slop: u32) -> PhraseMark {
        let start = row.first().map_or(0, |token| token.position);
        let mut slots: Vec<(Vec<String>, u32)> = Vec::new();
        for token in row {
            let place = u32::try_from(token.position.saturating_sub(start)).unwrap_or(u32::MAX);
            match slots.last_mut() {
                Some((words, last)) if *last == place => words.push(token.text.clone()),
                _ => slots.push((vec![token.text.clone()], place)),
            }
        }
        PhraseMark {
            slots,
            prefix_last: false,
            by_stem: false,
            slop,
        }
    }
}

/// A word of the text with its place.
struct Seen {
    slot: (usize, usize),
    position: u32,
    span: Range<usize>,
}

impl TextMarks {
    fn add_phrase(&mut self, phrase: PhraseMark) {
        let idx = self.phrases.len();
        let n_exact = phrase.slots.len() - usize::from(phrase.prefix_last);
        for (slot, (words, _)) in phrase.slots[..n_exact].iter().enumerate() {
            for word in words {
                let words = if phrase.by_stem {
                    &mut self.stem_slots
                } else {
                    &mut self.slots
                };
                words.entry(word.clone()).or_default().push((idx, slot));
            }
        }
        if phrase.prefix_last {
            self.prefix_phrases.push(idx);
        }
        self.phrases.push(phrase);
    }

    fn find(&self, text: &str) -> Vec<Lit> {
        let mut lit = Vec::new();
        let mut seen: Vec<Seen> = Vec::new();
        let mut lexer = Lexer::new(text);
        let mut stem = String::new();
        let stems_matter =
            !self.stems.is_empty() || !self.shapes.is_empty() || !self.stem_slots.is_empty();
        while let Some(kind) = lexer.advance() {
            let word = lexer.word();
            if stems_matter {
                stem.clear();
                stem.push_str(word.text);
                let stemmed = analyzer::stem_in_place(&mut stem);
                let fits = |shape: &Shape| shape.fits(word.text, &stem);
                if (!stemmed.stop && self.stems.contains(&stem)) || self.shapes.iter().any(fits) {
                    lit.push(Lit {
                        range: word.span.clone(),
                        term: term_id(&stem),
                    });
                }
            }
            if kind == Kind::Joined {
                continue;
            }
            let mut fills = |slot: (usize, usize)| {
                seen.push(Seen {
                    slot,
                    position: u32::try_from(word.position).unwrap_or(u32::MAX),
                    span: word.span.clone(),
                });
            };
            for slot in self.slots.get(word.text).into_iter().flatten() {
                fills(*slot);
            }
            for slot in self.stem_slots.get(&stem).into_iter().flatten() {
                fills(*slot);
            }
            for idx in &self.prefix_phrases {
                let slots = &self.phrases[*idx].slots;
                let starts = |known: &String| word.text.starts_with(known.as_str());
                if slots
                    .last()
                    .is_some_and(|(words, _)| words.iter().any(starts))
                {
                    fills((*idx, slots.len() - 1));
                }
            }
        }
        // Stable: words of a phrase stay in the order of the text.
        seen.sort_by_key(|seen| seen.slot.0);
        for of_phrase in seen.chunk_by(|a, b| a.slot.0 == b.slot.0) {
            let idx = of_phrase[0].slot.0;
            self.phrases[idx].light(idx, of_phrase, &mut lit);
        }
        lit.sort_by_key(|lit| (lit.range.start, lit.range.end));
        lit
    }
}

impl PhraseMark {
    /// Every place where the phrase stands as written; with slop, its words
    /// where they stand near enough.
    fn light(&self, idx: usize, seen: &[Seen], lit: &mut Vec<Lit>) {
        let term = term_id(&format!("\u{1}{idx}"));
        if self.slop == 0 {
            let places: FxHashMap<(usize, u32), &Seen> =
                seen.iter().map(|s| ((s.slot.1, s.position), s)).collect();
            let at = |slot: usize, position: u32| places.get(&(slot, position));
            for first in seen.iter().filter(|s| s.slot.1 == 0) {
                let end = self
                    .slots
                    .iter()
                    .enumerate()
                    .map(|(slot, (_, place))| at(slot, first.position.saturating_add(*place)))
                    .try_fold(first.span.end, |end, word| Some(end.max(word?.span.end)));
                if let Some(end) = end {
                    lit.push(Lit {
                        range: first.span.start..end,
                        term,
                    });
                }
            }
            return;
        }
        let places: Vec<Vec<u32>> = (0..self.slots.len())
            .map(|slot| {
                seen.iter()
                    .filter(|s| s.slot.1 == slot)
                    .map(|s| s.position)
                    .collect()
            })
            .collect();
        let offsets: Vec<u32> = self.slots.iter().map(|(_, place)| *place).collect();
        if lie_as_phrase(&places, &offsets, self.slop) {
            lit.extend(seen.iter().map(|s| Lit {
                range: s.span.clone(),
                term,
            }));
        }
    }
}

fn term_id(term: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(term.as_bytes())
}

/// Ranges that overlap or touch made one, ascending.
pub(crate) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}
