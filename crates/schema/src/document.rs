//! A record on its way into the index: fields with values, none of them copied
//! again.

use tantivy::schema::{Field, OwnedValue};

/// The index's form of a record, in the order of fields.
#[derive(Debug, Clone, Default)]
pub struct Document(Vec<(Field, OwnedValue)>);

impl Document {
    /// An empty document with room for so many values.
    pub(crate) fn with_capacity(n_values: usize) -> Document {
        Document(Vec::with_capacity(n_values))
    }

    pub(crate) fn add(&mut self, field: Field, value: impl Into<OwnedValue>) {
        self.0.push((field, value.into()));
    }
}

impl tantivy::Document for Document {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> = FieldsValues<'a>;

    fn iter_fields_and_values(&self) -> FieldsValues<'_> {
        FieldsValues(self.0.iter())
    }
}

/// The fields of a [`Document`] with their values.
pub struct FieldsValues<'a>(std::slice::Iter<'a, (Field, OwnedValue)>);

impl<'a> Iterator for FieldsValues<'a> {
    type Item = (Field, &'a OwnedValue);

    fn next(&mut self) -> Option<(Field, &'a OwnedValue)> {
        self.0.next().map(|(field, value)| (*field, value))
    }
}
