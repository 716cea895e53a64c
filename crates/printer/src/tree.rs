//! A query's tree as labels and spans: one shape for text and for JSON.

use std::ops::{Bound, Range};

use abs_query::syntax::{Ast, AstKind, Modifier, Phrase, Term};

/// A node of a query: what it is, what it says, where it stands.
pub(crate) struct Node<'a> {
    /// The kind, one word: `words`, `term`, `dates`.
    pub(crate) kind: &'static str,
    /// What the node itself says, empty for one that only holds others.
    pub(crate) text: String,
    /// The bytes of the query it was read from.
    pub(crate) span: Range<usize>,
    /// Its members.
    pub(crate) members: Vec<&'a Ast>,
}

impl Node<'_> {
    pub(crate) fn of(ast: &Ast) -> Node<'_> {
        let (kind, text, members) = match &ast.kind {
            AstKind::Empty => ("empty", String::new(), Vec::new()),
            AstKind::Words(members) => ("words", String::new(), members.iter().collect()),
            AstKind::And(members) => ("and", String::new(), members.iter().collect()),
            AstKind::Or(members) => ("or", String::new(), members.iter().collect()),
            AstKind::Not(member) => ("not", String::new(), vec![&**member]),
            AstKind::Required(member) => ("required", String::new(), vec![&**member]),
            AstKind::Scoped { fields, ast } => {
                let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
                ("scoped", names.join(","), vec![&**ast])
            }
            AstKind::Boost { factor, ast } => ("boost", factor.to_string(), vec![&**ast]),
            AstKind::Near {
                distance,
                left,
                right,
            } => (
                "near",
                format!("within {distance}"),
                vec![&**left, &**right],
            ),
            leaf => {
                let (kind, text) = leaf_text(leaf);
                (kind, text, Vec::new())
            }
        };
        Node {
            kind,
            text,
            span: ast.span.clone(),
            members,
        }
    }
}

fn leaf_text(kind: &AstKind) -> (&'static str, String) {
    match kind {
        AstKind::Term(term) => (term_kind(term), term.text.clone()),
        AstKind::Phrase(phrase) => ("phrase", phrase_text(phrase)),
        AstKind::Author(author) => {
            let mut text = author.text.clone();
            for (holds, note) in [
                (author.prefix, "prefix"),
                (author.literal, "this spelling"),
                (author.first, "first author"),
            ] {
                if holds {
                    text.push_str(", ");
                    text.push_str(note);
                }
            }
            ("author", text)
        }
        AstKind::Value(value) => {
            let star = if value.prefix { "*" } else { "" };
            (
                "value",
                format!("{}:{}{star}", value.field.name(), value.text),
            )
        }
        AstKind::Dates { low, high } => ("dates", bounds(low, high)),
        AstKind::Since { days } => ("since", format!("{days} days")),
        AstKind::AuthorCount { low, high } => ("author-count", bounds(low, high)),
        AstKind::Has(field) => ("has", field.name().to_owned()),
        _ => ("other", String::new()),
    }
}

fn term_kind(term: &Term) -> &'static str {
    match term.modifier {
        Modifier::Plain => "term",
        Modifier::Exact => "exact",
        Modifier::Prefix => "prefix",
        Modifier::Wildcard => "wildcard",
        Modifier::Fuzzy(1) => "fuzzy-1",
        Modifier::Fuzzy(_) => "fuzzy-2",
    }
}

fn phrase_text(phrase: &Phrase) -> String {
    let mut text = phrase.text.clone();
    if phrase.prefix_last {
        text.push('*');
    }
    if phrase.slop > 0 {
        text.push_str(&format!(", slop {}", phrase.slop));
    }
    if phrase.exact {
        text.push_str(", this case");
    }
    text
}

fn bounds<T: std::fmt::Display>(low: &Bound<T>, high: &Bound<T>) -> String {
    let low = match low {
        Bound::Included(low) => format!("from {low}"),
        Bound::Excluded(low) => format!("after {low}"),
        Bound::Unbounded => String::new(),
    };
    let high = match high {
        Bound::Included(high) => format!("to {high}"),
        Bound::Excluded(high) => format!("before {high}"),
        Bound::Unbounded => String::new(),
    };
    format!("{low} {high}").trim().to_owned()
}
