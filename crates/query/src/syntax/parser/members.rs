//! Puts an operand, with what stands before it, among the members of the open
//! parentheses.

use std::ops::Range;

use super::super::ast::{Ast, AstKind};
use super::super::build::unrequired;
use super::super::chars::is_quote;
use super::super::diagnostic::Severity;
use super::super::frame::Pending;
use super::super::leaf::{self, Operand};
use super::super::name::Target;
use super::super::near::{Nearness, near};
use super::Parser;

impl Parser<'_> {
    /// One operand, with what stands before it.
    pub(super) fn operand(
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
    pub(super) fn nothing(&mut self, span: Range<usize>, message: &str) {
        let pending = std::mem::take(&mut self.top.pending);
        let start = pending.start.unwrap_or(span.start);
        if pending.start.is_some() || self.text[span.clone()].starts_with(is_quote) {
            self.warn(start..span.end, message);
        }
    }

    /// A member of the open parentheses.
    pub(super) fn add(
        &mut self,
        ast: Ast,
        pending: Pending,
        boost: Option<(f32, usize)>,
        is_run: bool,
    ) {
        let mut ast = ast;
        let start = pending.start.unwrap_or(ast.span.start);
        if let Some(Target::Fields { text, .. }) = &pending.target {
            ast = ast.scoped(text, start);
        }
        if let Some((factor, end)) = boost {
            ast = ast.boosted(factor, end);
        }
        if let Some((nearness, _)) = pending.near
            && let Some(left) = self.top.take_left_of_near()
        {
            ast = self.near(left, ast, nearness, pending.is_not);
        } else if pending.is_not {
            ast = ast.not(start);
        } else if pending.is_required {
            ast = ast.required(start);
        }
        self.top.push(ast, is_run);
    }

    fn near(&mut self, left: Ast, right: Ast, nearness: Nearness, is_not: bool) -> Ast {
        let span = left.span.start..right.span.end.max(left.span.start);
        let (is_left_not, is_required, left) = match left.kind {
            AstKind::Not(inner) => (true, false, *inner),
            AstKind::Required(inner) => (false, true, *inner),
            _ => (false, false, left),
        };
        if nearness == Nearness::Adjacent {
            self.n_clauses += 2 * super::CLAUSES_A_PHRASE_WORD;
        }
        let ast = Some(right)
            .filter(|_| !is_not)
            .and_then(|right| near(left, right, nearness, &mut self.n_copied));
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
}
