//! What two spellings of a short or a long form share.

use crate::analyzer::{self, Kind, Lexer};

/// The key of a short form: its letters and digits, folded (`TGF-β` and
/// `TGFβ` are `tgfbeta`). Empty if it has none.
pub fn short_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut lexer = Lexer::new(text);
    while let Some(kind) = lexer.advance() {
        if kind == Kind::Part {
            key.push_str(lexer.word().text);
        }
    }
    key
}

/// The key of a long form: the stems of its words, stop words as they are,
/// with blanks between. A compound is its parts.
pub fn long_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut lexer = Lexer::new(text);
    let mut word = String::new();
    while let Some(kind) = lexer.advance() {
        if kind != Kind::Part {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        word.clear();
        word.push_str(lexer.word().text);
        analyzer::stem_in_place(&mut word);
        key.push_str(&word);
    }
    key
}
