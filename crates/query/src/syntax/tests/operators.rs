//! The operators of the language.

use expect_test::expect;

use super::{check, parse};

#[test]
fn boolean() {
    check(
        &[
            "a b",
            "a AND b",
            "a OR b",
            "a OR b c",
            "a AND b OR c",
            "(a OR b) c",
            "(a OR b) AND (c OR d)",
            "a NOT b",
            "a AND NOT b",
            "a ANDNOT b",
            "NOT a",
            "NOT (a OR b)",
            "NOT NOT a",
            "deep -learning",
            "deep -(machine learning)",
            "deep -\"machine learning\"",
            "deep -title:learning",
            "+deep learning",
            "+deep AND learning",
            "a && b || c",
            "a and b or not c",
            "non-invasive",
            "a - b",
            "(a b) c",
            "a (b AND c)",
            "AND(a)",
            "NOT(a)",
            "a OR(b)",
            "(((a)))",
            "a OR (b OR c)",
            "(a AND b) AND c",
            "NOT a NOT b",
            "a+b",
            "title:a AND (abs:b OR -c)",
        ],
        expect![[r#"
            a b
                a b
            a AND b
                a AND b
            a OR b
                a OR b
            a OR b c
                a OR b AND c
                2..4 AND and words side by side bind tighter than OR: use parentheses to say which is meant
            a AND b OR c
                a AND b OR c
                8..10 AND and words side by side bind tighter than OR: use parentheses to say which is meant
            (a OR b) c
                (a OR b) c
            (a OR b) AND (c OR d)
                (a OR b) AND (c OR d)
            a NOT b
                a NOT b
            a AND NOT b
                a AND NOT b
            a ANDNOT b
                a AND NOT b
            NOT a
                NOT a
            NOT (a OR b)
                NOT (a OR b)
            NOT NOT a
                a
            deep -learning
                deep NOT learning
            deep -(machine learning)
                deep NOT (machine learning)
            deep -"machine learning"
                deep NOT "machine learning"
            deep -title:learning
                deep NOT title:learning
            +deep learning
                +deep learning
            +deep AND learning
                deep AND learning
            a && b || c
                a AND b OR c
                7..9 AND and words side by side bind tighter than OR: use parentheses to say which is meant
            a and b or not c
                a and b or not c
            non-invasive
                non-invasive
            a - b
                a b
            (a b) c
                a b c
            a (b AND c)
                a (b AND c)
            AND(a)
                a
                0..3 nothing before this operator: left out
            NOT(a)
                NOT a
            a OR(b)
                a OR b
            (((a)))
                a
            a OR (b OR c)
                a OR b OR c
            (a AND b) AND c
                a AND b AND c
            NOT a NOT b
                NOT a NOT b
            a+b
                a+b
            title:a AND (abs:b OR -c)
                title:a AND (abstract:b OR NOT c)
        "#]],
    );
}

#[test]
fn words_and_phrases() {
    check(
        &[
            "\"deep learning\"",
            "“deep learning”",
            "„deep learning“",
            "«deep learning»",
            "’’deep learning’’",
            "``deep learning''",
            "\"deep learning\"~3",
            "\"deep learn*\"",
            "=\"RAG model\"",
            "=RAG",
            "multimod*",
            "a*",
            "mult?modal",
            "colo*r",
            "mult?mod*",
            "transformer~",
            "cell~",
            "transformer~1",
            "transformer~2",
            "transformer~7",
            "transformer~0.8",
            "what?",
            "deep^2 learning",
            "\"deep learning\"^2.5 survey",
            "(deep learning)^0.5",
            "title:deep^3",
            "deep^0",
            "deep^9999",
            "*",
            "?",
            "=foo*",
            "foo*~1",
            "\"child* asthma\"",
            "\"deep l*\"",
            "x^2^3",
            "foo^2^3",
        ],
        expect![[r#"
            "deep learning"
                "deep learning"
            “deep learning”
                "deep learning"
            „deep learning“
                "deep learning"
            «deep learning»
                "deep learning"
            ’’deep learning’’
                "deep learning"
            ``deep learning''
                "deep learning"
            "deep learning"~3
                "deep learning"~3
            "deep learn*"
                "deep learn*"
            ="RAG model"
                ="RAG model"
            =RAG
                =RAG
            multimod*
                multimod*
            a*
                a
                0..2 a prefix needs two letters before the `*`: searched as a word
            mult?modal
                mult?modal
            colo*r
                colo*r
            mult?mod*
                mult?mod*
            transformer~
                transformer~2
            cell~
                cell~1
            transformer~1
                transformer~1
            transformer~2
                transformer~2
            transformer~7
                transformer~2
                0..13 a fuzzy term allows 2 edits at most
            transformer~0.8
                transformer~1
            what?
                what
            deep^2 learning
                deep^2 learning
            "deep learning"^2.5 survey
                "deep learning"^2.5 survey
            (deep learning)^0.5
                (deep learning)^0.5
            title:deep^3
                title:deep^3
            deep^0
                deep
                0..6 a boost must be between 0.001 and 1000: left out
            deep^9999
                deep
                0..9 a boost must be between 0.001 and 1000: left out
            *
                ()
            ?
                ()
            =foo*
                =foo
                1..5 `=` takes the word as it is: `*` and `~` left out
            foo*~1
                foo*
                0..6 `*` and `~` do not go together: `~` left out
            "child* asthma"
                "child* asthma"
                0..15 in a phrase only the end of the last word can be open: other wildcards are left out
            "deep l*"
                "deep l"
            x^2^3
                x^2^3
            foo^2^3
                foo^3
        "#]],
    );
}

#[test]
fn fields() {
    check(
        &[
            "title:deep",
            "ti:deep learning",
            "title:(deep learning)",
            "TITLE:deep",
            "title:\"deep learning\"",
            "title: deep",
            "ti,abs:(deep OR wide)",
            "tiab:deep",
            "title:(deep abs:wide)",
            "title:(NOT deep)",
            "title:-deep",
            "title:=Deep",
            "ti,doi:10.1000/xyz",
            "venue:\"Nature Physics\"",
            "kw:transformers",
            "cat:cs.CL",
            "cat:(cs.CL OR cs.LG)",
            "cat:cs.*",
            "lang:en",
            "has:abstract",
            "has:foo",
            "doi:*",
            "foo:bar",
            "foo:\"bar baz\"",
            "title:",
            "title:()",
            "title:abs:x",
            "year,title:2020",
        ],
        expect![[r#"
            title:deep
                title:deep
            ti:deep learning
                title:deep learning
            title:(deep learning)
                title:(deep learning)
            TITLE:deep
                title:deep
            title:"deep learning"
                title:"deep learning"
            title: deep
                title:deep
            ti,abs:(deep OR wide)
                tiab:(deep OR wide)
            tiab:deep
                tiab:deep
            title:(deep abs:wide)
                title:(deep abstract:wide)
            title:(NOT deep)
                NOT title:deep
            title:-deep
                NOT title:deep
            title:=Deep
                title:=Deep
            ti,doi:10.1000/xyz
                title:(10.1000/xyz OR doi:"10.1000/xyz")
            venue:"Nature Physics"
                venue:"Nature Physics"
            kw:transformers
                kw:transformers
            cat:cs.CL
                cat:"cs.CL"
            cat:(cs.CL OR cs.LG)
                cat:"cs.CL" OR cat:"cs.LG"
            cat:cs.*
                cat:"cs.*"
            lang:en
                lang:"en"
            has:abstract
                has:abstract
            has:foo
                ()
                4..7 no field foo: matches nothing (try has:abstract)
            doi:*
                has:doi
            foo:bar
                foo bar
                0..4 no field foo: searched as a word
            foo:"bar baz"
                foo "bar baz"
                0..4 no field foo: searched as a word
            title:
                ()
                0..6 nothing behind this: left out
            title:()
                ()
                6..8 nothing in these parentheses: left out
            title:abs:x
                abstract:x
            year,title:2020
                year,title:2020
        "#]],
    );
}

#[test]
fn ranges() {
    check(
        &[
            "year:2020",
            "year:2020..2024",
            "year:2020-2024",
            "year:2020–2024",
            "year:2020:2024",
            "year:>=2020",
            "year:>2020",
            "year:<= 2020",
            "year:[2020 TO 2024]",
            "year:{2020 TO 2024}",
            "year:[2020 TO *]",
            "year:[* TO *]",
            "year:2020..",
            "year:..2020",
            "year:2020…2024",
            "year:(2019 OR 2021)",
            "year: 2020",
            "year:*",
            "date:2024-03..2025",
            "date:\"March 2024\"",
            "date:2024-03-07",
            "since:30d",
            "since:2w since:6m since:1y",
            "since:2024-01-01",
            "ac:>10",
            "ac:3..5",
            "ac:1",
        ],
        expect![[r#"
            year:2020
                year:2020
            year:2020..2024
                year:2020..2024
            year:2020-2024
                year:2020..2024
            year:2020–2024
                year:2020..2024
            year:2020:2024
                year:2020..2024
            year:>=2020
                year:2020..
            year:>2020
                year:>2020
            year:<= 2020
                year:..2020
            year:[2020 TO 2024]
                year:2020..2024
            year:{2020 TO 2024}
                year:{2020 TO 2024}
            year:[2020 TO *]
                year:2020..
            year:[* TO *]
                has:year
            year:2020..
                year:2020..
            year:..2020
                year:..2020
            year:2020…2024
                year:2020..2024
            year:(2019 OR 2021)
                year:2019 OR year:2021
            year: 2020
                year:2020
            year:*
                has:year
            date:2024-03..2025
                date:2024-03..2025
            date:"March 2024"
                date:2024-03
            date:2024-03-07
                date:2024-03-07
            since:30d
                since:30d
            since:2w since:6m since:1y
                since:14d since:180d since:365d
            since:2024-01-01
                date:2024-01-01..
            ac:>10
                ac:>10
            ac:3..5
                ac:3..5
            ac:1
                ac:1
        "#]],
    );
}

#[test]
fn what_is_no_date_matches_nothing() {
    check(
        &[
            "year:20x4",
            "cancer year:20x4",
            "cancer -year:20x4",
            "cancer OR year:20x4",
            "NOT year:20x4",
            "year:2024..2020",
            "year:",
            "since:soon",
            "ac:many",
            "date:2024-13",
        ],
        expect![[r#"
            year:20x4
                ()
                5..9 not a date or a range of dates: 20x4; matches nothing (try 2020..2024)
            cancer year:20x4
                ()
                12..16 not a date or a range of dates: 20x4; matches nothing (try 2020..2024)
            cancer -year:20x4
                ()
                13..17 not a date or a range of dates: 20x4; matches nothing (try 2020..2024)
            cancer OR year:20x4
                cancer
                15..19 not a date or a range of dates: 20x4; matches nothing (try 2020..2024)
            NOT year:20x4
                ()
                9..13 not a date or a range of dates: 20x4; matches nothing (try 2020..2024)
            year:2024..2020
                ()
                5..15 not a date or a range of dates: 2024..2020; matches nothing (try 2020..2024)
            year:
                ()
                0..5 nothing behind this: left out
            since:soon
                ()
                6..10 not a span of time: soon; matches nothing (try 30d, 2w, 6m or 1y)
            ac:many
                ()
                3..7 not a number of authors: many; matches nothing (try >10 or 3..5)
            date:2024-13
                ()
                5..12 not a date or a range of dates: 2024-13; matches nothing (try 2020..2024)
        "#]],
    );
}

#[test]
fn near() {
    check(
        &[
            "a NEAR/3 b",
            "deep NEAR/0 learning survey",
            "\"reward model\" NEAR/5 process",
            "(a OR b) NEAR/3 (c OR d)",
            "a NEAR/3 b NEAR/3 c",
            "(a b) NEAR/2 c",
            "title:(a NEAR/3 b)",
            "title:a NEAR/3 b",
            "title:a NEAR/3 abs:b",
            "a ADJ3 b",
            "NOT a NEAR/3 b",
            "a NEAR/3 NOT b",
            "a NEAR/3 author:b",
            "a NEAR/3",
            "NEAR/3 b",
            "a NEAR/3 OR b",
            "b^2 NEAR/3 c",
            "black holes near the horizon",
        ],
        expect![[r#"
            a NEAR/3 b
                a NEAR/3 b
            deep NEAR/0 learning survey
                deep NEAR/0 learning survey
            "reward model" NEAR/5 process
                "reward model" NEAR/5 process
            (a OR b) NEAR/3 (c OR d)
                (a OR b) NEAR/3 (c OR d)
            a NEAR/3 b NEAR/3 c
                a NEAR/3 b AND b NEAR/3 c
            (a b) NEAR/2 c
                a NEAR/2 c AND b NEAR/2 c
            title:(a NEAR/3 b)
                title:(a NEAR/3 b)
            title:a NEAR/3 b
                title:(a NEAR/3 b)
            title:a NEAR/3 abs:b
                ()
                0..20 NEAR joins words, phrases and groups of these: matches nothing
            a ADJ3 b
                a NEAR/2 b
            NOT a NEAR/3 b
                NOT a NEAR/3 b
            a NEAR/3 NOT b
                ()
                0..14 NEAR joins words, phrases and groups of these: matches nothing
            a NEAR/3 author:b
                ()
                0..17 NEAR joins words, phrases and groups of these: matches nothing
            a NEAR/3
                a
                2..8 nothing behind this operator: left out
            NEAR/3 b
                b
                0..6 nothing before this operator: left out
            a NEAR/3 OR b
                a OR b
                2..8 nothing behind this operator: left out
            b^2 NEAR/3 c
                b^2 NEAR/3 c
            black holes near the horizon
                black holes near the horizon
        "#]],
    );
}

#[test]
fn a_tree_is_shown_indented() {
    let query = "title:(deep \"neural net*\"~2) -survey (au:lu OR year:2020..)^2";
    expect![[r#"
        words
          in title
            words
              term deep
              phrase "neural net*"~2
          not
            term survey
          boost 2
            or
              author "lu"
              dates year:2020..
    "#]]
    .assert_eq(&parse(query).ast.tree());
}
