//! Words out of texts, and words beside words.

use abs_schema::analyzer::{Kind, Lexer};

/// A token of a text, as the analyzer gives it.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) kind: Kind,
    pub(super) position: usize,
}

pub(super) fn lex(text: &str) -> Vec<Token> {
    let mut lexer = Lexer::new(text);
    let mut tokens = Vec::new();
    while let Some(kind) = lexer.advance() {
        let word = lexer.word();
        tokens.push(Token {
            text: word.text.to_owned(),
            kind,
            position: word.position,
        });
    }
    tokens
}

/// The tokens of a query word: where a sign is part of it, that is meant.
pub(super) fn asked(text: &str) -> Vec<Token> {
    let tokens = lex(text);
    let signed: Vec<usize> = tokens
        .iter()
        .filter(|t| t.kind == Kind::Variant && t.text.ends_with(['+', '#']))
        .map(|t| t.position)
        .collect();
    let is_meant = |t: &Token| !signed.contains(&t.position) || t.kind == Kind::Variant;
    tokens.into_iter().filter(is_meant).collect()
}

/// The words of a row, place by place, each with its second spellings.
pub(super) fn row_of(tokens: &[Token]) -> Vec<Vec<String>> {
    let mut row: Vec<(usize, Vec<String>)> = Vec::new();
    for token in tokens.iter().filter(|t| t.kind != Kind::Joined) {
        match row.last_mut() {
            Some((position, words)) if *position == token.position => {
                words.push(token.text.clone());
            }
            _ => row.push((token.position, vec![token.text.clone()])),
        }
    }
    row.into_iter().map(|(_, words)| words).collect()
}

/// `?` is one character, `*` any number; every way is tried.
pub(super) fn fits(pattern: &[char], word: &[char]) -> bool {
    match pattern.split_first() {
        None => word.is_empty(),
        Some(('*', rest)) => (0..=word.len()).any(|n| fits(rest, &word[n..])),
        Some((c, rest)) => word
            .split_first()
            .is_some_and(|(first, after)| (*c == '?' || c == first) && fits(rest, after)),
    }
}

/// Letters put in, left out, changed, or swapped with their neighbour.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = changed.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}
