//! Ovid's and Embase's tags and headings.

use abs_record::Field;

use super::super::chars::{is_blank, is_quote};
use super::super::name::Target;
use super::{MAX_TAG, Tag};

/// `.ti,ab.` behind a word, a phrase or a group, and its length.
pub(in super::super) fn ovid_tag(rest: &str) -> Option<(Tag, usize)> {
    use Field::{Abstract, Author, Keyword, Language, Title, Venue, Year};
    let inner = rest.strip_prefix('.')?;
    let len = inner
        .bytes()
        .take(MAX_TAG)
        .position(|b| !b.is_ascii_lowercase() && b != b',')?;
    let behind = inner[len..].strip_prefix('.')?;
    if behind.starts_with(char::is_alphanumeric) {
        return None;
    }
    let mut fields = Vec::new();
    for name in inner[..len].split(',') {
        match name {
            "ti" => fields.push(Title),
            "ab" => fields.push(Abstract),
            "kw" | "kf" => fields.push(Keyword),
            "tw" | "mp" => fields.extend([Title, Abstract, Keyword]),
            "au" => fields.push(Author),
            "jn" => fields.push(Venue),
            "yr" => fields.push(Year),
            "la" | "lg" => fields.push(Language),
            _ => return None,
        }
    }
    Some((Tag::In(Target::fields(&fields)?), len + 2))
}

/// `:ti,ab,kw` and `/exp` of Embase and Cochrane behind a word, a phrase or a
/// group, and its length.
pub(in super::super) fn embase_tag(rest: &str) -> Option<(Tag, usize)> {
    use Field::{Abstract, Author, Keyword, Title};
    let sign = rest.chars().next().filter(|c| matches!(c, ':' | '/'))?;
    let inner = &rest[1..];
    let len = inner
        .bytes()
        .take(MAX_TAG)
        .take_while(|b| b.is_ascii_lowercase() || matches!(b, b',' | b'/'))
        .count();
    if !ends_here(&inner[len..]) {
        return None;
    }
    let names = &inner[..len];
    if sign == '/' {
        let is_heading = matches!(names, "exp" | "de" | "mj" | "exp/mj");
        let target = Target::fields(&[Title, Abstract, Keyword]).filter(|_| is_heading)?;
        return Some((Tag::In(target), 1 + len));
    }
    let mut fields = Vec::new();
    for name in names.split(',') {
        match name {
            "ti" | "tt" => fields.push(Title),
            "ab" => fields.push(Abstract),
            "kw" | "de" => fields.push(Keyword),
            "au" => fields.push(Author),
            _ => return None,
        }
    }
    Some((Tag::In(Target::fields(&fields)?), 1 + len))
}

/// `]/py` behind `[2020-2024`.
pub(in super::super) fn embase_years(rest: &str) -> Option<(Tag, usize)> {
    let behind = rest.strip_prefix("]/py")?;
    ends_here(behind).then_some((Tag::In(Target::Dates), rest.len() - behind.len()))
}

/// `[english]/lim`, and its length.
pub(in super::super) fn embase_limit(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let close = inner.bytes().take(MAX_TAG).position(|b| b == b']')?;
    let behind = inner[close..].strip_prefix("]/lim")?;
    ends_here(behind).then_some(rest.len() - behind.len())
}

/// `'conference abstract'/it`, a kind of publication, and its length.
pub(in super::super) fn embase_type(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let end = inner
        .bytes()
        .take(MAX_QUOTED)
        .position(|b| matches!(b, b'\'' | b'\n'))?;
    let behind = inner[end..]
        .strip_prefix("'/it")
        .or_else(|| inner[end..].strip_prefix("':it"))?;
    ends_here(behind).then_some(rest.len() - behind.len())
}

/// `/freq=2` behind a tag, and its length.
pub(in super::super) fn frequency(rest: &str) -> Option<usize> {
    let number = rest.strip_prefix("/freq=")?;
    let digits = number
        .bytes()
        .take(8)
        .take_while(u8::is_ascii_digit)
        .count();
    let behind = &number[digits..];
    (digits > 0 && ends_here(behind)).then_some(rest.len() - behind.len())
}

