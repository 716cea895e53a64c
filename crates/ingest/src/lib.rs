//! From dumps to records: finds inputs, reads their formats, cleans what they
//! give, and pushes it into a sink.
//!
//! The way of a record: [`source`] opens and decompresses, [`mod@format`] finds
//! the reader and yields a [`Draft`] or a [`ReadError`] for each record,
//! [`Draft::finish`] cleans and checks, [`pipeline::run`] pushes the
//! [`Record`](abs_record::Record) into a [`RecordSink`] and counts each input
//! exactly once. Nothing here prints, ends the process or reads the
//! environment.
//!
//! ```
//! use abs_ingest::{Input, pipeline};
//!
//! let jsonl = br#"{"title": "Scene as Occupancy", "authors": ["Chonghao Sima"], "year": 2023}"#;
//! let input = Input::from_reader("memory", &jsonl[..]);
//! let mut records = Vec::new();
//! let summary = pipeline::run([Ok(input)], &mut records, &mut ()).unwrap();
//! assert_eq!((summary.read, summary.indexed), (1, 1));
//! assert_eq!(records[0].title, "Scene as Occupancy");
//! ```

pub mod acronym;
pub mod check;
pub mod clean;
pub mod dedup;
pub mod draft;
pub mod error;
pub mod format;
pub mod ids;
pub mod journal;
pub mod ledger;
pub mod lines;
pub mod pipeline;
pub mod rejects;
pub mod sink;
pub mod source;
pub mod writer;

pub use draft::{Draft, RawAuthor, RawName};
pub use error::{Place, ReadError, ReadErrorKind, SourceError, SourceErrorKind};
pub use format::{Format, Formats, Item};
pub use journal::{Journal, Stamp};
pub use ledger::Ledger;
pub use pipeline::{Observer, Progress, RunError, Summary};
pub use sink::{Outcome, RecordSink, Rehearsal};
pub use source::Input;
pub use writer::{IndexSink, WriteError, WriterOptions};
