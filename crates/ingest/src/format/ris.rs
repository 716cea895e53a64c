//! RIS, as reference managers and databases write it: a tag of two
//! characters, two blanks, a dash, a value; records from `TY` to `ER`.
//! Sources: the specification of Research Information Systems
//! (<https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp>),
//! the list of tags at <https://en.wikipedia.org/wiki/RIS_(file_format)>, and
//! what the exporters do: Scopus, Web of Science, Ovid, Embase, ProQuest,
//! IEEE, PubMed through Zotero, EndNote, Rayyan. Text between records (Ovid),
//! lines without a tag, empty values, `TY` without `ER` and one blank for two
//! are taken.

mod draft;

use std::io::BufRead;
use std::path::Path;

pub(super) use self::draft::parse_date;
use super::plain::head_lines;
use super::tagged::{self, Fields, Grammar, Role, Split};
use super::{Confidence, Format, Head, Items};

/// RIS in its dialects.
#[derive(Debug, Clone, Copy)]
pub struct Ris;

const GRAMMAR: Grammar = Grammar {
    split,
    role,
    draft: draft::from_fields,
};

/// Tags that begin a record where `TY` is missing.
const FIRST_TAGS: &[&str] = &[
    "TI", "T1", "AU", "A1", "AB", "N2", "ID", "AN", "PY", "Y1", "DO",
];

impl Format for Ris {
    fn name(&self) -> &'static str {
        "RIS"
    }

    fn source(&self) -> &'static str {
        "ris"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let is_type = |line: &str| {
            let line = line.trim_start_matches('\u{feff}');
            let split = split(line).filter(|split| split.tag == "TY");
            split.is_some_and(|split| {
                // `JOUR`, `THES`; longer ones are the exporters' own.
                let is_word = |c: char| c.is_ascii_alphanumeric() || c == ' ';
                split.value.len() <= 20 && split.value.trim().chars().all(is_word)
            })
        };
        let n_tagged = || {
            let tags =
                head_lines(head.bytes).filter(|line| split(line).is_some_and(|split| split.strict));
            tags.count()
        };
        if !head_lines(head.bytes).any(|line| is_type(&line)) {
            return match is_without_types(head) {
                true => Confidence::Likely,
                false => Confidence::No,
            };
        }
        if n_tagged() > 1 {
            Confidence::Certain
        } else {
            Confidence::Possible
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        tagged::records(input, path, GRAMMAR)
    }
}

/// Whether records have no `TY`, as CiteSource writes them, but a title and an
/// end.
fn is_without_types(head: &Head<'_>) -> bool {
    let (mut has_title, mut has_author, mut has_end) = (false, false, false);
    for line in head_lines(head.bytes) {
        let Some(split) = split(&line).filter(|split| split.strict) else {
            continue;
        };
        match split.tag {
            "TI" | "T1" => has_title |= !split.value.is_empty(),
            "AU" | "A1" => has_author = true,
            "ER" => has_end = split.value.is_empty(),
            _ => {}
        }
    }
    has_title && has_author && has_end
}

/// `TY  - JOUR`; `TY - JOUR`, or one that is indented, is not strict.
fn split(line: &str) -> Option<Split<'_>> {
    let inner = line.trim_start();
    let (tag, rest) = inner.split_at_checked(2)?;
    let mut bytes = tag.bytes();
    let is_tag = bytes.next()?.is_ascii_uppercase()
        && bytes.all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = rest.trim_start().strip_prefix('-')?;
    let blanks = rest.len() - rest.trim_start().len();
    let is_split = is_tag
        && (1..=3).contains(&blanks)
        && (value.is_empty() || value.starts_with([' ', '\t']) || blanks == 2);
    is_split.then_some(Split {
        tag,
        value: value.trim(),
        strict: blanks == 2 && inner.len() == line.len(),
    })
}

fn role(tag: &str, open: Option<&Fields>) -> Role {
    match tag {
        "TY" => Role::Opens,
        "ER" => Role::Closes,
        _ if open.is_some() || FIRST_TAGS.contains(&tag) => Role::Within,
        _ => Role::Outside,
    }
}

#[cfg(test)]
mod tests;
