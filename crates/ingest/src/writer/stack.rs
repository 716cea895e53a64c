//! Segments without deleted documents, put behind one another in a new one.
//!
//! tantivy's merge asks a table of all documents for each posting what the
//! document's number is in the new segment: a third of its time, as the tables
//! of a few segments are beyond any cache. Where nothing is deleted the number
//! is the old one and what stands before it. What is written goes through
//! tantivy's serializers, in the order in which its own merge writes.

use std::io;

use tantivy::columnar::{
    ColumnType, ColumnarReader, MergeRowOrder, StackMergeOrder, merge_columnar,
};
use tantivy::directory::{CompositeFile, FileSlice, TerminatingWrite};
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer};
use tantivy::index::{Segment, SegmentComponent};
use tantivy::positions::PositionReader;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer, TermInfo};
use tantivy::schema::{Field, IndexRecordOption, Schema, Type};
use tantivy::store::StoreWriter;
use tantivy::termdict::TermMerger;
use tantivy::{DocId, Index, InvertedIndexReader, SegmentReader};

use super::inverted::Inverted;

/// Documents below which they are stored one by one: blocks that are stacked
/// keep their size, and the last of each is not full.
const MIN_STACKED_DOCS: DocId = 1_000;

/// The new segment. It is part of no commit yet.
///
/// No document of `segments` may be deleted. They are opened for each step
/// anew, so that no more of them is held than it needs.
pub(super) fn stack(index: &Index, segments: &[Segment]) -> tantivy::Result<Segment> {
    let segment = index.new_segment();
    let schema = segment.schema();
    let n_docs = segments
        .iter()
        .map(|segment| segment.meta().max_doc())
        .sum();

    write_lengths(&schema, &segment, segments)?;
    let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
    let mut inverted = Inverted {
        serializer: InvertedIndexSerializer::open(&segment)?,
        lengths,
    };
    for (field, entry) in schema.fields() {
        if let Some(option) = entry.field_type().get_index_record_option() {
            write_field(&mut inverted, field, option, segments)?;
        }
    }
    inverted.serializer.close()?;
    write_columns(&schema, &segment, segments)?;
    write_store(index, &segment, segments)?;
    Ok(segment.with_max_doc(n_docs))
}

fn open(segments: &[Segment]) -> tantivy::Result<Vec<SegmentReader>> {
    segments.iter().map(SegmentReader::open).collect()
}

fn write_lengths(schema: &Schema, segment: &Segment, segments: &[Segment]) -> tantivy::Result<()> {
    let file = segment.open_write(SegmentComponent::FieldNorms)?;
    let mut serializer = FieldNormsSerializer::from_write(file)?;
    let segments = open(segments)?;
    let mut codes = Vec::new();
    for (field, entry) in schema.fields() {
        if !entry.has_fieldnorms() {
            continue;
        }
        codes.clear();
        for segment in &segments {
            let lengths = segment.get_fieldnorms_reader(field)?;
            codes.extend((0..segment.max_doc()).map(|doc| lengths.fieldnorm_id(doc)));
        }
        serializer.serialize_field(field, &codes)?;
    }
    serializer.close()?;
    Ok(())
}

/// One field's lists in one of the segments.
struct Lists<'a> {
    index: &'a InvertedIndexReader,
    /// The positions of all its terms.
    positions: Option<FileSlice>,
    /// Documents of the segments before.
    base: DocId,
}

fn write_field(
    inverted: &mut Inverted,
    field: Field,
    option: IndexRecordOption,
    segments: &[Segment],
) -> tantivy::Result<()> {
    let segments = open(segments)?;
    let indexes = segments
        .iter()
        .map(|segment| segment.inverted_index(field))
        .collect::<tantivy::Result<Vec<_>>>()?;
    let mut base = 0;
    let mut lists = Vec::with_capacity(segments.len());
    let mut streams = Vec::with_capacity(segments.len());
    for (segment, index) in segments.iter().zip(&indexes) {
        let positions = match option.has_positions() {
            true => CompositeFile::open(&segment.open_read(SegmentComponent::Positions)?)?
                .open_read(field),
            false => None,
        };
        lists.push(Lists {
            index,
            positions,
            base,
        });
        streams.push(index.terms().stream()?);
        base += segment.max_doc();
    }
    let n_tokens = indexes.iter().map(|index| index.total_num_tokens()).sum();
    inverted.field(field, n_tokens, |serializer| {
        let mut terms = TermMerger::new(streams);
        let mut infos: Vec<(usize, TermInfo)> = Vec::with_capacity(lists.len());
        let mut places = Vec::new();
        while terms.advance() {
            infos.clear();
            infos.extend(terms.current_segment_ords_and_term_infos());
            let doc_freq = infos.iter().map(|(_, info)| info.doc_freq).sum();
            serializer.new_term(terms.key(), doc_freq, option.has_freq())?;
            for (idx, info) in &infos {
                lists[*idx].write(info, option, &mut places, serializer)?;
            }
            serializer.close_term()?;
        }
        Ok(())
    })
}

