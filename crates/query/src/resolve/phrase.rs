//! Phrases and NEAR: rows of exact words.

use abs_schema::analyzer::{self, COMPOUND_MARK, Kind};
use tantivy::schema::Field;

use super::word::{Token, tokens};
use super::{Resolver, Scope};
use crate::error::SearchError;
use crate::node::{Leaf, Leaves, Node, PhraseLeaf, Role};
use crate::phrase::Nearness;
use crate::snapshot::IndexTerm;
use crate::syntax::ast::{Ast, AstKind, Modifier, Phrase};

/// Words a slot may stand for.
const MAX_SLOT_TERMS: usize = 512;

impl Resolver<'_> {
    /// `"a b"`: exact words in their order.
    pub(super) fn phrase(&mut self, phrase: &Phrase, scope: &Scope) -> Result<Node, SearchError> {
        let row: Vec<Token> = tokens(&phrase.text)
            .into_iter()
            .filter(|token| token.kind != Kind::Joined)
            .collect();
        let mut leaves = Leaves::default();
        if phrase.prefix_last {
            leaves
                .phrases
                .extend(self.prefix_phrase(&row, phrase, scope)?);
        } else {
            for spelling in self.spellings(&row, scope)? {
                leaves
                    .phrases
                    .extend(self.phrase_leaves(&spelling, phrase.slop, scope)?);
                if !self.negated {
                    self.marks.phrase(&spelling, phrase.slop, scope);
                }
            }
        }
        for token in &row {
            if let Some(stem) = analyzer::stem(&token.text) {
                self.ranked(&stem, Role::Scores, 1.0, scope, &mut leaves)?;
            }
        }
        let mut node = Node::holds(leaves);
        if scope.author && !phrase.prefix_last && phrase.slop == 0 {
            // A name in quotes is a name.
            node = Node::any(vec![node, self.quoted_name(&phrase.text)?]);
        }
        if matches!(node, Node::Nothing) && !self.negated {
            self.unknown.push(format!("\"{}\"", phrase.text));
        }
        if phrase.exact && phrase.text.chars().any(char::is_uppercase) {
            node = Node::all(vec![
                node,
                Node::Spelled {
                    word: phrase.text.clone(),
                    in_title: scope.title,
                    in_abstract: scope.abstract_text,
                },
            ]);
        }
        Ok(node)
    }

    /// A row of words in each exact field of the scope; fields that lack one
    /// of the words are left out.
    pub(super) fn phrase_leaves(
        &self,
        row: &[Token],
        slop: u32,
        scope: &Scope,
    ) -> Result<Vec<PhraseLeaf>, SearchError> {
        let mut found = Vec::new();
        for field in self.exact_fields(scope) {
            let mut slots: Vec<(Vec<IndexTerm>, u32)> = Vec::new();
            for token in row {
                let term = self.snapshot.look_up(field, &token.text)?;
                let offset = offset_in(row, token);
                match slots.last_mut() {
                    Some((terms, last)) if *last == offset => terms.push(term),
                    _ => slots.push((vec![term], offset)),
                }
            }
            for (terms, _) in &mut slots {
                terms.retain(|term| term.doc_freq > 0);
            }
            if !slots.is_empty() && slots.iter().all(|(terms, _)| !terms.is_empty()) {
                found.push(PhraseLeaf {
                    slots,
                    nearness: Nearness::Phrase(slop),
                });
            }
        }
        Ok(found)
    }

    /// The row as typed, and with one compound written the other way:
    /// `x ray` for `xray`, `xray` for `x ray`.
    fn spellings(&self, row: &[Token], scope: &Scope) -> Result<Vec<Vec<Token>>, SearchError> {
        let mut spellings = vec![row.to_vec()];
        if row.iter().any(|token| token.kind == Kind::Variant) {
            return Ok(spellings);
        }
        for (idx, token) in row.iter().enumerate() {
            for field in self.exact_fields(scope) {
                let marked = format!("{}{COMPOUND_MARK}", token.text);
                for term in self.snapshot.expand(field, &marked, 2, |_| true)?.terms {
                    let mut parts = tokens(&term.text[marked.len()..]);
                    parts.retain(|part| part.kind == Kind::Part);
                    push_new(&mut spellings, replaced(row, idx, 1, &parts));
                }
            }
            let Some(next) = row.get(idx + 1) else {
                continue;
            };
            if next.position == token.position + 1 {
                let joined = format!("{}{}", token.text, next.text);
                for field in self.exact_fields(scope) {
                    if self.snapshot.look_up(field, &joined)?.doc_freq > 0 {
                        let part = Token {
                            text: joined.clone(),
                            kind: Kind::Part,
                            position: 0,
                        };
                        push_new(&mut spellings, replaced(row, idx, 2, &[part]));
                    }
                }
            }
        }
        Ok(spellings)
    }

    /// `"deep learn*"`.
    fn prefix_phrase(
        &mut self,
        row: &[Token],
        phrase: &Phrase,
        scope: &Scope,
    ) -> Result<Vec<PhraseLeaf>, SearchError> {
        let Some((last, first)) = row.split_last() else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for field in self.exact_fields(scope) {
            let expanded = self
                .snapshot
                .expand(field, &last.text, MAX_SLOT_TERMS, |word| {
                    !word.contains(COMPOUND_MARK)
                })?;
            let to: Vec<String> = expanded
                .terms
                .iter()
                .map(|term| term.text.clone())
                .collect();
            if !self.negated {
                self.marks.prefix_phrase(first, &to, phrase.slop, scope);
            }
            let from = format!("\"{}*\"", phrase.text);
            self.note_expansion(
                &from,
                to.iter().take(5).cloned().collect(),
                to.len(),
                expanded.cut,
            );
            let mut leaf = PhraseLeaf {
                slots: Vec::new(),
                nearness: Nearness::Phrase(phrase.slop),
            };
            for token in first {
                let term = self.snapshot.look_up(field, &token.text)?;
                leaf.slots.push((vec![term], offset_in(row, token)));
            }
            leaf.slots.push((expanded.terms, offset_in(row, last)));
            for (terms, _) in &mut leaf.slots {
                terms.retain(|term| term.doc_freq > 0);
            }
            if leaf.slots.iter().all(|(terms, _)| !terms.is_empty()) {
                found.push(leaf);
            }
        }
        Ok(found)
    }

    /// `a NEAR/3 b`: each side a word in any of its forms, a phrase's last or
    /// first word standing for the phrase where it is more than one.
    pub(super) fn near(
        &mut self,
        left: &Ast,
        right: &Ast,
        distance: u32,
        scope: &Scope,
    ) -> Result<Node, SearchError> {
        let mut leaves = Leaves::default();
        let mut narrowed = vec![];
        for side in [left, right] {
            narrowed.push(self.node(side, scope)?);
        }
        for field in self.exact_fields(scope) {
            let near = PhraseLeaf {
                slots: vec![(self.side(left, field)?, 0), (self.side(right, field)?, 0)],
                nearness: Nearness::Near(distance),
            };
            if near.slots.iter().all(|(terms, _)| !terms.is_empty()) {
                leaves.phrases.push(near);
            }
        }
        let mut scoring = Vec::new();
        for node in &narrowed {
            node.scoring_leaves(&mut scoring);
        }
        leaves.terms.extend(scoring.into_iter().map(|leaf| Leaf {
            role: Role::Scores,
            ..leaf.clone()
        }));
        // Phrases on a side must be there as phrases too.
        let mut nodes: Vec<Node> = vec![Node::holds(leaves)];
        for (side, node) in [left, right].into_iter().zip(narrowed) {
            if matches!(&side.kind, AstKind::Phrase(phrase) if tokens(&phrase.text).len() > 1) {
                nodes.push(node);
            }
        }
        Ok(Node::all(nodes))
    }

    /// The exact words a side of NEAR may be.
    fn side(&mut self, side: &Ast, field: Field) -> Result<Vec<IndexTerm>, SearchError> {
        match &side.kind {
            AstKind::Or(members) => {
                let mut terms = Vec::new();
                for member in members {
                    terms.extend(self.side(member, field)?);
                }
                Ok(terms)
            }
            AstKind::Phrase(phrase) => {
                let row = tokens(&phrase.text);
                let Some(token) = row.iter().find(|token| token.kind == Kind::Part) else {
                    return Ok(Vec::new());
                };
                Ok(vec![self.snapshot.look_up(field, &token.text)?])
            }
            AstKind::Term(term) => {
                let Some(token) = tokens(&term.text).into_iter().next() else {
                    return Ok(Vec::new());
                };
                match term.modifier {
                    Modifier::Plain => self.forms(&token.text, field),
                    Modifier::Prefix => Ok(self
                        .snapshot
                        .expand(field, &token.text, MAX_SLOT_TERMS, no_compound)?
                        .terms),
                    _ => Ok(vec![self.snapshot.look_up(field, &token.text)?]),
                }
            }
            AstKind::Boost { ast, .. } | AstKind::Scoped { ast, .. } => self.side(ast, field),
            _ => Ok(Vec::new()),
        }
    }

    /// The words of a field that have the stem of a word.
    fn forms(&self, word: &str, field: Field) -> Result<Vec<IndexTerm>, SearchError> {
        let Some(stem) = analyzer::stem(word) else {
            return Ok(vec![self.snapshot.look_up(field, word)?]);
        };
        let shared = word
            .bytes()
            .zip(stem.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let mut shared = shared.min(word.len().saturating_sub(1)).max(1);
        while !word.is_char_boundary(shared) {
            shared -= 1;
        }
        let expanded = self
            .snapshot
            .expand(field, &word[..shared], MAX_SLOT_TERMS, |form| {
                no_compound(form) && analyzer::stem(form).as_deref() == Some(stem.as_str())
            })?;
        Ok(expanded.terms)
    }

    /// The exact fields of a scope.
    pub(super) fn exact_fields(&self, scope: &Scope) -> impl Iterator<Item = Field> + use<> {
        let fields = &self.snapshot.fields;
        [
            scope.title.then_some(fields.title_exact),
            scope.abstract_text.then_some(fields.abstract_exact),
        ]
        .into_iter()
        .flatten()
    }
}

fn no_compound(word: &str) -> bool {
    !word.contains(COMPOUND_MARK)
}

/// Words between the row's first token and this one.
fn offset_in(row: &[Token], token: &Token) -> u32 {
    let start = row.first().map_or(0, |first| first.position);
    u32::try_from(token.position.saturating_sub(start)).unwrap_or(u32::MAX)
}

/// A row with some tokens replaced and its positions counted anew.
fn replaced(row: &[Token], idx: usize, n_replaced: usize, by: &[Token]) -> Vec<Token> {
    let mut changed: Vec<Token> = row[..idx].to_vec();
    changed.extend_from_slice(by);
    changed.extend_from_slice(&row[idx + n_replaced..]);
    for (position, token) in changed.iter_mut().enumerate() {
        token.position = position;
    }
    changed
}

fn push_new(spellings: &mut Vec<Vec<Token>>, row: Vec<Token>) {
    const MAX_SPELLINGS: usize = 6;
    let words = |row: &[Token]| -> Vec<String> { row.iter().map(|t| t.text.clone()).collect() };
    if spellings.len() < MAX_SPELLINGS && !spellings.iter().any(|known| words(known) == words(&row))
    {
        spellings.push(row);
    }
}
