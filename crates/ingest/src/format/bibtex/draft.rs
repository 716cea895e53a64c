//! An entry to a draft.

use abs_record::Date;
use abs_record::date::month_of;

use super::entry::Entry;
use super::{author, journal, latex};
use crate::draft::Draft;
use crate::format::known_ids::{is_global, noted};
use crate::ids;

/// The draft of an entry. Its key names another work in every file, so that
/// it becomes an id only where it says whose it is (`DBLP:…`).
pub(super) fn from_entry(entry: Entry) -> Draft {
    let fields = Fields(&entry.fields);
    let unique = fields.verbatim(&["unique-id"]);
    let key = unique.unwrap_or_else(|| entry.key.clone());
    let url = fields.verbatim(&["url", "ee", "link", "biburl"]);
    let url = url.or_else(|| linked(&fields));
    let keywords = [
        "keywords",
        "keyword",
        "author_keywords",
        "keywords-plus",
        "index_keywords",
    ];
    let classes = [
        "primaryclass",
        "eprintclass",
        "categories",
        "research-areas",
    ];
    let doi = fields.verbatim(&["doi"]).or_else(|| ids::doi(&entry.key));
    Draft {
        id: is_global(&key)
            .then_some(key)
            .filter(|key| ids::doi(key).is_none()),
        title: title(&fields),
        authors: fields.get("author").map(author::list).unwrap_or_default(),
        abstract_text: fields.plain(&["abstract", "abstractnote"]),
        date: date(&fields),
        venue: venue(&fields),
        categories: terms(&fields, &classes),
        keywords: terms(&fields, &keywords),
        doi,
        arxiv: arxiv(&fields),
        pmid: fields
            .verbatim(&["pmid", "pubmed_id"])
            .or_else(|| eprint(&fields, "pubmed"))
            .or_else(|| noted(&fields.plain(&["note"])?, "PMID")),
        url,
        language: fields.plain(&["language", "langid"]),
        place: ids::place(
            fields.get("volume").unwrap_or_default(),
            fields.first(&["number", "issue"]).unwrap_or_default(),
            fields.get("pages").unwrap_or_default(),
        ),
        ..Draft::default()
    }
}

struct Fields<'a>(&'a [(String, String)]);

impl<'a> Fields<'a> {
    /// The first value of a name that is not empty.
    fn get(&self, name: &str) -> Option<&'a str> {
        let mut named = self.0.iter().filter(|(field, _)| field == name);
        named.find_map(|(_, value)| (!value.trim().is_empty()).then_some(value.as_str()))
    }

    fn first(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.get(name))
    }

    fn plain(&self, names: &[&str]) -> Option<String> {
        self.first(names).map(latex::plain)
    }

    fn verbatim(&self, names: &[&str]) -> Option<String> {
        self.first(names).map(latex::verbatim)
    }
}

fn title(fields: &Fields<'_>) -> Option<String> {
    let title = fields.plain(&["title"])?;
    Some(match fields.plain(&["subtitle"]) {
        Some(subtitle) => format!("{}: {subtitle}", title.trim_end()),
        None => title,
    })
}

fn terms(fields: &Fields<'_>, names: &[&str]) -> Vec<String> {
    let mut terms = Vec::new();
    for text in names.iter().filter_map(|name| fields.plain(&[name])) {
        let separator = if text.contains(';') { ';' } else { ',' };
        terms.extend(
            text.split(separator)
                .map(|term| term.trim().trim_end_matches('.').to_owned()),
        );
    }
    terms
}

fn venue(fields: &Fields<'_>) -> Option<String> {
    let value = fields.first(&[
        "journal",
        "journaltitle",
        "booktitle",
        "maintitle",
        "school",
        "institution",
        "howpublished",
    ])?;
    // Where it can be had is not where it appeared.
    if value.contains("://") {
        return None;
    }
    Some(journal::named(value).map_or_else(|| latex::plain(value), str::to_owned))
}

/// An address in another field: `howpublished = {\url{https://…}}`, as people
/// have it for what is not in print, and BibDesk's own.
fn linked(fields: &Fields<'_>) -> Option<String> {
    let value = fields.first(&["howpublished", "bdsk-url-1"])?;
    let start = value.find("https://").or_else(|| value.find("http://"))?;
    let is_end = |c: char| c.is_whitespace() || matches!(c, '{' | '}');
    let address = value[start..].split(is_end).next()?;
    Some(latex::verbatim(address.trim_end_matches(['.', ',', ';'])))
}

/// BibLaTeX's `eprint` of this archive.
fn eprint(fields: &Fields<'_>, archive: &str) -> Option<String> {
    let named = fields.first(&["archiveprefix", "eprinttype"])?;
    let is_named = named.trim().eq_ignore_ascii_case(archive);
    fields.verbatim(&["eprint"]).filter(|_| is_named)
}

fn arxiv(fields: &Fields<'_>) -> Option<String> {
    let is_arxiv = |text: &str| text.to_ascii_lowercase().contains("arxiv");
    let archive = fields.first(&["archiveprefix", "eprinttype"]);
    let eprint = fields.verbatim(&["eprint"]).filter(|eprint| {
        archive.is_some_and(is_arxiv)
            || is_arxiv(eprint)
            || archive.is_none() && !eprint.contains("//")
    });
    let number = || fields.verbatim(&["arxivid", "arxiv"]);
    // `arXiv preprint arXiv:2503.10291`
    let journal = || {
        let named = fields.verbatim(&["journal", "note", "howpublished"])?;
        named
            .to_ascii_lowercase()
            .contains("arxiv:")
            .then_some(named)
    };
    // DBLP has them in a journal of their own, `volume = {abs/2503.10291}`.
    let volume = || {
        Some(
            fields
                .verbatim(&["volume"])?
                .strip_prefix("abs/")?
                .to_owned(),
        )
    };
    eprint.or_else(number).or_else(journal).or_else(volume)
}

fn date(fields: &Fields<'_>) -> Option<Date> {
    // Before our era no year is known.
    let is_ours = |date: &String| !date.trim_start().starts_with('-');
    let exact = fields.plain(&["date"]).filter(is_ours).and_then(|date| {
        // Of a range the first.
        let first = date.split('/').next().filter(|first| first.contains('-'));
        ids::date(first.unwrap_or(&date))
    });
    if exact.is_some() {
        return exact;
    }
    let year = ids::date(&fields.plain(&["year"])?)?;
    let month = fields.plain(&["month"]).unwrap_or_default();
    if year.month().is_some() || month.is_empty() {
        return Some(year);
    }
    let words = || {
        month
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    let number = |word: &str| word.parse::<u8>().ok();
    let named = words().find_map(month_of);
    let (month, day) = match named {
        // `MAR 1`, `7~mar`
        Some(named) => (Some(named), words().find_map(number)),
        None => (words().find_map(number), None),
    };
    let day = fields.get("day").and_then(|day| number(day.trim())).or(day);
    Date::new(year.year(), month, day)
        .or_else(|| Date::new(year.year(), month, None))
        .or(Some(year))
}
