//! The first element of a file, by which its format is told.

use super::split::scan::{Found, construct};
use crate::format::Head;

/// The start of an XML file.
pub(in crate::format) struct Root {
    /// The first element's name without its prefix.
    pub(in crate::format) name: String,
    /// All of the head from the first element on.
    pub(in crate::format) text: String,
}

impl Root {
    /// Finds the first element; nothing where the file is no XML.
    pub(in crate::format) fn find(head: &Head<'_>) -> Option<Root> {
        let mut rest = head.bytes.trim_ascii_start();
        loop {
            if rest.first() != Some(&b'<') {
                return None;
            }
            match construct(rest) {
                Found::Skip(n) => rest = rest[n..].trim_ascii_start(),
                Found::Open { name, .. } => {
                    let name = String::from_utf8_lossy(&rest[1..name]);
                    return Some(Root {
                        name: name.rsplit(':').next().unwrap_or_default().to_owned(),
                        text: String::from_utf8_lossy(rest).into_owned(),
                    });
                }
                Found::More | Found::Text | Found::Close { .. } => return None,
            }
        }
    }

    /// Whether the head has this text.
    pub(in crate::format) fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }
}
