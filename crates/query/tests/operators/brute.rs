//! The query language once more, without an index: each record is read from
//! end to end, and every node asked of it. It shares the analyzer and the
//! rules of names with the engine, and nothing else.

mod fields;
mod print;
mod words;

use std::collections::BTreeSet;
use std::ops::Bound;

use abs_query::syntax::{Ast, AstKind, Modifier, Phrase, Value};
use abs_record::{Author, Field, Record, fold};
use abs_schema::analyzer::{self, Kind};

use super::today;
use fields::{author_test, has, is_dated};
use print::Print;
use words::{Token, asked, distance, fits, lex, row_of};

/// A record, taken apart once.
struct Doc {
    record: Record,
    title: Vec<Token>,
    abstract_text: Vec<Token>,
    names: BTreeSet<String>,
    venue: BTreeSet<String>,
    keywords: BTreeSet<String>,
}

impl Doc {
    fn new(record: Record) -> Doc {
        let words = |texts: Vec<String>| -> BTreeSet<String> {
            let tokens = texts.iter().flat_map(|text| lex(text));
            tokens.map(|token| token.text).collect()
        };
        Doc {
            title: lex(&record.title),
            abstract_text: lex(record.abstract_text.as_deref().unwrap_or_default()),
            names: words(record.authors.iter().map(Author::display).collect()),
            venue: words(record.venue.iter().cloned().collect()),
            keywords: words(record.keywords.clone())
                .iter()
                .filter_map(|word| analyzer::stem(word))
                .collect(),
            record,
        }
    }
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy)]
struct Scope {
    title: bool,
    abstract_text: bool,
    author: bool,
    venue: bool,
    keyword: bool,
}

const UNSCOPED: Scope = Scope {
    title: true,
    abstract_text: true,
    author: true,
    venue: false,
    keyword: false,
};

impl Scope {
    fn of(fields: &[Field]) -> Scope {
        let has = |field| fields.contains(&field);
        Scope {
            title: has(Field::Title),
            abstract_text: has(Field::Abstract),
            author: has(Field::Author),
            venue: has(Field::Venue),
            keyword: has(Field::Keyword),
        }
    }

    fn texts<'d>(&self, doc: &'d Doc) -> impl Iterator<Item = &'d [Token]> {
        let title = self.title.then_some(doc.title.as_slice());
        let rest = self.abstract_text.then_some(doc.abstract_text.as_slice());
        title.into_iter().chain(rest)
    }
}

/// All records, and what they know together: how compounds are written.
pub(crate) struct Brute {
    docs: Vec<Doc>,
    print: Print,
}

/// What a member of a query is to the words beside it.
enum Member {
    Topic(bool),
    Stop(bool),
}

fn print_of(docs: &[Doc]) -> Print {
    let texts: Vec<[&[Token]; 2]> = docs
        .iter()
        .map(|doc| [doc.title.as_slice(), &doc.abstract_text])
        .collect();
    Print::new(&texts)
}

impl Brute {
    pub(crate) fn new(records: &[Record]) -> Brute {
        let docs: Vec<Doc> = records.iter().cloned().map(Doc::new).collect();
        let print = print_of(&docs);
        Brute { docs, print }
    }

    /// What is known of words is known from other records too: deleted ones,
    /// until their segment is written anew.
    pub(crate) fn printed_as_in(mut self, records: &[Record]) -> Brute {
        let docs: Vec<Doc> = records.iter().cloned().map(Doc::new).collect();
        self.print = print_of(&docs);
        self
    }

    /// Ids of the records that match, in their order.
    pub(crate) fn matching(&self, ast: &Ast) -> Vec<String> {
        self.docs
            .iter()
            .filter(|doc| self.node(doc, ast, UNSCOPED))
            .map(|doc| doc.record.id.to_string())
            .collect()
    }

    fn node(&self, doc: &Doc, ast: &Ast, scope: Scope) -> bool {
        match self.member(doc, ast, scope) {
            Member::Topic(matches) | Member::Stop(matches) => matches,
        }
    }

