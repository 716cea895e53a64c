//! A tree as indented text, for `abs-search parse` and for tests.

use std::fmt::Write as _;

use super::ast::{Ast, AstKind, Modifier, Term};

impl Ast {
    /// One node a line, members indented by two.
    pub fn tree(&self) -> String {
        let mut out = String::new();
        write(&mut out, self, 0);
        out
    }
}

fn write(out: &mut String, ast: &Ast, depth: usize) {
    let indent = depth * 2;
    let (name, members): (String, Vec<&Ast>) = match &ast.kind {
        AstKind::Empty => ("nothing".to_string(), Vec::new()),
        AstKind::Words(members) => ("words".to_string(), members.iter().collect()),
        AstKind::And(members) => ("and".to_string(), members.iter().collect()),
        AstKind::Or(members) => ("or".to_string(), members.iter().collect()),
        AstKind::Not(ast) => ("not".to_string(), vec![ast]),
        AstKind::Required(ast) => ("required".to_string(), vec![ast]),
        AstKind::Scoped { fields, ast } => {
            let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
            (format!("in {}", names.join(", ")), vec![ast])
        }
        AstKind::Boost { factor, ast } => (format!("boost {factor}"), vec![ast]),
        AstKind::Near {
            distance,
            left,
            right,
        } => (format!("near {distance}"), vec![left, right]),
        AstKind::Term(term) => (term_line(term), vec![]),
        AstKind::Phrase(_) => (format!("phrase {ast}"), vec![]),
        AstKind::Author(author) => {
            let mut name = "author".to_string();
            for (is_set, word) in [
                (author.literal, " literal"),
                (author.first, " first"),
                (author.prefix, " prefix"),
            ] {
                if is_set {
                    name.push_str(word);
                }
            }
            (format!("{name} \"{}\"", author.text), vec![])
        }
        AstKind::Value(_) => (format!("value {ast}"), vec![]),
        AstKind::Dates { .. } => (format!("dates {ast}"), vec![]),
        AstKind::Since { days } => (format!("since {days} days"), vec![]),
        AstKind::AuthorCount { .. } => (format!("author count {ast}"), vec![]),
        AstKind::Has(field) => (format!("has {}", field.name()), vec![]),
    };
    // Writing to a string does not fail.
    let _ = writeln!(out, "{:indent$}{name}", "");
    for member in members {
        write(out, member, depth + 1);
    }
}

fn term_line(term: &Term) -> String {
    let text = &term.text;
    match term.modifier {
        Modifier::Plain => format!("term {text}"),
        Modifier::Exact => format!("exact {text}"),
        Modifier::Prefix => format!("prefix {text}"),
        Modifier::Wildcard => format!("wildcard {text}"),
        Modifier::Fuzzy(edits) => format!("fuzzy {edits} {text}"),
    }
}
