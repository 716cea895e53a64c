//! Lists of spans of a text, `[{"start": 0, "end": 12}]`, mostly as JSON in a
//! string, as Semantic Scholar writes annotations.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::nested::IfObject;
use super::value::Value;

/// Spans in code points, as they are said; whatever cannot be read as one is
/// left out.
#[derive(Debug, Default)]
pub(super) struct Spans(Vec<Range<usize>>);

impl Spans {
    /// The same in bytes of `text`, in its order. Spans that are empty, that
    /// begin beyond the end, or within the one before are left out (so that
    /// all together are never longer than the text), those that end beyond it
    /// end there.
    pub(super) fn in_bytes(mut self, text: &str) -> Vec<Range<usize>> {
        self.0.sort_by_key(|span| span.start);
        let mut ranges = Vec::new();
        let (mut n_chars, mut n_bytes) = (0, 0);
        let mut byte_of = |char: usize| {
            let rest = &text[n_bytes..];
            let next = rest.char_indices().nth(char - n_chars);
            n_chars = char;
            n_bytes += next.map_or(rest.len(), |(byte, _)| byte);
            n_bytes
        };
        let mut end = 0;
        for span in self.0 {
            if span.start < end || span.is_empty() {
                continue;
            }
            end = span.end;
            let range = byte_of(span.start)..byte_of(span.end);
            if range.is_empty() {
                break;
            }
            ranges.push(range);
        }
        ranges
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Span {
    start: Offset,
    end: Offset,
}

/// A number, also one in a string, as early releases have it.
#[derive(Default)]
struct Offset(Option<usize>);

impl<'de> Deserialize<'de> for Offset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Offset, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Offset(
            value.first_text().and_then(|text| text.parse().ok()),
        ))
    }
}

impl<'de> Deserialize<'de> for Spans {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Spans, D::Error> {
        deserializer.deserialize_any(SpansVisitor)
    }
}

struct SpansVisitor;

impl<'de> Visitor<'de> for SpansVisitor {
    type Value = Spans;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Spans, E> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let spans = if text.trim_start().starts_with('[') {
            deserializer.deserialize_seq(SpansVisitor).ok()
        } else {
            None
        };
        Ok(spans.unwrap_or_default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Spans, A::Error> {
        let mut spans = Vec::new();
        while let Some(IfObject(span)) = seq.next_element::<IfObject<Span>>()? {
            if let Some((start, end)) = span.and_then(|span| span.start.0.zip(span.end.0)) {
                spans.push(start..end);
            }
        }
        Ok(Spans(spans))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Spans, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Spans::default())
    }

    fn visit_unit<E>(self) -> Result<Spans, E> {
        Ok(Spans::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Spans, E> {
        Ok(Spans::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Spans, E> {
        Ok(Spans::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Spans, E> {
        Ok(Spans::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Spans, E> {
        Ok(Spans::default())
    }
}
