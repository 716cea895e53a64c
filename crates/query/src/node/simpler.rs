//! Members that are one where there are many.

use super::{Node, Ranges};

/// Fewer exclusions than this are asked one by one, which may read less.
const MANY_EXCLUDED: usize = 16;

/// Of many exclusions one makes: none of all of these.
pub(super) fn exclude_at_once(members: &mut Vec<Node>) {
    let is_not = |node: &&Node| matches!(node, Node::Not(_));
    if members.iter().filter(is_not).count() < MANY_EXCLUDED {
        return;
    }
    let mut excluded = Vec::new();
    let mut kept = Vec::new();
    for member in members.drain(..) {
        match member {
            Node::Not(inner) => excluded.push(*inner),
            member => kept.push(member),
        }
    }
    kept.push(Node::not(Node::any(excluded)));
    *members = kept;
}

/// Ranges of one column, any of which is enough, are one set of ranges.
pub(super) fn join_columns(members: &mut Vec<Node>) {
    by_column(members, Ranges::joined);
}

/// Ranges of one column that must all hold are what they have in common;
/// `false` where that is nothing.
pub(super) fn meet_columns(members: &mut Vec<Node>) -> bool {
    by_column(members, |parts| {
        let mut parts = parts.into_iter();
        let first = parts.next().unwrap_or_else(|| Ranges::joined([]));
        parts.fold(first, |met, part| met.meet(&part))
    });
    let is_empty = |node: &Node| matches!(node, Node::Column { ranges, .. } if ranges.is_empty());
    !members.iter().any(is_empty)
}

/// One member a column, which stands where the first of it stood.
fn by_column(members: &mut Vec<Node>, merge: impl Fn(Vec<Ranges>) -> Ranges) {
    let is_column = |node: &&Node| matches!(node, Node::Column { .. });
    if members.iter().filter(is_column).count() < 2 {
        return;
    }
    let mut columns: Vec<(&'static str, Vec<Ranges>)> = Vec::new();
    for member in &*members {
        if let Node::Column { name, ranges } = member {
            match columns.iter_mut().find(|(known, _)| known == name) {
                Some((_, parts)) => parts.push(ranges.clone()),
                None => columns.push((name, vec![ranges.clone()])),
            }
        }
    }
    members.retain_mut(|member| {
        let Node::Column { name, ranges } = member else {
            return true;
        };
        let Some(place) = columns.iter().position(|(known, _)| known == name) else {
            return false;
        };
        *ranges = merge(columns.swap_remove(place).1);
        true
    });
}
