//! Stored records made small, one by one.
//!
//! Each is a frame of zstd, packed with a dictionary of phrases that abstracts
//! share (`dictionary.bin`, made by `benches/dictionary.py`). Packed together in
//! blocks, as tantivy would have it, records take a tenth more room, and each
//! one that is shown costs the unpacking of a whole block: ten times as much.

use std::cell::RefCell;
use std::sync::LazyLock;

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::get_frame_content_size;

use super::StoredError;

const DICTIONARY: &[u8] = include_bytes!("dictionary.bin");
/// 3 makes an index 2.5 % smaller and an ingest 3 % slower.
const LEVEL: i32 = 2;
/// A frame that says it holds more is no record's, whoever made it.
const MAX_RECORD_BYTES: u64 = 1 << 28;

static PACKING: LazyLock<Option<EncoderDictionary<'static>>> =
    LazyLock::new(|| EncoderDictionary::try_copy(DICTIONARY, LEVEL).ok());
static UNPACKING: LazyLock<Option<DecoderDictionary<'static>>> =
    LazyLock::new(|| DecoderDictionary::try_copy(DICTIONARY).ok());

thread_local! {
    // To make one costs more than to use it.
    static PACKER: RefCell<Option<Compressor<'static>>> = RefCell::new(packer());
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = RefCell::new(unpacker());
}

fn packer() -> Option<Compressor<'static>> {
    let mut packer = Compressor::with_prepared_dictionary(PACKING.as_ref()?).ok()?;
    packer.include_dictid(false).ok()?;
    packer.include_checksum(false).ok()?;
    Some(packer)
}

fn unpacker() -> Option<Decompressor<'static>> {
    Decompressor::with_prepared_dictionary(UNPACKING.as_ref()?).ok()
}

/// What [`super::encode`] gave, packed; as it was where zstd has no memory.
pub fn pack(json: Vec<u8>) -> Vec<u8> {
    let packed = PACKER.with_borrow_mut(|packer| packer.as_mut()?.compress(&json).ok());
    packed.unwrap_or(json)
}

/// What was packed.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, StoredError> {
    // No frame of zstd begins so.
    if packed.first() == Some(&b'{') {
        return Ok(packed.to_vec());
    }
    let n_bytes = get_frame_content_size(packed)
        .ok()
        .flatten()
        .filter(|n_bytes| *n_bytes <= MAX_RECORD_BYTES)
        .and_then(|n_bytes| usize::try_from(n_bytes).ok())
        .ok_or(StoredError::Frame)?;
    UNPACKER
        .with_borrow_mut(|unpacker| unpacker.as_mut()?.decompress(packed, n_bytes).ok())
        .filter(|json| json.len() == n_bytes)
        .ok_or(StoredError::Frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        for json in [
            "{}".to_owned(),
            "{\"t\":\"In this paper, we propose a novel approach\"}".to_owned(),
            format!("{{\"x\":\"{}\"}}", "ß∈".repeat(100_000)),
        ] {
            let packed = pack(json.clone().into_bytes());
            assert_eq!(unpack(&packed).unwrap(), json.as_bytes());
            assert_eq!(unpack(json.as_bytes()).unwrap(), json.as_bytes());
        }
    }

    #[test]
    fn a_record_alone_is_packed_well() {
        let text = "{\"id\":\"arXiv:1\",\"x\":\"In this paper, we propose a novel method for \
                    the analysis of large networks. Experiments on the data show that the \
                    proposed method outperforms existing state-of-the-art approaches.\"}";
        let packed = pack(text.as_bytes().to_vec());
        assert!(packed.len() * 2 < text.len(), "{}", packed.len());
    }

    #[test]
    fn what_was_not_packed_so_is_an_error() {
        let mut packed = pack(b"{\"t\":\"A title of some words\"}".to_vec());
        for bytes in [
            &b""[..],
            b"x",
            b"\x28\xb5\x2f\xfd",
            &packed[..packed.len() - 1],
        ] {
            assert!(
                matches!(unpack(bytes), Err(StoredError::Frame)),
                "{bytes:?}"
            );
        }
        // A frame of 2^62 bytes: refused before room is made for it.
        packed.splice(4.., [0xe0, 0, 0, 0, 0, 0, 0, 0, 0x40]);
        assert!(matches!(unpack(&packed), Err(StoredError::Frame)));
    }
}
