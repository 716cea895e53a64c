//! Dates, numbers and spans of time after `year:`, `date:`, `ac:`, `since:`.

use std::ops::Bound;

use abs_record::{Date, Field};

use super::ast::AstKind;

/// Reads `2020`, `2020..2024`, `2020-2024`, `2020:2024`, `>=2020`, `..2024`,
/// `[2020 TO 2024]`, `{2020 TO 2024}`, `[* TO *]`; `None` for what is no date.
pub(super) fn dates(text: &str) -> Option<AstKind> {
    let (low, high) = bounds(text, date)?;
    if matches!((&low, &high), (Bound::Unbounded, Bound::Unbounded)) && text.contains('*') {
        return Some(AstKind::Has(Field::Year));
    }
    let starts = |date: &Date| date.ymd();
    let ends = |date: &Date| date.last_ymd();
    let fits = match (&low, &high) {
        (Bound::Unbounded, Bound::Unbounded) => false,
        (Bound::Included(low), Bound::Included(high)) => starts(low) <= ends(high),
        (Bound::Included(low), Bound::Excluded(high)) => starts(low) < starts(high),
        (Bound::Excluded(low), Bound::Included(high)) => ends(low) < ends(high),
        (Bound::Excluded(low), Bound::Excluded(high)) => ends(low) < starts(high),
        _ => true,
    };
    fits.then_some(AstKind::Dates { low, high })
}

/// Reads `10`, `3..5`, `>10`, `[3 TO 5]`.
pub(super) fn author_count(text: &str) -> Option<AstKind> {
    let (low, high) = bounds(text, |text| text.parse::<u32>().ok())?;
    let fits = match (low, high) {
        (Bound::Unbounded, Bound::Unbounded) => false,
        (Bound::Included(low), Bound::Included(high)) => low <= high,
        (Bound::Included(low), Bound::Excluded(high)) => low < high,
        (Bound::Excluded(low), Bound::Included(high)) => low < high,
        (Bound::Excluded(low), Bound::Excluded(high)) => low.saturating_add(1) < high,
        _ => true,
    };
    fits.then_some(AstKind::AuthorCount { low, high })
}

/// Reads `30d`, `2w`, `6m`, `1y`, or a date to start from.
pub(super) fn since(text: &str) -> Option<AstKind> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[digits.len()..];
    let days = match unit.to_ascii_lowercase().as_str() {
        "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        "m" | "mo" | "month" | "months" => 30,
        "y" | "year" | "years" => 365,
        _ => {
            return Some(AstKind::Dates {
                low: Bound::Included(date(text)?),
                high: Bound::Unbounded,
            });
        }
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let days = digits.parse::<u32>().ok()?.checked_mul(days)?;
    Some(AstKind::Since { days })
}

type Bounds<T> = (Bound<T>, Bound<T>);

fn bounds<T: Copy>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Bounds<T>> {
    let text = text.trim();
    if let Some(bounds) = bracketed(text, &parse) {
        return Some(bounds);
    }
    for (sign, make) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            let value = parse(rest.trim())?;
            return Some(match make {
                Sign::Above => (Bound::Excluded(value), Bound::Unbounded),
                Sign::From => (Bound::Included(value), Bound::Unbounded),
                Sign::Below => (Bound::Unbounded, Bound::Excluded(value)),
                Sign::UpTo => (Bound::Unbounded, Bound::Included(value)),
                Sign::Equal => (Bound::Included(value), Bound::Included(value)),
            });
        }
    }
    for separator in ["..", "…", ":"] {
        if let Some((low, high)) = text.split_once(separator) {
            // A clock has colons too.
            if let (Some(low), Some(high)) = (end(low, &parse), end(high, &parse)) {
                return Some((low, high));
            }
        }
    }
    if let Some((low, high)) = text.split_once(['-', '–', '—'])
        && is_year(low.trim())
        && is_year(high.trim())
    {
        return Some((
            Bound::Included(parse(low.trim())?),
            Bound::Included(parse(high.trim())?),
        ));
    }
    let value = parse(text)?;
    Some((Bound::Included(value), Bound::Included(value)))
}

#[derive(Clone, Copy)]
enum Sign {
    Above,
    From,
    Below,
    UpTo,
    Equal,
}

/// The longer signs first.
const SIGNS: [(&str, Sign); 7] = [
    (">=", Sign::From),
    ("≥", Sign::From),
    ("<=", Sign::UpTo),
    ("≤", Sign::UpTo),
    (">", Sign::Above),
    ("<", Sign::Below),
    ("=", Sign::Equal),
];

/// `[a TO b]`, `{a TO b}` and their mixtures.
fn bracketed<T>(text: &str, parse: &impl Fn(&str) -> Option<T>) -> Option<Bounds<T>> {
    let open = text.chars().next().filter(|c| matches!(c, '[' | '{'))?;
    let close = text
        .chars()
        .next_back()
        .filter(|c| matches!(c, ']' | '}'))?;
    let inner = text.get(1..text.len() - 1)?;
    let (low, high) = inner.split_once(" TO ").or(inner.split_once(" to "))?;
    let exclude = |bound, excluded: bool| match bound {
        Bound::Included(value) if excluded => Bound::Excluded(value),
        bound => bound,
    };
    Some((
        exclude(end(low, parse)?, open == '{'),
        exclude(end(high, parse)?, close == '}'),
    ))
}

/// One end: nothing and `*` are open.
fn end<T>(text: &str, parse: &impl Fn(&str) -> Option<T>) -> Option<Bound<T>> {
    match text.trim() {
        "" | "*" => Some(Bound::Unbounded),
        text => parse(text).map(Bound::Included),
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// A date as the record crate reads it. Years of three digits are slips of the
/// finger; arXiv writes a time of day behind (`202301010600`).
fn date(text: &str) -> Option<Date> {
    let is_stamp = matches!(text.len(), 12 | 14) && text.bytes().all(|b| b.is_ascii_digit());
    let text = if is_stamp { text.get(..8)? } else { text };
    Date::parse(text).filter(|date| date.year() >= 1000)
}
