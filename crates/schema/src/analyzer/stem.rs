//! Stems: rust-stemmers as a token filter, with a memo.
//!
//! Porter2 (Snowball English) by rust-stemmers, frozen as of 2019, with the
//! words in which Snowball has since been corrected in a table of their own.
//! Word forms repeat, so each filter remembers what it stemmed: a fixed,
//! direct-mapped table, 1 MiB, where a stem is kept as a cut of its word.

use std::cell::RefCell;

use rust_stemmers::{Algorithm, Stemmer};
use tantivy::tokenizer::{Token, TokenFilter, TokenStream, Tokenizer};
use xxhash_rust::xxh3::xxh3_64;

use super::stop::is_stop_word;

/// Slots of the memo; a power of two.
const SLOTS: usize = 1 << 16;
/// The longest ending a stem may have that its word has not.
const MAX_ENDING: usize = 5;

/// What to do with a word: the stem is its first `keep` bytes and `ending`.
#[derive(Debug, Clone, Copy, Default)]
struct Cut {
    keep: u8,
    ending_len: u8,
    ending: [u8; MAX_ENDING],
    stop: bool,
}

/// Words seen and their stems, by the word's hash.
pub struct Memo {
    stemmer: Stemmer,
    slots: Box<[(u64, Cut)]>,
}

impl Default for Memo {
    fn default() -> Memo {
        Memo {
            stemmer: Stemmer::create(Algorithm::English),
            slots: vec![(0, Cut::default()); SLOTS].into_boxed_slice(),
        }
    }
}

impl Memo {
    /// Turns a folded word into its stem in place; `false` for a stop word.
    #[inline]
    pub fn stem(&mut self, word: &mut String) -> bool {
        let hash = xxh3_64(word.as_bytes());
        // The index wants the low bits only.
        #[expect(clippy::cast_possible_truncation, reason = "masked to the table")]
        let slot = hash as usize & (SLOTS - 1);
        let (known, cut) = self.slots[slot];
        if known == hash {
            return apply(cut, word);
        }
        let cut = cut_of(&self.stemmer, word);
        if let Some(cut) = cut {
            self.slots[slot] = (hash, cut);
            return apply(cut, word);
        }
        *word = stem_with(&self.stemmer, word);
        true
    }
}

/// Turns one folded word into its stem; `false` for a stop word. A memo for
/// each thread.
pub fn stem_in_place(word: &mut String) -> bool {
    thread_local! {
        static MEMO: RefCell<Option<Memo>> = const { RefCell::new(None) };
    }
    MEMO.with_borrow_mut(|memo| memo.get_or_insert_with(Memo::default).stem(word))
}

/// The stem of one folded word, or `None` for a stop word.
pub fn stem(word: &str) -> Option<String> {
    let mut word = word.to_owned();
    stem_in_place(&mut word).then_some(word)
}

fn apply(cut: Cut, word: &mut String) -> bool {
    if cut.stop {
        return false;
    }
    let keep = usize::from(cut.keep);
    if keep < word.len() {
        word.truncate(keep);
    }
    for &byte in &cut.ending[..usize::from(cut.ending_len)] {
        word.push(char::from(byte));
    }
    true
}

/// The stem as a cut; `None` where it does not fit one.
fn cut_of(stemmer: &Stemmer, word: &str) -> Option<Cut> {
    if is_stop_word(word) {
        return Some(Cut {
            stop: true,
            ..Cut::default()
        });
    }
    let stem = stem_with(stemmer, word);
    let mut keep = word
        .bytes()
        .zip(stem.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    while !word.is_char_boundary(keep) || !stem.is_char_boundary(keep) {
        keep -= 1;
    }
    let ending = &stem.as_bytes()[keep..];
    let mut cut = Cut {
        keep: u8::try_from(keep).ok()?,
        ending_len: u8::try_from(ending.len()).ok()?,
        ..Cut::default()
    };
    cut.ending.get_mut(..ending.len())?.copy_from_slice(ending);
    ending.is_ascii().then_some(cut)
}

/// Stems what looks English: ASCII letters only. A word with a digit, a sign
/// or a letter of another script is its own stem.
fn stem_with(stemmer: &Stemmer, word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    if let Ok(idx) = CORRECTED.binary_search_by_key(&word, |(known, _)| known) {
        return CORRECTED[idx].1.to_owned();
    }
    stemmer.stem(word).into_owned()
}

/// Words Snowball stems otherwise since rust-stemmers was frozen.
const CORRECTED: &[(&str, &str)] = &[];

/// Stop words out, stems in.
#[derive(Clone, Default)]
pub struct StemFilter;

impl TokenFilter for StemFilter {
    type Tokenizer<T: Tokenizer> = StemTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> StemTokenizer<T> {
        StemTokenizer {
            inner,
            memo: Memo::default(),
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
            memo: Memo::default(),
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
            if self.memo.stem(&mut self.inner.token_mut().text) {
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
