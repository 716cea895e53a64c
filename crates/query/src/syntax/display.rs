//! A tree as query text that is read as the same tree.

use std::fmt::{self, Display, Formatter};
use std::ops::Bound;

use abs_record::{Date, Field};

use super::ast::{Ast, AstKind, Author, Modifier, Phrase, Term, Value};
use super::capitals::is_prose_in_capitals;
use super::dialect;
use super::token::Operator;
use super::word::takes_boost;

impl Display for Ast {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = Whole(self).to_string();
        // Quotes that are no longer there may have hidden a tag.
        let text = match dialect::ovid::is_ovid(&text) {
            true => with_small_operators_kept(&text),
            false => text,
        };
        // Alone they would be looked up as an identifier: `2503.10291`, `PMID 7`.
        let is_id = matches!(
            self.kind,
            AstKind::Term(_) | AstKind::Words(_) | AstKind::Phrase(_)
        ) && dialect::ids::whole_id(&text).is_some();
        // In parentheses `AND` is one in capitals, too.
        match is_id || is_prose_in_capitals(&text) {
            true => write!(f, "({text})"),
            false => f.write_str(&text),
        }
    }
}

/// The same with a comma behind each `and` that is a word: in a query of Ovid's
/// operators are written small.
fn with_small_operators_kept(text: &str) -> String {
    let mut is_quoted = false;
    let pieces = text.split(' ').map(|piece| {
        let was_quoted = is_quoted;
        is_quoted ^= !piece.matches('"').count().is_multiple_of(2);
        let is_operator = matches!(piece, "and" | "or" | "not" | "adj" | "next");
        match is_operator && !was_quoted {
            true => format!("{piece},"),
            false => piece.to_owned(),
        }
    });
    pieces.collect::<Vec<_>>().join(" ")
}

/// A node where it needs no parentheses.
struct Whole<'a>(&'a Ast);

/// A member of `And`, `Words`, or what `NOT` is about.
struct Member<'a>(&'a Ast);

/// What `+` or a suffix is about: one word, one phrase, one group.
struct Operand<'a>(&'a Ast);

impl Display for Whole<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            AstKind::Empty => f.write_str("()"),
            AstKind::Words(members) => join(f, members, " ", Member),
            AstKind::And(members) => join(f, members, " AND ", Member),
            AstKind::Or(members) => join(f, members, " OR ", Alternative),
            AstKind::Not(ast) => write!(f, "NOT {}", Member(ast)),
            AstKind::Required(ast) => write!(f, "+{}", Operand(ast)),
            AstKind::Scoped { fields, ast } => {
                write!(f, "{}:{}", names(fields), Scoped(ast))
            }
            AstKind::Boost { factor, ast } => {
                if takes_suffix(ast) {
                    write!(f, "{}^{factor}", Whole(ast))
                } else {
                    write!(f, "({})^{factor}", Whole(ast))
                }
            }
            AstKind::Near {
                distance,
                left,
                right,
            } => write!(f, "{} NEAR/{distance} {}", Operand(left), Operand(right)),
            // Only where a word can start is it a limit.
            AstKind::Term(term) if dialect::scopus::is_clause(&term.text) => {
                let bare = bare(term);
                match bare.strip_prefix('=') {
                    Some(bare) => write!(f, "=(,{bare})"),
                    None => write!(f, "(,{bare})"),
                }
            }
            AstKind::Term(term) => f.write_str(&bare(term)),
            AstKind::Phrase(phrase) => phrase.fmt(f),
            AstKind::Author(author) => author.fmt(f),
            AstKind::Value(value) => value.fmt(f),
            AstKind::Dates { low, high } => {
                let is_year = |bound: &Bound<Date>| match bound {
                    Bound::Included(date) | Bound::Excluded(date) => date.month().is_none(),
                    Bound::Unbounded => true,
                };
                let name = if is_year(low) && is_year(high) {
                    "year"
                } else {
                    "date"
                };
                write!(f, "{name}:")?;
                range(f, low, high)
            }
            AstKind::Since { days } => write!(f, "since:{days}d"),
            AstKind::AuthorCount { low, high } => {
                f.write_str("ac:")?;
                range(f, low, high)
            }
            AstKind::Has(field) => write!(f, "has:{}", field.name()),
        }
    }
}

/// A member of `Or`: `AND` binds tighter and needs no parentheses.
struct Alternative<'a>(&'a Ast);

impl Display for Alternative<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            AstKind::And(_) => Whole(self.0).fmt(f),
            _ => Member(self.0).fmt(f),
        }
    }
}

impl Display for Member<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            AstKind::Not(_) | AstKind::Required(_) | AstKind::Near { .. } => Whole(self.0).fmt(f),
            _ => Operand(self.0).fmt(f),
        }
    }
}

