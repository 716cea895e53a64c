//! A field of which only documents count (authors, venues, categories …), in
//! one segment, turned into posting lists.
//!
//! Values come again and again, so they are numbered, and a document is put
//! down with its value. What words a value has is asked once, when the segment
//! is written: a word's documents are those of all values that have it.

use abs_schema::analyzer::Chain;
use tantivy::DocId;
use tantivy::schema::Field;

use super::inverted::Inverted;
use super::lists::{List, Lists};
use super::terms::Terms;
use super::words::Words;

/// The documents of a value: what each is beyond the one before.
struct Postings {
    list: List,
    n_docs: u32,
    /// Counts a document as often as it has the value.
    n_times: u32,
    last_doc: DocId,
}

/// The values of one field.
pub(super) struct Values {
    /// Where values are terms as they are.
    field: Option<Field>,
    words: Option<Words>,
    terms: Terms,
    postings: Vec<Postings>,
    n_values: u64,
}

impl Values {
    /// A field of values analysed by `chain`, or, without one, of values that
    /// are terms as they are.
    pub(super) fn new(field: Field, chain: Option<Chain>) -> Values {
        let words = chain.map(|chain| Words::new(field, chain, str::to_owned));
        Values::with(words.is_none().then_some(field), words)
    }

    /// Values that are terms of `field` and have words in another.
    pub(super) fn with(field: Option<Field>, words: Option<Words>) -> Values {
        Values {
            field,
            words,
            terms: Terms::default(),
            postings: Vec::new(),
            n_values: 0,
        }
    }

    /// The field records are asked for.
    pub(super) fn is_of(&self, field: Field) -> bool {
        self.field == Some(field)
            || self
                .words
                .as_ref()
                .is_some_and(|words| words.field == field)
    }

    /// Bytes taken from the system, near enough, without the arena.
    pub(super) fn n_bytes(&self) -> usize {
        self.terms.n_bytes()
            + self.postings.capacity() * size_of::<Postings>()
            + self.words.as_ref().map_or(0, Words::n_bytes)
    }

    /// Adds a value of a record; documents come in their order.
    pub(super) fn add(&mut self, doc: DocId, value: &str, arena: &mut Lists) {
        match self.terms.number(value.as_bytes()) {
            Some((number, _)) => self.note(doc, number, arena),
            None => self.add_words(doc, value),
        }
    }

    /// The number of the value whose hash this is, made if it is new. The same
    /// value may come to have two numbers.
    pub(super) fn number(&mut self, hash: u64, value: impl FnOnce() -> String) -> Option<u32> {
        self.terms.number_hashed(hash, value)
    }

    /// Adds a document's value by its number.
    pub(super) fn note(&mut self, doc: DocId, number: u32, arena: &mut Lists) {
        self.n_values += 1;
        if number as usize == self.postings.len() {
            self.postings.push(Postings {
                list: arena.list(),
                n_docs: 0,
                n_times: 0,
                last_doc: 0,
            });
        }
        let postings = &mut self.postings[number as usize];
        postings.n_times = postings.n_times.saturating_add(1);
        if postings.n_docs == 0 || postings.last_doc != doc {
            arena.push(&mut postings.list, doc - postings.last_doc);
            postings.n_docs += 1;
            postings.last_doc = doc;
        }
    }

    /// The words of a value that is none itself, or not whole.
    pub(super) fn add_words(&mut self, doc: DocId, value: &str) {
        if let Some(words) = &mut self.words {
            words.add(doc, value);
        }
    }

    /// Writes the field's lists.
    pub(super) fn write(mut self, arena: &Lists, inverted: &mut Inverted) -> tantivy::Result<()> {
        if let Some(words) = self.words.take() {
            let values = (0..)
                .zip(&self.postings)
                .map(|(number, postings)| (self.terms.get(number), number, postings.n_times));
            words.write(values, inverted, |number, docs| {
                self.docs(number, arena, docs)
            })?;
        }
        let Some(field) = self.field else {
            return Ok(());
        };
        inverted.field(field, self.n_values, |field| {
            let sorted = self.terms.sorted();
            let mut docs = Vec::new();
            for same in sorted.chunk_by(|a, b| self.terms.get(*a) == self.terms.get(*b)) {
                docs.clear();
                for number in same {
                    self.docs(*number, arena, &mut docs);
                }
                if same.len() > 1 {
                    docs.sort_unstable();
                    docs.dedup();
                }
                field.new_term(self.terms.get(same[0]), docs.len() as u32, false)?;
                for doc in &docs {
                    field.write_doc(*doc, 0, &[]);
                }
                field.close_term()?;
            }
            Ok(())
        })
    }

    /// Appends the documents of a value.
    fn docs(&self, number: u32, arena: &Lists, docs: &mut Vec<DocId>) {
        let mut doc = 0;
        docs.extend(
            arena
                .numbers(&self.postings[number as usize].list)
                .map(|beyond| {
                    doc += beyond;
                    doc
                }),
        );
    }
}
