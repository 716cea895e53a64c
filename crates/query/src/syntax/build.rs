//! Makes nodes so that one meaning has one shape. Nothing else makes the inner
//! nodes of a tree.

use std::ops::Range;

use abs_record::Field;

use super::ast::{Ast, AstKind};

/// The least and the greatest a boost may be.
pub(super) const BOOSTS: Range<f32> = 0.001..1000.0;

impl Ast {
    /// A node.
    pub(super) fn new(span: Range<usize>, kind: AstKind) -> Ast {
        Ast { span, kind }
    }

    /// Matches nothing.
    pub(super) fn empty(span: Range<usize>) -> Ast {
        Ast::new(span, AstKind::Empty)
    }

    /// Whether it matches nothing.
    pub fn is_empty(&self) -> bool {
        self.kind == AstKind::Empty
    }

    /// Words side by side.
    pub(super) fn words(members: Vec<Ast>) -> Ast {
        let mut flat = Vec::with_capacity(members.len());
        for member in members {
            match member.kind {
                AstKind::Words(inner) => flat.extend(inner),
                _ => flat.push(member),
            }
        }
        join(flat, true, AstKind::Words)
    }

    /// All of them.
    pub(super) fn and(members: Vec<Ast>) -> Ast {
        let mut flat = Vec::with_capacity(members.len());
        for member in members {
            let member = unrequired(member);
            match member.kind {
                AstKind::And(inner) => flat.extend(inner),
                _ => flat.push(member),
            }
        }
        join(flat, true, AstKind::And)
    }

    /// Any of them.
    pub(super) fn or(members: Vec<Ast>) -> Ast {
        let mut flat = Vec::with_capacity(members.len());
        let mut last_empty = None;
        for member in members {
            let member = unrequired(member);
            match member.kind {
                AstKind::Or(inner) => flat.extend(inner),
                AstKind::Empty => last_empty = Some(member),
                _ => flat.push(member),
            }
        }
        match last_empty {
            Some(empty) if flat.is_empty() => empty,
            _ => join(flat, false, AstKind::Or),
        }
    }

    /// Everything but; of nothing, nothing: a clause that could not be read
    /// must not turn into all there is.
    pub(super) fn not(self, start: usize) -> Ast {
        let ast = unrequired(self);
        let span = start.min(ast.span.start)..ast.span.end;
        match ast.kind {
            AstKind::Empty => ast,
            AstKind::Not(inner) => *inner,
            _ => Ast::new(span, AstKind::Not(Box::new(ast))),
        }
    }

    /// `+x`.
    pub(super) fn required(self, start: usize) -> Ast {
        let span = start.min(self.span.start)..self.span.end;
        match self.kind {
            AstKind::Empty | AstKind::Not(_) | AstKind::Required(_) => self,
            _ => Ast::new(span, AstKind::Required(Box::new(self))),
        }
    }

    /// Looked for in these fields.
    pub(super) fn scoped(self, fields: &[Field], start: usize) -> Ast {
        let ast = unrequired(self);
        let span = start.min(ast.span.start)..ast.span.end;
        // Authors are leaves of their own.
        if fields.is_empty() || fields == [Field::Author] {
            return ast;
        }
        match ast.kind {
            AstKind::Not(inner) => inner.scoped(fields, start).not(start),
            AstKind::Scoped { .. }
            | AstKind::Empty
            | AstKind::Author(_)
            | AstKind::Value(_)
            | AstKind::Dates { .. }
            | AstKind::Since { .. }
            | AstKind::AuthorCount { .. }
            | AstKind::Has(_) => ast,
            _ => Ast::new(
                span,
                AstKind::Scoped {
                    fields: fields.to_vec(),
                    ast: Box::new(ast),
                },
            ),
        }
    }

    /// Its score times a factor.
    pub(super) fn boosted(self, factor: f32, end: usize) -> Ast {
        let ast = unrequired(self);
        let span = ast.span.start..end.max(ast.span.end);
        let (factor, ast) = match ast.kind {
            AstKind::Boost { factor: own, ast } => (factor * own, ast),
            AstKind::Empty | AstKind::Not(_) => return ast,
            _ => (factor, Box::new(ast)),
        };
        let factor = factor.clamp(BOOSTS.start, BOOSTS.end);
        if factor == 1.0 {
            return *ast;
        }
        Ast::new(span, AstKind::Boost { factor, ast })
    }
}

/// One node of several; of one, that one; of none, nothing.
fn join(mut members: Vec<Ast>, all: bool, kind: fn(Vec<Ast>) -> AstKind) -> Ast {
    let span = match (members.first(), members.last()) {
        (Some(first), Some(last)) => {
            first.span.start.min(last.span.start)..last.span.end.max(first.span.end)
        }
        _ => return Ast::empty(0..0),
    };
    if all && members.iter().any(Ast::is_empty) {
        return Ast::empty(span);
    }
    if members.len() > 1 {
        return Ast::new(span, kind(members));
    }
    members.pop().map_or(Ast::empty(span), unrequired)
}

/// What may not be relaxed away matters only among words.
pub(super) fn unrequired(ast: Ast) -> Ast {
    match ast.kind {
        AstKind::Required(inner) => *inner,
        _ => ast,
    }
}
