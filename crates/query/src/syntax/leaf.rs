//! From the text of one operand to a node, as its target asks for.

use std::ops::Range;

use abs_record::Field;

use super::ast::{Ast, AstKind, Author, Modifier, Phrase, Term, Value};
use super::chars::{
    collapse, drops_at_end, has_two_word_chars, says_something, without_lone_brackets,
};
use super::dialect::ids;
use super::name::Target;
use super::range;

/// What an operand is before its target is known.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    Term(Term),
    Phrase(Phrase),
    /// As it stands, for values and dates.
    Raw {
        text: String,
        is_exact: bool,
    },
}

impl Operand {
    fn text(&self) -> &str {
        match self {
            Operand::Term(term) => &term.text,
            Operand::Phrase(phrase) => &phrase.text,
            Operand::Raw { text, .. } => text,
        }
    }

    fn has_star(&self) -> bool {
        match self {
            Operand::Term(term) => term.modifier == Modifier::Prefix,
            Operand::Phrase(phrase) => phrase.prefix_last,
            Operand::Raw { .. } => false,
        }
    }

    fn is_exact(&self) -> bool {
        match self {
            Operand::Term(term) => term.modifier == Modifier::Exact,
            Operand::Phrase(phrase) => phrase.exact,
            Operand::Raw { is_exact, .. } => *is_exact,
        }
    }
}

/// The node for an operand; `Err` says why there is none. Text fields are left
/// to the caller, who wraps one leaf or a group.
pub(super) fn leaf(
    operand: Operand,
    target: &Target,
    first: bool,
    span: &Range<usize>,
) -> Result<Ast, String> {
    let node = |kind| Ast::new(span.clone(), kind);
    let text = operand.text();
    match target {
        Target::Fields {
            text: in_text,
            values,
        } if !values.is_empty() => {
            let is_text = !target.is_raw();
            let is_author = in_text == &[Field::Author];
            let mut any: Vec<Ast> = Vec::new();
            for field in values {
                if let Some((text, prefix)) = value(*field, text, operand.has_star()) {
                    any.push(node(AstKind::Value(Value {
                        field: *field,
                        text,
                        prefix,
                    })));
                }
            }
            if any.is_empty() {
                return Err("nothing to look up here: matches nothing".to_string());
            }
            if is_author {
                // `au,doi:x`: an author as `author:x` has it.
                let target = Target::Author { first: false };
                any.extend(leaf(operand, &target, first, span));
            } else if is_text && let Some(mut kind) = text_kind(operand) {
                if let AstKind::Term(term) = &mut kind {
                    // Of a value a colon is a part; printed in a text, what is
                    // before it would be read as a field.
                    term.text = term.text.replace([':', '：'], "/");
                }
                any.insert(0, node(kind));
            }
            Ok(Ast::or(any))
        }
        Target::Fields { .. } => text_kind(operand)
            .map(node)
            .ok_or_else(|| "nothing to search for here".to_string()),
        Target::Author { first: from_name } => {
            let (literal, star) = (operand.is_exact(), operand.has_star());
            let text = one_line(text);
            let authors: Vec<Ast> = names(&text)
                .into_iter()
                .filter_map(|name| author(name, literal, first || *from_name, star))
                .map(|author| node(AstKind::Author(author)))
                .collect();
            if authors.is_empty() {
                return Err("no name here: matches nothing".to_string());
            }
            Ok(Ast::and(authors))
        }
        Target::Dates => range::dates(text).map(node).ok_or_else(|| {
            format!("not a date or a range of dates: {text:.40}; matches nothing (try 2020..2024)")
        }),
        Target::Since => range::since(text).map(node).ok_or_else(|| {
            format!("not a span of time: {text:.40}; matches nothing (try 30d, 2w, 6m or 1y)")
        }),
        Target::AuthorCount => range::author_count(text).map(node).ok_or_else(|| {
            format!("not a number of authors: {text:.40}; matches nothing (try >10 or 3..5)")
        }),
        Target::Has => Field::parse(text.trim_end_matches([',', ';', '.']))
            .map(|field| node(AstKind::Has(field)))
            .ok_or_else(|| format!("no field {text:.40}: matches nothing (try has:abstract)")),
    }
}

