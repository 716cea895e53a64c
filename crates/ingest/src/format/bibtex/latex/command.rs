//! What commands do to the text they stand in.

/// Commands that set their argument in another font, or break nothing.
pub(super) const FONTS: &[&str] = &[
    "emph",
    "enquote",
    "mbox",
    "text",
    "textbf",
    "textit",
    "textmd",
    "textnormal",
    "textrm",
    "textsc",
    "textsf",
    "textsl",
    "textsubscript",
    "textsuperscript",
    "texttt",
    "textup",
    "underline",
    "uppercase",
    "url",
];

/// Commands that set the rest of their group in another font, or do nothing.
pub(super) const SWITCHES: &[&str] = &[
    "bf",
    "bfseries",
    "em",
    "it",
    "itshape",
    "rm",
    "sc",
    "scshape",
    "sf",
    "sl",
    "sffamily",
    "slshape",
    "tt",
    "ttfamily",
    "upshape",
    "mdseries",
    "rmfamily",
    "normalfont",
    "small",
    "relax",
    "protect",
    "noindent",
];

/// Commands whose first argument is not shown: what an entry is sorted by,
/// where a link leads.
pub(super) const HIDDEN: &[&str] = &[
    "href",
    "noopsort",
    "SortNoop",
    "hspace",
    "vspace",
    "phantom",
    "textcolor",
];

/// The text between `{` and the `}` that closes it, in this many bytes: where
/// arguments of many commands have no end, each look must be a short one.
pub(super) fn argument(text: &str, longest: usize) -> Option<&str> {
    let inner = text.strip_prefix('{')?;
    let mut depth = 0;
    for (at, byte) in inner.bytes().enumerate().take(longest) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return inner.get(..at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}
