//! Lists of names cut to initials as Medline prints them, `Smith JA, Doe K;
//! ABC Study Group.`: a comma parts two authors there, never the parts of
//! one, so that `;` may stand before the groups they wrote for.

use super::clean::clean;
use super::evidence::is_collective;
use super::words::{is_glued, is_initial, suffix_kind};
use super::{Author, Name};

/// Whether pieces between commas are such a list: every one a family name
/// with initials behind it, or a group, and not all of them groups. Most
/// lists fail at their first piece.
pub(super) fn is_list<'a>(pieces: impl Iterator<Item = &'a str>) -> bool {
    let mut has_person = false;
    for piece in pieces {
        if may_be_person(piece) && is_person(piece) {
            has_person = true;
        } else if !is_collective(&clean(piece)) {
            return false;
        }
    }
    has_person
}

/// Whether the last word can be initials or a suffix: a look at bytes before
/// the name is taken apart.
fn may_be_person(piece: &str) -> bool {
    let Some((_, last)) = piece.rsplit_once(char::is_whitespace) else {
        return false;
    };
    let bare = last.trim_end_matches('.');
    suffix_kind(bare).is_some() || !bare.contains(char::is_lowercase)
}

fn is_person(piece: &str) -> bool {
    let Name::Person {
        family,
        given,
        particle,
        ..
    } = Author::parse(piece).name
    else {
        return false;
    };
    let first = match particle.is_empty() {
        true => family,
        false => particle,
    };
    let is_short = |word: &str| is_initial(word) || is_glued(word);
    !given.is_empty() && given.split(' ').all(is_short) && piece.starts_with(first.as_str())
}

/// The length of the last piece without the full stop that ends the list:
/// one that no other piece has.
pub(super) fn last_without_full_stop<'a>(
    mut pieces: impl DoubleEndedIterator<Item = &'a str>,
) -> Option<usize> {
    let last = pieces.next_back()?.strip_suffix('.')?;
    let mut others = pieces.peekable();
    others.peek()?;
    others
        .all(|piece| !piece.ends_with('.'))
        .then_some(last.len())
}
