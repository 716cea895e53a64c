//! Words out of text: where a token starts, ends, and what it folds to.
//!
//! Close to UAX #29 word boundaries, with what scholarly text needs: `3.5`
//! and `1,000` are one token, `'s` is dropped, each Chinese or Japanese
//! character is a word, a lone Greek letter or one in a Latin word is spelled
//! out (`TGF-β` tgf, beta), `C++` keeps its sign beside `c`. Words joined by a
//! hyphen, an apostrophe, `&`, `_` or (single letters) a full stop form a
//! compound: its parts, one position each, and then its joined form, so that
//! `x-ray`, `xray` and `x ray` can find one another.
//!
//! No allocation per token, and no copy of a word that is lower case and ASCII
//! already, as nearly all are: its text is the text's. What is folded is
//! written into buffers of the lexer.

use std::ops::Range;

use abs_record::fold;

/// The longest token in bytes. Longer words are cut, on both sides alike.
pub const MAX_TOKEN_BYTES: usize = 255;
/// A compound of more parts than this is not joined.
const MAX_PARTS: usize = 4;
/// A joined form longer than this is not made.
const MAX_JOINED_BYTES: usize = 48;

/// What a token is to the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word standing alone, or one part of a compound.
    Part,
    /// A second spelling of the word before it, at the same position:
    /// `mueller` for `Müller`, `c++` for `C++`.
    Variant,
    /// A compound written as one word, at the position of its first part.
    Joined,
}

/// One token: folded text, place among the words, byte range in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// Folded form.
    pub text: &'a str,
    /// Number of words before it.
    pub position: usize,
    /// Bytes of the analysed text.
    pub span: Range<usize>,
}

/// Walks over a text token by token.
pub struct Lexer<'a> {
    text: &'a str,
    /// Where to look on.
    at: usize,
    /// Position of the next part.
    next_position: usize,
    /// The current token where folding changed it, or nothing.
    folded: String,
    span: Range<usize>,
    position: usize,
    /// A second spelling that waits its turn.
    variant: Option<String>,
    compound: Compound,
}

/// The compound under way.
#[derive(Default)]
struct Compound {
    n_parts: usize,
    all_digits: bool,
    /// Ends with the part read last: the joined form is due.
    closed: bool,
    start: usize,
    end: usize,
    position: usize,
    joined: String,
    hyphens: String,
}

impl<'a> Lexer<'a> {
    /// A lexer at the start of `text`.
    pub fn new(text: &'a str) -> Lexer<'a> {
        Lexer {
            text,
            at: 0,
            next_position: 0,
            folded: String::new(),
            span: 0..0,
            position: 0,
            variant: None,
            compound: Compound::default(),
        }
    }

    /// Moves to the next token and tells its kind; `None` at the end.
    pub fn advance(&mut self) -> Option<Kind> {
        if let Some(variant) = self.variant.take() {
            self.folded = variant;
            return Some(Kind::Variant);
        }
        if self.compound.closed {
            let joined = self.compound.is_joined();
            self.compound.closed = false;
            if joined {
                self.folded.clone_from(&self.compound.joined);
                self.span = self.compound.start..self.compound.end;
                self.position = self.compound.position;
                self.compound.n_parts = 0;
                return Some(Kind::Joined);
            }
            self.compound.n_parts = 0;
        }
        self.part()
    }

    /// The token [`Lexer::advance`] moved to.
    pub fn word(&self) -> Word<'_> {
        Word {
            text: self.current(),
            position: self.position,
            span: self.span.clone(),
        }
    }

    #[inline]
    fn current(&self) -> &str {
        match self.folded.is_empty() {
            true => &self.text[self.span.start..self.span.end],
            false => &self.folded,
        }
    }

    /// Where the compound last joined has its hyphens: bytes of the joined
    /// form in front of each, as letters from `a`, which is 1.
    pub fn hyphens(&self) -> &str {
        &self.compound.hyphens
    }

