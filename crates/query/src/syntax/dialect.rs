//! What people bring along from elsewhere: here PubMed's tags.

pub(super) mod ids;
pub(super) mod ovid;
pub(super) mod scopus;

use abs_record::Field;

use super::chars::is_blank;
use super::name::Target;

/// What a PubMed tag such as `[tiab]` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tag {
    /// Look there.
    In(Target),
    /// `[tiab:~3]`: there, this near.
    Near(Target, u32),
    /// `[mh]`: there, without the subheading behind a `/`.
    Heading(Target),
    /// Known to PubMed, not kept here: the words are searched as text.
    Unsupported,
}

/// Bytes a tag may take.
const MAX_TAG: usize = 40;

/// The tag at the start of a text, and its length with the brackets.
pub(super) fn tag(rest: &str) -> Option<(Tag, usize)> {
    let inner = rest.strip_prefix('[')?;
    let end = inner
        .bytes()
        .take(MAX_TAG)
        .position(|b| matches!(b, b']' | b'[' | b'\n'))?;
    let name = inner.get(..end).filter(|_| inner.as_bytes()[end] == b']')?;
    // `[au]x` and the like are chemistry.
    if inner[end + 1..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let name = name.trim().to_ascii_lowercase();
    let tag = match name.split_once(":~") {
        Some((name, distance)) => Tag::Near(target_of(name)??, distance.parse().ok()?),
        None => {
            let name = name.trim_end_matches(":noexp");
            match target_of(name)? {
                Some(target) if is_heading(name) => Tag::Heading(target),
                Some(target) => Tag::In(target),
                None => Tag::Unsupported,
            }
        }
    };
    Some((tag, end + 2))
}

fn is_heading(name: &str) -> bool {
    name.starts_with("mesh") || matches!(name, "mh" | "majr")
}

/// `hasabstract`, as it stands in PubMed's filters, with its tag; its length.
pub(super) fn has_abstract(rest: &str) -> Option<usize> {
    let name = "hasabstract";
    let behind = rest.strip_prefix(name)?;
    let tag = ["[text]", "[text word]", "[tw]", "[All Fields]"];
    let tag = tag.into_iter().find(|tag| behind.starts_with(tag));
    let behind = &behind[tag.map_or(0, str::len)..];
    let ends = behind
        .chars()
        .next()
        .is_none_or(|c| is_blank(c) || c == ')');
    ends.then_some(name.len() + tag.map_or(0, str::len))
}

/// Where a tag looks; `Some(None)` for tags of fields that records here lack.
fn target_of(name: &str) -> Option<Option<Target>> {
    use Field::{Abstract, Author, Doi, Id, Keyword, Language, Pmid, Title, Venue};
    let fields: &[Field] = match name {
        "ti" | "title" => &[Title],
        "tiab" | "title/abstract" => &[Title, Abstract],
        "ab" | "abstract" => &[Abstract],
        "tw" | "text word" | "text words" => &[Title, Abstract, Keyword],
        "mh" | "mesh" | "mesh terms" | "mesh term" | "majr" | "mesh major topic" | "sh"
        | "mesh subheading" | "subheading" => &[Title, Abstract, Keyword],
        "ot" | "other term" | "kw" | "keyword" => &[Keyword],
        "au" | "author" | "auth" | "fau" | "full author name" | "lastau" | "last author name" => {
            &[Author]
        }
        "1au" | "first author name" => return Some(Some(Target::Author { first: true })),
        "dp" | "pdat" | "date - publication" | "publication date" | "edat" | "date - entry"
        | "epdat" | "ppdat" => return Some(Some(Target::Dates)),
        "ta" | "jo" | "jour" | "journal" => &[Venue],
        "aid" | "doi" | "lid" | "location id" => &[Doi],
        "pmid" | "uid" => &[Pmid],
        "id" => &[Id],
        "la" | "lang" | "language" => &[Language],
        "all" | "all fields" => return Some(Some(Target::ANY)),
        "pt"
        | "publication type"
        | "sb"
        | "filter"
        | "ad"
        | "affiliation"
        | "nm"
        | "supplementary concept"
        | "gr"
        | "pl"
        | "si"
        | "rn" => return Some(None),
        _ => return None,
    };
    Some(Target::fields(fields))
}
