//! The encoding of a file (XML 1.0, 4.3.3), as its declaration or its byte
//! order mark says.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder};
use memchr::memmem;

use crate::error::ReadErrorKind;

/// One read of a stream that is decoded as a whole.
const BUFFER_BYTES: usize = 64 << 10;

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

/// The start of a file in UTF-16, decoded; anything else as it is.
pub(super) fn decode_head(head: &[u8]) -> Cow<'_, [u8]> {
    match utf16(head) {
        Some(encoding) => match encoding.decode_with_bom_removal(head).0 {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        },
        None => Cow::Borrowed(head),
    }
}

/// UTF-16 by its mark, or by how `<?` looks in it.
fn utf16(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match head {
        [0xff, 0xfe, ..] | [b'<', 0, b'?', 0, ..] => Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'<', 0, b'?', ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// Decodes a stream in UTF-16 and gives any other as it is.
pub(super) fn decoded<'a>(mut input: Box<dyn BufRead + Send + 'a>) -> Box<dyn BufRead + Send + 'a> {
    let head = input.fill_buf().unwrap_or_default();
    match utf16(head) {
        None => input,
        Some(encoding) => Box::new(Decoded {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            text: Vec::new(),
            used: 0,
            ended: false,
        }),
    }
}

struct Decoded<'a> {
    input: Box<dyn BufRead + Send + 'a>,
    decoder: Decoder,
    text: Vec<u8>,
    used: usize,
    ended: bool,
}

impl BufRead for Decoded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.used == self.text.len() && !self.ended {
            let chunk = self.input.fill_buf()?;
            let last = chunk.is_empty();
            self.text.resize(BUFFER_BYTES, 0);
            let (result, n_read, n_written, _) =
                self.decoder.decode_to_utf8(chunk, &mut self.text, last);
            self.text.truncate(n_written);
            self.used = 0;
            self.input.consume(n_read);
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(&self.text[self.used..])
    }

    fn consume(&mut self, n: usize) {
        self.used += n;
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}