    /// Reads the next part.
    fn part(&mut self) -> Option<Kind> {
        loop {
            let (start, end, is_folded) = self.next_span()?;
            self.at = end;
            self.span = start..end;
            self.folded.clear();
            if !is_folded || end - start > MAX_TOKEN_BYTES {
                self.fold(start, end);
                if self.folded.is_empty() {
                    continue;
                }
                cut(&mut self.folded);
            }
            let possessive = self.compound.n_parts > 0
                && self.current() == "s"
                && self.text[..start].ends_with(['\'', '’', 'ʼ']);
            let connected = self.connector_at(end);
            if possessive && connected.is_none() {
                // `Parkinson's` is Parkinson.
                self.compound.n_parts = 0;
                continue;
            }
            self.position = self.next_position;
            self.next_position += 1;
            if connected.is_some() || self.compound.n_parts > 0 {
                let part = match self.folded.is_empty() {
                    true => &self.text[start..end],
                    false => &self.folded,
                };
                self.compound.add(part, &self.span, self.position);
                self.compound.closed = connected.is_none() && self.compound.n_parts > 1;
                if connected.is_none() && self.compound.n_parts == 1 {
                    self.compound.n_parts = 0;
                }
            }
            if let Some(next) = connected {
                self.at = next;
            } else {
                self.sign(end);
            }
            return Some(Kind::Part);
        }
    }

    /// Bytes of the next word at or after `at`, and whether they are lower
    /// case letters of ASCII and digits alone.
    fn next_span(&mut self) -> Option<(usize, usize, bool)> {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        loop {
            let byte = *bytes.get(start)?;
            if byte.is_ascii_alphanumeric() {
                break;
            }
            if byte < 0x80 {
                start += 1;
                continue;
            }
            let c = self.text[start..].chars().next()?;
            if is_ideograph(c) {
                return Some((start, start + c.len_utf8(), false));
            }
            if c.is_alphanumeric() {
                break;
            }
            start += c.len_utf8();
        }
        let mut end = start;
        let mut is_folded = true;
        while let Some(&byte) = bytes.get(end) {
            if byte.is_ascii_lowercase() || byte.is_ascii_digit() {
                end += 1;
            } else if byte.is_ascii_uppercase() {
                is_folded = false;
                end += 1;
            } else if byte < 0x80 {
                if !self.inside_number(start, end, byte) {
                    break;
                }
                is_folded &= byte != b',';
                end += 1;
            } else {
                is_folded = false;
                let Some(c) = self.text[end..].chars().next() else {
                    break;
                };
                if is_ideograph(c) || !(c.is_alphanumeric() || is_inside_word(c)) {
                    break;
                }
                end += c.len_utf8();
            }
        }
        Some((start, end, is_folded))
    }

    /// `3.5` and `1,000`: a full stop between digits, or a comma before
    /// exactly three.
    fn inside_number(&self, start: usize, end: usize, byte: u8) -> bool {
        let bytes = self.text.as_bytes();
        let digit = |idx: usize| bytes.get(idx).is_some_and(u8::is_ascii_digit);
        if end == start || !digit(end - 1) || !digit(end + 1) {
            return false;
        }
        match byte {
            b'.' => true,
            b',' => {
                let before = bytes[start..end].iter().rev();
                let group = before.take_while(|b| b.is_ascii_digit()).count();
                group <= 3
                    && bytes[start..end]
                        .iter()
                        .all(|b| b.is_ascii_digit() || *b == b',')
                    && (1..=3).all(|ahead| digit(end + ahead))
                    && !digit(end + 4)
            }
            _ => false,
        }
    }

    /// Folds `start..end` into `folded`, and finds its second spelling.
    fn fold(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        if word.is_ascii() {
            self.folded.push_str(word);
            self.folded.make_ascii_lowercase();
            if word.as_bytes().contains(&b',') {
                self.folded.retain(|c| c != ',');
            }
            return;
        }
        fold::fold_into(word, &mut self.folded);
        self.variant = fold::fold_expanded(word).filter(|variant| *variant != self.folded);
        if let Some(variant) = &mut self.variant {
            cut(variant);
        }
        if let Some(named) = greek_named(&self.folded) {
            self.folded = named;
        }
    }

    /// Where the next part starts if a connector at `end` leads to one.
    fn connector_at(&self, end: usize) -> Option<usize> {
        let rest = &self.text[end..];
        let connector = rest.chars().next()?;
        let fits = match connector {
            '-' | '‐' | '‑' | '‒' | '–' | '\'' | '’' | 'ʼ' | '&' | '_' => true,
            '.' => self.is_single_letter() && self.followed_by_single_letter(end + 1),
            _ => false,
        };
        if !fits {
            return None;
        }
        let next = end + connector.len_utf8();
        let follows = self.text[next..].chars().next()?;
        (follows.is_alphanumeric() && !is_ideograph(follows)).then_some(next)
    }

