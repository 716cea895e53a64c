//! What is no record, and how the next one is found after it.

use std::io::{self, BufRead};

use super::{BadElement, Element, Elements, Level};
use crate::error::{Place, ReadErrorKind};
use crate::format::json::scan::Fault;

impl<R: BufRead> Elements<R> {
    /// A value that is no object, or a line that is no JSON.
    pub(super) fn garbage(&mut self) -> Element<'static> {
        let place = self.scan.place();
        self.scan.keep();
        let in_array = self.open.last() == Some(&Level::Array);
        if in_array {
            let before = self.scan.read_bytes();
            if let Err(fault) = self.scan.pass_value() {
                // What cannot even start a value is passed byte by byte.
                if self.scan.read_bytes() == before {
                    self.scan.bump();
                }
                return self.fail(fault, Some((place, self.scan.indent())));
            }
        } else {
            self.scan.pass_line();
        }
        let raw = self.scan.kept_start().to_vec();
        self.scan.forget();
        bad(place, ReadErrorKind::NotObject, raw)
    }

    /// What a record that does not end comes to. `start` tells where it
    /// started and how far its line was indented.
    pub(super) fn fail(
        &mut self,
        fault: Fault,
        start: Option<(Place, Option<usize>)>,
    ) -> Element<'static> {
        let here = self.scan.place();
        let (place, indent) = start.unwrap_or((here, None));
        let raw = self.scan.kept_start().to_vec();
        self.scan.forget();
        let reason = match fault {
            Fault::Unexpected(what) => {
                self.resync(indent);
                format!("{what} at {}", words(here))
            }
            Fault::Cut => {
                self.ended = true;
                if let Some(error) = self.scan.failure() {
                    return bad(place, ReadErrorKind::Io(error), raw);
                }
                if !self.open.is_empty() && !self.lost {
                    return bad(place, cut_short(), raw);
                }
                "the object is not closed".to_owned()
            }
        };
        bad(
            place,
            ReadErrorKind::Malformed {
                format: "JSON",
                reason,
            },
            raw,
        )
    }

    /// Goes to where the next record may start: at a brace as far indented as
    /// the one before, or, within a line, at a sibling with the same first
    /// key as the first record.
    fn resync(&mut self, indent: Option<usize>) {
        let mut before = self.scan.last_tokens();
        let mut blanks = self.scan.indent();
        while let Some(b) = self.scan.peek() {
            let is_sibling = match (b, indent) {
                (b'{', Some(_)) => blanks == indent,
                (b'{', None) => before == *b"}," && self.has_first_key(),
                _ => false,
            };
            if is_sibling {
                return;
            }
            self.scan.bump();
            blanks = match b {
                b'\n' => Some(0),
                b' ' | b'\t' => blanks.map(|n| n + 1),
                _ => None,
            };
            if !b.is_ascii_whitespace() {
                before = [before[1], b];
            }
        }
        self.lost = true;
    }

    /// Whether the object that comes next has the first key of the first
    /// record.
    fn has_first_key(&mut self) -> bool {
        self.scan.keep();
        self.scan.bump();
        let has = self.scan.peek_token() == Some(b'"') && self.scan.key().ok() == self.first_key;
        self.scan.rewind();
        has
    }

    /// The input is at its end.
    pub(super) fn end(&mut self) -> Option<Element<'static>> {
        self.ended = true;
        let place = self.scan.place();
        if let Some(error) = self.scan.failure() {
            return Some(bad(place, ReadErrorKind::Io(error), Vec::new()));
        }
        let cut = !self.open.is_empty() && !self.lost;
        cut.then(|| bad(place, cut_short(), Vec::new()))
    }
}

fn words(place: Place) -> String {
    match place {
        Place::Line(line) => format!("line {line}"),
        Place::Byte(byte) => format!("byte {byte}"),
    }
}

fn bad(place: Place, kind: ReadErrorKind, raw: Vec<u8>) -> Element<'static> {
    Element {
        place,
        text: Err(BadElement { kind, raw }),
    }
}

fn cut_short() -> ReadErrorKind {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the JSON is cut short").into()
}
