//! Runs made by searching: each topic as a person would type it.

use abs_query::{SearchOptions, Searcher};

use crate::error::EvalError;
use crate::run::{Answer, Run};
use crate::topic::Topic;

/// Searches every topic; `each` is called before each with how many are done.
pub fn run(
    searcher: &Searcher,
    topics: &[Topic],
    options: &SearchOptions,
    mut each: impl FnMut(usize),
) -> Result<Run, EvalError> {
    let mut run = Run::default();
    for (idx, topic) in topics.iter().enumerate() {
        each(idx);
        let results = searcher.search(&topic.text, options);
        let results = results.map_err(|source| EvalError::Search {
            topic: topic.id.clone(),
            source,
        })?;
        let answers = results.hits.into_iter().map(|hit| Answer {
            document: hit.record.id.as_str().to_owned(),
            score: hit.score,
        });
        run.insert(&topic.id, answers.collect());
    }
    Ok(run)
}
