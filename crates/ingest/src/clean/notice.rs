//! What databases write behind an abstract: whose it is, and what may be done
//! with it. EBSCO's notice is as long as the abstract, and a search for
//! `copied` or `users` would find all that is from there.

/// What ends the text that a notice begins with `Copyright of`.
const PROPERTY: &str = " is the property of ";
/// What EBSCO's notice goes on with.
const COPIED: &str = "its content may not be copied";
/// Where it ends.
const LAST: &str = "(Copyright applies to all Abstracts.)";
/// How far its parts may be from one another: two names are between them.
const MAX_NAMES: usize = 600;

/// What an abstract ends with, in lower case; APA's has a year in it.
const ENDS: &[&str] = &["[abstract from author]", "[abstract from publisher]"];

/// An abstract without EBSCO's notice and what stands before it, and without
/// `(PsycINFO Database Record (c) 2019 APA, all rights reserved)`. What is
/// nothing but a notice stays: it is all there is.
pub(super) fn without_notice(text: &str) -> &str {
    let mut rest = match ebsco(text) {
        Some(at) => text[..at].trim_end(),
        None => text,
    };
    loop {
        let shorter = without_end(rest).trim_end();
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    match rest.is_empty() {
        true => text,
        false => rest,
    }
}

/// Where EBSCO's notice begins, if nothing stands behind it.
fn ebsco(text: &str) -> Option<usize> {
    let copied = text.rfind(COPIED)?;
    let property = text[..copied].rfind(PROPERTY)?;
    let at = text[..property].rfind("Copyright of ")?;
    let is_near = copied - at <= MAX_NAMES;
    let is_last = match text[copied..].find(LAST) {
        Some(last) => text[copied + last + LAST.len()..].trim().is_empty(),
        // It is cut off at times.
        None => text.len() - copied <= MAX_NAMES,
    };
    (is_near && is_last).then_some(at)
}

fn without_end(text: &str) -> &str {
    let ends = ENDS.iter().find_map(|end| {
        let at = text.len().checked_sub(end.len())?;
        let last = text.get(at..)?;
        last.eq_ignore_ascii_case(end).then_some(&text[..at])
    });
    ends.or_else(|| psycinfo(text)).unwrap_or(text)
}

/// `(PsycINFO Database Record (c) 2019 APA, all rights reserved)`
fn psycinfo(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(['.', ' ']).strip_suffix(')')?;
    let at = bare.rfind("(Psyc")?;
    let notice = &bare[at..];
    let is_notice = notice.len() <= 100
        && notice
            .get(5..27)
            .is_some_and(|name| name.eq_ignore_ascii_case("INFO Database Record ("))
        && notice.ends_with("rights reserved");
    is_notice.then(|| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTICE: &str = "Copyright of Fish & Water is the property of Wet Press Ltd. and its \
        content may not be copied or emailed to multiple sites without the copyright holder's \
        express written permission. However, users may print articles for individual use. \
        (Copyright applies to all Abstracts.)";

    #[test]
    fn notices_behind_an_abstract() {
        for end in [
            format!(" [ABSTRACT FROM AUTHOR] {NOTICE}"),
            format!(" {NOTICE}"),
            format!(" [ABSTRACT FROM PUBLISHER] {}", &NOTICE[..200]),
            " [ABSTRACT FROM AUTHOR]".to_owned(),
            " (PsycINFO Database Record (c) 2019 APA, all rights reserved)".to_owned(),
            " (PsycInfo Database Record (c) 2023 APA, all rights reserved).".to_owned(),
        ] {
            let text = format!("Fish swim (mostly).{end}");
            assert_eq!(without_notice(&text), "Fish swim (mostly).", "{end}");
        }
    }

    #[test]
    fn what_is_none_stays() {
        for text in [
            "",
            "Copyright of fish is the property of nobody.",
            "We asked whether its content may not be copied. It may.",
            "Records of PsycINFO (PsycINFO Database Record (c) 2019) were counted.",
            NOTICE,
            "[ABSTRACT FROM AUTHOR]",
        ] {
            assert_eq!(without_notice(text), text);
        }
        let text = format!("{NOTICE} Fish swim.");
        assert_eq!(without_notice(&text), text);
    }
}
