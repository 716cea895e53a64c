//! Refer, which EndNote exports as "EndNote Export" (`.enw`): `%` and a
//! character, a blank, a value; records begin with `%0` or after a blank
//! line. Source: refer(1) and EndNote's help, "EndNote Import Format"
//! (<https://support.clarivate.com/Endnote/s/article/Importing-References-in-EndNote-Tagged-Format>).

use std::io::BufRead;
use std::path::Path;

use super::plain::head_lines;
use super::tagged::{self, Fields, Grammar, Role, Split};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawName};
use crate::ids;

/// Refer, or EndNote's export.
#[derive(Debug, Clone, Copy)]
pub struct Refer;

const GRAMMAR: Grammar = Grammar {
    split,
    role,
    draft: from_fields,
};

impl Format for Refer {
    fn name(&self) -> &'static str {
        "Refer"
    }

    fn source(&self) -> &'static str {
        "refer"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let mut has_title = false;
        let mut n_tags = 0;
        for line in head_lines(head.bytes) {
            let line = line.trim_start_matches('\u{feff}');
            match split(line) {
                Some(split) => {
                    n_tags += 1;
                    has_title |= split.tag == "%T";
                }
                // Other text may come later, not first.
                None if n_tags == 0 && !line.trim().is_empty() => return Confidence::No,
                None => {}
            }
        }
        if has_title && n_tags > 1 {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        tagged::records(input, path, GRAMMAR)
    }
}

fn split(line: &str) -> Option<Split<'_>> {
    let (tag, value) = line.split_at_checked(2)?;
    let name = tag.strip_prefix('%')?;
    let is_tag = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"!@?&(){}#$*^+<>[]=~|".contains(&b));
    (is_tag && (value.is_empty() || value.starts_with(' '))).then_some(Split {
        tag,
        value: value.trim(),
        strict: true,
    })
}

fn role(tag: &str, open: Option<&Fields>) -> Role {
    match (tag, open) {
        // bepress has the title before it.
        ("%0", Some(open)) if !open.after_blank && !open.has("%0") => Role::Within,
        ("%0", _) => Role::Opens,
        // Without `%0` records are told apart by the line between them, which
        // abstracts have too.
        (_, Some(open)) if open.after_blank && (!open.has("%0") || begins_with(open, tag)) => {
            Role::Opens
        }
        _ => Role::Within,
    }
}

/// Whether a tag is the first of a record.
fn begins_with(open: &Fields, tag: &str) -> bool {
    open.iter().next().is_some_and(|(first, _)| first == tag)
}

fn from_fields(fields: &Fields) -> Draft {
    let authors = fields.all("%A").map(|name| match name.contains(';') {
        true => RawName::List(name.to_owned()).into(),
        false => RawName::One(name.trim_end_matches(',').to_owned()).into(),
    });
    let year = fields.first(&["%D"]).and_then(ids::date);
    let exact = fields.first(&["%8"]).and_then(ids::date);
    let keywords = fields.all("%K").flat_map(|words| {
        let separator = if words.contains(['\n', ';']) {
            ['\n', ';']
        } else {
            [',', ',']
        };
        words.split(separator)
    });
    Draft {
        title: fields.text(&["%T"]),
        authors: authors.collect(),
        abstract_text: fields.text(&["%X"]),
        date: exact
            .filter(|exact| year.is_none_or(|year| year.year() == exact.year()))
            .or(year),
        venue: fields.text(&["%J", "%B", "%S"]),
        keywords: keywords.map(|word| word.trim().to_owned()).collect(),
        doi: fields.text(&["%R"]),
        url: fields.text(&["%U"]),
        language: fields.text(&["%G"]),
        place: ids::place(
            fields.first(&["%V"]).unwrap_or_default(),
            fields.first(&["%N"]).unwrap_or_default(),
            fields.first(&["%P"]).unwrap_or_default(),
        ),
        ..Draft::default()
    }
}

#[cfg(test)]
mod tests;
