//! The addresses that are asked.

use abs_record::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The address of the first page of a list.
pub fn list_records(
    base: &str,
    prefix: &str,
    set: Option<&str>,
    from: Option<Date>,
    until: Option<Date>,
) -> String {
    let mut url = start(base);
    add(&mut url, "metadataPrefix", prefix);
    if let Some(set) = set {
        add(&mut url, "set", set);
    }
    if let Some(from) = from {
        add(&mut url, "from", &first_day(from).to_string());
    }
    if let Some(until) = until {
        add(&mut url, "until", &last_day(until).to_string());
    }
    url
}

/// The address of the page a token stands for. A token excludes every other
/// argument (section 3.5).
pub fn resume(base: &str, token: &str) -> String {
    let mut url = start(base);
    add(&mut url, "resumptionToken", token);
    url
}

/// The first day of a year, a month or a day: the protocol knows days only.
pub fn first_day(date: Date) -> Date {
    date.days_before(0)
}

/// The last day of a year, a month or a day.
pub fn last_day(date: Date) -> Date {
    let next = match (date.month(), date.day()) {
        (Some(_), Some(_)) => return date,
        (Some(month), None) if month < 12 => Date::new(date.year(), Some(month + 1), None),
        _ => Date::new(date.year() + 1, None, None),
    };
    // There is no year after 9999, and no need of one.
    next.map_or(date, |next| next.days_before(1))
}

fn start(base: &str) -> String {
    let joint = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joint}verb=ListRecords")
}

fn add(url: &mut String, name: &str, value: &str) {
    url.push('&');
    url.push_str(name);
    url.push('=');
    url.extend(utf8_percent_encode(value, RESERVED));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let date = Date::parse;
        assert_eq!(
            list_records("https://a.org/oai", "arXiv", None, None, None),
            "https://a.org/oai?verb=ListRecords&metadataPrefix=arXiv"
        );
        assert_eq!(
            list_records(
                "http://a.org/oai?key=1",
                "arXiv",
                Some("physics:hep-th"),
                date("2024-02"),
                date("2024-02")
            ),
            "http://a.org/oai?key=1&verb=ListRecords&metadataPrefix=arXiv&set=physics%3Ahep-th\
             &from=2024-02-01&until=2024-02-29"
        );
    }

    /// As arXiv writes them: encoded once already.
    #[test]
    fn a_token_is_encoded_as_it_stands() {
        assert_eq!(
            resume("https://a.org/oai", "verb%3DListRecords%26skip%3D77|é &"),
            "https://a.org/oai?verb=ListRecords\
             &resumptionToken=verb%253DListRecords%2526skip%253D77%7C%C3%A9%20%26"
        );
    }

    #[test]
    fn vague_dates_are_whole_spans() {
        let last = |text: &str| last_day(Date::parse(text).unwrap()).to_string();
        assert_eq!(last("2023"), "2023-12-31");
        assert_eq!(last("2023-12"), "2023-12-31");
        assert_eq!(last("2023-02"), "2023-02-28");
        assert_eq!(last("2023-02-03"), "2023-02-03");
        assert_eq!(last("9999"), "9999");
    }
}
