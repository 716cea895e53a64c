//! An author, taken apart once.
//!
//! Sources write one name in a dozen ways (`Lu, Lewei`, `Lewei Lu`, `Lu L`,
//! `Hoiby-N`, `brenckman,m.`). This module reads all of them into the same
//! parts, and gives three forms back: one to show, one to sort and group by
//! (the key), and a test for whether a name asked for fits one on record.
//!
//! Every function here is total: any text gives an author, nothing panics,
//! and the work done grows with the length of the text and no faster. Names
//! come in without mark-up; LaTeX and entities are decoded before.

mod abbreviated;
mod clean;
mod evidence;
mod given;
mod key;
mod list;
mod order;
mod pieces;
mod query;
mod spelling;
#[cfg(test)]
mod tests;
mod words;

pub use query::NameQuery;

/// One author of a record: a person's name in its parts, or a collective.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author {
    /// The name.
    pub name: Name,
    /// ORCID, `0000-0002-1825-0097`, where the source gives it.
    pub orcid: Option<String>,
}

/// A name in its parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// One human being.
    Person {
        /// Family name without a lower-case particle. A capital one (`Van
        /// Driel`, `Le Hur`) stays here: it is written as part of the name.
        family: String,
        /// Given names or initials, empty for a single name.
        given: String,
        /// `van`, `de la`, as the source writes it; part of the key.
        particle: String,
        /// `Jr.`, `III`; not part of the key.
        suffix: String,
    },
    /// A group, a consortium, an institution.
    Collective(String),
}

impl Author {
    /// Takes one author's name apart, whatever its order.
    ///
    /// A comma says `Family, Given`. Without one the family name is the last
    /// word, or what a lower-case particle opens, or what stands before
    /// trailing initials (`Reimer EJ`). Text that names a group is a
    /// collective. Text without any letter gives an empty author.
    ///
    /// ```
    /// use abs_record::Author;
    ///
    /// assert_eq!(Author::parse("Ludwig van der Berg").display(), "van der Berg, Ludwig");
    /// assert_eq!(Author::parse("Reimer EJ").key(), "reimer, e j");
    /// ```
    pub fn parse(text: &str) -> Author {
        let text = text.trim();
        if let Some(inner) = clean::braced(text) {
            return Author::collective(inner);
        }
        let cleaned = clean::clean(text);
        if evidence::is_collective(&cleaned) {
            return Author::collective(text);
        }
        Author::from(order::parse(&cleaned))
    }

    /// A person of known family and given names.
    ///
    /// The parts are put in order as by [`Author::parse`]: a particle or a
    /// suffix inside the family name is split off, a family name of several
    /// words without any given name is read as a whole name, and parts that
    /// together name a group (`Collaboration`, `ATLAS`) give a collective.
    pub fn person(family: &str, given: &str) -> Author {
        Author::person_with(family, given, "", "")
    }

    /// A person of known parts; see [`Author::person`]. A suffix that is none
    /// is kept with the given names.
    pub fn person_with(family: &str, given: &str, particle: &str, suffix: &str) -> Author {
        let family = clean::clean_part(family);
        let given = clean::clean_part(given);
        let particle = clean::clean_part(particle);
        let suffix = clean::clean_part(suffix);
        let family = match particle.is_empty() {
            true => family,
            false => join_words(&[&*particle, &*family]).into(),
        };
        if evidence::is_collective_in_parts(&family, &given, &suffix) {
            return Author::collective(&join_words(&[&*given, &*family, &*suffix]));
        }
        let name = match words::suffix_kind(&suffix) {
            None if !suffix.is_empty() => {
                order::assemble(&family, &join_words(&[&*given, &*suffix]), "")
            }
            _ => order::assemble(&family, &given, &suffix),
        };
        Author::from(name)
    }

    /// A group, a consortium, an institution.
    pub fn collective(name: &str) -> Author {
        Author::from(Name::Collective(clean::tidy(name)))
    }

    /// The same author with an ORCID, bare or as an address; anything else
    /// than an ORCID is ignored.
    #[must_use]
    pub fn with_orcid(mut self, orcid: &str) -> Author {
        if let Some(orcid) = bare_orcid(orcid) {
            self.orcid = Some(orcid);
        }
        self
    }

