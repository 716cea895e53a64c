//! What is left of LaTeX in a name when its accents are read.

use std::borrow::Cow;

use memchr::memchr;

/// Drops the names of commands (`\relax`, `\textcommabelow`), which would pass
/// for letters of the name once the backslash is gone; what they stand before
/// stays. Within a word one that nothing follows may be letters (`Fran\coise`)
/// and stays.
pub fn without_commands(name: &str) -> Cow<'_, str> {
    if memchr(b'\\', name.as_bytes()).is_none() {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_alphabetic());
        let (command, following) = after.split_at(end.unwrap_or(after.len()));
        let is_in_word = before.ends_with(char::is_alphabetic);
        if command.is_empty() || is_in_word && !following.starts_with('{') {
            out.push('\\');
            out.push_str(command);
            rest = following;
        } else {
            // A blank ends the command, and is not shown.
            rest = following.strip_prefix(' ').unwrap_or(following);
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_leave_no_letters() {
        for (raw, expected) in [
            (r"{\relax Yu}. Manin", "{Yu}. Manin"),
            (r"\unknown{S}tefan", "{S}tefan"),
            (r"Ha\unknown{s}ek", "Ha{s}ek"),
            (r"Doe, Jane \footnotesize", "Doe, Jane "),
            (r"Fran\coise", r"Fran\coise"),
            (r"Doe\, Jane\", r"Doe\, Jane\"),
            ("Doe, Jane", "Doe, Jane"),
            ("", ""),
        ] {
            assert_eq!(without_commands(raw), expected, "{raw}");
        }
    }
}
