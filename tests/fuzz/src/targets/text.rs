//! Text: snippets, names, cleaning, analysis.

use abs_ingest::clean;
use abs_record::fold::is_invisible;
use abs_record::{Author, Name, NameQuery};
use abs_schema::analyzer::{Lexer, stem_in_place};

/// Snippets are parts of their text, and their ranges are parts of them. The
/// first byte is their length and number, the first line what is looked for.
pub(super) fn snippet(data: &[u8]) {
    let Some((choice, text)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(text);
    let (words, text) = text.split_once('\n').unwrap_or(("", &text));
    let n_wanted = usize::from(choice & 3) + 1;
    let max_chars = match choice >> 2 {
        63 => usize::MAX,
        chars => usize::from(chars) * 4,
    };
    let snippets = abs_query::passages(text, words, max_chars, n_wanted);
    assert!(snippets.len() <= n_wanted);
    for snippet in &snippets {
        let end = snippet.start + snippet.text.len();
        assert_eq!(text.get(snippet.start..end), Some(snippet.text.as_str()));
        let mut last = 0;
        for range in &snippet.ranges {
            assert!(snippet.text.get(range.clone()).is_some());
            assert!(range.start >= last && range.end > range.start);
            last = range.end;
        }
    }
}

/// Names are taken apart once: what is shown gives the same name again, and
/// an author is found by its own name. Two names, or the parts of one, a line.
pub(super) fn author(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (first, second, third, fourth) = (line(), line(), line(), line());
    let parsed = Author::parse(first);
    let made = Author::person_with(first, second, third, fourth);
    for author in [&parsed, &made] {
        if matches!(author.name, Name::Person { .. }) {
            let again = Author::parse(&author.display());
            assert_eq!(again.display(), author.display(), "{author:?}");
            assert_eq!(again.key(), author.key(), "{author:?}");
        }
    }
    let key = parsed.key();
    assert!(key.len() <= 400);
    // A longer one was cut, and is not the whole name.
    if !key.is_empty() && key.len() < 390 {
        assert!(parsed.fits(&parsed), "{parsed:?}");
    }
    let query = NameQuery::parse(second);
    if query.key_fits(&key) {
        let prefixes = query.prefixes();
        assert!(prefixes.iter().any(|prefix| key.starts_with(prefix)));
    }
    let pairs = Author::parse_pairs(&text);
    for author in Author::parse_list(&text).into_iter().chain(pairs) {
        assert!(!author.is_empty());
        assert!(author.key().len() <= 400);
        let _ = (author.natural(), author.name_parts());
    }
}

/// Any text becomes one clean line, and plain letters survive.
pub(super) fn clean(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let clean = clean::text(&text);
    assert!(!clean.contains(|c: char| c.is_control() || is_invisible(c)));
    assert!(!clean.contains("  ") && clean.trim() == clean);
    assert_eq!(clean::owned(text.clone().into_owned()), clean);
    assert!(clean::abstract_text(text.clone().into_owned()).len() <= clean.len());
    // In old files of TeX, DEL is an accent.
    if text.is_ascii() && !text.contains(['&', '<', '\\', '\x7f']) {
        let letters =
            |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        assert_eq!(letters(&clean), letters(&text));
    }
    let _ = (
        clean::entities(&text),
        clean::without_tags(&text),
        clean::mojibake(&text),
        clean::accents(&text),
    );
}

/// Words lie in their text.
pub(super) fn analyzer(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lexer = Lexer::new(&text);
    let mut stem = String::new();
    let mut n_words = 0;
    while lexer.advance().is_some() {
        let word = lexer.word();
        assert!(text.get(word.span.clone()).is_some());
        stem.clear();
        stem.push_str(word.text);
        stem_in_place(&mut stem);
        n_words += 1;
    }
    // A character may give itself, its compound and its joined form.
    assert!(n_words <= 3 * text.len());
}
