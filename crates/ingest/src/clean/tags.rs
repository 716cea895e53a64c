//! Mark-up inside of text: HTML, JATS as Crossref has it, MathML.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// The longest tag.
const MAX_TAG_BYTES: usize = 2 << 10;

/// What a tag leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Inline,
    Block,
    Heading,
    /// Stands alone, like `<br>`.
    Void,
    /// Holds one formula in several forms.
    Forms,
    Tex,
    Math,
}

/// The elements that occur in titles and abstracts, in lower case.
fn role(name: &str) -> Option<Role> {
    Some(match name {
        "a" | "abbr" | "b" | "big" | "bold" | "caps" | "center" | "cite" | "code" | "del"
        | "dfn" | "em" | "email" | "ext-link" | "fixed-case" | "font" | "i" | "inf"
        | "inline-formula" | "inline-graphic" | "ins" | "it" | "italic" | "kbd" | "mark"
        | "monospace" | "named-content" | "ovl" | "overline" | "q" | "roman" | "s" | "samp"
        | "sans-serif" | "sc" | "scp" | "small" | "span" | "strike" | "strong"
        | "styled-content" | "sub" | "sup" | "tt" | "u" | "underline" | "uri" | "var" | "xref"
        | "maction" | "merror" | "mfenced" | "mfrac" | "mi" | "mmultiscripts" | "mn" | "mo"
        | "mover" | "mpadded" | "mphantom" | "mprescripts" | "mroot" | "mrow" | "ms" | "mspace"
        | "msqrt" | "mstyle" | "msub" | "msubsup" | "msup" | "mtable" | "mtd" | "mtext" | "mtr"
        | "munder" | "munderover" | "none" | "semantics" | "url" => Role::Inline,
        "abstract" | "blockquote" | "body" | "caption" | "dd" | "disp-formula" | "disp-quote"
        | "div" | "dl" | "dt" | "html" | "label" | "li" | "list" | "list-item" | "ol" | "p"
        | "pre" | "sec" | "section" | "table" | "tbody" | "td" | "th" | "thead" | "tr" | "ul" => {
            Role::Block
        }
        "title" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading,
        "br" | "break" | "hr" | "img" | "wbr" => Role::Void,
        "alternatives" => Role::Forms,
        "tex-math" => Role::Tex,
        "math" => Role::Math,
        _ => return None,
    })
}

/// A tag in a text.
#[derive(Debug, Clone)]
struct Tag {
    start: usize,
    end: usize,
    name: String,
    role: Option<Role>,
    is_end: bool,
    /// Beyond doubt: with a prefix, with attributes, or closed in itself.
    is_certain: bool,
}

/// Drops tags and comments. What only looks like one (`<p^n>`, `x < y`, an
/// average `<a>` that nothing closes) stays.
pub fn without_tags(text: &str) -> Cow<'_, str> {
    if memchr(b'<', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut tags = find(text);
    keep_certain(&mut tags);
    if tags.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    // Inside of several forms of a formula: whether TeX is among them.
    let (mut forms, mut hidden) = (None, false);
    for tag in tags {
        if !hidden {
            out.push_str(&text[copied..tag.start]);
        }
        copied = tag.end;
        match (tag.role, tag.is_end) {
            (Some(Role::Forms), is_end) => forms = (!is_end).then_some(false),
            (Some(Role::Tex), false) if forms.is_some() => forms = Some(true),
            (Some(Role::Math), false) if forms == Some(true) => hidden = true,
            (Some(Role::Math), true) => hidden = false,
            (Some(Role::Heading), true) => {
                out.truncate(out.trim_end().len());
                if out.ends_with(|c: char| c.is_alphanumeric() || c == ')') {
                    out.push(':');
                }
                out.push(' ');
            }
            (Some(Role::Block | Role::Heading | Role::Void) | None, _) => out.push(' '),
            (Some(Role::Inline | Role::Tex | Role::Math), _) => {}
        }
    }
    if !hidden {
        out.push_str(&text[copied..]);
    }
    Cow::Owned(out)
}

/// All that can be tags.
fn find(text: &str) -> Vec<Tag> {
    let bytes = text.as_bytes();
    let mut tags = Vec::new();
    let mut at = 0;
    let mut comments = true;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        let start = at + found;
        at = start + 1;
        let rest = &text[start..];
        let tag = if rest.starts_with("<!--") && comments {
            let end = memmem::find(rest.as_bytes(), b"-->");
            comments = end.is_some();
            end.map(|end| Tag {
                start,
                end: start + end + 3,
                name: String::new(),
                role: None,
                is_end: false,
                is_certain: true,
            })
        } else {
            tag(rest, start)
        };
        if let Some(tag) = tag {
            at = tag.end;
            tags.push(tag);
        }
    }
    tags
}

