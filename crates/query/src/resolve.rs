//! From the query as written to the query as meant: names to fields, words to
//! terms of the index, people to author keys, dates to numbers.

mod acronym;
mod author;
mod expand;
mod filter;
mod phrase;
mod repeats;
mod row;
mod scope;
mod value;
mod word;

use abs_record::{Date, Field};

use crate::error::SearchError;
use crate::marks::Marks;
use crate::node::Node;
use crate::results::{Expansion, ExpansionKind, Without};
use crate::snapshot::{IndexTerm, Snapshot};
use crate::syntax::ast::{Ast, AstKind, Author, Modifier, Term};
use crate::syntax::{Diagnostic, Severity};

pub(crate) use author::MIN_GIVEN_CHARS;
pub(crate) use expand::fits_pattern;
pub(crate) use row::{PROSE_WORDS, UNANSWERED_PROSE_WORDS};
pub(crate) use scope::Scope;
use word::is_stop_word;
pub(crate) use word::{Token, tokens};

/// Prefixes, wildcards and misspellings of one query that are looked up.
const MAX_SHAPES: usize = 256;
/// Of these, misspellings: each walks the dictionary with an automaton.
const MAX_FUZZY: usize = 32;
/// The words that all of them together may stand for: each holds a list open.
const MAX_WORDS: usize = 16_384;
/// Names that are looked up, each in several ranges of a dictionary.
const MAX_NAMES: usize = 1_024;
/// Places that one query's phrases and spellings may have looked at, and as many
/// more for each record of the index.
const MAX_PLACES: u64 = 50_000_000;
const PLACES_A_RECORD: u64 = 192;
/// In a query of more words these are not looked for in other spellings: each
/// holds several lists open.
const MAX_SPELLED_WORDS: usize = 1_024;

/// What has been looked up for words that stand for many.
#[derive(Default)]
struct Spent {
    n_shapes: usize,
    n_fuzzy: usize,
    n_words: usize,
    n_names: usize,
    /// It has been said that no more are looked up.
    is_told: bool,
}

/// A resolved query.
pub(crate) struct Resolved {
    /// What every hit must be.
    pub(crate) required: Vec<Node>,
    /// Words of which all should match, and which may be relaxed to any.
    pub(crate) words: Vec<Node>,
    /// The words that carry the topic, in their order: what stages of the
    /// ranking look at. Empty for a query that is more than words.
    pub(crate) row: Vec<IndexTerm>,
    /// The same words as words of names, where the row is short.
    pub(crate) names: Vec<IndexTerm>,
    /// Values chosen beside the query, one node a field.
    pub(crate) filters: Vec<(Field, Node)>,
    /// What to highlight.
    pub(crate) marks: Marks,
    pub(crate) expansions: Vec<Expansion>,
    pub(crate) unknown: Vec<String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Resolved {
    /// Its words relaxed: any of them is enough.
    pub(crate) fn any(&self) -> Node {
        Node::all(vec![self.narrowing(), self.any_word()])
    }

    /// Any of the words. A year narrows, but nobody looks for all of a year.
    pub(crate) fn any_word(&self) -> Node {
        let words = self.words.iter().map(|word| match word {
            Node::Or(members) => {
                let is_column = |node: &Node| matches!(node, Node::Column { .. });
                Node::any(members.iter().filter(|n| !is_column(n)).cloned().collect())
            }
            word => word.clone(),
        });
        Node::any(words.collect())
    }

    /// The whole query, nothing relaxed.
    pub(crate) fn full(&self) -> Node {
        self.full_but(None)
    }

    /// The whole query without the filter on one field.
    pub(crate) fn full_but(&self, field: Option<Field>) -> Node {
        let filters = self.filters.iter().filter(|(of, _)| Some(*of) != field);
        let members = self.required.iter().chain(&self.words);
        Node::all(
            members
                .chain(filters.map(|(_, node)| node))
                .cloned()
                .collect(),
        )
    }

    /// What no hit may lack, partial matches included.
    pub(crate) fn narrowing(&self) -> Node {
        let filters = self.filters.iter().map(|(_, node)| node);
        Node::all(self.required.iter().chain(filters).cloned().collect())
    }

    /// Whether values of a field were chosen.
    pub(crate) fn is_filtered_by(&self, field: Field) -> bool {
        self.filters.iter().any(|(of, _)| *of == field)
    }
}

/// Resolves one query against one snapshot.
pub(crate) struct Resolver<'a> {
    snapshot: &'a Snapshot,
    today: Option<Date>,
    /// Inside a NOT nothing is highlighted, expanded for show or unknown.
    negated: bool,
    spent: Spent,
    /// Acronyms and their long forms find one another.
    expands: bool,
    /// No word of the query has a small letter: capitals mean nothing.
    in_capitals: bool,
    /// There are so many words that each is looked for as it is.
    as_they_are: bool,
    /// Expansions of acronyms so far.
    n_acronyms: usize,
    without: Without,
    /// So many words are prose.
    prose_words: usize,
    row: Vec<IndexTerm>,
    names: Vec<IndexTerm>,
    marks: Marks,
    expansions: Vec<Expansion>,
    unknown: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

/// A member of a query: most narrow the result, a stop word does not.
enum Member {
    Topic(Node),
    /// Only looked for if nothing else is left.
    Stop(Node),
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, today: Option<Date>) -> Resolver<'a> {
        Resolver {
            snapshot,
            today,
            negated: false,
            spent: Spent::default(),
            expands: false,
            in_capitals: false,
            as_they_are: false,
            n_acronyms: 0,
            without: Without::default(),
            prose_words: PROSE_WORDS,
            row: Vec::new(),
            names: Vec::new(),
            marks: Marks::default(),
            expansions: Vec::new(),
            unknown: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Lets acronyms and their long forms find one another, or not.
    pub(crate) fn expanding(mut self, expands: bool) -> Resolver<'a> {
        self.expands = expands;
        self
    }

