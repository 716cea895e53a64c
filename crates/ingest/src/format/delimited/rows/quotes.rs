//! What a quote means in a row that is not as it should be.

use memchr::memchr;

use super::fields::Fields;

/// How quotes are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Only around whole cells, twice inside: what a program writes.
    Strict,
    /// The same, but in a cell that is not quoted they may stand in pairs.
    Single,
    /// One closes a cell only before a separator or a line's end:
    /// `"The "B" gene"`.
    Lenient,
}

/// A row read anew.
pub(super) struct Split {
    pub(super) fields: Fields,
    /// Its bytes with the line's end.
    pub(super) len: usize,
}

/// The first row of a text, if it has so many fields, but for empty ones at
/// its end; if not, after how many bytes that is clear. `is_all` says that
/// nothing follows the text.
pub(super) fn split(
    text: &[u8],
    is_all: bool,
    separator: u8,
    n_fields: usize,
    quotes: Quotes,
) -> Result<Split, usize> {
    let mut fields = Fields::default();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if rest.first() == Some(&b'"') {
            at += 1 + quoted(&rest[1..], is_all, separator, quotes, &mut fields.text)
                .map_err(|n_bytes| at + n_bytes)?;
        } else {
            let len = rest
                .iter()
                .position(|b| *b == separator || *b == b'\n')
                .unwrap_or(rest.len());
            let cell = &rest[..len];
            let n_quotes = memchr::memchr_iter(b'"', cell).count();
            let is_wrong = match quotes {
                Quotes::Strict => n_quotes > 0,
                Quotes::Single => n_quotes % 2 == 1,
                Quotes::Lenient => false,
            };
            if is_wrong {
                return Err(at + len);
            }
            let is_last = rest.get(len) != Some(&separator);
            let cell = match cell.split_last() {
                Some((b'\r', cell)) if is_last => cell,
                _ => cell,
            };
            fields.text.extend_from_slice(cell);
            at += len;
        }
        let start = fields.ends.last().copied().unwrap_or(0);
        if fields.ends.len() < n_fields || fields.text.len() > start {
            fields.ends.push(fields.text.len());
        }
        if fields.ends.len() > n_fields {
            return Err(at);
        }
        let rest = &text[at..];
        let n_end = match rest {
            [first, ..] if *first == separator => {
                at += 1;
                continue;
            }
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            [] if is_all => 0,
            _ => return Err(at),
        };
        return match fields.ends.len() == n_fields {
            true => Ok(Split {
                fields,
                len: at + n_end,
            }),
            false => Err(at),
        };
    }
}

/// Takes what stands behind an opening quote; its bytes with the closing one.
fn quoted(
    text: &[u8],
    is_all: bool,
    separator: u8,
    quotes: Quotes,
    out: &mut Vec<u8>,
) -> Result<usize, usize> {
    let mut at = 0;
    loop {
        let Some(len) = memchr(b'"', &text[at..]) else {
            return Err(text.len());
        };
        out.extend_from_slice(&text[at..at + len]);
        at += len + 1;
        match text.get(at) {
            Some(b'"') => {
                out.push(b'"');
                at += 1;
            }
            Some(b'\n' | b'\r') => return Ok(at),
            Some(b) if *b == separator => return Ok(at),
            None if is_all => return Ok(at),
            Some(_) if quotes == Quotes::Lenient => out.push(b'"'),
            _ => return Err(at),
        }
    }
}

/// Whether every quote opens or closes a field, or is written twice.
pub(super) fn are_quotes_closed(row: &[u8], separator: u8) -> bool {
    let mut rest = row;
    loop {
        // At the start of a field.
        let Some(quoted) = rest.strip_prefix(b"\"") else {
            let Some(end) = memchr(separator, rest) else {
                return true;
            };
            rest = &rest[end + 1..];
            continue;
        };
        rest = quoted;
        loop {
            let Some(end) = memchr(b'"', rest) else {
                return false;
            };
            rest = &rest[end + 1..];
            match rest.first() {
                None => return true,
                Some(b'"') => rest = &rest[1..],
                Some(b) if *b == separator => break,
                Some(_) => return false,
            }
        }
        rest = &rest[1..];
    }
}
