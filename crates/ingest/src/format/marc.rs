//! MARC 21 as XML (<https://www.loc.gov/standards/marcxml/>), which library
//! catalogues, Koha, Invenio (CDS, the older INSPIRE) and DSpace give: fields
//! have numbers, and parts of a letter each
//! (<https://www.loc.gov/marc/bibliographic/>).

mod field;
mod names;

use std::io::BufRead;
use std::path::Path;

use abs_record::Date;

use self::field::Field;
use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::draft::Draft;
use crate::error::ReadErrorKind;
use crate::ids;

/// MARC as XML.
#[derive(Debug, Clone, Copy)]
pub struct Marc;

impl Format for Marc {
    fn name(&self) -> &'static str {
        "MARC XML"
    }

    fn source(&self) -> &'static str {
        "marc"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match Root::find(head) {
            Some(root)
                if matches!(root.name.as_str(), "collection" | "record") && has_fields(&root) =>
            {
                Confidence::Certain
            }
            _ => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        xml::open(Reader, input, path)
    }
}

/// Whether there are fields of MARC in a head; those of PICA have no
/// indicators.
pub(super) fn has_fields(root: &Root) -> bool {
    (root.has("<datafield ") || root.has(":datafield ")) && root.has("ind1=")
}

struct Reader;

impl Dialect for Reader {
    const WANTED: Wanted = Wanted {
        elements: &["record"],
        tags: &[],
        breaks: &["record"],
    };

    fn element(
        &mut self,
        _: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        found.draft(read(cursor)?);
        Ok(())
    }
}

/// What the fields say that come in any order.
#[derive(Default)]
struct Notes {
    /// Who gave the record its number.
    agency: String,
    number: String,
    /// The field of fixed places: a year, a language.
    fixed: String,
    issued: Option<Date>,
    /// The year of the issue, or of the thesis.
    of_host: Option<Date>,
}

/// The record just entered.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Draft, ReadErrorKind> {
    let (mut draft, mut notes) = (Draft::default(), Notes::default());
    let mut authors = names::Names::default();
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        let number = tag.attribute("tag").unwrap_or_default();
        match tag.name() {
            "controlfield" => match number.as_str() {
                "001" => notes.number = cursor.text()?,
                "003" => notes.agency = cursor.text()?,
                "008" => notes.fixed = cursor.text()?,
                _ => {}
            },
            "datafield" => {
                let field = Field::read(&tag, cursor)?;
                match number.as_str() {
                    "100" | "110" | "700" | "710" => authors.add(&number, &field),
                    _ => take(&number, &field, &mut draft, &mut notes),
                }
            }
            _ => {}
        }
    }
    draft.authors = authors.finish();
    finish(&mut draft, notes);
    Ok(draft)
}

fn take(number: &str, field: &Field, draft: &mut Draft, notes: &mut Notes) {
    let first = |code| field.first(code).map(str::to_owned);
    match number {
        "024" => identifier(field, draft),
        "037" if field.is('9', "arxiv") => draft.arxiv = draft.arxiv.take().or_else(|| first('a')),
        "041" => draft.language = draft.language.take().or_else(|| first('a')),
        "245" => draft.title = draft.title.take().or_else(|| title(field)),
        "260" | "264" | "269" => {
            let date = field.all('c').find_map(ids::date);
            // The most exact, as long as they speak of one year.
            notes.issued = notes.issued.into_iter().chain(date).reduce(|one, other| {
                match one.year() == other.year() {
                    true if other.ymd() > one.ymd() => other,
                    _ => one,
                }
            });
        }
        "502" => notes.of_host = notes.of_host.or_else(|| field.all('d').find_map(ids::date)),
        "520" => {
            let text: Vec<&str> = field.all('a').chain(field.all('b')).collect();
            draft.abstract_text = draft.abstract_text.take().or_else(|| Some(text.join(" ")));
        }
        "650" if field.is('2', "arxiv") => {
            draft.categories.extend(field.all('a').map(str::to_owned));
        }
        "650" | "651" => {
            // `Fishes -- History -- Europe`
            let parts: Vec<&str> = ['a', 'x', 'y', 'z']
                .into_iter()
                .flat_map(|code| field.all(code))
                .collect();
            draft
                .keywords
                .push(without_end(&parts.join(" -- ")).to_owned());
        }
        "653" | "695" => {
            let terms = field.all('a').filter(|term| !term.starts_with('*'));
            draft
                .keywords
                .extend(terms.map(|term| without_end(term).to_owned()));
        }
        "773" => {
            let host = field.first('t').or_else(|| field.first('p'));
            let host = host.map(|host| without_end(host).to_owned());
            draft.venue = draft.venue.take().or(host);
            notes.of_host = notes.of_host.or_else(|| field.all('y').find_map(ids::date));
        }
        "856" => {
            let mut links = field.all('u');
            if let Some(link) = links.next() {
                draft.doi = draft.doi.take().or_else(|| ids::doi_of_address(link));
                draft.url.get_or_insert_with(|| link.to_owned());
            }
        }
        _ => {}
    }
}