    fn member(&self, doc: &Doc, ast: &Ast, scope: Scope) -> Member {
        Member::Topic(match &ast.kind {
            AstKind::Empty => false,
            AstKind::Term(term) => match term.modifier {
                Modifier::Plain => return self.word(doc, &term.text, scope),
                Modifier::Exact => self.exact(doc, &term.text, scope),
                Modifier::Prefix => {
                    let head = fold::fold(&term.text);
                    self.any_word(doc, scope, true, |word| word.starts_with(&head))
                }
                Modifier::Wildcard => {
                    let pattern: Vec<char> = fold::fold(&term.text).chars().collect();
                    self.any_word(doc, scope, true, |word| {
                        fits(&pattern, &word.chars().collect::<Vec<_>>())
                    })
                }
                Modifier::Fuzzy(edits) => {
                    let folded = fold::fold(&term.text);
                    let stem = analyzer::stem(&folded).unwrap_or_else(|| folded.clone());
                    self.any_word(doc, scope, false, |word| {
                        // What the index holds of a word: its stem, and if its
                        // ending is rare the word.
                        let other = analyzer::stem(word).unwrap_or_else(|| word.to_owned());
                        let is_near = |a: &str, b: &str| distance(a, b) <= usize::from(edits);
                        is_near(&stem, &other)
                            || is_near(&folded, &other)
                            || (analyzer::exact(word).0 != other && is_near(&folded, word))
                    })
                }
            },
            AstKind::Phrase(phrase) => self.phrase(doc, phrase, scope),
            AstKind::Near {
                distance,
                left,
                right,
            } => self.near(doc, left, right, *distance, scope),
            AstKind::Words(members) => self.words(doc, members, scope),
            AstKind::And(members) => {
                let members: Vec<(&Ast, Member)> = members
                    .iter()
                    .map(|ast| (ast, self.member(doc, ast, scope)))
                    .collect();
                all_of(&members)
            }
            AstKind::Or(members) => members.iter().any(|ast| self.node(doc, ast, scope)),
            AstKind::Not(ast) => !self.node(doc, ast, scope),
            AstKind::Required(ast) => self.node(doc, ast, scope),
            AstKind::Scoped { fields, ast } => return self.member(doc, ast, Scope::of(fields)),
            AstKind::Boost { ast, .. } => return self.member(doc, ast, scope),
            AstKind::Author(author) => {
                let fits = author_test(author);
                let n_asked = if author.first {
                    1
                } else {
                    doc.record.authors.len()
                };
                doc.record.authors.iter().take(n_asked).any(fits)
            }
            AstKind::Value(value) => self.value(doc, value),
            AstKind::Dates { low, high } => is_dated(doc.record.date, *low, *high),
            AstKind::Since { days } => {
                let from = today().map(|today| today.days_before(*days));
                from.is_some_and(|from| {
                    is_dated(doc.record.date, Bound::Included(from), Bound::Unbounded)
                })
            }
            AstKind::AuthorCount { low, high } => {
                let n = doc.record.authors.len() as u32;
                let above = match low {
                    Bound::Included(low) => n >= *low,
                    Bound::Excluded(low) => n > *low,
                    Bound::Unbounded => true,
                };
                let below = match high {
                    Bound::Included(high) => n <= *high,
                    Bound::Excluded(high) => n < *high,
                    Bound::Unbounded => true,
                };
                above && below
            }
            AstKind::Has(field) => has(&doc.record, *field),
        })
    }

