//! What queries are read as, by kind; and what holds for any text.

mod bounds;
mod properties;

use super::parse;

fn shown(query: &str) -> String {
    let parsed = parse(query);
    let mut out = format!("{}\n", parsed.ast);
    for diagnostic in parsed.diagnostics {
        let span = &diagnostic.span;
        out.push_str(&format!(
            "{}..{} {}\n",
            span.start, span.end, diagnostic.message
        ));
    }
    out
}