impl Display for Operand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            AstKind::Words(_)
            | AstKind::And(_)
            | AstKind::Or(_)
            | AstKind::Not(_)
            | AstKind::Required(_)
            | AstKind::Near { .. } => write!(f, "({})", Whole(self.0)),
            _ => Whole(self.0).fmt(f),
        }
    }
}

/// What stands behind `title:`.
struct Scoped<'a>(&'a Ast);

impl Display for Scoped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            AstKind::Term(_) | AstKind::Phrase(_) => Whole(self.0).fmt(f),
            _ => write!(f, "({})", Whole(self.0)),
        }
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let equals = if self.exact { "=" } else { "" };
        let star = if self.prefix_last { "*" } else { "" };
        write!(f, "{equals}\"{}{star}\"", self.text)?;
        if self.slop > 0 {
            write!(f, "~{}", self.slop)?;
        }
        Ok(())
    }
}

impl Display for Author {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let equals = if self.literal { "=" } else { "" };
        let caret = if self.first { "^" } else { "" };
        let star = if self.prefix { "*" } else { "" };
        write!(f, "{equals}author:\"{caret}{}{star}\"", self.text)
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let star = if self.prefix { "*" } else { "" };
        write!(f, "{}:\"{}{star}\"", self.field.name(), self.text)
    }
}

/// A term with its operators. A comma keeps `AND` a word.
fn bare(term: &Term) -> String {
    let text = &term.text;
    // As with a comma behind it, it is a word and no operator, and ends in no tag.
    let ends_in_tag = text
        .match_indices([':', '/', '[', ']'])
        .any(|(at, _)| dialect::ovid::is_embase_suffix(&text[at..]));
    // Left out before `al`, before an Ovid heading; a filter of PubMed's.
    let is_special = matches!(text.as_str(), "et" | "exp") || dialect::has_abstract(text).is_some();
    let leads = dialect::scopus::leads(text);
    let comma = if ends_in_tag || is_special || leads || Operator::parse(text).is_some() {
        ","
    } else {
        ""
    };
    match term.modifier {
        Modifier::Plain | Modifier::Wildcard => format!("{text}{comma}"),
        Modifier::Exact => format!("={text}{comma}"),
        Modifier::Prefix => format!("{text}*"),
        Modifier::Fuzzy(edits) => format!("{text}~{edits}"),
    }
}

/// Whether `^2` can stand directly behind.
fn takes_suffix(ast: &Ast) -> bool {
    match &ast.kind {
        AstKind::Term(term) => takes_boost(&term.text),
        AstKind::Phrase(_) | AstKind::Author(_) => true,
        AstKind::Scoped { ast, .. } => match &ast.kind {
            AstKind::Term(_) => takes_suffix(ast),
            _ => true,
        },
        _ => false,
    }
}

fn names(fields: &[Field]) -> String {
    match fields {
        [Field::Title, Field::Abstract] => "tiab".to_string(),
        _ => fields
            .iter()
            .map(|field| field.name())
            .collect::<Vec<_>>()
            .join(","),
    }
}

fn range<T: Display + PartialEq>(
    f: &mut Formatter<'_>,
    low: &Bound<T>,
    high: &Bound<T>,
) -> fmt::Result {
    match (low, high) {
        (Bound::Included(low), Bound::Included(high)) if low == high => write!(f, "{low}"),
        (Bound::Included(low), Bound::Included(high)) => write!(f, "{low}..{high}"),
        (Bound::Included(low), Bound::Unbounded) => write!(f, "{low}.."),
        (Bound::Unbounded, Bound::Included(high)) => write!(f, "..{high}"),
        (Bound::Excluded(low), Bound::Unbounded) => write!(f, ">{low}"),
        (Bound::Unbounded, Bound::Excluded(high)) => write!(f, "<{high}"),
        (Bound::Unbounded, Bound::Unbounded) => f.write_str("*"),
        (Bound::Excluded(low), Bound::Excluded(high)) => write!(f, "{{{low} TO {high}}}"),
        (Bound::Included(low), Bound::Excluded(high)) => write!(f, "[{low} TO {high}}}"),
        (Bound::Excluded(low), Bound::Included(high)) => write!(f, "{{{low} TO {high}]"),
    }
}

fn join<'a, D: Display>(
    f: &mut Formatter<'_>,
    members: &'a [Ast],
    separator: &str,
    shown: fn(&'a Ast) -> D,
) -> fmt::Result {
    for (idx, member) in members.iter().enumerate() {
        if idx > 0 {
            f.write_str(separator)?;
        }
        shown(member).fmt(f)?;
    }
    Ok(())
}
