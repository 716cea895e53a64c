//! Phrases and NEAR: rows of exact words.

use abs_schema::analyzer::form::ANY_WORD;
use abs_schema::analyzer::{self, COMPOUND_MARK, Kind, lexer};

use super::word::{Token, tokens};
use super::{Resolver, Scope};
use crate::error::SearchError;
use crate::node::{Form, Leaf, Leaves, Node, PhraseLeaf, Role};
use crate::phrase::{Nearness, Region};
use crate::syntax::ast::{Ast, AstKind, Modifier, Phrase};

/// Letters a quoted word has at least that is looked for in parts as well:
/// `xray`, and not `PRM`, which formulas have as `P_RM`.
const MIN_SPLIT_CHARS: usize = 4;
/// Spellings in parts of one word.
const MAX_SPLITS: usize = 2;

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
                    .extend(self.phrase_leaf(&spelling, phrase.slop, scope)?);
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

    /// A row of exact words; `None` if the index lacks one of them.
    pub(super) fn phrase_leaf(
        &self,
        row: &[Token],
        slop: u32,
        scope: &Scope,
    ) -> Result<Option<PhraseLeaf>, SearchError> {
        let Some(region) = scope.region() else {
            return Ok(None);
        };
        let mut slots: Vec<(Vec<Form>, u32)> = Vec::new();
        for token in row {
            let form = self.exact_form(&token.text)?;
            let offset = offset_in(row, token);
            match slots.last_mut() {
                Some((forms, last)) if *last == offset => forms.push(form),
                _ => slots.push((vec![form], offset)),
            }
        }
        Ok(phrase_of(slots, Nearness::Phrase(slop), region))
    }

    /// A word as printed.
    fn exact_form(&self, word: &str) -> Result<Form, SearchError> {
        let (text, mask) = analyzer::exact(word);
        let term = self.snapshot.look_up(self.snapshot.fields.text, &text)?;
        Ok(Form { term, mask })
    }

    /// The row as typed, and with one compound written the other way:
    /// `x ray` for `xray`, `xray` for `x ray`.
    fn spellings(&self, row: &[Token], scope: &Scope) -> Result<Vec<Vec<Token>>, SearchError> {
        let mut spellings = vec![row.to_vec()];
        if row.iter().any(|token| token.kind == Kind::Variant) {
            return Ok(spellings);
        }
        if scope.region().is_none() {
            return Ok(spellings);
        }
        let field = self.snapshot.fields.text;
        for (idx, token) in row.iter().enumerate() {
            let marked = format!("{}{COMPOUND_MARK}", token.text);
            let is_short = token.text.chars().count() < MIN_SPLIT_CHARS;
            let n_splits = if is_short { 0 } else { MAX_SPLITS };
            for term in self
                .snapshot
                .expand(field, &marked, n_splits, |_| true)?
                .terms
            {
                let hyphens = &term.text[marked.len()..];
                let parts: Vec<Token> = lexer::parts_at(&token.text, hyphens)
                    .into_iter()
                    .map(word_of)
                    .collect();
                push_new(&mut spellings, replaced(row, idx, 1, &parts));
            }
            let Some(next) = row.get(idx + 1) else {
                continue;
            };
            if next.position == token.position + 1 {
                let joined = format!("{}{}", token.text, next.text);
                if self.exact_form(&joined)?.term.doc_freq > 0 {
                    let joined = word_of(&joined);
                    push_new(&mut spellings, replaced(row, idx, 2, &[joined]));
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
    ) -> Result<Option<PhraseLeaf>, SearchError> {
        let (Some((last, first)), Some(region)) = (row.split_last(), scope.region()) else {
            return Ok(None);
        };
        let found = self.forms_starting(&last.text)?;
        if !self.negated {
            self.marks
                .prefix_phrase(first, &last.text, phrase.slop, scope);
        }
        let shown = found
            .forms
            .iter()
            .take(5)
            .map(|form| form.term.text.clone());
        let label = format!("\"{}*\"", phrase.text);
        self.note_expansion(&label, shown.collect(), found.forms.len(), found.cut);
        let mut slots = Vec::new();
        for token in first {
            slots.push((vec![self.exact_form(&token.text)?], offset_in(row, token)));
        }
        slots.push((found.forms, offset_in(row, last)));
        Ok(phrase_of(slots, Nearness::Phrase(phrase.slop), region))
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
        // Where words stand is asked for: of these words.
        let expands = std::mem::replace(&mut self.expands, false);
        for side in [left, right] {
            narrowed.push(self.node(side, scope)?);
        }
        self.expands = expands;
        if let Some(region) = scope.region() {
            let slots = vec![(self.side(left)?, 0), (self.side(right)?, 0)];
            leaves
                .phrases
                .extend(phrase_of(slots, Nearness::Near(distance), region));
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

    /// The words a side of NEAR may be.
    fn side(&mut self, side: &Ast) -> Result<Vec<Form>, SearchError> {
        match &side.kind {
            AstKind::Or(members) => {
                let mut forms = Vec::new();
                for member in members {
                    forms.extend(self.side(member)?);
                }
                Ok(forms)
            }
            AstKind::Phrase(phrase) => {
                let row = tokens(&phrase.text);
                match row.iter().find(|token| token.kind == Kind::Part) {
                    Some(token) => Ok(vec![self.exact_form(&token.text)?]),
                    None => Ok(Vec::new()),
                }
            }
            AstKind::Term(term) => {
                let Some(token) = tokens(&term.text).into_iter().next() else {
                    return Ok(Vec::new());
                };
                match term.modifier {
                    Modifier::Plain => Ok(vec![self.any_form(&token.text)?]),
                    Modifier::Prefix => Ok(self.forms_starting(&token.text)?.forms),
                    _ => Ok(vec![self.exact_form(&token.text)?]),
                }
            }
            AstKind::Boost { ast, .. } | AstKind::Scoped { ast, .. } => self.side(ast),
            _ => Ok(Vec::new()),
        }
    }

    /// A word in any form of its stem.
    fn any_form(&self, word: &str) -> Result<Form, SearchError> {
        let Some(stem) = analyzer::stem(word) else {
            return self.exact_form(word);
        };
        let term = self.snapshot.look_up(self.snapshot.fields.text, &stem)?;
        Ok(Form {
            term,
            mask: ANY_WORD,
        })
    }
}

/// Slots that the index has words for; `None` if one is left empty.
fn phrase_of(
    mut slots: Vec<(Vec<Form>, u32)>,
    nearness: Nearness,
    region: Region,
) -> Option<PhraseLeaf> {
    for (forms, _) in &mut slots {
        forms.retain(|form| form.term.doc_freq > 0);
    }
    let possible = !slots.is_empty() && slots.iter().all(|(forms, _)| !forms.is_empty());
    possible.then_some(PhraseLeaf {
        slots,
        nearness,
        region,
    })
}

/// Words between the row's first token and this one.
fn offset_in(row: &[Token], token: &Token) -> u32 {
    let start = row.first().map_or(0, |first| first.position);
    u32::try_from(token.position.saturating_sub(start)).unwrap_or(u32::MAX)
}

/// A word whose place in its row is not yet known.
fn word_of(text: &str) -> Token {
    Token {
        text: text.to_owned(),
        kind: Kind::Part,
        position: 0,
    }
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
