//! The elements around records.

use crate::error::CutShort;

/// How many open elements are known by name; of more only their number.
const MAX_OUTER: usize = 64;

/// The open elements around the current place.
#[derive(Default)]
pub(super) struct Outer {
    /// Names with prefixes, and where they start.
    open: Vec<(Box<[u8]>, u64)>,
    /// How many more are open.
    deeper: u64,
}

impl Outer {
    pub(super) fn enter(&mut self, name: Box<[u8]>, byte: u64) {
        if self.open.len() < MAX_OUTER {
            self.open.push((name, byte));
        } else {
            self.deeper += 1;
        }
    }

    pub(super) fn leave(&mut self, name: &[u8]) {
        let found = self.open.iter().rposition(|(open, _)| **open == *name);
        match found {
            // Whatever else is open, the root ends it.
            Some(idx) if idx == 0 || self.deeper == 0 => {
                self.open.truncate(idx);
                self.deeper = 0;
            }
            _ => self.deeper = self.deeper.saturating_sub(1),
        }
    }

    /// Whether an element of this name is open.
    pub(super) fn has(&self, name: &[u8]) -> bool {
        self.open.iter().any(|(open, _)| **open == *name)
    }

    /// At the end of the text: the outermost element that is still open.
    /// Nothing is open from then on.
    pub(super) fn cut(&mut self) -> Option<CutShort> {
        let (name, byte) = std::mem::take(self).open.into_iter().next()?;
        Some(CutShort {
            element: String::from_utf8_lossy(&name).into_owned(),
            byte,
        })
    }
}