    /// The authors of a flat list: `;`, `|`, line ends, ` and `, ` & ` or
    /// commas between them.
    ///
    /// With commas alone the list is read as `First Last, First Last` where
    /// the pieces look like whole names, as `Family, Given, Family, Given`
    /// where most are single words. Affiliations in parentheses, `et al.` and
    /// `and others` are dropped.
    ///
    /// ```
    /// use abs_record::Author;
    ///
    /// let list = "A. B. Smith, C. D. Jones (Univ. X, Y), Jean Doe and Q. Public";
    /// let families: Vec<String> = Author::parse_list(list).iter().map(Author::display).collect();
    /// assert_eq!(families, ["Smith, A. B.", "Jones, C. D.", "Doe, Jean", "Public, Q."]);
    /// ```
    pub fn parse_list(text: &str) -> Vec<Author> {
        list::parse_list(text)
    }

    /// The authors of a flat list of pairs, `Wang, Weiyun, Gao, Zhangwei`. Of
    /// an odd count the last is a single name; a suffix belongs to the pair
    /// before it.
    pub fn parse_pairs(text: &str) -> Vec<Author> {
        list::parse_pairs(text)
    }

    /// Whether there is no name: the text held no letter.
    pub fn is_empty(&self) -> bool {
        match &self.name {
            Name::Person { family, given, .. } => family.is_empty() && given.is_empty(),
            Name::Collective(name) => !name.chars().any(char::is_alphanumeric),
        }
    }

    /// The inverted form: `van der Berg, Ludwig`, `King, Martin L., Jr.`.
    /// Parsed again it gives the same person.
    pub fn display(&self) -> String {
        let (family, given, particle, suffix) = match &self.name {
            Name::Collective(name) => return name.clone(),
            Name::Person {
                family,
                given,
                particle,
                suffix,
            } => (family, given, particle, suffix),
        };
        let length = family.len() + given.len() + particle.len() + suffix.len() + 5;
        let mut out = String::with_capacity(length);
        push_with(&mut out, " ", particle);
        push_with(&mut out, " ", family);
        push_with(&mut out, ", ", given);
        push_with(&mut out, ", ", suffix);
        out
    }

    /// The natural form: `Ludwig van der Berg`, `Martin L. King Jr.`.
    pub fn natural(&self) -> String {
        match &self.name {
            Name::Collective(name) => name.clone(),
            Name::Person {
                family,
                given,
                particle,
                suffix,
            } => join_words(&[given.as_str(), particle, family, suffix]),
        }
    }

    /// The form in which spellings of one name meet, `van der berg, ludwig`:
    /// folded, without suffix, periods and apostrophes, hyphens read as
    /// blanks, initials apart (`serre, j p`). A single name and a collective
    /// have no comma. At most 400 bytes.
    pub fn key(&self) -> String {
        key::key(&self.name)
    }

    /// The folded words of the name for searching: family, particle, given;
    /// `jean-pierre` gives two. No suffix.
    pub fn name_parts(&self) -> Vec<String> {
        key::name_parts(&self.name)
    }

    /// Whether this author may be the one asked for: the same family name in
    /// any of its spellings, and given names that agree position by position,
    /// initials with the names they open. See [`NameQuery`] for asking many.
    pub fn fits(&self, query: &Author) -> bool {
        NameQuery::from(query).key_fits(&self.key())
    }
}

impl From<Name> for Author {
    fn from(name: Name) -> Author {
        Author { name, orcid: None }
    }
}

/// The 19 characters of an ORCID at the end of `text`.
fn bare_orcid(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/');
    let bare = text.get(text.len().checked_sub(19)?..)?;
    let well_formed = bare.bytes().enumerate().all(|(i, byte)| match i {
        4 | 9 | 14 => byte == b'-',
        18 => byte.is_ascii_digit() || byte.eq_ignore_ascii_case(&b'x'),
        _ => byte.is_ascii_digit(),
    });
    well_formed.then(|| bare.to_ascii_uppercase())
}

/// The non-empty parts with a blank between.
fn join_words(parts: &[&str]) -> String {
    let mut out = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for part in parts {
        push_with(&mut out, " ", part);
    }
    out
}

/// Appends `part`, if any, after `separator` where something stands before.
fn push_with(out: &mut String, separator: &str, part: &str) {
    if part.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push_str(separator);
    }
    out.push_str(part);
}
