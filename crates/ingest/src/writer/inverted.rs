//! The inverted index of a segment being written, field by field.

use tantivy::fieldnorm::FieldNormReaders;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::Field;

/// What tantivy's serializer wants beside the lists.
pub(super) struct Inverted {
    pub(super) serializer: InvertedIndexSerializer,
    pub(super) lengths: FieldNormReaders,
}

impl Inverted {
    /// Writes one field; one without tokens is left out, as tantivy does.
    pub(super) fn field(
        &mut self,
        field: Field,
        n_tokens: u64,
        write: impl FnOnce(&mut FieldSerializer<'_>) -> std::io::Result<()>,
    ) -> tantivy::Result<()> {
        if n_tokens == 0 {
            return Ok(());
        }
        let lengths = self.lengths.get_field(field)?;
        let mut serializer = self.serializer.new_field(field, n_tokens, lengths)?;
        write(&mut serializer)?;
        serializer.close()?;
        Ok(())
    }
}
