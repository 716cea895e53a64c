//! Title and abstract of one segment, turned into posting lists.
//!
//! What [`Chain::Flat`](abs_schema::analyzer::Chain::Flat) would give tantivy,
//! at a third of the cost: a word as printed is looked up once and its stem's
//! number, form and second term are known; nothing is stemmed, copied or
//! hashed again. The work goes over a whole record in two runs (words, lists),
//! so that look-ups do not wait for one another.
//!
//! The title's own field needs no second look: a position tells that it is the
//! title's, so its lists are split off when the segment is written.

use abs_schema::analyzer::form::{FORM_BITS, JOINED, OTHER, OTHER_MARK};
use abs_schema::analyzer::{
    COMPOUND_MARK, FlatWords, Kind, Memo, TITLE_WEIGHT, TITLE_WORDS, other_term, weight_at,
};
use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::lists::{List, Lists};
use super::terms::{Terms, random_seed};

/// No such term.
const NONE: u32 = u32::MAX;
/// Slots of the table of words at the start.
const FEW_SLOTS: usize = 1 << 12;

/// A word as printed and what it is indexed as: four of them in a line of the
/// cache, none in two.
#[derive(Debug, Clone, Copy)]
#[repr(align(16))]
struct Known {
    /// Of the word; 64 bits stand for it.
    hash: u64,
    /// Number of its stem, [`NONE`] in an empty slot.
    stem: u32,
    form: KnownForm,
}

const EMPTY: Known = Known {
    hash: 0,
    stem: NONE,
    form: KnownForm(0),
};

/// A word's form, or, where the table of forms has none, the number of the
/// term it has beside its stem; and whether it is a stop word.
#[derive(Debug, Clone, Copy)]
struct KnownForm(u32);

impl KnownForm {
    const STOP: u32 = 1 << 31;
    /// A number follows. Of none, where the term is too long, all bits are set.
    const OTHER: u32 = 1 << 30;
    const NUMBER: u32 = Self::OTHER - 1;

    fn new(code: u8, stop: bool, other: u32) -> KnownForm {
        let form = match code {
            OTHER => Self::OTHER | other.min(Self::NUMBER),
            _ => u32::from(code),
        };
        KnownForm(if stop { form | Self::STOP } else { form })
    }

    fn is_stop(self) -> bool {
        self.0 & Self::STOP != 0
    }

    /// The code that goes with a position.
    fn code(self) -> u8 {
        match self.0 & Self::OTHER {
            0 => (self.0 & 0xff) as u8,
            _ => OTHER,
        }
    }

    fn other(self) -> Option<u32> {
        let number = self.0 & Self::NUMBER;
        (self.0 & Self::OTHER != 0 && number != Self::NUMBER).then_some(number)
    }
}

/// A term's list: for each document what it is beyond the one before, doubled
/// plus one, and each position beyond the one before, doubled.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Postings {
    list: List,
    n_docs: u32,
    last_doc: DocId,
    last_position: u32,
}

/// Lengths of a record in tokens.
pub(super) struct Lengths {
    pub(super) text: u32,
    pub(super) title: u32,
}

/// The posting lists of title and abstract.
pub(super) struct Text {
    memo: Memo,
    known: Vec<Known>,
    n_known: usize,
    /// Of the hashes of words.
    seed: u64,
    terms: Terms,
    postings: Vec<Postings>,
    arena: Lists,
    /// Tokens of the flat field, and of the title's own.
    n_tokens: u64,
    n_title_tokens: u64,
    /// Of the record under way: number of a term and position with form.
    hits: Vec<(u32, u32)>,
    word: String,
}

impl Default for Text {
    fn default() -> Text {
        Text {
            memo: Memo::default(),
            known: vec![EMPTY; FEW_SLOTS],
            n_known: 0,
            seed: random_seed(),
            terms: Terms::default(),
            postings: Vec::new(),
            arena: Lists::default(),
            n_tokens: 0,
            n_title_tokens: 0,
            hits: Vec::new(),
            word: String::new(),
        }
    }
}

impl Text {
    /// Bytes taken from the system, near enough.
    pub(super) fn n_bytes(&self) -> usize {
        self.known.capacity() * size_of::<Known>()
            + self.terms.n_bytes()
            + self.postings.capacity() * size_of::<Postings>()
            + self.arena.n_bytes()
            + self.hits.capacity() * size_of::<(u32, u32)>()
    }

