//! A title that was pasted, read as words and nothing else.

use super::Parsed;
use super::ast::{Ast, AstKind, Modifier, Term};
use super::chars::{
    drops_at_end, drops_at_start, is_blank, is_quote, says_something, without_lone_brackets,
};
use super::diagnostic::{Diagnostic, Severity};

/// The words of a text. What would be a field, an operator or a sign in a query
/// (`language: the case of`, `How NOT to`) is one of them, or nothing.
pub fn title(text: &str) -> Parsed {
    let words = text
        .split(|c| is_blank(c) || is_quote(c) || matches!(c, '(' | ')'))
        .filter_map(|piece| {
            let word = piece.trim_start_matches(drops_at_start);
            let word = word.trim_end_matches(drops_at_end);
            // Both are parts of one text.
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let term = Term {
                text: without_lone_brackets(&word.replace([':', '：'], "/")),
                modifier: Modifier::Plain,
            };
            says_something(word).then(|| Ast::new(start..start + word.len(), AstKind::Term(term)))
        })
        .collect();
    Parsed {
        ast: Ast::words(words),
        diagnostics: vec![Diagnostic {
            span: 0..text.len(),
            severity: Severity::Info,
            message: "the title of a record: read as words, without fields and operators"
                .to_owned(),
        }],
    }
}

impl Ast {
    /// Whether there is more to it than words and phrases side by side.
    pub(crate) fn asks_more_than_words(&self) -> bool {
        match &self.kind {
            AstKind::Words(members) => members.iter().any(Ast::asks_more_than_words),
            AstKind::Term(_) | AstKind::Phrase(_) | AstKind::Empty => false,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_title_is_an_operator() {
        let text = "How NOT to (mis)read language: the \"case\" of a+b = -c, arXiv:1305.0026";
        let read = title(text);
        assert!(super::super::parse(text).ast.asks_more_than_words());
        assert!(!read.ast.asks_more_than_words());
        let AstKind::Words(words) = &read.ast.kind else {
            panic!("{read:?}");
        };
        let spans: Vec<&str> = words.iter().map(|word| &text[word.span.clone()]).collect();
        assert_eq!(
            spans,
            [
                "How",
                "NOT",
                "to",
                "mis",
                "read",
                "language",
                "the",
                "case",
                "of",
                "a+b",
                "c",
                "arXiv:1305.0026"
            ]
        );
    }
}
