//! Authors' names of one segment. Most authors come again: what a name is
//! indexed as is made the first time, and known by its parts from then on.

use abs_record::Author;
use abs_record::author::Name;
use abs_schema::Fields;
use abs_schema::analyzer::Chain;
use abs_schema::fields::{
    author_key_hash, author_value, author_value_display, is_author_value_cut,
};
use tantivy::DocId;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::inverted::Inverted;
use super::lists::Lists;
use super::terms::random_seed;
use super::values::Values;
use super::words::Words;

/// The names of a segment.
pub(super) struct Names {
    values: Values,
    /// By number of the value.
    key_hashes: Vec<u64>,
    /// Numbers of values that are not whole, in their order.
    cut: Vec<u32>,
    seed: u64,
    /// The parts of the name under way.
    parts: Vec<u8>,
}

impl Names {
    pub(super) fn new(fields: &Fields) -> Names {
        let words = Words::new(
            fields.author,
            Chain::Name,
            |value| match is_author_value_cut(value) {
                true => String::new(),
                false => author_value_display(value),
            },
        );
        Names {
            values: Values::with(Some(fields.author_name), Some(words)),
            key_hashes: Vec::new(),
            cut: Vec::new(),
            seed: random_seed(),
            parts: Vec::new(),
        }
    }

    /// Bytes taken from the system, near enough, without the arena.
    pub(super) fn n_bytes(&self) -> usize {
        self.values.n_bytes() + self.key_hashes.capacity() * size_of::<u64>()
    }

    /// Adds an author of a record, and gives [`author_key_hash`] of the key.
    pub(super) fn add(&mut self, doc: DocId, author: &Author, arena: &mut Lists) -> u64 {
        self.parts.clear();
        match &author.name {
            Name::Collective(name) => self.parts.extend_from_slice(name.as_bytes()),
            Name::Person {
                family,
                given,
                particle,
                suffix,
            } => {
                for part in [family, given, particle, suffix] {
                    self.parts.extend_from_slice(part.as_bytes());
                    // In no text.
                    self.parts.push(0xff);
                }
            }
        }
        let hash = xxh3_64_with_seed(&self.parts, self.seed);
        let mut learnt = None;
        let number = self.values.number(hash, || {
            let key = author.key();
            let value = author_value(&key, &author.display());
            learnt = Some((author_key_hash(&key), is_author_value_cut(&value)));
            value
        });
        let Some(number) = number else {
            return author_key_hash(&author.key());
        };
        if let Some((key_hash, is_cut)) = learnt {
            self.key_hashes.push(key_hash);
            if is_cut {
                self.cut.push(number);
            }
        }
        self.values.note(doc, number, arena);
        if !self.cut.is_empty() && self.cut.binary_search(&number).is_ok() {
            self.values.add_words(doc, &author.display());
        }
        self.key_hashes[number as usize]
    }

    /// Writes the lists of names and of their words.
    pub(super) fn write(self, arena: &Lists, inverted: &mut Inverted) -> tantivy::Result<()> {
        self.values.write(arena, inverted)
    }
}
