//! The iterator every reader of XML is.

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use super::cursor::{Cursor, Tag};
use super::split::{Piece, Splitter, Wanted};
use crate::draft::{Draft, Origin};
use crate::error::{Place, ReadError, ReadErrorKind};
use crate::format::{Item, Items};

/// What a format makes of its elements.
pub(in crate::format) trait Dialect: Send {
    /// The elements it wants.
    const WANTED: Wanted;

    /// Takes note of a start tag outside of records.
    fn tag(&mut self, tag: &Tag<'_>) {
        let _ = tag;
    }

    /// Reads an element, just entered: any number of items, or none where it
    /// is about no work.
    fn element(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind>;

    /// Takes note of where the next element starts, for one that has to wait.
    fn starts(&mut self, origin: Origin, n_bytes: usize) {
        let _ = (origin, n_bytes);
    }

    /// Gives what waited for an element that never came.
    fn end(&mut self, found: &mut Found) {
        let _ = found;
    }
}

/// What was found in one element.
#[derive(Default)]
pub(in crate::format) struct Found(Vec<Item>);

impl Found {
    /// A record.
    pub(in crate::format) fn draft(&mut self, draft: Draft) {
        self.0.push(Item::Draft(Box::new(draft)));
    }

    /// A record that is taken back.
    pub(in crate::format) fn delete(&mut self, id: &str) -> Result<(), ReadErrorKind> {
        self.0.push(Item::Delete(abs_record::RecordId::parse(id)?));
        Ok(())
    }
}

/// Reads a file in a dialect.
pub(in crate::format) fn open<'a, D: Dialect + 'a>(
    dialect: D,
    input: Box<dyn BufRead + Send + 'a>,
    path: &Path,
) -> Items<'a> {
    Box::new(Records {
        splitter: Splitter::new(input, const { &D::WANTED }),
        dialect,
        path: path.to_path_buf(),
        ready: VecDeque::new(),
        ended: false,
    })
}

struct Records<'a, D> {
    splitter: Splitter<Box<dyn BufRead + Send + 'a>>,
    dialect: D,
    path: PathBuf,
    ready: VecDeque<Item>,
    ended: bool,
}

impl<D: Dialect> Iterator for Records<'_, D> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            if self.ended {
                return None;
            }
            if let Err(error) = self.read()? {
                return Some(Err(error));
            }
        }
    }
}

impl<D: Dialect> Records<'_, D> {
    /// Reads the next piece; what it gives is `ready` then.
    fn read(&mut self) -> Option<Result<(), ReadError>> {
        let path = &self.path;
        let place = Place::Byte(self.splitter.byte());
        let failure = |error| ReadError::new(path, place, ReadErrorKind::Io(error), b"");
        let piece = match self.splitter.next() {
            Ok(Some(piece)) => piece,
            Ok(None) => {
                self.ended = true;
                let mut found = Found::default();
                self.dialect.end(&mut found);
                self.ready.extend(found.0);
                return Some(Ok(()));
            }
            Err(error) => {
                self.ended = true;
                return Some(Err(failure(error)));
            }
        };
        let mut found = Found::default();
        let (byte, raw, result) = match piece {
            Piece::Cut(cut) => {
                self.ended = true;
                let error = io::Error::new(io::ErrorKind::UnexpectedEof, cut);
                return Some(Err(failure(error)));
            }
            Piece::Bad { byte, kind, raw } => (byte, raw, Err(kind)),
            Piece::Tag { raw, encoding } => {
                // A tag that cannot be read says nothing.
                if let Ok(text) = encoding.decode(raw)
                    && let Ok(Some(tag)) = Cursor::new(&text).child(0)
                {
                    self.dialect.tag(&tag);
                }
                return Some(Ok(()));
            }
            Piece::Element {
                byte,
                raw,
                encoding,
            } => {
                let origin = Origin::new(Place::Byte(byte), raw);
                self.dialect.starts(origin, raw.len());
                let result = encoding.decode(raw).and_then(|text| {
                    let mut cursor = Cursor::new(&text);
                    match cursor.child(0)? {
                        Some(tag) => self.dialect.element(&tag, &mut cursor, &mut found),
                        None => Ok(()),
                    }
                });
                (byte, raw, result)
            }
        };
        let place = Place::Byte(byte);
        if let Err(kind) = result {
            return Some(Err(ReadError::new(&self.path, place, kind, raw)));
        }
        for mut item in found.0 {
            // One that waited for this element began elsewhere.
            if let Item::Draft(draft) = &mut item
                && draft.origin == Origin::default()
            {
                draft.origin = Origin::new(place, raw);
            }
            self.ready.push_back(item);
        }
        Some(Ok(()))
    }
}
