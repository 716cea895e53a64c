//! Text in UTF-16, as Windows programs and some exporters of tables write it,
//! decoded before anything else looks at it.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};

/// One read of a stream that is decoded.
const BUFFER_BYTES: usize = 64 << 10;

/// UTF-16 by its byte order mark, or by how two ASCII characters look in it.
/// The mark of UTF-32 is none of it.
pub(super) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let is_text = |b: u8| b.is_ascii_graphic() || b.is_ascii_whitespace();
    match *head {
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [a, 0, b, 0, ..] if is_text(a) && is_text(b) => Some(UTF_16LE),
        [0, a, 0, b, ..] if is_text(a) && is_text(b) => Some(UTF_16BE),
        _ => None,
    }
}

/// A stream in UTF-16 as UTF-8, without its mark. What is no character becomes
/// U+FFFD.
pub(super) struct Decoded<R> {
    input: R,
    decoder: Decoder,
    text: Vec<u8>,
    used: usize,
    ended: bool,
}

impl<R> Decoded<R> {
    pub(super) fn new(input: R, encoding: &'static Encoding) -> Decoded<R> {
        Decoded {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            text: Vec::new(),
            used: 0,
            ended: false,
        }
    }
}

impl<R: BufRead> BufRead for Decoded<R> {
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

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}
