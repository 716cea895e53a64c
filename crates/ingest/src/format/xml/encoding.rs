//! The encoding of a file (XML 1.0, 4.3.3), as its declaration says. One in
//! UTF-16 comes decoded (`source/utf16.rs`).

use std::borrow::Cow;

use memchr::memmem;

use crate::error::ReadErrorKind;

/// An encoding in which mark-up is ASCII.
#[derive(Clone, Copy, Default)]
pub(in crate::format) struct Encoding(Option<&'static encoding_rs::Encoding>);

impl Encoding {
    /// The encoding in `<?xml … encoding="…"?>`. Latin-1 is read as cp1252,
    /// which says more and is what is meant (WHATWG, Encoding Standard).
    pub(super) fn declared(declaration: &[u8]) -> Option<Encoding> {
        let rest = declaration.strip_prefix(b"<?xml ")?;
        let at = memmem::find(rest, b"encoding")?;
        let value = rest[at + 8..].trim_ascii_start().strip_prefix(b"=")?;
        let value = value.trim_ascii_start();
        let (&quote, value) = value.split_first()?;
        let end = value.iter().position(|&b| b == quote)?;
        let label = encoding_rs::Encoding::for_label(&value[..end])?;
        // The stream is decoded already if it is in UTF-16.
        let is_other = label != encoding_rs::UTF_8 && label.is_ascii_compatible();
        Some(Encoding(is_other.then_some(label)))
    }

    /// A record as text.
    pub(in crate::format) fn decode(self, raw: &[u8]) -> Result<Cow<'_, str>, ReadErrorKind> {
        match self.0 {
            Some(encoding) => Ok(encoding.decode_without_bom_handling(raw).0),
            None => {
                let text = std::str::from_utf8(raw).map_err(|error| ReadErrorKind::Xml {
                    byte: error.valid_up_to() as u64,
                    reason: "not UTF-8".to_owned(),
                })?;
                Ok(Cow::Borrowed(text))
            }
        }
    }
}
