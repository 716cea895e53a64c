//! From a query's text to what is looked for.

use super::Searcher;
use crate::error::SearchError;
use crate::rank::is_title;
use crate::resolve::{PROSE_WORDS, Resolved, Resolver};
use crate::results::{QueryReport, SearchOptions};
use crate::syntax::ast::{Ast, AstKind};
use crate::syntax::{self, Parsed};

/// Words a title has at least that is read as one whatever is in it: `cats NOT
/// dogs` means what it says, also where something has that title.
const TITLE_WORDS: usize = 4;

impl Searcher {
    /// From text to a resolved query and what to tell about it.
    pub(crate) fn understand(
        &self,
        raw: &str,
        options: &SearchOptions,
    ) -> Result<(Resolved, QueryReport), SearchError> {
        self.understand_prose(raw, options, PROSE_WORDS)
    }

    /// The same, prose being so many words or more.
    pub(super) fn understand_prose(
        &self,
        raw: &str,
        options: &SearchOptions,
        prose_words: usize,
    ) -> Result<(Resolved, QueryReport), SearchError> {
        let mut parsed = meant(raw, options);
        // A title that was pasted, with what looks like a field or an operator.
        if parsed.ast.asks_more_than_words()
            && raw.split_whitespace().count() >= TITLE_WORDS
            && is_title(&self.snapshot, self.lengths, raw)?
        {
            parsed = syntax::title(raw);
        }
        let mut resolver = Resolver::new(&self.snapshot, options.today)
            .expanding(options.expand)
            .leaving_out(options.without)
            .prose_from(prose_words);
        let filters = resolver.filters(&options.filters)?;
        let mut resolved = resolver.resolve(&parsed.ast)?;
        resolved.filters = filters;
        let mut diagnostics = parsed.diagnostics;
        diagnostics.append(&mut resolved.diagnostics);
        let report = QueryReport {
            raw: raw.to_owned(),
            parsed: parsed.ast.to_string(),
            diagnostics,
            relaxed: None,
            expansions: std::mem::take(&mut resolved.expansions),
            unknown: said_once(std::mem::take(&mut resolved.unknown)),
            suggestions: Vec::new(),
        };
        Ok((resolved, report))
    }
}

/// The query read; no words at all, or a star, stand for every record.
pub(super) fn meant(raw: &str, options: &SearchOptions) -> Parsed {
    if !is_everything(raw) {
        return syntax::parse_within(raw, options.limits);
    }
    Parsed {
        ast: Ast {
            span: 0..0,
            kind: AstKind::Words(Vec::new()),
        },
        diagnostics: Vec::new(),
    }
}

pub(super) fn is_everything(raw: &str) -> bool {
    matches!(raw.trim(), "" | "*")
}

/// Each unknown word once, and an identifier, which is looked for as a word too,
/// without the address it was pasted with.
fn said_once(unknown: Vec<String>) -> Vec<String> {
    let mut said: Vec<String> = Vec::with_capacity(unknown.len().min(64));
    let mut seen = rustc_hash::FxHashSet::default();
    for text in unknown {
        let is_address = said
            .last()
            .is_some_and(|last| last.contains('/') && text.ends_with(last.as_str()));
        if !is_address && seen.insert(text.clone()) {
            said.push(text);
        }
    }
    said
}
