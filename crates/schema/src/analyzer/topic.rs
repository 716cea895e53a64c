//! What a text speaks of, fast: its stems as numbers.
//!
//! For whoever holds many texts against one another and has to know which of
//! their words are the same, not which they are. ASCII text is cut into runs of
//! letters and digits: the parts of compounds without joined forms, which on
//! judged collections serves as well as the [`Lexer`]. Other text goes through
//! the lexer.

use std::cell::RefCell;

use xxhash_rust::xxh3::xxh3_64;

use super::lexer::{Kind, Lexer};
use super::{is_question_word, stem_in_place};

/// Words whose number a thread remembers, a power of two: half a megabyte.
const SLOTS: usize = 1 << 15;
/// What is longer is no word.
const MAX_BYTES: usize = 48;
/// Of a word that carries no topic.
const NONE: u64 = 0;

/// Calls `each` with a number for each of the first `max_words` words of a
/// text, the same for words of the same stem (others have it once in 2⁶⁴).
/// Stop words and words that only ask are passed over.
pub fn for_each_topic(text: &str, max_words: usize, mut each: impl FnMut(u64)) {
    thread_local! {
        static MEMO: RefCell<Option<Memo>> = const { RefCell::new(None) };
    }
    MEMO.with_borrow_mut(|memo| {
        let memo = memo.get_or_insert_with(Memo::default);
        let mut left = max_words;
        let mut take = |word: &[u8]| {
            left = left.saturating_sub(1);
            let topic = memo.topic(word);
            if topic != NONE {
                each(topic);
            }
            left > 0
        };
        if max_words == 0 {
        } else if text.is_ascii() {
            ascii_words(text.as_bytes(), take);
        } else {
            let mut lexer = Lexer::new(text);
            while let Some(kind) = lexer.advance() {
                if kind == Kind::Part && !take(lexer.word().text.as_bytes()) {
                    return;
                }
            }
        }
    });
}

/// Runs of letters and digits, in lower case, until `take` wants no more.
fn ascii_words(text: &[u8], mut take: impl FnMut(&[u8]) -> bool) {
    let mut word = [0_u8; MAX_BYTES];
    let mut len = 0;
    for byte in text.iter().chain(b" ") {
        if byte.is_ascii_alphanumeric() {
            if let Some(place) = word.get_mut(len) {
                *place = byte.to_ascii_lowercase();
            }
            len += 1;
            continue;
        }
        if let Some(word) = word.get(..len)
            && len > 0
            && !take(word)
        {
            return;
        }
        len = 0;
    }
}

/// Words met and their numbers, by the word's hash: direct-mapped, so that it
/// never grows.
struct Memo {
    slots: Box<[(u64, u64)]>,
    word: String,
}

impl Default for Memo {
    fn default() -> Memo {
        Memo {
            slots: vec![(0, NONE); SLOTS].into_boxed_slice(),
            word: String::new(),
        }
    }
}

impl Memo {
    #[inline]
    fn topic(&mut self, word: &[u8]) -> u64 {
        let hash = xxh3_64(word);
        // The index wants the low bits only.
        #[expect(clippy::cast_possible_truncation, reason = "masked to the table")]
        let slot = hash as usize & (SLOTS - 1);
        let (known, topic) = self.slots[slot];
        if known == hash {
            return topic;
        }
        let topic = self.look_up(word);
        self.slots[slot] = (hash, topic);
        topic
    }

    #[cold]
    fn look_up(&mut self, word: &[u8]) -> u64 {
        self.word.clear();
        self.word
            .push_str(std::str::from_utf8(word).unwrap_or_default());
        if is_question_word(&self.word) || stem_in_place(&mut self.word).stop {
            return NONE;
        }
        xxh3_64(self.word.as_bytes()).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(text: &str, max_words: usize) -> Vec<u64> {
        let mut topics = Vec::new();
        for_each_topic(text, max_words, |topic| topics.push(topic));
        topics
    }

    #[test]
    fn a_topic_is_a_stem_in_any_text() {
        let plain = topics("Whales dive (deep).", 10);
        assert_eq!(plain, topics("the WHALE: diving, and what of it? Deep", 10));
        assert_eq!(
            plain,
            topics("Whale – diving … deep", 10),
            "through the lexer"
        );
        assert_eq!(plain.len(), 3);
        assert_ne!(plain[0], plain[1]);
    }

    #[test]
    fn compounds_are_their_parts_in_any_text() {
        assert_eq!(topics("x-ray scans", 10), topics("X ray scan", 10));
        assert_eq!(topics("x-ray “scans”", 10), topics("x ray scan", 10));
    }

    #[test]
    fn only_so_many_words_are_read_and_none_that_is_too_long() {
        assert_eq!(topics("whales sing deep", 2), topics("whales sing", 9));
        assert_eq!(topics("whales “sing” deep", 2), topics("whales sing", 9));
        assert!(topics("whales", 0).is_empty());
        let long = "a".repeat(MAX_BYTES + 1);
        assert_eq!(topics(&format!("{long} whales"), 9), topics("whales", 9));
        assert!(topics("", 9).is_empty());
    }
}
