//! Values chosen beside the query, one node a field.
//!
//! A value is what a facet shows, so that the records it keeps are those the
//! facet counted. What no record has is read as it would be in a query.

use abs_record::Field;

use super::word::tokens;
use super::{Resolver, value};
use crate::error::SearchError;
use crate::node::{Leaf, Leaves, Node, Role};
use crate::results::Filters;
use crate::syntax::ast::Value;

/// The longest value that is looked for by its words first.
const MAX_LED_BYTES: usize = 128;

impl Resolver<'_> {
    /// The fields with a filter, and what each keeps.
    pub(crate) fn filters(&mut self, filters: &Filters) -> Result<Vec<(Field, Node)>, SearchError> {
        let mut nodes = Vec::new();
        if !filters.authors.is_empty() {
            let mut authors = Vec::with_capacity(filters.authors.len());
            for name in &filters.authors {
                authors.push(self.very_author(name)?);
            }
            nodes.push((Field::Author, Node::any(authors)));
        }
        if !filters.dates.is_empty() {
            let spans = filters.dates.iter();
            let spans = spans.map(|(low, high)| value::dates(*low, *high)).collect();
            nodes.push((Field::Year, Node::any(spans)));
        }
        if !filters.venues.is_empty() {
            let mut venues = Vec::with_capacity(filters.venues.len());
            for name in &filters.venues {
                venues.push(self.very_venue(name)?);
            }
            nodes.push((Field::Venue, Node::any(venues)));
        }
        if !filters.categories.is_empty() {
            let mut categories = Vec::with_capacity(filters.categories.len());
            for name in &filters.categories {
                categories.push(self.very_category(name)?);
            }
            nodes.push((Field::Category, Node::any(categories)));
        }
        Ok(nodes)
    }

    /// The venue of this name, found by its words.
    fn very_venue(&mut self, name: &str) -> Result<Node, SearchError> {
        let words = self.venue_words(name)?;
        let Some(exact) = self.named_value("venue_name", name)? else {
            // A name of signs alone must not keep everything.
            if matches!(words, Node::Nothing | Node::Everything) {
                self.unknown.push(name.to_owned());
                return Ok(Node::Nothing);
            }
            return Ok(words);
        };
        if name.len() > MAX_LED_BYTES {
            return Ok(exact);
        }
        // A name without a single word leads to everything.
        Ok(Node::all(vec![words, exact]))
    }

    fn venue_words(&self, name: &str) -> Result<Node, SearchError> {
        let mut words = Vec::new();
        for token in tokens(name) {
            let term = self
                .snapshot
                .look_up(self.snapshot.fields.venue, &token.text)?;
            words.push(Node::holds(Leaves {
                terms: (term.doc_freq > 0)
                    .then(|| Leaf::new(term, Role::Filters, 1.0))
                    .into_iter()
                    .collect(),
                phrases: Vec::new(),
            }));
        }
        Ok(Node::all(words))
    }

    /// The category as printed, or those below it.
    fn very_category(&mut self, name: &str) -> Result<Node, SearchError> {
        let exact = self.named_value("category_name", name)?;
        if exact.is_some() && name.len() > MAX_LED_BYTES {
            return Ok(exact.unwrap_or(Node::Nothing));
        }
        let folded = self.value(&Value {
            field: Field::Category,
            text: name.to_owned(),
            prefix: false,
        })?;
        Ok(Node::all(std::iter::once(folded).chain(exact).collect()))
    }

    /// Records with this very value; `None` where no segment has it.
    fn named_value(&self, column: &'static str, value: &str) -> Result<Option<Node>, SearchError> {
        for segment in self.snapshot.segments() {
            if let Some(names) = segment.fast_fields().str(column)?
                && names.dictionary().term_ord(value.as_bytes())?.is_some()
            {
                return Ok(Some(Node::Named {
                    name: column,
                    value: value.to_owned(),
                }));
            }
        }
        Ok(None)
    }
}
