//! From text to a tree. Reading a query never fails: what cannot be used is
//! said in a diagnostic, and a mistake never makes a query match more.
//!
//! ```
//! use abs_query::syntax::parse;
//!
//! let parsed = parse("title:(deep learning) -survey year:2020..");
//! assert_eq!(
//!     parsed.ast.to_string(),
//!     "title:(deep learning) NOT survey year:2020.."
//! );
//! assert!(parsed.diagnostics.is_empty());
//! ```
//!
//! This module knows the fields' names and nothing of an index. Time is linear
//! in the length of the query, nesting is bounded, and so is the tree.

use std::ops::Bound;

use abs_record::Date;

pub mod ast;
mod build;
mod capitals;
mod chars;
pub mod diagnostic;
mod dialect;
mod display;
mod frame;
mod leaf;
mod lexer;
mod name;
mod near;
mod parser;
mod range;
mod title;
mod token;
mod tree;
mod word;

#[cfg(test)]
mod tests;

pub use ast::{Ast, AstKind, Author, Modifier, Phrase, Term, Value};
pub use diagnostic::{Diagnostic, Severity};
pub use title::title;
pub use word::MAX_WORD_CHARS;

/// The language on one page.
pub const REFERENCE: &str = include_str!("syntax/reference.md");

/// Parentheses within parentheses, at most. Deeper ones are read as if they
/// were not there, or match nothing where that would change what is meant.
pub const MAX_DEPTH: usize = 64;

/// How long a query may be. A longer one matches nothing: half a query would
/// mean something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text.
    pub max_bytes: usize,
    /// Operands; each word of a phrase counts six times.
    pub max_clauses: usize,
}

/// Each operand holds a list open, of some kilobytes: on a small machine so
/// many take less than a second and 256 MB, whatever they are.
const MAX_CLAUSES: usize = 12_288;

impl Limits {
    /// For what is typed or pasted.
    pub const TYPED: Limits = Limits {
        max_bytes: 1 << 20,
        max_clauses: MAX_CLAUSES,
    };

    /// For what comes from a file, such as the search of a systematic review.
    pub const FILE: Limits = Limits {
        max_bytes: 2 << 20,
        max_clauses: MAX_CLAUSES,
    };
}

/// What a query was read as.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree.
    pub ast: Ast,
    /// What there is to say about it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a query.
pub fn parse(text: &str) -> Parsed {
    parse_within(text, Limits::TYPED)
}

/// Reads a span of dates as it may stand behind `year:`: `2020`, `2020..2024`,
/// `2020..`, `..2024`, `>=2020`. `None` for what is none.
pub fn date_span(text: &str) -> Option<(Bound<Date>, Bound<Date>)> {
    match range::dates(text) {
        Some(AstKind::Dates { low, high }) => Some((low, high)),
        _ => None,
    }
}

/// Reads a query under other limits, such as one that comes from a file.
pub fn parse_within(text: &str, limits: Limits) -> Parsed {
    parser::parse(text, limits)
}
