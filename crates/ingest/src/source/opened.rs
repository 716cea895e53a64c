//! An open input: unpacked, its head at hand, its raw bytes counted.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::packing::Packing;
use super::utf16::{Decoded, utf16};
use crate::error::{CutShort, SourceError, SourceErrorKind};
use crate::format::{self, Format, Formats, Head};

/// How much of a file its format is found by.
pub const HEAD_BYTES: usize = 64 << 10;

/// One read of a raw or an unpacked stream.
pub(super) const BUFFER_BYTES: usize = 128 << 10;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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
    /// What of `bytes` is not about this input.
    base: u64,
}

impl Tracker {
    /// A tracker at the start of an input.
    pub(super) fn new(path: PathBuf) -> Tracker {
        Tracker {
            path: Arc::new(path),
            packing: Packing::Plain,
            bytes: Arc::default(),
            base: 0,
        }
    }

    /// Counts what is read from here.
    pub(super) fn counting<R>(&self, inner: R) -> Counted<R> {
        Counted {
            inner,
            bytes: Arc::clone(&self.bytes),
        }
    }

    /// Bytes used, as stored.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed) - self.base
    }

    /// What a failure to read on means for the file.
    pub fn failure(&self, error: io::Error) -> SourceError {
        let packing = self.packing.name();
        // What is known better where the error comes from.
        let error = match error.downcast::<SourceErrorKind>() {
            Ok(kind) => return self.error(kind),
            Err(error) => error,
        };
        let error = match error.downcast::<CutShort>() {
            Ok(cut) => return self.error(SourceErrorKind::CutShort(cut)),
            Err(error) => error,
        };
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

    /// One for the part of the input that starts at `base`.
    pub(super) fn part(&self, base: u64) -> Tracker {
        Tracker {
            base,
            ..self.clone()
        }
    }

    pub(super) fn error(&self, kind: SourceErrorKind) -> SourceError {
        SourceError {
            path: self.path.to_path_buf(),
            // Of the whole, in which it can be found.
            byte: Some(self.bytes.load(Ordering::Relaxed)),
            kind,
        }
    }
}

impl Opened {
    /// Finds how the bytes are packed and reads the head. A part of an input
    /// comes with the tracker of the whole, which counts for it.
    pub(super) fn new(
        path: PathBuf,
        size: Option<u64>,
        named: bool,
        reader: Box<dyn Read + Send>,
        outer: Option<Tracker>,
    ) -> Result<Opened, SourceError> {
        let own = Tracker::new(path);
        let counter = Arc::clone(&own.bytes);
        let mut tracker = match outer {
            // A part of an input is counted with it, not by itself.
            Some(outer) => Tracker {
                path: own.path,
                packing: Packing::Plain,
                ..outer
            },
            None => own,
        };
        let mut raw = BufReader::with_capacity(BUFFER_BYTES, reader);
        let mut magic = [0; 4];
        let n_magic = fill(&mut raw, &mut magic).map_err(|e| tracker.failure(e))?;
        tracker.packing = Packing::of(&magic[..n_magic]);
        let counted = Counted {
            inner: io::Cursor::new(magic).take(n_magic as u64).chain(raw),
            bytes: counter,
        };
        let mut rest = tracker
            .packing
            .unpack(counted)
            .map_err(|e| tracker.failure(e))?;

        let (mut head, mut pending) = read_head(&mut rest);
        if let Some(encoding) = utf16(&head) {
            let raw = io::Cursor::new(head)
                .chain(Failing(pending.take()))
                .chain(rest);
            rest = Box::new(Decoded::new(raw, encoding));
            (head, pending) = read_head(&mut rest);
        }
        let whole = pending.is_none() && head.len() < HEAD_BYTES;
        // Programs that put one before what has one are not rare.
        let mut used = 0;
        while head[used..].starts_with(BYTE_ORDER_MARK) {
            used += BYTE_ORDER_MARK.len();
        }
        Ok(Opened {
            head,
            used,
            whole,
            pending,
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

    /// The start of it, as much as is at hand.
    pub(super) fn head(&self) -> &[u8] {
        &self.head[self.used..]
    }

    /// The format it is in; `None` where there is nothing in it.
    pub fn format<'f>(
        &mut self,
        formats: &'f Formats,
    ) -> Result<Option<&'f dyn Format>, SourceError> {
        let bytes = &self.head[self.used..];
        let name = self.path().file_name().unwrap_or_default();
        let head = Head {
            bytes,
            name: &name.to_string_lossy(),
            whole: self.whole,
        };
        if let Some(format) = formats.detect(&head) {
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
pub(super) struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
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

/// The head of a stream, and what went wrong after it: what comes before a
/// failure is still delivered, then the failure.
fn read_head(rest: &mut impl Read) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    let result = rest.take(HEAD_BYTES as u64).read_to_end(&mut head);
    (head, result.err())
}

/// Nothing, or a failure and then nothing.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Failing {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
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
