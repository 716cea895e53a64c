//! A record of RIS to a draft.

use abs_record::Date;
use abs_record::date::month_of;

use crate::draft::{Draft, RawAuthor, RawName};
use crate::format::known_ids::{is_content, is_global};
use crate::format::tagged::Fields;
use crate::ids;

pub(super) fn from_fields(fields: &Fields) -> Draft {
    let title = fields.text(&["TI", "T1", "CT", "BT", "ST"]);
    let venue = fields.text(&["T2", "JF", "JO", "J2", "JA", "BT", "T3"]);
    let venue = venue.or_else(|| match fields.first(&["TY"])? {
        // Zotero and EndNote have the proceedings of a paper there.
        "CONF" | "CPAPER" => fields.text(&["C3"]),
        // The university, or who reports.
        "THES" | "RPRT" => fields.text(&["PB"]),
        _ => None,
    });
    Draft {
        id: fields
            .text(&["UT", "AN"])
            .filter(|id| is_global(id))
            .or_else(|| fields.text(&["ID"]).filter(|id| is_content(id))),
        database: fields.text(&["DB"]),
        // The title of a book is not its venue.
        venue: venue.filter(|venue| Some(venue) != title.as_ref()),
        title,
        authors: authors(fields),
        abstract_text: abstract_text(fields),
        date: date(fields),
        keywords: keywords(fields),
        doi: doi(fields),
        pmid: pmid(fields),
        url: url(fields),
        language: fields.text(&["LA"]),
        place: ids::place(
            fields.first(&["VL"]).unwrap_or_default(),
            fields.first(&["IS"]).unwrap_or_default(),
            fields.first(&["SP"]).unwrap_or_default(),
        ),
        ..Draft::default()
    }
}

/// Authors, not editors, who have `A2` and `ED`.
fn authors(fields: &Fields) -> Vec<RawAuthor> {
    let is_author = |tag: &str| matches!(tag, "AU" | "A1");
    let names = fields
        .iter()
        .filter(|(tag, name)| is_author(tag) && !name.is_empty());
    let names = names.flat_map(|(_, names)| names.lines());
    names
        .map(|name| match name.contains(';') {
            true => RawName::List(name.to_owned()).into(),
            false => RawName::One(name.trim_end_matches(',').to_owned()).into(),
        })
        .collect()
}

/// `AB` or `N2`; an exporter that fills both puts the abstract in one of them.
fn abstract_text(fields: &Fields) -> Option<String> {
    let texts = [fields.joined("AB"), fields.joined("N2")];
    let longest = texts.into_iter().rev().max_by_key(String::len)?;
    (!longest.is_empty()).then_some(longest)
}

/// One a line, whether each has a tag or not.
fn keywords(fields: &Fields) -> Vec<String> {
    let lines = fields.all("KW").flat_map(|value| value.split(['\n', ';']));
    lines
        .map(|word| word.trim().trim_start_matches('*').to_owned())
        .collect()
}

/// The year of `PY` or `Y1`, and what is more exact about the same year.
fn date(fields: &Fields) -> Option<Date> {
    let dates = ["PY", "Y1", "DA"].map(|tag| fields.all(tag).find_map(parse_date));
    let year = dates.iter().flatten().next()?.year();
    // Web of Science has no year with the month: `DA  - MAR 15`.
    let partial = ["DA", "PD"].into_iter().flat_map(|tag| fields.all(tag));
    let completed = partial.filter_map(|part| Date::parse(&format!("{part} {year}")));
    let all = dates.iter().flatten().copied().chain(completed);
    let same = all.filter(|date| date.year() == year);
    same.max_by_key(|date| date.ymd())
}

