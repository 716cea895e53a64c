//! What can go wrong with one record ([`ReadError`]) and with a whole file
//! ([`SourceError`]), each with its place.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use abs_record::id::IdError;

/// The most characters of raw text an error quotes.
pub const MAX_EXCERPT_CHARS: usize = 200;

/// Where in a file something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line, counted from 1.
    Line(u64),
    /// A byte of the unpacked text, counted from 0.
    Byte(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(line) => write!(f, "{line}"),
            Place::Byte(byte) => write!(f, "byte {byte}"),
        }
    }
}

/// One record that cannot be taken, or, with [`ReadErrorKind::Io`], the end
/// of its file.
#[derive(Debug, thiserror::Error)]
#[error("{}:{place}: {kind}", path.display())]
pub struct ReadError {
    /// The file as it was named.
    pub path: PathBuf,
    /// Where the record starts.
    pub place: Place,
    /// Why it cannot be taken.
    #[source]
    pub kind: ReadErrorKind,
    /// The start of the raw text, see [`excerpt`].
    pub excerpt: String,
}

impl ReadError {
    /// An error about the record at `place`, quoting its raw text.
    pub fn new(path: &Path, place: Place, kind: ReadErrorKind, raw: &[u8]) -> ReadError {
        ReadError {
            path: path.to_path_buf(),
            place,
            kind,
            excerpt: excerpt(raw),
        }
    }
}

