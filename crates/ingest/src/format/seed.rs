//! The seed format, as `seeds/lu_lewei.txt` has it: the first line names the
//! author the collection is about (`Family, Given`), then each work takes
//! three lines: title, authors (a flat comma list of `Family, Given` pairs),
//! abstract. Blank lines mean nothing.
//!
//! Lines have no marks, so a missing one would shift all that follow. The
//! authors line tells where a work is: it is looked for ahead, and what fits
//! into no work is rejected, so that its neighbours are found.

mod names;

use std::collections::VecDeque;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use self::names::Names;
use super::{Confidence, Format, Head, Item, Items};
use crate::draft::{Draft, Origin, RawName};
use crate::error::{Place, ReadError, ReadErrorKind};
use crate::lines::Lines;

/// The longest line in bytes: an abstract has at most 1 MiB.
const MAX_LINE_BYTES: usize = 2 << 20;

/// How many lines the reader sees: a work, and the title and authors of the
/// next one.
const AHEAD: usize = 5;

/// How many works are looked at to tell the format.
const SNIFFED_WORKS: usize = 5;

/// An abstract that is prose beyond doubt has at least so many bytes.
const MIN_PROSE_BYTES: usize = 100;

/// Three lines a work.
#[derive(Debug, Clone, Copy)]
pub struct Seed;

impl Format for Seed {
    fn name(&self) -> &'static str {
        "seed"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let mut lines = head.lines().map(|line| std::str::from_utf8(line).ok());
        let Some(names) = lines.next().flatten().and_then(Names::of_collection) else {
            return Confidence::No;
        };
        let lines: Vec<&str> = lines
            .take(3 * SNIFFED_WORKS)
            .map(Option::unwrap_or_default)
            .collect();
        if lines.iter().any(|line| names.has_owner(line)) {
            return Confidence::Certain;
        }
        // Whoever it is about, authors are pairs, and abstracts are prose.
        let third = |idx| lines.iter().skip(idx).step_by(3);
        let are_works = third(2).len() > 0
            && third(1).all(|line| names::are_pairs(line))
            && third(2).all(|line| line.len() >= MIN_PROSE_BYTES && !names::are_pairs(line));
        if are_works {
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        Box::new(Reader {
            lines: Lines::new(input, MAX_LINE_BYTES),
            path: path.to_path_buf(),
            names: None,
            ahead: VecDeque::with_capacity(AHEAD),
            failure: None,
        })
    }
}

struct Reader<R> {
    lines: Lines<R>,
    path: PathBuf,
    /// Who the collection is about, once the first line is read.
    names: Option<Names>,
    /// Lines read and not used, blank ones left out.
    ahead: VecDeque<Ahead>,
    /// What broke the input off after `ahead`.
    failure: Option<ReadError>,
}

/// A line read ahead; a bad one keeps its place.
struct Ahead {
    number: u64,
    text: Result<String, ReadError>,
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.fill();
        if !self.ahead.is_empty() {
            let (n_lines, missing) = self.extent();
            // A work that the input broke off in is no fault of its own.
            if missing.is_none() || n_lines < self.ahead.len() || self.failure.is_none() {
                return Some(self.work(n_lines, missing));
            }
            self.ahead.clear();
        }
        self.failure.take().map(Err)
    }
}

impl<R: BufRead> Reader<R> {
    fn fill(&mut self) {
        while self.ahead.len() < AHEAD && self.failure.is_none() {
            let (number, text) = match self.lines.read() {
                None => return,
                Some(Ok(line)) if line.text.trim().is_empty() => continue,
                Some(Ok(line)) if self.names.is_none() => {
                    self.names = Some(Names::of_collection(line.text).unwrap_or_default());
                    continue;
                }
                Some(Ok(line)) => (line.number, Ok(line.text.to_owned())),
                Some(Err(bad)) => (bad.number, Err(bad.into_error(&self.path))),
            };
            match text {
                Err(error) if matches!(error.kind, ReadErrorKind::Io(_)) => {
                    self.failure = Some(error);
                }
                text => self.ahead.push_back(Ahead { number, text }),
            }
        }
    }

    /// How many lines the next work has, and what it lacks.
    fn extent(&self) -> (usize, Option<&'static str>) {
        let is_authors = |idx: usize| match (self.ahead.get(idx), &self.names) {
            (Some(Ahead { text: Ok(line), .. }), Some(names)) => {
                names.has_owner(line) || names::are_pairs(line)
            }
            _ => false,
        };
        let n_lines = self.ahead.len();
        match (is_authors(1), is_authors(2), is_authors(3), is_authors(4)) {
            // The authors of the next work come too early.
            (true, _, true, false) => (2, Some("abstract")),
            (false, true, _, false) => (1, Some("authors and no abstract")),
            (false, false, true, false) => (2, Some("authors line")),
            (true, ..) if n_lines == 2 => (2, Some("abstract")),
            _ if n_lines < 3 => (n_lines, Some("authors and no abstract")),
            _ => (3, None),
        }
    }

    /// Takes the lines of a work.
    fn work(&mut self, n_lines: usize, missing: Option<&'static str>) -> Result<Item, ReadError> {
        let number = self.ahead.front().map_or(0, |line| line.number);
        let lines = self.ahead.drain(..n_lines).map(|line| line.text);
        let mut lines = lines.collect::<Result<Vec<String>, _>>()?.into_iter();
        let title = lines.next().unwrap_or_default();
        let place = Place::Line(number);
        if let Some(missing) = missing {
            let kind = ReadErrorKind::Incomplete { missing };
            return Err(ReadError::new(&self.path, place, kind, title.as_bytes()));
        }
        let authors = lines.next().map(|names| RawName::Pairs(names).into());
        Ok(Item::Draft(Box::new(Draft {
            origin: Origin::new(place, title.as_bytes()),
            title: Some(title),
            authors: authors.into_iter().collect(),
            abstract_text: lines.next(),
            ..Draft::default()
        })))
    }
}

#[cfg(test)]
mod tests;
