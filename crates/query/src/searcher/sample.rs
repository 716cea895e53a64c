//! Records drawn from an index, and how rare words are: what an evaluation
//! makes questions of.

use abs_record::Record;
use abs_schema::analyzer::{self, Lexer};

use super::Searcher;
use crate::error::SearchError;
use crate::snapshot::column;

impl Searcher {
    /// `n` records as if by chance: which ones depends on the seed and on
    /// what is indexed, not on how.
    pub fn sample(&self, n: usize, seed: u64) -> Result<Vec<Record>, SearchError> {
        let mut drawn = Vec::new();
        for (segment_idx, segment) in self.snapshot.segments().iter().enumerate() {
            let tie = column(segment, "tie")?;
            for doc in segment.doc_ids_alive() {
                // The tie is a hash; with the seed it is another one.
                let key = tie.first(doc).unwrap_or_default() ^ seed;
                let key = xxhash_rust::xxh3::xxh3_64(&key.to_le_bytes());
                drawn.push((key, segment_idx, doc));
            }
        }
        drawn.sort_unstable();
        drawn.truncate(n);
        drawn
            .into_iter()
            .map(|(_, segment_idx, doc)| self.snapshot.record(segment_idx, doc))
            .collect()
    }

    /// How many records hold a word in title or abstract, in any of its forms;
    /// of a compound, its rarest part. 0 for stop words.
    pub fn n_records_with(&self, word: &str) -> Result<u64, SearchError> {
        let mut lexer = Lexer::new(word);
        let mut fewest: Option<u64> = None;
        while lexer.advance().is_some() {
            let Some(stem) = analyzer::stem(lexer.word().text) else {
                continue;
            };
            let n = self
                .snapshot
                .look_up(self.snapshot.fields.text, &stem)?
                .doc_freq;
            fewest = Some(fewest.map_or(n, |fewest| fewest.min(n)));
        }
        Ok(fewest.unwrap_or(0))
    }
}