/// Why a record cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum ReadErrorKind {
    /// JSON that cannot be parsed.
    #[error("malformed JSON at column {column}: {reason}")]
    Json {
        /// Column in the line, from 1.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// A JSON value that is no object.
    #[error("not a JSON object")]
    NotObject,
    /// A field of a type it cannot have.
    #[error("the {field} is {found}, {expected} is expected")]
    WrongType {
        /// The field, as the source names it or as we do.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// Bytes that are not UTF-8.
    #[error("not UTF-8 at byte {byte} of the line")]
    Utf8 {
        /// The first bad byte, from 0.
        byte: usize,
    },
    /// A line longer than the reader's cap.
    #[error("the line is longer than {limit} bytes")]
    LineTooLong {
        /// The cap.
        limit: usize,
    },
    /// Text that breaks the rules of its format.
    #[error("malformed {format}: {reason}")]
    Malformed {
        /// The format.
        format: &'static str,
        /// Which rule.
        reason: String,
    },
    /// A record longer than the reader's cap.
    #[error("the record is longer than {limit} bytes")]
    RecordTooLong {
        /// The cap.
        limit: usize,
    },
    /// XML that cannot be parsed.
    #[error("malformed XML at byte {byte} of the record: {reason}")]
    Xml {
        /// Where in the record, from 0.
        byte: u64,
        /// What the parser says.
        reason: String,
    },
    /// An element that another one begins in, or its parent ends in.
    #[error("<{0}> has no end")]
    Unclosed(&'static str),
    /// Elements within elements without end.
    #[error("elements are nested deeper than {limit}")]
    TooDeep {
        /// The cap.
        limit: usize,
    },
    /// What a server says instead of records.
    #[error("the server answers: {0}")]
    Server(String),
    /// A work whose last parts are missing.
    #[error("the work has no {missing}")]
    Incomplete {
        /// The parts that are missing.
        missing: &'static str,
    },
    /// Nothing to find the record by.
    #[error("has neither a title nor an abstract")]
    Empty,
    /// A field beyond its limit.
    #[error("the {field} has {bytes} bytes, at most {limit} are allowed")]
    TooLong {
        /// The field.
        field: &'static str,
        /// Its length.
        bytes: usize,
        /// Its limit.
        limit: usize,
    },
    /// A list beyond its limit.
    #[error("there are {count} {field}, at most {limit} are allowed")]
    TooMany {
        /// The list.
        field: &'static str,
        /// Its length.
        count: usize,
        /// Its limit.
        limit: usize,
    },
    /// An id that cannot be one.
    #[error(transparent)]
    Id(#[from] IdError),
    /// The input broke off: no record is meant, and none follows. The
    /// pipeline reports it as a [`SourceError`].
    #[error("reading failed: {0}")]
    Io(#[from] io::Error),
}

/// A whole input that cannot be read, or not to its end.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {kind}", path.display(), AtByte(*byte))]
pub struct SourceError {
    /// The file as it was named.
    pub path: PathBuf,
    /// How many bytes of the file as stored (packed, where it is packed) had
    /// been used; `None` where it could not be opened.
    pub byte: Option<u64>,
    /// What is wrong.
    #[source]
    pub kind: SourceErrorKind,
}

/// Why an input cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceErrorKind {
    /// Nothing of that name.
    #[error("no such file or folder")]
    NotFound,
    /// The system refuses.
    #[error("cannot be read: {0}")]
    Unreadable(#[source] io::Error),
    /// Packed data that ends too early.
    #[error("the {0} data is cut short")]
    Truncated(&'static str),
    /// Packed data that does not unpack.
    #[error("the {packing} data is corrupt: {source}")]
    Corrupt {
        /// The packing, `gzip`.
        packing: &'static str,
        /// What the unpacker says.
        source: io::Error,
    },
    /// A member of an archive that unpacks to more than is likely.
    #[error("unpacks to more than {ratio} times its size")]
    Bomb {
        /// The most that is allowed.
        ratio: u64,
    },
    /// A member of an archive that needs a password.
    #[error("{} is encrypted", .0.display())]
    Encrypted(PathBuf),
    /// A member of an archive that is packed in an unusual way.
    #[error("is packed with {0}, which is not supported")]
    Method(String),
    /// An archive whose directory is at its end, in a stream.
    #[error("a {0} archive can be read from a file only, not from a stream")]
    Unseekable(&'static str),
    /// Binary data of no format we know.
    #[error("is not text")]
    NotText,
    /// Text in an encoding that is not read, such as UTF-32.
    #[error("is {0} text; UTF-8 and UTF-16 can be read")]
    Encoding(&'static str),
    /// Text of no format we know.
    #[error("is of no known format ({})", known.join(", "))]
    UnknownFormat {
        /// The formats that were tried.
        known: Vec<&'static str>,
    },
    /// XML that ends inside an element.
    #[error("the XML is cut short: {0}")]
    CutShort(CutShort),
    /// Folders within folders without end.
    #[error("folders are nested deeper than {0}")]
    TooDeep(usize),
}

/// An element that its file ends in; carried by the [`io::Error`] with which
/// a reader ends.
#[derive(Debug, Clone, thiserror::Error)]
#[error("<{element}>, which starts at byte {byte} of the text, has no end")]
pub struct CutShort {
    /// Its name.
    pub element: String,
    /// Its start in the unpacked text, from 0.
    pub byte: u64,
}

/// `:byte 17`, or nothing.
struct AtByte(Option<u64>);

impl fmt::Display for AtByte {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |byte| write!(f, ":byte {byte}"))
    }
}

/// The first [`MAX_EXCERPT_CHARS`] characters of raw text on one line:
/// control and invisible characters are written out (`\n`, `\u{1b}`), bytes
/// that are no text become U+FFFD.
pub fn excerpt(raw: &[u8]) -> String {
    excerpt_up_to(raw, MAX_EXCERPT_CHARS)
}

/// As [`excerpt`], of so many characters.
pub fn excerpt_up_to(raw: &[u8], max_chars: usize) -> String {
    let mut start = &raw[..raw.len().min(max_chars.saturating_mul(4))];
    // A character cut in two is not worth a U+FFFD.
    if let Err(error) = std::str::from_utf8(start)
        && error.error_len().is_none()
    {
        start = &start[..error.valid_up_to()];
    }
    let text = String::from_utf8_lossy(start);
    let mut out = String::with_capacity(max_chars);
    let mut n_chars = 0;
    for c in text.trim().chars() {
        let hidden = c.is_control() || abs_record::fold::is_invisible(c) || is_break(c);
        let width = if hidden {
            c.escape_default().count()
        } else {
            1
        };
        n_chars += width;
        if n_chars > max_chars {
            break;
        }
        if hidden {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_are_short_and_show_what_is_hidden() {
        assert_eq!(
            excerpt(b"  a\x1b[31m\tb\xff \n"),
            "a\\u{1b}[31m\\tb\u{fffd}"
        );
        assert_eq!(excerpt("x".repeat(1000).as_bytes()).len(), 200);
        assert_eq!(excerpt("é".repeat(1000).as_bytes()), "é".repeat(200));
        assert!(excerpt(&[0; 1000]).len() <= 200);
    }

    #[test]
    fn messages_name_the_place() {
        let error = ReadError::new(
            Path::new("a.jsonl"),
            Place::Line(7),
            ReadErrorKind::Empty,
            b"{}",
        );
        assert_eq!(
            error.to_string(),
            "a.jsonl:7: has neither a title nor an abstract"
        );
        let error = SourceError {
            path: "a.gz".into(),
            byte: Some(10),
            kind: SourceErrorKind::Truncated("gzip"),
        };
        assert_eq!(
            error.to_string(),
            "a.gz:byte 10: the gzip data is cut short"
        );
    }
}
