//! The built binary, end to end.

#![expect(
    clippy::unwrap_used,
    reason = "what fails here fails the test that called"
)]

mod acronyms;
mod archive;
mod check;
mod corpus;
mod delete;
mod determinism;
mod errors;
mod eval;
mod exits;
mod export;
mod facets;
mod faults;
mod first_run;
mod harvest;
mod harvest_stopped;
mod help;
mod ingest;
mod json;
mod kill;
mod meant;
mod pages;
mod queries;
mod query_file;
mod resume;
mod seeds;
mod session;
mod spelling;
mod terminal;
mod versions;
