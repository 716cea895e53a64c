//! Queries from PubMed, arXiv, ADS, Web of Science and Scopus.

use expect_test::expect;

use super::check;

#[test]
fn pubmed() {
    check(
        &[
            "asthma[ti]",
            "asthma [ti]",
            "heart attack[tiab]",
            "\"heart attack\"[Title/Abstract]",
            "smith j[au]",
            "van der Berg J[Author]",
            "cancer AND smith j[au]",
            "smith j[1au]",
            "2020:2024[dp]",
            "2020/01/01:2021/12/31[dp]",
            "(\"2015/01/01\"[Date - Publication] : \"3000\"[Date - Publication])",
            "\"asthma\"[MeSH Terms] OR \"asthma\"[All Fields]",
            "asthma[mh:noexp]",
            "\"heart attack\"[tiab:~3]",
            "heart attack[tiab:~3]",
            "(smith OR jones)[au]",
            "(asthma OR copd)[ti]",
            "NOT review[pt]",
            "asthma NOT heart attack[ti]",
            "12345678[pmid]",
            "10.1000/xyz[doi]",
            "\"N Engl J Med\"[ta]",
            "child*[tiab]",
            "[ti]",
            "vitamin d[foo]",
            "english[la]",
        ],
        expect![[r#"
            asthma[ti]
                title:asthma
            asthma [ti]
                title:asthma
            heart attack[tiab]
                tiab:(heart attack)
            "heart attack"[Title/Abstract]
                tiab:"heart attack"
            smith j[au]
                author:"smith j"
            van der Berg J[Author]
                author:"van der Berg J"
            cancer AND smith j[au]
                cancer AND author:"smith j"
            smith j[1au]
                author:"^smith j"
            2020:2024[dp]
                year:2020..2024
            2020/01/01:2021/12/31[dp]
                date:2020-01-01..2021-12-31
            ("2015/01/01"[Date - Publication] : "3000"[Date - Publication])
                date:2015-01-01..3000
            "asthma"[MeSH Terms] OR "asthma"[All Fields]
                title,abstract,kw:"asthma" OR "asthma"
            asthma[mh:noexp]
                title,abstract,kw:asthma
            "heart attack"[tiab:~3]
                tiab:"heart attack"~3
            heart attack[tiab:~3]
                tiab:"heart attack"~3
            (smith OR jones)[au]
                author:"smith" OR author:"jones"
            (asthma OR copd)[ti]
                title:(asthma OR copd)
            NOT review[pt]
                NOT review
                10..14 no such field here: searched as text
            asthma NOT heart attack[ti]
                asthma NOT title:(heart attack)
            12345678[pmid]
                pmid:"12345678"
            10.1000/xyz[doi]
                doi:"10.1000/xyz"
            "N Engl J Med"[ta]
                venue:"N Engl J Med"
            child*[tiab]
                tiab:child*
            [ti]
                ()
                0..4 nothing before this tag: left out
            vitamin d[foo]
                vitamin d[foo]
            english[la]
                lang:"english"
        "#]],
    );
}

#[test]
fn systematic_reviews() {
    check(
        &[
            "(\"type 2 diabetes\" OR T2DM OR NIDDM) AND (metformin OR \"glucose lowering\") NOT (animal* OR mice)",
            "(randomized controlled trial[pt] OR placebo[tiab] OR randomly[tiab]) NOT (animals[mh] NOT humans[mh])",
            "((heart OR cardiac) NEAR/3 (failure OR insufficiency)) AND elder*",
            "(child* OR adolescen* OR p?ediatric) AND (asthma OR wheez*)",
            "TS=(deep learning AND (\"x-ray\" OR radiograph*)) AND PY=(2018-2022)",
            "TITLE-ABS-KEY(\"reward model\" AND reasoning) AND AUTH(lu)",
            "TI=(asthma) AND AU=(smith OR jones)",
            "(depress*[tiab] OR mood[tiab]) AND (CBT[tiab] OR \"cognitive behavio?ral\"[tiab]) AND 2010:2020[dp]",
        ],
        expect![[r#"
            ("type 2 diabetes" OR T2DM OR NIDDM) AND (metformin OR "glucose lowering") NOT (animal* OR mice)
                ("type 2 diabetes" OR T2DM OR NIDDM) AND (metformin OR "glucose lowering") AND NOT (animal* OR mice)
            (randomized controlled trial[pt] OR placebo[tiab] OR randomly[tiab]) NOT (animals[mh] NOT humans[mh])
                ((randomized controlled trial) OR tiab:placebo OR tiab:randomly) NOT (title,abstract,kw:animals NOT title,abstract,kw:humans)
                28..32 no such field here: searched as text
            ((heart OR cardiac) NEAR/3 (failure OR insufficiency)) AND elder*
                (heart OR cardiac) NEAR/3 (failure OR insufficiency) AND elder*
            (child* OR adolescen* OR p?ediatric) AND (asthma OR wheez*)
                (child* OR adolescen* OR p?ediatric) AND (asthma OR wheez*)
            TS=(deep learning AND ("x-ray" OR radiograph*)) AND PY=(2018-2022)
                title,abstract,kw:(deep AND learning AND ("x-ray" OR radiograph*)) AND year:2018..2022
            TITLE-ABS-KEY("reward model" AND reasoning) AND AUTH(lu)
                title,abstract,kw:("reward model" AND reasoning) AND author:"lu"
            TI=(asthma) AND AU=(smith OR jones)
                title:asthma AND (author:"smith" OR author:"jones")
            (depress*[tiab] OR mood[tiab]) AND (CBT[tiab] OR "cognitive behavio?ral"[tiab]) AND 2010:2020[dp]
                (tiab:depress* OR tiab:mood) AND (tiab:CBT OR tiab:"cognitive behavio?ral") AND year:2010..2020
                49..72 in a phrase only the end of the last word can be open: other wildcards are left out
        "#]],
    );
}

#[test]
fn arxiv_and_ads() {
    check(
        &[
            "ti:\"deep learning\" AND au:hinton_g ANDNOT cat:cs.CV",
            "all:electron AND au:del_maestro",
            "abs:(reward AND model) ANDNOT ti:survey",
            "submittedDate:[202301010600 TO 202401010600]",
            "jr:\"Phys. Rev. Lett.\"",
            "^\"Lu, Lewei\" year:2020-2025",
            "author:\"Huchra, J\" abs:\"dark energy\"",
            "author:\"^Huchra, John\" pubdate:[2000-01 TO 2005-12]",
            "bibstem:ApJ property:refereed",
            "full:\"super star cluster\"",
            "=author:\"Accomazzi, A\"",
        ],
        expect![[r#"
            ti:"deep learning" AND au:hinton_g ANDNOT cat:cs.CV
                title:"deep learning" AND author:"hinton g" AND NOT cat:"cs.CV"
            all:electron AND au:del_maestro
                electron AND author:"del maestro"
            abs:(reward AND model) ANDNOT ti:survey
                abstract:(reward AND model) AND NOT title:survey
            submittedDate:[202301010600 TO 202401010600]
                date:2023-01-01..2024-01-01
            jr:"Phys. Rev. Lett."
                venue:"Phys. Rev. Lett."
            ^"Lu, Lewei" year:2020-2025
                author:"^Lu, Lewei" year:2020..2025
            author:"Huchra, J" abs:"dark energy"
                author:"Huchra, J" abstract:"dark energy"
            author:"^Huchra, John" pubdate:[2000-01 TO 2005-12]
                author:"^Huchra, John" date:2000-01..2005-12
            bibstem:ApJ property:refereed
                venue:ApJ property refereed
                12..21 no field property: searched as a word
            full:"super star cluster"
                "super star cluster"
            =author:"Accomazzi, A"
                =author:"Accomazzi, A"
        "#]],
    );
}

#[test]
fn ovid_scopus_and_full_width_colons() {
    check(
        &[
            "(neural adj3 network*).ti,ab.",
            "\"heart attack\".tw.",
            "(asthma OR copd).mp.",
            "(asthma).xx.",
            "see (asthma).Then",
            "neural near/3 network",
            "neural W/3 network",
            "neural PRE/2 network",
            "w/3 layers",
            "adjacent adj network",
            "TITLE-ABS-KEY ( \"machine learning\" AND quark )",
            "TITLE (a study)",
            "title：quark",
            "ti：\"quark gluon\"",
            "模型：综述",
        ],
        expect![[r#"
            (neural adj3 network*).ti,ab.
                tiab:(neural NEAR/2 network*)
            "heart attack".tw.
                title,abstract,kw:"heart attack"
            (asthma OR copd).mp.
                title,abstract,kw:(asthma OR copd)
            (asthma).xx.
                asthma .xx
            see (asthma).Then
                see asthma .Then
            neural near/3 network
                neural NEAR/3 network
            neural W/3 network
                neural NEAR/3 network
            neural PRE/2 network
                neural NEAR/2 network
            w/3 layers
                w/3 layers
            adjacent adj network
                adjacent adj network
            TITLE-ABS-KEY ( "machine learning" AND quark )
                title,abstract,kw:("machine learning" AND quark)
            TITLE (a study)
                TITLE a study
            title：quark
                title:quark
            ti："quark gluon"
                title:"quark gluon"
            模型：综述
                模型：综述
        "#]],
    );
}

#[test]
fn ovid_lines() {
    check(
        &[
            "randomi?ed controlled trial$.tw.",
            "exp Neoplasms/ and (screen* adj3 test*).ti,ab.",
            "cancer.mp. or tumo?r$.ti,ab. not exp Animals/",
            "(cat or dog).tw. and smith j.au.",
            "export.ti",
            "galaxy or cluster not group",
            "U.S.A. and e.g. this",
            "US$ 100",
        ],
        expect![[r#"
            randomi?ed controlled trial$.tw.
                title,abstract,kw:(randomi?ed controlled trial*)
            exp Neoplasms/ and (screen* adj3 test*).ti,ab.
                Neoplasms/ AND tiab:(screen* NEAR/2 test*)
            cancer.mp. or tumo?r$.ti,ab. not exp Animals/
                title,abstract,kw:cancer OR tiab:tumo?r* AND NOT Animals/
                11..13 AND and words side by side bind tighter than OR: use parentheses to say which is meant
            (cat or dog).tw. and smith j.au.
                title,abstract,kw:(cat OR dog) AND author:"smith j"
            export.ti
                export.ti
            galaxy or cluster not group
                galaxy or cluster not group
            U.S.A. and e.g. this
                U.S.A and e.g this
            US$ 100
                US$ 100
        "#]],
    );
}

#[test]
fn embase_and_cochrane_lines() {
    check(
        &[
            "'deep learning'/exp OR 'deep learning':ti,ab,kw",
            "'neural network*':ti,ab AND [2020-2024]/py",
            "'heart attack' AND don't AND 'a b':ti",
            "(neural NEXT/2 network*):ti,ab",
            "asthma:ti,ab,kw AND child*:ti",
            "asthma/exp AND [english]/lim",
            "'dark matter'",
            "don't 'x' and/or y",
            "structure: Ti alloys",
        ],
        expect![[r#"
            'deep learning'/exp OR 'deep learning':ti,ab,kw
                title,abstract,kw:"deep learning" OR title,abstract,kw:"deep learning"
            'neural network*':ti,ab AND [2020-2024]/py
                tiab:"neural network*" AND year:2020..2024
            'heart attack' AND don't AND 'a b':ti
                "heart attack" AND don't AND title:"a b"
            (neural NEXT/2 network*):ti,ab
                tiab:(neural NEAR/2 network*)
            asthma:ti,ab,kw AND child*:ti
                title,abstract,kw:asthma AND title:child*
            asthma/exp AND [english]/lim
                title,abstract,kw:asthma
                11..28 a limit from elsewhere: left out; filters narrow a result here
            'dark matter'
                dark matter
            don't 'x' and/or y
                don't x and/or y
            structure: Ti alloys
                structure Ti alloys
        "#]],
    );
}

#[test]
fn scopus_and_web_of_science_limits() {
    check(
        &[
            "TITLE-ABS-KEY ( galax* ) AND PUBYEAR > 2019 AND ( LIMIT-TO ( DOCTYPE,\"ar\" ) OR LIMIT-TO ( DOCTYPE,\"re\" ) )",
            "TITLE(quark) AND LIMIT-TO(SUBJAREA,\"PHYS\") AND LANGUAGE(english)",
            "PUBYEAR = 2020 AND EXCLUDE ( PUBYEAR,2019 )",
            "TS=(galax*) AND PY=2020-2024 AND LA=(English)",
            "ALL=(quark)",
            "AU=(Lu L* AND Dai J)",
            "LIMIT-TO what",
        ],
        expect![[r#"
            TITLE-ABS-KEY ( galax* ) AND PUBYEAR > 2019 AND ( LIMIT-TO ( DOCTYPE,"ar" ) OR LIMIT-TO ( DOCTYPE,"re" ) )
                title,abstract,kw:galax* AND year:>2019
                44..106 a limit from elsewhere: left out; filters narrow a result here
            TITLE(quark) AND LIMIT-TO(SUBJAREA,"PHYS") AND LANGUAGE(english)
                title:quark AND lang:"english"
                13..42 a limit from elsewhere: left out; filters narrow a result here
            PUBYEAR = 2020 AND EXCLUDE ( PUBYEAR,2019 )
                year:2020
                15..43 a limit from elsewhere: left out; filters narrow a result here
            TS=(galax*) AND PY=2020-2024 AND LA=(English)
                title,abstract,kw:galax* AND year:2020..2024 AND lang:"English"
            ALL=(quark)
                quark
            AU=(Lu L* AND Dai J)
                author:"Lu L" AND author:"Dai J"
            LIMIT-TO what
                LIMIT-TO, what
        "#]],
    );
}

#[test]
fn headings_and_filters_of_pubmed() {
    check(
        &[
            "asthma/therapy[mh]",
            "\"Asthma/drug therapy\"[Mesh] AND hasabstract[text] AND english[la]",
            "\"Asthma\"[Mesh:NoExp] AND hasabstract",
            "and/or[ti]",
            "hasabstraction",
        ],
        expect![[r#"
            asthma/therapy[mh]
                title,abstract,kw:asthma
            "Asthma/drug therapy"[Mesh] AND hasabstract[text] AND english[la]
                title,abstract,kw:"Asthma" AND has:abstract AND lang:"english"
            "Asthma"[Mesh:NoExp] AND hasabstract
                title,abstract,kw:"Asthma" AND has:abstract
            and/or[ti]
                title:and/or
            hasabstraction
                hasabstraction
        "#]],
    );
}
