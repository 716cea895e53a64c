//! One word: its stem, its spellings, the compounds it may be part of.

use abs_schema::analyzer::{self, COMPOUND_MARK, Kind, Lexer, lexer};

use super::{Member, Resolver, Scope};
use crate::error::SearchError;
use crate::node::{Leaf, Leaves, Node, Role};
use crate::snapshot::Expanded;
use crate::syntax::ast::{Ast, AstKind, Modifier};

/// What a word in an author's name is worth beside one in the text.
const NAME_WEIGHT: f32 = 1.0;
/// What the joined form of a compound is worth, and what each of its parts:
/// `x-ray` is one word of a query, and a text that has it has all three. Of the
/// pairs tried on five judged collections (.2 to .5 and .5 to 1) the best by
/// .003 of nDCG@10 over parts at .4 and the joined form at 1.
const WHOLE_WEIGHT: f32 = 0.5;
const PART_WEIGHT: f32 = 0.5;
/// What `xray` is worth to each of the words `x` and `ray`.
const JOINED_WEIGHT: f32 = 0.1;
/// A spelling in parts that is so many times rarer than the word is a slip
/// (`mod-el`). Records that have it are found, as it is indexed as one word
/// too, but nobody who asks for `model` asks for `mod el`.
const MIN_SPLIT_SHARE: u64 = 20;
/// Spellings of one compound that are looked up.
const MAX_SPLITS: usize = 4;

/// A token of a query word.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) kind: Kind,
    pub(crate) position: usize,
}

/// The tokens of a text, as the index has them.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer::new(text);
    let mut tokens: Vec<Token> = Vec::new();
    while let Some(kind) = lexer.advance() {
        let word = lexer.word();
        // `C++` is asked for, not C.
        if kind == Kind::Variant && word.text.ends_with(['+', '#']) {
            tokens.retain(|token| token.position != word.position);
        }
        tokens.push(Token {
            text: word.text.to_owned(),
            kind,
            position: word.position,
        });
    }
    tokens
}