    /// Words side by side: those of a question and stop words narrow nothing,
    /// and neighbours are found written as one.
    fn words(&self, doc: &Doc, members: &[Ast], scope: Scope) -> bool {
        let is_question = |ast: &Ast| plain(ast).is_some_and(|w| analyzer::is_question_word(&w));
        let is_topic = |ast: &&Ast| match &ast.kind {
            AstKind::Not(_) => false,
            AstKind::Term(term) => !analyzer::is_stop_word(&term.text.to_lowercase()),
            _ => true,
        };
        let has_topic = members
            .iter()
            .filter(|ast| !is_question(ast))
            .any(|ast| is_topic(&ast));
        let mut asked = Vec::new();
        for (idx, ast) in members.iter().enumerate() {
            if has_topic && is_question(ast) {
                continue;
            }
            let mut member = self.member(doc, ast, scope);
            let neighbours = [
                idx.checked_sub(1)
                    .and_then(|before| members.get(before))
                    .map(|left| (left, ast)),
                members.get(idx + 1).map(|right| (ast, right)),
            ];
            for (left, right) in neighbours.into_iter().flatten() {
                if let (Some(left), Some(right), Member::Topic(matches)) =
                    (plain(left), plain(right), &mut member)
                {
                    let stem = analyzer::stem(&format!("{left}{right}"));
                    *matches |= stem.is_some_and(|stem| holds_stem(doc, scope, &stem));
                }
            }
            asked.push((ast, member));
        }
        all_of(&asked)
    }

    fn word(&self, doc: &Doc, text: &str, scope: Scope) -> Member {
        let tokens = asked(text);
        let mut positions: Vec<usize> = tokens
            .iter()
            .filter(|t| t.kind != Kind::Joined)
            .map(|t| t.position)
            .collect();
        positions.dedup();
        match positions.len() {
            0 => return Member::Topic(false),
            1 if tokens.iter().all(|t| analyzer::is_stop_word(&t.text)) => {
                return Member::Stop(self.exact(doc, text, scope));
            }
            1 => {}
            _ => return Member::Topic(self.compound(doc, &tokens, scope)),
        }
        Member::Topic(tokens.iter().any(|token| {
            let Some(stem) = analyzer::stem(&token.text) else {
                return false;
            };
            holds_stem(doc, scope, &stem)
                || in_other_fields(doc, scope, &token.text)
                || self.print.splits(&token.text).iter().any(|parts| {
                    let row: Vec<Vec<String>> = parts.iter().map(|p| vec![p.clone()]).collect();
                    stands(doc, scope, &row, 0)
                })
        }))
    }

    /// A compound: in one word, or its parts side by side.
    fn compound(&self, doc: &Doc, tokens: &[Token], scope: Scope) -> bool {
        // Of all parts, not of some.
        let parts = tokens.iter().filter(|t| t.kind == Kind::Part);
        let whole: String = parts.map(|t| t.text.as_str()).collect();
        let is_whole = |t: &&Token| t.kind == Kind::Joined && t.text == whole;
        let joined = tokens.iter().find(is_whole);
        let as_one = joined.is_some_and(|joined| {
            analyzer::stem(&joined.text).is_some_and(|stem| holds_stem(doc, scope, &stem))
                || in_other_fields(doc, scope, &joined.text)
        });
        as_one || stands(doc, scope, &row_of(tokens), 0)
    }

    fn exact(&self, doc: &Doc, text: &str, scope: Scope) -> bool {
        let tokens: Vec<Token> = asked(text)
            .into_iter()
            .filter(|t| t.kind == Kind::Part || t.text.ends_with(['+', '#']))
            .collect();
        let mut matches = !tokens.is_empty() && stands(doc, scope, &row_of(&tokens), 0);
        if let [token] = tokens.as_slice() {
            matches |= in_other_fields(doc, scope, &token.text);
        }
        matches && is_spelled(doc, scope, text)
    }

    fn phrase(&self, doc: &Doc, phrase: &Phrase, scope: Scope) -> bool {
        let row = row_of(&asked(&phrase.text));
        let spelled = if phrase.prefix_last {
            stands_with(doc, scope, &row, phrase.slop, |idx, wanted, word| {
                wanted == word || (idx + 1 == row.len() && word.starts_with(wanted))
            })
        } else {
            let spellings = self.spellings(&row);
            spellings
                .iter()
                .any(|row| stands(doc, scope, row, phrase.slop))
        };
        let is_name = scope.author
            && !phrase.prefix_last
            && phrase.slop == 0
            && asked(&phrase.text).len() > 1
            && {
                let key = Author::parse(&phrase.text).key();
                !key.is_empty() && doc.record.authors.iter().any(|author| author.key() == key)
            };
        (spelled || is_name) && (!phrase.exact || is_spelled(doc, scope, &phrase.text))
    }

