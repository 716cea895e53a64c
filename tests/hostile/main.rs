//! Input made to do harm: records, files and queries that are malformed,
//! endless, deep or huge. Each must come to an answer or to an error with
//! place and reason, within stated memory, and harm nothing beside it.
#![cfg(test)]

#[path = "../cli/session.rs"]
#[allow(dead_code, reason = "the other tests use the rest of it")]
mod session;

mod faults;
mod inert;
mod measured;
mod places;
mod queries;
mod sizes;
mod streams;
