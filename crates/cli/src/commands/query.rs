//! Where a command's query comes from: its arguments, or a file.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use abs_query::syntax::Limits;
use anyhow::{Context, bail};

/// The query, as words or as a file.
#[derive(Debug, clap::Args)]
pub(super) struct QueryArgs {
    /// Query, its words joined by blanks; `*` for all records
    pub(super) query: Vec<String>,
    /// Read the query from a file, such as the search of a systematic review with thousands of
    /// terms; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    query_file: Option<PathBuf>,
}

/// The query's text, and how long it may be.
pub(super) struct QueryText {
    pub(super) text: String,
    pub(super) limits: Limits,
}

impl QueryArgs {
    /// Nothing is asked for, nor a file named that may ask.
    pub(super) fn is_empty(&self) -> bool {
        self.query_file.is_none() && self.query.iter().all(|word| word.trim().is_empty())
    }

    /// Reads it. What is typed as several words is one query.
    pub(super) fn read(&self) -> anyhow::Result<QueryText> {
        match &self.query_file {
            None => Ok(QueryText {
                text: self.query.join(" "),
                limits: Limits::TYPED,
            }),
            Some(path) => {
                let read = if path == Path::new("-") {
                    text_of(io::stdin().lock())
                } else {
                    File::open(path)
                        .map_err(anyhow::Error::from)
                        .and_then(text_of)
                };
                let attempt = || format!("cannot read the query in {}", path.display());
                Ok(QueryText {
                    text: read.with_context(attempt)?,
                    limits: Limits::FILE,
                })
            }
        }
    }
}

fn text_of(file: impl Read) -> anyhow::Result<String> {
    let most = Limits::FILE.max_bytes;
    let mut bytes = Vec::new();
    // One byte more tells a longer file from one that just fits.
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        bail!("it is longer than {} MiB", most >> 20);
    }
    let text = String::from_utf8(bytes).context("it is not UTF-8")?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        bail!("it is empty");
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_may_hold() {
        assert_eq!(
            text_of("\u{feff}a OR\n b\n".as_bytes()).unwrap(),
            "a OR\n b\n"
        );
        let error = |bytes: &[u8]| text_of(bytes).unwrap_err().to_string();
        assert_eq!(error(b" \n"), "it is empty");
        assert_eq!(error(b"a\xff"), "it is not UTF-8");
        let most = Limits::FILE.max_bytes;
        assert_eq!(text_of("a".repeat(most).as_bytes()).unwrap().len(), most);
        assert_eq!(
            error("a".repeat(most + 1).as_bytes()),
            "it is longer than 2 MiB"
        );
    }
}
