//! The tokens of a query.

use super::dialect::Tag;
use super::name::Target;

/// What the lexer hands to the parser.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    /// There is no more.
    End,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `AND`, `OR`, `NOT`, `ANDNOT`, `NEAR/3`
    Operator(Operator),
    /// `-` before a word
    Minus,
    /// `-` before a number, which is a sign
    Sign,
    /// `+` before a word
    Plus,
    /// `=` before a word
    Equals,
    /// `^` before a name
    Caret,
    /// `title:`
    Name(Target),
    /// `title:*`
    Exists(Target),
    /// `word:` where the word is no field
    UnknownName(&'a str),
    /// What is between quotes
    Phrase { inner: &'a str, is_closed: bool },
    /// A quote that closes nothing; after a number it is an inch
    StrayQuote { is_inch: bool },
    /// A word with whatever is at its end
    Word(&'a str),
    /// What follows a name that takes anything up to the next blank
    Raw(&'a str),
    /// `[tiab]`
    Tag(Tag),
    /// `LIMIT-TO(…)` of Scopus, `[english]/lim` of Embase
    Limit,
}

/// An operator in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
    AndNot,
    Near(u32),
    /// `ADJ` of Ovid, `NEXT` of Cochrane: next to each other in this order.
    Adjacent,
}

/// The farthest `NEAR` and slop reach.
pub(super) const MAX_DISTANCE: u32 = 1000;

impl Operator {
    /// The operator a free-standing word is.
    pub(super) fn parse(word: &str) -> Option<Operator> {
        match word {
            "AND" | "&&" => Some(Operator::And),
            "OR" | "||" => Some(Operator::Or),
            "NOT" => Some(Operator::Not),
            "ANDNOT" => Some(Operator::AndNot),
            "ADJ" | "NEXT" => Some(Operator::Adjacent),
            _ => {
                if let Some(distance) = strip_any_case(word, "adj").and_then(number) {
                    // Ovid counts the steps, not the words between.
                    return Some(Operator::Near(distance.saturating_sub(1)));
                }
                distance_of(word).and_then(number).map(Operator::Near)
            }
        }
    }
}

/// What follows `NEAR/` and `NEXT/`, in any case, as Cochrane and Embase write
/// them, and `W/` and `PRE/` of Scopus. Order is not asked for, as `NEAR` asks
/// for none.
fn distance_of(word: &str) -> Option<&str> {
    strip_any_case(word, "near/")
        .or_else(|| strip_any_case(word, "next/"))
        .or_else(|| word.strip_prefix("W/"))
        .or_else(|| word.strip_prefix("PRE/"))
}

fn strip_any_case<'a>(word: &'a str, name: &str) -> Option<&'a str> {
    let (head, rest) = word.split_at_checked(name.len())?;
    head.eq_ignore_ascii_case(name).then_some(rest)
}

fn number(text: &str) -> Option<u32> {
    let is_number = (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let number = text.parse::<u32>().ok().filter(|_| is_number)?;
    Some(number.min(MAX_DISTANCE))
}
