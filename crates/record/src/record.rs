//! One record: a work's bibliographic description with its abstract.

use crate::{Author, Date, RecordId};

/// A record, parsed and cleaned. Text is plain: no mark-up, no control
/// characters, formulas as their source wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Identity: a record with an id seen before replaces the older one.
    pub id: RecordId,
    /// Title, empty where the source has none.
    pub title: String,
    /// Authors in the order of the work.
    pub authors: Vec<Author>,
    /// Abstract, `None` where the source has none.
    pub abstract_text: Option<String>,
    /// Publication date of year, month or day precision.
    pub date: Option<Date>,
    /// Journal, conference or archive, as printed.
    pub venue: Option<String>,
    /// Subject classes, such as `cs.CL`.
    pub categories: Vec<String>,
    /// Key words given by authors or indexers.
    pub keywords: Vec<String>,
    /// DOI without a resolver in front: `10.1000/xyz`.
    pub doi: Option<String>,
    /// arXiv id without a version: `2503.10291`, `hep-th/9901001`.
    pub arxiv: Option<String>,
    /// PubMed id, digits.
    pub pmid: Option<String>,
    /// Where to read the work.
    pub url: Option<String>,
    /// Language as the source names it, lower case (`en`, `eng`).
    pub language: Option<String>,
}

impl Record {
    /// A record of `id` with everything else empty.
    pub fn new(id: RecordId) -> Record {
        Record {
            id,
            title: String::new(),
            authors: Vec::new(),
            abstract_text: None,
            date: None,
            venue: None,
            categories: Vec::new(),
            keywords: Vec::new(),
            doi: None,
            arxiv: None,
            pmid: None,
            url: None,
            language: None,
        }
    }

    /// Year of publication.
    pub fn year(&self) -> Option<u16> {
        self.date.map(Date::year)
    }
}
