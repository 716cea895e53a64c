//! tantivy's own English chain: what the baselines index with.

use anyhow::{Context, Result};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};

/// Words in lower case, without stop words, stemmed.
pub fn english() -> Result<TextAnalyzer> {
    Ok(TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(StopWordFilter::new(Language::English).context("no stop words")?)
        .filter(Stemmer::new(Language::English))
        .build())
}
