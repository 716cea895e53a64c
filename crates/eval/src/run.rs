//! Runs: what a system answered to each topic, as TREC writes it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use crate::error::EvalError;
use crate::measure::Measures;
use crate::qrels::Qrels;

/// Ranked documents by topic id, best first, none twice.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    by_topic: BTreeMap<String, Vec<Answer>>,
}

/// A document of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its id.
    pub document: String,
    /// More is better.
    pub score: f32,
}

impl Run {
    /// Puts a topic's answers in, which are in their order.
    pub fn insert(&mut self, topic: &str, answers: Vec<Answer>) {
        self.by_topic.insert(topic.to_owned(), answers);
    }

    /// A topic's answers, none for a topic that is not in the run.
    pub fn of(&self, topic: &str) -> &[Answer] {
        self.by_topic.get(topic).map_or(&[], Vec::as_slice)
    }

    /// Reads `topic Q0 document rank score tag`. As in trec_eval the order is
    /// that of scores in single precision, equal ones by document id, greatest
    /// first; the rank is not looked at.
    pub fn read(path: &Path) -> Result<Run, EvalError> {
        let mut run = Run::default();
        crate::beir::each_line(path, |number, line| {
            run.add_line(line)
                .map_err(|reason| EvalError::line(path, number, reason))
        })?;
        run.sort();
        Ok(run)
    }

    /// The same from lines at hand.
    pub fn from_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Run, String> {
        let mut run = Run::default();
        for (idx, line) in lines.enumerate() {
            run.add_line(line)
                .map_err(|reason| format!("line {}: {reason}", idx + 1))?;
        }
        run.sort();
        Ok(run)
    }

    fn add_line(&mut self, line: &str) -> Result<(), String> {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let (topic, document, score) = match columns.as_slice() {
            [] => return Ok(()),
            [topic, _, document, _, score, _] | [topic, _, document, _, score] => {
                (*topic, *document, *score)
            }
            _ => return Err("not the six columns of a run".to_owned()),
        };
        let score: f32 = score
            .parse()
            .ok()
            .filter(|score: &f32| !score.is_nan())
            .ok_or_else(|| format!("{score:?} is no score"))?;
        let answers = self.by_topic.entry(topic.to_owned()).or_default();
        answers.push(Answer {
            document: document.to_owned(),
            score,
        });
        Ok(())
    }

    fn sort(&mut self) {
        for answers in self.by_topic.values_mut() {
            answers.sort_by(|a, b| {
                b.score
                    .total_cmp(&a.score)
                    .then_with(|| b.document.cmp(&a.document))
            });
            let mut seen = rustc_hash::FxHashSet::default();
            answers.retain(|answer| seen.insert(answer.document.clone()));
        }
    }

    /// Writes the run. Readers go by the score, so equal scores are written
    /// falling by the least a number can, and come back in this order.
    pub fn write(&self, out: &mut impl Write, tag: &str) -> io::Result<()> {
        for (topic, answers) in &self.by_topic {
            let mut last = f32::INFINITY;
            for (idx, answer) in answers.iter().enumerate() {
                let mut score = answer.score;
                if score >= last {
                    score = last.next_down();
                }
                last = score;
                let (topic, document) = (column(topic), column(&answer.document));
                writeln!(out, "{topic} Q0 {document} {} {score:e} {tag}", idx + 1)?;
            }
        }
        Ok(())
    }

    /// Measures of every judged topic, in the order of their ids.
    pub fn measure(&self, qrels: &Qrels) -> Vec<(String, Measures)> {
        let measured = qrels.topics().map(|topic| {
            let ranking: Vec<&str> = self
                .of(topic)
                .iter()
                .map(|answer| answer.document.as_str())
                .collect();
            (topic.to_owned(), Measures::of(qrels.of(topic), &ranking))
        });
        measured.collect()
    }
}

/// An id as one column: blanks in it would be columns of their own.
fn column(id: &str) -> String {
    id.replace(char::is_whitespace, "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_comes_back_as_it_was_ties_and_all() {
        let mut run = Run::default();
        let answers: Vec<Answer> = [("a", 2.5), ("c", 2.5), ("b", 2.5), ("d", -1.0)]
            .into_iter()
            .map(|(document, score)| Answer {
                document: document.to_owned(),
                score,
            })
            .collect();
        run.insert("1", answers);
        let mut out = Vec::new();
        run.write(&mut out, "ours").unwrap();
        let text = String::from_utf8(out).unwrap();
        let back = Run::from_lines(text.lines()).unwrap();
        let order: Vec<&str> = back.of("1").iter().map(|a| a.document.as_str()).collect();
        assert_eq!(order, ["a", "c", "b", "d"]);
        assert!(text.starts_with("1 Q0 a 1 2.5e0 ours\n"), "{text}");
    }

    #[test]
    fn what_is_no_run_is_said() {
        let error = |text: &str| Run::from_lines(text.lines()).unwrap_err();
        assert_eq!(error("1 Q0 a 1"), "line 1: not the six columns of a run");
        assert_eq!(error("1 Q0 a 1 x y"), "line 1: \"x\" is no score");
        assert_eq!(error("1 Q0 a 1 NaN y"), "line 1: \"NaN\" is no score");
    }
}
