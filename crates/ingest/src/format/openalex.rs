//! Works of OpenAlex: its snapshot, one JSON object a line
//! (<https://docs.openalex.org/download-all-data/openalex-snapshot>), and the
//! pages and single works of its API
//! (<https://docs.openalex.org/api-entities/works/work-object>).

mod inverted;
mod work;

use std::io::BufRead;
use std::path::Path;

use memchr::memmem;

use super::{Confidence, Format, Head, Items, json};

/// Works of OpenAlex.
#[derive(Debug, Clone, Copy)]
pub struct OpenAlex;

impl Format for OpenAlex {
    fn name(&self) -> &'static str {
        "OpenAlex JSON"
    }

    fn source(&self) -> &'static str {
        "openalex"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let has = |text: &str| memmem::find(head.bytes, text.as_bytes()).is_some();
        let is_work = has("\"abstract_inverted_index\"")
            || has("\"authorships\"")
            || has("\"https://openalex.org/W") && has("\"display_name\"");
        match json::shape(head.bytes) {
            json::Shape::Lines | json::Shape::Records if is_work => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        json::records(input, path, work::parse)
    }
}

#[cfg(test)]
mod tests;
