//! The stored form of a record: compact JSON with short names, packed.
//!
//! JSON, because a reader of another version or another language can still
//! read it. An author is `[family, given, particle,
//! suffix, orcid]` with empty parts at the end left out, a collective is a
//! plain string, so that nothing is parsed again.

mod packing;

use std::borrow::Cow;
use std::fmt;

use abs_record::author::Name;
use abs_record::{Author, Date, Record, RecordId};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

pub use packing::{pack, unpack};

/// Why a stored record cannot be read: the index is damaged.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// Not a frame that [`pack`] made.
    #[error("a stored record cannot be unpacked")]
    Frame,
    /// Not the JSON this module writes.
    #[error("a stored record is not readable: {0}")]
    Json(#[from] serde_json::Error),
    /// An id no record can have.
    #[error("a stored record has no valid id: {0}")]
    Id(#[from] abs_record::id::IdError),
}

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    t: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    a: Vec<StoredAuthor<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    x: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    d: Option<u32>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    v: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    c: Vec<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    k: Vec<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    doi: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    arxiv: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pmid: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    l: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum StoredAuthor<'a> {
    Collective(Cow<'a, str>),
    Person(Vec<Cow<'a, str>>),
}

/// By hand: serde tries untagged variants one after the other, and a page of
/// hits has many authors.
impl<'de: 'a, 'a> Deserialize<'de> for StoredAuthor<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = StoredAuthor<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a name or the parts of one")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(StoredAuthor::Collective(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(StoredAuthor::Collective(Cow::Owned(name.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
                let mut name = Vec::with_capacity(2);
                while let Some(Part(part)) = parts.next_element()? {
                    name.push(part);
                }
                Ok(StoredAuthor::Person(name))
            }
        }

        deserializer.deserialize_any(Either)
    }
}

/// A string, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Part<'a>(#[serde(borrow)] Cow<'a, str>);

/// The bytes to store, not packed yet.
pub fn encode(record: &Record) -> Vec<u8> {
    fn text(part: &Option<String>) -> Option<Cow<'_, str>> {
        part.as_deref().map(Cow::Borrowed)
    }
    let stored = Stored {
        id: record.id.as_str().into(),
        t: record.title.as_str().into(),
        a: record.authors.iter().map(encode_author).collect(),
        x: record.abstract_text.as_deref().map(Cow::Borrowed),
        d: record.date.map(Date::ymd),
        v: record.venue.as_deref().map(Cow::Borrowed),
        c: record
            .categories
            .iter()
            .map(|c| c.as_str().into())
            .collect(),
        k: record.keywords.iter().map(|k| k.as_str().into()).collect(),
        doi: text(&record.doi),
        arxiv: text(&record.arxiv),
        pmid: text(&record.pmid),
        url: text(&record.url),
        l: text(&record.language),
    };
    let n_text = record.title.len() + record.abstract_text.as_ref().map_or(0, String::len);
    let mut bytes = Vec::with_capacity(n_text + 32 * record.authors.len() + 256);
    // Strings, numbers and lists of them: nothing here can fail to serialize.
    let written = serde_json::to_writer(&mut bytes, &stored);
    debug_assert!(written.is_ok());
    bytes
}

/// Title and abstract alone, the latter empty where there is none, given what
/// [`unpack`] gives.
pub fn decode_text(bytes: &[u8]) -> Result<(String, String), StoredError> {
    #[derive(Deserialize)]
    struct Text<'a> {
        #[serde(borrow, default)]
        t: Cow<'a, str>,
        #[serde(borrow, default)]
        x: Option<Cow<'a, str>>,
    }
    let text: Text<'_> = serde_json::from_slice(bytes)?;
    let abstract_text = text.x.map(Cow::into_owned);
    Ok((text.t.into_owned(), abstract_text.unwrap_or_default()))
}

