//! One command of LaTeX to the text it stands for.

use memchr::memchr;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// What stands for a part of a text.
pub(super) struct Decoded {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
}

/// Commands that change how their argument looks.
const WRAPPERS: &[&str] = &[
    "emph",
    "textit",
    "textbf",
    "textsc",
    "texttt",
    "textrm",
    "textsf",
    "textsl",
    "textup",
    "textnormal",
    "text",
    "mbox",
    "underline",
];

/// The command at `at`, a backslash.
pub(super) fn decode(text: &str, at: usize, quotes: bool) -> Option<Decoded> {
    let rest = &text[at + 1..];
    let sign = rest.chars().next()?;
    let before = text[..at].chars().next_back();
    let (n_bytes, new) = match sign {
        '"' if quotes && !rest[1..].starts_with('{') => (1, "\"".to_owned()),
        '&' | '%' | '_' | '#' => (1, sign.to_string()),
        ' ' if before.is_some_and(|c| !c.is_whitespace()) => (1, sign.to_string()),
        '-' if before.is_some_and(char::is_alphabetic) && starts_letter(&rest[1..]) => {
            (1, String::new())
        }
        '\'' if is_apostrophe(before, &rest[1..]) => (1, "'".to_owned()),
        _ if mark(sign).is_some() && !sign.is_ascii_alphabetic() => {
            let (n, c) = accented(sign, mark(sign)?, &rest[1..], before, 0)?;
            (1 + n, c.to_string())
        }
        // A thin space; before a blank it is an escaped comma.
        ',' if is_thin_space(before, &rest[1..]) => (1, " ".to_owned()),
        _ if sign.is_ascii_alphabetic() => word(rest, before)?,
        _ => return None,
    };
    let end = at + 1 + n_bytes;
    let is_letter = new.chars().next().is_some_and(char::is_alphabetic);
    // `{\"o}` is one letter; in `\cmd{\"o}` the braces are the command's.
    if is_letter && text[..at].ends_with('{') && text[end..].starts_with('}') {
        let name = text[..at - 1].trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if !(name.ends_with('\\') && name.len() < at - 1) {
            return Some(Decoded {
                start: at - 1,
                end: end + 1,
                text: new,
            });
        }
    }
    Some(Decoded {
        start: at,
        end,
        text: new,
    })
}

/// A command that is a word: its length without the backslash, and its text.
fn word(rest: &str, before: Option<char>) -> Option<(usize, String)> {
    let n_name = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, after) = rest.split_at(n_name);
    // Rare letters have names that people also give to commands of their own.
    let is_rare = matches!(name, "dh" | "DH" | "th" | "TH" | "dj" | "DJ" | "ng" | "NG");
    let is_letter = !is_rare
        || after.starts_with("{}")
        || before.is_some_and(|c| c.is_alphabetic() || c == '{');
    if let Some(letter) = letter(name).filter(|_| is_letter) {
        return Some((n_name + n_delimiter(after), letter.to_owned()));
    }
    if let Some(mark) = word_mark(name) {
        let (n, c) = accented('c', mark, after, None, 0)?;
        return Some((n_name + n, c.to_string()));
    }
    if name == "href" {
        let n_address = link(after)?;
        return Some((n_name + n_address + 1, String::new()));
    }
    if WRAPPERS.contains(&name) && after.starts_with('{') {
        return Some((n_name + 1, String::new()));
    }
    // `Pawe\lZin`: the blank between two names was lost.
    let (first, next) = (rest.get(..1)?, rest.chars().nth(1)?);
    let is_glued = matches!(first, "l" | "o")
        && next.is_ascii_uppercase()
        && before.is_some_and(char::is_lowercase);
    is_glued
        .then(|| Some((1, letter(first)?.to_owned())))
        .flatten()
}

/// Letters that have commands of their own.
fn letter(name: &str) -> Option<&'static str> {
    Some(match name {
        "ss" => "ß",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "aa" => "å",
        "AA" => "Å",
        "dh" => "ð",
        "DH" => "Ð",
        "th" => "þ",
        "TH" => "Þ",
        "dj" => "đ",
        "DJ" => "Đ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        _ => return None,
    })
}

/// What ends a command and is not shown: `{}`, or a blank inside of a word.
/// Before a capital the blank is meant (`Micha\l Kowalski`).
fn n_delimiter(after: &str) -> usize {
    if after.starts_with("{}") {
        return 2;
    }
    let in_word = after
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_lowercase()));
    usize::from(in_word)
}

/// The combining mark of an accent whose command is a word.
fn word_mark(name: &str) -> Option<char> {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(sign), None) => mark(sign),
        _ => (name == "textcommabelow").then_some('\u{326}'),
    }
}

