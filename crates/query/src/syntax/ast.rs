//! The query as written: a tree with spans. It knows fields by name and dates
//! by value, but no index and no analyzer.
//!
//! Trees come out of the parser in one shape per meaning (`build` sees to
//! that), so two trees that differ only in spans print alike.

use std::ops::{Bound, Range};

use abs_record::{Date, Field};

/// A node of a query and the bytes of the text it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Ast {
    /// The bytes of the query text this node was read from.
    pub span: Range<usize>,
    /// What it means.
    pub kind: AstKind,
}

/// What a node means.
#[derive(Debug, Clone, PartialEq)]
pub enum AstKind {
    /// Matches nothing. Only ever the root: inside `Or` it is left out, inside
    /// anything else it makes the whole nothing.
    Empty,
    /// Words side by side without an operator: all should match, and this is
    /// the only node that may be relaxed. At least two members; [`Not`] members
    /// exclude, [`Required`] members may not be relaxed away.
    ///
    /// [`Not`]: AstKind::Not
    /// [`Required`]: AstKind::Required
    Words(Vec<Ast>),
    /// All members match; `Not` members exclude. At least two members, none of
    /// them an `And`.
    And(Vec<Ast>),
    /// Any member matches. At least two members, none of them an `Or`.
    Or(Vec<Ast>),
    /// Everything but. Never holds a `Not`.
    Not(Box<Ast>),
    /// `+x`: only ever a member of `Words`.
    Required(Box<Ast>),
    /// The text inside (terms, phrases, near) is looked for in these fields.
    /// An inner `Scoped` overrides an outer one; authors, values, dates and
    /// the like inside are not touched by it.
    Scoped {
        /// Sorted, without repeats, from title, abstract, venue and keyword;
        /// author too when a list such as `ti,au:` names it with others.
        /// Never `TitleAbstract`, which is title and abstract.
        fields: Vec<Field>,
        /// What is looked for there.
        ast: Box<Ast>,
    },
    /// The score of what is inside, times the factor.
    Boost {
        /// Above 0, finite, not 1.
        factor: f32,
        /// Never a `Boost` or a `Not`.
        ast: Box<Ast>,
    },
    /// Both sides within a distance of each other, in either order. A side is a
    /// term, a phrase, or an `Or` of these.
    Near {
        /// At most this many words between the two; 0 is side by side.
        distance: u32,
        /// One side.
        left: Box<Ast>,
        /// The other.
        right: Box<Ast>,
    },
    /// A word.
    Term(Term),
    /// A phrase in quotes.
    Phrase(Phrase),
    /// `author:`
    Author(Author),
    /// `id:`, `doi:`, `arxiv:`, `pmid:`, `cat:`, `lang:`
    Value(Value),
    /// `year:`, `date:`. The precision of a date is its own: from 2024-03
    /// included starts on 1 March, after 2024-03 starts on 1 April, until
    /// 2024-03 included ends on 31 March. At least one end is bounded.
    Dates {
        /// The earliest date.
        low: Bound<Date>,
        /// The latest.
        high: Bound<Date>,
    },
    /// `since:30d`: in the last so many days.
    Since {
        /// How far back from today.
        days: u32,
    },
    /// `ac:>10`: the number of authors. At least one end is bounded.
    AuthorCount {
        /// The fewest.
        low: Bound<u32>,
        /// The most.
        high: Bound<u32>,
    },
    /// `has:abstract`: the field is there.
    Has(Field),
}

/// One word as typed: no white space, but for the analyzer it may be several
/// tokens (`x-ray`) or none that is indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word without its operators. At least one letter or digit. A
    /// wildcard keeps its `?` and `*` in here.
    pub text: String,
    /// How it is to be matched.
    pub modifier: Modifier,
}

/// How a word is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// By its stem.
    Plain,
    /// `=term`: not stemmed; upper case in it must match case.
    Exact,
    /// `term*`: any word that starts so. At least two letters or digits.
    Prefix,
    /// `mult?modal`, `colo*r`: `?` is one character, `*` any number. Starts
    /// with a letter or digit.
    Wildcard,
    /// `term~1`, `term~2`: within so many edits, 1 or 2.
    Fuzzy(u8),
}

/// A phrase in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words, blanks collapsed, no quote in it; at least one letter or digit.
    pub text: String,
    /// `"a b"~3`: how far the words may be moved.
    pub slop: u32,
    /// `"deep learn*"`: the last word is a prefix; the star is not in the text.
    pub prefix_last: bool,
    /// `="a b"`: upper case in it must match case.
    pub exact: bool,
}

/// A name that one author of the record must fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name as typed, in either order, blanks collapsed.
    pub text: String,
    /// `=author:"Lu, L."`: this very spelling.
    pub literal: bool,
    /// `^"Lu, Lewei"`: the first author.
    pub first: bool,
    /// `author:lu*`: the last part of the text is a prefix.
    pub prefix: bool,
}

/// A value looked up as it is, not analyzed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// One of id, doi, arxiv, pmid, cat, lang.
    pub field: Field,
    /// As typed: the resolver normalises it.
    pub text: String,
    /// `cat:cs.*`: any value that starts so; the star is not in the text.
    pub prefix: bool,
}

impl Ast {
    /// The same tree with every span 0..0, for comparing by meaning.
    pub fn without_spans(&self) -> Ast {
        let all = |members: &[Ast]| members.iter().map(Ast::without_spans).collect();
        let one = |ast: &Ast| Box::new(ast.without_spans());
        let kind = match &self.kind {
            AstKind::Words(members) => AstKind::Words(all(members)),
            AstKind::And(members) => AstKind::And(all(members)),
            AstKind::Or(members) => AstKind::Or(all(members)),
            AstKind::Not(ast) => AstKind::Not(one(ast)),
            AstKind::Required(ast) => AstKind::Required(one(ast)),
            AstKind::Scoped { fields, ast } => AstKind::Scoped {
                fields: fields.clone(),
                ast: one(ast),
            },
            AstKind::Boost { factor, ast } => AstKind::Boost {
                factor: *factor,
                ast: one(ast),
            },
            AstKind::Near {
                distance,
                left,
                right,
            } => AstKind::Near {
                distance: *distance,
                left: one(left),
                right: one(right),
            },
            leaf => leaf.clone(),
        };
        Ast { span: 0..0, kind }
    }
}
