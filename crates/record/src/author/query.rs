//! A name asked for, prepared once to be held against many keys. Knows keys,
//! not where they are stored.

use super::clean::clean;
use super::given::Given;
use super::key::{bounded, collective_key, push_family};
use super::spelling::spellings;
use super::words::{Suffix, Words, is_initial, is_plain_particle, suffix_kind, with_words};
use super::{Author, Name};

/// A name asked for, in all the ways it may be read.
///
/// ```
/// use abs_record::{Author, NameQuery};
///
/// let query = NameQuery::parse("lewei lu");
/// assert!(query.key_fits(&Author::parse("Lu, L.").key()));
/// assert!(query.key_fits(&Author::parse("Lewei, Lu").key()));
/// assert!(!query.key_fits(&Author::parse("Lu, Lin").key()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameQuery {
    readings: Vec<Reading>,
    families: Vec<String>,
}

/// One way to read the query.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reading {
    /// Folded family name with its particle, in its spellings.
    full: Vec<String>,
    /// The same without the particle, where it has one.
    bare: Vec<String>,
    given: Given,
    /// Whether this is a group's name, which more words may follow.
    collective: bool,
}

/// A text of more words has only the readings at its ends.
const MOST_WORDS: usize = 6;

/// The particles, folded, that one source writes and another drops.
const PARTICLES: [&str; 53] = [
    "af",
    "al",
    "auf der",
    "av",
    "bin",
    "bint",
    "d",
    "da",
    "das",
    "de",
    "de la",
    "de las",
    "de le",
    "de los",
    "degli",
    "dei",
    "del",
    "della",
    "delle",
    "dello",
    "dem",
    "den",
    "der",
    "des",
    "di",
    "do",
    "dos",
    "du",
    "el",
    "ibn",
    "in der",
    "in t",
    "la",
    "las",
    "le",
    "los",
    "op de",
    "op den",
    "t",
    "te",
    "ten",
    "ter",
    "van",
    "van de",
    "van den",
    "van der",
    "van het",
    "van t",
    "von",
    "von der",
    "von und zu",
    "zu",
    "zur",
];

impl NameQuery {
    /// Reads a name as typed into a search. With a comma it is `Family,
    /// Given`; without one the order is unknown, and every division into
    /// given and family names counts, in both orders.
    pub fn parse(text: &str) -> NameQuery {
        let author = Author::parse(text);
        let mut query = NameQuery::from(&author);
        let cleaned = clean(text);
        if matches!(author.name, Name::Collective(_)) || cleaned.contains(',') {
            return query;
        }
        if text.contains([',', '，']) {
            // `García Márquez,` is a family name, however many its words.
            query = NameQuery {
                readings: Vec::new(),
                families: Vec::new(),
            };
            query.add_person(&cleaned, "");
        } else {
            with_words(&cleaned, |words| query.add_divisions(words));
            query.add_collective(&cleaned);
        }
        query.collect_families();
        query
    }

    /// Whether the author of `key`, made by [`Author::key`], may be the one
    /// asked for. Allocates nothing.
    pub fn key_fits(&self, key: &str) -> bool {
        let Some(first) = key.bytes().next() else {
            return false;
        };
        if !self
            .families
            .iter()
            .any(|family| family.as_bytes().first() == Some(&first))
            && !may_open_particle(first)
        {
            return false;
        }
        let (family, given) = key.split_once(',').unwrap_or((key, ""));
        let bare = without_particle(family);
        self.readings.iter().any(|reading| {
            if reading.collective {
                return reading.full.iter().any(|name| is_opened_by(key, name));
            }
            let family_fits = is_among(&reading.full, family)
                || is_among(&reading.bare, family)
                || bare.is_some_and(|bare| is_among(&reading.full, bare));
            family_fits && reading.given.fit(given)
        })
    }

    /// The folded family names asked for, in all readings and spellings,
    /// without and with the particle typed. A key that fits opens with one of
    /// these, or with a particle and one of these: see
    /// [`NameQuery::prefixes`].
    pub fn families(&self) -> &[String] {
        &self.families
    }

    /// What every key that fits opens with, sorted: the family names, also
    /// behind each particle a source may write where the query has none. For
    /// range scans of a sorted dictionary of keys.
    pub fn prefixes(&self) -> Vec<String> {
        let full = self
            .readings
            .iter()
            .filter(|reading| !reading.collective)
            .flat_map(|reading| &reading.full);
        let with_particle = full.flat_map(|family| {
            PARTICLES
                .iter()
                .map(move |particle| format!("{particle} {family}"))
        });
        let mut prefixes: Vec<String> =
            self.families.iter().cloned().chain(with_particle).collect();
        prefixes.sort_unstable();
        prefixes.dedup();
        prefixes
    }

