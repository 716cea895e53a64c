//! The best passage of an abstract: whole sentences where they fit, whole
//! words always, formulas never split.

use std::ops::Range;

use rustc_hash::FxHashSet;

use abs_schema::analyzer::{Lexer, stem_in_place};

use crate::marks::{Lit, Marks, Place, merged};
use crate::resolve::Scope;
use crate::results::Snippet;

/// At most `n_wanted` passages of about `max_chars` characters each, with most
/// of these words in them, in any of their forms; of a text that need not be
/// in an index.
///
/// ```
/// let found = abs_query::passages("Bones. A reward was learned.", "rewards learn", 25, 1);
/// assert_eq!(found[0].text, "A reward was learned.");
/// assert_eq!(found[0].ranges, [2..8, 13..20]);
/// ```
pub fn passages(text: &str, words: &str, max_chars: usize, n_wanted: usize) -> Vec<Snippet> {
    let mut marks = Marks::default();
    let mut lexer = Lexer::new(words);
    while lexer.advance().is_some() {
        let mut stem = lexer.word().text.to_owned();
        stem_in_place(&mut stem);
        marks.stem(&stem, &Scope::default());
    }
    let lit = marks.in_text(text, Place::Abstract);
    snippets(text, &lit, max_chars, n_wanted)
}

/// At most `n_wanted` passages of about `max_chars` characters each, best
/// first: the one with most of the query in it, then those with most of what
/// the others lack. Without a match it is the beginning. `usize::MAX`
/// characters are the whole text.
pub(crate) fn snippets(text: &str, lit: &[Lit], max_chars: usize, n_wanted: usize) -> Vec<Snippet> {
    if max_chars == usize::MAX {
        let start = text.len() - text.trim_start().len();
        let end = start + text.trim().len();
        return vec![cut_out(text, lit, start..end)];
    }
    let chars = Chars::new(text);
    let mut passages = vec![passage(text, &chars, 0..text.len(), lit, max_chars)];
    let mut left: Vec<Lit> = lit.to_vec();
    while passages.len() < n_wanted {
        let Some(last) = passages.last() else { break };
        let shown: FxHashSet<u64> = within(&left, last).iter().map(|lit| lit.term).collect();
        left.retain(|lit| lit.range.end <= last.start || lit.range.start >= last.end);
        // What no passage shows yet; if all is shown, where it stands again.
        let new: Vec<Lit> = left
            .iter()
            .filter(|lit| !shown.contains(&lit.term))
            .cloned()
            .collect();
        if !new.is_empty() {
            left = new;
        }
        let best = gaps(text, &passages)
            .into_iter()
            .filter(|gap| !within(&left, gap).is_empty())
            .map(|gap| passage(text, &chars, gap.clone(), within(&left, &gap), max_chars))
            .map(|passage| (Worth::of(&passage, &left), passage))
            .filter(|(worth, _)| worth.all > 0)
            .max_by(|(a, at), (b, bt)| a.cmp(b).then(bt.start.cmp(&at.start)));
        match best {
            Some((_, passage)) => passages.push(passage),
            None => break,
        }
    }
    let mut snippets: Vec<Snippet> = Vec::with_capacity(passages.len());
    for passage in passages {
        snippets.push(cut_out(text, lit, passage));
    }
    snippets
}

/// What lies wholly in a range, of what is ascending.
fn within<'a>(lit: &'a [Lit], range: &Range<usize>) -> &'a [Lit] {
    let start = lit.partition_point(|lit| lit.range.start < range.start);
    let end = start + lit[start..].partition_point(|lit| lit.range.start < range.end);
    &lit[start..end]
}

/// What lies between passages, which do not overlap.
fn gaps(text: &str, passages: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut passages: Vec<&Range<usize>> = passages.iter().collect();
    passages.sort_by_key(|passage| passage.start);
    let mut gaps = Vec::with_capacity(passages.len() + 1);
    let mut from = 0;
    for passage in passages {
        gaps.push(from..passage.start);
        from = passage.end;
    }
    gaps.push(from..text.len());
    gaps.retain(|gap| !text[gap.clone()].trim().is_empty());
    gaps
}

/// The passage of a part of a text with most of the query in it: different
/// words first, then how often, then the earlier one.
fn passage(
    text: &str,
    chars: &Chars,
    part: Range<usize>,
    lit: &[Lit],
    max_chars: usize,
) -> Range<usize> {
    let mut sentences = sentences(&text[part.clone()]);
    for sentence in &mut sentences {
        *sentence = sentence.start + part.start..sentence.end + part.start;
    }
    best_run(chars, &sentences, lit, max_chars)
        .unwrap_or_else(|| around(text, chars, part, &sentences, lit, max_chars))
}

