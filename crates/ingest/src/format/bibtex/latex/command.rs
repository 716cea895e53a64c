//! What commands do to the text they stand in.

/// Commands that set their argument in another font, or break nothing.
pub(super) const FONTS: &[&str] = &[
    "MakeLowercase",
    "MakeUppercase",
    "NoCaseChange",
    "acro",
    "bibcyr",
    "emph",
    "enquote",
    "lowercase",
    "mbox",
    "mkbibacro",
    "mkbibbold",
    "mkbibemph",
    "mkbibitalic",
    "mkbibquote",
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
    "selectfont",
    "noindent",
];

/// Commands whose first argument is not shown: what an entry is sorted by,
/// where a link leads, which language the second is in.
pub(super) const HIDDEN: &[&str] = &[
    "foreignlanguage",
    "hphantom",
    "href",
    "noopsort",
    "SortNoop",
    "hspace",
    "vspace",
    "phantom",
    "selectlanguage",
    "texorpdfstring",
    "textcolor",
    "vphantom",
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
