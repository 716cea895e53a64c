//! Puts tokens together. The open parentheses are a stack of our own, so no
//! query can overflow the machine's.

mod members;
mod operands;
mod tags;

use std::ops::Range;

use super::ast::{Ast, AstKind};
use super::diagnostic::{Diagnostic, Severity};
use super::dialect::ids;
use super::frame::{Frame, Pending};
use super::leaf::{self, Operand};
use super::lexer::{Lexer, Suffixes};
use super::name::Target;
use super::near::Nearness;
use super::token::{Operator, Token};
use super::{Limits, MAX_DEPTH, Parsed};

/// Remarks on one query, at most.
const MAX_DIAGNOSTICS: usize = 50;
/// What a word of a phrase counts towards the operands of a query: places are
/// read for it, where for another word documents are.
const CLAUSES_A_PHRASE_WORD: usize = 6;

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

/// The state of reading.
struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    /// The parentheses that are open. They start with `top`'s outermost.
    outer: Vec<Frame>,
    top: Frame,
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
                Token::Caret => self.caret(span),
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
                Token::Limit => self.limit(span),
            }
            if self.n_clauses > self.max_clauses {
                return false;
            }
        }
    }

    fn finish(mut self) -> Parsed {
        let end = self.text.len();
        if self.lexer.is_prose() {
            let message = "a text in capitals: AND, OR and NOT in it are words; \
                           parentheses around it make them operators";
            self.info(0..end, message);
        }
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
        if let Some((field, id)) = ids::whole_id(self.text)
            && let Some((text, prefix)) = leaf::value(field, &id, false)
        {
            // An address, a citation: no words of a text.
            let is_address = ids::without_tail(self.text.trim()) != id;
            let value = super::Value {
                field,
                text,
                prefix,
            };
            let value = Ast::new(0..end, AstKind::Value(value));
            ast = if is_address {
                // What was said is about the words it is not read as.
                self.diagnostics.clear();
                value
            } else {
                Ast::or(vec![value, ast])
            };
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
        if operator == Operator::Adjacent && !self.has_left() {
            // `Next generation` in capitals, or a word behind its field.
            return self.word(&self.text[span.clone()], span);
        }
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
            Operator::Near(distance) => self.near_operator(Nearness::Within(distance), &span),
            Operator::Adjacent => self.near_operator(Nearness::Adjacent, &span),
        };
        self.dangling(&pending);
        if !is_fine {
            self.warn(span, "nothing before this operator: left out");
        }
    }

    /// Whether an operator here has an operand before it, and nothing between.
    fn has_left(&self) -> bool {
        let pending = &self.top.pending;
        !self.top.is_joined() && pending.start.is_none() && pending.near.is_none()
    }

    fn near_operator(&mut self, nearness: Nearness, span: &Range<usize>) -> bool {
        let has_left = !self.top.is_joined();
        self.top.note_operator();
        self.top.end_run();
        if has_left {
            self.top.pending.near = Some((nearness, span.clone()));
        }
        has_left
    }

    fn negate(&mut self, span: Range<usize>) {
        self.top.note_operator();
        self.top.end_run();
        let pending = self.prefix(span);
        pending.is_not = !pending.is_not;
    }

    /// `^"Lu, Lewei"`: a first author, whether or not a field says so.
    fn caret(&mut self, span: Range<usize>) {
        self.prefix(span).is_first = true;
        let target = self.top.pending.target.as_ref();
        let target = target.unwrap_or(&self.top.target);
        if !matches!(target, Target::Author { .. }) {
            self.top.pending.target = Some(Target::Author { first: true });
        }
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
        } else if let Some((_, span)) = &pending.near {
            self.warn(span.clone(), "nothing behind this operator: left out");
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

    fn info(&mut self, span: Range<usize>, message: &str) {
        self.say(span, Severity::Info, message.to_string());
    }

    fn warn(&mut self, span: Range<usize>, message: &str) {
        self.say(span, Severity::Warning, message.to_string());
    }

    fn say(&mut self, span: Range<usize>, severity: Severity, message: String) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(Diagnostic {
                span,
                severity,
                message,
            });
        }
    }
}
