//! The heading `Abstract` in front of an abstract.

/// Words that begin an abstract and cannot continue a term that begins with
/// `Abstract` (`Abstract Interpretation`, `Abstract Meaning Representation`).
const STARTERS: &[&str] = &[
    "A",
    "Aim",
    "Aims",
    "Although",
    "An",
    "As",
    "At",
    "BACKGROUND",
    "Background",
    "Both",
    "Despite",
    "Due",
    "During",
    "For",
    "From",
    "Here",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Introduction",
    "It",
    "Many",
    "Most",
    "Motivation",
    "OBJECTIVE",
    "Objective",
    "Objectives",
    "On",
    "Our",
    "Purpose",
    "Recent",
    "Recently",
    "Several",
    "Since",
    "Some",
    "The",
    "There",
    "These",
    "This",
    "To",
    "Under",
    "Until",
    "Using",
    "We",
    "What",
    "When",
    "While",
    "With",
];

/// Drops a leading `Abstract`, `ABSTRACT:`, `Abstract—` where it is a heading
/// and no part of the first sentence.
pub fn without_heading(text: &str) -> &str {
    let start = text.trim_start();
    let bare = start.trim_start_matches(['[', '*']);
    let Some(rest) = strip_word(bare) else {
        return text;
    };
    let is_marked = bare.len() < start.len() && rest.starts_with([']', '*']);
    let rest = match is_marked {
        true => rest.trim_start_matches([']', '*']),
        false => rest,
    };
    let body = rest.trim_start();
    let blanks = &rest[..rest.len() - body.len()];
    let is_capital = body.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let found = if let Some(body) = body.strip_prefix([':', '.', '—', '–', '―', '|']) {
        Some(body)
    } else if let Some(body) = body.strip_prefix('-') {
        // `Abstract-valued`, but `Abstract - The` and `Abstract-This`.
        let is_apart = !blanks.is_empty() && body.starts_with(' ');
        (is_apart || starts_sentence(body)).then_some(body)
    } else {
        // Nobody breaks a line behind one word.
        let is_line = blanks.contains(['\n', '\r', '\u{2028}']);
        // In capitals alone it is a heading; among others the style.
        let stands_out = bare.starts_with("ABSTRACT") && is_capital && !is_shouted(body);
        (is_marked || is_line || stands_out || starts_sentence(body)).then_some(body)
    };
    // A heading with nothing below is all there is.
    match found.map(str::trim_start) {
        Some(body) if !body.is_empty() => body,
        _ => text,
    }
}

fn strip_word(text: &str) -> Option<&str> {
    let (word, rest) = text.split_at_checked("abstract".len())?;
    word.eq_ignore_ascii_case("abstract").then_some(rest)
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

fn starts_sentence(text: &str) -> bool {
    STARTERS.binary_search(&first_word(text)).is_ok()
}

fn is_shouted(text: &str) -> bool {
    let mut words = text.split_whitespace().take(3);
    words.all(|word| !word.contains(|c: char| c.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go() {
        assert!(STARTERS.is_sorted());
        for raw in [
            "Abstract: We show",
            "ABSTRACT. We show",
            "Abstract—We show",
            "Abstract - We show",
            "Abstract-We show",
            "ABSTRACT We show",
            "ABSTRACT\nWe show",
            "Abstract\n We show",
            "  Abstract  We show",
            "AbstractWe show",
            "[Abstract] We show",
            "**Abstract**: We show",
            "abstract: We show",
        ] {
            assert_eq!(without_heading(raw), "We show", "{raw}");
        }
        assert_eq!(without_heading("Abstract\nfoo bar"), "foo bar");
        assert_eq!(without_heading("ABSTRACT Zebrafish are"), "Zebrafish are");
    }

    #[test]
    fn first_words_stay() {
        for text in [
            "Abstract interpretation is a framework",
            "Abstract Interpretation is a framework",
            "Abstract Meaning Representation (AMR) is",
            "Abstract-valued functions",
            "Abstracts of talks",
            "Abstraction is",
            "Abstract",
            "Abstract:",
            "ABSTRACT ALGEBRA FOR ALL OF US",
            "An abstract: short",
            "",
        ] {
            assert_eq!(without_heading(text), text);
        }
    }
}
