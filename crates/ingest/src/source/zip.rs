//! The members of a zip archive (APPNOTE 6.3), each read from its own place
//! in the file.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;

use bzip2::bufread::BzDecoder;
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::opened::BUFFER_BYTES;
use super::{Opened, Tracker, cannot_open, member_path};
use crate::error::{SourceError, SourceErrorKind};

/// How many times its size a member may unpack to. Text and XML reach some
/// 30, repetitive JSON some 100; deflate ends at 1,032.
const MAX_RATIO: u64 = 250;

/// What a member may unpack to, whatever its ratio.
const FREE_BYTES: u64 = 16 << 20;

/// Whether a file that starts like this is a zip archive.
pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// The members that are files, in the order of the directory.
pub(super) struct Members {
    archive: ZipArchive<File>,
    path: PathBuf,
    next: usize,
}

/// What the directory says of a member.
struct Entry {
    path: PathBuf,
    start: u64,
    n_packed: u64,
    method: CompressionMethod,
    n_bytes: u64,
    crc: u32,
}

impl Members {
    /// Reads the directory, which is at the end of the file.
    pub(super) fn new(opened: &Opened, path: Option<PathBuf>) -> Result<Members, SourceError> {
        let error = |kind| SourceError {
            path: opened.path().to_path_buf(),
            byte: None,
            kind,
        };
        let Some(path) = path else {
            return Err(error(SourceErrorKind::Unseekable("zip")));
        };
        let file = File::open(&path).map_err(|e| cannot_open(&path, e))?;
        let archive = ZipArchive::new(file).map_err(|e| error(corrupt(e.into())))?;
        Ok(Members {
            archive,
            path,
            next: 0,
        })
    }

    /// A member; nothing for folders and hidden files.
    fn entry(&mut self, idx: usize) -> Result<Option<Entry>, SourceErrorKind> {
        let member = self
            .archive
            .by_index_raw(idx)
            .map_err(|error| corrupt(error.into()))?;
        let Some(path) = member_path(&self.path, member.name_raw()) else {
            return Ok(None);
        };
        if !member.is_file() {
            return Ok(None);
        }
        if member.encrypted() {
            return Err(SourceErrorKind::Encrypted(path));
        }
        Ok(Some(Entry {
            path,
            start: member.data_start().unwrap_or_default(),
            n_packed: member.compressed_size(),
            method: member.compression(),
            n_bytes: member.size(),
            crc: member.crc32(),
        }))
    }

    fn open(&self, entry: Entry) -> Result<Opened, SourceError> {
        let mut file = File::open(&self.path).map_err(|e| cannot_open(&self.path, e))?;
        file.seek(SeekFrom::Start(entry.start))
            .map_err(|e| cannot_open(&self.path, e))?;
        let tracker = Tracker::new(entry.path.clone());
        let raw = tracker.counting(file.take(entry.n_packed));
        let raw = BufReader::with_capacity(BUFFER_BYTES, raw);
        let unpacked: Box<dyn Read + Send> = match entry.method {
            CompressionMethod::Stored => Box::new(raw),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(raw)),
            CompressionMethod::BZIP2 => Box::new(BzDecoder::new(raw)),
            CompressionMethod::ZSTD => match zstd::stream::read::Decoder::with_buffer(raw) {
                Ok(decoder) => Box::new(decoder),
                Err(error) => return Err(tracker.failure(error)),
            },
            method => {
                return Err(tracker.error(SourceErrorKind::Method(method.to_string())));
            }
        };
        let (path, size) = (entry.path.clone(), entry.n_packed);
        let checked = Box::new(Checked {
            unpacked,
            crc: Crc::new(),
            n_read: 0,
            entry,
        });
        Opened::new(path, Some(size), false, checked, Some(tracker))
    }
}

impl Iterator for Members {
    type Item = Result<Opened, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.next < self.archive.len() {
            let idx = self.next;
            self.next += 1;
            match self.entry(idx) {
                Ok(None) => {}
                Ok(Some(entry)) => return Some(self.open(entry)),
                Err(kind) => {
                    return Some(Err(SourceError {
                        path: self.path.clone(),
                        byte: None,
                        kind,
                    }));
                }
            }
        }
        None
    }
}

/// Reads a member, bounded, and compares it with what the directory says.
struct Checked {
    unpacked: Box<dyn Read + Send>,
    crc: Crc,
    n_read: u64,
    entry: Entry,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.unpacked.read(buffer).map_err(|error| {
            io::Error::other(match error.kind() {
                io::ErrorKind::UnexpectedEof => SourceErrorKind::Truncated("zip"),
                _ if error.raw_os_error().is_some() => SourceErrorKind::Unreadable(error),
                _ => corrupt(error),
            })
        })?;
        self.crc.update(&buffer[..n]);
        self.n_read += n as u64;
        let most = self
            .entry
            .n_packed
            .saturating_mul(MAX_RATIO)
            .max(FREE_BYTES);
        if self.n_read > most {
            return Err(io::Error::other(SourceErrorKind::Bomb { ratio: MAX_RATIO }));
        }
        let is_whole = self.n_read == self.entry.n_bytes && self.crc.sum() == self.entry.crc;
        if n == 0 && !buffer.is_empty() && !is_whole {
            return Err(io::Error::other(match self.n_read < self.entry.n_bytes {
                true => SourceErrorKind::Truncated("zip"),
                false => corrupt(io::Error::other("the checksum is another")),
            }));
        }
        Ok(n)
    }
}

fn corrupt(source: io::Error) -> SourceErrorKind {
    let packing = "zip";
    SourceErrorKind::Corrupt { packing, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bombs_are_stopped() {
        let mut bomb = Checked {
            unpacked: Box::new(io::repeat(b' ')),
            crc: Crc::new(),
            n_read: 0,
            entry: Entry {
                path: PathBuf::new(),
                start: 0,
                n_packed: 1000,
                method: CompressionMethod::Stored,
                n_bytes: u64::MAX,
                crc: 0,
            },
        };
        let mut sink = io::sink();
        let error = io::copy(&mut bomb, &mut sink).unwrap_err();
        assert_eq!(error.to_string(), "unpacks to more than 250 times its size");
        assert!(bomb.n_read <= FREE_BYTES + BUFFER_BYTES as u64);
    }
}
