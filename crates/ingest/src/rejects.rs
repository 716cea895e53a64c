//! The rejects report: one JSON line for each record that was not taken.

use std::io::{self, Write};

use serde::Serialize;

use crate::error::{Place, ReadError, SourceError};

/// A line of the report.
#[derive(Serialize)]
struct Reject<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte: Option<u64>,
    reason: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    excerpt: &'a str,
}

/// Writes one reject: `{"file", "line" or "byte", "reason", "excerpt"}`.
pub fn write_reject(out: &mut impl Write, error: &ReadError) -> io::Result<()> {
    let (line, byte) = match error.place {
        Place::Line(line) => (Some(line), None),
        Place::Byte(byte) => (None, Some(byte)),
    };
    write(
        out,
        &Reject {
            file: &error.path.to_string_lossy(),
            line,
            byte,
            reason: error.kind.to_string(),
            excerpt: &error.excerpt,
        },
    )
}

/// Writes one file that could not be read: `{"file", "byte", "reason"}`.
pub fn write_failure(out: &mut impl Write, error: &SourceError) -> io::Result<()> {
    write(
        out,
        &Reject {
            file: &error.path.to_string_lossy(),
            line: None,
            byte: error.byte,
            reason: error.kind.to_string(),
            excerpt: "",
        },
    )
}

/// Closes a report that ends before the rejects do: `{"reason"}`.
pub fn write_more(out: &mut impl Write, n_more: u64) -> io::Result<()> {
    let reason = format!("{n_more} more are counted and not listed");
    serde_json::to_writer(&mut *out, &serde_json::json!({ "reason": reason }))?;
    out.write_all(b"\n")
}

fn write(out: &mut impl Write, reject: &Reject<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, reject)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ReadErrorKind, SourceErrorKind};
    use std::path::Path;

    #[test]
    fn one_line_each() {
        let mut out = Vec::new();
        let kind = ReadErrorKind::NotObject;
        let error = ReadError::new(Path::new("a b.jsonl"), Place::Line(3), kind, b"[1,\t\"x\"]");
        write_reject(&mut out, &error).unwrap();
        let error = SourceError {
            path: "c.gz".into(),
            byte: Some(512),
            kind: SourceErrorKind::Truncated("gzip"),
        };
        write_failure(&mut out, &error).unwrap();
        expect_test::expect![[r#"
            {"file":"a b.jsonl","line":3,"reason":"not a JSON object","excerpt":"[1,\\t\"x\"]"}
            {"file":"c.gz","byte":512,"reason":"the gzip data is cut short"}
        "#]]
        .assert_eq(&String::from_utf8(out).unwrap());
    }
}
