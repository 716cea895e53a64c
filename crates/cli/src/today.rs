//! What day it is, for `since:`.

use std::time::{SystemTime, UNIX_EPOCH};

use abs_record::Date;

const SECONDS_A_DAY: u64 = 86_400;

/// The day in UTC; `None` if the clock stands before 1970.
pub(crate) fn today() -> Option<Date> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let days = i64::try_from(since.as_secs() / SECONDS_A_DAY).ok()?;
    Some(Date::from_unix_days(days))
}
