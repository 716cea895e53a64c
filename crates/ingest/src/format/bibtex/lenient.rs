//! Entries whose braces or quotes do not close: each field is taken to go
//! from the line it starts on to the line before the next one.

use super::Macros;
use super::entry::{Entry, opening};

/// The longest field name: `web-of-science-categories`, and some.
const MAX_NAME_BYTES: usize = 40;

/// What can be made of a broken entry; `None` where the last field is cut or
/// fields do not start on lines of their own.
pub(super) fn entry(text: &str, macros: &Macros) -> Option<Entry> {
    let (kind, close, body) = opening(text)?;
    if kind == "string" {
        return None;
    }
    let mut lines = text[body..].split('\n');
    let key = lines.next()?.trim().trim_end_matches(',');
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines {
        if let Some((name, value)) = field(line) {
            fields.push((name.to_ascii_lowercase(), value.to_owned()));
        } else if let Some((_, value)) = fields.last_mut() {
            value.push('\n');
            value.push_str(line);
        }
    }
    if fields.len() < 2 {
        return None;
    }
    let n_fields = fields.len();
    for (idx, (_, value)) in fields.iter_mut().enumerate() {
        let is_last = idx + 1 == n_fields;
        *value = undelimited(value, is_last.then_some(close), macros)?;
    }
    Some(Entry {
        kind,
        key: if key.contains('=') {
            String::new()
        } else {
            key.to_owned()
        },
        fields,
    })
}

/// `name = value` at the start of a line.
pub(super) fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty()
        && name.len() <= MAX_NAME_BYTES
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'));
    let value = value.trim_start();
    let is_value = value.starts_with(|c: char| matches!(c, '{' | '"') || c.is_alphanumeric());
    (is_name && is_value).then_some((name, value))
}

/// A value without what encloses it; `close` is the end of the entry, which
/// the last value may have behind it.
fn undelimited(value: &str, close: Option<char>, macros: &Macros) -> Option<String> {
    let mut value = value.trim().trim_end_matches(',').trim_end();
    let end = match value.chars().next()? {
        '{' => '}',
        '"' => '"',
        _ => {
            let word = value.trim_end_matches(['}', ')', ',']).trim();
            return Some(macros.get(word).unwrap_or(word).to_owned());
        }
    };
    if let Some(close) = close {
        // The brace of the entry stands on its own line, or comes second.
        let inner = value
            .strip_suffix(close)
            .map(|inner| inner.trim_end().trim_end_matches(','));
        if let Some(inner) = inner.filter(|inner| inner.ends_with(end)) {
            value = inner;
        }
    }
    match value[1..].strip_suffix(end) {
        Some(inner) => Some(inner.to_owned()),
        // The last one may be cut, the others just lack their ends.
        None => close.is_none().then(|| value[1..].to_owned()),
    }
}