/// The record back, given what [`unpack`] gives.
pub fn decode(bytes: &[u8]) -> Result<Record, StoredError> {
    let stored: Stored<'_> = serde_json::from_slice(bytes)?;
    let owned = |part: Option<Cow<'_, str>>| part.map(Cow::into_owned);
    let list = |parts: Vec<Cow<'_, str>>| parts.into_iter().map(Cow::into_owned).collect();
    Ok(Record {
        id: RecordId::parse(&stored.id)?,
        title: stored.t.into_owned(),
        authors: stored.a.into_iter().map(decode_author).collect(),
        abstract_text: owned(stored.x),
        date: stored.d.and_then(Date::from_ymd),
        venue: owned(stored.v),
        categories: list(stored.c),
        keywords: list(stored.k),
        doi: owned(stored.doi),
        arxiv: owned(stored.arxiv),
        pmid: owned(stored.pmid),
        url: owned(stored.url),
        language: owned(stored.l),
    })
}

fn encode_author(author: &Author) -> StoredAuthor<'_> {
    match &author.name {
        Name::Collective(name) if author.orcid.is_none() => {
            StoredAuthor::Collective(name.as_str().into())
        }
        Name::Collective(name) => StoredAuthor::Person(vec![
            name.as_str().into(),
            "".into(),
            "".into(),
            "".into(),
            author.orcid.as_deref().unwrap_or_default().into(),
            "c".into(),
        ]),
        Name::Person {
            family,
            given,
            particle,
            suffix,
        } => {
            let orcid = author.orcid.as_deref().unwrap_or_default();
            let mut parts: Vec<Cow<'_, str>> = [family, given, particle, suffix]
                .into_iter()
                .map(|part| part.as_str().into())
                .collect();
            parts.push(orcid.into());
            while parts.len() > 1 && parts.last().is_some_and(|part| part.is_empty()) {
                parts.pop();
            }
            StoredAuthor::Person(parts)
        }
    }
}

fn decode_author(stored: StoredAuthor<'_>) -> Author {
    let parts = match stored {
        StoredAuthor::Collective(name) => {
            return Author {
                name: Name::Collective(name.into_owned()),
                orcid: None,
            };
        }
        StoredAuthor::Person(parts) => parts,
    };
    let mut parts = parts.into_iter().map(Cow::into_owned);
    let mut next = || parts.next().unwrap_or_default();
    let (family, given, particle, suffix) = (next(), next(), next(), next());
    let orcid = Some(next()).filter(|orcid| !orcid.is_empty());
    let name = match next().as_str() {
        "c" => Name::Collective(family),
        _ => Name::Person {
            family,
            given,
            particle,
            suffix,
        },
    };
    Author { name, orcid }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_comes_back() {
        let mut record = Record::new(RecordId::parse("arXiv:2503.10291").unwrap());
        record.title = "A \"quoted\" title \\ with $\\alpha$".to_owned();
        record.abstract_text = Some("Line\nbreaks and \u{1F600}".to_owned());
        record.date = Date::parse("2025-03");
        record.categories = vec!["cs.CV".to_owned(), "cs.CL".to_owned()];
        record.doi = Some("10.1000/x".to_owned());
        record.authors = vec![
            Author::parse("Lu, Lewei"),
            Author {
                name: Name::Person {
                    family: "Berg".to_owned(),
                    given: String::new(),
                    particle: "van der".to_owned(),
                    suffix: "Jr.".to_owned(),
                },
                orcid: Some("0000-0002-1825-0097".to_owned()),
            },
            Author {
                name: Name::Collective("ATLAS Collaboration, the".to_owned()),
                orcid: None,
            },
            Author {
                name: Name::Collective("WHO".to_owned()),
                orcid: Some("0000-0002-1825-0097".to_owned()),
            },
        ];
        assert_eq!(decode(&encode(&record)).unwrap(), record);
        assert!(decode(b"{}").is_err());
        assert!(decode(b"{\"id\":\"\"}").is_err());
    }
}
