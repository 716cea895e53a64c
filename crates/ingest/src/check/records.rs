//! Every record of an index, read and held against its columns.

use abs_schema::fields::{content_hash, tie_key};
use abs_schema::{IndexFolder, stored};
use tantivy::schema::Value;
use tantivy::{Searcher, SegmentReader, TantivyDocument};

use super::{Checked, Remedy};

/// Blocks of stored records kept unpacked.
const CACHED_BLOCKS: usize = 1;

/// Reads every living record; how many there are.
pub(super) fn check(folder: &IndexFolder, searcher: &Searcher, checked: &mut Checked) -> u64 {
    let mut n_records = 0;
    for segment in searcher.segment_readers() {
        let path = folder
            .path
            .join(format!("{}.store", segment.segment_id().uuid_string()));
        match check_segment(folder, segment) {
            Ok((n_read, None)) => n_records += n_read,
            Ok((n_read, Some(what))) => {
                n_records += n_read;
                checked.add(path, what, Remedy::Rebuild);
            }
            Err(error) => checked.add(path, error.to_string(), Remedy::Rebuild),
        }
    }
    n_records
}

/// Records of a segment that are as they should be, and what is wrong with the
/// first that is not.
fn check_segment(
    folder: &IndexFolder,
    segment: &SegmentReader,
) -> tantivy::Result<(u64, Option<String>)> {
    let ties = segment.fast_fields().u64("tie")?;
    let contents = segment.fast_fields().u64("content")?;
    let store = segment.get_store_reader(CACHED_BLOCKS)?;
    let mut n_read = 0;
    for doc in segment.doc_ids_alive() {
        let document: TantivyDocument = store.get(doc)?;
        let bytes = document
            .get_first(folder.fields.record)
            .and_then(|value| value.as_bytes());
        let Some(packed) = bytes else {
            return Ok((n_read, Some(format!("document {doc} holds no record"))));
        };
        let record = stored::unpack(packed)
            .and_then(|json| Ok((stored::decode(&json)?, content_hash(&json))));
        let what = match record {
            Err(error) => Some(format!(
                "the record of document {doc} is no record: {error}"
            )),
            Ok((record, _)) if ties.first(doc) != Some(tie_key(&record.id)) => Some(format!(
                "the columns of {} are of another record",
                record.id
            )),
            Ok((record, content)) if contents.first(doc) != Some(content) => {
                Some(format!("the record {} is not as it was written", record.id))
            }
            Ok(_) => None,
        };
        if what.is_some() {
            return Ok((n_read, what));
        }
        n_read += 1;
    }
    let expected = u64::from(segment.num_docs());
    let what = (n_read != expected).then(|| format!("{n_read} records are there, not {expected}"));
    Ok((n_read, what))
}
