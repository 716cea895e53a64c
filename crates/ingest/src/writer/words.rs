//! The words of a field's values, found when a segment is written.

use abs_schema::analyzer::{Analyzer, Chain};
use tantivy::DocId;
use tantivy::schema::Field;

use super::inverted::Inverted;
use super::terms::Terms;

/// The words of one field.
pub(super) struct Words {
    pub(super) field: Field,
    analyzer: Analyzer,
    /// What is analysed of a value, as it is kept; empty if it was not kept
    /// whole.
    text: fn(&str) -> String,
    terms: Terms,
    /// Words, by number, of values that were not kept whole.
    apart: Vec<(u32, DocId)>,
    n_tokens: u64,
}

impl Words {
    pub(super) fn new(field: Field, chain: Chain, text: fn(&str) -> String) -> Words {
        Words {
            field,
            analyzer: Analyzer::new(chain),
            text,
            terms: Terms::default(),
            apart: Vec::new(),
            n_tokens: 0,
        }
    }

    /// Bytes taken from the system, near enough.
    pub(super) fn n_bytes(&self) -> usize {
        self.terms.n_bytes() + self.apart.capacity() * size_of::<(u32, DocId)>()
    }

    /// Adds the words of a value that is not kept, or not whole.
    pub(super) fn add(&mut self, doc: DocId, value: &str) {
        let Words {
            analyzer,
            terms,
            apart,
            n_tokens,
            ..
        } = self;
        analyzer.for_each(value, |token| {
            if let Some((word, _)) = terms.number(token.text.as_bytes()) {
                apart.push((word, doc));
                *n_tokens += 1;
            }
        });
    }

    /// Writes the lists of all words, given each value, its number and how
    /// often it is there, and what appends a value's documents.
    pub(super) fn write<'a>(
        mut self,
        values: impl Iterator<Item = (&'a [u8], u32, u32)>,
        inverted: &mut Inverted,
        documents_of: impl Fn(u32, &mut Vec<DocId>),
    ) -> tantivy::Result<()> {
        // By word, the values that have it.
        let mut having: Vec<(u32, u32)> = Vec::new();
        for (value, number, n_times) in values {
            let text = (self.text)(str::from_utf8(value).unwrap_or_default());
            let (terms, n_tokens) = (&mut self.terms, &mut self.n_tokens);
            self.analyzer.for_each(&text, |token| {
                if let Some((word, _)) = terms.number(token.text.as_bytes()) {
                    having.push((word, number));
                    *n_tokens += u64::from(n_times);
                }
            });
        }
        having.sort_unstable();
        having.dedup();
        self.apart.sort_unstable();
        let mut docs = Vec::new();
        inverted.field(self.field, self.n_tokens, |field| {
            for word in self.terms.sorted() {
                docs.clear();
                for (_, value) in run_of(&having, word) {
                    documents_of(*value, &mut docs);
                }
                docs.extend(run_of(&self.apart, word).iter().map(|(_, doc)| *doc));
                docs.sort_unstable();
                docs.dedup();
                field.new_term(self.terms.get(word), docs.len() as u32, false)?;
                for doc in &docs {
                    field.write_doc(*doc, 0, &[]);
                }
                field.close_term()?;
            }
            Ok(())
        })
    }
}

/// The pairs of a word among sorted ones.
fn run_of(pairs: &[(u32, u32)], word: u32) -> &[(u32, u32)] {
    let start = pairs.partition_point(|(of, _)| *of < word);
    let rest = &pairs[start..];
    &rest[..rest.partition_point(|(of, _)| *of == word)]
}