/// `2019`, `2019//`, `2019/05/03/Spring`, `Mar. 2017`, `4-8 Aug. 2020`.
pub(in crate::format) fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('/').map(str::trim);
    let year = parts
        .next()
        .filter(|year| year.len() == 4)
        .and_then(|year| year.parse().ok());
    if let Some(year) = year.filter(|year| *year > 1000) {
        let mut small = || {
            parts
                .next()
                .and_then(|part| part.parse().ok().or_else(|| month_of(part)))
        };
        let (month, day) = (small(), small());
        return Date::new(year, month, day)
            .or_else(|| Date::new(year, month, None))
            .or_else(|| Date::new(year, None, None));
    }
    let date = ids::date(text)?;
    if date.year() > 1000 {
        return Some(date);
    }
    // The days of a conference were read as a year.
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let year = words
        .clone()
        .find_map(|word| word.parse().ok().filter(|year| *year > 1000))?;
    Date::new(year, words.find_map(month_of), None)
}

fn doi(fields: &Fields) -> Option<String> {
    let is_doi = |value: &&str| ids::doi(value).is_some();
    let own = fields.all("DO").find(is_doi);
    // Links, and `M3`, which some databases use for it.
    let linked = || {
        ["M3", "UR", "L2", "L3", "LK"]
            .into_iter()
            .find_map(|tag| fields.all(tag).find(is_doi))
    };
    let noted = || {
        let notes = fields.all("N1").find_map(|note| {
            let at = note.to_ascii_lowercase().find("doi:")?;
            note.get(at..)
        });
        notes.filter(is_doi)
    };
    // Springer's chapters.
    let key = || fields.all("ID").find(is_doi);
    let found = own.or_else(linked).or_else(noted).or_else(key);
    found.map(str::to_owned)
}

/// The PubMed id, which has no tag of its own: each database has it elsewhere.
fn pmid(fields: &Fields) -> Option<String> {
    let is_from = |name: &str| {
        let sources = ["DB", "DP"].into_iter().flat_map(|tag| fields.all(tag));
        sources
            .into_iter()
            .any(|source| source.to_ascii_lowercase().contains(name))
    };
    let number = |tag| {
        fields
            .all(tag)
            .find(|id| id.len() > 3 && ids::pmid(id).is_some())
    };
    let marked = |tag| {
        fields
            .all(tag)
            .find(|id| id.to_ascii_uppercase().starts_with("PMID"))
    };
    let found = if is_from("embase") {
        number("C5")
    } else if is_from("scopus") {
        number("C2")
    } else if is_from("pubmed") || is_from("medline") || is_from("nlm") {
        number("AN").or_else(|| number("ID"))
    } else if is_own(fields) {
        // `arXiv:hep-ex/0307015` ends in a number too.
        let is_number = |id: &&str| id.bytes().all(|b| b.is_ascii_digit());
        fields.all("AN").find(is_number)
    } else {
        None
    };
    let found = found.or_else(|| ["AN", "C2", "N1"].into_iter().find_map(marked));
    found.map(str::to_owned)
}

/// Whether a record is of our own export (`crates/printer/src/export/ris.rs`),
/// whose order and choice of tags nobody else has.
fn is_own(fields: &Fields) -> bool {
    const TAGS: &[&str] = &[
        "TY", "ID", "TI", "AU", "PY", "DA", "JO", "AB", "DO", "UR", "LA", "KW", "AN",
    ];
    let place = |tag: &str| TAGS.iter().position(|known| *known == tag);
    let mut tags = fields.iter().map(|(tag, _)| tag);
    let has_id = tags.by_ref().take(2).eq(["TY", "ID"]);
    let mut last = 0;
    let in_order = tags.all(|tag| {
        let before = std::mem::replace(&mut last, place(tag).unwrap_or_default());
        last > 0 && before <= last
    });
    has_id && in_order && last + 1 == TAGS.len()
}

/// The first link; several may stand in one value.
fn url(fields: &Fields) -> Option<String> {
    let links = ["UR", "LK", "L2"]
        .into_iter()
        .flat_map(|tag| fields.all(tag));
    let mut links = links.flat_map(|links| links.split([' ', '\n', ';']));
    links.find(|link| link.contains("://")).map(str::to_owned)
}
