//! How a stream is packed: found by magic bytes, never by name.

use std::io::{self, BufRead, BufReader, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

use super::opened::BUFFER_BYTES;

/// The most memory a dictionary of xz may take; `xz -9` takes 65 MiB.
const MAX_XZ_BYTES: u64 = 256 << 20;

/// How a stream is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    /// RFC 1952, several members.
    Gzip,
    /// RFC 8878, several frames.
    Zstd,
    /// Several streams.
    Bzip2,
    /// Several streams (<https://tukaani.org/xz/xz-file-format.txt>).
    Xz,
}

impl Packing {
    /// By magic bytes.
    pub(super) fn of(start: &[u8]) -> Packing {
        match start {
            [0x1f, 0x8b, ..] => Packing::Gzip,
            // A frame, or the skippable frame that pzstd puts before each.
            [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Packing::Zstd,
            [b'B', b'Z', b'h', b'1'..=b'9'] => Packing::Bzip2,
            [0xfd, b'7', b'z', b'X'] => Packing::Xz,
            _ => Packing::Plain,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Packing::Plain => "plain",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
            Packing::Bzip2 => "bzip2",
            Packing::Xz => "xz",
        }
    }

    pub(super) fn unpack(
        self,
        raw: impl BufRead + Send + 'static,
    ) -> io::Result<Box<dyn BufRead + Send + 'static>> {
        let unpacked: Box<dyn Read + Send> = match self {
            Packing::Plain => return Ok(Box::new(raw)),
            Packing::Gzip => Box::new(MultiGzDecoder::new(raw)),
            Packing::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(raw)?),
            Packing::Bzip2 => Box::new(MultiBzDecoder::new(raw)),
            Packing::Xz => {
                let stream = Stream::new_stream_decoder(MAX_XZ_BYTES, CONCATENATED)?;
                Box::new(XzDecoder::new_stream(raw, stream))
            }
        };
        Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, unpacked)))
    }
}
