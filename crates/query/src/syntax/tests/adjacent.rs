//! Words next to each other, as Ovid and Cochrane ask for them.

use expect_test::expect;

use super::check;

#[test]
fn adjacent() {
    check(
        &[
            "(deep adj learning).ti.",
            "deep adj learning.ti,ab.",
            "(deep adj reinforcement adj learn*).ti.",
            "((deep or shallow) adj learning).tw.",
            "(learn* adj model).tw.",
            "(\"heart attack\" adj risk).ti. and (a adj1 b).ti. and (a adj2 b).ti.",
            "smith.au. and not (deep adj learning).ti.",
            "graph NEXT network",
            "title:(graph ADJ network) OR \"a b\" NEXT c",
            "graph NEXT (network OR model*)",
            "(graph next network*):ti,ab,kw",
            "\"see x:ti\" next year",
            "\"see (x).ti. y\" or, adj z",
            "a NEXT NEXT b",
            "graph NEXT",
            "NEXT generation",
            "the NEXT[ti]",
            "title:NEXT generation",
            "graph AND NEXT generation",
            "next generation sequencing",
            "THE NEXT GENERATION",
        ],
        expect![[r#"
            (deep adj learning).ti.
                title:"deep learning"
            deep adj learning.ti,ab.
                tiab:"deep learning"
            (deep adj reinforcement adj learn*).ti.
                title:"deep reinforcement learn*"
            ((deep or shallow) adj learning).tw.
                title,abstract,kw:((deep OR shallow) NEAR/0 learning)
            (learn* adj model).tw.
                title,abstract,kw:(learn* NEAR/0 model)
            ("heart attack" adj risk).ti. and (a adj1 b).ti. and (a adj2 b).ti.
                title:"heart attack risk" AND title:(a NEAR/0 b) AND title:(a NEAR/1 b)
            smith.au. and not (deep adj learning).ti.
                author:"smith" AND NOT title:"deep learning"
            graph NEXT network
                "graph network"
            title:(graph ADJ network) OR "a b" NEXT c
                title:"graph network" OR "a b c"
            graph NEXT (network OR model*)
                graph NEAR/0 (network OR model*)
            (graph next network*):ti,ab,kw
                title,abstract,kw:"graph network*"
            "see x:ti" next year
                "see x:ti" next year
            "see (x).ti. y" or, adj z
                "see (x).ti. y" or adj z
            a NEXT NEXT b
                a "NEXT b"
            graph NEXT
                graph NEXT,
            NEXT generation
                NEXT, generation
            the NEXT[ti]
                title:(the NEXT,)
            title:NEXT generation
                title:NEXT, generation
            graph AND NEXT generation
                graph AND NEXT, AND generation
            next generation sequencing
                next generation sequencing
            THE NEXT GENERATION
                THE NEXT, GENERATION
        "#]],
    );
}
