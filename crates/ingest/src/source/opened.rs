//! An open input: unpacked, its head at hand, its raw bytes counted.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use crate::error::{CutShort, SourceError, SourceErrorKind};
use crate::format::{self, Format, Head};

/// How much of a file its format is found by.
pub const HEAD_BYTES: usize = 64 << 10;

/// One read of a raw or an unpacked stream.
const BUFFER_BYTES: usize = 128 << 10;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Plain,
    Gzip,
    Zstd,
}

impl Packing {
    /// By magic bytes.
    fn of(start: &[u8]) -> Packing {
        match start {
            [0x1f, 0x8b, ..] => Packing::Gzip,
            // A frame, or the skippable frame that pzstd puts before each.
            [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Packing::Zstd,
            _ => Packing::Plain,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Packing::Plain => "plain",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        }
    }

    fn unpack(
        self,
        raw: impl BufRead + Send + 'static,
    ) -> io::Result<Box<dyn BufRead + Send + 'static>> {
        let unpacked: Box<dyn Read + Send> = match self {
            Packing::Plain => return Ok(Box::new(raw)),
            Packing::Gzip => Box::new(MultiGzDecoder::new(raw)),
            Packing::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(raw)?),
        };
        Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, unpacked)))
    }
}

/// An input being read, as unpacked bytes without a byte order mark.
pub struct Opened {
    head: Vec<u8>,
    /// How much of `head` is used.
    used: usize,
    /// Whether `head` is all there is.
    whole: bool,
    /// What went wrong after `head`.
    pending: Option<io::Error>,
    rest: Box<dyn BufRead + Send>,
    size: Option<u64>,
    named: bool,
    tracker: Tracker,
}

/// Knows how far an input is while something else reads it.
#[derive(Debug, Clone)]
pub struct Tracker {
    path: Arc<PathBuf>,
    packing: Packing,
    bytes: Arc<AtomicU64>,
}

impl Tracker {
    /// Bytes used, as stored.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// What a failure to read on means for the file.
    pub fn failure(&self, error: io::Error) -> SourceError {
        let packing = self.packing.name();
        if let Some(cut) = error.get_ref().and_then(|e| e.downcast_ref::<CutShort>()) {
            return self.error(SourceErrorKind::CutShort(cut.clone()));
        }
        let kind = if self.packing == Packing::Plain || error.raw_os_error().is_some() {
            SourceErrorKind::Unreadable(error)
        } else if error.kind() == io::ErrorKind::UnexpectedEof {
            SourceErrorKind::Truncated(packing)
        } else {
            SourceErrorKind::Corrupt {
                packing,
                source: error,
            }
        };
        self.error(kind)
    }

    fn error(&self, kind: SourceErrorKind) -> SourceError {
        SourceError {
            path: self.path.to_path_buf(),
            byte: Some(self.bytes()),
            kind,
        }
    }
}

impl Opened {
    pub(super) fn new(
        path: PathBuf,
        size: Option<u64>,
        named: bool,
        reader: Box<dyn Read + Send>,
    ) -> Result<Opened, SourceError> {
        let mut tracker = Tracker {
            path: Arc::new(path),
            packing: Packing::Plain,
            bytes: Arc::default(),
        };
        let mut raw = BufReader::with_capacity(BUFFER_BYTES, reader);
        let mut magic = [0; 4];
        let n_magic = fill(&mut raw, &mut magic).map_err(|e| tracker.failure(e))?;
        tracker.packing = Packing::of(&magic[..n_magic]);
        let counted = Counted {
            inner: io::Cursor::new(magic).take(n_magic as u64).chain(raw),
            bytes: Arc::clone(&tracker.bytes),
        };
        let mut rest = tracker
            .packing
            .unpack(counted)
            .map_err(|e| tracker.failure(e))?;

        // What comes before a failure is still delivered, then the failure.
        let mut head = Vec::with_capacity(HEAD_BYTES);
        let result = (&mut rest).take(HEAD_BYTES as u64).read_to_end(&mut head);
        let whole = result.is_ok() && head.len() < HEAD_BYTES;
        let used = if head.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        Ok(Opened {
            head,
            used,
            whole,
            pending: result.err(),
            rest,
            size,
            named,
            tracker,
        })
    }

    /// Its name in messages.
    pub fn path(&self) -> &Path {
        &self.tracker.path
    }

    /// Its length as stored, where known.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Whether a person named it; otherwise it was found in a folder.
    pub fn is_named(&self) -> bool {
        self.named
    }

    /// What tells how far it is.
    pub fn tracker(&self) -> Tracker {
        self.tracker.clone()
    }

    /// The format it is in; `None` where there is nothing in it.
    pub fn format(&mut self) -> Result<Option<&'static dyn Format>, SourceError> {
        let bytes = &self.head[self.used..];
        let name = self.path().file_name().unwrap_or_default();
        let head = Head {
            bytes,
            name: &name.to_string_lossy(),
            whole: self.whole,
        };
        if let Some(format) = format::detect(&head) {
            return Ok(Some(format));
        }
        // A file that breaks off before anything can be told has broken off.
        if let Some(error) = self.pending.take() {
            return Err(self.tracker.failure(error));
        }
        if bytes.trim_ascii().is_empty() && self.whole {
            return Ok(None);
        }
        Err(self.tracker.error(match bytes {
            [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => SourceErrorKind::Encoding("UTF-32"),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => SourceErrorKind::Encoding("UTF-16"),
            _ if bytes.contains(&0) => SourceErrorKind::NotText,
            _ => SourceErrorKind::UnknownFormat {
                known: format::all().iter().map(|format| format.name()).collect(),
            },
        }))
    }
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Opened {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used < self.head.len() {
            return Ok(&self.head[self.used..]);
        }
        if let Some(error) = self.pending.take() {
            return Err(error);
        }
        self.rest.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        if self.used < self.head.len() {
            self.used += n;
        } else {
            self.rest.consume(n);
        }
    }
}

/// Counts what is consumed, so that the count at a failure is its place.
struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        self.inner.consume(n);
    }
}

/// Reads until the buffer is full or the stream ends.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut n = 0;
    while n < buffer.len() {
        match reader.read(&mut buffer[n..]) {
            Ok(0) => break,
            Ok(more) => n += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(n)
}
