//! What is fuzzed: functions of any bytes that must come back, and the
//! promises that are checked of what they give.

mod query;
mod records;
mod text;

use abs_ingest::format;

/// Looks whether any bytes break a promise.
type Target = fn(&[u8]);

/// The targets that are not formats, each with what it reads.
const TARGETS: &[(&str, Target)] = &[
    ("query", query::parse),
    ("search", query::search),
    ("snippet", text::snippet),
    ("author", text::author),
    ("clean", text::clean),
    ("analyzer", text::analyzer),
    ("source", records::source),
];

/// The names of all targets: the above, and `format-…` for each format.
pub(crate) fn names() -> Vec<String> {
    let named = TARGETS.iter().map(|(name, _)| (*name).to_owned());
    let mut names: Vec<String> = named.chain(format::all().iter().map(slug)).collect();
    names.sort();
    names.dedup();
    names
}

/// Runs a target over some bytes; `false` if there is none of that name.
pub(crate) fn run(name: &str, data: &[u8]) -> bool {
    if let Some((_, target)) = TARGETS.iter().find(|(known, _)| *known == name) {
        target(data);
        return true;
    }
    let mut of_name = format::all()
        .iter()
        .filter(|format| slug(format) == name)
        .peekable();
    let found = of_name.peek().is_some();
    of_name.for_each(|format| records::format(*format, data));
    found
}

fn slug(format: &&dyn format::Format) -> String {
    let name = format.name().to_lowercase().replace([' ', '-'], "_");
    format!("format-{name}")
}

/// Whether a terminal shows the text and does nothing else, line ends apart.
fn is_inert(text: &str) -> bool {
    text.chars().all(|c| {
        c == '\n'
            || !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    })
}
