//! What two records of one work have in common, as 64-bit keys.
//!
//! A record has one key for each of its DOI, arXiv id and PubMed id, and one
//! for its title together with its first author, where the title says enough:
//! `Rejoinder`, `Editorial` and `Letter to the Editor` name a hundred works.
//! Equal keys are a reason to look closer, which the ingest does; different
//! keys say nothing.

use abs_record::author::Name;
use abs_record::fold::fold_into;
use abs_record::{Author, Record};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::Title;

/// What a key is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// A DOI, other than arXiv's.
    Doi,
    /// An arXiv id, or the DOI arXiv makes of it.
    Arxiv,
    /// A PubMed id.
    Pmid,
    /// Letters and digits of the title, and the first author's family name.
    Title,
}

/// The lowest bits of a key are its kind's.
const KIND_BITS: u64 = 0b11;

/// What a key is made of.
pub fn kind_of(key: u64) -> KeyKind {
    match key & KIND_BITS {
        0 => KeyKind::Doi,
        1 => KeyKind::Arxiv,
        2 => KeyKind::Pmid,
        _ => KeyKind::Title,
    }
}

/// A key of a text.
fn key(kind: KeyKind, text: &str) -> u64 {
    let kind = kind as u64;
    (xxh3_64_with_seed(text.as_bytes(), kind) & !KIND_BITS) | kind
}

/// The keys of a record, at most one of each kind.
pub fn work_keys(record: &Record) -> impl Iterator<Item = u64> {
    let mut text = String::new();
    if let Some(doi) = &record.doi {
        fold_into(doi.trim(), &mut text);
    }
    let of_doi = text.strip_prefix(ARXIV_DOI).map(str::to_owned);
    let doi = (!text.is_empty() && of_doi.is_none()).then(|| key(KeyKind::Doi, &text));
    let arxiv = record.arxiv.as_deref().or(of_doi.as_deref());
    let arxiv = arxiv.map(|arxiv| key(KeyKind::Arxiv, &arxiv_id(arxiv)));
    let pmid = record.pmid.as_deref().map(|pmid| key(KeyKind::Pmid, pmid));
    [doi, arxiv, pmid, title_key(record)].into_iter().flatten()
}

/// What arXiv's own DOIs start with. (arXiv, "DOIs for arXiv articles", 2022.)
const ARXIV_DOI: &str = "10.48550/arxiv.";

/// An arXiv id without the subject class that old ones may have:
/// `math.GT/0309136` is `math/0309136`.
fn arxiv_id(id: &str) -> String {
    let mut folded = String::with_capacity(id.len());
    fold_into(id.trim(), &mut folded);
    match folded.split_once('/') {
        Some((archive, number)) => {
            let archive = archive.split('.').next().unwrap_or_default();
            format!("{archive}/{number}")
        }
        None => folded,
    }
}

fn title_key(record: &Record) -> Option<u64> {
    let family = record.authors.first().and_then(family)?;
    let title = Title::of(&record.title);
    if !title.is_telling() {
        return None;
    }
    let mut text = title.letters();
    text.push('\t');
    text.push_str(&family);
    Some(key(KeyKind::Title, &text))
}

/// The last word of an author's family name, folded, or all of a collective's
/// name: what `García Márquez, Gabriel`, `Gabriel Garcia Marquez` and
/// `Garcia-Marquez G` have in common. `None` where there is no letter in it.
pub fn family(author: &Author) -> Option<String> {
    let mut folded = String::new();
    let word = match &author.name {
        Name::Collective(name) => {
            fold_into(name, &mut folded);
            folded.retain(char::is_alphanumeric);
            folded.as_str()
        }
        Name::Person { family, given, .. } => {
            let name = if family.is_empty() { given } else { family };
            fold_into(name, &mut folded);
            let words = folded.split(|c: char| !c.is_alphanumeric());
            words.rev().find(|word| !word.is_empty())?
        }
    };
    (!word.is_empty()).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use abs_record::RecordId;

    use super::*;

    fn record(title: &str, author: &str) -> Record {
        let mut record = Record::new(RecordId::parse("r").unwrap());
        record.title = title.to_owned();
        record.authors = vec![Author::parse(author)];
        record
    }

    fn keys(record: &Record) -> Vec<u64> {
        work_keys(record).collect()
    }

    #[test]
    fn spellings_of_one_title_by_one_author_share_a_key() {
        let one = record(
            "Grey-box Extraction of $\\mathcal{N}$ X-ray Models",
            "García Márquez, G.",
        );
        for (title, author) in [
            (
                "Grey-Box extraction of N x ray models.",
                "Gabriel Garcia Marquez",
            ),
            ("[Grey box extraction of N xray models]", "Marquez GG"),
        ] {
            assert_eq!(keys(&record(title, author)), keys(&one), "{title}");
        }
        for (title, author) in [
            ("Grey-box Extraction of N X-ray Model", "García Márquez, G."),
            ("Grey-box Extraction of N X-ray Models", "Garcia, M."),
            (
                "Rejoinder: Grey-box Extraction of N X-ray Models",
                "García Márquez, G.",
            ),
        ] {
            assert_ne!(keys(&record(title, author)), keys(&one), "{title}");
        }
    }

    #[test]
    fn titles_that_any_volume_has_have_no_key() {
        for title in [
            "",
            "Rejoinder",
            "Discussion",
            "Editorial",
            "Preface to the Third Volume",
            "Letter to the Editor: Authors' Reply",
            "Introduction to the Special Issue, Part II",
            "Erratum",
            "2019",
            "Deep",
            "On NP",
        ] {
            assert!(keys(&record(title, "Doe, Jane")).is_empty(), "{title}");
        }
        for title in [
            "Deep learning",
            "Visual Dialog",
            "Attention Is All You Need",
            "雜訊環境下應用線性估測",
            "Обучение представлений",
        ] {
            assert_eq!(keys(&record(title, "Doe, Jane")).len(), 1, "{title}");
        }
        let mut nobody = record("Attention Is All You Need", "");
        nobody.authors.clear();
        assert!(keys(&nobody).is_empty());
    }

    #[test]
    fn identifiers_meet_across_their_spellings() {
        let with = |doi: Option<&str>, arxiv: Option<&str>| {
            let mut record = record("", "");
            record.doi = doi.map(str::to_owned);
            record.arxiv = arxiv.map(str::to_owned);
            keys(&record)
        };
        assert_eq!(with(Some("10.1/ABC"), None), with(Some("10.1/abc"), None));
        assert_eq!(
            with(Some("10.48550/arxiv.2401.00001"), None),
            with(None, Some("2401.00001"))
        );
        assert_eq!(
            with(None, Some("math.GT/0309136")),
            with(None, Some("math/0309136"))
        );
        assert_ne!(with(Some("10.1/abc"), None), with(None, Some("10.1/abc")));
        let kinds: Vec<KeyKind> = with(Some("10.1/abc"), Some("2401.00001"))
            .into_iter()
            .map(kind_of)
            .collect();
        assert_eq!(kinds, [KeyKind::Doi, KeyKind::Arxiv]);
    }
}
