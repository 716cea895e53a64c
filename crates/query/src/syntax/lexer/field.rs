//! Names before a colon, and values that are taken as they stand.

use super::super::chars::{is_blank, is_quote};
use super::super::dialect::{ids, ovid};
use super::super::name::Target;
use super::super::range;
use super::super::token::Token;
use super::Lexer;

/// Bytes that a field list before a colon may take.
const MAX_NAME: usize = 64;
/// Bytes that a range in brackets may take.
const MAX_BRACKETS: usize = 64;

impl<'a> Lexer<'a> {
    /// `title:`, `ti,abs:`, or a word that only looks so.
    pub(super) fn name(&mut self, within: &Target) -> Option<Token<'a>> {
        if within.keeps_colons() || (self.is_fresh && within.is_raw()) {
            return None;
        }
        let rest = self.rest();
        let len = rest
            .bytes()
            .take(MAX_NAME)
            .position(|b| !b.is_ascii_alphabetic() && !matches!(b, b',' | b'_'))?;
        let colon = rest[len..].chars().next();
        // As it comes from a Chinese or Japanese keyboard.
        let colon = colon.filter(|c| len > 0 && matches!(c, ':' | '：'))?;
        let behind = &rest[len + colon.len_utf8()..];
        let name = &rest[..len];
        let Some(target) = Target::parse(name) else {
            let is_name = (2..=20).contains(&len) && name.bytes().all(|b| b.is_ascii_alphabetic());
            // `asthma:ti,ab` has its fields behind it.
            if ovid::embase_tag(&rest[len..]).is_some() {
                return None;
            }
            let has_value = behind.starts_with(|c: char| !is_blank(c) && c != '/');
            return (is_name && has_value && !within.is_raw())
                .then(|| self.take(len + colon.len_utf8(), Token::UnknownName(name)))?;
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
    pub(super) fn raw(&mut self, target: &Target) -> Option<Token<'a>> {
        let rest = self.rest();
        let is_range = matches!(target, Target::Dates | Target::AuthorCount);
        let len = raw_len(rest, is_range);
        if len == 0 {
            return None;
        }
        let raw = &rest[..len];
        let token = match self.operator(raw) {
            Some(operator) if !self.is_fresh => Token::Operator(operator),
            _ => Token::Raw(raw),
        };
        self.take(len, token)
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
                || ids::is_arxiv(ids::without_tail(raw))
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