    fn is_single_letter(&self) -> bool {
        matches!(self.current().as_bytes(), [letter] if letter.is_ascii_alphabetic())
    }

    fn followed_by_single_letter(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
            && bytes
                .get(at + 1)
                .is_none_or(|b| *b < 0x80 && !b.is_ascii_alphanumeric())
    }

    /// `C++`, `F#`, `Ca2+`: a short word keeps its sign as a second spelling.
    fn sign(&mut self, end: usize) {
        let bytes = self.text.as_bytes();
        let signs = bytes[end..]
            .iter()
            .take_while(|b| matches!(b, b'+' | b'#'))
            .count();
        let ends = bytes
            .get(end + signs)
            .is_none_or(|b| *b < 0x80 && !b.is_ascii_alphanumeric());
        if (1..=2).contains(&signs) && ends && self.current().len() <= 4 && self.variant.is_none() {
            let mut variant = self.current().to_owned();
            variant.push_str(&self.text[end..end + signs]);
            self.variant = Some(variant);
        }
    }
}

impl Compound {
    fn add(&mut self, part: &str, span: &Range<usize>, position: usize) {
        if self.n_parts == 0 {
            self.start = span.start;
            self.position = position;
            self.all_digits = true;
            self.joined.clear();
            self.hyphens.clear();
        } else if self.n_parts < MAX_PARTS {
            self.hyphens.push(hyphen_at(self.joined.len()));
        }
        if self.n_parts < MAX_PARTS {
            self.joined.push_str(part);
        }
        self.all_digits &= part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        self.n_parts += 1;
        self.end = span.end;
    }

    fn is_joined(&self) -> bool {
        (2..=MAX_PARTS).contains(&self.n_parts)
            && !self.all_digits
            && self.joined.len() <= MAX_JOINED_BYTES
    }
}

/// A place below [`MAX_JOINED_BYTES`] as a character; longer forms are not
/// joined.
fn hyphen_at(at: usize) -> char {
    char::from(b'`'.saturating_add(u8::try_from(at).unwrap_or(u8::MAX).min(60)))
}

/// The parts of a joined form, given [`Lexer::hyphens`] of it.
pub fn parts_at<'t>(joined: &'t str, hyphens: &str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for place in hyphens.bytes() {
        let at = usize::from(place.saturating_sub(b'`'));
        let Some(part) = joined.get(start..at) else {
            return Vec::new();
        };
        parts.push(part);
        start = at;
    }
    parts.extend(joined.get(start..));
    parts
}

/// Cuts a token at [`MAX_TOKEN_BYTES`].
pub fn cut(token: &mut String) {
    cut_at(token, MAX_TOKEN_BYTES);
}

/// Cuts a value at a number of bytes, between two characters.
pub fn cut_at(value: &mut String, max_bytes: usize) {
    if value.len() > max_bytes {
        value.truncate(value.floor_char_boundary(max_bytes));
    }
}

/// Han, Hiragana and Katakana: written without blanks, a character a word.
pub fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x3041..=0x30ff | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x20000..=0x3ffff)
}

/// Marks and invisible characters do not end a word.
fn is_inside_word(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || fold::is_invisible(c)
}

/// The names of Greek letters in a word that is one such letter, or that
/// mixes them with Latin letters and digits; `None` for Greek words.
fn greek_named(word: &str) -> Option<String> {
    let is_greek = |c: char| ('\u{3b1}'..='\u{3c9}').contains(&c);
    if !word.contains(is_greek) {
        return None;
    }
    let alone = word.chars().nth(1).is_none();
    if !alone && !word.bytes().any(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let mut named = String::with_capacity(word.len() + 6);
    for c in word.chars() {
        match (is_greek(c), greek_name(c)) {
            (true, Some(name)) => named.push_str(name),
            _ => named.push(c),
        }
    }
    Some(named)
}

fn greek_name(c: char) -> Option<&'static str> {
    const NAMES: [&str; 25] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
        "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon",
        "phi", "chi", "psi", "omega",
    ];
    let idx = u32::from(c).checked_sub(0x3b1)?;
    NAMES.get(usize::try_from(idx).ok()?).copied()
}