fn cut_out(text: &str, lit: &[Lit], passage: Range<usize>) -> Snippet {
    let ranges = lit
        .iter()
        .filter(|lit| lit.range.start >= passage.start && lit.range.end <= passage.end)
        .map(|lit| lit.range.start - passage.start..lit.range.end - passage.start)
        .collect();
    Snippet {
        text: text[passage.clone()].to_owned(),
        ranges: merged(ranges),
        start: passage.start,
        cut_before: !text[..passage.start].trim().is_empty(),
        cut_after: !text[passage.end..].trim().is_empty(),
    }
}

/// Runs of whole sentences that fit; `None` if the sentence that matters most
/// does not fit on its own.
fn best_run(
    chars: &Chars,
    sentences: &[Range<usize>],
    lit: &[Lit],
    max_chars: usize,
) -> Option<Range<usize>> {
    let mut best: Option<(Worth, Range<usize>)> = None;
    let mut first = 0;
    for (last, sentence) in sentences.iter().enumerate() {
        while first <= last && chars.count(&(sentences[first].start..sentence.end)) > max_chars {
            first += 1;
        }
        if first > last {
            continue;
        }
        let run = sentences[first].start..sentence.end;
        let worth = Worth::of(&run, lit);
        if best.as_ref().is_none_or(|(known, _)| worth > *known) {
            best = Some((worth, run));
        }
    }
    let (worth, run) = best?;
    let richest = sentences
        .iter()
        .map(|sentence| Worth::of(sentence, lit))
        .max_by(|a, b| a.distinct.cmp(&b.distinct))?;
    if richest.distinct > worth.distinct {
        return None;
    }
    // Fill up: what follows, then what comes before.
    let mut run = run;
    for sentence in sentences {
        if sentence.start >= run.end {
            let longer = run.start..sentence.end;
            if chars.count(&longer) > max_chars {
                break;
            }
            run = longer;
        }
    }
    Some(run)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    distinct: usize,
    all: usize,
}

impl Worth {
    fn of(range: &Range<usize>, lit: &[Lit]) -> Worth {
        let start = lit.partition_point(|lit| lit.range.start < range.start);
        let mut seen = FxHashSet::default();
        let mut all = 0;
        for lit in &lit[start..] {
            if lit.range.start >= range.end {
                break;
            }
            if lit.range.end <= range.end {
                seen.insert(lit.term);
                all += 1;
            }
        }
        Worth {
            distinct: seen.len(),
            all,
        }
    }
}

/// A window of words around the densest place of a long sentence.
fn around(
    text: &str,
    chars: &Chars,
    part: Range<usize>,
    sentences: &[Range<usize>],
    lit: &[Lit],
    max_chars: usize,
) -> Range<usize> {
    let from = part.start;
    let words = words(&text[part.clone()])
        .into_iter()
        .map(|word| word.start + from..word.end + from);
    let sentence = sentences
        .iter()
        .max_by(|a, b| {
            let by_worth = Worth::of(a, lit).cmp(&Worth::of(b, lit));
            by_worth.then(b.start.cmp(&a.start))
        })
        .cloned()
        .unwrap_or(part);
    let words: Vec<Range<usize>> = words
        .filter(|word| word.start >= sentence.start && word.end <= sentence.end)
        .collect();
    let mut best: Option<(Worth, Range<usize>)> = None;
    let mut last = 0;
    for first in 0..words.len() {
        last = last.max(first);
        while last + 1 < words.len()
            && chars.count(&(words[first].start..words[last + 1].end)) <= max_chars
        {
            last += 1;
        }
        let window = words[first].start..words[last].end;
        let worth = Worth::of(&window, lit);
        if best.as_ref().is_none_or(|(known, _)| worth > *known) {
            best = Some((worth, window));
        }
        if last + 1 >= words.len() {
            break;
        }
    }
    let Some((_, mut window)) = best else {
        return sentence;
    };
    // Centre what was found: a few words of what leads to it.
    let inside: Vec<&Lit> = lit
        .iter()
        .filter(|lit| lit.range.start >= window.start && lit.range.end <= window.end)
        .collect();
    if let (Some(head), Some(tail)) = (inside.first(), inside.last()) {
        let core = chars.count(&(head.range.start..tail.range.end));
        let lead = max_chars.saturating_sub(core) / 3;
        let from = words.iter().map(|word| word.start).find(|start| {
            *start <= head.range.start && chars.count(&(*start..head.range.start)) <= lead
        });
        if let Some(from) = from {
            let to = words
                .iter()
                .map(|word| word.end)
                .take_while(|end| *end <= from || chars.count(&(from..*end)) <= max_chars)
                .last();
            if let Some(to) = to.filter(|to| *to >= tail.range.end) {
                window = from..to;
            }
        }
    }
    window
}

