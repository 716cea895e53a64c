//! Records of one file that share an identifier and are different works: the
//! abstracts of a meeting, which databases give the DOI of the supplement they
//! are all printed in, or an entry with the DOI of another copied into it.
//! None may replace another for that.

use abs_record::fold::fold;
use abs_record::{Record, RecordId};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::draft::Draft;
use crate::error::ReadErrorKind;

/// How many ids of a file are remembered, in 16 bytes each. Exports have some
/// thousands, tables of a database more; what comes after them replaces.
const MAX_IDS: usize = 1 << 20;

/// The ids that were made of identifiers, each with the title it had first.
#[derive(Debug, Default)]
pub(super) struct Namesakes {
    titles: FxHashMap<u64, u64>,
}

impl Namesakes {
    /// [`Draft::finish_from`] a source, with an id no other work of the file
    /// has. What Crossref, arXiv and PubMed say of an id of theirs is news of
    /// the same work: nothing is told apart there.
    pub(super) fn finish(&mut self, draft: Draft, source: &str) -> Result<Record, ReadErrorKind> {
        let is_made = is_made(&draft, source);
        let mut record = draft.finish_from(source)?;
        if is_made && (record.doi.is_some() || record.pmid.is_some()) {
            self.tell_apart(&mut record);
        }
        Ok(record)
    }

    /// Remembers a record that an earlier run has taken.
    pub(super) fn pass(&mut self, draft: Draft, source: &str) {
        if is_made(&draft, source) {
            // One that was rejected then is none now.
            let _ = self.finish(draft, source);
        }
    }

    /// Gives a record whose id was made of an identifier an id of its own,
    /// `ris:doi:10.1000/x~1f0c…`, where a record before it has the id under
    /// another title. The same file gives the same ids each time.
    fn tell_apart(&mut self, record: &mut Record) {
        let letters: String = fold(&record.title)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        // Without a title there is nothing to tell them by.
        if letters.is_empty() {
            return;
        }
        let title = xxh3_64(letters.as_bytes());
        let id = xxh3_64(record.id.as_str().as_bytes());
        let is_full = self.titles.len() >= MAX_IDS;
        let first = match self.titles.get(&id) {
            Some(first) => *first,
            None if is_full => return,
            None => *self.titles.entry(id).or_insert(title),
        };
        if first != title
            && let Ok(own) = RecordId::parse(&format!("{}~{title:016x}", record.id))
        {
            record.id = own;
        }
    }
}

/// Whether a record will be named by its source and an identifier.
fn is_made(draft: &Draft, source: &str) -> bool {
    draft.id.is_none() && !source.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(title: &str) -> Record {
        let draft = Draft {
            title: Some(title.to_owned()),
            doi: Some("10.1000/supplement".to_owned()),
            ..Draft::default()
        };
        draft.finish_from("ris").unwrap()
    }

    #[test]
    fn another_title_is_another_record() {
        let mut namesakes = Namesakes::default();
        let mut ids = Vec::new();
        for title in ["Of fish", "Of birds", "Of Fish.", "Of birds", "Of stones"] {
            let mut record = record(title);
            namesakes.tell_apart(&mut record);
            ids.push(record.id.as_str().to_owned());
        }
        assert_eq!(ids[0], "ris:doi:10.1000/supplement");
        assert_eq!(ids[2], ids[0]);
        assert!(
            ids[1].starts_with("ris:doi:10.1000/supplement~"),
            "{}",
            ids[1]
        );
        assert_eq!(ids[3], ids[1]);
        assert!(ids[4] != ids[1] && ids[4] != ids[0]);
    }

    #[test]
    fn nothing_is_told_by_no_title() {
        let mut namesakes = Namesakes::default();
        for title in ["Of fish", "—"] {
            let mut record = record(title);
            namesakes.tell_apart(&mut record);
            assert_eq!(record.id.as_str(), "ris:doi:10.1000/supplement");
        }
    }
}
