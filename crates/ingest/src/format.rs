//! File formats: one reader a file, found by content.
//!
//! A new format is a new file below, with a type that implements [`Format`],
//! and one line in [`all`].

pub mod acl;
pub mod answers;
pub mod arxiv_atom;
pub mod arxiv_oai;
pub mod bibtex;
pub mod csl;
pub mod dblp;
pub mod delimited;
pub mod endnote;
pub mod europe_pmc;
pub mod export;
pub mod jats;
pub mod json;
pub mod jsonl;
mod known_ids;
pub mod marc;
pub mod mods;
pub mod nbib;
pub mod openalex;
pub mod ovid;
pub mod ovid_tagged;
mod plain;
pub mod proquest;
pub mod pubmed;
pub mod refer;
pub mod refworks;
pub mod ris;
pub mod seed;
mod tagged;
pub mod wos;
mod xml;
pub mod zotero_rdf;

pub use acl::Acl;
pub use answers::Answers;
pub use arxiv_atom::Atom;
pub use arxiv_oai::Oai;
pub use bibtex::Bibtex;
pub use csl::{Crossref, CslJson};
pub use dblp::Dblp;
pub use delimited::{Delimited, Mapped, Mapping, Transposed};
pub use endnote::EndNote;
pub use europe_pmc::EuropePmc;
pub use export::Export;
pub use jats::Jats;
pub use json::Json;
pub use jsonl::JsonLines;
pub use marc::Marc;
pub use mods::Mods;
pub use nbib::Nbib;
pub use openalex::OpenAlex;
pub use ovid::Ovid;
pub use ovid_tagged::OvidTagged;
pub use proquest::ProQuest;
pub use pubmed::PubMed;
pub use refer::Refer;
pub use refworks::RefWorks;
pub use ris::Ris;
pub use seed::Seed;
pub use wos::WebOfScience;
pub use zotero_rdf::ZoteroRdf;

use std::io::BufRead;
use std::path::Path;

use abs_record::RecordId;

use crate::draft::Draft;
use crate::error::ReadError;

/// What a reader yields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A record.
    Draft(Box<Draft>),
    /// The source takes a record back.
    Delete(RecordId),
}

/// A reader at work: a bad record is an item, not the end.
pub type Items<'a> = Box<dyn Iterator<Item = Result<Item, ReadError>> + Send + 'a>;

/// How sure a format is that a file is its own; the surest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// It can be read, but another format may know better.
    Possible,
    /// It looks like it.
    Likely,
    /// Nothing else looks like this.
    Certain,
}

/// The start of a file, unpacked, without a byte order mark.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The first bytes, at most [`HEAD_BYTES`](crate::source::HEAD_BYTES).
    pub bytes: &'a [u8],
    /// The file's name without its folder: a hint, never a proof.
    pub name: &'a str,
    /// Whether `bytes` is all there is.
    pub whole: bool,
}

impl<'a> Head<'a> {
    /// The lines that are complete, without their ends, blank ones left out.
    pub fn lines(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let whole = self.whole || !self.bytes.contains(&b'\n');
        let end = match self.bytes.iter().rposition(|&b| b == b'\n') {
            Some(end) if !whole => end,
            _ => self.bytes.len(),
        };
        self.bytes[..end]
            .split(|&b| b == b'\n')
            .map(<[u8]>::trim_ascii)
            .filter(|line| !line.is_empty())
    }
}

/// A file format.
pub trait Format: Send + Sync {
    /// Its name, as messages write it.
    fn name(&self) -> &'static str;

    /// What goes before ids made of a DOI, an arXiv id or a PubMed id, for
    /// records that have none of their own: what a reference manager or a
    /// database says of a work is another record than what Crossref says, and
    /// must not replace it. Empty where the format is of those who give them.
    fn source(&self) -> &'static str {
        ""
    }

    /// Whether a file that starts like this is of this format.
    fn sniff(&self, head: &Head<'_>) -> Confidence;

    /// Reads a file; memory must not grow with it.
    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a>;
}

/// Every format.
pub fn all() -> &'static [&'static dyn Format] {
    // JSON that knows its own keys comes before any JSON.
    &[
        &Seed,
        &Export,
        &OpenAlex,
        &Crossref,
        &CslJson,
        &Json,
        &JsonLines,
        &PubMed,
        &Jats,
        &Oai,
        &Atom,
        &Acl,
        &Dblp,
        &EndNote,
        &EuropePmc,
        &Marc,
        &Mods,
        &Answers,
        &ZoteroRdf,
        &Bibtex,
        &Nbib,
        &Ris,
        &WebOfScience,
        &Ovid,
        &OvidTagged,
        &RefWorks,
        &ProQuest,
        &Transposed,
        &Refer,
        &Delimited,
    ]
}

/// The formats that files are told apart by.
#[derive(Debug, Clone, Default)]
pub struct Formats {
    mapped: Option<Mapped>,
}

impl Formats {
    /// All there are, tables being read as a person says.
    pub fn with_mapping(mapping: Mapping) -> Formats {
        Formats {
            mapped: Some(Mapped(mapping)),
        }
    }

    /// The format of a file, by its start; of two that are equally sure, the
    /// mapped one, else the one that [`all`] names first.
    pub fn detect(&self, head: &Head<'_>) -> Option<&dyn Format> {
        let mapped = self.mapped.iter().map(|mapped| mapped as &dyn Format);
        let mut best = (Confidence::No, None);
        for format in mapped.chain(all().iter().copied()) {
            let confidence = format.sniff(head);
            if confidence > best.0 {
                best = (confidence, Some(format));
            }
        }
        best.1
    }
}

/// The format of a file, by its start, among [`all`].
pub fn detect(head: &Head<'_>) -> Option<&'static dyn Format> {
    static ALL: Formats = Formats { mapped: None };
    ALL.detect(head)
}
