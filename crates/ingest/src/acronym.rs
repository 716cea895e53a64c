//! Acronyms and what they stand for, mined from titles and abstracts.
//!
//! The method is Schwartz and Hearst's (*A simple algorithm for identifying
//! abbreviation definitions in biomedical text*, Pacific Symposium on
//! Biocomputing 2003): at a bracket, `long form (SHORT)` or `SHORT (long
//! form)`, the letters of the short form are looked for in the long one from
//! right to left, and its first letter must begin a word. It costs a look for
//! brackets where there are none, and a bounded look around each.

mod counter;
pub(crate) mod kept;

pub use counter::{MAX_PAIRS, Miner};

/// The longest short form, in characters.
const MAX_SHORT_CHARS: usize = 10;
/// The longest long form, in bytes.
const MAX_LONG_BYTES: usize = 120;

/// Calls `each` with every short form that `text` explains and with what it
/// stands for, both as printed, the short one in the singular.
pub fn pairs<'t>(text: &'t str, mut each: impl FnMut(&'t str, &'t str)) {
    let bytes = text.as_bytes();
    for open in memchr::memchr2_iter(b'(', b'[', bytes) {
        // `f(x)` is no aside.
        if open == 0 || !bytes[open - 1].is_ascii_whitespace() {
            continue;
        }
        let Some(inside) = bracketed(text, open) else {
            continue;
        };
        let before = text[..open].trim_end();
        if let Some(short) = short_form(until_clause(inside)) {
            if let Some(long) = long_form(short, last_bytes(before)) {
                each(short, long);
            }
        } else if let Some(short) = last_word(before).and_then(short_form)
            && let Some(inside) = without_lead(inside)
            && let Some(long) = long_form(short, (inside, true))
            && long.len() == inside.len()
        {
            each(short, long);
        }
    }
}

/// What stands between the bracket at `open` and its end, if that is near and
/// no other bracket opens before it.
fn bracketed(text: &str, open: usize) -> Option<&str> {
    let bytes = text.as_bytes();
    let start = open + 1;
    let end = bytes.len().min(start + MAX_LONG_BYTES + 1);
    let close = if bytes[open] == b'(' { b')' } else { b']' };
    let len = bytes[start..end]
        .iter()
        .position(|b| *b == close || matches!(b, b'(' | b'['))?;
    // Brackets are single bytes, so both ends are ends of characters.
    (bytes[start + len] == close).then(|| text[start..start + len].trim())
}

/// `PRM` of `PRM, n = 12` and of `PRM; see below`.
fn until_clause(inside: &str) -> &str {
    let end = inside.find([',', ';']).unwrap_or(inside.len());
    inside[..end].trim_end()
}

/// What is explained, without `i.e.,` and the like before it, and without
/// what follows a comma.
fn without_lead(inside: &str) -> Option<&str> {
    let mut rest = inside;
    for lead in ["i.e.", "i.e", "short for", "or", "for", "aka", "a.k.a."] {
        if let Some(after) = rest.strip_prefix(lead)
            && after.starts_with([' ', ','])
        {
            rest = after.trim_start_matches([' ', ',']);
            break;
        }
    }
    let rest = until_clause(rest);
    rest.contains(' ').then_some(rest)
}

fn last_word(text: &str) -> Option<&str> {
    let (tail, _) = last_bytes(text);
    tail.rsplit(char::is_whitespace).next()
}

/// The end of a text that a long form can be in, and whether it is all of it.
fn last_bytes(text: &str) -> (&str, bool) {
    let start = text.floor_char_boundary(text.len().saturating_sub(MAX_LONG_BYTES));
    (&text[start..], start == 0)
}

/// A word that may be an acronym: two to ten characters, of which at least
/// one is upper case, and two are upper case or digits. Without quotes around
/// it and without a plural's `s`.
fn short_form(word: &str) -> Option<&str> {
    // Most of what is bracketed is longer; nothing else looks at it then.
    if word.len() > 4 * MAX_SHORT_CHARS + 8 {
        return None;
    }
    let word = word.trim_matches(['"', '\'', '“', '”', '‘', '’', '`', '*']);
    let mut word = word;
    for plural in ["'s", "’s", "s"] {
        if let Some(singular) = word.strip_suffix(plural)
            && singular.ends_with(char::is_uppercase)
        {
            word = singular;
            break;
        }
    }
    let mut n_chars = 0;
    let mut n_upper = 0;
    let mut n_digits = 0;
    for c in word.chars() {
        n_chars += 1;
        if c.is_uppercase() {
            n_upper += 1;
        } else if c.is_ascii_digit() {
            n_digits += 1;
        } else if !c.is_alphanumeric() && !matches!(c, '-' | '/' | '&' | '.' | '+' | '‐' | '‑')
        {
            return None;
        }
    }
    let fits = (2..=MAX_SHORT_CHARS).contains(&n_chars)
        && n_upper >= 1
        && n_upper + n_digits >= 2
        && word.starts_with(char::is_alphanumeric);
    fits.then_some(word)
}

