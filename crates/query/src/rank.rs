//! From plans to the best documents: who leads, what is looked up, what is
//! never looked at.
//!
//! A score is the sum of BM25 weights of the query's terms, each an `f32` as
//! tantivy computes it, added up as `f64`: such sums are exact, so a score
//! does not depend on the order of terms, and with it not on threads or
//! segments. Ties go by a hash of the record's id.

mod adjacency;
mod conjunction;
mod disjunction;
mod led;
mod likeness;
mod named;
mod neighbours;
mod scorers;
mod stages;
mod title;
mod top;

pub(crate) use conjunction::{conjunction, leads_to_few};
pub(crate) use disjunction::disjunction;
pub(crate) use named::MAX_WORDS as MAX_NAMED_WORDS;
pub(crate) use stages::{Placed, WINDOW, placed, rerank};
pub(crate) use title::{is_title, put_first, with_title};
pub(crate) use top::{Entry, Newest, Order, Top};

/// Upper bounds are held against rounded scores: a grain is given away.
const GRAIN: f64 = 1.0 + 1e-6;
