//! A field with its parts.

use crate::error::ReadErrorKind;
use crate::format::xml::{Cursor, Tag};

/// A field: its first indicator, and parts that each have a letter or digit.
pub(super) struct Field {
    pub(super) indicator: String,
    parts: Vec<(char, String)>,
}

impl Field {
    /// Reads the field just entered. Parts that are empty are left out.
    pub(super) fn read(tag: &Tag<'_>, cursor: &mut Cursor<'_>) -> Result<Field, ReadErrorKind> {
        let mut parts = Vec::new();
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            let code = tag.attribute("code").unwrap_or_default();
            if tag.name() == "subfield"
                && let Some(code) = code.chars().next()
            {
                let text = cursor.text()?;
                // Marks around an article that is not sorted by: `\u{98}The\u{9c} end`.
                let text = text.replace(['\u{98}', '\u{9c}'], "");
                let text = text.trim();
                if !text.is_empty() {
                    parts.push((code, text.to_owned()));
                }
            }
        }
        Ok(Field {
            indicator: tag.attribute("ind1").unwrap_or_default(),
            parts,
        })
    }

    /// All parts in their order.
    pub(super) fn parts(&self) -> impl Iterator<Item = (char, &str)> {
        self.parts.iter().map(|(code, text)| (*code, text.as_str()))
    }

    /// The parts of this letter.
    pub(super) fn all(&self, code: char) -> impl Iterator<Item = &str> {
        let parts = self.parts().filter(move |(found, _)| *found == code);
        parts.map(|(_, text)| text)
    }

    /// The first part of this letter.
    pub(super) fn first(&self, code: char) -> Option<&str> {
        self.all(code).next()
    }

    /// Whether a part says this, in any case.
    pub(super) fn is(&self, code: char, value: &str) -> bool {
        self.all(code).any(|text| text.eq_ignore_ascii_case(value))
    }
}
