//! What databases write where there is no abstract.

/// Remarks in lower case, without the marks around them.
const REMARKS: &[&str] = &[
    // PubMed, of an abstract in another language.
    "abstract available from the publisher",
    "abstract is not available",
    "abstract is unavailable",
    "abstract missing",
    "abstract not available",
    "abstract not provided",
    "abstract unavailable",
    "an abstract is not available",
    // R and Python, of what is missing.
    "n/a",
    "na",
    "nan",
    "no abstract",
    "no abstract available",
    "no abstract is available",
    "no abstract is available for this article",
    "no abstract present",
    "no abstract provided",
    "no abstract was provided",
    "none",
    "not available",
    "null",
    "there is no abstract available",
];

/// Whether a text as a whole says that there is none, `[No abstract
/// available]`, whatever marks it is put in. A search for `available` would
/// find nothing else than these.
pub fn is_remark(text: &str) -> bool {
    let longest = 60;
    if text.len() > longest {
        return false;
    }
    let bare = text.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    let bare = bare.to_lowercase();
    REMARKS.contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks() {
        for text in [
            "[No abstract available]",
            "No abstract available.",
            "No Abstract Available",
            "[ABSTRACT NOT AVAILABLE]",
            "Abstract not available",
            "*No abstract.*",
            "Abstract available from the publisher.",
            "NA",
            "N/A",
            "NaN",
        ] {
            assert!(is_remark(text), "{text}");
        }
        for text in [
            "",
            "Abstract",
            "No abstract available in English. We show that fish swim.",
            "No abstract data types are available",
            "We have no abstract",
            "NaN boxing",
        ] {
            assert!(!is_remark(text), "{text}");
        }
    }
}