/// A number whose kind is said beside it.
fn identifier(field: &Field, draft: &mut Draft) {
    let Some(id) = field.first('a') else { return };
    if field.is('2', "doi") {
        draft.doi.get_or_insert_with(|| id.to_owned());
    } else if field.is('2', "arxiv") {
        draft.arxiv.get_or_insert_with(|| id.to_owned());
    } else if field.is('2', "pmid") {
        draft.pmid.get_or_insert_with(|| id.to_owned());
    } else if field.first('2').is_none() && id.starts_with("10.") {
        draft.doi = draft.doi.take().or_else(|| ids::doi(id));
    }
}

/// The parts of a title in their order, without the punctuation that ISBD
/// puts between them.
fn title(field: &Field) -> Option<String> {
    let mut title = String::new();
    for (code, part) in field.parts() {
        let separator = match code {
            'a' | 'b' | 'n' | 'p' if title.is_empty() => "",
            'a' | 'b' => ": ",
            'n' | 'p' => ". ",
            _ => continue,
        };
        // A mark of its own is enough.
        match title.ends_with(['?', '!', '.']) {
            true if !separator.is_empty() => title.push(' '),
            _ => title.push_str(separator),
        }
        title.push_str(without_end(part));
    }
    (!title.is_empty()).then_some(title)
}

/// A text without the mark that leads on to the next.
fn without_end(text: &str) -> &str {
    let bare = text.trim_end_matches([' ', '/', ':', ';', '=', ',']);
    match bare.strip_suffix('.') {
        // `U.S.`, `et al.` and dots that go on are left.
        Some(inner) if !inner.ends_with('.') && !inner.contains(". ") && inner.len() > 4 => {
            let last = inner.rsplit([' ', '.']).next().unwrap_or(inner);
            if last.chars().count() > 3 {
                inner
            } else {
                bare
            }
        }
        _ => bare,
    }
}

fn finish(draft: &mut Draft, notes: Notes) {
    let fixed = || ids::date(notes.fixed.get(7..11)?);
    draft.date = notes.issued.or(notes.of_host).or_else(fixed);
    if draft.language.is_none() {
        draft.language = language(&notes.fixed).map(str::to_owned);
    }
    // A number is one of its agency only.
    let (agency, number) = (notes.agency.trim(), notes.number.trim());
    if !agency.is_empty() && !number.is_empty() {
        draft.id = Some(format!("{agency}:{number}"));
    }
}

/// The language at its place in field 008, which has 40 of them, or the last
/// word of three letters but for a mark: `||| eng d`, where blanks were lost.
fn language(fixed: &str) -> Option<&str> {
    let mut last = fixed.rsplit(' ').filter(|word| !word.is_empty());
    let code = match fixed.len() {
        40 => fixed.get(35..38),
        _ => last.find(|word| word.len() > 2),
    }?;
    let is_code = code.len() == 3 && code.bytes().all(|b| b.is_ascii_lowercase());
    (is_code && !matches!(code, "zxx" | "und" | "mul")).then_some(code)
}

#[cfg(test)]
mod tests;
