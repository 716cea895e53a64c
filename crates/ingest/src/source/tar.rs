//! The members of a tar archive, one after another from one stream (POSIX
//! pax and ustar, GNU's long names).

use std::io::{self, BufRead, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tar::{EntryType, Header, PaxExtensions};

use super::{Opened, Tracker, member_path};
use crate::error::{SourceError, SourceErrorKind};

/// The unit of a tar archive.
const BLOCK_BYTES: usize = 512;

/// The most bytes of an extended header.
const MAX_EXTENSION_BYTES: u64 = 1 << 20;

/// Whether a stream that starts like this is a tar archive.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar") && head.get(..BLOCK_BYTES).is_some_and(has_checksum)
}

fn has_checksum(block: &[u8]) -> bool {
    let sum = |sum: u32, (idx, byte): (usize, &u8)| {
        // The checksum itself counts as blanks.
        sum + u32::from(if (148..156).contains(&idx) {
            b' '
        } else {
            *byte
        })
    };
    let found = block.iter().enumerate().fold(0, sum);
    Header::from_byte_slice(block)
        .cksum()
        .is_ok_and(|known| known == found)
}

/// The members that are files.
pub(super) struct Members {
    stream: Arc<Mutex<Stream>>,
    path: PathBuf,
    tracker: Tracker,
    started: bool,
    ended: bool,
}

/// The archive, and how much of the current member is left.
struct Stream {
    archive: Opened,
    left: u64,
    padding: u64,
    failed: bool,
}

impl Members {
    pub(super) fn new(archive: Opened) -> Members {
        Members {
            path: archive.path().to_path_buf(),
            tracker: archive.tracker(),
            stream: Arc::new(Mutex::new(Stream {
                archive,
                left: 0,
                padding: 0,
                failed: false,
            })),
            started: false,
            ended: false,
        }
    }

    /// The path of the next file.
    fn advance(&mut self) -> io::Result<Option<PathBuf>> {
        let (mut name, mut size) = (None, None);
        let mut stream = lock(&self.stream);
        loop {
            let Some(block) = stream.header()? else {
                return Ok(None);
            };
            let header = Header::from_byte_slice(&block);
            let n_bytes = size.take().map_or_else(|| header.entry_size(), Ok)?;
            stream.enter(n_bytes);
            match header.entry_type() {
                EntryType::GNULongName => {
                    let mut long = stream.extension()?;
                    long.truncate(long.iter().position(|b| *b == 0).unwrap_or(long.len()));
                    name = Some(long);
                }
                EntryType::XHeader => {
                    let extension = stream.extension()?;
                    for pair in PaxExtensions::new(&extension).flatten() {
                        match pair.key_bytes() {
                            b"path" => name = Some(pair.value_bytes().to_vec()),
                            b"size" => size = pair.value().ok().and_then(|n| n.parse().ok()),
                            _ => {}
                        }
                    }
                }
                EntryType::Regular | EntryType::Continuous => {
                    let name = name
                        .take()
                        .unwrap_or_else(|| header.path_bytes().into_owned());
                    if let Some(path) = member_path(&self.path, &name) {
                        return Ok(Some(path));
                    }
                }
                // Folders, links, devices.
                _ => name = None,
            }
        }
    }
}

impl Iterator for Members {
    type Item = Result<Opened, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        // What broke a member off was told with it.
        if self.ended || lock(&self.stream).failed {
            return None;
        }
        // What is skipped counts with what comes after it, and the head, which
        // is read already, with the first.
        let base = if self.started {
            self.tracker.bytes()
        } else {
            0
        };
        self.started = true;
        let part = self.tracker.part(base);
        match self.advance() {
            Ok(Some(path)) => {
                let member = Box::new(Member(Arc::clone(&self.stream)));
                Some(Opened::new(path, None, false, member, Some(part)))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(self.tracker.failure(truncated(error))))
            }
        }
    }
}

impl Stream {
    /// The next header; nothing at the end of the archive.
    fn header(&mut self) -> io::Result<Option<[u8; BLOCK_BYTES]>> {
        let rest = self.left + self.padding;
        let skipped = io::copy(&mut (&mut self.archive).take(rest), &mut io::sink())?;
        if skipped < rest {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.enter(0);
        let mut block = [0; BLOCK_BYTES];
        if self.archive.fill_buf()?.is_empty() {
            return Ok(None);
        }
        self.archive.read_exact(&mut block)?;
        if block == [0; BLOCK_BYTES] {
            return Ok(None);
        }
        if !has_checksum(&block) {
            let source = io::Error::other("a header is damaged");
            let packing = "tar";
            return Err(io::Error::other(SourceErrorKind::Corrupt {
                packing,
                source,
            }));
        }
        Ok(Some(block))
    }

    fn enter(&mut self, n_bytes: u64) {
        let used = n_bytes % BLOCK_BYTES as u64;
        self.left = n_bytes;
        self.padding = if used == 0 {
            0
        } else {
            BLOCK_BYTES as u64 - used
        };
    }

    /// The content of an extended header.
    fn extension(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let n_bytes = self.left.min(MAX_EXTENSION_BYTES);
        (&mut self.archive).take(n_bytes).read_to_end(&mut bytes)?;
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }

    fn read_member(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        let most = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let n = self.archive.read(&mut buffer[..most])?;
        if n == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= n as u64;
        Ok(n)
    }
}

/// The current member's bytes.
struct Member(Arc<Mutex<Stream>>);

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut stream = lock(&self.0);
        stream.read_member(buffer).map_err(|error| {
            stream.failed = true;
            // What the archive itself is packed in knows what went wrong.
            let kind = stream.archive.tracker().failure(truncated(error)).kind;
            io::Error::other(kind)
        })
    }
}

/// An archive that ends too early, if it is not packed; else its packing
/// says so.
fn truncated(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof if error.get_ref().is_none() => {
            io::Error::other(SourceErrorKind::Truncated("tar"))
        }
        _ => error,
    }
}

fn lock(stream: &Mutex<Stream>) -> MutexGuard<'_, Stream> {
    // A panic while reading leaves nothing half done that matters here.
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}