impl Lists<'_> {
    /// Writes a term's documents, a block of them at a time. `places` is room
    /// for the positions of a block.
    fn write(
        &self,
        term: &TermInfo,
        option: IndexRecordOption,
        places: &mut Vec<u32>,
        serializer: &mut FieldSerializer<'_>,
    ) -> io::Result<()> {
        let mut blocks = self.index.read_block_postings_from_terminfo(term, option)?;
        let mut positions = match &self.positions {
            Some(file) => {
                let bytes = file.read_bytes_slice(term.positions_range.clone())?;
                Some(PositionReader::open(bytes)?)
            }
            None => None,
        };
        let mut n_read: u64 = 0;
        while blocks.block_len() > 0 {
            places.clear();
            if let Some(positions) = &mut positions {
                let n_places: usize = blocks.freqs().iter().map(|freq| *freq as usize).sum();
                places.resize(n_places, 0);
                positions.read(n_read, places);
                n_read += n_places as u64;
            }
            let mut rest = places.as_slice();
            for (idx, doc) in blocks.docs().iter().enumerate() {
                let freq = match option.has_freq() {
                    true => blocks.freq(idx),
                    false => 0,
                };
                let of_doc = if positions.is_some() {
                    freq as usize
                } else {
                    0
                };
                // As many were read as the frequencies say.
                let (first, others) = rest.split_at(of_doc.min(rest.len()));
                serializer.write_doc(self.base + doc, freq, first);
                rest = others;
            }
            blocks.advance();
        }
        Ok(())
    }
}

fn write_columns(schema: &Schema, segment: &Segment, segments: &[Segment]) -> tantivy::Result<()> {
    let columns = segments
        .iter()
        .map(|segment| {
            Ok(ColumnarReader::open(
                segment.open_read(SegmentComponent::FastFields)?,
            )?)
        })
        .collect::<tantivy::Result<Vec<_>>>()?;
    let columns: Vec<&ColumnarReader> = columns.iter().collect();
    // A column in which no document has a value is one all the same.
    let required: Vec<(String, ColumnType)> = schema
        .fields()
        .filter(|(_, entry)| entry.is_fast())
        .filter_map(|(_, entry)| {
            let column = column_type(entry.field_type().value_type())?;
            Some((entry.name().to_owned(), column))
        })
        .collect();
    let order = MergeRowOrder::Stack(StackMergeOrder::stack(&columns));
    let mut file = segment.open_write(SegmentComponent::FastFields)?;
    merge_columnar(&columns, &required, order, &mut file)?;
    file.terminate()?;
    Ok(())
}

/// The column of a field's type, as tantivy has it.
fn column_type(value: Type) -> Option<ColumnType> {
    match value {
        Type::Str => Some(ColumnType::Str),
        Type::U64 => Some(ColumnType::U64),
        Type::I64 => Some(ColumnType::I64),
        Type::F64 => Some(ColumnType::F64),
        Type::Bool => Some(ColumnType::Bool),
        Type::Date => Some(ColumnType::DateTime),
        Type::Bytes => Some(ColumnType::Bytes),
        Type::IpAddr => Some(ColumnType::IpAddr),
        _ => None,
    }
}

fn write_store(index: &Index, segment: &Segment, segments: &[Segment]) -> tantivy::Result<()> {
    let segments = open(segments)?;
    let settings = index.settings();
    let mut writer = StoreWriter::new(
        segment.open_write(SegmentComponent::Store)?,
        settings.docstore_compression,
        settings.docstore_blocksize,
        false,
    )?;
    for segment in &segments {
        let store = segment.get_store_reader(1)?;
        if segment.max_doc() < MIN_STACKED_DOCS {
            for doc in 0..segment.max_doc() {
                writer.store_bytes(&store.get_document_bytes(doc)?)?;
            }
        } else {
            writer.stack(store)?;
        }
    }
    writer.close()?;
    Ok(())
}

#[cfg(test)]
mod tests;