/// The combining mark of an accent.
fn mark(sign: char) -> Option<char> {
    Some(match sign {
        '`' => '\u{300}',
        '\'' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        'u' => '\u{306}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        'r' => '\u{30a}',
        'H' => '\u{30b}',
        'h' => '\u{309}',
        'v' => '\u{30c}',
        'd' => '\u{323}',
        'c' => '\u{327}',
        'k' => '\u{328}',
        'b' => '\u{331}',
        _ => return None,
    })
}

/// How many accents may be on a letter: Vietnamese has two.
const MAX_ACCENTS: usize = 2;

/// The accented letter, and the length of what gave it after the sign. Only
/// letters that exist: `\'t` is none. `depth` counts accents around it.
fn accented(
    sign: char,
    mark: char,
    after: &str,
    before: Option<char>,
    depth: usize,
) -> Option<(usize, char)> {
    let body = after.trim_start_matches(' ');
    let n_blanks = after.len() - body.len();
    let (n, base) = if body.starts_with('{') {
        braced_base(body, depth)?
    } else {
        let (n, base) = base(body, depth)?;
        // A sign needs no blank, and one after it may end a quotation.
        let is_inside = before.is_some_and(char::is_alphabetic) && base.is_lowercase();
        let fits = match sign.is_ascii_alphabetic() {
            true => n_blanks == 1 || body.starts_with('\\'),
            false => n_blanks == 0 || n_blanks == 1 && sign == '"' && is_inside,
        };
        fits.then_some((n, base))?
    };
    Some((n_blanks + n, with_mark(base, mark)?))
}

/// A letter with one mark more. There is one character for `ệ` and none for
/// what `\^` and `\d` would give in the other order.
fn with_mark(base: char, mark: char) -> Option<char> {
    compose(base, mark).or_else(|| {
        let mut parts = std::iter::once(base).nfd();
        let (letter, inner) = (parts.next()?, parts.next()?);
        match parts.next() {
            None => compose(compose(letter, mark)?, inner),
            Some(_) => None,
        }
    })
}

/// The letter in braces that an accent goes on.
fn braced_base(text: &str, depth: usize) -> Option<(usize, char)> {
    let inner = text.strip_prefix('{')?.trim_start_matches(' ');
    let (n, base) = base(inner, depth)?;
    let closed = inner[n..].trim_start_matches(' ').strip_prefix('}')?;
    Some((text.len() - closed.len(), base))
}

/// The letter an accent goes on, which may have one itself (`\~{\^e}`); `\i`
/// and `\j` are those without a dot.
fn base(text: &str, depth: usize) -> Option<(usize, char)> {
    for (dotless, letter) in [("\\i", 'i'), ("\\j", 'j')] {
        if let Some(rest) = text.strip_prefix(dotless) {
            let ends = !starts_letter(rest);
            return ends.then_some((2 + n_delimiter(rest), letter));
        }
    }
    if depth + 1 < MAX_ACCENTS
        && let Some(command) = text.strip_prefix('\\')
    {
        let sign = command.chars().next()?;
        let (n, c) = accented(sign, mark(sign)?, &command[1..], None, depth + 1)?;
        return Some((2 + n, c));
    }
    let c = text.chars().next().filter(char::is_ascii_alphabetic)?;
    Some((1, c))
}

/// The longest address of a link, in bytes.
const MAX_ADDRESS: usize = 4000;

/// The length of the address of `\href`, which text in braces must follow.
fn link(after: &str) -> Option<usize> {
    let inner = after.strip_prefix('{')?;
    let end = memchr(b'}', &inner.as_bytes()[..inner.len().min(MAX_ADDRESS)])?;
    let is_followed = inner[end + 1..].starts_with('{');
    is_followed.then_some(end + 2)
}

/// Whether `\,` stands between a number and its unit: `5\,%`, `10\,km`.
fn is_thin_space(before: Option<char>, after: &str) -> bool {
    before.is_some_and(|c| c.is_ascii_digit())
        && after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\\' | '$' | '%'))
}

fn starts_letter(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic())
}

/// Whether `\'` is an escaped apostrophe: `it\'s`, `we\'re`, `d\'Alembert`.
fn is_apostrophe(before: Option<char>, after: &str) -> bool {
    if !before.is_some_and(char::is_alphabetic) {
        return false;
    }
    let n_letters = after.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_ending = matches!(
        &after[..n_letters],
        "s" | "t" | "d" | "m" | "re" | "ll" | "ve"
    ) && !after[n_letters..].starts_with(['\\', '{']);
    let is_capital = before.is_some_and(char::is_lowercase)
        && after.starts_with(|c: char| c.is_ascii_uppercase());
    is_ending || is_capital
}
