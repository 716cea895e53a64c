//! The text of an element with mark-up in it.

use quick_xml::events::Event;

use super::Tag;
use super::cursor::{Cursor, push_entity};
use crate::error::ReadErrorKind;

/// What an element inside of text does to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing: `<i>`, `<sub>`, `<fixed-case>`.
    Inline,
    /// Stands apart: `<p>`, `<br>`.
    Block,
    /// A heading of what follows.
    Heading,
    /// Is not shown.
    Hidden,
    /// A formula in TeX.
    Tex,
    /// Holds the same formula in several forms.
    Alternatives,
}

fn role(name: &str) -> Role {
    match name {
        "title" | "AbstractHeading" => Role::Heading,
        "p" | "br" | "break" | "div" | "sec" | "label" | "list" | "list-item" | "li" | "ul"
        | "ol" | "def-list" | "def-item" | "term" | "def" | "disp-formula" | "disp-quote"
        | "table" | "tr" | "td" | "th" | "thead" | "tbody" | "table-wrap" | "caption" | "fig"
        | "boxed-text" | "verse-line" | "subtitle" | "AbstractText" | "abstract" => Role::Block,
        "fn"
        | "annotation"
        | "annotation-xml"
        | "object-id"
        | "alt-text"
        | "long-desc"
        | "index-term"
        | "supplementary-material" => Role::Hidden,
        "tex-math" => Role::Tex,
        "alternatives" => Role::Alternatives,
        _ => Role::Inline,
    }
}

/// A place where several forms of one formula begin.
struct Forms {
    depth: usize,
    start: usize,
    tex: Option<String>,
}

impl Cursor<'_> {
    /// The text of the element just entered, to its end. Inline mark-up joins
    /// without blanks, paragraphs are set apart, headings get a colon.
    pub(in crate::format) fn text(&mut self) -> Result<String, ReadErrorKind> {
        self.text_without(&[])
    }

    /// As [`Cursor::text`], passing over some elements.
    pub(in crate::format) fn text_without(
        &mut self,
        names: &[&str],
    ) -> Result<String, ReadErrorKind> {
        let level = self.depth;
        let mut out = String::new();
        // The depth of the outermost hidden element.
        let mut hidden: Option<usize> = None;
        let mut tex_start = 0;
        let mut forms: Option<Forms> = None;
        while self.depth >= level {
            match self.event()? {
                Event::Text(text) if hidden.is_none() => out.push_str(&text),
                Event::CData(text) if hidden.is_none() => out.push_str(&text),
                Event::GeneralRef(name) if hidden.is_none() => push_entity(&name, &mut out),
                Event::Start(start) if hidden.is_none() => {
                    let tag = Tag::from(start);
                    match role(tag.name()) {
                        Role::Hidden => hidden = Some(self.depth),
                        _ if names.contains(&tag.name()) => hidden = Some(self.depth),
                        Role::Inline if is_note_mark(&tag) => hidden = Some(self.depth),
                        Role::Inline => {}
                        Role::Block | Role::Heading => out.push(' '),
                        Role::Tex => tex_start = out.len(),
                        Role::Alternatives if forms.is_none() => {
                            forms = Some(Forms {
                                depth: self.depth,
                                start: out.len(),
                                tex: None,
                            });
                        }
                        Role::Alternatives => {}
                    }
                }
                Event::End(_) if hidden.is_some_and(|depth| self.depth < depth) => hidden = None,
                Event::End(end) if hidden.is_none() && self.depth >= level => {
                    let name = end.name().0;
                    match role(name.rsplit(':').next().unwrap_or(name)) {
                        Role::Block => out.push(' '),
                        Role::Heading => end_heading(&mut out),
                        Role::Tex => {
                            let tex = formula(&out.split_off(tex_start.min(out.len())));
                            match &mut forms {
                                Some(forms) => forms.tex = Some(tex),
                                None => out.push_str(&tex),
                            }
                        }
                        Role::Alternatives => {
                            // TeX says more than what is left of MathML.
                            if let Some(ended) = forms.take_if(|forms| forms.depth > self.depth)
                                && let Some(tex) = ended.tex
                            {
                                out.truncate(ended.start);
                                out.push_str(&tex);
                            }
                        }
                        Role::Inline | Role::Hidden => {}
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(out)
    }
}

/// A mark that leads to a note or an address, and says nothing itself.
fn is_note_mark(tag: &Tag<'_>) -> bool {
    tag.name() == "xref"
        && ["fn", "aff", "author-notes", "corresp", "table-fn"]
            .iter()
            .any(|kind| tag.is("ref-type", kind))
}

fn end_heading(out: &mut String) {
    out.truncate(out.trim_end().len());
    if out.ends_with(|c: char| c.is_alphanumeric() || c == ')') {
        out.push(':');
    }
    out.push(' ');
}

/// The formula in an element of TeX, which may hold a whole document.
fn formula(tex: &str) -> String {
    let (begin, end) = ("\\begin{document}", "\\end{document}");
    let tex = tex.split_once(begin).map_or(tex, |(_, body)| body);
    let tex = tex.split_once(end).map_or(tex, |(body, _)| body).trim();
    let inner = tex.strip_prefix("$$").and_then(|t| t.strip_suffix("$$"));
    // `\mathcal{O}(n)` is not in parentheses.
    let marks = [("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")];
    let is_marked = |(open, close): &(&str, &str)| tex.starts_with(open) && tex.ends_with(close);
    match inner {
        Some(inner) => format!("${}$", inner.trim()),
        None if tex.is_empty() || marks.iter().any(is_marked) => tex.to_owned(),
        None => format!("${tex}$"),
    }
}
