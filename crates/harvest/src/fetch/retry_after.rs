//! The header `Retry-After` (RFC 9110, 10.2.3).

use std::time::Duration;

use abs_record::Date;

/// How long to wait: so many seconds, or until a date, `now` being in seconds
/// since 1970. `None` for what is neither.
pub(super) fn retry_after(value: &str, now: u64) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        // Too many digits are too long a time.
        let seconds = value.parse().unwrap_or(u64::from(u32::MAX));
        return Some(Duration::from_secs(seconds.min(u64::from(u32::MAX))));
    }
    let then = unix_seconds(value)?;
    Some(Duration::from_secs(then.saturating_sub(now)))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the form all servers write.
fn unix_seconds(text: &str) -> Option<u64> {
    let mut parts = text.split_ascii_whitespace().skip(1);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let clock = parts.next()?;
    let date = Date::parse(&format!("{day} {month} {year}")).filter(|date| date.day().is_some())?;
    let mut clock = clock.split(':').map(|part| part.parse::<u64>().ok());
    let (hours, minutes, seconds) = (clock.next()??, clock.next()??, clock.next()??);
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    Some(days_since_1970(date)? * 86_400 + hours * 3_600 + minutes * 60 + seconds)
}

/// Halves the interval until the day is found: [`Date`] counts one way only.
fn days_since_1970(date: Date) -> Option<u64> {
    let day = |days: u64| Date::from_unix_days(i64::try_from(days).unwrap_or(i64::MAX));
    let (mut low, mut high) = (0, 2_900_000);
    while low < high {
        let middle = (low + high) / 2;
        if day(middle) < date {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (day(low) == date).then_some(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates() {
        let wait = |value: &str, now| retry_after(value, now).map(|wait| wait.as_secs());
        assert_eq!(wait(" 20 ", 0), Some(20));
        assert_eq!(wait("0", 0), Some(0));
        assert_eq!(wait(&"9".repeat(40), 0), Some(u64::from(u32::MAX)));
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(wait(date, 784_111_777 - 120), Some(120));
        assert_eq!(wait(date, 784_111_777 + 120), Some(0));
        for bad in [
            "",
            "-1",
            "soon",
            "1.5",
            "Sun, 06 Nov 1994",
            "Sun, 06 Nov 1994 25:00:00 GMT",
        ] {
            assert_eq!(wait(bad, 0), None, "{bad}");
        }
    }
}
