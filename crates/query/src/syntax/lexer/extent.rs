//! How far a word goes: parentheses may be part of it, as in `poly(A)`.

use super::super::chars::{is_blank, is_quote, says_something};
use super::super::dialect;
use super::{Lexer, tag_behind};

/// Characters between parentheses inside a word.
const MAX_GLUED: usize = 200;
/// Parentheses within parentheses inside a word.
const MAX_GLUED_DEPTH: usize = 4;

impl Lexer<'_> {
    /// Where the word ends that starts here.
    pub(super) fn word_end(&self) -> usize {
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
                    && self.operator(so_far).is_none();
                match self.glued_close(at).filter(|_| is_part) {
                    Some(close) => at = close,
                    None => break,
                }
            }
            if c == '[' && !so_far.is_empty() && dialect::tag(&self.text[at..]).is_some() {
                break;
            }
            if matches!(c, '.' | ':' | '/' | ']')
                && has_letter
                && tag_behind(&self.text[at..]).is_some()
            {
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
    pub(super) fn glued_start(&self) -> Option<usize> {
        let close = self.glued_close(self.pos)?;
        let inside = &self.text[self.pos..close];
        let mut behind = self.text[close + 1..].chars();
        let goes_on = match behind.next()? {
            '-' | '–' => behind.next()?.is_alphanumeric(),
            c => c.is_alphanumeric(),
        };
        // `(-)-menthol` turns light to the left.
        let is_sign = matches!(&inside[1..], "-" | "+" | "−" | "±");
        (goes_on && !inside.contains(':') && (is_sign || says_something(inside)))
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
}
