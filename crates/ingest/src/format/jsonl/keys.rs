//! The names that fields go by.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};

/// What a key's value is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Id,
    Title,
    Abstract,
    Authors,
    Date,
    Versions,
    Venue,
    Categories,
    Keywords,
    Doi,
    Url,
    Arxiv,
    Pmid,
    Language,
    ExternalIds,
    Metadata,
    FullText,
    TermList,
    Extra,
    ItemType,
    Headings,
    RecordKey,
    Publisher,
    Descriptions,
    Dates,
}

/// How many slots there are.
pub(super) const N_SLOTS: usize = Slot::Dates as usize + 1;

/// A known key; where several keys of one object are about the same slot, the
/// lowest rank wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) slot: Slot,
    pub(super) rank: u8,
}

/// The rank of a date that `versions` gives: better than a bare year, since
/// it is more exact, and than `update_date`, which says when the record was
/// touched.
pub(super) const VERSIONS_RANK: u8 = 3;

/// The rank of the day a record was touched.
pub(super) const UPDATED_RANK: u8 = 5;

/// The rank of Semantic Scholar's number for a work.
pub(super) const CORPUS_ID_RANK: u8 = 2;

/// The rank of Europe PMC's names in one text.
pub(super) const AUTHOR_STRING_RANK: u8 = 4;

/// From this rank on a venue is one only as an object.
pub(super) const VENUE_OBJECT_RANK: u8 = 7;

/// The rank of INSPIRE's list of abstracts.
pub(super) const ABSTRACTS_RANK: u8 = 5;

/// The rank of DataCite's list of titles.
pub(super) const TITLES_RANK: u8 = 2;

/// The rank of DBLP's records, which stand within their hits.
pub(super) const INFO_RANK: u8 = 2;

/// From this rank on an object within is the record itself, and what is around
/// it speaks of something else.
pub(super) const WRAPPER_RANK: u8 = 1;

/// The longest known key without its blanks and dashes.
const MAX_KEY: usize = 20;

/// A key in any case, with `_`, `-` and blanks left out, as `paperId` and
/// `paper_id` are the same.
pub(super) fn simplified<'a>(name: &str, buffer: &'a mut [u8; MAX_KEY]) -> &'a str {
    let mut len = 0;
    for b in name.bytes().filter(|b| !matches!(b, b'_' | b'-' | b' ')) {
        if len == MAX_KEY {
            return "";
        }
        buffer[len] = b.to_ascii_lowercase();
        len += 1;
    }
    // Bytes beyond ASCII stay what they were, so this cannot fail.
    std::str::from_utf8(&buffer[..len]).unwrap_or_default()
}

pub(super) const fn buffer() -> [u8; MAX_KEY] {
    [0; MAX_KEY]
}

