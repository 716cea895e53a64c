//! `crossref`: what an entry leaves out stands in another, of which it is a
//! part: a paper has its year and venue from its proceedings. BibTeX wants the
//! whole after its parts, BibLaTeX takes any order, so parts wait for it.

use std::collections::{HashMap, VecDeque};

use abs_record::Date;

use super::entry::Entry;
use super::latex;
use crate::draft::Draft;

/// The most that wholes may keep in memory, and that parts which wait may.
const MAX_BYTES: usize = 16 << 20;

/// Entries that have parts.
const WHOLES: &[&str] = &[
    "book",
    "collection",
    "mvbook",
    "mvcollection",
    "mvproceedings",
    "mvreference",
    "periodical",
    "proceedings",
    "reference",
];

/// What a part has from its whole.
#[derive(Debug, Clone, Default)]
struct Inherited {
    venue: Option<String>,
    date: Option<Date>,
}

impl Inherited {
    fn fill(&self, draft: &mut Draft) {
        if draft.venue.is_none() {
            draft.venue.clone_from(&self.venue);
        }
        draft.date = draft.date.or(self.date);
    }
}

/// A part that waits for its whole.
struct Part {
    whole: String,
    draft: Draft,
    n_bytes: usize,
}

/// The wholes that were met, and the parts whose wholes were not.
#[derive(Default)]
pub(super) struct Crossrefs {
    wholes: HashMap<String, Inherited>,
    whole_bytes: usize,
    waiting: VecDeque<Part>,
    waiting_bytes: usize,
}

impl Crossrefs {
    /// Takes an entry of so many bytes in the file; what is complete comes
    /// back.
    pub(super) fn take(&mut self, links: Links, mut draft: Draft, n_bytes: usize) -> Vec<Draft> {
        let mut complete = Vec::new();
        let lacks = draft.venue.is_none() || draft.date.is_none();
        if let Some(whole) = links.whole.filter(|_| lacks) {
            let Some(inherited) = self.wholes.get(&whole) else {
                self.waiting_bytes += n_bytes;
                self.waiting.push_back(Part {
                    whole,
                    draft,
                    n_bytes,
                });
                while self.waiting_bytes > MAX_BYTES
                    && let Some(part) = self.waiting.pop_front()
                {
                    self.waiting_bytes -= part.n_bytes;
                    complete.push(part.draft);
                }
                return complete;
            };
            inherited.fill(&mut draft);
        }
        if let Some(key) = links.key {
            let inherited = Inherited {
                venue: links.title.or_else(|| draft.venue.clone()),
                date: draft.date,
            };
            let is_wanted = |part: &Part| part.whole == key;
            if self.waiting.iter().any(is_wanted) {
                let (parts, left): (Vec<Part>, Vec<Part>) =
                    self.waiting.drain(..).partition(is_wanted);
                self.waiting = left.into();
                for mut part in parts {
                    self.waiting_bytes -= part.n_bytes;
                    inherited.fill(&mut part.draft);
                    complete.push(part.draft);
                }
            }
            self.whole_bytes += key.len() + inherited.venue.as_ref().map_or(0, String::len);
            if self.whole_bytes <= MAX_BYTES {
                self.wholes.insert(key, inherited);
            }
        }
        complete.insert(0, draft);
        complete
    }

    /// The parts whose wholes never came.
    pub(super) fn rest(&mut self) -> impl Iterator<Item = Draft> {
        self.waiting_bytes = 0;
        self.waiting.drain(..).map(|part| part.draft)
    }
}

/// How an entry is tied to others; keys in lower case.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// The entry it is a part of.
    whole: Option<String>,
    /// Its own key, if it may have parts.
    key: Option<String>,
    /// What its parts appeared in.
    title: Option<String>,
}

impl Links {
    pub(super) fn of(entry: &Entry) -> Links {
        let field = |name: &str| {
            let mut named = entry.fields.iter().filter(|(field, _)| field == name);
            let value = named.find_map(|(_, value)| Some(value.trim()).filter(|v| !v.is_empty()));
            value.map(str::to_owned)
        };
        let key = entry.key.trim().to_ascii_lowercase();
        let is_whole = WHOLES.contains(&entry.kind.as_str()) && !key.is_empty();
        Links {
            whole: field("crossref").map(|key| key.to_ascii_lowercase()),
            title: field("booktitle")
                .or_else(|| field("title"))
                .filter(|_| is_whole)
                .map(|title| latex::plain(&title)),
            key: is_whole.then_some(key),
        }
    }
}
