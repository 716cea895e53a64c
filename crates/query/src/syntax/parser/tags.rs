//! PubMed's tags, which say behind a word, a phrase or a group where to look.

use std::ops::{Bound, Range};

use abs_record::Field;

use super::super::ast::{Ast, AstKind};
use super::super::diagnostic::Severity;
use super::super::dialect::Tag;
use super::super::leaf::{self, Operand};
use super::super::name::Target;
use super::super::range;
use super::Parser;

/// `2018 Mar : 2020 Apr` with blanks at the colon.
const MAX_DATE_WORDS: usize = 5;

impl Parser<'_> {
    /// What stands before a tag is looked for where the tag says.
    pub(super) fn tag(&mut self, tag: Tag, span: Range<usize>) {
        if let Tag::In(target) = &tag {
            self.narrow_run(target);
        }
        let mut run = self.top.take_run();
        if run.is_empty() {
            return self.info(span, "nothing before this tag: left out");
        }
        let (target, distance) = match tag {
            Tag::In(target) => (target, 0),
            Tag::Heading(target) => {
                run.iter_mut().for_each(cut_subheading);
                (target, 0)
            }
            Tag::Near(target, distance) => (target, distance),
            Tag::Unsupported => {
                self.info(span.clone(), "no such field here: searched as text");
                (Target::ANY, 0)
            }
        };
        let Some(first) = run.first_mut() else {
            return;
        };
        // NOT and + are about all the words before the tag.
        let start = first.span.start;
        let kind = std::mem::replace(&mut first.kind, AstKind::Empty);
        let (is_not, is_required) = match kind {
            AstKind::Not(inner) => {
                *first = *inner;
                (true, false)
            }
            AstKind::Required(inner) => {
                *first = *inner;
                (false, true)
            }
            kind => {
                first.kind = kind;
                (false, false)
            }
        };
        let mut ast = self.tagged(run, &target, distance);
        ast.span.end = ast.span.end.max(span.end);
        if target == Target::Dates {
            ast = self.date_range(ast);
        }
        if is_not {
            ast = ast.not(start);
        } else if is_required {
            ast = ast.required(start);
        }
        self.top.put_back([ast]);
        if target == Target::Dates && self.lexer.eat_colon() {
            self.top.range_low = self.top.current.len().checked_sub(1);
        }
    }

    /// `asthma 2020[dp]`: a date or a number is the last word, and what stands
    /// before it are words of their own.
    fn narrow_run(&mut self, target: &Target) {
        let run = self.top.run();
        let [.., last] = run else {
            return;
        };
        let is_term = |ast: &Ast| match &ast.kind {
            AstKind::Term(_) => true,
            AstKind::Not(inner) | AstKind::Required(inner) => {
                matches!(inner.kind, AstKind::Term(_))
            }
            _ => false,
        };
        let n_words = match target {
            Target::Dates => {
                // `2018 : 2020`.
                let is_range = |n_words: &usize| {
                    let words = &run[run.len().saturating_sub(*n_words)..];
                    let start = words.first().map_or(0, |ast| ast.span.start);
                    let written = self.text.get(start..last.span.end).unwrap_or_default();
                    words.len() == *n_words
                        && words.iter().all(is_term)
                        && range::dates(written).is_some()
                };
                (2..=MAX_DATE_WORDS).rev().find(is_range).unwrap_or(1)
            }
            Target::Fields { text, values } if text.is_empty() && values == &[Field::Pmid] => {
                let is_number = self
                    .text
                    .get(last.span.clone())
                    .is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
                if is_number { 1 } else { run.len() }
            }
            _ => return,
        };
        self.top.narrow_run(n_words);
    }

    /// What other programs append for the boxes ticked beside a result.
    pub(super) fn limit(&mut self, span: Range<usize>) {
        self.top.end_run();
        self.info(
            span,
            "a limit from elsewhere: left out; filters narrow a result here",
        );
    }

    /// `2015[dp] : 3000[dp]` is one range.
    fn date_range(&mut self, high: Ast) -> Ast {
        let low_idx = self.top.range_low.take();
        if low_idx.map(|idx| idx + 1) != Some(self.top.current.len()) {
            return high;
        }
        let Some(low) = self.top.current.pop() else {
            return high;
        };
        let span = low.span.start..high.span.end;
        match (low.kind, high.kind) {
            (
                AstKind::Dates {
                    low: Bound::Included(low),
                    ..
                },
                AstKind::Dates {
                    high: Bound::Included(high),
                    ..
                },
            ) if low.ymd() <= high.last_ymd() => Ast::new(
                span,
                AstKind::Dates {
                    low: Bound::Included(low),
                    high: Bound::Included(high),
                },
            ),
            _ => {
                self.warn(span.clone(), "not a range of dates: matches nothing");
                Ast::empty(span)
            }
        }
    }

    /// The words before a tag, looked for where it says.
    fn tagged(&mut self, mut run: Vec<Ast>, target: &Target, distance: u32) -> Ast {
        let start = run.first().map_or(0, |ast| ast.span.start);
        let end = run.last().map_or(start, |ast| ast.span.end);
        let is_words = run.iter().all(|ast| matches!(ast.kind, AstKind::Term(_)));
        let written = &self.text[start..end];
        if is_words && distance > 0 {
            if let Some(phrase) = leaf::phrase(written, distance, false) {
                run = vec![Ast::new(start..end, AstKind::Phrase(phrase))];
            }
        } else if let [one] = run.as_mut_slice()
            && let AstKind::Phrase(phrase) = &mut one.kind
        {
            phrase.slop = phrase.slop.max(distance);
        }
        if let Target::Fields { text, values } = target
            && values.is_empty()
        {
            return Ast::words(run).scoped(text, start);
        }
        if is_words {
            let operand = Operand::Raw {
                text: written.to_string(),
                is_exact: false,
            };
            return self.leaf(operand, target, start..end);
        }
        let ast = Ast::words(run);
        self.retarget(ast, target)
    }

    /// The words inside a group, each looked for where the tag says.
    fn retarget(&mut self, ast: Ast, target: &Target) -> Ast {
        let Ast { span, kind } = ast;
        let mut all = |members: Vec<Ast>| -> Vec<Ast> {
            members
                .into_iter()
                .map(|member| self.retarget(member, target))
                .collect()
        };
        match kind {
            AstKind::Words(members) => Ast::words(all(members)),
            AstKind::And(members) => Ast::and(all(members)),
            AstKind::Or(members) => Ast::or(all(members)),
            AstKind::Not(inner) => self.retarget(*inner, target).not(span.start),
            AstKind::Required(inner) => self.retarget(*inner, target).required(span.start),
            AstKind::Boost { factor, ast } => self.retarget(*ast, target).boosted(factor, span.end),
            AstKind::Term(term) => self.leaf(Operand::Term(term), target, span),
            AstKind::Phrase(phrase) => self.leaf(Operand::Phrase(phrase), target, span),
            AstKind::Near { .. } => {
                self.warn(
                    span.clone(),
                    "this tag does not go with NEAR: matches nothing",
                );
                Ast::empty(span)
            }
            kind => Ast::new(span, kind),
        }
    }

    fn leaf(&mut self, operand: Operand, target: &Target, span: Range<usize>) -> Ast {
        match leaf::leaf(operand, target, false, &span) {
            Ok(ast) => ast,
            Err(message) => {
                self.say(span.clone(), Severity::Warning, message);
                Ast::empty(span)
            }
        }
    }
}

/// `asthma/therapy` is a heading and a subheading, which has no words in a
/// record.
fn cut_subheading(ast: &mut Ast) {
    let text = match &mut ast.kind {
        AstKind::Term(term) => &mut term.text,
        AstKind::Phrase(phrase) => &mut phrase.text,
        AstKind::Not(inner) | AstKind::Required(inner) => return cut_subheading(inner),
        _ => return,
    };
    if let Some(at) = text.find('/').filter(|at| *at > 0) {
        text.truncate(at);
    }
}
