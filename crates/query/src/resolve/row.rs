//! The words of a query in a row, as the stages of the ranking look at them,
//! and what is a word though it is written otherwise.

use abs_record::Date;
use abs_schema::analyzer::{self, Kind};
use std::ops::Bound;

use super::word::{is_stop_word, tokens};
use super::{Resolver, Scope, value};
use crate::error::SearchError;
use crate::node::Node;
use crate::rank::MAX_NAMED_WORDS;
use crate::snapshot::IndexTerm;
use crate::syntax::ast::{Ast, AstKind, Modifier, Term};

/// Words of a row, at most.
const MAX_ROW: usize = 48;
/// From so many words on a query is prose: what is in quotes there is quoted,
/// not asked for to the letter.
pub(crate) const PROSE_WORDS: usize = 12;
/// The same for a query that no record answers in any part, as none has what is
/// in quotes. Fewer are keywords, and their quotes are meant.
pub(crate) const UNANSWERED_PROSE_WORDS: usize = 6;

impl Resolver<'_> {
    /// Words side by side without the brackets some of them stand in, which
    /// mean nothing there; in prose without the quotes as well.
    pub(super) fn plain(&mut self, members: &[Ast]) -> Vec<Ast> {
        let mut flat = Vec::with_capacity(members.len());
        flatten(members, &mut flat);
        let is_plain =
            |ast: &&Ast| matches!(&ast.kind, AstKind::Term(t) if t.modifier == Modifier::Plain);
        if flat.iter().filter(is_plain).count() < self.prose_words {
            return flat;
        }
        let mut prose = Vec::with_capacity(flat.len());
        let mut is_told = false;
        for ast in flat {
            match &ast.kind {
                AstKind::Phrase(phrase)
                    if phrase.slop == 0 && !phrase.exact && !phrase.prefix_last =>
                {
                    if !std::mem::replace(&mut is_told, true) {
                        self.warn(
                            ast.span.clone(),
                            "in a query of so many words those in quotes are words like the others"
                                .to_owned(),
                        );
                    }
                    prose.extend(phrase.text.split_whitespace().map(|word| Ast {
                        span: ast.span.clone(),
                        kind: AstKind::Term(Term {
                            text: word.to_owned(),
                            modifier: Modifier::Plain,
                        }),
                    }));
                }
                _ => prose.push(ast),
            }
        }
        prose.retain(|ast| match &ast.kind {
            AstKind::Term(term) => term.text.chars().any(char::is_alphanumeric),
            _ => true,
        });
        prose
    }

    /// The terms of the words that carry the topic, in their order, and where
    /// they are few the same as words of names. Empty where words are looked for
    /// in one field only.
    pub(super) fn topic_row(
        &self,
        members: &[Ast],
        scope: &Scope,
    ) -> Result<(Vec<IndexTerm>, Vec<IndexTerm>), SearchError> {
        let (mut row, mut words) = (Vec::new(), Vec::new());
        if !(scope.title && scope.abstract_text) {
            return Ok((row, Vec::new()));
        }
        let dropped = self.question_words(members);
        for (ast, dropped) in members.iter().zip(&dropped) {
            let text = match &ast.kind {
                AstKind::Term(term) if term.modifier == Modifier::Plain => &term.text,
                AstKind::Phrase(phrase) => &phrase.text,
                _ => continue,
            };
            if *dropped || is_stop_word(ast) {
                continue;
            }
            for token in tokens(text) {
                if token.kind == Kind::Joined || row.len() >= MAX_ROW {
                    continue;
                }
                if let Some(stem) = analyzer::stem(&token.text) {
                    row.push(self.snapshot.look_up(self.snapshot.fields.text, &stem)?);
                    words.push(token.text);
                }
            }
        }
        let mut names = Vec::new();
        if scope.author && (2..=MAX_NAMED_WORDS).contains(&words.len()) {
            for word in &words {
                names.push(self.snapshot.look_up(self.snapshot.fields.author, word)?);
            }
        }
        Ok((row, names))
    }
}

/// Words within words, which is what brackets without an operator make.
fn flatten(members: &[Ast], out: &mut Vec<Ast>) {
    for member in members {
        match &member.kind {
            AstKind::Words(inner) => flatten(inner, out),
            _ => out.push(member.clone()),
        }
    }
}

/// A word that can be a year: records of it. Nothing where a word is looked
/// for in one field only.
pub(super) fn year(ast: &Ast, scope: &Scope) -> Option<Node> {
    let AstKind::Term(term) = &ast.kind else {
        return None;
    };
    let fits = term.modifier == Modifier::Plain
        && *scope == Scope::default()
        && term.text.len() == 4
        && term.text.bytes().all(|b| b.is_ascii_digit());
    let year: u16 = fits.then(|| term.text.parse().ok())??;
    let year = (1500..=2100)
        .contains(&year)
        .then(|| Date::new(year, None, None))??;
    Some(value::dates(Bound::Included(year), Bound::Included(year)))
}
