//! From text as sources write it to plain text: pure functions.
//!
//! [`text`] is a pipeline of small steps. Each step gives back what it was
//! given, unchanged and uncopied, where it finds nothing to do, so that clean
//! text costs one look at its bytes.

mod broken;
mod codes;
mod commands;
mod entities;
mod heading;
mod latex;
mod notice;
mod remark;
mod space;
mod tags;

pub use broken::without_breaks;
pub use codes::{control_codes, mojibake};
pub use commands::without_commands;
pub use entities::{entities, entity};
pub use heading::without_heading;
pub use latex::accents;
use notice::without_notice;
pub use remark::is_remark;
pub use space::{single_blanks, visible};
pub use tags::without_tags;

use std::borrow::Cow;

/// One step of the pipeline.
type Step = for<'a> fn(&'a str) -> Cow<'a, str>;

/// The steps in order: each may uncover what a later one works on (an entity
/// a tag, a tag a blank), never the other way round.
const STEPS: &[Step] = &[
    entities,
    without_tags,
    mojibake,
    control_codes,
    visible,
    accents,
];

/// Text on one line: characters in place of entities, tags, misread bytes and
/// LaTeX's accents, formulas as they are, no control characters, no invisible
/// marks, one blank where there was any white space, none at the ends.
pub fn text(raw: &str) -> Cow<'_, str> {
    if is_plain(raw.as_bytes()) {
        return Cow::Borrowed(raw);
    }
    apply(single_blanks, marked(raw))
}

/// As [`text`], without the heading `Abstract` and words broken at the ends
/// of lines, which are looked for while a line still is a line. A remark that
/// there is no abstract is none.
pub fn abstract_text(raw: String) -> String {
    let text = match is_plain(raw.as_bytes()) && !may_have_heading(&raw) {
        true => raw,
        false => {
            let text = apply(|text| Cow::Borrowed(without_heading(text)), marked(&raw));
            apply(single_blanks, apply(without_breaks, text)).into_owned()
        }
    };
    let kept = without_notice(&text).len();
    match is_remark(&text[..kept]) {
        true => String::new(),
        false if kept < text.len() => text[..kept].to_owned(),
        false => text,
    }
}

fn may_have_heading(text: &str) -> bool {
    text.starts_with(['A', 'a', '[', '*'])
}

/// The text after all steps but the last.
fn marked(raw: &str) -> Cow<'_, str> {
    STEPS
        .iter()
        .fold(Cow::Borrowed(raw), |text, step| apply(step, text))
}

fn apply<'a>(step: impl for<'b> Fn(&'b str) -> Cow<'b, str>, text: Cow<'a, str>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => step(text),
        Cow::Owned(text) => match step(&text) {
            Cow::Owned(changed) => Cow::Owned(changed),
            // A part of the text, or all of it.
            Cow::Borrowed(part) if part.len() < text.len() => Cow::Owned(part.to_owned()),
            Cow::Borrowed(_) => Cow::Owned(text),
        },
    }
}

/// As [`text`], of a name: nothing is left of a command but what it is about.
pub fn name(raw: &str) -> Cow<'_, str> {
    apply(without_commands, text(raw))
}

/// As [`text`], keeping the allocation where nothing changes.
pub fn owned(raw: String) -> String {
    match text(&raw) {
        Cow::Owned(text) => text,
        Cow::Borrowed(text) if text.len() < raw.len() => text.to_owned(),
        Cow::Borrowed(_) => raw,
    }
}

/// Whether no step can have anything to do: printable ASCII with single
/// blanks inside, and no `&`, `<` or `\\`.
fn is_plain(bytes: &[u8]) -> bool {
    // No early end inside a chunk, so that the compiler can use vectors.
    let printable = bytes.chunks(64).all(|chunk| {
        chunk.iter().fold(true, |fits, b| {
            let is_special = (*b == b'&') | (*b == b'<') | (*b == b'\\');
            fits & (b' '..0x7f).contains(b) & !is_special
        })
    });
    let blanks = |(a, b): (&[u8], &[u8])| {
        a.iter()
            .zip(b)
            .fold(false, |any, (a, b)| any | ((*a == b' ') & (*b == b' ')))
    };
    printable
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ')
        && !bytes
            .chunks(64)
            .zip(bytes.get(1..).unwrap_or_default().chunks(64))
            .any(blanks)
}

#[cfg(test)]
mod tests;
