//! How good a ranking is, by judged collections: topics, relevance judgements
//! (qrels), runs, and the measures trec_eval made the common ones.
//!
//! ```
//! use abs_eval::{Measures, Qrels};
//!
//! let qrels = Qrels::from_lines("q 0 good 2\nq 0 fair 1\n".lines()).unwrap();
//! let measures = Measures::of(qrels.of("q"), &["fair", "other", "good"]);
//! assert!((measures.ndcg_10 - 0.7602).abs() < 1e-4);
//! ```

pub mod beir;
pub mod error;
pub mod known_item;
pub mod measure;
pub mod qrels;
pub mod run;
pub mod search;
pub mod topic;

pub use beir::Collection;
pub use error::EvalError;
pub use measure::{Measures, mean};
pub use qrels::{Grades, Qrels};
pub use run::Run;
pub use topic::Topic;
