//! Signs that are operators in one place and text in another.

use super::super::chars::{drops_at_start, is_blank, is_quote, twin_quote};
use super::super::name::Target;
use super::super::token::{Operator, Token};
use super::Lexer;

impl<'a> Lexer<'a> {
    /// `-x`, `+x`, `=x`, `^"x"`, `&&`, `||`.
    pub(super) fn sign(&mut self, c: char, target: &Target) -> Option<Token<'a>> {
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
    pub(super) fn quote(&mut self, c: char) -> Token<'a> {
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
}