/// The phrase between two quotes; `None` when there is nothing to look for.
pub(super) fn phrase(inner: &str, slop: u32, exact: bool) -> Option<Phrase> {
    let mut text = collapse(inner);
    let bare = text.trim_end_matches(['*', ' ']);
    let last = bare.rsplit(' ').next().unwrap_or(bare);
    let prefix_last = text[bare.len()..].starts_with('*') && has_two_word_chars(last);
    text.truncate(bare.len());
    says_something(&text).then_some(Phrase {
        text,
        slop,
        prefix_last,
        exact,
    })
}

/// Whether a phrase has a wildcard anywhere but at its end.
pub(super) fn has_inner_wildcard(inner: &str) -> bool {
    let inner = inner.trim_end().trim_end_matches(['*', '?']);
    let mut previous = ' ';
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_wildcard = match c {
            '*' => true,
            '?' => next.is_alphanumeric(),
            _ => false,
        };
        if is_wildcard && previous.is_alphanumeric() {
            return true;
        }
        previous = c;
    }
    false
}

/// `Lu, Lewei; Wang, Weiyun` and `Lu, Lewei and Wang, Weiyun` are two names.
pub(super) fn names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for name in text.split(';') {
        // What stands before the first is no part of it, and no reason.
        let lead = name.len() - past_lead(name).len();
        let mut parts = name[lead..].split(" and ");
        // `Physics and Chemistry Group` is one.
        if parts.clone().all(|part| part.contains(',')) {
            let first = parts.next().map_or(0, str::len);
            names.push(&name[..lead + first]);
            names.extend(parts);
        } else {
            names.push(name);
        }
    }
    names
}

/// A name without signs and an `and` before it (`Lu, L; and Wang, W`).
pub(super) fn past_lead(name: &str) -> &str {
    let mut rest = name;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(['^', '=', ',', '-', ' ', '*']);
        rest = rest.strip_prefix("and ").unwrap_or(rest);
        if rest.len() == before {
            return rest;
        }
    }
}

/// arXiv writes `del_maestro`.
fn one_line(names: &str) -> String {
    collapse(&names.replace('_', " "))
}

/// A name, with ADS's `^` for the first author inside.
pub(super) fn author(text: &str, literal: bool, first: bool, star: bool) -> Option<Author> {
    // A semicolon between names was seen to before.
    let text = one_line(&text.replace(';', " "));
    let start = past_lead(&text);
    let signs = &text[..text.len() - start.len()];
    let (first, literal) = (first || signs.contains('^'), literal || signs.contains('='));
    let bare = start.trim_end_matches([',', ';', ' ', '*']);
    let prefix = star || start[bare.len()..].starts_with('*');
    says_something(bare).then(|| Author {
        text: bare.to_string(),
        literal,
        first,
        prefix,
    })
}

fn text_kind(operand: Operand) -> Option<AstKind> {
    match operand {
        Operand::Term(term) => Some(AstKind::Term(term)),
        Operand::Phrase(phrase) => Some(AstKind::Phrase(phrase)),
        Operand::Raw { text, .. } => {
            let text = text.trim_end_matches(drops_at_end);
            says_something(text).then(|| {
                AstKind::Term(Term {
                    text: without_lone_brackets(text),
                    modifier: Modifier::Plain,
                })
            })
        }
    }
}

/// A value without its star.
pub(super) fn value(field: Field, text: &str, star: bool) -> Option<(String, bool)> {
    let text = collapse(text);
    let bare = text.trim_end_matches([',', ';', '.', ' ']);
    let stem = bare.trim_end_matches('*');
    let prefix = star || (stem.len() < bare.len() && !stem.ends_with(' '));
    let stem = match prefix {
        true => stem.trim_end_matches([' ', '*']),
        // `Reply to arXiv:1810.11506: …`
        false if matches!(field, Field::Arxiv | Field::Doi) => ids::without_tail(bare),
        false => bare.trim_end_matches([',', ';', '.', ' ', '*']),
    };
    says_something(stem).then(|| (stem.to_string(), prefix))
}
