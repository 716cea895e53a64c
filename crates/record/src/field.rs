//! The one list of fields a person can name in a query, a facet or a sort.

/// A named part of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// `title:`, `ti:`
    Title,
    /// `abstract:`, `abs:`
    Abstract,
    /// `tiab:`: title or abstract
    TitleAbstract,
    /// `author:`, `au:`
    Author,
    /// `year:`
    Year,
    /// `date:`
    Date,
    /// `venue:`, `journal:`
    Venue,
    /// `cat:`
    Category,
    /// `kw:`
    Keyword,
    /// `id:`
    Id,
    /// `doi:`
    Doi,
    /// `arxiv:`
    Arxiv,
    /// `pmid:`
    Pmid,
    /// `lang:`
    Language,
}

/// Every field with the names it answers to, the first being its own.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Title, &["title", "ti"]),
    (Field::Abstract, &["abstract", "abs", "ab"]),
    (Field::TitleAbstract, &["tiab"]),
    (Field::Author, &["author", "au", "authors"]),
    (Field::Year, &["year", "yr"]),
    (Field::Date, &["date"]),
    (Field::Venue, &["venue", "journal", "jour"]),
    (Field::Category, &["cat", "category", "categories"]),
    (Field::Keyword, &["kw", "keyword", "keywords"]),
    (Field::Id, &["id"]),
    (Field::Doi, &["doi"]),
    (Field::Arxiv, &["arxiv"]),
    (Field::Pmid, &["pmid"]),
    (Field::Language, &["lang", "language"]),
];

impl Field {
    /// Every field.
    pub fn all() -> impl Iterator<Item = Field> {
        NAMES.iter().map(|(field, _)| *field)
    }

    /// The field a name means, in any case.
    pub fn parse(name: &str) -> Option<Field> {
        NAMES
            .iter()
            .find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name)))
            .map(|(field, _)| *field)
    }

    /// The field's own name, as queries and JSON write it.
    pub fn name(self) -> &'static str {
        self.names()[0]
    }

    /// All names the field answers to.
    pub fn names(self) -> &'static [&'static str] {
        NAMES
            .iter()
            .find(|(field, _)| *field == self)
            .map_or(&[""], |(_, names)| names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_answers_to_its_names_and_no_name_is_taken_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for field in Field::all() {
            for name in field.names() {
                assert_eq!(Field::parse(name), Some(field));
                assert!(seen.insert(*name), "{name} is taken twice");
            }
        }
        assert_eq!(Field::parse("AU"), Some(Field::Author));
        assert_eq!(Field::parse("warning"), None);
    }
}
