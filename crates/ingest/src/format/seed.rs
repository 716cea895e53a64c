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
        let lines: Vec<&str> = lines.take(3 * SNIFFED_WORKS).flatten().collect();
        let mut authors = lines.iter().skip(1).step_by(3);
        if lines.iter().any(|line| names.has_owner(line)) {
            Confidence::Certain
        } else if authors.len() > 0 && authors.all(|line| names.are_pairs(line)) {
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
    /// Lines read and not used, with their numbers.
    ahead: VecDeque<(u64, String)>,
    /// What ended or broke the lines after `ahead`.
    failure: Option<ReadError>,
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.fill();
        if self.ahead.is_empty() {
            return self.failure.take().map(Err);
        }
        Some(self.work())
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads ahead, up to a line that cannot be used.
    fn fill(&mut self) {
        while self.ahead.len() < AHEAD && self.failure.is_none() {
            match self.lines.read() {
                None => return,
                Some(Ok(line)) if line.text.trim().is_empty() => {}
                Some(Ok(line)) if self.names.is_none() => {
                    self.names = Some(Names::of_collection(line.text).unwrap_or_default());
                }
                Some(Ok(line)) => self.ahead.push_back((line.number, line.text.to_owned())),
                Some(Err(bad)) => self.failure = Some(bad.into_error(&self.path)),
            }
        }
    }

    /// Takes the next work, or what stands where one should be.
    fn work(&mut self) -> Result<Item, ReadError> {
        let (n_lines, missing) = self.extent();
        let mut lines = self.ahead.drain(..n_lines);
        let (number, title) = lines.next().unwrap_or_default();
        let origin = Origin::new(Place::Line(number), title.as_bytes());
        if let Some(missing) = missing {
            drop(lines);
            let kind = ReadErrorKind::Incomplete { missing };
            let raw = title.as_bytes();
            return Err(ReadError::new(&self.path, origin.place, kind, raw));
        }
        let mut text = || lines.next().map(|(_, text)| text);
        Ok(Item::Draft(Box::new(Draft {
            origin,
            title: Some(title),
            authors: text()
                .map(|names| RawName::Pairs(names).into())
                .into_iter()
                .collect(),
            abstract_text: text(),
            ..Draft::default()
        })))
    }

    /// How many lines the next work has, and what it lacks.
    fn extent(&self) -> (usize, Option<&'static str>) {
        let n_lines = self.ahead.len();
        let is_authors = |idx: usize| match (self.ahead.get(idx), &self.names) {
            (Some((_, line)), Some(names)) => names.has_owner(line) || names.are_pairs(line),
            _ => false,
        };
        match (is_authors(1), is_authors(2), is_authors(3), is_authors(4)) {
            // The next work's authors come one line early.
            (true, _, true, false) => (2, Some("abstract")),
            (true, ..) if n_lines == 2 => (2, Some("abstract")),
            (false, true, _, false) => (1, Some("authors and abstract")),
            (false, false, true, false) => (2, Some("authors line")),
            _ if n_lines < 3 => (n_lines, Some("authors and abstract")),
            _ => (3, None),
        }
    }
}

#[cfg(test)]
mod tests;