impl Resolver<'_> {
    /// A plain word.
    pub(super) fn word(&mut self, text: &str, scope: &Scope) -> Result<Member, SearchError> {
        let tokens = tokens(text);
        let n_positions = positions(&tokens).len();
        if n_positions == 0 {
            return Ok(Member::Topic(Node::Nothing));
        }
        let mut leaves = if n_positions == 1 {
            if tokens
                .iter()
                .all(|token| analyzer::is_stop_word(&token.text))
            {
                return Ok(Member::Stop(self.exact_word(text, scope)?));
            }
            self.simple_word(&tokens, scope)?
        } else {
            self.compound(&tokens, scope)?
        };
        self.expand_word(text, scope, &mut leaves)?;
        if leaves.is_empty() && !self.negated {
            self.unknown.push(text.to_owned());
        }
        Ok(Member::Topic(Node::holds(leaves)))
    }

    fn simple_word(&mut self, tokens: &[Token], scope: &Scope) -> Result<Leaves, SearchError> {
        let mut leaves = Leaves::default();
        let mut seen: Vec<String> = Vec::new();
        for token in tokens {
            let Some(stem) = analyzer::stem(&token.text) else {
                continue;
            };
            if !self.negated {
                self.marks.stem(&stem, scope);
                self.marks.name_word(&token.text, scope);
            }
            if !seen.contains(&stem) {
                self.ranked(&stem, Role::Matches, 1.0, scope, &mut leaves)?;
                seen.push(stem);
            }
            self.other_fields(&token.text, scope, &mut leaves)?;
            self.splits(&token.text, scope, &mut leaves)?;
        }
        Ok(leaves)
    }

    /// `x-ray`: the joined form, or its parts side by side.
    fn compound(&mut self, tokens: &[Token], scope: &Scope) -> Result<Leaves, SearchError> {
        let mut leaves = Leaves::default();
        let joined = joined_whole(tokens);
        if let Some(joined) = joined
            && let Some(stem) = analyzer::stem(&joined.text)
        {
            if !self.negated {
                self.marks.stem(&stem, scope);
                self.marks.name_word(&joined.text, scope);
            }
            self.ranked(&stem, Role::Matches, WHOLE_WEIGHT, scope, &mut leaves)?;
            self.other_fields(&joined.text, scope, &mut leaves)?;
        }
        let part_weight = if joined.is_some() { PART_WEIGHT } else { 1.0 };
        for token in tokens.iter().filter(|token| token.kind == Kind::Part) {
            if let Some(stem) = analyzer::stem(&token.text) {
                self.ranked(&stem, Role::Scores, part_weight, scope, &mut leaves)?;
            }
        }
        let parts: Vec<Token> = tokens
            .iter()
            .filter(|token| token.kind != Kind::Joined)
            .cloned()
            .collect();
        if !self.negated {
            self.marks.phrase(&parts, 0, scope);
        }
        leaves.phrases.extend(self.phrase_leaf(&parts, 0, scope)?);
        Ok(leaves)
    }

    /// The ranked fields of a scope: both is one flat field, the abstract
    /// alone is that field less the title.
    pub(super) fn ranked(
        &self,
        stem: &str,
        role: Role,
        weight: f32,
        scope: &Scope,
        leaves: &mut Leaves,
    ) -> Result<(), SearchError> {
        let fields = &self.snapshot.fields;
        if !scope.title && !scope.abstract_text {
            return Ok(());
        }
        let flat = scope.abstract_text;
        let field = if flat { fields.text } else { fields.title };
        let term = self.snapshot.look_up(field, stem)?;
        if term.doc_freq == 0 {
            return Ok(());
        }
        let mut leaf = Leaf::new(term, role, weight);
        if !scope.title {
            leaf.minus =
                Some(self.snapshot.look_up(fields.title, stem)?).filter(|title| title.doc_freq > 0);
        }
        leaves.terms.push(leaf);
        Ok(())
    }

    /// Names, venues and key words of a scope: being there is what counts.
    fn other_fields(
        &self,
        word: &str,
        scope: &Scope,
        leaves: &mut Leaves,
    ) -> Result<(), SearchError> {
        let fields = &self.snapshot.fields;
        let stem = analyzer::stem(word).unwrap_or_default();
        let wanted = [
            (scope.author, fields.author, word),
            (scope.venue, fields.venue, word),
            (scope.keyword, fields.keyword, stem.as_str()),
        ];
        for (asked, field, text) in wanted {
            if !asked || text.is_empty() {
                continue;
            }
            let term = self.snapshot.look_up(field, text)?;
            if term.doc_freq == 0 {
                continue;
            }
            let mut leaf = Leaf::new(term, Role::Matches, NAME_WEIGHT);
            // A name that is also a common word is no rarer than the word.
            let as_text = leaves.terms.first().map_or(0, |first| first.term.doc_freq);
            leaf.as_frequent_as = Some((leaf.term.doc_freq + as_text).min(self.snapshot.n_docs));
            leaves.terms.push(leaf);
        }
        Ok(())
    }

    /// `xray`: where the collection also writes `x-ray`, its parts side by
    /// side match too.
    fn splits(&self, word: &str, scope: &Scope, leaves: &mut Leaves) -> Result<(), SearchError> {
        if self.as_they_are || word.len() < 3 || !(scope.title || scope.abstract_text) {
            return Ok(());
        }
        let mut marked = String::with_capacity(word.len() + 1);
        marked.push_str(word);
        marked.push(COMPOUND_MARK);
        let field = self.snapshot.fields.text;
        let attested = if self.snapshot.has_start(&marked)? {
            self.snapshot.expand(field, &marked, MAX_SPLITS, |_| true)?
        } else {
            Expanded::default()
        };
        let stem = analyzer::stem(word).unwrap_or_default();
        let own = self.snapshot.look_up(field, &stem)?.doc_freq;
        // Each with whether its parts are worth something by themselves.
        let mut spellings: Vec<(String, bool)> = attested
            .terms
            .iter()
            .filter(|term| term.doc_freq * MIN_SPLIT_SHARE >= own)
            .map(|term| lexer::parts_at(word, &term.text[marked.len()..]).join("-"))
            .map(|spelling| (spelling, true))
            .collect();
        // One letter in front is written apart as often as with a hyphen.
        let first = word.chars().next().map_or(0, char::len_utf8);
        if word.is_ascii() && word.as_bytes()[0].is_ascii_alphabetic() && word.len() > 3 {
            let (letter, rest) = word.split_at(first);
            let lone = format!("{letter}-{rest}");
            let is_known = spellings.iter().any(|(spelling, _)| *spelling == lone);
            // `score` is not `s core`: there the rest is the rarer word.
            let stem = analyzer::stem(rest).unwrap_or_default();
            if !analyzer::is_stop_word(letter)
                && !is_known
                && self.snapshot.look_up(field, &stem)?.doc_freq >= own
            {
                spellings.push((lone, false));
            }
        }
        for (spelling, parts_score) in spellings.iter().take(MAX_SPLITS) {
            let parts: Vec<Token> = tokens(spelling)
                .into_iter()
                .filter(|token| token.kind != Kind::Joined)
                .collect();
            let Some(phrase) = self.phrase_leaf(&parts, 0, scope)? else {
                continue;
            };
            leaves.phrases.push(phrase);
            for part in parts.iter().filter(|_| *parts_score) {
                if let Some(stem) = analyzer::stem(&part.text) {
                    self.ranked(&stem, Role::Scores, PART_WEIGHT, scope, leaves)?;
                }
            }
        }
        Ok(())
    }

    /// `x ray` typed as two words finds `xray`: for each member the joined
    /// forms with its neighbours that the index holds.
    pub(super) fn joined_neighbours(
        &mut self,
        members: &[Ast],
        scope: &Scope,
    ) -> Result<Vec<Vec<Leaf>>, SearchError> {
        let mut joined = vec![Vec::new(); members.len()];
        if self.as_they_are {
            return Ok(joined);
        }
        for (idx, pair) in members.windows(2).enumerate() {
            let [left, right] = pair else { continue };
            let (Some(left), Some(right)) = (plain_word(left), plain_word(right)) else {
                continue;
            };
            let word = format!("{left}{right}");
            let Some(stem) = analyzer::stem(&word) else {
                continue;
            };
            let mut leaves = Leaves::default();
            self.ranked(&stem, Role::Matches, JOINED_WEIGHT, scope, &mut leaves)?;
            if !leaves.terms.is_empty() {
                self.marks.stem(&stem, scope);
            }
            // Texts that write both would count it on top of its parts.
            let parts = [&left, &right].map(|word| analyzer::stem(word).unwrap_or_default());
            for leaf in &mut leaves.terms {
                let mut doc_freq = leaf.term.doc_freq;
                for part in &parts {
                    doc_freq = doc_freq.max(self.snapshot.look_up(leaf.term.field, part)?.doc_freq);
                }
                leaf.as_frequent_as = Some(doc_freq);
            }
            joined[idx].extend(leaves.terms.iter().cloned());
            joined[idx + 1].extend(leaves.terms);
        }
        Ok(joined)
    }

    /// Words that only say that a question is asked, if others are left.
    pub(super) fn question_words(&self, members: &[Ast]) -> Vec<bool> {
        if self.without.question_words {
            return vec![false; members.len()];
        }
        let is_question =
            |ast: &Ast| plain_word(ast).is_some_and(|word| analyzer::is_question_word(&word));
        let dropped: Vec<bool> = members.iter().map(is_question).collect();
        let carries_topic = |(ast, dropped): (&Ast, &bool)| {
            !dropped
                && match &ast.kind {
                    AstKind::Not(_) => false,
                    AstKind::Term(term) => !analyzer::is_stop_word(&term.text.to_lowercase()),
                    _ => true,
                }
        };
        if members.iter().zip(&dropped).any(carries_topic) {
            dropped
        } else {
            vec![false; members.len()]
        }
    }

    /// `=word`: the word as written, in title, abstract or a name.
    pub(super) fn exact_word(&mut self, text: &str, scope: &Scope) -> Result<Node, SearchError> {
        let tokens: Vec<Token> = tokens(text)
            .into_iter()
            .filter(|token| token.kind == Kind::Part || token.text.ends_with(['+', '#']))
            .collect();
        let mut leaves = Leaves::default();
        leaves.phrases.extend(self.phrase_leaf(&tokens, 0, scope)?);
        if let [token] = tokens.as_slice() {
            self.other_fields(&token.text, scope, &mut leaves)?;
            if let Some(stem) = analyzer::stem(&token.text) {
                self.ranked(&stem, Role::Scores, 1.0, scope, &mut leaves)?;
            }
        }
        if !self.negated {
            self.marks.phrase(&tokens, 0, scope);
        }
        let node = Node::holds(leaves);
        if matches!(node, Node::Nothing) && !self.negated {
            self.unknown.push(text.to_owned());
        }
        if !text.chars().any(char::is_uppercase) {
            return Ok(node);
        }
        Ok(Node::all(vec![
            node,
            Node::Spelled {
                word: text.to_owned(),
                in_title: scope.title,
                in_abstract: scope.abstract_text,
            },
        ]))
    }
}

