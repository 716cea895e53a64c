//! Topics: test queries with an id.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::error::EvalError;

/// A test query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// As judgements name it.
    pub id: String,
    /// What is typed.
    pub text: String,
}

/// A line of BEIR's `queries.jsonl`. Other keys, such as `metadata`, are left.
#[derive(Deserialize)]
struct Line {
    #[serde(alias = "id", alias = "query_id")]
    _id: Value,
    #[serde(alias = "query")]
    text: String,
}

impl Topic {
    /// Reads `{"_id": …, "text": …}`, one object a line.
    pub fn read(path: &Path) -> Result<Vec<Topic>, EvalError> {
        let mut topics = Vec::new();
        crate::beir::each_line(path, |number, text| {
            if text.trim().is_empty() {
                return Ok(());
            }
            let bad = |reason: String| EvalError::line(path, number, reason);
            let line: Line = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
            let id = match line._id {
                Value::String(id) => id,
                Value::Number(id) => id.to_string(),
                _ => return Err(bad("the id is neither text nor a number".to_owned())),
            };
            topics.push(Topic {
                id,
                text: line.text,
            });
            Ok(())
        })?;
        Ok(topics)
    }
}
