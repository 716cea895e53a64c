//! What day it is, for `since:`.

use std::time::{SystemTime, UNIX_EPOCH};

use abs_query::date_of_unix_seconds;
use abs_record::Date;

/// The day in UTC; `None` if the clock stands before 1970.
pub(crate) fn today() -> Option<Date> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Some(date_of_unix_seconds(since.as_secs()))
}
