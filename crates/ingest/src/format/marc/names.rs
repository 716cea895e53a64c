//! Who made a work: 100 and 110 come first, 700 and 710 are others, of whom
//! some wrote it and some are editors, publishers or persons it is about.

use super::field::Field;
use crate::draft::{RawAuthor, RawName};

/// The names of a record.
#[derive(Default)]
pub(super) struct Names {
    /// Of 100 and 110, which come last in some records.
    main: Vec<RawAuthor>,
    others: Vec<RawAuthor>,
}

/// What a name has to do with the work.
#[derive(PartialEq, Eq)]
enum Role {
    Author,
    Other,
    Unsaid,
}

impl Names {
    /// Adds the name of a field, if it is an author's.
    pub(super) fn add(&mut self, number: &str, field: &Field) {
        let role = role(field);
        // With a title it is the name of another work.
        if role == Role::Other || field.first('t').is_some() {
            return;
        }
        // Invenio has collaborations there.
        if number == "710"
            && let Some(group) = field.first('g')
        {
            self.others
                .push(RawName::Collective(group.to_owned()).into());
            return;
        }
        let Some(name) = field.first('a') else { return };
        let is_body = number.ends_with("10");
        // Bodies beside the first are mostly those that published it.
        if number == "710" && role != Role::Author {
            return;
        }
        let name = match is_body {
            true => RawName::Collective(bare(name).to_owned()),
            false => RawName::One(person(name, field)),
        };
        let author = RawAuthor {
            name,
            orcid: orcid(field),
        };
        match number.starts_with('1') {
            true => self.main.push(author),
            false => self.others.push(author),
        }
    }

    /// All of them in their order.
    pub(super) fn finish(self) -> Vec<RawAuthor> {
        let mut names = self.main;
        names.extend(self.others);
        names
    }
}

/// By the code of a relator, else by its name in the language of the
/// catalogue.
fn role(field: &Field) -> Role {
    let mut codes = field.all('4').filter(|code| code.len() == 3).peekable();
    if codes.peek().is_some() {
        let is_author = codes.any(|code| matches!(code, "aut" | "cre" | "dis" | "inv"));
        return if is_author { Role::Author } else { Role::Other };
    }
    let mut names = field.all('e').map(str::to_lowercase).peekable();
    if names.peek().is_none() {
        return Role::Unsaid;
    }
    let is_author = |name: String| {
        let marks = ["aut", "verf", "creat", "writ", "forf"];
        marks.iter().any(|mark| name.starts_with(mark))
    };
    if names.any(is_author) {
        Role::Author
    } else {
        Role::Other
    }
}

/// `King, Martin L.,` with `Jr.,` in a part of its own. A lone forename, as of
/// Plato, is the whole name.
fn person(name: &str, field: &Field) -> String {
    let mut name = bare(name).to_owned();
    let suffix = field.first('c').map(bare);
    if let Some(suffix) = suffix.filter(|suffix| matches!(*suffix, "Jr." | "Jr" | "Sr." | "Sr"))
        && field.indicator != "0"
    {
        name.push_str(", ");
        name.push_str(suffix);
    }
    name
}

fn bare(name: &str) -> &str {
    name.trim_end_matches([' ', ',', ';'])
}

/// `(orcid)0000-…` in `$0`, an address in `$1`, `ORCID:0000-…` in `$j`.
fn orcid(field: &Field) -> Option<String> {
    let mut ids = ['0', '1', 'j'].into_iter().flat_map(|code| field.all(code));
    ids.find_map(|id| {
        let at = id.to_ascii_lowercase().find("orcid")?;
        let number = id.get(at..)?;
        let digit = number.find(|c: char| c.is_ascii_digit())?;
        number.get(digit..).map(str::to_owned)
    })
}
