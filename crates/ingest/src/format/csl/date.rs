//! Dates as CSL and Crossref write them: `{"date-parts": [[2019, 2, 8]]}`,
//! with numbers as text, `[[]]`, `[[null]]`, `{"raw": "8 Feb 2019"}`, or text.

use abs_record::Date;
use serde_json::Value;

use crate::ids;

/// The first date of a date variable.
pub(super) fn read(value: &Value) -> Option<Date> {
    match value {
        Value::String(text) => ids::date(text),
        Value::Number(year) => {
            number(&Value::Number(year.clone())).and_then(|year| Date::new(year, None, None))
        }
        Value::Object(date) => {
            let parts = date.get("date-parts").and_then(parts);
            let text = |key: &str| {
                let text = date.get(key).and_then(Value::as_str);
                text.and_then(ids::date)
            };
            parts
                .or_else(|| text("raw"))
                .or_else(|| text("literal"))
                .or_else(|| text("date-time"))
        }
        _ => None,
    }
}

/// `[[2019, 2, 8]]`, the second list of a range left out; also `[2019, 2, 8]`.
fn parts(value: &Value) -> Option<Date> {
    let list = value.as_array()?;
    let list = match list.first()? {
        Value::Array(first) => first,
        _ => list,
    };
    let mut numbers = list.iter().map_while(number);
    let year = numbers.next()?;
    let mut small = || numbers.next().and_then(|n| u8::try_from(n).ok());
    let (month, day) = (small(), small());
    // A month or day that cannot be costs only itself.
    Date::new(year, month, day)
        .or_else(|| Date::new(year, month, None))
        .or_else(|| Date::new(year, None, None))
}

fn number(value: &Value) -> Option<u16> {
    match value {
        Value::Number(n) => n.as_u64().and_then(|n| u16::try_from(n).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
