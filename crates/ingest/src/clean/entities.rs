//! HTML's character references (HTML Living Standard, 13.5), escaped any
//! number of times: `&lt;`, `&amp;lt;`, `&#x3b1;`.

use std::borrow::Cow;

use html_escape::decode_html_entities;
use memchr::memchr;

use super::codes::cp1252;

/// The longest name in HTML's list has 31 letters.
const MAX_NAME_BYTES: usize = 32;

/// Ways to write the ampersand of another reference.
const AMPERSANDS: [&str; 4] = ["amp;", "#38;", "#x26;", "#038;"];

/// Puts characters in the place of references to them. What is no reference
/// (`AT&T`, `&foo;`) stays.
pub fn entities(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    // What of `text` is in `out` already, and what is looked at.
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = memchr(b'&', &text.as_bytes()[at..]) {
        at += found;
        match reference_at(&text[at..]) {
            Some((n_bytes, decoded)) => {
                out.push_str(&text[copied..at]);
                out.push_str(&decoded);
                at += n_bytes;
                copied = at;
            }
            None => at += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The text a reference stands for, by what is between `&` and `;`.
pub fn entity(name: &str) -> Option<Cow<'static, str>> {
    let borrowed = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        _ => match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                // As browsers do: a control code means what it is in cp1252.
                let c = char::from_u32(code).filter(|c| *c != '\0')?;
                return Some(cp1252(c).unwrap_or(c).to_string().into());
            }
            None => return named(name),
        },
    };
    Some(Cow::Borrowed(borrowed))
}

fn named(name: &str) -> Option<Cow<'static, str>> {
    if name.len() > MAX_NAME_BYTES || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    if let Some(letter) = greek(name) {
        return Some(letter.into());
    }
    let reference = format!("&{name};");
    let decoded = decode_html_entities(&reference);
    (decoded != reference).then(|| decoded.into_owned().into())
}

/// ISO's names of Greek letters, which databases wrote before HTML's:
/// `&mgr;M`, `&agr;-helix`.
fn greek(name: &str) -> Option<&'static str> {
    Some(match name {
        "agr" => "α",
        "bgr" => "β",
        "ggr" => "γ",
        "dgr" => "δ",
        "egr" => "ε",
        "zgr" => "ζ",
        "eegr" => "η",
        "thgr" => "θ",
        "igr" => "ι",
        "kgr" => "κ",
        "lgr" => "λ",
        "mgr" => "μ",
        "ngr" => "ν",
        "xgr" => "ξ",
        "pgr" => "π",
        "rgr" => "ρ",
        "sgr" => "σ",
        "tgr" => "τ",
        "ugr" => "υ",
        "phgr" => "φ",
        "khgr" => "χ",
        "psgr" => "ψ",
        "ohgr" => "ω",
        "Ggr" => "Γ",
        "Dgr" => "Δ",
        "THgr" => "Θ",
        "Lgr" => "Λ",
        "Sgr" => "Σ",
        "PHgr" => "Φ",
        "PSgr" => "Ψ",
        "OHgr" => "Ω",
        _ => return None,
    })
}

/// The reference at the start of `text`, which is `&`: its length, and what
/// it stands for.
fn reference_at(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let mut start = 1;
    while let Some(ampersand) = AMPERSANDS.iter().find(|a| text[start..].starts_with(**a)) {
        start += ampersand.len();
    }
    let name = &text.as_bytes()[start..];
    let name = &name[..name.len().min(MAX_NAME_BYTES)];
    let decoded = memchr(b';', name).and_then(|end| {
        let name = text.get(start..start + end)?;
        Some((start + end + 1, entity(name)?))
    });
    decoded.or_else(|| (start > 1).then_some((start, Cow::Borrowed("&"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (raw, decoded) in [
            ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
            ("&amp;lt;i&amp;gt;", "<i>"),
            ("&amp;amp;lt;", "<"),
            ("Caf&eacute; M&#252;ller &#x3B1;", "Café Müller α"),
            ("&lambda;&mu;-calculus, &Gamma;", "λμ-calculus, Γ"),
            ("20 &mgr;M, &agr;-helix", "20 μM, α-helix"),
            ("Alzheimer&#146;s", "Alzheimer’s"),
            ("AT&T, R&D; and &nothing; &", "AT&T, R&D; and &nothing; &"),
            ("AT&T &lt;", "AT&T <"),
            ("R&amp;D", "R&D"),
            ("&#0;&#xd800;&#99999999;", "&#0;&#xd800;&#99999999;"),
            ("&é;", "&é;"),
            ("", ""),
        ] {
            assert_eq!(entities(raw), decoded, "{raw}");
        }
        assert!(matches!(entities("AT&T"), Cow::Borrowed(_)));
    }

    #[test]
    fn many_references_take_linear_time() {
        let raw = "&".repeat(1 << 20);
        assert!(entities(&raw) == raw);
        assert_eq!(entities(&"&amp;".repeat(1 << 18)).len(), 1 << 18);
    }
}
