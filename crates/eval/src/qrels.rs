//! Relevance judgements: which documents answer a topic, and how well.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::error::EvalError;

/// Grades of one topic's judged documents. Above 0 is relevant.
pub type Grades = FxHashMap<String, i32>;

/// Judgements of all topics, by topic id.
#[derive(Debug, Clone, Default)]
pub struct Qrels {
    by_topic: BTreeMap<String, Grades>,
    none: Grades,
}

impl Qrels {
    /// Reads BEIR's `query-id TAB corpus-id TAB score`, with or without its
    /// heading, or TREC's `topic iteration document grade`.
    pub fn read(path: &Path) -> Result<Qrels, EvalError> {
        let mut qrels = Qrels::default();
        crate::beir::each_line(path, |number, line| {
            qrels
                .add_line(line, number == 1)
                .map_err(|reason| EvalError::line(path, number, reason))
        })?;
        Ok(qrels)
    }

    /// The same from lines at hand; the error says which and why.
    pub fn from_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Qrels, String> {
        let mut qrels = Qrels::default();
        for (idx, line) in lines.enumerate() {
            qrels
                .add_line(line, idx == 0)
                .map_err(|reason| format!("line {}: {reason}", idx + 1))?;
        }
        Ok(qrels)
    }

    /// A document judged twice keeps the later grade.
    fn add_line(&mut self, line: &str, first: bool) -> Result<(), String> {
        let columns: Vec<&str> = if line.contains('\t') {
            line.split('\t').map(str::trim).collect()
        } else {
            line.split_whitespace().collect()
        };
        let (topic, document, grade) = match columns.as_slice() {
            [] | [""] => return Ok(()),
            [topic, document, grade] | [topic, _, document, grade] => (*topic, *document, *grade),
            _ => return Err("not three or four columns".to_owned()),
        };
        let grade: i32 = match grade.parse() {
            Ok(grade) => grade,
            // The heading.
            Err(_) if first => return Ok(()),
            Err(_) => return Err(format!("{grade:?} is no grade")),
        };
        let grades = self.by_topic.entry(topic.to_owned()).or_default();
        grades.insert(document.to_owned(), grade);
        Ok(())
    }

    /// Judgements of a topic, empty for one that was not judged.
    pub fn of(&self, topic: &str) -> &Grades {
        self.by_topic.get(topic).unwrap_or(&self.none)
    }

    /// Whether a topic was judged.
    pub fn has(&self, topic: &str) -> bool {
        self.by_topic.contains_key(topic)
    }

    /// Judged topics, in the order of their ids.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.by_topic.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let beir = "query-id\tcorpus-id\tscore\n1\tdoc one\t2\n\n2\tb\t0\n";
        let qrels = Qrels::from_lines(beir.lines()).unwrap();
        assert_eq!(qrels.of("1").get("doc one"), Some(&2));
        assert_eq!(qrels.of("2").get("b"), Some(&0));
        assert!(qrels.has("2") && !qrels.has("query-id"));
        let trec = "1 0 a 2\n1 0 a 3\n";
        let qrels = Qrels::from_lines(trec.lines()).unwrap();
        assert_eq!(qrels.of("1").get("a"), Some(&3));
        assert_eq!(qrels.topics().count(), 1);
    }

    #[test]
    fn what_is_neither_is_said() {
        let error = |text: &str| Qrels::from_lines(text.lines()).unwrap_err();
        assert!(error("1 0 a 1\n1 0 a\tx\n").starts_with("line 2"));
        assert_eq!(error("a b"), "line 1: not three or four columns");
        assert_eq!(error("a b 1\na b c"), "line 2: \"c\" is no grade");
    }
}
