mod lists;
mod names;
mod properties;
mod queries;
mod unusual;

use super::Author;

/// Displayed and parsed again, an author stays the same.
#[track_caller]
fn check_stable(author: &Author) {
    let again = Author::parse(&author.display());
    assert_eq!(again.display(), author.display(), "{author:?}");
    assert_eq!(again.key(), author.key(), "{author:?}");
}
