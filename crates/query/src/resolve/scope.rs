//! Where text is looked for.

use abs_record::Field;

use crate::phrase::Region;

/// The fields a word is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) title: bool,
    pub(crate) abstract_text: bool,
    pub(crate) author: bool,
    pub(crate) venue: bool,
    pub(crate) keyword: bool,
}

/// No field named: title, abstract and the names of authors.
impl Default for Scope {
    fn default() -> Scope {
        Scope {
            title: true,
            abstract_text: true,
            author: true,
            venue: false,
            keyword: false,
        }
    }
}

impl Scope {
    /// Where in the flat field exact words are looked for, if at all.
    pub(crate) fn region(&self) -> Option<Region> {
        match (self.title, self.abstract_text) {
            (true, true) => Some(Region::Either),
            (true, false) => Some(Region::Title),
            (false, true) => Some(Region::Abstract),
            (false, false) => None,
        }
    }

    pub(crate) fn of(fields: &[Field]) -> Scope {
        let any = |field: Field| fields.contains(&field);
        let both = any(Field::TitleAbstract);
        Scope {
            title: both || any(Field::Title),
            abstract_text: both || any(Field::Abstract),
            author: any(Field::Author),
            venue: any(Field::Venue),
            keyword: any(Field::Keyword),
        }
    }
}
