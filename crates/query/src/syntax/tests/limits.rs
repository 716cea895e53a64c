//! Limits of Web of Science, Ovid and Embase, for fields that records here lack
//! and for those they have.

use expect_test::expect;

use super::check;

#[test]
fn limits_of_web_of_science() {
    check(
        &[
            "TS=graph",
            "TI=graph AND TS=\"neural network\"",
            "TS=(graph) AND DT=(Article)",
            "TS=graph AND DT=Article",
            "TS=graph NOT DT=(Review)",
            "TI=graph AND (DT=(Article) OR DT=(Review)) AND LA=English",
            "TS=graph AND DT==(\"ARTICLE\" OR \"REVIEW\")",
            "TS=graph AND WC=(Computer Science) AND SU=Physics AND PT=J",
            "TS=graph AND DT=\"Proceedings Paper\"",
            "TS=graph AND LA=(English OR German)",
            "AU=Lu, Lewei AND TI=graph* AND PY=2020",
            "so,DT=x and a,TI=graph",
            "E=mc2 AB=CD",
            "DT=",
            "(DT=(Article) OR TS=graph) AND TI=x",
        ],
        expect![[r#"
            TS=graph
                title,abstract,kw:graph
            TI=graph AND TS="neural network"
                title:graph AND title,abstract,kw:"neural network"
            TS=(graph) AND DT=(Article)
                title,abstract,kw:graph
                11..27 a limit from elsewhere: left out; filters narrow a result here
            TS=graph AND DT=Article
                title,abstract,kw:graph
                9..23 a limit from elsewhere: left out; filters narrow a result here
            TS=graph NOT DT=(Review)
                title,abstract,kw:graph
                9..24 a limit from elsewhere: left out; filters narrow a result here
            TI=graph AND (DT=(Article) OR DT=(Review)) AND LA=English
                title:graph AND lang:"English"
                9..42 a limit from elsewhere: left out; filters narrow a result here
            TS=graph AND DT==("ARTICLE" OR "REVIEW")
                title,abstract,kw:graph
                9..40 a limit from elsewhere: left out; filters narrow a result here
            TS=graph AND WC=(Computer Science) AND SU=Physics AND PT=J
                title,abstract,kw:graph
                9..34 a limit from elsewhere: left out; filters narrow a result here
                35..49 a limit from elsewhere: left out; filters narrow a result here
                50..58 a limit from elsewhere: left out; filters narrow a result here
            TS=graph AND DT="Proceedings Paper"
                title,abstract,kw:graph
                9..35 a limit from elsewhere: left out; filters narrow a result here
            TS=graph AND LA=(English OR German)
                title,abstract,kw:graph AND (lang:"English" OR lang:"German")
            AU=Lu, Lewei AND TI=graph* AND PY=2020
                author:"Lu, Lewei" AND title:graph* AND year:2020
                3..12 read as the author "Lu, Lewei": quote names of several words
            so,DT=x and a,TI=graph
                so,DT=x and a,TI=graph
            E=mc2 AB=CD
                E=mc2 abstract:CD
            DT=
                DT=
            (DT=(Article) OR TS=graph) AND TI=x
                title,abstract,kw:graph AND title:x
                1..13 a limit from elsewhere: left out; filters narrow a result here
                14..16 nothing before this operator: left out
        "#]],
    );
}

#[test]
fn limits_of_embase_and_ovid() {
    check(
        &[
            "'heart attack'/exp NOT 'conference abstract'/it",
            "'heart attack' AND child NOT ('conference abstract'/it OR 'review'/it)",
            "asthma.ti. and (2018 or 2019).yr.",
            "asthma.ti. and 2018.yr.",
            "asthma.ti. and \"2018 - 2020\".yr. and english.la.",
            "asthma.ab. /freq=2",
            "(asthma or copd).ab./freq=2 and child.ti.",
            "x/freq=2",
        ],
        expect![[r#"
            'heart attack'/exp NOT 'conference abstract'/it
                title,abstract,kw:"heart attack"
                19..47 a limit from elsewhere: left out; filters narrow a result here
            'heart attack' AND child NOT ('conference abstract'/it OR 'review'/it)
                "heart attack" AND child
                25..70 a limit from elsewhere: left out; filters narrow a result here
            asthma.ti. and (2018 or 2019).yr.
                title:asthma AND (year:2018 OR year:2019)
            asthma.ti. and 2018.yr.
                title:asthma AND year:2018
            asthma.ti. and "2018 - 2020".yr. and english.la.
                title:asthma AND year:2018..2020 AND lang:"english"
            asthma.ab. /freq=2
                abstract:asthma
                11..18 a limit from elsewhere: left out; filters narrow a result here
            (asthma or copd).ab./freq=2 and child.ti.
                abstract:(asthma OR copd) AND title:child
                20..27 a limit from elsewhere: left out; filters narrow a result here
            x/freq=2
                x/freq=2
        "#]],
    );
}
