//! The mark-up of abstracts at Crossref: JATS elements with the prefix
//! `jats:` (<https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/abstracts/>).
//! Entities and elements without the prefix are for [`clean`](crate::clean).

use std::borrow::Cow;

/// Elements that stand apart from what is around them.
const BLOCKS: &[&str] = &[
    "p",
    "sec",
    "title",
    "label",
    "list",
    "list-item",
    "disp-formula",
    "disp-quote",
    "break",
    "abstract",
    "boxed-text",
    "def-list",
    "def-item",
    "def",
    "term",
    "table",
    "tr",
    "td",
    "th",
];

/// The text of an abstract: a heading that says no more than that it is one
/// is dropped, other headings end in a colon.
pub(super) fn text(abstract_text: &str) -> Cow<'_, str> {
    if !abstract_text.contains('<') {
        return Cow::Borrowed(abstract_text);
    }
    let mut out = String::with_capacity(abstract_text.len());
    let mut rest = abstract_text;
    // Where a heading that is open starts in `out`.
    let mut heading = None;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::at(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.len..];
        match (tag.name, tag.is_end) {
            // The same formula comes once more as TeX, or has no other form.
            ("mml:math", false) if out.trim_end().ends_with('$') => {
                rest = rest
                    .split_once("</mml:math>")
                    .map_or(rest, |(_, after)| after);
            }
            ("title", false) => heading = Some(out.len()),
            ("title", true) => end_heading(&mut out, heading.take()),
            _ => {}
        }
        if BLOCKS.contains(&tag.name) && !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn end_heading(out: &mut String, start: Option<usize>) {
    let Some(start) = start else { return };
    let heading = out[start..].trim();
    let is_first = out[..start].trim().is_empty();
    if is_first && ["abstract", "abstract:", "abstract."].contains(&&*heading.to_lowercase()) {
        out.truncate(start);
    } else if heading.ends_with(char::is_alphanumeric) {
        out.truncate(out.trim_end().len());
        out.push(':');
    }
}

/// A tag of JATS or MathML.
struct Tag<'a> {
    /// Without the prefix of JATS.
    name: &'a str,
    is_end: bool,
    len: usize,
}

impl Tag<'_> {
    fn at(text: &str) -> Option<Tag<'_>> {
        let inner = text.get(1..)?;
        let (is_end, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let is_jats = inner.starts_with("jats:");
        if !is_jats && !inner.starts_with("mml:") {
            return None;
        }
        let close = text.find('>')?;
        let name_end =
            inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-')))?;
        let name = &inner[..name_end];
        Some(Tag {
            name: name.strip_prefix("jats:").unwrap_or(name),
            is_end,
            len: close + 1,
        })
    }
}
