//! What people see beside the answer: notes, warnings, progress. All of it
//! goes to standard error, and none of it matters to a script.

mod progress;

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal, Write};

use abs_printer::{TextOptions, printable};
use abs_query::results::{QueryReport, Suggestion};
use abs_query::syntax::Diagnostic;

use crate::args::{ColorChoice, Globals};
pub(crate) use progress::ProgressLine;

/// Columns where the output is no terminal.
const DEFAULT_WIDTH: usize = 100;
/// Unknown words named.
const MAX_NAMED: usize = 20;
/// Characters of each; an id can be as long as a query.
const MAX_NAME_CHARS: usize = 80;
/// A paragraph wider than this is hard to read.
const MAX_WIDTH: usize = 120;

/// What the terminal is like, and how talkative to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ui {
    /// What text output may look like.
    pub(crate) text: TextOptions,
    quiet: bool,
    show_progress: bool,
}

impl Ui {
    /// Looks at the options, the environment and the terminal.
    pub(crate) fn new(globals: &Globals) -> Ui {
        let on_terminal = io::stdout().is_terminal();
        Ui {
            text: TextOptions {
                colour: match globals.color {
                    ColorChoice::Always => true,
                    ColorChoice::Never => false,
                    ColorChoice::Auto => on_terminal && wants_colour(),
                },
                width: width(),
            },
            quiet: globals.quiet,
            show_progress: !globals.quiet && io::stderr().is_terminal(),
        }
    }

    /// Something worth knowing.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            to_stderr(&format!("{}\n", printable(text)));
        }
    }

    /// Something that went wrong.
    pub(crate) fn error(&self, message: &str) {
        to_stderr(&format!("abs-search: {}\n", printable(message)));
    }

    /// What the parser has to say about a query.
    pub(crate) fn diagnostics(&self, raw: &str, diagnostics: &[Diagnostic]) {
        if !self.quiet {
            for diagnostic in diagnostics {
                to_stderr(&diagnostic.render(raw));
            }
        }
    }

    /// How a query was understood, where that is not as it was typed.
    pub(crate) fn query(&self, report: &QueryReport) {
        self.diagnostics(&report.raw, &report.diagnostics);
        if !report.unknown.is_empty() {
            let named = report.unknown.iter().take(MAX_NAMED);
            let first: Vec<_> = named.map(|name| shortened(name)).collect();
            let more = match report.unknown.len() - first.len() {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            self.note(&format!("note: no record has: {}{more}", first.join(", ")));
        }
        for suggestion in &report.suggestions {
            self.note(&did_you_mean(suggestion));
        }
        for expansion in report.expansions.iter().filter(|expansion| expansion.cut) {
            self.note(&format!(
                "warning: {} stands for more than {} words; the others are left out",
                shortened(&expansion.from),
                expansion.n_terms
            ));
        }
    }

    /// A progress line for pages that come one after the other.
    pub(crate) fn pages(&self) -> ProgressLine {
        ProgressLine::pages(self.show_progress)
    }

    /// Which acronyms found what they stand for, or the other way round. The
    /// text of a page of hits says so itself.
    pub(crate) fn acronyms(&self, report: &QueryReport) {
        for line in abs_printer::acronyms(&report.expansions) {
            self.note(&format!("note: also searched: {line}"));
        }
    }

    /// A progress line for so many bytes, or for a stream.
    pub(crate) fn progress(&self, total_bytes: Option<u64>) -> ProgressLine {
        ProgressLine::new(self.show_progress, total_bytes)
    }
}

/// A query as it would be typed instead, and what it finds.
fn did_you_mean(suggestion: &Suggestion) -> String {
    let total = suggestion.total;
    let results = if total == 1 { "result" } else { "results" };
    let mut query = suggestion.query.clone();
    for author in &suggestion.authors {
        query.push_str(&format!(" --author \"{author}\""));
    }
    format!("did you mean: {} ({total} {results})", query.trim_start())
}

/// The start of a name that is longer than a line has room for.
fn shortened(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(MAX_NAME_CHARS) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    }
}

/// Standard error may be closed; there is nobody to tell.
fn to_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// `NO_COLOR` (no-color.org) and terminals that know none.
fn wants_colour() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !is_set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn width() -> usize {
    let columns = env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let of_terminal = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0);
    columns
        .or_else(of_terminal)
        .filter(|columns| *columns > 0)
        .map_or(DEFAULT_WIDTH, |columns: u16| {
            usize::from(columns).min(MAX_WIDTH)
        })
}
