//! Puts tokens together. The open parentheses are a stack of our own, so no
//! query can overflow the machine's.

use std::ops::Range;

use super::ast::{Ast, AstKind, Term};
use super::build::unrequired;
use super::chars::says_something;
use super::diagnostic::{Diagnostic, Severity};
use super::dialect;
use super::frame::{Frame, Pending};
use super::leaf::{self, Operand};
use super::lexer::{Lexer, Suffixes};
use super::name::Target;
use super::near::near;
use super::token::{Operator, Token};
use super::word::{MAX_WORD_CHARS, Word};
use super::{Limits, MAX_DEPTH, Parsed};

/// Remarks on one query, at most.
const MAX_DIAGNOSTICS: usize = 50;

/// Reads a query.
pub(super) fn parse(text: &str, limits: Limits) -> Parsed {
    let mut parser = Parser::new(text, limits);
    if text.len() > limits.max_bytes {
        let message = format!(
            "a query of {} bytes is over the limit of {}: matches nothing",
            text.len(),
            limits.max_bytes
        );
        parser.say(0..text.len(), Severity::Warning, message);
        return parser.give_up();
    }
    if !parser.run() {
        let message = format!(
            "more than {} words and clauses: matches nothing",
            limits.max_clauses
        );
        parser.say(0..text.len(), Severity::Warning, message);
        return parser.give_up();
    }
    parser.finish()
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) lexer: Lexer<'a>,
    /// The parentheses that are open. They start with `top`'s outermost.
    outer: Vec<Frame>,
    pub(super) top: Frame,
    n_clauses: usize,
    max_clauses: usize,
    n_copied: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, limits: Limits) -> Parser<'a> {
        Parser {
            text,
            lexer: Lexer::new(text),
            outer: Vec::new(),
            top: Frame::new(0, Pending::default(), Target::ANY, false),
            n_clauses: 0,
            max_clauses: limits.max_clauses,
            n_copied: 0,
            diagnostics: Vec::new(),
        }
    }

    /// Reads all tokens; false when there are too many.
    fn run(&mut self) -> bool {
        loop {
            let target = self.top.pending.target.as_ref();
            let (token, span) = self.lexer.next(target.unwrap_or(&self.top.target));
            match token {
                Token::End => return true,
                Token::Open => self.open(span),
                Token::Close => self.close(span),
                Token::Operator(operator) => self.operator(operator, span),
                Token::Minus => self.negate(span),
                Token::Sign => self.info(span, "before a number `-` is a sign; NOT excludes it"),
                Token::Plus => self.prefix(span).is_required = true,
                Token::Equals => self.prefix(span).is_exact = true,
                Token::Caret => self.prefix(span).is_first = true,
                Token::Name(target) => self.prefix(span).target = Some(target),
                Token::Exists(target) => self.exists(&target, span),
                Token::UnknownName(name) => {
                    let message = format!("no field {name}: searched as a word");
                    self.say(span.clone(), Severity::Info, message);
                    self.word(name, span.start..span.start + name.len());
                }
                Token::Phrase { inner, is_closed } => self.phrase(inner, is_closed, span),
                Token::StrayQuote { is_inch: false } => {
                    self.warn(span, "this quote closes nothing: left out");
                }
                Token::StrayQuote { is_inch: true } => {}
                Token::Word(word) => self.word(word, span),
                Token::Raw(text) => {
                    self.n_clauses += 1;
                    let raw = Operand::Raw {
                        text: text.to_string(),
                        is_exact: false,
                    };
                    self.operand(raw, span, None, false);
                }
                Token::Tag(tag) => self.tag(tag, span),
            }
            if self.n_clauses > self.max_clauses {
                return false;
            }
        }
    }

    fn finish(mut self) -> Parsed {
        let end = self.text.len();
        if !self.outer.is_empty() {
            let span = self.top.start..self.top.start + 1;
            self.warn(span, "this parenthesis is not closed");
        }
        while let Some(outer) = self.outer.pop() {
            let frame = std::mem::replace(&mut self.top, outer);
            self.leave(frame, end, &Suffixes::default());
        }
        let root = Frame::new(0, Pending::default(), Target::ANY, false);
        let root = std::mem::replace(&mut self.top, root);
        let mut ast = self
            .finish_frame(root)
            .unwrap_or_else(|| Ast::empty(0..end));
        if let Some((field, id)) = dialect::whole_id(self.text)
            && let Some((text, prefix)) = leaf::value(id, false)
        {
            let value = super::Value {
                field,
                text,
                prefix,
            };
            ast = Ast::or(vec![Ast::new(0..end, AstKind::Value(value)), ast]);
        }
        self.done(ast)
    }

    fn give_up(self) -> Parsed {
        let ast = Ast::empty(0..self.text.len());
        self.done(ast)
    }

    fn done(self, ast: Ast) -> Parsed {
        let mut diagnostics = self.diagnostics;
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        Parsed { ast, diagnostics }
    }

    fn open(&mut self, span: Range<usize>) {
        if self.outer.len() >= MAX_DEPTH {
            if !self.top.is_flattened {
                let message = format!("nested more than {MAX_DEPTH} deep");
                self.say(span, Severity::Warning, message);
            }
            let pending = &self.top.pending;
            if pending.start.is_some() || !pending.is_bare() {
                self.top.note_operator();
            }
            self.top.end_run();
            self.top.is_flattened = true;
            self.top.n_ignored += 1;
            return;
        }
        let outer = std::mem::take(&mut self.top.pending);
        let target = outer.target.clone();
        let target = target.unwrap_or_else(|| self.top.target.clone());
        let is_exact = outer.is_exact || self.top.is_exact;
        let frame = Frame::new(span.start, outer, target, is_exact);
        self.outer.push(std::mem::replace(&mut self.top, frame));
    }

    fn close(&mut self, span: Range<usize>) {
        let suffixes = self.lexer.suffixes();
        if self.top.n_ignored > 0 {
            self.top.n_ignored -= 1;
            self.top.end_run();
            return;
        }
        let Some(outer) = self.outer.pop() else {
            self.warn(span, "this parenthesis closes nothing: left out");
            return;
        };
        let frame = std::mem::replace(&mut self.top, outer);
        if suffixes.slop.is_some() {
            let span = span.end..self.lexer.pos();
            self.warn(span, "`~` belongs behind a word or a phrase: left out");
        }
        self.leave(frame, self.lexer.pos(), &suffixes);
    }

    /// Hands what was in parentheses to what they stand in.
    fn leave(&mut self, mut frame: Frame, end: usize, suffixes: &Suffixes) {
        let span = frame.start..end;
        let outer = std::mem::take(&mut frame.outer);
        match self.finish_frame(frame) {
            Some(ast) => self.add(ast, outer, suffixes.boost.map(|by| (by, end)), false),
            None => self.warn(span, "nothing in these parentheses: left out"),
        }
    }

    fn finish_frame(&mut self, mut frame: Frame) -> Option<Ast> {
        let pending = std::mem::take(&mut frame.pending);
        self.dangling(&pending);
        let finished = frame.finish();
        if let Some(span) = finished.dangling {
            self.warn(span, "nothing behind this operator: left out");
        }
        if let Some(span) = finished.mixed {
            let message = "AND and words side by side bind tighter than OR: \
                           use parentheses to say which is meant";
            self.warn(span, message);
        }
        let ast = finished.ast?;
        if finished.is_lost {
            let message = "operators in parentheses nested too deep: matches nothing";
            self.warn(ast.span.clone(), message);
            return Some(Ast::empty(ast.span));
        }
        Some(ast)
    }

    fn operator(&mut self, operator: Operator, span: Range<usize>) {
        let pending = std::mem::take(&mut self.top.pending);
        let is_fine = match operator {
            Operator::Not => {
                self.top.pending = pending;
                self.negate(span);
                return;
            }
            Operator::And => self.top.and(span.clone()),
            Operator::Or => self.top.or(span.clone()),
            Operator::AndNot => {
                let is_fine = self.top.and(span.clone());
                self.negate(span.clone());
                is_fine
            }
            Operator::Near(distance) => {
                let has_left = !self.top.is_joined();
                self.top.note_operator();
                self.top.end_run();
                if has_left {
                    let near = self.prefix(span.clone());
                    near.near = Some(distance);
                    near.start = None;
                }
                has_left
            }
        };
        self.dangling(&pending);
        if !is_fine {
            self.warn(span, "nothing before this operator: left out");
        }
    }

    fn negate(&mut self, span: Range<usize>) {
        self.top.note_operator();
        self.top.end_run();
        let pending = self.prefix(span);
        pending.is_not = !pending.is_not;
    }

    fn prefix(&mut self, span: Range<usize>) -> &mut Pending {
        self.top.pending.start.get_or_insert(span.start);
        &mut self.top.pending
    }

    /// Says that something that belongs before an operand stands alone.
    fn dangling(&mut self, pending: &Pending) {
        if let Some(start) = pending.start {
            let end = self.text[start..]
                .find(super::chars::is_blank)
                .map_or(self.text.len(), |len| start + len);
            self.warn(start..end, "nothing behind this: left out");
        } else if pending.near.is_some() {
            let end = self.lexer.pos();
            self.warn(end..end, "nothing behind NEAR: left out");
        }
    }

    fn exists(&mut self, target: &Target, span: Range<usize>) {
        self.n_clauses += 1;
        let pending = std::mem::take(&mut self.top.pending);
        let fields = target.known_fields();
        if fields.is_empty() {
            return self.warn(span, "no field to look at: left out");
        }
        let has = |field| Ast::new(span.clone(), AstKind::Has(field));
        let ast = Ast::or(fields.into_iter().map(has).collect());
        self.add(ast, pending, None, false);
    }

    fn phrase(&mut self, inner: &str, is_closed: bool, span: Range<usize>) {
        self.n_clauses += inner.split_whitespace().count().max(1);
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
        let target = self.top.pending.target.as_ref();
        let target = target.unwrap_or(&self.top.target);
        if target.is_raw() || matches!(target, Target::Author { .. }) {
            let text = inner.to_string();
            let raw = Operand::Raw { text, is_exact };
            return self.operand(raw, span, boost, false);
        }
        match leaf::phrase(inner, suffixes.slop.unwrap_or(0), is_exact) {
            Some(phrase) => self.operand(Operand::Phrase(phrase), span, boost, false),
            None => self.nothing(span, "nothing between these quotes: left out"),
        }
    }

    fn word(&mut self, raw: &str, span: Range<usize>) {
        self.n_clauses += 1;
        let is_exact = self.top.pending.is_exact || self.top.is_exact;
        let Some(word) = Word::read(raw, is_exact) else {
            // A dash or an ampersand between words needs no remark.
            return self.nothing(span, "nothing to search for here: left out");
        };
        for remark in word.remarks {
            self.warn(span.clone(), remark);
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
            return;
        }
        let is_run = self.top.pending.is_bare() && boost.is_none();
        let span = span.start..self.lexer.pos().max(span.end);
        self.operand(Operand::Term(term), span, boost, is_run);
        if raw.ends_with(';') && matches!(self.top.target, Target::Author { .. }) {
            self.top.end_run();
        }
    }

    /// `author:Lu, Lewei` and `author:Smith J. A.`, not quoted.
    fn rest_of_name(&mut self, term: &mut Term, raw: &str, span: &Range<usize>) {
        let first = raw.len();
        let mut after_comma = raw.ends_with(',');
        let mut n_more = 0;
        while n_more < 4
            && let Some(more) = self.lexer.more_of_name(after_comma)
        {
            if after_comma {
                term.text.push(',');
            }
            term.text.push(' ');
            term.text.push_str(more.trim_end_matches([',', ';']));
            after_comma = false;
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
            term.modifier == super::Modifier::Prefix,
        );
        match more {
            Some(more) if !author.prefix => {
                author.text.push(' ');
                author.text.push_str(&more.text);
                author.prefix = more.prefix;
                last.span.end = end;
                true
            }
            _ => false,
        }
    }

    /// One operand, with what stands before it.
    fn operand(
        &mut self,
        operand: Operand,
        span: Range<usize>,
        boost: Option<(f32, usize)>,
        is_run: bool,
    ) {
        let pending = std::mem::take(&mut self.top.pending);
        let target = pending.target.as_ref().unwrap_or(&self.top.target);
        let ast = match leaf::leaf(operand, target, pending.is_first, &span) {
            Ok(ast) => ast,
            Err(message) => {
                self.say(span.clone(), Severity::Warning, message);
                Ast::empty(span)
            }
        };
        self.add(ast, pending, boost, is_run);
    }

    /// An operand that came to nothing takes along what stood before it.
    fn nothing(&mut self, span: Range<usize>, message: &str) {
        let pending = std::mem::take(&mut self.top.pending);
        let start = pending.start.unwrap_or(span.start);
        if pending.start.is_some() || self.text[span.clone()].starts_with(super::chars::is_quote) {
            self.warn(start..span.end, message);
        }
    }

    /// A member of the open parentheses.
    fn add(&mut self, ast: Ast, pending: Pending, boost: Option<(f32, usize)>, is_run: bool) {
        let mut ast = ast;
        let start = pending.start.unwrap_or(ast.span.start);
        if let Some(Target::Fields { text, .. }) = &pending.target {
            ast = ast.scoped(text, start);
        }
        if let Some((factor, end)) = boost {
            ast = ast.boosted(factor, end);
        }
        if let Some(distance) = pending.near
            && let Some(left) = self.top.take_left_of_near()
        {
            ast = self.near(left, ast, distance, pending.is_not);
        } else if pending.is_not {
            ast = ast.not(start);
        } else if pending.is_required {
            ast = ast.required(start);
        }
        self.top.push(ast, is_run);
    }

    fn near(&mut self, left: Ast, right: Ast, distance: u32, is_not: bool) -> Ast {
        let span = left.span.start..right.span.end.max(left.span.start);
        let (is_left_not, is_required, left) = match left.kind {
            AstKind::Not(inner) => (true, false, *inner),
            AstKind::Required(inner) => (false, true, *inner),
            _ => (false, false, left),
        };
        let ast = Some(right)
            .filter(|_| !is_not)
            .and_then(|right| near(left, right, distance, &mut self.n_copied));
        let Some(ast) = ast else {
            let message = "NEAR joins words, phrases and groups of these: matches nothing";
            self.warn(span.clone(), message);
            return Ast::empty(span);
        };
        match (is_left_not, is_required) {
            (true, _) => ast.not(span.start),
            (_, true) => ast.required(span.start),
            _ => unrequired(ast),
        }
    }

    fn bad_boost(&mut self, span: Range<usize>) {
        self.warn(span, "a boost must be between 0.001 and 1000: left out");
    }

    pub(super) fn info(&mut self, span: Range<usize>, message: &str) {
        self.say(span, Severity::Info, message.to_string());
    }

    pub(super) fn warn(&mut self, span: Range<usize>, message: &str) {
        self.say(span, Severity::Warning, message.to_string());
    }

    pub(super) fn say(&mut self, span: Range<usize>, severity: Severity, message: String) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(Diagnostic {
                span,
                severity,
                message,
            });
        }
    }
}