    /// A row as typed, and with one compound in it written the other way.
    fn spellings(&self, row: &[Vec<String>]) -> Vec<Vec<Vec<String>>> {
        let mut spellings = vec![row.to_vec()];
        if row.iter().any(|alternatives| alternatives.len() > 1) {
            return spellings;
        }
        let with = |from: usize, n: usize, by: Vec<Vec<String>>| {
            let mut changed = row[..from].to_vec();
            changed.extend(by);
            changed.extend_from_slice(&row[from + n..]);
            changed
        };
        for (idx, word) in row.iter().enumerate() {
            for ((_, parts), _) in self
                .print
                .compounds
                .iter()
                .filter(|((joined, _), _)| *joined == word[0])
            {
                let parts = parts.iter().map(|part| vec![part.clone()]).collect();
                spellings.push(with(idx, 1, parts));
            }
            if let Some(next) = row.get(idx + 1) {
                let joined = format!("{}{}", word[0], next[0]);
                if self.print.words.contains(&joined) {
                    spellings.push(with(idx, 2, vec![vec![joined]]));
                }
            }
        }
        spellings
    }

    fn near(&self, doc: &Doc, left: &Ast, right: &Ast, most: u32, scope: Scope) -> bool {
        let sides_hold = [left, right].into_iter().all(|side| match &side.kind {
            AstKind::Phrase(phrase) if asked(&phrase.text).len() > 1 => self.node(doc, side, scope),
            _ => true,
        });
        let places = |side: &Ast, text: &[Token]| -> Vec<usize> {
            let words = text.iter().filter(|t| t.kind != Kind::Joined);
            words
                .filter(|t| side_fits(side, &t.text))
                .map(|t| t.position)
                .collect()
        };
        sides_hold
            && scope.texts(doc).any(|text| {
                let right = places(right, text);
                places(left, text).into_iter().any(|a| {
                    right
                        .iter()
                        .any(|b| a != *b && a.abs_diff(*b) - 1 <= most as usize)
                })
            })
    }

    /// Some word of the texts in scope, or of a name, fits.
    fn any_word(
        &self,
        doc: &Doc,
        scope: Scope,
        in_names: bool,
        fits: impl Fn(&str) -> bool,
    ) -> bool {
        scope.texts(doc).flatten().any(|token| fits(&token.text))
            || (in_names && scope.author && doc.names.iter().any(|word| fits(word)))
            || (in_names && scope.venue && doc.venue.iter().any(|word| fits(word)))
            || (in_names && scope.keyword && doc.keywords.iter().any(|word| fits(word)))
    }

    fn value(&self, doc: &Doc, value: &Value) -> bool {
        let record = &doc.record;
        let asked = fold::fold(value.text.trim());
        let same = |of: &Option<String>, asked: &str| {
            of.as_deref().is_some_and(|of| {
                let of = fold::fold(of);
                of == asked || (value.prefix && of.starts_with(asked))
            })
        };
        match value.field {
            Field::Id => {
                let id = record.id.as_str();
                id == value.text || (value.prefix && id.starts_with(value.text.as_str()))
            }
            Field::Category => record.categories.iter().any(|category| {
                let category = fold::fold(category);
                category
                    .strip_prefix(&asked)
                    .is_some_and(|rest| value.prefix || rest.is_empty() || rest.starts_with('.'))
            }),
            Field::Language => same(&record.language, &asked),
            Field::Doi => {
                let start = asked.find("10.").unwrap_or(0);
                same(&record.doi, &asked[start..])
            }
            Field::Arxiv => {
                let bare = asked.trim_start_matches("arxiv:");
                let unversioned = bare.rsplit_once('v').map_or(bare, |(id, version)| {
                    let is_version = version.parse::<u32>().is_ok();
                    if is_version { id } else { bare }
                });
                same(&record.arxiv, unversioned)
            }
            _ => same(&record.pmid, &asked),
        }
    }
}