    /// Bytes of posting lists, which must not pass
    /// [`MAX_ARENA_BYTES`](super::lists::MAX_ARENA_BYTES).
    pub(super) fn arena_bytes(&self) -> usize {
        self.arena.n_bytes()
    }

    /// Tokens of the flat field and of the title's, over all records.
    pub(super) fn n_tokens(&self) -> (u64, u64) {
        (self.n_tokens, self.n_title_tokens)
    }

    /// Adds a record; documents come in their order.
    pub(super) fn add(&mut self, doc: DocId, title: &str, abstract_text: &str) -> Lengths {
        let mut lengths = Lengths { text: 0, title: 0 };
        self.read_words(title, abstract_text, &mut lengths);
        for &(number, position) in &self.hits {
            let postings = &mut self.postings[number as usize];
            if postings.n_docs == 0 || postings.last_doc != doc {
                let beyond = doc - postings.last_doc;
                self.arena.push(&mut postings.list, beyond << 1 | 1);
                postings.n_docs += 1;
                postings.last_doc = doc;
                postings.last_position = 0;
            }
            // A joined form whose stem is that of a part can come behind it.
            let beyond = position.saturating_sub(postings.last_position);
            self.arena.push(&mut postings.list, beyond << 1);
            postings.last_position += beyond;
        }
        self.n_tokens += u64::from(lengths.text);
        self.n_title_tokens += u64::from(lengths.title);
        lengths
    }

    /// First run: words, and the numbers of their terms.
    fn read_words(&mut self, title: &str, abstract_text: &str, lengths: &mut Lengths) {
        self.hits.clear();
        let mut words = FlatWords::new(title, abstract_text);
        while let Some(kind) = words.advance() {
            let joined = kind == Kind::Joined;
            let position = words.position();
            let place = match u32::try_from(position) {
                Ok(position) if position < u32::MAX >> (FORM_BITS + 1) => position << FORM_BITS,
                _ => break,
            };
            let printed = words.word().text;
            let hash = xxh3_64_with_seed(printed.as_bytes(), self.seed);
            let mut known = self.known[slot(&self.known, hash)];
            if known.stem == NONE {
                known = self.learn(printed, hash);
                if known.stem == NONE {
                    continue;
                }
            }
            let code = if joined { JOINED } else { known.form.code() };
            self.hits.push((known.stem, place | u32::from(code)));
            lengths.text += weight_at(position);
            if !known.form.is_stop() && position < TITLE_WORDS as usize {
                lengths.title += 1;
            }
            // A second term is rare.
            let mut second = known.form.other().filter(|_| !joined);
            if joined {
                words.compound_term(&mut self.word);
                second = number(
                    &mut self.terms,
                    &mut self.postings,
                    &mut self.arena,
                    &self.word,
                );
            }
            if let Some(second) = second {
                self.hits.push((second, place));
                lengths.text += 1;
            }
        }
    }

    /// A word not seen in this segment.
    #[cold]
    fn learn(&mut self, printed: &str, hash: u64) -> Known {
        self.word.clear();
        self.word.push_str(printed);
        let stemmed = self.memo.stem(&mut self.word);
        let mut number_of =
            |word: &str| number(&mut self.terms, &mut self.postings, &mut self.arena, word);
        let stem = number_of(&self.word).unwrap_or(NONE);
        let mut other = NONE;
        if stemmed.code == OTHER {
            other_term(printed, &mut self.word);
            other = number_of(&self.word).unwrap_or(NONE);
        }
        let known = Known {
            hash,
            stem,
            form: KnownForm::new(stemmed.code, stemmed.stop, other),
        };
        if self.n_known * 2 >= self.known.len() {
            let larger = vec![EMPTY; self.known.len() * 2];
            let before = std::mem::replace(&mut self.known, larger);
            for known in before.into_iter().filter(|known| known.stem != NONE) {
                let at = slot(&self.known, known.hash);
                self.known[at] = known;
            }
        }
        let at = slot(&self.known, hash);
        self.known[at] = known;
        self.n_known += 1;
        known
    }

