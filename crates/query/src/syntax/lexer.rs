//! Cuts a query into tokens. What a character means depends on what stands
//! before and behind it: people paste titles, formulas and names of chemicals.
//!
//! Every look ahead is bounded, so the whole takes linear time.

mod extent;
mod field;
mod sign;

use std::ops::Range;

use super::capitals::is_prose_in_capitals;
use super::chars::{drops_at_start, is_blank, is_quote, twin_quote};
use super::dialect::{self, ovid, scopus};
use super::name::Target;
use super::token::{MAX_DISTANCE, Operator, Token};
use super::word;

/// A place in the query.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    pos: usize,
    /// The last token was one that stands directly before an operand.
    is_fresh: bool,
    /// Operators are written small, and `$` cuts words.
    is_ovid: bool,
    /// Phrases stand between single quotes.
    is_embase: bool,
    /// `next` is an operator, written small as well.
    is_cochrane: bool,
    /// Not all in capitals: there `NEXT` is a word as any other.
    has_small: bool,
    /// Nor is `AND` anything but a word in prose that is.
    is_prose: bool,
}

/// `~3` and `^2` behind a phrase or a group.
#[derive(Debug, Default)]
pub(super) struct Suffixes {
    pub(super) slop: Option<u32>,
    pub(super) boost: Option<f32>,
    pub(super) has_bad_boost: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Lexer<'a> {
        Lexer {
            text,
            pos: 0,
            is_fresh: false,
            is_ovid: ovid::is_ovid(text),
            is_embase: ovid::is_embase(text),
            is_cochrane: ovid::is_cochrane(text),
            has_small: text.chars().any(|c| c.is_alphabetic() && !c.is_uppercase()),
            is_prose: is_prose_in_capitals(text),
        }
    }

    /// Whether what would be an operator is a word, as the query is prose in
    /// capitals.
    pub(super) fn is_prose(&self) -> bool {
        self.is_prose
    }

    /// Whether the query is one of Ovid's.
    pub(super) fn is_ovid(&self) -> bool {
        self.is_ovid
    }

    fn operator(&self, word: &str) -> Option<Operator> {
        match word {
            _ if self.is_prose => None,
            "and" if self.is_ovid => Some(Operator::And),
            "or" if self.is_ovid => Some(Operator::Or),
            "not" if self.is_ovid => Some(Operator::Not),
            "adj" if self.is_ovid => Some(Operator::Adjacent),
            "next" if self.is_ovid || self.is_cochrane => Some(Operator::Adjacent),
            _ => Operator::parse(word)
                .filter(|operator| *operator != Operator::Adjacent || self.has_small),
        }
    }

    /// Whether an operand comes behind the word that ends there, so that the
    /// word may stand between two.
    fn has_operand_at(&self, end: usize) -> bool {
        let rest = &self.text[end..];
        let after = rest.trim_start_matches(is_blank);
        let is_operand = after.starts_with(|c: char| {
            c.is_alphanumeric() || is_quote(c) || matches!(c, '(' | '\'' | '{')
        });
        let stands_free = after.len() < rest.len() || !after.starts_with(char::is_alphanumeric);
        let word = after.split(is_blank).next().unwrap_or(after);
        is_operand && stands_free && self.operator(word).is_none()
    }

    /// How far the text is read.
    pub(super) fn pos(&self) -> usize {
        self.pos
    }

    /// The next token and its bytes, read as the target asks for.
    pub(super) fn next(&mut self, target: &Target) -> (Token<'a>, Range<usize>) {
        loop {
            self.skip_blanks();
            let start = self.pos;
            let token = self.token(target);
            if let Some(token) = token {
                self.is_fresh = matches!(
                    token,
                    Token::Minus | Token::Plus | Token::Equals | Token::Caret | Token::Name(_)
                );
                return (token, start..self.pos);
            }
            // Punctuation that says nothing.
            self.is_fresh = false;
            self.bump();
        }
    }

    /// What stands directly behind a phrase or a group.
    pub(super) fn suffixes(&mut self) -> Suffixes {
        let mut suffixes = Suffixes::default();
        loop {
            let rest = self.rest();
            let number = |rest: &'a str, max: usize| {
                let len = rest
                    .bytes()
                    .take(max)
                    .take_while(|b| b.is_ascii_digit() || *b == b'.')
                    .count();
                rest[..len].trim_end_matches('.')
            };
            if let Some(after) = rest.strip_prefix('~') {
                let digits = number(after, 7);
                let slop = digits.parse().unwrap_or(0).min(MAX_DISTANCE);
                suffixes.slop.get_or_insert(slop);
                self.pos += 1 + digits.len();
            } else if let Some(after) = rest.strip_prefix('^')
                && after.starts_with(|c: char| c.is_ascii_digit())
            {
                let digits = number(after, 32);
                match word::boost(digits) {
                    Some(boost) => {
                        suffixes.boost.get_or_insert(boost);
                    }
                    None => suffixes.has_bad_boost = true,
                }
                self.pos += 1 + digits.len();
            } else {
                return suffixes;
            }
        }
    }

    /// Goes on with an author's name that was not quoted: what follows a comma,
    /// and initials.
    pub(super) fn more_of_name(&mut self, takes_any: bool) -> Option<&'a str> {
        let rest = self.rest();
        let after = rest.trim_start_matches(is_blank);
        let len = after
            .find(|c: char| is_blank(c) || is_quote(c) || matches!(c, '(' | ')' | '[' | ':'))
            .unwrap_or(after.len());
        let word = &after[..len];
        if after[len..].starts_with(':') || self.operator(word).is_some() {
            return None;
        }
        let fits = if takes_any {
            word.starts_with(char::is_alphabetic)
        } else {
            is_initial(word)
        };
        if !fits {
            return None;
        }
        self.pos += rest.len() - after.len() + len;
        Some(word)
    }

    /// Goes past a word and the punctuation at its end.
    pub(super) fn skip_word(&mut self, word: &str) -> bool {
        let after = self.rest().trim_start_matches(is_blank);
        let Some(after) = after.strip_prefix(word) else {
            return false;
        };
        let after = after.trim_start_matches(['.', ',', ';']);
        self.pos = self.text.len() - after.len();
        true
    }

    /// Whether a lone `:` follows, as between the dates of a range in PubMed.
    pub(super) fn eat_colon(&mut self) -> bool {
        let rest = self.rest();
        let after = rest.trim_start_matches(is_blank);
        let Some(behind) = after.strip_prefix(':') else {
            return false;
        };
        let operand = behind.trim_start_matches(is_blank);
        let found = operand.starts_with(|c: char| is_quote(c) || c.is_ascii_digit());
        if found {
            self.pos = self.text.len() - operand.len();
        }
        found
    }

    fn token(&mut self, target: &Target) -> Option<Token<'a>> {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else {
            return Some(Token::End);
        };
        if self.starts_here()
            && let Some(len) = scopus::limit(rest)
        {
            return self.take(len, Token::Limit);
        }
        if let Some(len) = ovid::frequency(rest) {
            return self.take(len, Token::Limit);
        }
        match c {
            '(' if target.is_raw() || self.glued_start().is_none() => {
                return self.take(1, Token::Open);
            }
            ')' => return self.take(1, Token::Close),
            '[' => {
                if self.starts_here() && ovid::opens_years(rest) {
                    return None;
                }
                if let Some((tag, len)) = dialect::tag(rest) {
                    return self.take(len, Token::Tag(tag));
                }
            }
            '.' | ':' | '/' | ']' if !self.starts_here() => {
                if let Some((tag, len)) = tag_behind(rest) {
                    return self.take(len, Token::Tag(tag));
                }
            }
            '\'' if self.is_embase && self.starts_here() => {
                if let Some(inner) = ovid::single_quoted(rest) {
                    let is_closed = true;
                    return self.take(inner.len() + 2, Token::Phrase { inner, is_closed });
                }
            }
            '{' if !target.is_raw() && self.starts_here() => {
                if let Some(inner) = scopus::braced(rest) {
                    let is_closed = true;
                    return self.take(inner.len() + 2, Token::Phrase { inner, is_closed });
                }
            }
            _ => {}
        }
        if is_quote(c) || (self.starts_here() && twin_quote(rest).is_some()) {
            return Some(self.quote(c));
        }
        if let Some(token) = self.sign(c, target) {
            return Some(token);
        }
        if let Some((target, len)) = scopus::upper_case_name(rest, self.starts_here()) {
            return self.take(len, Token::Name(target));
        }
        if self.starts_here()
            && let Some(len) = dialect::has_abstract(rest)
        {
            let target = Target::fields(&[abs_record::Field::Abstract])?;
            return self.take(len, Token::Exists(target));
        }
        if let Some(token) = self.name(target) {
            return Some(token);
        }
        if target.is_raw() {
            return self.raw(target);
        }
        if drops_at_start(c) {
            return None;
        }
        let word = &self.text[self.pos..self.word_end()];
        let token = self.operator(word).filter(|operator| {
            *operator != Operator::Adjacent || self.has_operand_at(self.pos + word.len())
        });
        let token = token.map_or(Token::Word(word), Token::Operator);
        self.take(word.len(), token)
    }

    /// Whether an operand may start here: after a blank, `(`, or its operator.
    fn starts_here(&self) -> bool {
        self.is_fresh || self.previous().is_none_or(|c| is_blank(c) || c == '(')
    }

    fn previous(&self) -> Option<char> {
        self.text[..self.pos].chars().next_back()
    }

    fn rest(&self) -> &'a str {
        &self.text[self.pos..]
    }

    fn take(&mut self, len: usize, token: Token<'a>) -> Option<Token<'a>> {
        self.pos += len;
        Some(token)
    }

    fn bump(&mut self) {
        self.pos += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        let after = rest.trim_start_matches(is_blank);
        if after.len() < rest.len() {
            self.pos += rest.len() - after.len();
            self.is_fresh = false;
        }
    }
}

/// A tag that stands directly behind a word, a phrase or a group, and its
/// length.
fn tag_behind(rest: &str) -> Option<(dialect::Tag, usize)> {
    ovid::ovid_tag(rest)
        .or_else(|| ovid::embase_tag(rest))
        .or_else(|| ovid::embase_years(rest))
}

/// `J`, `J.`, `J.-P.`, `J.A.`
pub(super) fn is_initial(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';']);
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => c.is_uppercase(),
        (Some(c), Some('.')) => {
            c.is_alphabetic() && word.split(['.', '-']).all(|part| part.chars().count() <= 1)
        }
        _ => false,
    }
}
