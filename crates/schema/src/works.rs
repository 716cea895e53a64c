//! Which records are versions of one work: kept beside the index.
//!
//! Records of one work stay separate documents. What belongs together is found
//! after an ingest and written into [`WORKS_FILE`], for the commit as it is: a
//! file that was made for another commit is not used, so that what a killed
//! ingest leaves behind is an index without works and never one with wrong
//! ones. All integers are little-endian.
//!
//! | part | bytes |
//! |---|---|
//! | magic and version | 8 |
//! | XXH3 of all that follows | 8 |
//! | number of segments | 4 |
//! | number of members, records with another version | 4 |
//! | for each segment: its id; documents, deleted ones, stamp of the deletes, members | 32; 4, 4, 8, 4 |
//! | for each member: its document, segment by segment, ascending | 4 |
//! | for each member: the number of the next member of its work, in a ring | 4 |
//!
//! Read, a member takes 20 bytes, and a document of a segment that has members
//! 1.5 bits.

mod key;
mod read;
mod title;

use std::path::Path;

use tantivy::{Directory, DocId, Index, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

pub use key::{KeyKind, family, kind_of, work_keys};
pub use read::{SegmentWorks, Works};
pub use title::{Title, is_numeral};

/// The file's name. Names that start with a full stop are not tantivy's to
/// delete.
pub const WORKS_FILE: &str = ".works";
const MAGIC: [u8; 8] = *b"absworks";
/// Changes with the layout of the file and with the rules by which works are
/// found: then they are found anew at the next ingest.
const VERSION: u64 = 1;
/// Versions of one work; what goes beyond stays apart.
pub const MAX_VERSIONS: usize = 64;

/// A member of a work: the place of its segment among the commit's, and its
/// document.
pub type Member = (usize, DocId);

/// Why the file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {WORKS_FILE}: {0}")]
pub struct WriteWorksError(#[from] std::io::Error);

/// Writes the works of a commit. `members` ascends; `next` has for each the
/// index of the next member of its work, the last one's is the first.
pub fn write(
    index: &Index,
    segments: &[SegmentReader],
    members: &[Member],
    next: &[u32],
) -> Result<(), WriteWorksError> {
    let bytes = encode(segments, members, next);
    index
        .directory()
        .atomic_write(Path::new(WORKS_FILE), &bytes)?;
    Ok(())
}

fn encode(segments: &[SegmentReader], members: &[Member], next: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(24 + 52 * segments.len() + 8 * members.len());
    bytes.extend(MAGIC);
    bytes.extend([0; 8]);
    put(&mut bytes, segments.len());
    put(&mut bytes, members.len());
    let mut rest = members;
    for (idx, segment) in segments.iter().enumerate() {
        let end = rest.partition_point(|(segment_idx, _)| *segment_idx <= idx);
        bytes.extend(SegmentStamp::of(segment).0);
        put(&mut bytes, end);
        rest = &rest[end..];
    }
    for (_, doc) in members {
        bytes.extend(doc.to_le_bytes());
    }
    for next in next {
        bytes.extend(next.to_le_bytes());
    }
    let sum = checksum(&bytes[16..]);
    bytes[8..16].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn checksum(bytes: &[u8]) -> u64 {
    xxh3_64(bytes) ^ VERSION
}

fn put(bytes: &mut Vec<u8>, number: usize) {
    // A commit holds fewer than 2^32 documents, or is not looked at.
    bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

/// What tells a segment, with its deletes, from any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SegmentStamp([u8; SegmentStamp::BYTES]);

impl SegmentStamp {
    const BYTES: usize = 48;

    fn of(segment: &SegmentReader) -> SegmentStamp {
        let mut stamp = [0; SegmentStamp::BYTES];
        let id = segment.segment_id().uuid_string();
        for (to, from) in stamp[..32].iter_mut().zip(id.bytes()) {
            *to = from;
        }
        stamp[32..36].copy_from_slice(&segment.max_doc().to_le_bytes());
        stamp[36..40].copy_from_slice(&segment.num_deleted_docs().to_le_bytes());
        // No deletes and deletes at stamp 0 cannot both be: 0 is the first add.
        let deletes = segment.delete_opstamp().unwrap_or_default();
        stamp[40..48].copy_from_slice(&deletes.to_le_bytes());
        SegmentStamp(stamp)
    }
}
