//! Zotero RDF, the format that Zotero offers first for an export. What an
//! item appeared in stands within it, or beside it under a name
//! (`urn:issn:…`) that one item refers to; DOI, volume and issue stand there,
//! too. Source: Zotero's own translator
//! (<https://github.com/zotero/translators>, `Zotero RDF.js`).

mod item;

use std::collections::VecDeque;
use std::io::BufRead;
use std::path::Path;

use self::item::{Container, Parsed};
use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, Origin};
use crate::error::ReadErrorKind;

/// Zotero RDF.
#[derive(Debug, Clone, Copy)]
pub struct ZoteroRdf;

/// How many items may wait for what they appeared in, and how many of the
/// latter for their item. Zotero writes one behind the other.
const MAX_WAITING: usize = 100;
/// The longest node that waits, in bytes; what is longer is taken as it is.
const MAX_NODE_BYTES: usize = 256 << 10;

impl Format for ZoteroRdf {
    fn name(&self) -> &'static str {
        "Zotero RDF"
    }

    fn source(&self) -> &'static str {
        "zotero"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match Root::find(head) {
            Some(root)
                if root.name == "RDF"
                    && root.has("zotero.org/namespaces/export")
                    && root.has("purl.org/net/biblio#") =>
            {
                Confidence::Certain
            }
            _ => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        xml::open(Reader::default(), input, path)
    }
}

#[derive(Default)]
struct Reader {
    /// Items with the names of what they appeared in.
    items: VecDeque<(String, Draft)>,
    containers: VecDeque<(String, Container)>,
    /// Where the node starts that is read, and how long it is.
    here: Origin,
    n_bytes: usize,
}

impl Dialect for Reader {
    const WANTED: Wanted = Wanted {
        elements: &[
            "Article",
            "Book",
            "BookSection",
            "ConferenceProceedings",
            "CourtReporter",
            "Data",
            "Description",
            "Document",
            "Illustration",
            "Image",
            "Interview",
            "Journal",
            "Legislation",
            "Letter",
            "Manuscript",
            "MotionPicture",
            "Newspaper",
            "Patent",
            "Periodical",
            "Recording",
            "Report",
            "Thesis",
            // No works, and what is in them is none.
            "Attachment",
            "Collection",
            "Memo",
        ],
        tags: &[],
        breaks: &[],
    };

    fn element(
        &mut self,
        tag: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        let name = tag.attribute("about").unwrap_or_default();
        match item::read(cursor)? {
            Parsed::Nothing => {}
            Parsed::Item(draft, None) => found.draft(*draft),
            Parsed::Item(mut draft, Some(wanted)) => {
                let mut known = self.containers.iter();
                match known.position(|(name, _)| *name == wanted) {
                    Some(idx) => {
                        if let Some((_, container)) = self.containers.remove(idx) {
                            container.fill(&mut draft);
                        }
                        found.draft(*draft);
                    }
                    None if self.n_bytes > MAX_NODE_BYTES => found.draft(*draft),
                    None => {
                        draft.origin = self.here.clone();
                        self.items.push_back((wanted, *draft));
                        if self.items.len() > MAX_WAITING
                            && let Some((_, first)) = self.items.pop_front()
                        {
                            found.draft(first);
                        }
                    }
                }
            }
            Parsed::Container(container) => {
                let mut waiting = self.items.iter();
                match waiting.position(|(wanted, _)| *wanted == name) {
                    Some(idx) => {
                        if let Some((_, mut draft)) = self.items.remove(idx) {
                            container.fill(&mut draft);
                            found.draft(draft);
                        }
                    }
                    None if self.n_bytes > MAX_NODE_BYTES => {}
                    None => {
                        self.containers.push_back((name, *container));
                        if self.containers.len() > MAX_WAITING {
                            self.containers.pop_front();
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn starts(&mut self, origin: Origin, n_bytes: usize) {
        (self.here, self.n_bytes) = (origin, n_bytes);
    }

    fn end(&mut self, found: &mut Found) {
        for (_, draft) in self.items.drain(..) {
            found.draft(draft);
        }
    }
}

#[cfg(test)]
mod tests;
