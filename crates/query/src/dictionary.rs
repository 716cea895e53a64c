//! A segment's dictionary of ranked text, walked with an automaton.
//!
//! tantivy's own search tries every way on from every node it comes to. Few of
//! an automaton's states leave a choice: behind a misspelt letter only the
//! word's next ones will do. There the few ways are looked up.
//!
//! The form (tantivy 0.27, `termdict/fst_termdict`): the transducer of the
//! terms, what is known of each term, and 16 bytes at the end: length
//! of the latter (8, little endian), version (4), kind of dictionary (4).

use std::hash::Hash;
use std::rc::Rc;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use tantivy::directory::{CompositeFile, OwnedBytes};
use tantivy::index::SegmentComponent;
use tantivy::schema::Field;
use tantivy::{SegmentReader, TantivyError};
use tantivy_fst::Automaton;
use tantivy_fst::raw::{Fst, Node};

use crate::error::SearchError;

const FOOTER: usize = 16;
/// Version and kind.
const EXPECTED: [u8; 8] = [1, 0, 0, 0, 1, 0, 0, 0];

/// The dictionary of one segment; opened when it is walked.
#[derive(Default)]
pub(crate) struct Dictionary {
    terms: OnceLock<Option<Fst<OwnedBytes>>>,
}

/// An automaton with what can be said of its letters.
pub(crate) trait Spelling: Automaton<State: Copy + Eq + Hash> {
    /// The bytes it tells apart, ascending. All others of a kind (ASCII, the
    /// first of two, three or four bytes of a character, those that follow) are
    /// the same to it, or end all hope.
    fn letters(&self) -> Vec<u8>;

    /// A byte of each kind that is none of the letters.
    fn others(&self) -> Vec<u8>;
}

impl Dictionary {
    /// Shows each term of `field` that the automaton fits, ascending.
    pub(crate) fn walk<A: Spelling>(
        &self,
        segment: &SegmentReader,
        field: Field,
        automaton: &A,
        each: &mut dyn FnMut(&[u8]),
    ) -> Result<(), SearchError> {
        if let Some(terms) = self.terms(segment, field)? {
            let mut walk = Walk::new(terms, automaton, each);
            walk.visit(terms.root(), automaton.start());
        }
        Ok(())
    }

    /// Whether any term of `field` starts so.
    pub(crate) fn has_start(
        &self,
        segment: &SegmentReader,
        field: Field,
        start: &str,
    ) -> Result<bool, SearchError> {
        let Some(terms) = self.terms(segment, field)? else {
            return Ok(false);
        };
        let mut node = terms.root();
        for byte in start.bytes() {
            let Some(idx) = node.find_input(byte) else {
                return Ok(false);
            };
            node = terms.node(node.transition_addr(idx));
        }
        Ok(true)
    }

    fn terms(
        &self,
        segment: &SegmentReader,
        field: Field,
    ) -> Result<Option<&Fst<OwnedBytes>>, SearchError> {
        let terms = match self.terms.get() {
            Some(terms) => terms,
            None => {
                let terms = open(segment, field)?;
                self.terms.get_or_init(|| terms)
            }
        };
        Ok(terms.as_ref())
    }
}

/// `None` where the segment has no such field.
fn open(segment: &SegmentReader, field: Field) -> Result<Option<Fst<OwnedBytes>>, SearchError> {
    let damaged = || TantivyError::InternalError("the dictionary has another form".to_owned());
    let file = segment
        .open_read(SegmentComponent::Terms)
        .map_err(TantivyError::from)?;
    let Some(file) = CompositeFile::open(&file)?.open_read(field) else {
        return Ok(None);
    };
    let bytes = file.read_bytes()?;
    let end = bytes.len().checked_sub(FOOTER).ok_or_else(damaged)?;
    let (len, rest) = bytes[end..].split_first_chunk().ok_or_else(damaged)?;
    if rest != EXPECTED {
        return Err(damaged().into());
    }
    let end = usize::try_from(u64::from_le_bytes(*len))
        .ok()
        .and_then(|n_known| end.checked_sub(n_known))
        .ok_or_else(damaged)?;
    let terms = Fst::new(bytes.slice(0..end)).map_err(|_| damaged())?;
    Ok(Some(terms))
}

struct Walk<'a, A: Spelling> {
    terms: &'a Fst<OwnedBytes>,
    automaton: &'a A,
    letters: Vec<u8>,
    others: Vec<u8>,
    ways: FxHashMap<A::State, Rc<Ways<A::State>>>,
    key: Vec<u8>,
    each: &'a mut dyn FnMut(&[u8]),
}

/// How it may go on from a state.
enum Ways<State> {
    Any,
    Few(Vec<(u8, State)>),
}

impl<'a, A: Spelling> Walk<'a, A> {
    fn new(terms: &'a Fst<OwnedBytes>, automaton: &'a A, each: &'a mut dyn FnMut(&[u8])) -> Self {
        Walk {
            terms,
            automaton,
            letters: automaton.letters(),
            others: automaton.others(),
            ways: FxHashMap::default(),
            key: Vec::new(),
            each,
        }
    }

    /// As deep as the automaton has hope: a word's letters and its edits.
    fn visit(&mut self, node: Node<'_>, state: A::State) {
        if node.is_final() && self.automaton.is_match(&state) {
            (self.each)(&self.key);
        }
        match &*self.ways(state) {
            Ways::Any => {
                for way in node.transitions() {
                    let next = self.automaton.accept(&state, way.inp);
                    if self.automaton.can_match(&next) {
                        self.go(way.inp, way.addr, next);
                    }
                }
            }
            Ways::Few(ways) => {
                for (byte, next) in ways {
                    if let Some(idx) = node.find_input(*byte) {
                        self.go(*byte, node.transition_addr(idx), *next);
                    }
                }
            }
        }
    }

    fn go(&mut self, byte: u8, addr: usize, state: A::State) {
        self.key.push(byte);
        self.visit(self.terms.node(addr), state);
        self.key.pop();
    }

    fn ways(&mut self, state: A::State) -> Rc<Ways<A::State>> {
        if let Some(ways) = self.ways.get(&state) {
            return Rc::clone(ways);
        }
        let automaton = self.automaton;
        let after = |byte: &u8| automaton.accept(&state, *byte);
        let ways = if self
            .others
            .iter()
            .any(|byte| automaton.can_match(&after(byte)))
        {
            Ways::Any
        } else {
            let ways = self.letters.iter().map(|byte| (*byte, after(byte)));
            Ways::Few(ways.filter(|(_, next)| automaton.can_match(next)).collect())
        };
        let ways = Rc::new(ways);
        self.ways.insert(state, Rc::clone(&ways));
        ways
    }
}
