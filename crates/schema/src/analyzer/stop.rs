//! Words that carry no topic.

/// Lucene's English stop words (`EnglishAnalyzer.ENGLISH_STOP_WORDS_SET`,
/// 33 words): not in ranked text, kept where phrases are exact.
const STOP_WORDS: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it",
    "no", "not", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these",
    "they", "this", "to", "was", "will", "with",
];

/// Words of a question or of a request that say nothing about its topic, in
/// folded, unstemmed form; dropped from a query where something is left.
const QUESTION_WORDS: [&str; 60] = [
    "about", "also", "am", "any", "been", "being", "can", "could", "describe", "did", "discuss",
    "do", "does", "during", "each", "find", "from", "give", "given", "had", "has", "have",
    "having", "he", "her", "his", "how", "i", "its", "may", "me", "my", "our", "out", "please",
    "she", "should", "so", "some", "than", "them", "those", "through", "us", "we", "were", "what",
    "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "would", "you",
    "your", "yours",
];

/// Whether a folded word is a stop word.
pub fn is_stop_word(word: &str) -> bool {
    word.len() <= 5 && STOP_WORDS.binary_search(&word).is_ok()
}

/// Whether a folded word belongs to the way a question is put.
pub fn is_question_word(word: &str) -> bool {
    QUESTION_WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_apart() {
        assert!(STOP_WORDS.is_sorted());
        assert!(QUESTION_WORDS.is_sorted());
        assert!(QUESTION_WORDS.iter().all(|word| !is_stop_word(word)));
        assert!(STOP_WORDS.iter().all(|word| is_stop_word(word)));
    }
}
