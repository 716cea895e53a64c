//! rust-stemmers as a tantivy `TokenFilter`: stop words out, stems in.

use tantivy::tokenizer::{Token, TokenFilter, TokenStream, Tokenizer};

use super::stem::{FEW_SLOTS, Memo};

/// Stop words out, stems in.
#[derive(Clone, Default)]
pub struct StemFilter;

impl TokenFilter for StemFilter {
    type Tokenizer<T: Tokenizer> = StemTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> StemTokenizer<T> {
        StemTokenizer {
            inner,
            memo: Memo::with_slots(FEW_SLOTS),
        }
    }
}

/// A tokenizer with stems. A clone, as each indexing thread takes one, starts
/// a memo of its own: nothing is shared, nothing is locked.
pub struct StemTokenizer<T> {
    inner: T,
    memo: Memo,
}

impl<T: Clone> Clone for StemTokenizer<T> {
    fn clone(&self) -> StemTokenizer<T> {
        StemTokenizer {
            inner: self.inner.clone(),
            memo: Memo::with_slots(FEW_SLOTS),
        }
    }
}

impl<T: Tokenizer> Tokenizer for StemTokenizer<T> {
    type TokenStream<'a> = StemStream<'a, T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> StemStream<'a, T::TokenStream<'a>> {
        StemStream {
            memo: &mut self.memo,
            inner: self.inner.token_stream(text),
        }
    }
}

/// The stream of [`StemTokenizer`].
pub struct StemStream<'a, S> {
    memo: &'a mut Memo,
    inner: S,
}

impl<S: TokenStream> TokenStream for StemStream<'_, S> {
    fn advance(&mut self) -> bool {
        while self.inner.advance() {
            if !self.memo.stem(&mut self.inner.token_mut().text).stop {
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}
