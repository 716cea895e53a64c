//! How diagnostics are shown.

use expect_test::{Expect, expect};

use super::super::parse;

#[track_caller]
fn check(query: &str, expected: Expect) {
    let rendered: Vec<String> = parse(query)
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.render(query))
        .collect();
    expected.assert_eq(&rendered.join(""));
}

#[test]
fn carets_stand_under_the_place() {
    check(
        "deep \"learning",
        expect![[r#"
        warning: this quote is not closed: the phrase runs to the end
          deep "learning
               ^^^^^^^^^
    "#]],
    );
    check(
        "深度 \"学习",
        expect![[r#"
        warning: this quote is not closed: the phrase runs to the end
          深度 "学习
               ^^^^^
    "#]],
    );
    check(
        "deep\tyear:20x4 now",
        expect![[r#"
        warning: not a date or a range of dates: 20x4; matches nothing (try 2020..2024)
          deep year:20x4 now
                    ^^^^
    "#]],
    );
    check(
        "(deep",
        expect![[r#"
        warning: this parenthesis is not closed
          (deep
          ^
    "#]],
    );
}

#[test]
fn control_characters_are_replaced() {
    check(
        "\u{1b}[31m \u{202e} (red",
        expect![[r#"
        warning: this parenthesis is not closed
          �[31m � (red
                  ^
    "#]],
    );
}

#[test]
fn of_a_long_query_the_part_is_shown() {
    let long = "word ".repeat(40);
    check(
        &format!("{long}(deep {long}"),
        expect![[r#"
        warning: this parenthesis is not closed
          …word word word word word word (deep word word word word word word word word…
                                         ^
    "#]],
    );
    check(
        &format!("(deep {long}"),
        expect![[r#"
        warning: this parenthesis is not closed
          (deep word word word word word word word word word word word word word word …
          ^
    "#]],
    );
    check(
        &format!("{long}year:20x4"),
        expect![[r#"
        warning: not a date or a range of dates: 20x4; matches nothing (try 2020..2024)
          …word word word word word year:20x4
                                         ^^^^
    "#]],
    );
}
