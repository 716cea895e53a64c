//! Hostile sizes. No clock is asked: what is not linear takes minutes here, and
//! what is takes moments.

use super::super::{AstKind, Limits, parse, parse_within};

fn check(name: &str, query: &str) {
    for limits in [
        Limits::TYPED,
        Limits {
            max_bytes: usize::MAX,
            max_clauses: 10_000,
        },
    ] {
        let parsed = parse_within(query, limits);
        assert!(parsed.diagnostics.len() <= 50, "{name}");
        // The tree is printed, copied and dropped on this thread's stack.
        let printed = parsed.ast.clone().to_string();
        assert_eq!(
            parse_within(&printed, limits).ast.without_spans(),
            parsed.ast.without_spans(),
            "{name}"
        );
        assert!(parsed.ast.tree().len() < 100 + 100 * query.len(), "{name}");
    }
}

#[test]
fn hostile_queries_have_bounded_trees() {
    let bytes = 200_000;
    for piece in [
        "NOT ",
        "(",
        ")",
        "((a",
        "a(",
        "(a)",
        "a(b",
        "-",
        "- ",
        "+",
        "=",
        "^",
        "\"",
        "\"a",
        "\" ",
        "''",
        "[",
        "[ti",
        "[ti]",
        "a[ti]",
        "a [ti] ",
        ":",
        "a:",
        "aa:",
        "ti:",
        "ti: ",
        "ti,",
        "ti:(",
        "NOT (",
        "-(",
        "a NEAR/3 ",
        "(a b) NEAR/3 ",
        "a OR ",
        "a AND ",
        "AND ",
        "OR ",
        "*",
        "a*",
        "aa* ",
        "~",
        "a~1",
        "^2",
        "aa^2",
        "year:",
        "year:[",
        "2020[dp] : ",
        "author:(a ",
        "au:a, ",
        "id:",
        "a b",
        "ü",
        "\u{0}",
        "\u{202e}",
        "10.1/",
        "http://",
        "AND(",
        "TI=(",
        "a(a(a(a(",
        "))((",
    ] {
        let n = bytes / piece.len();
        check(piece, &piece.repeat(n));
        check(piece, &format!("{}x", piece.repeat(n)));
    }
    check("dots", &format!("{}:x", "a.".repeat(20_000)));
    check("words", &"words and more ".repeat(700_000));
    check("one word", &"a".repeat(10_000_000));
    check(
        "closed",
        &format!("{}a{}", "(".repeat(500_000), ")".repeat(500_000)),
    );
}

#[test]
fn too_long_a_query_matches_nothing() {
    let parsed = parse(&"a ".repeat(1 << 20));
    assert_eq!(parsed.ast.kind, AstKind::Empty);
    assert_eq!(parsed.diagnostics.len(), 1);
    let parsed = parse(&"a ".repeat(12_289));
    assert_eq!(parsed.ast.kind, AstKind::Empty);
    assert!(!parse(&"a ".repeat(12_288)).ast.is_empty());
}

#[test]
fn deep_parentheses_are_flattened_where_that_means_the_same() {
    let deep = |inner: &str, n: usize| format!("{}{inner}{}", "(".repeat(n), ")".repeat(n));
    assert_eq!(parse(&deep("a", 100_000)).ast.to_string(), "a");
    assert_eq!(parse(&deep("a b", 64)).ast.to_string(), "a b");
    assert_eq!(parse(&deep("a OR b", 64)).ast.to_string(), "a OR b");
    // One deeper, and dropping a parenthesis would widen `(a OR b) c`.
    let parsed = parse(&deep("(a OR b) c", 64));
    assert_eq!(parsed.ast.kind, AstKind::Empty);
    assert_eq!(parsed.diagnostics.len(), 3);
}

#[test]
fn a_long_word_is_cut() {
    let parsed = parse(&"x".repeat(300));
    assert_eq!(parsed.ast.to_string(), "x".repeat(256));
    assert_eq!(parsed.diagnostics.len(), 1);
}
