//! Dictionary terms near a word: one walk for its stem, for the word itself
//! and for words with rare endings, which stand behind a mark.

use abs_schema::analyzer::COMPOUND_MARK;
use abs_schema::analyzer::form::OTHER_MARK;
use tantivy::query::DfaWrapper;
use tantivy_fst::Automaton;

use crate::dictionary::Spelling;

/// Fits terms near `stem` or `word`, and marked ones near `word`. Marks are
/// letters to the automata, but not to whoever types: no edit is spent on one,
/// and no compound is near anything.
pub(super) struct Near {
    stem: DfaWrapper,
    word: DfaWrapper,
    letters: Vec<u8>,
}

impl Near {
    /// Each text with its automaton.
    pub(super) fn new(stem: (&str, DfaWrapper), word: (&str, DfaWrapper)) -> Near {
        let mut letters: Vec<u8> = stem.0.bytes().chain(word.0.bytes()).collect();
        letters.sort_unstable();
        letters.dedup();
        Near {
            stem: stem.1,
            word: word.1,
            letters,
        }
    }
}

/// What has been read of a term.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// Nothing.
    Start,
    /// Letters, as both automata take them.
    Plain(u32, u32),
    /// The mark and letters.
    Marked(u32),
    /// What no word starts with.
    Lost,
}

impl Automaton for Near {
    type State = State;

    fn start(&self) -> State {
        State::Start
    }

    fn is_match(&self, state: &State) -> bool {
        match state {
            State::Start | State::Lost => false,
            State::Plain(stem, word) => self.stem.is_match(stem) || self.word.is_match(word),
            State::Marked(word) => self.word.is_match(word),
        }
    }

    fn can_match(&self, state: &State) -> bool {
        match state {
            State::Start => true,
            State::Plain(stem, word) => self.stem.can_match(stem) || self.word.can_match(word),
            State::Marked(word) => self.word.can_match(word),
            State::Lost => false,
        }
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let is = |mark: char| char::from(byte) == mark;
        if is(COMPOUND_MARK) {
            return State::Lost;
        }
        match state {
            State::Start if is(OTHER_MARK) => State::Marked(self.word.start()),
            State::Start => State::Plain(
                self.stem.accept(&self.stem.start(), byte),
                self.word.accept(&self.word.start(), byte),
            ),
            State::Plain(stem, word) => {
                State::Plain(self.stem.accept(stem, byte), self.word.accept(word, byte))
            }
            State::Marked(word) => State::Marked(self.word.accept(word, byte)),
            State::Lost => State::Lost,
        }
    }
}

impl Spelling for Near {
    fn letters(&self) -> Vec<u8> {
        self.letters.clone()
    }

    fn others(&self) -> Vec<u8> {
        let marks = [COMPOUND_MARK, OTHER_MARK];
        let is_other =
            |byte: &u8| !self.letters.contains(byte) && !marks.contains(&char::from(*byte));
        // Of UTF-8: ASCII, what follows, the first of two, three, four.
        [1..=0x7f, 0x80..=0xbf, 0xc2..=0xdf, 0xe0..=0xef, 0xf0..=0xf4]
            .into_iter()
            .filter_map(|mut kind: std::ops::RangeInclusive<u8>| kind.find(is_other))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::query::FuzzyTermQuery;
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, IndexWriter, Term, doc};

    use super::*;
    use crate::dictionary::Dictionary;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn the_dictionary_is_walked_as_tantivy_walks_it(
            words in proptest::collection::btree_set("[\u{1}\u{2}]?[abcé\u{1}∑😀]{1,6}", 1..60),
            stem in "[abcé∑]{1,4}",
            end in "[abc😀]{0,3}",
            edits in 1_u8..3,
        ) {
            let mut schema = Schema::builder();
            let field = schema.add_text_field("text", STRING);
            let index = Index::create_in_ram(schema.build());
            let mut writer: IndexWriter = index.writer_with_num_threads(1, 30_000_000).unwrap();
            for word in &words {
                for marked in [word.clone(), format!("{OTHER_MARK}{word}"), format!("{word}{COMPOUND_MARK}2")] {
                    writer.add_document(doc!(field => marked)).unwrap();
                }
            }
            writer.commit().unwrap();
            let searcher = index.reader().unwrap().searcher();
            let segment = searcher.segment_reader(0);
            let word = format!("{stem}{end}");
            let dfa = |text: &str| {
                let term = Term::from_field_text(field, text);
                FuzzyTermQuery::new(term, edits, true).automaton().unwrap()
            };
            let near = Near::new((&stem, dfa(&stem)), (&word, dfa(&word)));
            let inverted = segment.inverted_index(field).unwrap();
            let mut stream = inverted.terms().search(&near).into_stream().unwrap();
            let mut expected = Vec::new();
            while let Some((key, _)) = stream.next() {
                expected.push(key.to_vec());
            }
            let mut found = Vec::new();
            let dictionary = Dictionary::default();
            dictionary
                .walk(segment, field, &near, &mut |key| found.push(key.to_vec()))
                .unwrap();
            prop_assert_eq!(found, expected);
        }
    }
}
