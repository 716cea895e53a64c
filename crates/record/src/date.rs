//! Dates of year, month or day precision, as catalogues give them.

use std::fmt;

/// A date known to the year, the month or the day. Years run from 1 to 9999.
///
/// Ordered by time; of two dates that start alike the vaguer comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A date from its parts; `None` for a month or day outside the calendar,
    /// or a day without a month.
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Date> {
        let (month, day) = (month.unwrap_or(0), day.unwrap_or(0));
        let fits = (1..=9999).contains(&year)
            && month <= 12
            && (day == 0 || (month != 0 && day <= days_in(year, month)));
        fits.then_some(Date { year, month, day })
    }

    /// Reads `2024`, `2024-03`, `2024-03-07`, also with `/` or `.`, `20240307`,
    /// month names (`7 Mar 2024`, `Mar 7, 2024`, `March 2024`, `2024 Mar 7`)
    /// and whatever follows an ISO date (`2024-03-07T10:00:00Z`). Of a span
    /// (`2019 Mar-Apr`, `1998 Dec-1999 Jan`) it is where that starts.
    pub fn parse(text: &str) -> Option<Date> {
        let text = text.trim();
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Date::from_ymd(text.parse().ok()?);
        }
        // A clock after the date says nothing here.
        let text = match text.as_bytes() {
            [_, _, _, _, b'-', _, _, b'-', _, _, b'T' | b' ', ..] => text.get(..10)?,
            _ => text,
        };
        let mut numbers: Vec<u16> = Vec::new();
        let mut month = None;
        // How many numbers stand before the month.
        let mut month_at = 0;
        for part in text.split(|c: char| !c.is_alphanumeric()) {
            if part.is_empty() {
                continue;
            }
            if let Ok(number) = part.parse::<u16>() {
                numbers.push(number);
            } else if let Some(named) = month_of(part) {
                // Of `2019 Mar-Apr` the first.
                if month.is_none() {
                    (month, month_at) = (Some(named), numbers.len());
                }
            } else if let Some(number) = ordinal(part) {
                numbers.push(number);
            } else if !is_clock_or_weekday(part) {
                return None;
            }
        }
        match (month, numbers.as_slice()) {
            (None, [year]) if *year > 999 => Date::new(*year, None, None),
            (None, [year, month]) if *year > 31 => Date::new(*year, Some(small(*month)?), None),
            (None, [year, month, day, ..]) if *year > 31 => {
                Date::new(*year, Some(small(*month)?), Some(small(*day)?))
            }
            (Some(month), [year]) => Date::new(*year, Some(month), None),
            // `1998 Dec-1999 Jan`
            (Some(month), [year, end, ..]) if *year > 31 && *end > 31 && month_at < 2 => {
                Date::new(*year, Some(month), None)
            }
            (Some(month), [year, day, ..]) if *year > 31 => {
                Date::new(*year, Some(month), Some(small(*day)?))
            }
            (Some(month), [day, year, ..]) => Date::new(*year, Some(month), Some(small(*day)?)),
            _ => None,
        }
    }

    /// From the number [`Date::ymd`] gives.
    pub fn from_ymd(ymd: u32) -> Option<Date> {
        let part = |n: u32| u8::try_from(n % 100).ok().filter(|n| *n > 0);
        Date::new(
            u16::try_from(ymd / 10_000).ok()?,
            part(ymd / 100),
            part(ymd),
        )
    }

    /// The date as one number, `yyyymmdd`, with 00 for what is not known. It
    /// sorts as the date does.
    pub fn ymd(self) -> u32 {
        u32::from(self.year) * 10_000 + u32::from(self.month) * 100 + u32::from(self.day)
    }

    /// The last day this date may mean, as `yyyymmdd`: `20249999` for a year.
    pub fn last_ymd(self) -> u32 {
        match (self.month, self.day) {
            (0, _) => u32::from(self.year) * 10_000 + 9_999,
            (_, 0) => self.ymd() + 99,
            _ => self.ymd(),
        }
    }

    /// The day so many days before this date, a vague date being its first
    /// day; not before year 1. (Days from the civil calendar: Hinnant,
    /// *chrono-Compatible Low-Level Date Algorithms*.)
    pub fn days_before(self, days: u32) -> Date {
        let (year, month, day) = (
            i64::from(self.year),
            i64::from(self.month.max(1)),
            i64::from(self.day.max(1)),
        );
        let shifted = if month <= 2 { year - 1 } else { year };
        let era = shifted.div_euclid(400);
        let of_era = shifted.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let of_era_days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Date::from_days(era * 146_097 + of_era_days - i64::from(days))
    }

    /// The date so many days after 1 January 1970.
    pub fn from_unix_days(days: i64) -> Date {
        // 719,468 days from 1 March of year 0 to 1970.
        Date::from_days(days.clamp(-719_000, 2_900_000) + 719_468)
    }

    /// The inverse, of days since 1 March of year 0.
    fn from_days(days: i64) -> Date {
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year + era * 400 + i64::from(month <= 2);
        let first = Date {
            year: 1,
            month: 1,
            day: 1,
        };
        let parts = (u16::try_from(year), u8::try_from(month), u8::try_from(day));
        match parts {
            (Ok(year), Ok(month), Ok(day)) => {
                Date::new(year, Some(month), Some(day)).unwrap_or(first)
            }
            _ => first,
        }
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, if known.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, if known.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// The month a name or its first three letters mean.
pub fn month_of(name: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    if name.len() < 3 {
        return None;
    }
    let idx = MONTHS
        .iter()
        .position(|month| month.starts_with(&name) || (name == "sept" && *month == "september"))?;
    u8::try_from(idx + 1).ok()
}

/// `7th` is 7.
fn ordinal(part: &str) -> Option<u16> {
    let digits = part
        .strip_suffix("st")
        .or_else(|| part.strip_suffix("nd"))
        .or_else(|| part.strip_suffix("rd"))
        .or_else(|| part.strip_suffix("th"))?;
    digits.parse().ok()
}

/// `Mon, 2 Apr 2007 19:18:42 GMT` is how arXiv writes a version's date.
fn is_clock_or_weekday(part: &str) -> bool {
    matches!(
        part.to_ascii_lowercase().as_str(),
        "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "gmt" | "utc" | "z"
    )
}

fn small(number: u16) -> Option<u8> {
    u8::try_from(number).ok().filter(|n| *n > 0)
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let date = Date::parse(text).map(|date| date.to_string());
        assert_eq!(date.as_deref(), expected, "{text}");
    }

    #[test]
    fn precision_is_kept() {
        check("2024", Some("2024"));
        check("2024-03", Some("2024-03"));
        check("2024/3/7", Some("2024-03-07"));
        check("20240307", Some("2024-03-07"));
        check("2024-03-07T10:00:00Z", Some("2024-03-07"));
        check("Mon, 2 Apr 2007 19:18:42 GMT", Some("2007-04-02"));
        check("March 7th, 2024", Some("2024-03-07"));
        check("1998 Dec", Some("1998-12"));
        check("2019 Mar-Apr", Some("2019-03"));
        check("2019 Mar 28-Apr 3", Some("2019-03-28"));
        check("1998 Dec-1999 Jan", Some("1998-12"));
        check("Dec 1998-Jan 1999", Some("1998-12"));
        check("JAN-FEB 2019", Some("2019-01"));
        check("2019-2020 Mar", None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "0", "soon", "2024-13", "2023-02-29", "99999", "-5"] {
            check(text, None);
        }
    }

    #[test]
    fn days_count_back_over_months_years_and_leap_days() {
        let before = |text: &str, days| Date::parse(text).unwrap().days_before(days).to_string();
        assert_eq!(before("2024-03-01", 1), "2024-02-29");
        assert_eq!(before("2023-03-01", 1), "2023-02-28");
        assert_eq!(before("2026-11-23", 30), "2026-10-24");
        assert_eq!(before("2026-01-01", 365), "2025-01-01");
        assert_eq!(before("2026-11-23", 0), "2026-11-23");
        assert_eq!(before("2000", 1), "1999-12-31");
        assert_eq!(before("2000-01-01", u32::MAX), "0001-01-01");
        assert_eq!(Date::from_unix_days(0).to_string(), "1970-01-01");
        assert_eq!(Date::from_unix_days(20_780).to_string(), "2026-11-23");
    }

    #[test]
    fn numbers_sort_as_dates_do() {
        let order = ["1999-12-31", "2000", "2000-01", "2000-01-01", "2000-02"];
        let numbers: Vec<u32> = order
            .iter()
            .map(|text| Date::parse(text).unwrap().ymd())
            .collect();
        assert_eq!(
            numbers,
            [19_991_231, 20_000_000, 20_000_100, 20_000_101, 20_000_200]
        );
        assert_eq!(Date::parse("2000-02").unwrap().last_ymd(), 20_000_299);
        assert_eq!(Date::from_ymd(20_000_100), Date::parse("2000-01"));
    }
}