    /// The first letters of given names a key may have to fit, sorted; `None`
    /// for any. For narrower range scans: `lu, l` fits no key with another
    /// letter there, though it fits `lu`, who has no given name.
    pub fn given_initials(&self) -> Option<Vec<char>> {
        let persons = self.readings.iter().filter(|reading| !reading.collective);
        let mut initials = persons
            .map(|reading| reading.given.initial())
            .collect::<Option<Vec<char>>>()?;
        initials.sort_unstable();
        initials.dedup();
        Some(initials)
    }

    /// Adds every division of `words` into given and family names.
    fn add_divisions(&mut self, words: Words<'_>) {
        let last = words.get(words.len().saturating_sub(1));
        let is_suffix = words.len() > 1 && suffix_kind(last) == Some(Suffix::Definite);
        let count = words.len() - usize::from(is_suffix);
        for at in 1..count {
            if count > MOST_WORDS && at != 1 && at + 1 != count {
                continue;
            }
            // `Ludwig van / der Berg` is no division.
            if count > 2 && is_plain_particle(words.get(at - 1)) {
                continue;
            }
            for (family, given) in [((at, count), (0, at)), ((0, at), (at, count))] {
                if !(family.0..family.1).any(|i| is_initial(words.get(i))) {
                    self.add_person(
                        words.range(family.0, family.1),
                        words.range(given.0, given.1),
                    );
                }
            }
        }
    }

    fn add_person(&mut self, family: &str, given: &str) {
        let mut folded = String::with_capacity(family.len());
        push_family("", family, &mut folded);
        if folded.is_empty() {
            return;
        }
        let particle = without_particle(&folded).map_or(0, |bare| folded.len() - bare.len());
        let full = spellings(family, folded, particle);
        let bare = full
            .iter()
            .filter_map(|family| without_particle(family))
            .map(str::to_owned)
            .collect();
        let reading = Reading {
            full,
            bare,
            given: Given::new(given, family),
            collective: false,
        };
        if self.readings.contains(&reading) {
            return;
        }
        if let Some(given) = Given::as_glued_initials(given, family) {
            self.readings.push(Reading {
                given,
                ..reading.clone()
            });
        }
        self.readings.push(reading);
    }

    fn add_collective(&mut self, name: &str) {
        // As in the index, so that the longest names are found too.
        let key = bounded(collective_key(name));
        if !key.is_empty() {
            let given = Given::new("", "");
            self.readings.push(Reading {
                full: vec![key],
                bare: Vec::new(),
                given,
                collective: true,
            });
        }
    }

    fn collect_families(&mut self) {
        self.families.clear();
        for family in self
            .readings
            .iter()
            .flat_map(|reading| reading.full.iter().chain(&reading.bare))
        {
            if !self.families.contains(family) {
                self.families.push(family.clone());
            }
        }
    }
}

impl From<&Author> for NameQuery {
    /// The one reading an author has.
    fn from(author: &Author) -> NameQuery {
        let mut query = NameQuery {
            readings: Vec::new(),
            families: Vec::new(),
        };
        match &author.name {
            Name::Collective(name) => query.add_collective(name),
            Name::Person {
                family,
                given,
                particle,
                ..
            } if particle.is_empty() => query.add_person(family, given),
            Name::Person {
                family,
                given,
                particle,
                ..
            } => query.add_person(&format!("{particle} {family}"), given),
        }
        query.collect_families();
        query
    }
}

fn is_among(families: &[String], family: &str) -> bool {
    families.iter().any(|ours| ours == family)
}

/// Whether `key`, a name without a comma, is `name` or goes on after it.
fn is_opened_by(key: &str, name: &str) -> bool {
    key.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || (rest.starts_with(' ') && !key.contains(',')))
}

/// Whether some particle opens with the letter.
fn may_open_particle(first: u8) -> bool {
    matches!(
        first,
        b'a' | b'b' | b'd' | b'e' | b'i' | b'l' | b'o' | b't' | b'v' | b'z'
    )
}

/// A folded family name without the particle it opens with.
fn without_particle(family: &str) -> Option<&str> {
    let mut end = 0;
    // The longest of one to three words.
    for (at, _) in family.match_indices(' ').take(3) {
        let opening = family.get(..at)?;
        if PARTICLES.binary_search(&opening).is_ok() {
            end = at;
        }
    }
    if end == 0 {
        None
    } else {
        family.get(end + 1..)
    }
}