fn ends_here(rest: &str) -> bool {
    let next = rest.chars().next();
    next.is_none_or(|c| is_blank(c) || c == ')')
}

/// Whether what stands behind a word here is Embase's.
pub(in super::super) fn is_embase_suffix(rest: &str) -> bool {
    embase_tag(rest).is_some() || embase_years(rest).is_some() || embase_limit(rest).is_some()
}

/// Whether a text begins with `[2020-2024]/py`.
pub(in super::super) fn opens_years(rest: &str) -> bool {
    let Some(inner) = rest.strip_prefix('[') else {
        return false;
    };
    let is_year = |c: char| c.is_ascii_digit() || c == '-' || is_blank(c);
    let behind = inner.trim_start_matches(is_year);
    behind.len() < inner.len() && embase_years(behind).is_some()
}

/// `'heart attack'/exp`: a phrase between single quotes. What is in it, in a
/// query of Embase's; anywhere else such quotes are apostrophes.
pub(in super::super) fn single_quoted(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('\'')?;
    let end = inner
        .bytes()
        .take(MAX_QUOTED)
        .position(|b| matches!(b, b'\'' | b'\n'))?;
    let inside = inner
        .get(..end)
        .filter(|inside| !inside.contains(is_quote))?;
    let behind = inner[end..].strip_prefix('\'')?;
    (ends_here(behind) || embase_tag(behind).is_some()).then_some(inside)
}

/// Whether a query is one of Embase's: a tag follows a single quote.
pub(in super::super) fn is_embase(query: &str) -> bool {
    let mut quotes = query.match_indices('\'');
    quotes.any(|(at, _)| {
        embase_tag(&query[at + 1..]).is_some() || embase_type(&query[at..]).is_some()
    })
}

/// Bytes between single quotes.
const MAX_QUOTED: usize = 200;

/// Whether a query is one of Ovid's, where operators are written small: it has
/// a tag, or a heading with its slash.
pub(in super::super) fn is_ovid(query: &str) -> bool {
    let tagged = outside_quotes(query, '.').any(|at| {
        // It stands behind something.
        let starts = query[..at].chars().next_back();
        starts.is_some_and(|c| {
            c.is_alphanumeric() || is_quote(c) || matches!(c, ')' | '*' | '$' | '?')
        }) && ovid_tag(&query[at..]).is_some()
    });
    // Quotes so far, and up to where: each is counted once.
    let (mut quotes, mut counted) = (0_usize, 0);
    tagged
        || query.match_indices("exp ").any(|(at, exp)| {
            quotes += n_quotes(&query[counted..at]);
            counted = at;
            let heading = &query[at + exp.len()..];
            let slash = heading.bytes().take(MAX_QUOTED).position(|b| b == b'/');
            let starts = query[..at].chars().next_back();
            starts.is_none_or(|c| is_blank(c) || c == '(')
                // In a phrase it is part of that.
                && quotes.is_multiple_of(2)
                && slash.is_some_and(|slash| {
                    let heading = &heading[..slash];
                    n_quotes(heading).is_multiple_of(2) && heading.bytes().all(|b| {
                        b.is_ascii_alphanumeric() || matches!(b, b' ' | b',' | b'-' | b'"')
                    })
                })
        })
}

/// Whether a query is one of Cochrane's or Embase's, where `next` is written
/// small: a group has its fields behind a colon.
pub(in super::super) fn is_cochrane(query: &str) -> bool {
    outside_quotes(query, ':')
        .any(|at| query[..at].ends_with(')') && embase_tag(&query[at..]).is_some())
}

/// Where a sign stands, but for those in phrases, which are part of these.
fn outside_quotes(query: &str, sign: char) -> impl Iterator<Item = usize> {
    let mut is_quoted = false;
    query.char_indices().filter_map(move |(at, c)| {
        is_quoted ^= is_quote(c);
        (c == sign && !is_quoted).then_some(at)
    })
}

fn n_quotes(text: &str) -> usize {
    text.bytes().filter(|b| *b == b'"').count()
}
