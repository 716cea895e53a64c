//! A field of which only documents count (authors, venues, ids …), in one
//! segment, turned into posting lists.

use abs_schema::analyzer::{Analyzer, Chain};
use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use tantivy::schema::Field;

use super::lists::{List, Lists};
use super::terms::Terms;

/// A term's documents: what each is beyond the one before.
struct Postings {
    list: List,
    n_docs: u32,
    last_doc: DocId,
}

/// The posting lists of one field.
pub(super) struct Plain {
    pub(super) field: Field,
    /// `None` for a field whose values are terms as they are.
    analyzer: Option<Analyzer>,
    terms: Terms,
    postings: Vec<Postings>,
    n_tokens: u64,
}

impl Plain {
    pub(super) fn new(field: Field, chain: Option<Chain>) -> Plain {
        Plain {
            field,
            analyzer: chain.map(Analyzer::new),
            terms: Terms::default(),
            postings: Vec::new(),
            n_tokens: 0,
        }
    }

    /// Bytes taken from the system, near enough, without the arena.
    pub(super) fn n_bytes(&self) -> usize {
        self.terms.n_bytes() + self.postings.capacity() * size_of::<Postings>()
    }

    /// Tokens of all values.
    pub(super) fn n_tokens(&self) -> u64 {
        self.n_tokens
    }

    /// Adds a value of a record; documents come in their order.
    pub(super) fn add(&mut self, doc: DocId, value: &str, arena: &mut Lists) {
        let Plain {
            analyzer,
            terms,
            postings,
            n_tokens,
            ..
        } = self;
        let mut add = |term: &str| {
            let Some((number, new)) = terms.number(term.as_bytes()) else {
                return;
            };
            *n_tokens += 1;
            if new {
                postings.push(Postings {
                    list: arena.list(),
                    n_docs: 0,
                    last_doc: 0,
                });
            }
            let postings = &mut postings[number as usize];
            if postings.n_docs == 0 || postings.last_doc != doc {
                arena.push(&mut postings.list, doc - postings.last_doc);
                postings.n_docs += 1;
                postings.last_doc = doc;
            }
        };
        match analyzer {
            Some(analyzer) => analyzer.for_each(value, |token| add(&token.text)),
            None => add(value),
        }
    }

    /// Writes the field's lists.
    pub(super) fn write(
        &self,
        arena: &Lists,
        field: &mut FieldSerializer<'_>,
    ) -> std::io::Result<()> {
        for number in self.terms.sorted() {
            let postings = &self.postings[number as usize];
            field.new_term(self.terms.get(number), postings.n_docs, false)?;
            let mut doc = 0;
            for beyond in arena.numbers(&postings.list) {
                doc += beyond;
                field.write_doc(doc, 0, &[]);
            }
            field.close_term()?;
        }
        Ok(())
    }
}
