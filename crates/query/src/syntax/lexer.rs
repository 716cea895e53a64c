//! Cuts a query into tokens. What a character means depends on what stands
//! before and behind it: people paste titles, formulas and names of chemicals.
//!
//! Every look ahead is bounded, so the whole takes linear time.

use std::ops::Range;

use super::chars::{drops_at_start, is_blank, is_quote, twin_quote};
use super::dialect;
use super::name::Target;
use super::range;
use super::token::{MAX_DISTANCE, Operator, Token};
use super::word;

/// Bytes that a field list before a colon may take.
const MAX_NAME: usize = 64;
/// Bytes that a range in brackets may take.
const MAX_BRACKETS: usize = 64;
/// Characters between parentheses inside a word.
const MAX_GLUED: usize = 200;
/// Parentheses within parentheses inside a word.
const MAX_GLUED_DEPTH: usize = 4;

/// A place in the query.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    pos: usize,
    /// The last token was one that stands directly before an operand.
    is_fresh: bool,
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
        }
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
    pub(super) fn more_of_name(&mut self, after_comma: bool) -> Option<&'a str> {
        let rest = self.rest();
        let after = rest.trim_start_matches(is_blank);
        let len = after
            .find(|c: char| is_blank(c) || is_quote(c) || matches!(c, '(' | ')' | '[' | ':'))
            .unwrap_or(after.len());
        let word = &after[..len];
        if after[len..].starts_with(':') || Operator::parse(word).is_some() {
            return None;
        }
        let fits = if after_comma {
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
        match c {
            '(' if target.is_raw() || self.glued_start().is_none() => {
                return self.take(1, Token::Open);
            }
            ')' => return self.take(1, Token::Close),
            '[' => {
                if let Some((tag, len)) = dialect::tag(rest) {
                    return self.take(len, Token::Tag(tag));
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
        if let Some((target, len)) = dialect::upper_case_name(rest) {
            return self.take(len, Token::Name(target));
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
        let token = Operator::parse(word).map_or(Token::Word(word), Token::Operator);
        self.take(word.len(), token)
    }

    /// `-x`, `+x`, `=x`, `^"x"`, `&&`, `||`.
    fn sign(&mut self, c: char, target: &Target) -> Option<Token<'a>> {
        let rest = self.rest();
        let next = rest[c.len_utf8()..].chars().next()?;
        let is_operand = !is_blank(next) && next != ')';
        match c {
            '&' | '|' => {
                let operator = rest.get(..2).and_then(Operator::parse)?;
                let behind = rest[2..].chars().next();
                let stands_free = behind.is_none_or(|c| is_blank(c) || is_quote(c) || c == '(');
                (stands_free && self.starts_here())
                    .then(|| self.take(2, Token::Operator(operator)))?
            }
            _ if !self.starts_here() || !is_operand => None,
            _ if self.is_fresh && target.is_raw() => None,
            '^' if is_quote(next)
                || (next.is_alphabetic() && matches!(target, Target::Author { .. })) =>
            {
                self.take(1, Token::Caret)
            }
            '=' if !drops_at_start(next) || next == '^' => self.take(1, Token::Equals),
            '-' | '+' if !drops_at_start(next) || matches!(next, '=' | '^') => {
                let number = rest[1..].bytes().take(32).position(|b| !b.is_ascii_digit());
                let is_number = next.is_ascii_digit()
                    && number.is_none_or(|len| !rest[1 + len..].starts_with(char::is_alphabetic));
                match c {
                    '+' => self.take(1, Token::Plus),
                    _ if is_number && !target.is_raw() => self.take(1, Token::Sign),
                    _ => self.take(1, Token::Minus),
                }
            }
            _ => None,
        }
    }

    /// A phrase, or a quote that closes nothing.
    fn quote(&mut self, c: char) -> Token<'a> {
        let rest = self.rest();
        let twin = if is_quote(c) { None } else { twin_quote(rest) };
        let len = twin.unwrap_or(c.len_utf8());
        let inner = &rest[len..];
        let ends = inner
            .chars()
            .next()
            .is_none_or(|c| is_blank(c) || matches!(c, ')' | ',' | ';' | '.' | ':' | '!' | '?'));
        if ends && !self.starts_here() {
            let is_inch = self.previous().is_some_and(|c| c.is_ascii_digit());
            self.pos += len;
            return Token::StrayQuote { is_inch };
        }
        let close = match twin {
            None => inner
                .char_indices()
                .find(|(_, c)| is_quote(*c))
                .map(|(at, c)| (at, c.len_utf8())),
            Some(_) => inner
                .char_indices()
                .find_map(|(at, _)| twin_quote(&inner[at..]).map(|len| (at, len))),
        };
        let (end, close) = close.unwrap_or((inner.len(), 0));
        self.pos += len + end + close;
        Token::Phrase {
            inner: &inner[..end],
            is_closed: close > 0,
        }
    }

    /// `title:`, `ti,abs:`, or a word that only looks so.
    fn name(&mut self, within: &Target) -> Option<Token<'a>> {
        if within.keeps_colons() || (self.is_fresh && within.is_raw()) {
            return None;
        }
        let rest = self.rest();
        let len = rest
            .bytes()
            .take(MAX_NAME)
            .position(|b| !b.is_ascii_alphabetic() && !matches!(b, b',' | b'_'))?;
        let behind = rest[len..].strip_prefix(':').filter(|_| len > 0)?;
        let name = &rest[..len];
        let Some(target) = Target::parse(name) else {
            let is_name = (2..=20).contains(&len) && name.bytes().all(|b| b.is_ascii_alphabetic());
            let has_value = behind.starts_with(|c: char| !is_blank(c) && c != '/');
            return (is_name && has_value && !within.is_raw())
                .then(|| self.take(len + 1, Token::UnknownName(name)))?;
        };
        let value = behind.trim_start_matches(is_blank);
        if value.len() < behind.len() && !value.is_empty() && !follows_blank(name, &target, value) {
            return None;
        }
        let token_len = rest.len() - value.len();
        if let Some(after) = value.strip_prefix('*')
            && after.chars().next().is_none_or(|c| is_blank(c) || c == ')')
        {
            return self.take(token_len + 1, Token::Exists(target));
        }
        self.take(token_len, Token::Name(target))
    }

    /// Everything up to a blank, a quote, or a parenthesis not opened here.
    fn raw(&mut self, target: &Target) -> Option<Token<'a>> {
        let rest = self.rest();
        let is_range = matches!(target, Target::Dates | Target::AuthorCount);
        let len = raw_len(rest, is_range);
        if len == 0 {
            return None;
        }
        let raw = &rest[..len];
        let token = match Operator::parse(raw) {
            Some(operator) if !self.is_fresh => Token::Operator(operator),
            _ => Token::Raw(raw),
        };
        self.take(len, token)
    }

    /// Where the word ends that starts here.
    fn word_end(&self) -> usize {
        let mut at = self.glued_start().unwrap_or(self.pos);
        let mut has_letter = at > self.pos;
        let mut previous = ' ';
        while let Some(c) = self.text[at..].chars().next() {
            let so_far = &self.text[self.pos..at];
            if is_blank(c) || is_quote(c) || c == ')' {
                break;
            }
            if c == '(' {
                let is_part = has_letter
                    && !matches!(previous, ':' | ',' | ';' | '!' | '?')
                    && Operator::parse(so_far).is_none();
                match self.glued_close(at).filter(|_| is_part) {
                    Some(close) => at = close,
                    None => break,
                }
            }
            if c == '[' && !so_far.is_empty() && dialect::tag(&self.text[at..]).is_some() {
                break;
            }
            let c = self.text[at..].chars().next().unwrap_or(c);
            has_letter |= c.is_alphanumeric();
            previous = c;
            at += c.len_utf8();
        }
        at
    }

    /// `(S)-ibuprofen`: parentheses that start a word. The end of the first.
    fn glued_start(&self) -> Option<usize> {
        let close = self.glued_close(self.pos)?;
        let inside = &self.text[self.pos..close];
        let mut behind = self.text[close + 1..].chars();
        let goes_on = match behind.next()? {
            '-' | '–' => behind.next()?.is_alphanumeric(),
            c => c.is_alphanumeric(),
        };
        (goes_on && !inside.contains(':') && super::chars::says_something(inside))
            .then_some(close + 1)
    }

    /// The `)` for the `(` here, when there is no blank and no quote between.
    fn glued_close(&self, open: usize) -> Option<usize> {
        let mut depth = 0;
        for (idx, c) in self.text[open..].char_indices().take(MAX_GLUED) {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                c if is_blank(c) || is_quote(c) => return None,
                _ if idx == 0 => return None,
                _ => {}
            }
            if depth == 0 {
                return Some(open + idx);
            }
            if depth > MAX_GLUED_DEPTH {
                return None;
            }
        }
        None
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