/// The tag at the start of `text`, which is `<`.
fn tag(text: &str, start: usize) -> Option<Tag> {
    let bytes = text.as_bytes();
    let is_end = bytes.get(1) == Some(&b'/');
    let from = 1 + usize::from(is_end);
    let n_name = bytes[from..]
        .iter()
        .take(40)
        .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b':' | b'_'))?;
    let name = text[from..from + n_name].to_ascii_lowercase();
    let local = name.split_once(':');
    let role = role(local.map_or(&*name, |(_, local)| local));
    let is_known =
        role.is_some() || matches!(local, Some(("jats" | "mml", local)) if !local.is_empty());
    if !is_known {
        return None;
    }
    let (n_attributes, n_bytes) =
        attributes(&bytes[..bytes.len().min(MAX_TAG_BYTES)], from + n_name)?;
    let is_closed = bytes[n_bytes - 2] == b'/';
    Some(Tag {
        start,
        end: start + n_bytes,
        is_certain: is_end
            || local.is_some()
            || n_attributes > 0
            || is_closed
            || role == Some(Role::Void),
        role: role.or(Some(Role::Inline)),
        name,
        is_end,
    })
}

/// Reads `name=value` pairs up to `>`: how many there are, and where the tag
/// ends. Words without `=` are no attributes: `<p and q>`.
fn attributes(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut count = 0;
    loop {
        let blanks = bytes[at..]
            .iter()
            .take_while(|b| b.is_ascii_whitespace())
            .count();
        at += blanks;
        match bytes.get(at)? {
            b'>' => return Some((count, at + 1)),
            b'/' if bytes.get(at + 1) == Some(&b'>') => return Some((count, at + 2)),
            _ if blanks == 0 => return None,
            _ => {}
        }
        let name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'-' | b':' | b'_');
        let n_name = bytes[at..].iter().take_while(name).count();
        at += n_name;
        if n_name == 0 || bytes.get(at) != Some(&b'=') {
            return None;
        }
        at += 1;
        at += match bytes.get(at)? {
            &quote @ (b'"' | b'\'') => memchr(quote, &bytes[at + 1..])? + 2,
            _ => bytes[at..]
                .iter()
                .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'<'))?,
        };
        count += 1;
    }
}

/// Leaves the tags that are beyond doubt: an opening one with a short name
/// needs a closing one further on.
fn keep_certain(tags: &mut Vec<Tag>) {
    let mut closed: Vec<String> = Vec::new();
    for tag in tags.iter_mut().rev() {
        if tag.is_end {
            if !closed.contains(&tag.name) {
                closed.push(tag.name.clone());
            }
        } else if !tag.is_certain {
            tag.is_certain = closed.contains(&tag.name);
        }
    }
    tags.retain(|tag| tag.is_certain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go() {
        for (raw, clean) in [
            ("H<sub>2</sub>O and <i>E. coli</i>", "H2O and E. coli"),
            ("H<SUB>2</SUB>O", "H2O"),
            ("one<br>two<br/>three<BR />four", "one two three four"),
            ("<p>One</p><p>Two</p>", " One  Two "),
            ("<p class=\"x\">One", " One"),
            ("see <a href='http://x.org/?a=1&b=2'>here</a>", "see here"),
            (
                "<jats:title>Abstract</jats:title><jats:p>We",
                " Abstract:  We",
            ),
            (
                "<mml:math xmlns:mml=\"u\"><mml:mi>x</mml:mi></mml:math>",
                "x",
            ),
            ("a <!-- hidden --> b", "a   b"),
            ("<span>x</span>", "x"),
            (
                "<jats:alternatives><jats:tex-math>$$x^2$$</jats:tex-math><mml:math><mml:mi>x</mml:mi>\
                 <mml:mn>2</mml:mn></mml:math></jats:alternatives>!",
                "$$x^2$$!",
            ),
            ("text</p>", "text "),
        ] {
            assert_eq!(without_tags(raw), clean, "{raw}");
        }
    }

    #[test]
    fn what_is_no_tag_stays() {
        for text in [
            "for all x < y and y > z",
            "the mean <p^n> of p",
            "the average <a> of a and <b>",
            "<p> = 0.3",
            "p<0.05 and q>3",
            "a <b and c> d",
            "<https://arxiv.org>",
            "<name@example.org>",
            "List<String>",
            "<unknown>x</unknown>",
            "<!-- open",
            "<",
            "</",
            "<a",
            "<i x=\"",
            "\u{2329}<é>",
        ] {
            assert_eq!(without_tags(text), text);
        }
    }

    #[test]
    fn many_signs_take_linear_time() {
        for raw in ["<", "<!--", "<a ", "<i x=\"", "</i"] {
            let raw = raw.repeat(100_000);
            assert_eq!(without_tags(&raw), raw);
        }
    }
}
