//! Title and abstract as one flat field.
//!
//! The value is the title, [`ABSTRACT_START`], the abstract. The title's
//! tokens are given [`TITLE_WEIGHT`] times each, so that BM25 over this one
//! field weighs the title; positions are words, times 64, plus the form (see
//! [`super::form`]). The abstract's words are counted from [`TITLE_WORDS`] on,
//! or from behind a longer title, with a gap, so that no phrase goes from one
//! to the other and a position tells which of them it is in, and how often it
//! counts: a title's words beyond [`TITLE_WORDS`] count as the abstract's.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::COMPOUND_MARK;
use super::form::{FORM_BITS, JOINED, OTHER, OTHER_MARK};
use super::lexer::{Kind, Lexer, Word};
use super::stem::Memo;

/// How often the title counts. Measured on nine judged collections: three
/// titles and one abstract in one flat field rank better than sums or maxima
/// over fields.
pub const TITLE_WEIGHT: u32 = 3;
/// Words from here on are the abstract's; a title's words beyond are taken for
/// its too.
pub const TITLE_WORDS: u32 = 64;
/// Between title and abstract. Cleaned text holds no control character.
pub const ABSTRACT_START: char = '\u{2}';

/// The words of the flat field: the title's, then the abstract's.
pub struct FlatWords<'a> {
    lexer: Lexer<'a>,
    /// Still to come.
    abstract_text: Option<&'a str>,
    /// Position of the current part's first word.
    base: usize,
    n_words: usize,
}

impl<'a> FlatWords<'a> {
    /// Before the title's first word.
    pub fn new(title: &'a str, abstract_text: &'a str) -> FlatWords<'a> {
        FlatWords {
            lexer: Lexer::new(title),
            abstract_text: Some(abstract_text),
            base: 0,
            n_words: 0,
        }
    }

    /// Moves to the next token and tells its kind; `None` at the end.
    #[inline]
    pub fn advance(&mut self) -> Option<Kind> {
        loop {
            if let Some(kind) = self.lexer.advance() {
                self.n_words = self.n_words.max(self.lexer.word().position + 1);
                return Some(kind);
            }
            self.lexer = Lexer::new(self.abstract_text.take()?);
            self.base = (TITLE_WORDS as usize).max(self.n_words + 1);
        }
    }

    /// The token's folded text and byte range in title or abstract.
    #[inline]
    pub fn word(&self) -> Word<'_> {
        self.lexer.word()
    }

    /// The number of the word in the field; the title's first is 0, the
    /// abstract's at least [`TITLE_WORDS`].
    #[inline]
    pub fn position(&self) -> usize {
        self.base + self.lexer.word().position
    }

    /// The term that remembers where the hyphens of a joined compound were.
    pub fn compound_term(&self, term: &mut String) {
        term.clear();
        term.push_str(self.lexer.word().text);
        term.push(COMPOUND_MARK);
        term.push_str(self.lexer.hyphens());
    }
}

/// The term of a word whose ending is in no table.
pub fn other_term(word: &str, term: &mut String) {
    term.clear();
    term.push(OTHER_MARK);
    term.push_str(word);
}

/// How often a token at a position counts: the title's [`TITLE_WEIGHT`] times.
#[inline]
pub fn weight_at(position: usize) -> u32 {
    if position < TITLE_WORDS as usize {
        TITLE_WEIGHT
    } else {
        1
    }
}

/// The tokenizer of the flat field.
#[derive(Default)]
pub(super) struct Flat {
    memo: Memo,
    token: Token,
}

impl Clone for Flat {
    fn clone(&self) -> Flat {
        Flat::default()
    }
}

impl Tokenizer for Flat {
    type TokenStream<'a> = FlatStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FlatStream<'a> {
        self.token.reset();
        let (title, abstract_text) = text.split_once(ABSTRACT_START).unwrap_or((text, ""));
        FlatStream {
            memo: &mut self.memo,
            token: &mut self.token,
            words: FlatWords::new(title, abstract_text),
            repeats_left: 0,
            extra: String::new(),
            extra_is_due: false,
        }
    }
}

pub(super) struct FlatStream<'a> {
    memo: &'a mut Memo,
    token: &'a mut Token,
    words: FlatWords<'a>,
    repeats_left: u32,
    /// A second term of the current word, given once.
    extra: String,
    extra_is_due: bool,
}

impl FlatStream<'_> {
    fn next_word(&mut self) -> bool {
        let Some(kind) = self.words.advance() else {
            return false;
        };
        let word = self.words.word();
        self.token.text.clear();
        self.token.text.push_str(word.text);
        self.token.offset_from = word.span.start;
        self.token.offset_to = word.span.end;
        let position = self.words.position();
        let stemmed = self.memo.stem(&mut self.token.text);
        let code = if kind == Kind::Joined {
            self.words.compound_term(&mut self.extra);
            self.extra_is_due = true;
            JOINED
        } else {
            if stemmed.code == OTHER {
                other_term(word.text, &mut self.extra);
                self.extra_is_due = true;
            }
            stemmed.code
        };
        self.token.position = (position << FORM_BITS) | usize::from(code);
        self.repeats_left = weight_at(position) - 1;
        true
    }
}

impl TokenStream for FlatStream<'_> {
    fn advance(&mut self) -> bool {
        if self.repeats_left > 0 {
            self.repeats_left -= 1;
            return true;
        }
        if self.extra_is_due {
            self.extra_is_due = false;
            std::mem::swap(&mut self.token.text, &mut self.extra);
            self.token.position &= !((1 << FORM_BITS) - 1);
            return true;
        }
        self.next_word()
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
