//! Identifiers, alone and behind their fields.

use expect_test::expect;

use super::check;

#[test]
fn ids() {
    check(
        &[
            "10.1000/xyz123",
            "https://doi.org/10.1000/xyz123",
            "http://dx.doi.org/10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q",
            "10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q",
            "doi:10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q",
            "doi:10.1000/xyz123.",
            "DOI: 10.1000/xyz123",
            "doi:10.1038/*",
            "2503.10291",
            "2503.10291v2",
            "arXiv:2503.10291",
            "arXiv: 2503.10291v1",
            "hep-th/9901001",
            "https://arxiv.org/abs/2503.10291",
            "https://arxiv.org/pdf/2503.10291v2.pdf",
            "PMID: 12345678",
            "pmid:12345678",
            "pmid:(123 OR 456)",
            "https://pubmed.ncbi.nlm.nih.gov/12345678/",
            "id:openalex:W2741809807",
            "id:arxiv:2503.10291",
            "id:\"seed:1\"",
            "(2503.10291)",
            "VisualPRM 2503.10291",
            "https://example.org/a?b=c",
            "arxiv.org/abs/hep-th/9901001v1",
            "https://export.arxiv.org/html/2503.10291v3",
            "https://doi.org/10.1000/xyz123?utm_source=mail#top",
            "doi.org/10.1000/xyz123",
            "https://www.ncbi.nlm.nih.gov/pubmed/12345678",
            "10.48550/arXiv.2503.10291",
            "25435817",
            "PMID 25435817",
            "doi 10.1000/xyz123",
            "arXiv 2503.10291",
            "2024",
            "(doi:10.1/x) OR (doi:10.1/y)",
        ],
        expect![[r#"
            10.1000/xyz123
                doi:"10.1000/xyz123" OR 10.1000/xyz123
            https://doi.org/10.1000/xyz123
                doi:"10.1000/xyz123"
            http://dx.doi.org/10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q
                doi:"10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q"
            10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q
                doi:"10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q" OR 10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q
            doi:10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q
                doi:"10.1002/(SICI)1097-4571(1997)48:1<1::AID-ASI1>3.0.CO;2-Q"
            doi:10.1000/xyz123.
                doi:"10.1000/xyz123"
            DOI: 10.1000/xyz123
                doi:"10.1000/xyz123"
            doi:10.1038/*
                doi:"10.1038/*"
            2503.10291
                arxiv:"2503.10291" OR 2503.10291
            2503.10291v2
                arxiv:"2503.10291v2" OR 2503.10291v2
            arXiv:2503.10291
                arxiv:"2503.10291"
            arXiv: 2503.10291v1
                arxiv:"2503.10291v1"
            hep-th/9901001
                arxiv:"hep-th/9901001" OR hep-th/9901001
            https://arxiv.org/abs/2503.10291
                arxiv:"2503.10291"
            https://arxiv.org/pdf/2503.10291v2.pdf
                arxiv:"2503.10291v2"
            PMID: 12345678
                pmid:"12345678"
            pmid:12345678
                pmid:"12345678"
            pmid:(123 OR 456)
                pmid:"123" OR pmid:"456"
            https://pubmed.ncbi.nlm.nih.gov/12345678/
                pmid:"12345678"
            id:openalex:W2741809807
                id:"openalex:W2741809807"
            id:arxiv:2503.10291
                id:"arxiv:2503.10291"
            id:"seed:1"
                id:"seed:1"
            (2503.10291)
                (2503.10291)
            VisualPRM 2503.10291
                VisualPRM 2503.10291
            https://example.org/a?b=c
                https://example.org/a?b=c
            arxiv.org/abs/hep-th/9901001v1
                arxiv:"hep-th/9901001v1"
            https://export.arxiv.org/html/2503.10291v3
                arxiv:"2503.10291v3"
            https://doi.org/10.1000/xyz123?utm_source=mail#top
                doi:"10.1000/xyz123"
            doi.org/10.1000/xyz123
                doi:"10.1000/xyz123"
            https://www.ncbi.nlm.nih.gov/pubmed/12345678
                pmid:"12345678"
            10.48550/arXiv.2503.10291
                doi:"10.48550/arXiv.2503.10291" OR 10.48550/arXiv.2503.10291
            25435817
                pmid:"25435817" OR 25435817
            PMID 25435817
                pmid:"25435817"
            doi 10.1000/xyz123
                doi:"10.1000/xyz123"
            arXiv 2503.10291
                arxiv:"2503.10291"
            2024
                2024
            (doi:10.1/x) OR (doi:10.1/y)
                doi:"10.1/x" OR doi:"10.1/y"
        "#]],
    );
}