/// Whether `name: value`, with a blank between, is a field and not a title that
/// was pasted. `BERT: a model` is no field to begin with; `Language: a survey`
/// and `Date: …` would be.
fn follows_blank(name: &str, target: &Target, value: &str) -> bool {
    let is_lower = !name.contains(|c: char| c.is_ascii_uppercase());
    let raw = &value[..raw_len(value, true)];
    match target {
        Target::Author { .. } => true,
        Target::Dates => range::dates(raw).is_some(),
        Target::Since => range::since(raw).is_some(),
        Target::AuthorCount => range::author_count(raw).is_some(),
        Target::Has => false,
        Target::Fields { text, .. } if !text.is_empty() => {
            is_lower || value.starts_with(|c| is_quote(c) || c == '(')
        }
        Target::Fields { .. } => {
            let is_id = raw.starts_with("10.")
                || raw.contains("doi.org/")
                || dialect::arxiv(raw.trim_end_matches(['.', ',', ';'])).is_some()
                || (name.eq_ignore_ascii_case("pmid")
                    && raw.starts_with(|c: char| c.is_ascii_digit()));
            is_lower || is_id
        }
    }
}

/// The bytes up to a blank, a quote, or a `)` that was not opened here. A range
/// has its own brackets, and blanks behind its sign.
fn raw_len(rest: &str, is_range: bool) -> usize {
    if is_range && rest.starts_with(['[', '{']) {
        let close = rest
            .bytes()
            .take(MAX_BRACKETS)
            .position(|b| matches!(b, b']' | b'}'));
        if let Some(close) = close {
            return close + 1;
        }
    }
    let signs = if is_range {
        let after = rest.trim_start_matches(['<', '>', '=', '≤', '≥']);
        let blanks = after.trim_start_matches(is_blank);
        let has_sign = after.len() < rest.len();
        if has_sign {
            rest.len() - blanks.len()
        } else {
            0
        }
    } else {
        0
    };
    let mut depth = 0_usize;
    for (at, c) in rest[signs..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return signs + at,
            ')' => depth -= 1,
            c if is_blank(c) || is_quote(c) => return signs + at,
            _ => {}
        }
    }
    rest.len()
}

/// `J`, `J.`, `J.-P.`, `J.A.`
fn is_initial(word: &str) -> bool {
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
