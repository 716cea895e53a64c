//! What queries are read as, by kind; and what holds for any text.

mod adjacent;
mod bounds;
mod citations;
mod dialects;
mod ids;
mod limits;
mod names;
mod operators;
mod properties;
mod render;
mod slips;
mod tags;
mod titles;

use expect_test::Expect;

use super::parse;

/// Each query, what it is read as, and what is said about it.
#[track_caller]
fn check(queries: &[&str], expected: Expect) {
    let mut out = String::new();
    for query in queries {
        let parsed = parse(query);
        out.push_str(&format!("{query}\n    {}\n", parsed.ast));
        for diagnostic in parsed.diagnostics {
            let span = &diagnostic.span;
            let message = &diagnostic.message;
            out.push_str(&format!("    {}..{} {message}\n", span.start, span.end));
        }
    }
    expected.assert_eq(&out);
}
