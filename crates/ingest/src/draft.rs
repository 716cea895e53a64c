//! A record as a reader found it, and how it becomes a
//! [`Record`]: cleaned, checked and given an id in this
//! one place, whatever the format.

use abs_record::author::Name;
use abs_record::fold::fold;
use abs_record::{Author, Date, Record, RecordId, language};

use crate::error::{MAX_EXCERPT_CHARS, Place, ReadErrorKind};
use crate::{clean, ids};

/// The longest title in bytes.
pub const MAX_TITLE_BYTES: usize = 64 << 10;
/// The longest abstract in bytes. The longest real ones have some 30,000.
pub const MAX_ABSTRACT_BYTES: usize = 1 << 20;
/// The most authors of one record. The longest real list has 3,303, some
/// physics papers pass 5,000.
pub const MAX_AUTHORS: usize = 100_000;
/// The longest single author, keyword, category, venue or URL in bytes: each
/// is one term of the index, and tantivy drops terms near 64 KiB silently.
pub const MAX_TERM_BYTES: usize = 16 << 10;
/// The most keywords, and the most categories, of one record.
pub const MAX_TERMS: usize = 10_000;

/// What a reader found, raw: text as the source writes it, apart from the
/// escapes of the format itself. Empty text counts as absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Where it was found, for the reject it may become.
    pub origin: Origin,
    /// Its text is clean: mark-up in it is none, and stays.
    pub is_clean: bool,
    /// The id the source gives.
    pub id: Option<String>,
    /// The database that an export of many (RIS) says it is from.
    pub database: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The authors in the order of the work.
    pub authors: Vec<RawAuthor>,
    /// The abstract.
    pub abstract_text: Option<String>,
    /// The date; a reader with free text asks [`ids::date`].
    pub date: Option<Date>,
    /// Journal, conference or archive.
    pub venue: Option<String>,
    /// Subject classes.
    pub categories: Vec<String>,
    /// Key words.
    pub keywords: Vec<String>,
    /// DOI, with or without a resolver.
    pub doi: Option<String>,
    /// arXiv id, with or without prefix and version.
    pub arxiv: Option<String>,
    /// PubMed id.
    pub pmid: Option<String>,
    /// Where to read the work.
    pub url: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// Where in its venue it is, [`ids::place`]. Not kept: it tells records
    /// apart that have the same title, as every issue has its `Editorial`.
    pub place: Option<String>,
}

/// Where a draft was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Where it starts.
    pub place: Place,
    /// The start of its raw text, enough for an excerpt.
    pub start: Box<[u8]>,
}

impl Origin {
    /// Notes where a draft starts and how.
    pub fn new(place: Place, raw: &[u8]) -> Origin {
        let start = &raw[..raw.len().min(2 * MAX_EXCERPT_CHARS)];
        Origin {
            place,
            start: start.into(),
        }
    }
}

impl Default for Origin {
    fn default() -> Origin {
        Origin::new(Place::Byte(0), b"")
    }
}

/// One author, or several in one text, as a source writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAuthor {
    /// The name.
    pub name: RawName,
    /// ORCID where the source gives it.
    pub orcid: Option<String>,
}

/// The ways sources write names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawName {
    /// One name, in whatever order.
    One(String),
    /// Several names in one text.
    List(String),
    /// A flat comma list of `Family, Given` pairs.
    Pairs(String),
    /// A name in its parts, each possibly empty.
    Parts {
        /// Family name.
        family: String,
        /// Given names.
        given: String,
        /// `van`, `de la`.
        particle: String,
        /// `Jr.`.
        suffix: String,
    },
    /// A group.
    Collective(String),
    /// A name that is taken apart already, its parts clean.
    Known(Name),
}

impl From<RawName> for RawAuthor {
    fn from(name: RawName) -> RawAuthor {
        RawAuthor { name, orcid: None }
    }
}

impl Draft {
    /// [`Draft::finish_from`] a source that gives DOIs, arXiv ids or PubMed
    /// ids itself.
    pub fn finish(self) -> Result<Record, ReadErrorKind> {
        self.finish_from("")
    }

