//! From text to a tree. Reading a query never fails: what cannot be used is
//! said in a diagnostic, and a mistake never makes a query match more.
//!
//! This module knows the fields' names and nothing of an index.

pub mod ast;

pub use ast::{Ast, AstKind, Author, Modifier, Phrase, Term, Value};
