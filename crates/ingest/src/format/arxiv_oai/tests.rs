use expect_test::{Expect, expect};

use crate::format::xml::testing::read;

#[track_caller]
fn check(text: &[u8], expected: Expect) {
    expected.assert_eq(&read(text));
}

#[test]
fn arxiv() {
    check(
        include_bytes!("../../../../../seeds/formats/arxiv-oai/arxiv.xml"),
        expect![[r#"
            OAI-PMH XML
            arXiv:2001.99999 Bounds for $x < y$ in example spaces
              by: Erdős, P.; Montaruli, Teresa, Jr.; Doe, Jane; Example Collaboration
              on: 2020-01-01
              in: J. Ex. 1 (2020) 2
              categories: math.CO; cs.DM
              doi: 10.1000/arx.1
              arxiv: 2001.99999
              abstract: We bound $x < y$ by Lévy's method.
            arXiv:hep-th/9901001 is deleted
            arXiv:0704.0001 A raw record
              by: Balázs, C.; Berger, E. L.; Yuan, C.-P.
              on: 2007-04-02
              categories: hep-ph
              arxiv: 0704.0001
              abstract: Raw text."#]],
    );
}

#[test]
fn dublin_core() {
    check(
        include_bytes!("../../../../../seeds/formats/arxiv-oai/dublin_core.xml"),
        expect![[r#"
            OAI-PMH XML
            arXiv:cond-mat/0102536 A Dublin Core record
              by: Roth, Rachel; Doe, J.
              on: 2001-02-28
              keywords: Condensed Matter
              doi: 10.1000/dc.1
              arxiv: cond-mat/0102536
              url: http://arxiv.org/abs/cond-mat/0102536
              language: en
              abstract: The first description is the abstract.
            oai:example.org:17 From another archive
              url: https://example.org/17"#]],
    );
}

/// OJS writes an author and the affiliation into one element.
#[test]
fn creators_with_affiliations() {
    check(
        "<OAI-PMH><ListRecords><record>\
         <header><identifier>oai:ojs.example.org:article/1</identifier></header>\
         <metadata><oai_dc:dc><dc:title>T</dc:title>\
         <dc:creator>Pérez, Juan; Universidad de Chile</dc:creator>\
         <dc:creator>Doe, Jane; Dept of X, University of Y; USA</dc:creator>\
         <dc:creator>Roe, Richard; Poe, E. A.</dc:creator>\
         </oai_dc:dc></metadata></record></ListRecords></OAI-PMH>"
            .as_bytes(),
        expect![[r#"
            OAI-PMH XML
            oai:ojs.example.org:article/1 T
              by: Pérez, Juan; Doe, Jane; Roe, Richard; Poe, E. A."#]],
    );
}

#[test]
fn errors() {
    check(
        include_bytes!("../../../../../seeds/formats/arxiv-oai/error.xml"),
        expect![[r#"
            OAI-PMH XML
            byte 189: the server answers: badResumptionToken: The token has expired"#]],
    );
}