    /// Cleans and checks everything and settles the id: the source's own, else
    /// `doi:…`, `arXiv:…`, `pmid:…` behind the name of the source
    /// ([`Format::source`](crate::Format::source)) and of the database it is
    /// from, so that records of one work from several sources are several
    /// records, else one made from the content.
    pub fn finish_from(self, source: &str) -> Result<Record, ReadErrorKind> {
        let clean: Clean = match self.is_clean {
            true => made_visible,
            false => clean::owned,
        };
        let title = text("title", self.title, MAX_TITLE_BYTES, clean)?.unwrap_or_default();
        let abstract_text = bounded("abstract", self.abstract_text, MAX_ABSTRACT_BYTES)?
            .map(match self.is_clean {
                true => made_visible,
                false => clean::abstract_text,
            })
            .filter(|text| !text.is_empty());
        if title.is_empty() && abstract_text.is_none() {
            return Err(ReadErrorKind::Empty);
        }
        let url = text("URL", self.url, MAX_TERM_BYTES, clean)?;
        for (field, id) in [
            ("DOI", &self.doi),
            ("arXiv id", &self.arxiv),
            ("PMID", &self.pmid),
        ] {
            let bytes = id.as_ref().map_or(0, String::len);
            if bytes > MAX_TERM_BYTES {
                let limit = MAX_TERM_BYTES;
                return Err(ReadErrorKind::TooLong {
                    field,
                    bytes,
                    limit,
                });
            }
        }
        // An address may say what the record does not; ours says it all.
        let addresses = || {
            let addresses = [&self.id, &url].into_iter().flatten();
            addresses.map(String::as_str).take_while(|_| !self.is_clean)
        };
        let doi = self.doi.as_deref().and_then(ids::doi);
        let doi = doi.or_else(|| addresses().find_map(ids::doi_of_address));
        let arxiv = [&self.arxiv, &self.id, &url, &doi]
            .into_iter()
            .flatten()
            .find_map(|text| ids::arxiv(text));
        let pmid = self.pmid.as_deref().and_then(ids::pmid);
        let pmid = pmid.or_else(|| addresses().find_map(ids::pmid_of_address));
        let mut record = Record {
            // Replaced below, when the parts it may be made of are known.
            id: RecordId::from_content([]),
            title,
            authors: authors(self.authors)?,
            abstract_text,
            date: self.date,
            venue: text("venue", self.venue, MAX_TERM_BYTES, clean)?,
            categories: terms("categories", self.categories, clean)?,
            keywords: terms("keywords", self.keywords, clean)?,
            doi,
            arxiv,
            pmid,
            url,
            language: text("language", self.language, MAX_TERM_BYTES, clean)?
                .map(|language| language::code(&language)),
        };
        record.id = match self.id.map(clean) {
            Some(id) if !id.is_empty() => RecordId::parse(ids::without_arxiv_version(&id))?,
            _ => own_id(&record, source, self.database.as_deref(), self.place)?,
        };
        Ok(record)
    }
}

/// What is done to a text of a line.
type Clean = fn(String) -> String;

/// Clean text, as it is, whoever says so.
fn made_visible(text: String) -> String {
    clean::single_blanks(&clean::visible(&text)).into_owned()
}

/// An id from what else identifies the work.
fn own_id(
    record: &Record,
    source: &str,
    database: Option<&str>,
    place: Option<String>,
) -> Result<RecordId, ReadErrorKind> {
    let known = [
        ("doi:", &record.doi),
        ("arXiv:", &record.arxiv),
        ("pmid:", &record.pmid),
    ];
    for (prefix, id) in known {
        if let Some(id) = id {
            let mut from = source.to_owned();
            if let Some(database) = database.map(slug).filter(|slug| !slug.is_empty()) {
                from.push('-');
                from.push_str(&database);
            }
            if !from.is_empty() {
                from.push(':');
            }
            return Ok(RecordId::parse(&format!("{from}{prefix}{id}"))?);
        }
    }
    let title = fold(&record.title);
    let authors: Vec<String> = record.authors.iter().map(Author::key).collect();
    let year = record.year().map(|year| year.to_string());
    // Authors go in as one part, so that parts keep their places.
    let authors = authors.join("\u{1e}");
    let content = [
        title.as_str(),
        &authors,
        record.abstract_text.as_deref().unwrap_or_default(),
        year.as_deref().unwrap_or_default(),
    ];
    Ok(RecordId::from_content(
        content.into_iter().chain(place.as_deref()),
    ))
}

/// The longest name of a database in an id, in characters.
const MAX_SLUG_CHARS: usize = 16;

