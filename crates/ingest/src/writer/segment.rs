//! One segment, built in memory and written in tantivy's format.
//!
//! tantivy's own writer looks a term up for every token, and needs the title,
//! the flat field and the second terms looked up apart. Ours knows what the
//! fields have in common (see [`super::text`]). What is written goes through
//! tantivy's serializers, and merging, deleting and reading are tantivy's.

use abs_record::Record;
use abs_schema::Fields;
use tantivy::directory::{Directory, TerminatingWrite, WritePtr};
use tantivy::fastfield::{FastFieldsWriter, write_alive_bitset};
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{Segment, SegmentComponent};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::store::StoreWriter;
use tantivy::{BitSet, DocId, Index, Opstamp, SegmentMeta};

use super::inverted::Inverted;
use super::lists::{Lists, MAX_ARENA_BYTES};
use super::names::Names;
use super::text::{Text, TitleLists};
use super::unique::Unique;
use super::values::Values;

/// Counted for a document beside what its fields count.
const BYTES_A_DOCUMENT: usize = 16;

/// A segment under way.
pub(super) struct SegmentBuilder {
    fields: Fields,
    segment: Segment,
    n_docs: u32,
    text: Text,
    unique: [Unique; 2],
    names: Names,
    values: Vec<Values>,
    /// The lists of `names` and `values`.
    arena: Lists,
    lengths: FieldNormsWriter,
    columns: FastFieldsWriter,
    columns_file: WritePtr,
    store: StoreWriter,
}

impl SegmentBuilder {
    pub(super) fn new(index: &Index, fields: &Fields) -> tantivy::Result<SegmentBuilder> {
        let segment = index.new_segment();
        let schema = segment.schema();
        let columns = FastFieldsWriter::from_schema_and_tokenizer_manager(
            &schema,
            index.fast_field_tokenizer().clone(),
        )?;
        let columns_file = index
            .directory()
            .open_write(&segment.relative_path(SegmentComponent::FastFields))?;
        let settings = index.settings();
        let store = StoreWriter::new(
            index
                .directory()
                .open_write(&segment.relative_path(SegmentComponent::Store))?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            false,
        )?;
        Ok(SegmentBuilder {
            unique: [Unique::new(fields.id), Unique::new(fields.identifier)],
            names: Names::new(fields),
            values: fields
                .plain()
                .into_iter()
                .filter(|(field, _)| ![fields.id, fields.identifier].contains(field))
                .map(|(field, chain)| Values::new(field, chain))
                .collect(),
            fields: fields.clone(),
            segment,
            n_docs: 0,
            text: Text::default(),
            arena: Lists::default(),
            lengths: FieldNormsWriter::for_schema(&schema),
            columns,
            columns_file,
            store,
        })
    }

    /// Bytes of memory taken, near enough.
    pub(super) fn n_bytes(&self) -> usize {
        self.text.n_bytes()
            + self.unique.iter().map(Unique::n_bytes).sum::<usize>()
            + self.names.n_bytes()
            + self.values.iter().map(Values::n_bytes).sum::<usize>()
            + self.arena.n_bytes()
            + self.lengths.mem_usage()
            + self.columns.mem_usage()
            + self.store.mem_usage()
            + self.n_docs as usize * BYTES_A_DOCUMENT
    }

    /// Whether its posting lists cannot take much more.
    pub(super) fn is_full(&self) -> bool {
        self.text.arena_bytes().max(self.arena.n_bytes()) >= MAX_ARENA_BYTES
    }

    /// Adds a record, given [`abs_schema::stored::encode`] of it and the number
    /// of the run that writes it.
    pub(super) fn add(
        &mut self,
        record: &Record,
        stored: Vec<u8>,
        run: u64,
    ) -> tantivy::Result<DocId> {
        let doc = self.n_docs;
        let abstract_text = record.abstract_text.as_deref().unwrap_or_default();
        let lengths = self.text.add(doc, &record.title, abstract_text);
        self.lengths.record(doc, self.fields.text, lengths.text);
        self.lengths.record(doc, self.fields.title, lengths.title);
        let (unique, values, arena) = (&mut self.unique, &mut self.values, &mut self.arena);
        self.fields.for_each_value(record, |field, value| {
            if let Some(unique) = unique.iter_mut().find(|unique| unique.field == field) {
                unique.add(doc, value);
            } else if let Some(values) = values.iter_mut().find(|values| values.is_of(field)) {
                values.add(doc, value, arena);
            }
        });
        let authors = record.authors.iter();
        let author_keys: Vec<u64> = authors
            .map(|author| self.names.add(doc, author, arena))
            .collect();
        let document = self.fields.columns(record, &author_keys, stored, run);
        self.columns.add_document(&document)?;
        self.store.store(&document, &self.fields.schema)?;
        self.n_docs += 1;
        Ok(doc)
    }

    /// Writes the segment; what is left of it is to be told to the index.
    pub(super) fn finish(self) -> tantivy::Result<Segment> {
        let SegmentBuilder {
            fields,
            segment,
            n_docs,
            text,
            unique,
            names,
            values,
            arena,
            mut lengths,
            mut columns,
            mut columns_file,
            store,
        } = self;
        let lengths_file = segment.open_write(SegmentComponent::FieldNorms)?;
        lengths.fill_up_to_max_doc(n_docs);
        lengths.serialize(FieldNormsSerializer::from_write(lengths_file)?, None)?;
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;

        let mut inverted = Inverted {
            serializer: InvertedIndexSerializer::open(&segment)?,
            lengths,
        };
        let (n_text, n_title) = text.n_tokens();
        let mut titles = TitleLists::default();
        inverted.field(fields.text, n_text, |serializer| {
            titles = text.write(serializer)?;
            Ok(())
        })?;
        inverted.field(fields.title, n_title, |serializer| {
            text.write_titles(&titles, serializer)
        })?;
        drop((text, titles));
        for unique in unique {
            inverted.field(unique.field, unique.n_tokens(), |serializer| {
                unique.write(serializer)
            })?;
        }
        names.write(&arena, &mut inverted)?;
        for values in values {
            values.write(&arena, &mut inverted)?;
        }
        inverted.serializer.close()?;

        columns.serialize(&mut columns_file, None)?;
        columns_file.terminate()?;
        store.close()?;
        Ok(segment.with_max_doc(n_docs))
    }
}

/// The meta data of a written segment, in which `dead` documents are deleted.
pub(super) fn with_deleted(
    segment: Segment,
    dead: &[DocId],
    opstamp: Opstamp,
) -> tantivy::Result<SegmentMeta> {
    if dead.is_empty() {
        return Ok(segment.meta().clone());
    }
    let n_docs = segment.meta().max_doc();
    let mut alive = BitSet::with_max_value_and_full(n_docs);
    for doc in dead {
        alive.remove(*doc);
    }
    let n_dead = n_docs - u32::try_from(alive.len()).unwrap_or(n_docs);
    let segment = segment.with_delete_meta(n_dead, opstamp);
    let mut file = segment.open_write(SegmentComponent::Delete)?;
    write_alive_bitset(&alive, &mut file)?;
    file.terminate()?;
    Ok(segment.meta().clone())
}

#[cfg(test)]
mod tests;