/// The joined form of all parts: that of some, as in `il-6/il-8`, stands for
/// these alone.
pub(super) fn joined_whole(tokens: &[Token]) -> Option<&Token> {
    let parts = tokens.iter().filter(|token| token.kind == Kind::Part);
    let whole: String = parts.map(|part| part.text.as_str()).collect();
    tokens
        .iter()
        .find(|token| token.kind == Kind::Joined && token.text == whole)
}

/// A plain word that only phrases look for.
pub(super) fn is_stop_word(ast: &Ast) -> bool {
    match &ast.kind {
        AstKind::Term(term) if term.modifier == Modifier::Plain => tokens(&term.text)
            .iter()
            .all(|token| analyzer::is_stop_word(&token.text)),
        _ => false,
    }
}

/// The folded text of a plain word of one token that is no stop word.
fn plain_word(ast: &Ast) -> Option<String> {
    let AstKind::Term(term) = &ast.kind else {
        return None;
    };
    if term.modifier != Modifier::Plain {
        return None;
    }
    match tokens(&term.text).as_slice() {
        [token] if !analyzer::is_stop_word(&token.text) => Some(token.text.clone()),
        _ => None,
    }
}

fn positions(tokens: &[Token]) -> Vec<usize> {
    let mut positions: Vec<usize> = tokens
        .iter()
        .filter(|token| token.kind != Kind::Joined)
        .map(|token| token.position)
        .collect();
    positions.dedup();
    positions
}