/// Letters and digits of a name, folded: `Web of Science` is `webofscience`.
fn slug(name: &str) -> String {
    let folded = fold(name);
    let letters = folded.chars().filter(char::is_ascii_alphanumeric);
    letters.take(MAX_SLUG_CHARS).collect()
}

/// One text, clean, or nothing where nothing is left.
fn text(
    field: &'static str,
    raw: Option<String>,
    limit: usize,
    clean: Clean,
) -> Result<Option<String>, ReadErrorKind> {
    let clean = bounded(field, raw, limit)?.map(clean);
    Ok(clean.filter(|clean| !clean.is_empty()))
}

/// A text as it is, unless it is too long.
fn bounded(
    field: &'static str,
    raw: Option<String>,
    limit: usize,
) -> Result<Option<String>, ReadErrorKind> {
    match raw {
        Some(raw) if raw.len() > limit => Err(ReadErrorKind::TooLong {
            field,
            bytes: raw.len(),
            limit,
        }),
        raw => Ok(raw),
    }
}

/// A list of short texts, clean, without empty ones and repetitions.
fn terms(
    field: &'static str,
    raw: Vec<String>,
    clean: Clean,
) -> Result<Vec<String>, ReadErrorKind> {
    if raw.len() > MAX_TERMS {
        return Err(ReadErrorKind::TooMany {
            field,
            count: raw.len(),
            limit: MAX_TERMS,
        });
    }
    let mut terms: Vec<String> = Vec::with_capacity(raw.len());
    for term in raw {
        terms.extend(text(field, Some(term), MAX_TERM_BYTES, clean)?);
    }
    // The first of equal ones stays where it is.
    let mut seen = rustc_hash::FxHashSet::default();
    let keep: Vec<bool> = terms.iter().map(|term| seen.insert(term)).collect();
    let mut keep = keep.into_iter();
    terms.retain(|_| keep.next().unwrap_or_default());
    Ok(terms)
}

/// The names, taken apart.
fn authors(raw: Vec<RawAuthor>) -> Result<Vec<Author>, ReadErrorKind> {
    let mut authors = Vec::with_capacity(raw.len());
    for RawAuthor { name, orcid } in raw {
        let first = authors.len();
        match name {
            RawName::One(name) => authors.push(Author::parse(&clean::name(&name))),
            RawName::Collective(name) => authors.push(Author::collective(&clean::text(&name))),
            RawName::List(names) => authors.extend(Author::parse_list(&clean::name(&names))),
            RawName::Pairs(names) => authors.extend(Author::parse_pairs(&clean::name(&names))),
            RawName::Parts {
                family,
                given,
                particle,
                suffix,
            } => {
                let [family, given, particle, suffix] =
                    [&family, &given, &particle, &suffix].map(|part| clean::name(part));
                authors.push(Author::person_with(&family, &given, &particle, &suffix));
            }
            RawName::Known(name) => authors.push(Author::from(visible_name(name))),
        }
        if let (Some(orcid), Some(author)) = (orcid, authors.get_mut(first)) {
            *author = author.clone().with_orcid(&orcid);
        }
    }
    authors.retain(|author| !author.is_empty());
    let count = authors.len();
    if count > MAX_AUTHORS {
        return Err(ReadErrorKind::TooMany {
            field: "authors",
            count,
            limit: MAX_AUTHORS,
        });
    }
    match authors.iter().map(name_bytes).find(|n| *n > MAX_TERM_BYTES) {
        Some(bytes) => Err(ReadErrorKind::TooLong {
            field: "name of an author",
            bytes,
            limit: MAX_TERM_BYTES,
        }),
        None => Ok(authors),
    }
}

fn visible_name(name: Name) -> Name {
    match name {
        Name::Collective(name) => Name::Collective(made_visible(name)),
        Name::Person {
            family,
            given,
            particle,
            suffix,
        } => Name::Person {
            family: made_visible(family),
            given: made_visible(given),
            particle: made_visible(particle),
            suffix: made_visible(suffix),
        },
    }
}

fn name_bytes(author: &Author) -> usize {
    match &author.name {
        Name::Collective(name) => name.len(),
        Name::Person {
            family,
            given,
            particle,
            suffix,
        } => family.len() + given.len() + particle.len() + suffix.len(),
    }
}