/// The slot of a key.
pub(super) fn key(name: &str) -> Option<Key> {
    use Slot::*;
    // MongoDB's own id is an object; any other id is better.
    if name == "_id" {
        return Some(Key { slot: Id, rank: 9 });
    }
    let (slot, rank) = match simplified(name, &mut buffer()) {
        "id" => (Id, 0),
        "paperid" => (Id, 1),
        "corpusid" => (Id, CORPUS_ID_RANK),
        "docid" | "recordid" => (Id, 3),
        "corduid" | "uid" | "lensid" => (Id, 4),

        "title" => (Title, 0),
        "papertitle" | "articletitle" => (Title, 1),
        "titles" => (Title, TITLES_RANK),
        // PLOS.
        "titledisplay" => (Title, TITLES_RANK + 1),

        "abstract" => (Abstract, 0),
        "paperabstract" | "abstracttext" | "abstractnote" => (Abstract, 1),
        // INSPIRE, whose abstracts are of several sources.
        "abstracts" => (Abstract, ABSTRACTS_RANK),
        "summary" => (Abstract, 2),
        "text" => (Abstract, 3),
        "description" => (Abstract, 4),

        "authorsparsed" => (Authors, 0),
        "authors" => (Authors, 1),
        "author" => (Authors, 2),
        "authornames" | "authorlist" | "creators" => (Authors, 3),
        "authorstring" => (Authors, AUTHOR_STRING_RANK),
        "authordisplay" => (Authors, AUTHOR_STRING_RANK + 1),

        "date" | "publicationdate" | "pubdate" => (Date, 0),
        "published"
        | "publisheddate"
        | "publishtime"
        | "firstpublicationdate"
        | "datepublished" => (Date, 1),
        "issued" => (Date, 2),
        "earliestdate" => (Date, 3),
        "year" | "publicationyear" | "pubyear" | "yearpublished"
        // ERIC.
        | "publicationdateyear" => (Date, 4),
        "updatedate" | "updated" => (Date, UPDATED_RANK),
        "versions" => (Versions, 0),

        "journalref" => (Venue, 0),
        "venue" => (Venue, 1),
        "journal" | "journalname" | "journaltitle" | "journalinfo" => (Venue, 2),
        "containertitle" | "publicationtitle" => (Venue, 3),
        "booktitle" | "proceedingstitle" => (Venue, 4),
        "conference" | "conferencename" => (Venue, 5),
        "publicationvenue" | "publicationinfo" => (Venue, 6),
        // An object at Lens; the name of a database elsewhere.
        "source" if !name.starts_with('_') => (Venue, VENUE_OBJECT_RANK),

        "categories" => (Categories, 0),
        "category" | "subjects" => (Categories, 1),
        "fieldsofstudy" | "magfieldofstudy" => (Categories, 2),
        // Objects that say where each field comes from.
        "s2fieldsofstudy" => (Categories, 3),

        "keywords" => (Keywords, 0),
        "keyword" => (Keywords, 1),
        "keywordlist" => (TermList, 0),
        "meshheadinglist" => (TermList, 1),
        // DataCite.
        "container" => (Venue, VENUE_OBJECT_RANK + 1),
        "publisher" => (Publisher, 0),
        "descriptions" => (Descriptions, 0),
        "dates" => (Dates, 0),
        // Lens.
        "meshterms" => (Headings, 0),
        // Objects at Zotero, anything elsewhere.
        "tags" => (Keywords, 2),

        "doi" => (Doi, 0),
        // INSPIRE.
        "dois" => (Doi, 1),

        // DBLP's link to the work; its url is of the record.
        "ee" => (Url, 0),
        "url" => (Url, 1),
        "link" => (Url, 2),
        "s2url" | "abs" | "entryid" => (Url, 3),
        "pdfurl" => (Url, 4),

        "arxiv" | "arxivid" => (Arxiv, 0),
        "arxiveprints" => (Arxiv, 1),
        "pmid" | "pubmedid" => (Pmid, 0),
        "language" => (Language, 0),
        "lang" => (Language, 1),
        "languages" => (Language, 2),
        "externalids" | "ids" => (ExternalIds, 0),
        // CORD-19's parsed papers have title and authors there.
        "metadata" => (Metadata, 0),
        // DOAJ has all but an id and dates of its own there.
        "bibjson" => (Metadata, 0),
        // Zotero's items, DataCite's works, Semantic Scholar's citations and
        // references, DBLP's hits.
        "data" | "attributes" | "citingpaper" | "citedpaper" => (Metadata, WRAPPER_RANK),
        "info" => (Metadata, INFO_RANK),
        "key" => (RecordKey, 0),
        "extra" => (Extra, 0),
        "itemtype" => (ItemType, 0),
        // Semantic Scholar's full texts.
        "content" => (FullText, 0),
        "body" => (FullText, 1),
        "openaccessinfo" => (ExternalIds, 1),
        _ => return None,
    };
    Some(Key { slot, rank })
}

/// A key, if it is a known one.
pub(super) struct MaybeKey(pub(super) Option<Key>);

impl<'de> Deserialize<'de> for MaybeKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<MaybeKey, D::Error> {
        struct KeyVisitor;

        impl Visitor<'_> for KeyVisitor {
            type Value = MaybeKey;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, name: &str) -> Result<MaybeKey, E> {
                Ok(MaybeKey(key(name)))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        for name in ["paper_id", "paperId", "Paper-ID", "PaperId"] {
            assert_eq!(key(name).map(|key| key.slot), Some(Slot::Id), "{name}");
        }
        assert_eq!(key("journal-ref"), key("journal_ref"));
        for name in ["", "titre", "éé", &"title".repeat(10)] {
            assert_eq!(key(name), None, "{name}");
        }
    }
}
