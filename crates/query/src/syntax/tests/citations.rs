//! Identifiers as people cite them, alone and within a title.

use expect_test::expect;

use super::check;

#[test]
fn arxiv_ids_as_cited() {
    check(
        &[
            "arXiv preprint arXiv:1203.2109",
            "arXiv preprint 1203.2109, 2012",
            "arXiv:1203.2109 [cs.CL]",
            "arXiv:1203.2109v2 [cs.CL] 5 Mar 2012",
            "[arXiv:1203.2109]",
            "[arXiv:1203.2109 [cs.CL]].",
            "arXiv:1203.2109v2 (2012)",
            "oai:arXiv.org:1203.2109",
            "oai:arXiv.org:hep-th/9901001",
            "eprint: 1203.2109",
            "eprint = {1203.2109},",
            "arXiv:1203.2109)",
            "arxiv:1203.2109:",
            "1203.2109 [cs.CL]",
            "1203.2109 [ti]",
            "1203.2109 (a survey)",
            "Reply to arXiv:1810.11506: Size Effect",
            "see (arXiv:1810.11506), and",
            "arXiv preprint servers",
            "eprint archives",
        ],
        expect![[r#"
            arXiv preprint arXiv:1203.2109
                arxiv:"1203.2109"
            arXiv preprint 1203.2109, 2012
                arXiv preprint 1203.2109 2012
            arXiv:1203.2109 [cs.CL]
                arxiv:"1203.2109"
            arXiv:1203.2109v2 [cs.CL] 5 Mar 2012
                arxiv:"1203.2109v2"
            [arXiv:1203.2109]
                arxiv:"1203.2109"
            [arXiv:1203.2109 [cs.CL]].
                arxiv:"1203.2109"
            arXiv:1203.2109v2 (2012)
                arxiv:"1203.2109v2"
            oai:arXiv.org:1203.2109
                arxiv:"1203.2109"
            oai:arXiv.org:hep-th/9901001
                arxiv:"hep-th/9901001"
            eprint: 1203.2109
                arxiv:"1203.2109"
            eprint = {1203.2109},
                arxiv:"1203.2109"
            arXiv:1203.2109)
                arxiv:"1203.2109"
            arxiv:1203.2109:
                arxiv:"1203.2109"
            1203.2109 [cs.CL]
                arxiv:"1203.2109"
            1203.2109 [ti]
                title:1203.2109
            1203.2109 (a survey)
                1203.2109 a survey
            Reply to arXiv:1810.11506: Size Effect
                Reply to arxiv:"1810.11506" Size Effect
            see (arXiv:1810.11506), and
                see arxiv:"1810.11506" and
            arXiv preprint servers
                arXiv preprint servers
            eprint archives
                eprint archives
        "#]],
    );
}

#[test]
fn dois_as_cited() {
    check(
        &[
            "<https://doi.org/10.1063/1.5084144>",
            "https://doi.org/10.1063%2F1.5084144",
            "\"10.1063/1.5084144\"",
            "(\"10.1063/1.5084144\")",
            "DO=10.1063/1.5084144",
            "DO=(10.1063/1.5084144)",
            "info:doi/10.1063/1.5084144",
            "doi = {10.1063/1.5084144},",
            "doi: https://doi.org/10.1063/1.5084144",
            "doi:10.1063/1.5084144:",
            "doi:10.1016/0006(94)00012",
            "Comment on doi:10.1063/1.5084144: more",
            "https://doi.org/%zz",
            "do 10.1063/1.5084144",
        ],
        expect![[r#"
            <https://doi.org/10.1063/1.5084144>
                doi:"10.1063/1.5084144"
            https://doi.org/10.1063%2F1.5084144
                doi:"10.1063/1.5084144"
            "10.1063/1.5084144"
                doi:"10.1063/1.5084144"
            ("10.1063/1.5084144")
                ("10.1063/1.5084144")
            DO=10.1063/1.5084144
                doi:"10.1063/1.5084144"
            DO=(10.1063/1.5084144)
                doi:"10.1063/1.5084144"
            info:doi/10.1063/1.5084144
                doi:"10.1063/1.5084144"
            doi = {10.1063/1.5084144},
                doi:"10.1063/1.5084144"
            doi: https://doi.org/10.1063/1.5084144
                doi:"10.1063/1.5084144"
            doi:10.1063/1.5084144:
                doi:"10.1063/1.5084144"
            doi:10.1016/0006(94)00012
                doi:"10.1016/0006(94)00012"
            Comment on doi:10.1063/1.5084144: more
                Comment on doi:"10.1063/1.5084144" more
            https://doi.org/%zz
                https://doi.org/%zz
            do 10.1063/1.5084144
                do 10.1063/1.5084144
        "#]],
    );
}

#[test]
fn addresses_of_readers() {
    check(
        &[
            "https://ar5iv.labs.arxiv.org/html/1203.2109",
            "https://ar5iv.org/abs/1203.2109",
            "https://www.alphaxiv.org/abs/1203.2109v2",
            "https://huggingface.co/papers/1203.2109",
            "https://huggingface.co/models/x",
        ],
        expect![[r#"
            https://ar5iv.labs.arxiv.org/html/1203.2109
                arxiv:"1203.2109"
            https://ar5iv.org/abs/1203.2109
                arxiv:"1203.2109"
            https://www.alphaxiv.org/abs/1203.2109v2
                arxiv:"1203.2109v2"
            https://huggingface.co/papers/1203.2109
                arxiv:"1203.2109"
            https://huggingface.co/models/x
                https://huggingface.co/models/x
        "#]],
    );
}
