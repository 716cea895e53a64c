//! Answers to bytes: text for people, JSON for programs.
//!
//! Printers own bytes, not policy: each is generic over [`Write`], is told
//! whether to use colour and how wide to be, and never looks at arguments, a
//! terminal or the environment. The shape of JSON is [`wire`]'s alone.
//!
//! Record text is other people's text. All of it passes [`printable()`] on its
//! way to a terminal, and JSON escapes what a terminal would act upon.
//!
//! ```
//! use abs_printer::{TextOptions, TextPrinter};
//! use abs_record::{Record, RecordId};
//!
//! let mut record = Record::new(RecordId::parse("arXiv:2306.02851").unwrap());
//! record.title = "Scene as \u{1b}[31mOccupancy".to_owned();
//! let mut out = Vec::new();
//! let options = TextOptions { colour: false, width: 72 };
//! TextPrinter::new(&mut out, options).record(&record).unwrap();
//! let text = String::from_utf8(out).unwrap();
//! assert!(text.starts_with("Scene as \u{fffd}[31mOccupancy\n"));
//! ```
//!
//! [`Write`]: std::io::Write

mod check;
mod export;
mod harvest;
mod json;
pub mod printable;
mod report;
mod style;
mod text;
mod tree;
pub mod wire;
mod wrap;

pub use check::{CheckReport, Fault, Soundness};
pub use export::{ExportFormat, ExportPrinter};
pub use harvest::HarvestReport;
pub use json::JsonPrinter;
pub use printable::printable;
pub use report::{Account, EvalReport, EvalRow, FileAccount, IngestReport, Sources};
pub use text::{TextOptions, TextPrinter, acronyms};