    /// Writes the flat field's lists, and gives the title's: for each term its
    /// number, how many documents, and each with its frequency.
    pub(super) fn write(&self, field: &mut FieldSerializer<'_>) -> std::io::Result<TitleLists> {
        let mut titles = TitleLists::default();
        let mut positions = Vec::new();
        for number in self.terms.sorted() {
            let term = self.terms.get(number);
            let postings = &self.postings[number as usize];
            if postings.n_docs == 0 {
                continue;
            }
            let second = is_second_term(term);
            field.new_term(term, postings.n_docs, true)?;
            let mut numbers = self.arena.numbers(&postings.list);
            titles.start(number);
            let mut doc = numbers.next().unwrap_or_default() >> 1;
            loop {
                positions.clear();
                let (mut position, mut n_title) = (0, 0);
                let next_doc = loop {
                    match numbers.next() {
                        Some(beyond) if beyond & 1 == 0 => {
                            positions.push(beyond >> 1);
                            position += beyond >> 1;
                            if !second && position < TITLE_WORDS << FORM_BITS {
                                n_title += 1;
                                positions.resize(positions.len() + TITLE_WEIGHT as usize - 1, 0);
                            }
                        }
                        next_doc => break next_doc,
                    }
                };
                let n_positions = u32::try_from(positions.len()).unwrap_or(u32::MAX);
                field.write_doc(doc, n_positions, &positions);
                if n_title > 0 {
                    titles.add(doc, n_title);
                }
                match next_doc {
                    Some(beyond) => doc += beyond >> 1,
                    None => break,
                }
            }
            field.close_term()?;
        }
        titles.end();
        Ok(titles)
    }

    /// Writes the title's own field, without stop words.
    pub(super) fn write_titles(
        &self,
        titles: &TitleLists,
        field: &mut FieldSerializer<'_>,
    ) -> std::io::Result<()> {
        titles.for_each(|number, docs| {
            let term = self.terms.get(number);
            if std::str::from_utf8(term).is_ok_and(abs_schema::analyzer::is_stop_word) {
                return Ok(());
            }
            field.new_term(term, docs.len() as u32, true)?;
            for &(doc, freq) in docs {
                field.write_doc(doc, freq, &[]);
            }
            field.close_term()
        })
    }
}

/// A term that stands beside a word's own.
fn is_second_term(term: &[u8]) -> bool {
    // Both marks are single bytes.
    term.first() == Some(&(OTHER_MARK as u8)) || term.contains(&(COMPOUND_MARK as u8))
}

/// The number of a term, with an empty list if it is new.
fn number(
    terms: &mut Terms,
    postings: &mut Vec<Postings>,
    arena: &mut Lists,
    term: &str,
) -> Option<u32> {
    let (number, new) = terms.number(term.as_bytes())?;
    if new {
        postings.push(Postings {
            list: arena.list(),
            n_docs: 0,
            last_doc: 0,
            last_position: 0,
        });
    }
    Some(number)
}

/// Where a word is or would be; half of the table is always empty.
#[inline]
fn slot(known: &[Known], hash: u64) -> usize {
    let mask = known.len() - 1;
    let mut at = hash as usize & mask;
    while known[at].stem != NONE && known[at].hash != hash {
        at = (at + 1) & mask;
    }
    at
}

/// What the lists of the flat field say of titles.
#[derive(Default)]
pub(super) struct TitleLists {
    terms: Vec<(u32, usize)>,
    docs: Vec<(DocId, u32)>,
    current: u32,
}

impl TitleLists {
    fn start(&mut self, number: u32) {
        self.end();
        self.current = number;
    }

    fn end(&mut self) {
        let begun = self.terms.last().map_or(0, |(_, end)| *end);
        if self.docs.len() > begun {
            self.terms.push((self.current, self.docs.len()));
        }
    }

    fn add(&mut self, doc: DocId, freq: u32) {
        self.docs.push((doc, freq));
    }

    /// Calls `each` with a term's number and its documents.
    fn for_each(
        &self,
        mut each: impl FnMut(u32, &[(DocId, u32)]) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let mut start = 0;
        for &(number, end) in &self.terms {
            each(number, &self.docs[start..end])?;
            start = end;
        }
        Ok(())
    }
}
