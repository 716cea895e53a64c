//! Words and phrases, and names of several words that nobody quoted.

use std::ops::Range;

use super::super::Modifier;
use super::super::ast::{Ast, AstKind, Term};
use super::super::chars::{drops_at_end, says_something};
use super::super::diagnostic::Severity;
use super::super::leaf::{self, Operand};
use super::super::lexer::is_initial;
use super::super::name::Target;
use super::super::word::{MAX_WORD_CHARS, Word};
use super::Parser;

const WILDCARD_IN_PHRASE: &str =
    "in a phrase only the end of the last word can be open: other wildcards are left out";

/// Characters of a name of several words that nobody quoted.
const MAX_NAME_CHARS: usize = 400;

impl Parser<'_> {
    pub(super) fn phrase(&mut self, inner: &str, is_closed: bool, span: Range<usize>) {
        let target = self.top.pending.target.as_ref();
        let target = target.unwrap_or(&self.top.target);
        let is_text = !target.is_raw() && !matches!(target, Target::Author { .. });
        self.n_clauses += match inner.split_whitespace().count() {
            0 | 1 => 1,
            n_words if is_text => n_words * super::CLAUSES_A_PHRASE_WORD,
            n_words => n_words,
        };
        if !is_closed {
            self.warn(
                span.clone(),
                "this quote is not closed: the phrase runs to the end",
            );
        }
        let suffixes = self.lexer.suffixes();
        let span = span.start..self.lexer.pos();
        if suffixes.has_bad_boost {
            self.bad_boost(span.clone());
        }
        let is_exact = self.top.pending.is_exact || self.top.is_exact;
        let boost = suffixes.boost.map(|by| (by, span.end));
        if !is_text {
            let text = inner.to_string();
            let raw = Operand::Raw { text, is_exact };
            return self.operand(raw, span, boost, false);
        }
        if leaf::has_inner_wildcard(inner) {
            self.warn(span.clone(), WILDCARD_IN_PHRASE);
        }
        match leaf::phrase(inner, suffixes.slop.unwrap_or(0), is_exact) {
            Some(phrase) => self.operand(Operand::Phrase(phrase), span, boost, false),
            None => self.nothing(span, "nothing between these quotes: left out"),
        }
    }

    pub(super) fn word(&mut self, raw: &str, span: Range<usize>) {
        self.n_clauses += 1;
        let is_exact = self.top.pending.is_exact || self.top.is_exact;
        // `*real*` is emphasis.
        let bare = match self.text[..span.start].ends_with('*') {
            true => raw.trim_end_matches('*'),
            false => raw,
        };
        if self.says_nothing(bare, &span) {
            return;
        }
        let cut = bare.trim_end_matches(drops_at_end).strip_suffix('$');
        let cut = cut.filter(|stem| self.lexer.is_ovid() && stem.ends_with(char::is_alphanumeric));
        let cut = cut.map(|stem| format!("{stem}*"));
        let Some(word) = Word::read(cut.as_deref().unwrap_or(bare), is_exact) else {
            // A dash or an ampersand between words needs no remark.
            return self.nothing(span, "nothing to search for here: left out");
        };
        if raw == "and" && self.ends_name(&span) {
            return self.top.end_run();
        }
        // `AU=(Lu L*)`: an initial is a beginning anyway.
        let is_name = matches!(self.top.target, Target::Author { .. });
        if !(is_name && self.top.last_of_run().is_some()) {
            for remark in word.remarks {
                self.warn(span.clone(), remark);
            }
        }
        if word.is_cut {
            let message = format!("a word of more than {MAX_WORD_CHARS} characters: cut");
            self.say(span.clone(), Severity::Warning, message);
            if !says_something(&word.term.text) {
                let pending = std::mem::take(&mut self.top.pending);
                return self.add(Ast::empty(span), pending, None, false);
            }
        }
        let boost = word.boost.map(|by| (by, span.end));
        let mut term = word.term;
        if matches!(self.top.pending.target, Some(Target::Author { .. })) {
            self.rest_of_name(&mut term, raw, &span);
        } else if boost.is_none() && self.joins_name(&term) {
            return self.end_name(raw);
        }
        let is_run = self.top.pending.is_bare() && boost.is_none();
        let span = span.start..self.lexer.pos().max(span.end);
        self.operand(Operand::Term(term), span, boost, is_run);
        self.end_name(raw);
    }

    /// `et al.` behind a name, which no record has; `exp` before a heading.
    fn says_nothing(&mut self, word: &str, span: &Range<usize>) -> bool {
        let behind = &self.text[span.end..];
        if word == "et" && self.top.last_of_run().is_some() {
            let after = behind.trim_start_matches(' ');
            let ends = after.strip_prefix("al").is_some_and(|rest| {
                let rest = rest.trim_start_matches(['.', ',', ';']);
                rest.is_empty() || rest.starts_with([' ', ')'])
            });
            return ends && self.lexer.skip_word("al");
        }
        self.lexer.is_ovid() && word == "exp" && self.top.pending.target.is_none()
    }

    /// `author:(Lu, Lewei; Wang, Weiyun)` are two.
    fn end_name(&mut self, raw: &str) {
        if raw.ends_with(';') && matches!(self.top.target, Target::Author { .. }) {
            self.top.end_run();
        }
    }

    /// `author:(Lu, Lewei and Wang, Weiyun)` are two as well.
    fn ends_name(&mut self, span: &Range<usize>) -> bool {
        let behind = &self.text[span.end..];
        let end = behind.char_indices().nth(MAX_NAME_CHARS);
        let behind = &behind[..end.map_or(behind.len(), |(at, _)| at)];
        let next = behind.split(" and ").next().unwrap_or(behind);
        let next = next.split([')', ';']).next().unwrap_or(next);
        let is_name = matches!(self.top.target, Target::Author { .. });
        if !is_name || !next.contains(',') {
            return false;
        }
        match self.top.last_of_run().map(|last| &last.kind) {
            Some(AstKind::Author(last)) => last.text.split(" and ").all(|name| name.contains(',')),
            _ => false,
        }
    }

    /// `author:Lu, Lewei` and `author:Smith J. A.`, not quoted.
    fn rest_of_name(&mut self, term: &mut Term, raw: &str, span: &Range<usize>) {
        let first = raw.len();
        // After a comma, and after initials, comes the rest.
        let mut takes_any = raw.ends_with(',') || is_initial(raw);
        let mut n_more = 0;
        while n_more < 4
            && let Some(more) = self.lexer.more_of_name(takes_any)
        {
            if n_more == 0 && raw.ends_with(',') {
                term.text.push(',');
            }
            term.text.push(' ');
            term.text.push_str(more.trim_end_matches([',', ';']));
            takes_any = false;
            n_more += 1;
            if more.ends_with([',', ';']) {
                break;
            }
        }
        if n_more > 0 {
            let message = format!(
                "read as the author {:?}: quote names of several words",
                term.text
            );
            let end = self.lexer.pos().max(span.start + first);
            self.say(span.start..end, Severity::Info, message);
        }
    }

    /// In `author:(Lewei Lu)` words side by side are one name.
    fn joins_name(&mut self, term: &Term) -> bool {
        let is_name = matches!(self.top.target, Target::Author { .. });
        if !is_name || self.top.pending.start.is_some() || !self.top.pending.is_bare() {
            return false;
        }
        let end = self.lexer.pos();
        let Some(last) = self.top.last_of_run() else {
            return false;
        };
        let AstKind::Author(author) = &mut last.kind else {
            return false;
        };
        let more = leaf::author(
            &term.text,
            author.literal,
            author.first,
            term.modifier == Modifier::Prefix,
        );
        match more {
            Some(more) if !author.prefix => {
                let comma = match self.text[..last.span.end].ends_with(',') {
                    true => ",",
                    false => "",
                };
                let joined = format!("{}{comma} {}", author.text, more.text);
                // Quoted, it would be two.
                if joined.len() > MAX_NAME_CHARS || leaf::names(&joined).len() > 1 {
                    return false;
                }
                author.text = leaf::past_lead(&joined).to_owned();
                author.prefix = more.prefix;
                last.span.end = end;
                true
            }
            _ => false,
        }
    }

    fn bad_boost(&mut self, span: Range<usize>) {
        self.warn(span, "a boost must be between 0.001 and 1000: left out");
    }
}
