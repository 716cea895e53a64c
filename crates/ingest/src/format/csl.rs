//! Works described with the variables of the Citation Style Language, in two
//! formats: CSL-JSON, a list of works as reference managers export it
//! (<https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables>,
//! <https://github.com/citation-style-language/schema>), and the answers of
//! Crossref's REST API and its public data files, which build on it
//! (<https://api.crossref.org/swagger-ui/index.html>): one work, a list,
//! `message`, `message.items`, `items`, or one work a line.

mod date;
mod jats;
mod work;

use std::io::BufRead;
use std::path::Path;

use memchr::memmem;

use super::{Confidence, Format, Head, Items, json};

/// Works as Crossref describes them.
#[derive(Debug, Clone, Copy)]
pub struct Crossref;

/// Works as reference managers describe them.
#[derive(Debug, Clone, Copy)]
pub struct CslJson;

/// Keys that Crossref has and CSL has not.
const CROSSREF_KEYS: &[&str] = &[
    "reference-count",
    "references-count",
    "is-referenced-by-count",
    "content-domain",
    "short-container-title",
    "issn-type",
    "isbn-type",
    "journal-issue",
    "deposited",
    "member",
    "message-type",
];

/// Types of works that are called so nowhere else.
const CSL_TYPES: &[&str] = &[
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "paper-conference",
    "post-weblog",
    "entry-encyclopedia",
    "entry-dictionary",
    "legal_case",
    "motion_picture",
    "personal_communication",
    "review-book",
];

impl Format for Crossref {
    fn name(&self) -> &'static str {
        "Crossref JSON"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        if json::shape(head.bytes) == json::Shape::Other {
            return Confidence::No;
        }
        let n_known = CROSSREF_KEYS
            .iter()
            .filter(|key| has_key(head.bytes, key))
            .count();
        // An answer of the API says so, whatever of its works was asked for.
        let is_answer = has_key(head.bytes, "message-type") && has_key(head.bytes, "message");
        match n_known {
            0 | 1 if !is_answer => Confidence::No,
            _ => Confidence::Certain,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        json::records(input, path, work::parse)
    }
}

impl Format for CslJson {
    fn name(&self) -> &'static str {
        "CSL-JSON"
    }

    fn source(&self) -> &'static str {
        "csl"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        if json::shape(head.bytes) == json::Shape::Other {
            return Confidence::No;
        }
        let has = |key| has_key(head.bytes, key);
        let has_type = has("type")
            && CSL_TYPES
                .iter()
                .any(|name| memmem::find(head.bytes, format!("\"{name}\"").as_bytes()).is_some());
        // Dates that are objects are CSL's alone; books have no other mark.
        let has_dates = has("issued") && ["date-parts", "raw", "literal"].into_iter().any(has);
        if has_type && (has("issued") || has("author") || has("container-title")) {
            Confidence::Certain
        } else if has_dates {
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        json::records(input, path, work::parse)
    }
}

/// Whether a key is anywhere in a JSON text. In a string its quotes would be
/// escaped.
fn has_key(text: &[u8], key: &str) -> bool {
    let quoted = format!("\"{key}\"");
    memmem::find_iter(text, quoted.as_bytes()).any(|at| {
        let after = &text[at + quoted.len()..];
        after.trim_ascii_start().starts_with(b":")
    })
}

#[cfg(test)]
mod tests;
