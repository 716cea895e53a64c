//! Half a query, a slip of the finger: something is said, nothing widens.

use expect_test::expect;

use super::check;

#[test]
fn quotes() {
    check(
        &[
            "\"deep learning",
            "deep \"learning",
            "deep learning\"",
            "title:\"deep learn",
            "\"\"",
            "\"\"\"",
            "deep \" learning",
            "\" deep learning \"",
            "foo\"bar\"",
            "\"…\"",
            "a 5\" disk",
        ],
        expect![[r#"
            "deep learning
                "deep learning"
                0..14 this quote is not closed: the phrase runs to the end
            deep "learning
                deep "learning"
                5..14 this quote is not closed: the phrase runs to the end
            deep learning"
                deep learning
                13..14 this quote closes nothing: left out
            title:"deep learn
                title:"deep learn"
                6..17 this quote is not closed: the phrase runs to the end
            ""
                ()
                0..2 nothing between these quotes: left out
            """
                ()
                0..2 nothing between these quotes: left out
                2..3 this quote closes nothing: left out
            deep " learning
                deep "learning"
                5..15 this quote is not closed: the phrase runs to the end
            " deep learning "
                "deep learning"
            foo"bar"
                foo "bar"
            "…"
                ()
                0..5 nothing between these quotes: left out
            a 5" disk
                a 5 disk
        "#]],
    );
}

#[test]
fn parentheses() {
    check(
        &[
            "(deep learning",
            "deep learning)",
            "((deep) learning",
            ")(",
            "()",
            "deep () learning",
            "title:(deep",
            "deep (",
            "smile :)",
            "a OR (b AND",
        ],
        expect![[r#"
            (deep learning
                deep learning
                0..1 this parenthesis is not closed
            deep learning)
                deep learning
                13..14 this parenthesis closes nothing: left out
            ((deep) learning
                deep learning
                0..1 this parenthesis is not closed
            )(
                ()
                0..1 this parenthesis closes nothing: left out
                1..2 this parenthesis is not closed
                1..2 nothing in these parentheses: left out
            ()
                ()
                0..2 nothing in these parentheses: left out
            deep () learning
                deep learning
                5..7 nothing in these parentheses: left out
            title:(deep
                title:deep
                6..7 this parenthesis is not closed
            deep (
                deep
                5..6 this parenthesis is not closed
                5..6 nothing in these parentheses: left out
            smile :)
                smile
                7..8 this parenthesis closes nothing: left out
            a OR (b AND
                a OR b
                5..6 this parenthesis is not closed
                8..11 nothing behind this operator: left out
        "#]],
    );
}

#[test]
fn blanks_alone_are_the_empty_query() {
    assert!(crate::syntax::parse("   ").ast.is_empty());
}

#[test]
fn operators_alone() {
    check(
        &[
            "",
            "AND",
            "OR deep",
            "deep AND",
            "deep OR",
            "deep NOT",
            "deep AND OR learning",
            "deep AND AND learning",
            "NOT",
            "-",
            "--",
            "--help",
            "+",
            "deep -",
            "- deep",
            "deep AND -",
            "NOT ()",
            "deep OR *",
            "*:*",
            "&&",
            "AND, OR, NOT",
            "…",
            "🙂",
        ],
        expect![[r#"

                ()
            AND
                ()
                0..3 nothing before this operator: left out
            OR deep
                deep
                0..2 nothing before this operator: left out
            deep AND
                deep
                5..8 nothing behind this operator: left out
            deep OR
                deep
                5..7 nothing behind this operator: left out
            deep NOT
                deep
                5..8 nothing behind this: left out
            deep AND OR learning
                deep AND learning
                9..11 nothing before this operator: left out
            deep AND AND learning
                deep AND learning
                9..12 nothing before this operator: left out
            NOT
                ()
                0..3 nothing behind this: left out
            -
                ()
            --
                ()
            --help
                help
            +
                ()
            deep -
                deep
            - deep
                deep
            deep AND -
                deep
                5..8 nothing behind this operator: left out
            NOT ()
                ()
                4..6 nothing in these parentheses: left out
            deep OR *
                deep
                5..7 nothing behind this operator: left out
            *:*
                ()
            &&
                ()
                0..2 nothing before this operator: left out
            AND, OR, NOT
                AND, OR,
                9..12 nothing behind this: left out
            …
                ()
            🙂
                ()
        "#]],
    );
}
