//! One chain of analysis per kind of field, the same object on both sides.
//!
//! A chain is the [`lexer`] (words out of text, folded) and what its field
//! needs after it: stems for ranked text, whole values for names of things.

mod filter;
mod flat;
pub mod form;
pub mod lexer;
mod stem;
mod stop;
mod topic;

pub use filter::StemFilter;
pub use flat::{ABSTRACT_START, FlatWords, TITLE_WEIGHT, TITLE_WORDS, other_term, weight_at};
pub use lexer::{Kind, Lexer};
pub use stem::{Memo, Stemmed, exact, stem, stem_in_place};
pub use stop::{is_question_word, is_stop_word};
pub use topic::for_each_topic;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Changes when a chain gives other tokens than before: an index made with
/// other tokens answers wrongly, without an error.
pub const ANALYZER_VERSION: u32 = 1;

/// Between the joined form and the places of its hyphens in the flat field's
/// term for a compound: `xray`, this, and that `x` is apart. It tells the
/// query side how the collection writes a word. It can stand in no word.
pub const COMPOUND_MARK: char = '\u{1f}';

/// The chains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chain {
    /// Title and abstract in one, stems with the forms of words in their
    /// positions, nothing dropped: see [`TITLE_WEIGHT`] and [`form`].
    Flat,
    /// Stems: folded, compounds in parts and joined, stop words dropped.
    Text,
    /// Names of people and journals: folded words and joined compounds.
    Name,
    /// One token for the whole value, folded: categories, languages.
    Value,
}

impl Chain {
    /// The name the chain is registered under in an index.
    pub fn name(self) -> &'static str {
        match self {
            Chain::Flat => "abs_flat",
            Chain::Text => "abs_text",
            Chain::Name => "abs_name",
            Chain::Value => "abs_value",
        }
    }
}

/// Tells an index about the chains.
pub fn register(tokenizers: &TokenizerManager) {
    for chain in [Chain::Flat, Chain::Text, Chain::Name, Chain::Value] {
        let words = Words::new(chain);
        let analyzer = match chain {
            Chain::Flat => TextAnalyzer::from(flat::Flat::default()),
            Chain::Text => TextAnalyzer::builder(words).filter(StemFilter).build(),
            _ => TextAnalyzer::from(words),
        };
        tokenizers.register(chain.name(), analyzer);
    }
}

/// A chain to call directly, for queries and snippets.
pub struct Analyzer(TextAnalyzer);

impl Analyzer {
    /// The chain's analyzer with a memo of its own.
    pub fn new(chain: Chain) -> Analyzer {
        let tokenizers = TokenizerManager::new();
        register(&tokenizers);
        // `register` has just put it there.
        Analyzer(tokenizers.get(chain.name()).unwrap_or_default())
    }

    /// Calls `each` with every token of `text`.
    pub fn for_each(&mut self, text: &str, mut each: impl FnMut(&Token)) {
        let mut stream = self.0.token_stream(text);
        while stream.advance() {
            each(stream.token());
        }
    }

    /// The terms of `text` in their order.
    pub fn terms(&mut self, text: &str) -> Vec<String> {
        let mut terms = Vec::new();
        self.for_each(text, |token| terms.push(token.text.clone()));
        terms
    }
}

/// The lexer as tantivy's tokenizer, shaped for one chain.
#[derive(Clone)]
struct Words {
    chain: Chain,
    token: Token,
}

impl Words {
    fn new(chain: Chain) -> Words {
        Words {
            chain,
            token: Token::default(),
        }
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream {
            chain: self.chain,
            lexer: Lexer::new(text),
            text,
            done: false,
            token: &mut self.token,
        }
    }
}

struct WordStream<'a> {
    chain: Chain,
    lexer: Lexer<'a>,
    text: &'a str,
    /// For [`Chain::Value`]: its one token is out.
    done: bool,
    token: &'a mut Token,
}

impl WordStream<'_> {
    fn whole_value(&mut self) -> bool {
        if self.done {
            return false;
        }
        self.done = true;
        self.token.text.clear();
        abs_record::fold::fold_into(self.text.trim(), &mut self.token.text);
        lexer::cut(&mut self.token.text);
        self.token.position = 0;
        self.token.offset_from = 0;
        self.token.offset_to = self.text.len();
        !self.token.text.is_empty()
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if self.chain == Chain::Value {
            return self.whole_value();
        }
        if self.lexer.advance().is_none() {
            return false;
        }
        let word = self.lexer.word();
        self.token.text.clear();
        self.token.text.push_str(word.text);
        self.token.offset_from = word.span.start;
        self.token.offset_to = word.span.end;
        self.token.position = word.position;
        self.token.position_length = 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests;