/// The shortest end of `before` that holds the letters of `short` in their
/// order, the first of them at the start of a word. The flag says that
/// nothing stands in front of `before`.
fn long_form<'t>(short: &str, (before, is_whole): (&'t str, bool)) -> Option<&'t str> {
    let mut wanted = short.chars().rev().filter(|c| c.is_alphanumeric());
    let n_wanted = short.chars().filter(|c| c.is_alphanumeric()).count();
    let max_words = (n_wanted + 5).min(2 * n_wanted);
    let mut next = wanted.next()?;
    let mut n_left = n_wanted;
    let mut n_words = 1;
    let mut back = before.char_indices().rev().peekable();
    while let Some((at, c)) = back.next() {
        if c.is_whitespace() {
            n_words += 1;
            // A long form does not reach over the end of a clause.
            if n_words > max_words || back.peek().is_some_and(|(_, c)| ends_clause(*c)) {
                return None;
            }
            continue;
        }
        if !same_letter(next, c) {
            continue;
        }
        if n_left > 1 {
            n_left -= 1;
            next = wanted.next()?;
            continue;
        }
        let starts_word = match back.peek() {
            // The `s` of `Stein's` is no word.
            Some((_, '\'' | '’')) if c == 's' => false,
            Some((_, previous)) => !previous.is_alphanumeric(),
            None => is_whole,
        };
        if starts_word {
            return checked(short, before, at);
        }
    }
    None
}

/// The long form whose first letter is at `at`, if it can be one.
fn checked<'t>(short: &str, before: &'t str, at: usize) -> Option<&'t str> {
    // `meta-analysis` is taken whole, though its second part has the letter.
    let start = before[..at]
        .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '‐' | '‑')))
        .map_or(0, |idx| {
            idx + before[idx..].chars().next().map_or(1, char::len_utf8)
        });
    let long = before[start..].trim_start_matches(['-', '‐', '‑']);
    let long = ["'s", "’s"]
        .iter()
        .find_map(|possessive| long.strip_suffix(possessive))
        .unwrap_or(long);
    let is_text = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '‐' | '‑' | '–' | '\'' | '’' | '/' | '&')
    };
    let (first, _) = long.split_once(' ').unwrap_or((long, ""));
    let fits = long.len() > short.len() + 1
        && long.chars().all(is_text)
        && long.contains(|c: char| c.is_lowercase())
        && !is_function_word(first)
        // A definition does not use what it defines.
        && !long.split([' ', '-']).any(|word| word.eq_ignore_ascii_case(short));
    fits.then_some(long)
}

/// Words that no long form begins with.
fn is_function_word(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "a", "an", "and", "are", "as", "by", "for", "from", "is", "of", "or", "the", "to", "with",
    ];
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | ')' | ']')
}

/// Whether a letter of a short form may stand for one of the long form:
/// whatever its case and accents, Greek letters for their names (`β` beta).
fn same_letter(short: char, long: char) -> bool {
    if short.is_ascii() && long.is_ascii() {
        return short.eq_ignore_ascii_case(&long);
    }
    let short = folded(short);
    short == folded(long) || latin_initial(short).is_some_and(|c| long.eq_ignore_ascii_case(&c))
}

fn folded(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut buffer = [0; 4];
    let folded = abs_record::fold::fold(c.encode_utf8(&mut buffer));
    folded.chars().next().unwrap_or(c)
}

fn latin_initial(c: char) -> Option<char> {
    Some(match c {
        'α' => 'a',
        'β' => 'b',
        'γ' => 'g',
        'δ' => 'd',
        'ε' => 'e',
        'κ' => 'k',
        'λ' => 'l',
        'μ' => 'm',
        'ω' => 'o',
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