/// Numbers of characters up to places in a text, so that no part is counted
/// twice.
struct Chars<'a> {
    text: &'a str,
    /// Up to each multiple of [`COUNTED_BYTES`]; empty for ASCII.
    counts: Vec<usize>,
}

/// Bytes between two places counted to.
const COUNTED_BYTES: usize = 256;

impl Chars<'_> {
    fn new(text: &str) -> Chars<'_> {
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut sum = 0;
            for bytes in text.as_bytes().chunks(COUNTED_BYTES) {
                counts.push(sum);
                sum += n_first_bytes(bytes);
            }
            counts.push(sum);
        }
        Chars { text, counts }
    }

    fn up_to(&self, at: usize) -> usize {
        let Some(before) = self.counts.get(at / COUNTED_BYTES) else {
            return at;
        };
        let from = at - at % COUNTED_BYTES;
        before + n_first_bytes(&self.text.as_bytes()[from..at])
    }

    fn count(&self, range: &Range<usize>) -> usize {
        self.up_to(range.end) - self.up_to(range.start)
    }
}

/// Characters that start in these bytes of UTF-8.
fn n_first_bytes(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Sentences, without the blanks between them. A sentence ends at `.`, `?` or
/// `!` before a blank and a capital, a digit or a bracket, not after an
/// abbreviation or an initial, never inside a formula.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let words = words(text);
    for (idx, word) in words.iter().enumerate() {
        let printed = &text[word.clone()];
        let Some(next) = words.get(idx + 1) else {
            continue;
        };
        if ends_sentence(printed) && starts_sentence(&text[next.clone()]) {
            sentences.push(start..word.end);
            start = next.start;
        }
    }
    if let Some(last) = words.last() {
        if sentences.is_empty() {
            start = words.first().map_or(0, |first| first.start);
        }
        sentences.push(start..last.end);
    }
    sentences
}

fn ends_sentence(word: &str) -> bool {
    const ABBREVIATIONS: [&str; 22] = [
        "al", "approx", "ca", "cf", "dr", "e.g", "eq", "eqs", "etc", "fig", "figs", "i.e", "no",
        "prof", "ref", "refs", "resp", "sec", "sp", "st", "vol", "vs",
    ];
    let bare = word.trim_end_matches([')', ']', '"', '\'', '”', '’']);
    if bare.ends_with(['?', '!', '。', '！', '？']) {
        return true;
    }
    let Some(before) = bare.strip_suffix('.') else {
        return false;
    };
    let before = before.trim_start_matches(['(', '[', '"', '“']);
    let initial = before.chars().count() == 1 && before.chars().all(char::is_uppercase);
    !initial && !ABBREVIATIONS.contains(&before.to_lowercase().as_str())
}

fn starts_sentence(word: &str) -> bool {
    word.chars().next().is_some_and(|c| {
        c.is_uppercase()
            || c.is_numeric()
            || matches!(c, '(' | '[' | '"' | '“' | '$' | '\\')
            || !c.is_ascii()
    })
}

/// Runs of printed characters; a formula `$…$` is one with what it touches.
/// Text written without blanks is cut between its characters.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start: Option<usize> = None;
    let mut formula_end = 0;
    for (at, c) in text.char_indices() {
        if at < formula_end {
            continue;
        }
        if c == '$' && !text[..at].ends_with('\\') {
            formula_end = end_of_formula(text, at);
            start = start.or(Some(at));
            continue;
        }
        let ideograph = abs_schema::analyzer::lexer::is_ideograph(c);
        if c.is_whitespace() || ideograph {
            if let Some(from) = start.take() {
                words.push(from..at);
            }
            if ideograph {
                words.push(at..at + c.len_utf8());
            }
        } else {
            start = start.or(Some(at));
        }
    }
    if let Some(from) = start {
        words.push(from..text.len());
    }
    words
}

/// The longest formula in bytes; a `$` without a partner is a dollar.
const MAX_FORMULA_BYTES: usize = 600;

fn end_of_formula(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let open = if rest.starts_with("$$") { 2 } else { 1 };
    let mut limit = rest.len().min(MAX_FORMULA_BYTES);
    while !rest.is_char_boundary(limit) {
        limit -= 1;
    }
    let mut from = open;
    while let Some(found) = rest[from..limit].find('$') {
        let close = from + found;
        if rest[..close].ends_with('\\') {
            from = close + 1;
            continue;
        }
        let doubled = open == 2 && rest[close..].starts_with("$$");
        return at + close + if doubled { 2 } else { 1 };
    }
    at + open
}

#[cfg(test)]
mod tests;
