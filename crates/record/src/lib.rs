//! The data model of abs-search: what a source gives, taken apart once.
//!
//! Nothing here reads a file, knows an index or prints. Every other crate
//! depends on this one; this one depends on none of them.
//!
//! ```
//! use abs_record::Author;
//!
//! let author = Author::parse("Lewei Lu");
//! assert_eq!(author.display(), "Lu, Lewei");
//! assert_eq!(author.key(), Author::parse("lu, lewei").key());
//! ```

pub mod author;
pub mod date;
pub mod field;
pub mod fold;
pub mod id;
pub mod language;
mod record;

pub use author::{Author, Name, NameQuery};
pub use date::Date;
pub use field::Field;
pub use id::RecordId;
pub use record::Record;
