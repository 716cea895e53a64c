//! The index as both sides see it: its fields, its analyzers, its folder.
//!
//! `ingest` writes through this crate and `query` reads through it, so that
//! neither can drift from the other: a text is analysed here and nowhere else.
//!
//! ```
//! use abs_schema::analyzer::{Analyzer, Chain};
//!
//! let mut analyzer = Analyzer::new(Chain::Text);
//! assert_eq!(analyzer.terms("Naïve x-ray models"), ["naiv", "x", "ray", "xray", "model"]);
//! ```

pub mod acronyms;
pub mod analyzer;
pub mod document;
pub mod fields;
pub mod store;
pub mod stored;
pub mod works;

pub use analyzer::{Analyzer, Chain};
pub use document::Document;
pub use fields::Fields;
pub use store::{IndexFolder, StoreError, is_whole};
