//! What people bring along from PubMed, Web of Science and Scopus, and
//! identifiers pasted alone.

use abs_record::Field;

use super::name::Target;

/// What a PubMed tag such as `[tiab]` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tag {
    /// Look there.
    In(Target),
    /// `[tiab:~3]`: there, this near.
    Near(Target, u32),
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
        None => target_of(name.trim_end_matches(":noexp"))?.map_or(Tag::Unsupported, Tag::In),
    };
    Some((tag, end + 2))
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

/// `.ti,ab.` of Ovid behind a group or a phrase, and its length.
pub(super) fn ovid_tag(rest: &str) -> Option<(Tag, usize)> {
    use Field::{Abstract, Author, Keyword, Title, Venue};
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
            _ => return None,
        }
    }
    Some((Tag::In(Target::fields(&fields)?), len + 2))
}

/// `TI=(…)` of Web of Science, `TITLE-ABS-KEY(…)` of Scopus: where to look, and
/// the length of the name with its `=`.
pub(super) fn upper_case_name(rest: &str) -> Option<(Target, usize)> {
    use Field::{Abstract, Author, Doi, Keyword, Title, Venue, Year};
    let len = rest
        .bytes()
        .take(16)
        .position(|b| !b.is_ascii_uppercase() && b != b'-')?;
    let name = &rest[..len];
    // Scopus's own export has a blank before it; elsewhere `TITLE (x)` are words.
    let behind = rest[len..].trim_start_matches(' ');
    let is_call = behind.starts_with('(')
        && (rest[len..].starts_with('(') || matches!(name, "TITLE-ABS-KEY" | "TITLE-ABS"));
    let is_equation = rest[len..].starts_with("=(") || rest[len..].starts_with("=\"");
    let fields: &[Field] = match name {
        "TS" if is_equation => &[Title, Abstract, Keyword],
        "TI" if is_equation => &[Title],
        "AB" if is_equation => &[Abstract],
        "AK" if is_equation => &[Keyword],
        "AU" if is_equation => &[Author],
        "SO" if is_equation => &[Venue],
        "PY" if is_equation => &[Year],
        "DO" if is_equation => &[Doi],
        "TITLE-ABS-KEY" if is_call => &[Title, Abstract, Keyword],
        "TITLE-ABS" if is_call => &[Title, Abstract],
        "TITLE" if is_call => &[Title],
        "ABS" if is_call => &[Abstract],
        "KEY" | "AUTHKEY" if is_call => &[Keyword],
        "AUTH" if is_call => &[Author],
        "SRCTITLE" if is_call => &[Venue],
        "DOI" if is_call => &[Doi],
        _ => return None,
    };
    Some((Target::fields(fields)?, len + usize::from(is_equation)))
}

/// A query that is one identifier and nothing else.
pub(super) fn whole_id(query: &str) -> Option<(Field, &str)> {
    let query = query.trim();
    // A bracket is a tag's.
    if query.len() > 512 || query.contains(super::chars::is_blank) || query.contains('[') {
        return None;
    }
    let address = query
        .strip_prefix("https://")
        .or_else(|| query.strip_prefix("http://"));
    if let Some(address) = address {
        let address = address.strip_prefix("www.").unwrap_or(address);
        let (host, path) = address.split_once('/')?;
        return match host {
            "doi.org" | "dx.doi.org" => doi(path),
            "arxiv.org" => arxiv(
                path.strip_prefix("abs/")
                    .or_else(|| path.strip_prefix("pdf/"))?
                    .trim_end_matches(".pdf"),
            ),
            "pubmed.ncbi.nlm.nih.gov" => pmid(path.trim_end_matches('/')),
            _ => None,
        };
    }
    let query = query.trim_end_matches(['.', ',', ';']);
    arxiv(query).or_else(|| doi(query.strip_prefix("doi.org/").unwrap_or(query)))
}

fn doi(text: &str) -> Option<(Field, &str)> {
    let (registrant, name) = text.strip_prefix("10.")?.split_once('/')?;
    let digits = registrant.bytes().filter(u8::is_ascii_digit).count();
    let plain = registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (plain
        && digits >= 4
        && super::chars::says_something(name)
        && !name.contains(super::chars::is_quote))
    .then_some((Field::Doi, text))
}

/// `2503.10291v2`, `hep-th/9901001`, `math.AG/0101001`.
pub(super) fn arxiv(text: &str) -> Option<(Field, &str)> {
    let base = match text.rsplit_once('v') {
        Some((base, version))
            if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) =>
        {
            base
        }
        _ => text,
    };
    let digits = |text: &str, len: std::ops::RangeInclusive<usize>| {
        len.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let fits = match base.split_once('/') {
        Some((archive, number)) => {
            digits(number, 7..=7)
                && archive.len() >= 2
                && archive
                    .bytes()
                    .all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'.'))
        }
        None => base
            .split_once('.')
            .is_some_and(|(month, number)| digits(month, 4..=4) && digits(number, 4..=5)),
    };
    fits.then_some((Field::Arxiv, text))
}

fn pmid(text: &str) -> Option<(Field, &str)> {
    (!text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()))
        .then_some((Field::Pmid, text))
}
