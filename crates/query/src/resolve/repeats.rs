//! What a query says again and again.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::syntax::ast::{Ast, AstKind};

/// Fewer members than this may repeat one another as often as they like.
const MANY: usize = 64;
/// Of equal ones among many, so many are kept: what is said again weighs more,
/// but a pasted text that says it a thousand times must not open a thousand
/// lists.
const MAX_EQUAL: usize = 8;

/// The query without the further repeats of what stands among many.
pub(super) fn fewer(ast: &Ast) -> Cow<'_, Ast> {
    if has_many(ast) {
        Cow::Owned(thinned(ast.clone()))
    } else {
        Cow::Borrowed(ast)
    }
}

fn has_many(ast: &Ast) -> bool {
    match &ast.kind {
        AstKind::Words(members) | AstKind::And(members) | AstKind::Or(members) => {
            members.len() >= MANY || members.iter().any(has_many)
        }
        AstKind::Not(inner) | AstKind::Required(inner) => has_many(inner),
        AstKind::Scoped { ast, .. } | AstKind::Boost { ast, .. } => has_many(ast),
        AstKind::Near { left, right, .. } => has_many(left) || has_many(right),
        _ => false,
    }
}

fn thinned(mut ast: Ast) -> Ast {
    let boxed = |inner: Box<Ast>| Box::new(thinned(*inner));
    ast.kind = match ast.kind {
        AstKind::Words(members) => AstKind::Words(few_of_each(members)),
        AstKind::And(members) => AstKind::And(few_of_each(members)),
        AstKind::Or(members) => AstKind::Or(few_of_each(members)),
        AstKind::Not(inner) => AstKind::Not(boxed(inner)),
        AstKind::Required(inner) => AstKind::Required(boxed(inner)),
        AstKind::Scoped { fields, ast } => AstKind::Scoped {
            fields,
            ast: boxed(ast),
        },
        AstKind::Boost { factor, ast } => AstKind::Boost {
            factor,
            ast: boxed(ast),
        },
        AstKind::Near {
            distance,
            left,
            right,
        } => AstKind::Near {
            distance,
            left: boxed(left),
            right: boxed(right),
        },
        kind => kind,
    };
    ast
}

fn few_of_each(members: Vec<Ast>) -> Vec<Ast> {
    let mut members: Vec<Ast> = members.into_iter().map(thinned).collect();
    if members.len() >= MANY {
        let mut times: FxHashMap<String, usize> = FxHashMap::default();
        members.retain(|member| {
            // Trees that mean the same print alike.
            let n = times.entry(member.to_string()).or_default();
            *n += 1;
            *n <= MAX_EQUAL
        });
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    #[test]
    fn of_equal_members_among_many_eight_are_kept() {
        let count = |query: &str| {
            let parsed = parse(query);
            let (AstKind::Words(members) | AstKind::And(members) | AstKind::Or(members)) =
                fewer(&parsed.ast).into_owned().kind
            else {
                panic!("{query}")
            };
            members.len()
        };
        assert_eq!(count(&"quark ".repeat(63)), 63);
        assert_eq!(count(&"quark ".repeat(64)), 8);
        assert_eq!(count(&"-quark +gluon \"a b\" ".repeat(100)), 24);
        assert_eq!(
            count(&"year:2001 OR ti:quark OR quark* OR ".repeat(100)),
            24
        );
        // What differs is kept, in its order.
        let words: Vec<String> = (0..100).map(|n| format!("w{n}")).collect();
        assert_eq!(count(&words.join(" AND ")), 100);
        // Also further in.
        let inner = format!("gluon ({})", "quark OR ".repeat(100));
        let parsed = parse(&inner);
        assert!(fewer(&parsed.ast).to_string().len() < 100);
    }
}