    /// Leaves parts of the ranking out.
    pub(crate) fn leaving_out(mut self, without: Without) -> Resolver<'a> {
        self.without = without;
        self
    }

    /// Takes so many words for prose: see [`PROSE_WORDS`].
    pub(crate) fn prose_from(mut self, prose_words: usize) -> Resolver<'a> {
        self.prose_words = prose_words;
        self
    }

    /// The whole query.
    pub(crate) fn resolve(mut self, ast: &Ast) -> Result<Resolved, SearchError> {
        self.in_capitals = acronym::is_in_capitals(ast);
        let ast = repeats::fewer(ast);
        self.as_they_are = n_words(&ast) > MAX_SPELLED_WORDS;
        let (required, words) = self.top(&ast, &Scope::default())?;
        self.bound_places(required.iter().chain(&words))?;
        Ok(Resolved {
            required,
            words,
            row: self.row,
            names: self.names,
            filters: Vec::new(),
            marks: self.marks,
            expansions: self.expansions,
            unknown: self.unknown,
            diagnostics: self.diagnostics,
        })
    }

    /// The root, where words side by side may be relaxed.
    fn top(&mut self, ast: &Ast, scope: &Scope) -> Result<(Vec<Node>, Vec<Node>), SearchError> {
        match &ast.kind {
            AstKind::Words(members) => {
                let members = self.plain(members);
                (self.row, self.names) = self.topic_row(&members, scope)?;
                self.words(&members, scope)
            }
            AstKind::Scoped { fields, ast } => self.top(ast, &Scope::of(fields)),
            AstKind::Boost { factor, ast } => {
                let (required, words) = self.top(ast, scope)?;
                let boost = |nodes: Vec<Node>| -> Vec<Node> {
                    nodes
                        .into_iter()
                        .map(|node| node.boosted(*factor))
                        .collect()
                };
                Ok((boost(required), boost(words)))
            }
            _ => {
                let node = self.node(ast, scope)?;
                Ok((vec![node], Vec::new()))
            }
        }
    }

    /// Words side by side: what narrows apart from what may be relaxed.
    fn words(
        &mut self,
        members: &[Ast],
        scope: &Scope,
    ) -> Result<(Vec<Node>, Vec<Node>), SearchError> {
        let mut required = Vec::new();
        let mut words = Vec::new();
        let mut stop_words = Vec::new();
        let mut narrowed = false;
        let dropped = self.question_words(members);
        let mut joined = self.joined_neighbours(members, scope)?;
        let counts = |idx: usize| !dropped[idx] && !is_stop_word(&members[idx]);
        let short_forms = self.expand_rows(members, counts, scope)?;
        for (leaves, more) in joined.iter_mut().zip(short_forms) {
            leaves.extend(more);
        }
        for (idx, member) in members.iter().enumerate() {
            if dropped[idx] {
                continue;
            }
            let year = row::year(member, scope);
            match self.member(member, scope)? {
                Member::Stop(node) => stop_words.push(node),
                Member::Topic(Node::Holds(mut leaves)) if is_word(member) => {
                    leaves.terms.extend(joined[idx].iter().cloned());
                    words.push((Node::Holds(leaves), year));
                }
                Member::Topic(Node::Nothing) if is_word(member) && !joined[idx].is_empty() => {
                    let leaves = crate::node::Leaves {
                        terms: joined[idx].clone(),
                        phrases: Vec::new(),
                    };
                    words.push((Node::Holds(leaves), year));
                }
                Member::Topic(node) if is_word(member) => words.push((node, year)),
                Member::Topic(node) => {
                    // Not told by the node: what excludes nothing is no `Not`.
                    narrowed |= !is_exclusion(member);
                    required.push(node);
                }
            }
        }
        // A year among other words is one the work is of, or speaks of.
        let alone = words.len() == 1;
        let words = words.into_iter().map(|(node, year)| match year {
            Some(year) if !alone => Node::any(vec![node, year]),
            _ => node,
        });
        let mut words: Vec<Node> = words.collect();
        if words.is_empty() && !narrowed {
            words = stop_words;
        }
        Ok((required, words))
    }

    /// A node anywhere below the root; a stop word on its own is looked for.
    fn node(&mut self, ast: &Ast, scope: &Scope) -> Result<Node, SearchError> {
        Ok(match self.member(ast, scope)? {
            Member::Topic(node) | Member::Stop(node) => node,
        })
    }

    fn member(&mut self, ast: &Ast, scope: &Scope) -> Result<Member, SearchError> {
        Ok(Member::Topic(match &ast.kind {
            AstKind::Empty => Node::Nothing,
            AstKind::Term(term) => match term.modifier {
                Modifier::Plain => return self.word(&term.text, scope),
                Modifier::Exact => self.exact_word(&term.text, scope)?,
                Modifier::Prefix | Modifier::Wildcard | Modifier::Fuzzy(_)
                    if !self.may_expand(term, &ast.span) =>
                {
                    self.unsought()
                }
                Modifier::Prefix => self.prefix(&term.text, scope)?,
                Modifier::Wildcard => self.wildcard(&term.text, scope)?,
                Modifier::Fuzzy(edits) => self.fuzzy(&term.text, edits, scope)?,
            },
            AstKind::Phrase(phrase) => self.phrase(phrase, scope)?,
            AstKind::Near {
                distance,
                left,
                right,
            } => self.near(left, right, *distance, scope)?,
            AstKind::Words(members) => {
                let (required, words) = self.words(members, scope)?;
                Node::all(required.into_iter().chain(words).collect())
            }
            AstKind::And(members) => self.all_of(members, scope)?,
            AstKind::Or(members) => {
                let n_unknown = self.unknown.len();
                let mut nodes = Vec::with_capacity(members.len());
                for member in members {
                    nodes.push(self.node(member, scope)?);
                }
                // `1204.5601` alone is looked for as a word as well.
                if is_id_or_word(members) && !matches!(nodes.first(), Some(Node::Nothing)) {
                    self.unknown.truncate(n_unknown);
                }
                Node::any(nodes)
            }
            AstKind::Not(inner) => {
                let outer = std::mem::replace(&mut self.negated, true);
                let node = self.node(inner, scope);
                self.negated = outer;
                Node::not(node?)
            }
            AstKind::Required(inner) => self.node(inner, scope)?,
            AstKind::Scoped { fields, ast } => return self.member(ast, &Scope::of(fields)),
            AstKind::Boost { factor, ast } => match self.member(ast, scope)? {
                Member::Topic(node) => node.boosted(*factor),
                stop => return Ok(stop),
            },
            AstKind::Author(author) if !self.may_look_up(author, &ast.span) => self.unsought(),
            AstKind::Author(author) => self.author(author)?,
            AstKind::Value(value) => self.value(value)?,
            AstKind::Dates { low, high } => value::dates(*low, *high),
            AstKind::Since { days } => self.since(*days),
            AstKind::AuthorCount { low, high } => value::author_count(*low, *high),
            AstKind::Has(field) => self.has(*field)?,
        }))
    }

    /// An explicit AND: stop words narrow nothing unless they are alone.
    fn all_of(&mut self, members: &[Ast], scope: &Scope) -> Result<Node, SearchError> {
        let mut topics = Vec::with_capacity(members.len());
        let mut stop_words = Vec::new();
        let mut narrowed = false;
        for member in members {
            match self.member(member, scope)? {
                Member::Topic(node) => {
                    narrowed |= !is_exclusion(member);
                    topics.push(node);
                }
                Member::Stop(node) => stop_words.push(node),
            }
        }
        if !narrowed {
            topics.extend(stop_words);
        }
        Ok(Node::all(topics))
    }

    fn warn(&mut self, ast_span: std::ops::Range<usize>, message: String) {
        self.diagnostics.push(Diagnostic {
            span: ast_span,
            severity: Severity::Warning,
            message,
        });
    }

    /// Whether one more word that stands for many is looked up.
    fn may_expand(&mut self, term: &Term, span: &std::ops::Range<usize>) -> bool {
        let spent = &mut self.spent;
        spent.n_shapes += 1;
        spent.n_fuzzy += usize::from(matches!(term.modifier, Modifier::Fuzzy(_)));
        let may = spent.n_shapes <= MAX_SHAPES
            && spent.n_fuzzy <= MAX_FUZZY
            && spent.n_words <= MAX_WORDS;
        if !may {
            self.tell_bound(&term.text, "prefixes, wildcards and misspellings", span);
        }
        may
    }

    /// Whether one more name is looked up.
    fn may_look_up(&mut self, author: &Author, span: &std::ops::Range<usize>) -> bool {
        self.spent.n_names += 1;
        let may = self.spent.n_names <= MAX_NAMES;
        if !may {
            self.tell_bound(&author.text, "names", span);
        }
        may
    }

    fn tell_bound(&mut self, text: &str, what: &str, span: &std::ops::Range<usize>) {
        if !std::mem::replace(&mut self.spent.is_told, true) {
            let message = format!(
                "{text} and what comes after it: more {what} than one query looks up; they match \
                 nothing"
            );
            self.warn(span.clone(), message);
        }
    }

    /// What is not looked up, and must not widen the result.
    fn unsought(&self) -> Node {
        if self.negated {
            Node::Everything
        } else {
            Node::Nothing
        }
    }

    /// A query costs what its lists cost, but phrases of frequent words read
    /// the same ones many times, and `=Words` read records.
    fn bound_places<'n>(&self, nodes: impl Iterator<Item = &'n Node>) -> Result<(), SearchError> {
        let asked: u64 = nodes.map(Node::n_places).sum();
        let max = MAX_PLACES + PLACES_A_RECORD * self.snapshot.n_docs;
        if asked > max {
            return Err(SearchError::TooManyPlaces { asked, max });
        }
        Ok(())
    }

    /// Notes what a part of the query stands for.
    fn note_expansion(&mut self, from: &str, to: Vec<String>, n_terms: usize, cut: bool) {
        self.spent.n_words += n_terms;
        if !self.negated {
            self.expansions.push(Expansion {
                from: from.to_owned(),
                kind: ExpansionKind::Pattern,
                to,
                n_terms,
                cut,
            });
        }
    }
}

/// Words anywhere in a query.
fn n_words(ast: &Ast) -> usize {
    match &ast.kind {
        AstKind::Words(members) | AstKind::And(members) | AstKind::Or(members) => {
            members.iter().map(n_words).sum()
        }
        AstKind::Not(inner) | AstKind::Required(inner) => n_words(inner),
        AstKind::Scoped { ast, .. } | AstKind::Boost { ast, .. } => n_words(ast),
        AstKind::Near { left, right, .. } => n_words(left) + n_words(right),
        _ => 1,
    }
}

/// A plain word, scoped, boosted or not: what relaxing may leave out.
fn is_word(ast: &Ast) -> bool {
    match &ast.kind {
        AstKind::Term(_) => true,
        AstKind::Scoped { ast, .. } | AstKind::Boost { ast, .. } => is_word(ast),
        _ => false,
    }
}

fn is_exclusion(ast: &Ast) -> bool {
    matches!(ast.kind, AstKind::Not(_))
}

/// Whether the members are an identifier and the same text as a word.
fn is_id_or_word(members: &[Ast]) -> bool {
    matches!(members, [id, word] if matches!(id.kind, AstKind::Value(_))
        && id.span.start <= word.span.start && word.span.end <= id.span.end)
}
