//! A hash at the end of a small JSON file, as white space.
//!
//! tantivy's checksums do not cover its own `meta.json` and `.managed.json`,
//! and one flipped digit in them is another index. So every `.json` file of an
//! index ends in a line break and 64 blanks (0) and tabs (1), the XXH3 of what
//! is before them, the highest bit first. To any reader of JSON it is still
//! the same file.

use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a seal.
const SEAL_BYTES: usize = 65;

/// A content with its seal.
pub(super) fn seal(content: &[u8]) -> Vec<u8> {
    let hash = xxh3_64(content);
    let mut sealed = Vec::with_capacity(content.len() + SEAL_BYTES);
    sealed.extend_from_slice(content);
    sealed.push(b'\n');
    sealed.extend((0..64).rev().map(|bit| match hash >> bit & 1 {
        0 => b' ',
        _ => b'\t',
    }));
    sealed
}

/// The content of a sealed file; `None` if it is not what was sealed.
pub(super) fn unseal(sealed: &[u8]) -> Option<&[u8]> {
    let (content, seal) = sealed.split_at_checked(sealed.len().checked_sub(SEAL_BYTES)?)?;
    let mut hash = 0;
    let (b'\n', bits) = seal.split_first()? else {
        return None;
    };
    for bit in bits {
        hash = hash << 1
            | match bit {
                b' ' => 0,
                b'\t' => 1,
                _ => return None,
            };
    }
    (hash == xxh3_64(content)).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_and_every_cut_breaks_the_seal() {
        let content = br#"{"segments": [], "opstamp": 7}"#;
        let sealed = seal(content);
        assert_eq!(unseal(&sealed), Some(&content[..]));
        assert!(serde_json::from_slice::<serde_json::Value>(&sealed).is_ok());
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unseal(&flipped), None, "bit {bit}");
        }
        for len in 0..sealed.len() {
            assert_eq!(unseal(&sealed[..len]), None, "{len} bytes");
        }
        assert_eq!(unseal(&seal(b"")), Some(&b""[..]));
    }
}
