//! Record ids: what makes two records the same record.

use std::fmt;

use xxhash_rust::xxh3::Xxh3;

/// The longest id in bytes. An id is a term of the index; tantivy drops terms
/// near 64 KiB silently, and no catalogue's id comes close to this.
pub const MAX_ID_BYTES: usize = 512;

/// Identity of a record, as its source gives it (`arXiv:2503.10291`) or made
/// from its content (`abs:…`). Never empty, at most [`MAX_ID_BYTES`] long, no
/// control characters, no white space at either end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(Box<str>);

/// Why a text is no record id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing but white space.
    #[error("the id is empty")]
    Empty,
    /// More than [`MAX_ID_BYTES`].
    #[error("the id has {0} bytes, at most {MAX_ID_BYTES} are allowed")]
    TooLong(usize),
    /// A control character inside.
    #[error("the id holds a control character (U+{0:04X})")]
    Control(u32),
}

impl RecordId {
    /// Checks an id as a source gives it; white space around it is dropped.
    pub fn parse(text: &str) -> Result<RecordId, IdError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        if text.len() > MAX_ID_BYTES {
            return Err(IdError::TooLong(text.len()));
        }
        if let Some(control) = text.chars().find(|c| c.is_control()) {
            return Err(IdError::Control(u32::from(control)));
        }
        Ok(RecordId(text.into()))
    }

    /// An id for a record whose source gives none: the same parts give the
    /// same id in any version of this program (XXH3, 128 bits, of the parts
    /// with a separator between them).
    pub fn from_content<'a>(parts: impl IntoIterator<Item = &'a str>) -> RecordId {
        let mut hash = Xxh3::new();
        for part in parts {
            hash.update(part.as_bytes());
            hash.update(&[0x1f]);
        }
        RecordId(format!("abs:{:032x}", hash.digest128()).into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_checked_once() {
        assert_eq!(
            RecordId::parse(" arXiv:acc-phys/9502001 ")
                .unwrap()
                .as_str(),
            "arXiv:acc-phys/9502001"
        );
        assert_eq!(RecordId::parse(" \t"), Err(IdError::Empty));
        assert_eq!(RecordId::parse("a\u{1b}[2J"), Err(IdError::Control(0x1b)));
        assert_eq!(
            RecordId::parse(&"x".repeat(513)),
            Err(IdError::TooLong(513))
        );
        assert!(RecordId::parse(&"x".repeat(512)).is_ok());
    }

    #[test]
    fn content_ids_are_stable_and_keep_parts_apart() {
        assert_eq!(
            RecordId::from_content(["a title", "an abstract"]).as_str(),
            RecordId::from_content(["a title", "an abstract"]).as_str()
        );
        assert_ne!(
            RecordId::from_content(["ab", "c"]),
            RecordId::from_content(["a", "bc"])
        );
    }
}
