//! Names, dates and parts of a record.

use std::ops::Bound;

use abs_record::{Author, Date, Field, NameQuery, Record};
use abs_schema::analyzer::Kind;

use super::words::{Token, lex};

/// What an author must be to be meant.
pub(super) fn author_test(asked: &abs_query::syntax::Author) -> impl Fn(&Author) -> bool + '_ {
    let query = NameQuery::parse(&asked.text);
    let words: Vec<Token> = lex(&asked.text);
    let is_part = !asked.text.contains(',')
        && !asked.first
        && words.iter().filter(|t| t.kind == Kind::Part).count() == 1;
    let typed = Author::parse(&asked.text);
    move |author: &Author| {
        if asked.literal {
            author.key() == typed.key() && author.display() == asked.text.trim()
        } else if asked.prefix {
            !typed.key().is_empty() && author.key().starts_with(&typed.key())
        } else if is_part {
            let named: Vec<String> = lex(&author.display()).into_iter().map(|t| t.text).collect();
            let of_word = words.iter().any(|word| named.contains(&word.text));
            of_word || query.families().iter().any(|family| named.contains(family))
        } else {
            query.key_fits(&author.key())
        }
    }
}

pub(super) fn is_dated(date: Option<Date>, low: Bound<Date>, high: Bound<Date>) -> bool {
    let Some(date) = date else { return false };
    let after = match low {
        Bound::Included(low) => date.ymd() >= low.ymd(),
        Bound::Excluded(low) => date.ymd() > low.last_ymd(),
        Bound::Unbounded => true,
    };
    let before = match high {
        Bound::Included(high) => date.ymd() <= high.last_ymd(),
        Bound::Excluded(high) => date.ymd() < high.ymd(),
        Bound::Unbounded => true,
    };
    after && before
}

pub(super) fn has(record: &Record, field: Field) -> bool {
    match field {
        Field::Id => true,
        Field::Title => !record.title.is_empty(),
        Field::Abstract => record.abstract_text.is_some(),
        Field::Author => !record.authors.is_empty(),
        Field::Year | Field::Date => record.date.is_some(),
        Field::Venue => record.venue.is_some(),
        Field::Category => !record.categories.is_empty(),
        Field::Keyword => !record.keywords.is_empty(),
        Field::Doi => record.doi.is_some(),
        Field::Arxiv => record.arxiv.is_some(),
        Field::Pmid => record.pmid.is_some(),
        Field::Language => record.language.is_some(),
        _ => false,
    }
}
