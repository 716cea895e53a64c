//! Dictionary terms near a word: one walk for its stem, for the word itself
//! and for words with rare endings, which stand behind a mark.

use abs_schema::analyzer::COMPOUND_MARK;
use abs_schema::analyzer::form::OTHER_MARK;
use tantivy::query::DfaWrapper;
use tantivy_fst::Automaton;

/// Fits terms near `stem` or `word`, and marked ones near `word`. Marks are
/// letters to the automata, but not to whoever types: no edit is spent on one,
/// and no compound is near anything.
pub(super) struct Near {
    pub(super) stem: DfaWrapper,
    pub(super) word: DfaWrapper,
}

/// What has been read of a term.
#[derive(Clone)]
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
