//! How far PubMed's tags reach, and Scopus's braces.

use expect_test::expect;

use super::check;

#[test]
fn a_date_is_the_last_word() {
    check(
        &[
            "asthma 2020[dp]",
            "graph 2018:2020[dp]",
            "graph 2018 : 2020[dp]",
            "graph 2018: 2020[dp]",
            "heart attack 2018/01 : 2020/12[dp]",
            "NOT asthma 2020[dp]",
            "NOT 2018:2020[dp]",
            "asthma 2018[dp] : 2020[dp]",
            "(asthma 2020)[dp]",
            "asthma 20x0[dp]",
            "heart attack 12345678[pmid]",
            "heart attack[pmid]",
        ],
        expect![[r#"
            asthma 2020[dp]
                asthma year:2020
            graph 2018:2020[dp]
                graph year:2018..2020
            graph 2018 : 2020[dp]
                graph year:2018..2020
            graph 2018: 2020[dp]
                graph year:2018..2020
            heart attack 2018/01 : 2020/12[dp]
                heart attack date:2018-01..2020-12
            NOT asthma 2020[dp]
                NOT asthma year:2020
            NOT 2018:2020[dp]
                NOT year:2018..2020
            asthma 2018[dp] : 2020[dp]
                asthma year:2018..2020
            (asthma 2020)[dp]
                ()
                1..7 not a date or a range of dates: asthma; matches nothing (try 2020..2024)
            asthma 20x0[dp]
                ()
                7..11 not a date or a range of dates: 20x0; matches nothing (try 2020..2024)
            heart attack 12345678[pmid]
                heart attack pmid:"12345678"
            heart attack[pmid]
                pmid:"heart attack"
        "#]],
    );
}

#[test]
fn braces() {
    check(
        &[
            "{deep learning}",
            "TITLE-ABS-KEY({deep learning} OR {x-ray})",
            "NOT {Parkinson's disease} AND x",
            "{\\rm x} and x_{ij} of {a}b",
            "{a, b c}",
            "{ab cd",
            "x,{ab cd} ,{ab}",
            "[ab cd} year:{2020 TO 2022}",
        ],
        expect![[r#"
            {deep learning}
                "deep learning"
            TITLE-ABS-KEY({deep learning} OR {x-ray})
                title,abstract,kw:("deep learning" OR "x-ray")
            NOT {Parkinson's disease} AND x
                NOT "Parkinson's disease" AND x
            {\rm x} and x_{ij} of {a}b
                {\rm x} and x_{ij} of {a}b
            {a, b c}
                a b c}
            {ab cd
                ab cd
            x,{ab cd} ,{ab}
                x,{ab cd} (,{ab})
            [ab cd} year:{2020 TO 2022}
                ab cd} year:{2020 TO 2022}
        "#]],
    );
}
