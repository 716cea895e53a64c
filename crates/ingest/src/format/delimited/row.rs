//! A row to a draft.

use std::borrow::Cow;

use abs_record::Date;

use super::cell;
use super::columns::{Column, Slot};
use super::layout::Layout;
use crate::draft::{Draft, RawAuthor, RawName};
use crate::format::known_ids::noted;
use crate::format::ris;
use crate::ids;

/// The draft of a row.
pub(super) fn to_draft(layout: &Layout, fields: &[Cow<'_, str>]) -> Draft {
    let mut cells: Vec<(Column, &str)> = layout
        .columns
        .iter()
        .filter_map(|(idx, column)| Some((*column, fields.get(*idx)?.trim())))
        .filter(|(_, cell)| !cell::is_empty(cell))
        .collect();
    cells.sort_by_key(|(column, _)| column.rank);
    let row = Row { cells };
    let venue = row.best(Slot::Venue);
    let (venue, cited) = match venue {
        Some((column, cell)) if column.rank > 4 => cited(cell),
        Some((_, cell)) => (Some(cell.to_owned()), None),
        None => (None, None),
    };
    Draft {
        id: row.id(),
        title: row.text(Slot::Title),
        authors: row.authors(),
        abstract_text: row.text(Slot::Abstract),
        date: row.date().or(cited),
        venue,
        categories: row.categories(),
        keywords: row.all(Slot::Keywords).flat_map(cell::terms).collect(),
        doi: row.text(Slot::Doi),
        arxiv: row
            .first(Slot::Arxiv)
            .map(arxiv)
            .or_else(|| row.noted("arxiv")),
        pmid: row
            .first(Slot::Pmid)
            // Embase has an address behind it.
            .and_then(|pmid| pmid.split_whitespace().next())
            .map(|pmid| pmid.trim_end_matches(".0").to_owned())
            .or_else(|| row.noted("pmid")),
        url: row
            .first(Slot::Url)
            .and_then(|urls| urls.split([' ', ';']).next())
            .map(str::to_owned),
        language: row.text(Slot::Language),
        ..Draft::default()
    }
}

/// The cells that have something in them, the best first.
struct Row<'a> {
    cells: Vec<(Column, &'a str)>,
}

impl<'a> Row<'a> {
    fn best(&self, slot: Slot) -> Option<(Column, &'a str)> {
        self.cells
            .iter()
            .find(|(column, _)| column.slot == slot)
            .copied()
    }

    fn all(&self, slot: Slot) -> impl Iterator<Item = &'a str> {
        let cells = self
            .cells
            .iter()
            .filter(move |(column, _)| column.slot == slot);
        cells.map(|(_, cell)| *cell)
    }

    fn first(&self, slot: Slot) -> Option<&'a str> {
        self.all(slot).next()
    }

    fn text(&self, slot: Slot) -> Option<String> {
        self.first(slot).map(str::to_owned)
    }

    /// The date, with month and day of a column of their own.
    fn date(&self) -> Option<Date> {
        let found = self.all(Slot::Date).find_map(date)?;
        let day = self.first(Slot::Day).filter(|_| found.month().is_none());
        let exact = day.and_then(|day| Date::parse(&format!("{day} {}", found.year())));
        Some(
            exact
                .filter(|exact| exact.year() == found.year())
                .unwrap_or(found),
        )
    }

    /// Persons, then the groups they wrote for.
    fn authors(&self) -> Vec<RawAuthor> {
        let mut all = self.first(Slot::Authors).map(authors).unwrap_or_default();
        let names = self
            .first(Slot::RunTogether)
            .into_iter()
            .flat_map(cell::run_together);
        all.extend(names.map(|name| RawName::One(name.to_owned()).into()));
        let groups = self.all(Slot::Groups).flat_map(split);
        all.extend(groups.map(|group| RawName::Collective(group).into()));
        all
    }

    fn categories(&self) -> Vec<String> {
        let mut all: Vec<String> = self.all(Slot::Subjects).flat_map(split).collect();
        all.extend(self.all(Slot::Categories).flat_map(categories));
        all
    }

    fn noted(&self, name: &str) -> Option<String> {
        self.all(Slot::Extra).find_map(|note| noted(note, name))
    }

    /// The id. A bare number in a column called `id` counts rows, and names
    /// another work in every table.
    fn id(&self) -> Option<String> {
        let is_number = |id: &str| id.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        self.text(Slot::Id)
            .or_else(|| self.text(Slot::RowId).filter(|id| !is_number(id)))
    }
}

fn authors(cell: &str) -> Vec<RawAuthor> {
    match cell::list(cell).or_else(|| cell::slashed(cell)) {
        Some(names) => names
            .into_iter()
            .map(|name| RawName::One(name).into())
            .collect(),
        None => match cell::behind_initials(cell) {
            Some(names) => names
                .into_iter()
                .map(|name| RawName::One(name.to_owned()).into())
                .collect(),
            None => vec![RawName::List(cell.to_owned()).into()],
        },
    }
}

fn split(cell: &str) -> impl Iterator<Item = String> {
    let parts = cell.split(';').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned)
}

fn date(cell: &str) -> Option<Date> {
    // A year that went through a data frame.
    ris::parse_date(cell.strip_suffix(".0").unwrap_or(cell))
}

/// One text is split at blanks where every word is a class, `math.CO cs.CG`.
fn categories(cell: &str) -> Vec<String> {
    let is_class = |word: &str| word.contains('.') && !word.contains(',');
    match cell.split_whitespace().all(is_class) {
        true => cell.split_whitespace().map(str::to_owned).collect(),
        false => cell::terms(cell),
    }
}

/// The journal and the date of a citation: `Cancer (2004) 102:4 (253-258).
/// Date of Publication: 25 Aug 2004`.
fn cited(cell: &str) -> (Option<String>, Option<Date>) {
    let year = cell.split_once(" (").and_then(|(journal, rest)| {
        let year = rest.get(..5)?.strip_suffix(')')?;
        Some((journal.to_owned(), ids::date(year)?))
    });
    let Some((journal, year)) = year else {
        return (Some(cell.to_owned()), None);
    };
    let exact = cell
        .split_once("Date of Publication:")
        .and_then(|(_, date)| ids::date(date));
    (Some(journal), exact.or(Some(year)))
}

/// An arXiv id that went through a number has lost zeros at both ends and
/// gained digits: `704.001` was `0704.0010`, `1807.1034000000001` was
/// `1807.10340`. How long an id is follows from its month (four digits until
/// 2014, five since), so that it can be told for certain.
pub(super) fn arxiv(cell: &str) -> String {
    let repaired = || {
        let (month, number) = cell.trim().split_once('.')?;
        let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !are_digits(month) || !are_digits(number) || !(3..=4).contains(&month.len()) {
            return None;
        }
        let month = format!("{month:0>4}");
        let n_digits = if month.as_str() < "1501" { 4 } else { 5 };
        let number = match number.len() {
            n if n <= n_digits => format!("{number:0<n_digits$}"),
            // Only what a number adds may be cut off.
            n if n > 8 => round(number, n_digits)?,
            _ => return None,
        };
        Some(format!("{month}.{number}"))
    };
    repaired().unwrap_or_else(|| cell.to_owned())
}

/// The first digits, rounded by what follows.
fn round(digits: &str, n: usize) -> Option<String> {
    let (kept, rest) = digits.split_at_checked(n)?;
    let up = u32::from(rest.starts_with(['5', '6', '7', '8', '9']));
    Some(format!("{:0>n$}", kept.parse::<u32>().ok()? + up))
}