/// Members of which all must hold; stop words only if nothing else is asked.
fn all_of(members: &[(&Ast, Member)]) -> bool {
    let narrows = |(ast, member): &(&Ast, Member)| {
        matches!(member, Member::Topic(_)) && !matches!(ast.kind, AstKind::Not(_))
    };
    let any_topic = members.iter().any(narrows);
    members.iter().all(|(_, member)| match member {
        Member::Topic(matches) => *matches,
        Member::Stop(matches) => any_topic || *matches,
    })
}

/// The folded text of a plain word of one token that is no stop word.
fn plain(ast: &Ast) -> Option<String> {
    match &ast.kind {
        AstKind::Term(term) if term.modifier == Modifier::Plain => {
            match asked(&term.text).as_slice() {
                [token] if !analyzer::is_stop_word(&token.text) => Some(token.text.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

fn holds_stem(doc: &Doc, scope: Scope, stem: &str) -> bool {
    let mut words = scope.texts(doc).flatten();
    words.any(|token| analyzer::stem(&token.text).as_deref() == Some(stem))
}

fn in_other_fields(doc: &Doc, scope: Scope, word: &str) -> bool {
    let stem = analyzer::stem(word);
    (scope.author && doc.names.contains(word))
        || (scope.venue && doc.venue.contains(word))
        || (scope.keyword && stem.is_some_and(|stem| doc.keywords.contains(&stem)))
}

fn stands(doc: &Doc, scope: Scope, row: &[Vec<String>], slop: u32) -> bool {
    stands_with(doc, scope, row, slop, |_, wanted, word| wanted == word)
}

/// Whether the words of a row stand in one text so that, each moved back by
/// its place in the row, they lie within `slop` of one another. Every choice
/// of places is tried.
fn stands_with(
    doc: &Doc,
    scope: Scope,
    row: &[Vec<String>],
    slop: u32,
    fits: impl Fn(usize, &str, &str) -> bool,
) -> bool {
    scope.texts(doc).any(|text| {
        let mut choices: Vec<(i64, i64)> = vec![(i64::MAX, i64::MIN)];
        for (idx, words) in row.iter().enumerate() {
            let places: Vec<i64> = text
                .iter()
                .filter(|t| t.kind != Kind::Joined)
                .filter(|t| words.iter().any(|wanted| fits(idx, wanted, &t.text)))
                .map(|t| t.position as i64 - idx as i64)
                .collect();
            choices = choices
                .iter()
                .flat_map(|(low, high)| places.iter().map(move |at| (*low.min(at), *high.max(at))))
                .filter(|(low, high)| high - low <= i64::from(slop))
                .collect();
        }
        !row.is_empty() && !choices.is_empty()
    })
}

/// Upper case must be upper case, between two ends of words.
fn is_spelled(doc: &Doc, scope: Scope, text: &str) -> bool {
    if !text.chars().any(char::is_uppercase) {
        return true;
    }
    let stands = |of: &str| {
        of.match_indices(text).any(|(at, _)| {
            let before = of[..at].chars().next_back();
            let after = of[at + text.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    };
    let record = &doc.record;
    (scope.title && stands(&record.title))
        || (scope.abstract_text && record.abstract_text.as_deref().is_some_and(stands))
}

/// A word of the text that one side of NEAR may be.
fn side_fits(side: &Ast, word: &str) -> bool {
    match &side.kind {
        AstKind::Or(members) => members.iter().any(|member| side_fits(member, word)),
        AstKind::Boost { ast, .. } | AstKind::Scoped { ast, .. } => side_fits(ast, word),
        AstKind::Phrase(phrase) => {
            let tokens = asked(&phrase.text);
            let first = tokens.iter().find(|t| t.kind == Kind::Part);
            first.is_some_and(|first| first.text == word)
        }
        AstKind::Term(term) => {
            let Some(token) = asked(&term.text).into_iter().next() else {
                return false;
            };
            match term.modifier {
                Modifier::Plain => match analyzer::stem(&token.text) {
                    Some(stem) => analyzer::stem(word) == Some(stem),
                    None => token.text == word,
                },
                Modifier::Prefix => word.starts_with(&token.text),
                _ => token.text == word,
            }
        }
        _ => false,
    }
}
