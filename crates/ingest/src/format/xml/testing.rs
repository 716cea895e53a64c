//! Reads fixtures and writes down what they say.

use std::convert::Infallible;
use std::ops::ControlFlow;

use abs_record::{Author, Record, RecordId};

use crate::pipeline::{self, Observer};
use crate::{Input, Outcome, ReadError, RecordSink, SourceError};

#[derive(Default)]
struct Log(Vec<String>);

impl Observer for Log {
    fn file_started(&mut self, _: &std::path::Path, _: Option<u64>, format: &'static str) {
        self.0.push(format.to_owned());
    }

    fn rejected(&mut self, error: &ReadError) -> ControlFlow<()> {
        self.0.push(format!("{}: {}", error.place, error.kind));
        ControlFlow::Continue(())
    }

    fn file_failed(&mut self, error: &SourceError) {
        self.0.push(format!("failed: {}", error.kind));
    }
}

#[derive(Default)]
struct Facts(Vec<String>);

impl RecordSink for Facts {
    type Error = Infallible;

    fn push(&mut self, record: Record) -> Result<Outcome, Infallible> {
        self.0.push(facts(&record));
        Ok(Outcome::Indexed)
    }

    fn delete(&mut self, id: &RecordId) -> Result<bool, Infallible> {
        self.0.push(format!("{id} is deleted"));
        Ok(true)
    }
}

/// All that a file gives: its format and its rejects, then its records.
pub(in crate::format) fn read(text: impl AsRef<[u8]>) -> String {
    let input = Input::from_reader("x", std::io::Cursor::new(text.as_ref().to_vec()));
    let (mut log, mut found) = (Log::default(), Facts::default());
    let Ok(summary) = pipeline::run([Ok(input)], &mut found, &mut log);
    assert!(summary.adds_up(), "{summary:?}");
    [log.0, found.0].concat().join("\n")
}

/// A record in some lines.
fn facts(record: &Record) -> String {
    let authors: Vec<String> = record
        .authors
        .iter()
        .map(|author| match &author.orcid {
            Some(orcid) => format!("{} ({orcid})", Author::display(author)),
            None => Author::display(author),
        })
        .collect();
    let date = record.date.map(|date| date.to_string());
    let line = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("\n  {name}: {value}"),
    };
    let optional = |name: &str, value: &Option<String>| line(name, value.as_deref().unwrap_or(""));
    [
        format!("{} {}", record.id, record.title),
        line("by", &authors.join("; ")),
        line("on", &date.unwrap_or_default()),
        optional("in", &record.venue),
        line("categories", &record.categories.join("; ")),
        line("keywords", &record.keywords.join("; ")),
        optional("doi", &record.doi),
        optional("arxiv", &record.arxiv),
        optional("pmid", &record.pmid),
        optional("url", &record.url),
        optional("language", &record.language),
        optional("abstract", &record.abstract_text),
    ]
    .concat()
}
