//! Words run together: `processreward` is `process reward`.

use abs_schema::analyzer;

use super::distance::MAX_CHARS;
use super::words::Candidate;
use crate::error::SearchError;
use crate::snapshot::Snapshot;

/// The shortest word a run of letters is taken apart into.
const MIN_CHARS: usize = 3;
/// Words it is taken apart into, at most.
const MAX_WORDS: usize = 4;
/// A word in less than this share of the records may be a slip itself.
const RARE_SHARE: u64 = 50_000;
const RARE: std::ops::RangeInclusive<u64> = 1..=5;

/// The words a run of letters is made of, if the index has them all: the
/// fewest, and of as many those whose rarest is the most frequent.
pub(super) fn apart(snapshot: &Snapshot, word: &str) -> Result<Option<Candidate>, SearchError> {
    let ends: Vec<usize> = word
        .char_indices()
        .map(|(at, _)| at)
        .chain([word.len()])
        .collect();
    let n_chars = ends.len() - 1;
    if !(2 * MIN_CHARS..=MAX_CHARS).contains(&n_chars) {
        return Ok(None);
    }
    // By letters read and words made of them: the rarest word's frequency, and
    // where the last word begins.
    let mut best: Vec<[Option<(u64, usize)>; MAX_WORDS + 1]> =
        vec![[None; MAX_WORDS + 1]; n_chars + 1];
    best[0][0] = Some((u64::MAX, 0));
    let enough = (snapshot.n_docs / RARE_SHARE).clamp(*RARE.start(), *RARE.end());
    for start in 0..=n_chars - MIN_CHARS {
        if best[start].iter().all(Option::is_none) {
            continue;
        }
        for end in start + MIN_CHARS..=n_chars {
            let rest = n_chars - end;
            if (start, end) == (0, n_chars) || (1..MIN_CHARS).contains(&rest) {
                continue;
            }
            // Of names nearly any run of letters is one.
            let Some(stem) = analyzer::stem(&word[ends[start]..ends[end]]) else {
                continue;
            };
            let doc_freq = snapshot.look_up(snapshot.fields.text, &stem)?.doc_freq;
            if doc_freq < enough {
                continue;
            }
            for n_words in 0..MAX_WORDS {
                let Some((rarest, _)) = best[start][n_words] else {
                    continue;
                };
                let rarest = rarest.min(doc_freq);
                let known = &mut best[end][n_words + 1];
                if known.is_none_or(|(other, _)| other < rarest) {
                    *known = Some((rarest, start));
                }
            }
        }
    }
    let found = (2..=MAX_WORDS).find_map(|n| Some((n, best[n_chars][n]?.0)));
    let Some((n_words, doc_freq)) = found else {
        return Ok(None);
    };
    let mut words: Vec<&str> = Vec::with_capacity(n_words);
    let mut end = n_chars;
    for n in (1..=n_words).rev() {
        let Some((_, start)) = best[end][n] else {
            return Ok(None);
        };
        words.push(&word[ends[start]..ends[end]]);
        end = start;
    }
    words.reverse();
    Ok(Some(Candidate {
        text: words.join(" "),
        n_edits: n_words - 1,
        doc_freq,
    }))
}
