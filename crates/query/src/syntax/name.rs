//! The names before a colon, and what a value after it is read as.

use abs_record::Field;

/// Where a clause is looked for, and so how its text is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// In text, as values, or both (`ti,doi:x`). Both empty: wherever text is
    /// looked for by default.
    Fields {
        text: Vec<Field>,
        values: Vec<Field>,
    },
    /// `author:`
    Author { first: bool },
    /// `year:`, `date:`
    Dates,
    /// `since:`
    Since,
    /// `ac:`
    AuthorCount,
    /// `has:`
    Has,
}

impl Target {
    /// Wherever text is looked for by default.
    pub(super) const ANY: Target = Target::Fields {
        text: Vec::new(),
        values: Vec::new(),
    };

    /// In these fields; `None` when they do not go together.
    pub(super) fn fields(fields: &[Field]) -> Option<Target> {
        if fields == [Field::Author] {
            return Some(Target::Author { first: false });
        }
        if fields
            .iter()
            .all(|field| matches!(field, Field::Year | Field::Date))
        {
            return Some(Target::Dates);
        }
        let (mut text, mut values) = (Vec::new(), Vec::new());
        for field in fields {
            match field {
                Field::TitleAbstract => text.extend([Field::Title, Field::Abstract]),
                Field::Title | Field::Abstract | Field::Venue | Field::Keyword | Field::Author => {
                    text.push(*field);
                }
                Field::Year | Field::Date => return None,
                Field::Id
                | Field::Doi
                | Field::Arxiv
                | Field::Pmid
                | Field::Category
                | Field::Language => values.push(*field),
            }
        }
        text.sort_unstable();
        text.dedup();
        values.sort_unstable();
        values.dedup();
        Some(Target::Fields { text, values })
    }

    /// What the names before a colon mean: `ti,abs`.
    pub(super) fn parse(names: &str) -> Option<Target> {
        match names.to_ascii_lowercase().as_str() {
            "since" => return Some(Target::Since),
            "ac" | "author_count" => return Some(Target::AuthorCount),
            "has" => return Some(Target::Has),
            "first_author" => return Some(Target::Author { first: true }),
            // arXiv's and ADS's names for everything.
            "all" | "full" => return Some(Target::ANY),
            _ => {}
        }
        let fields: Option<Vec<Field>> = names.split(',').map(field).collect();
        Target::fields(&fields?)
    }

    /// Whether what follows is taken up to the next blank, whatever it holds.
    pub(super) fn is_raw(&self) -> bool {
        match self {
            Target::Fields { text, values } => text.is_empty() && !values.is_empty(),
            Target::Author { .. } => false,
            Target::Dates | Target::Since | Target::AuthorCount | Target::Has => true,
        }
    }

    /// Whether a colon inside is part of it: record ids have one.
    pub(super) fn keeps_colons(&self) -> bool {
        match self {
            Target::Fields { values, .. } => values.contains(&Field::Id),
            _ => false,
        }
    }

    /// Its fields, for `title:*`.
    pub(super) fn known_fields(&self) -> Vec<Field> {
        match self {
            Target::Fields { text, values } => text.iter().chain(values).copied().collect(),
            Target::Author { .. } | Target::AuthorCount => vec![Field::Author],
            Target::Dates | Target::Since => vec![Field::Year],
            Target::Has => Vec::new(),
        }
    }
}

/// One name, ours or one that arXiv or ADS gives to the same thing.
fn field(name: &str) -> Option<Field> {
    Field::parse(name).or(match name.to_ascii_lowercase().as_str() {
        "jr" | "bibstem" | "pub" => Some(Field::Venue),
        "pubdate" | "submitteddate" => Some(Field::Date),
        "identifier" => Some(Field::Id),
        // Google Scholar's.
        "intitle" => Some(Field::Title),
        "inauthor" => Some(Field::Author),
        _ => None,
    })
}
