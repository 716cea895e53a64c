//! `a NEAR/3 b`: brings both sides to terms, phrases and `Or`s of these.

use abs_record::Field;

use super::ast::{Ast, AstKind, Modifier, Phrase};
use super::build::unrequired;

/// Members of a side that are each to be near the other side, at most.
const MAX_SIDE: usize = 8;

/// Nears in a row, at most.
const MAX_CHAIN: usize = 64;

/// How near two operands are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearness {
    /// At most so many words between, in either order.
    Within(u32),
    /// Next to each other, in this order where a phrase can say so.
    Adjacent,
}

/// Both sides near each other; `None` if a side is nothing that has a place.
/// Several words on one side must each be near; in `a NEAR/3 b NEAR/3 c` the
/// middle counts twice. `copied` grows by the leaves copied for that.
pub(super) fn near(left: Ast, right: Ast, nearness: Nearness, copied: &mut usize) -> Option<Ast> {
    let span = left.span.start..right.span.end.max(left.span.start);
    if left.is_empty() || right.is_empty() {
        return Some(Ast::empty(span));
    }
    let (left, right) = (peel(left), peel(right));
    let fields = match (left.fields.is_empty(), right.fields.is_empty()) {
        (true, _) => right.fields,
        (_, true) => left.fields,
        _ if left.fields == right.fields => left.fields,
        _ => return None,
    };
    let boost = left.boost * right.boost;
    let (distance, left, right) = match nearness {
        Nearness::Within(distance) => (distance, left.ast, right.ast),
        Nearness::Adjacent => match joined(left.ast, right.ast) {
            Ok(phrase) => return Some(phrase.scoped(&fields, span.start).boosted(boost, span.end)),
            Err((left, right)) => (0, left, right),
        },
    };
    let (mut members, lefts) = side(left, false)?;
    let (behind, rights) = side(right, true)?;
    let leaves = |asts: &[Ast]| asts.iter().map(n_leaves).sum::<usize>();
    *copied += leaves(&lefts) * rights.len() + leaves(&rights) * lefts.len();
    if *copied > 1 << 20 {
        return None;
    }
    for left in &lefts {
        for right in &rights {
            let span = left.span.start..right.span.end.max(left.span.start);
            members.push(Ast::new(
                span,
                AstKind::Near {
                    distance,
                    left: Box::new(left.clone()),
                    right: Box::new(right.clone()),
                },
            ));
        }
    }
    members.extend(behind);
    let ast = Ast::and(members).scoped(&fields, span.start);
    Some(ast.boosted(boost, span.end))
}

/// The phrase of both sides when each is plain words; else the sides as they
/// were. The left one grows, so that a long chain takes linear time.
fn joined(left: Ast, right: Ast) -> Result<Ast, (Ast, Ast)> {
    let (more, prefix_last) = match &right.kind {
        AstKind::Term(term) if term.modifier == Modifier::Plain => (&term.text, false),
        AstKind::Term(term) if term.modifier == Modifier::Prefix => (&term.text, true),
        AstKind::Phrase(phrase) if phrase.slop == 0 && !phrase.exact => {
            (&phrase.text, phrase.prefix_last)
        }
        _ => return Err((left, right)),
    };
    let text = match left.kind {
        AstKind::Term(term) if term.modifier == Modifier::Plain => term.text,
        AstKind::Phrase(phrase) if phrase.slop == 0 && !phrase.exact && !phrase.prefix_last => {
            phrase.text
        }
        _ => return Err((left, right)),
    };
    let phrase = Phrase {
        text: text + " " + more,
        slop: 0,
        prefix_last,
        exact: false,
    };
    let span = left.span.start..right.span.end.max(left.span.start);
    Ok(Ast::new(span, AstKind::Phrase(phrase)))
}

struct Peeled {
    fields: Vec<Field>,
    boost: f32,
    ast: Ast,
}

/// Field and boost are the whole's, not one side's.
fn peel(ast: Ast) -> Peeled {
    let mut peeled = Peeled {
        fields: Vec::new(),
        boost: 1.0,
        ast: unrequired(ast),
    };
    loop {
        peeled.ast = match peeled.ast.kind {
            AstKind::Scoped { fields, ast } => {
                peeled.fields = fields;
                *ast
            }
            AstKind::Boost { factor, ast } => {
                peeled.boost *= factor;
                *ast
            }
            _ => return peeled,
        };
    }
}

/// The nears a side already holds, and what of it is to be near the other side.
fn side(ast: Ast, is_right: bool) -> Option<(Vec<Ast>, Vec<Ast>)> {
    if is_simple(&ast) {
        return Some((Vec::new(), vec![ast]));
    }
    if let Some(end) = end(&ast, is_right) {
        return Some((vec![ast], vec![end]));
    }
    match ast.kind {
        AstKind::And(members) if members.len() <= MAX_CHAIN && members.iter().all(is_near) => {
            let last = if is_right {
                members.first()
            } else {
                members.last()
            };
            let end = last.and_then(|ast| end(ast, is_right))?;
            Some((members, vec![end]))
        }
        AstKind::And(members) | AstKind::Words(members) if members.len() <= MAX_SIDE => {
            let members: Vec<Ast> = members.into_iter().map(unrequired).collect();
            members
                .iter()
                .all(is_simple)
                .then_some((Vec::new(), members))
        }
        _ => None,
    }
}

/// The side of a near that is next to the other operand.
fn end(ast: &Ast, is_right: bool) -> Option<Ast> {
    match &ast.kind {
        AstKind::Near { left, right, .. } => Some(Ast::clone(if is_right { left } else { right })),
        _ => None,
    }
}

fn is_near(ast: &Ast) -> bool {
    matches!(ast.kind, AstKind::Near { .. })
}

/// Whether a node is a term, a phrase, or any of some.
pub(super) fn is_simple(ast: &Ast) -> bool {
    let is_leaf = |ast: &Ast| matches!(ast.kind, AstKind::Term(_) | AstKind::Phrase(_));
    match &ast.kind {
        AstKind::Or(members) => members.iter().all(is_leaf),
        _ => is_leaf(ast),
    }
}

fn n_leaves(ast: &Ast) -> usize {
    match &ast.kind {
        AstKind::Or(members) => members.len(),
        _ => 1,
    }
}
