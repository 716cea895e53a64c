use expect_test::{Expect, expect};

use crate::format::xml::testing::read;

#[track_caller]
fn check(text: &[u8], expected: Expect) {
    expected.assert_eq(&read(text));
}

#[test]
fn articles() {
    check(
        include_bytes!("../../../../../seeds/formats/pubmed/articles.xml"),
        expect![[r#"
            PubMed XML
            pmid:90000001 Growth of Escherichia coli at low CO2: P < .05.
              by: Müller, Anna Maria (0000-0002-1825-0097); King, Martin Luther, Jr; Example Study Group, Europe
              on: 2019-09-28
              in: Journal of Examples
              keywords: Escherichia coli; cold
              doi: 10.1000/ex.1
              pmid: 90000001
              language: en
              abstract: BACKGROUND: We ask how E. coli grows. RESULTS: At 5 °C it does not (P < 0.05).
            pmid:90000002 Über das Beispiel.
              by: Reimer, EJ
              on: 1998-12
              in: Zeitschrift
              pmid: 90000002
              language: de
              abstract: Ein Beispiel.
            pmid:90000003 A Chapter
              by: Writer, W
              on: 1993
              in: The Book of Examples
              pmid: 90000003
              language: en
              abstract: A chapter about examples.
            pmid:90000004 is deleted
            pmid:90000005 is deleted"#]],
    );
}

#[test]
fn what_publishers_send() {
    check(
        include_bytes!("../../../../../seeds/formats/pubmed/publisher.xml"),
        expect![[r#"
            PubMed XML
            pubmed:doi:10.1000/pub.1 What Publishers Send
              by: Roth, Rachel M; The Group; Aristotle
              on: 2015-03
              in: J Ex
              keywords: BRAF
              doi: 10.1000/pub.1
              language: en
              abstract: AIM: To show labels. METHODS: By example.
            abs:1014867161c61de194334acfd97cd92a Plain Text
              on: 2016
              in: J Ex
              abstract: An abstract without parts."#]],
    );
}

/// Our own text, after records of PubMed.
#[test]
fn an_abstract_in_another_language_stands_in_for_one_that_is_missing() {
    let abstract_of = |open: &str, parts: &str, close: &str| {
        let found = read(format!(
            "{open}<Journal/><ArticleTitle>T</ArticleTitle>{parts}{close}"
        ));
        let mut lines = found.lines();
        lines.find_map(|line| line.strip_prefix("  abstract: ").map(str::to_owned))
    };
    let own = "<Abstract><AbstractText>Own.</AbstractText></Abstract>";
    let empty = "<Abstract><AbstractText></AbstractText></Abstract>";
    let remark = "<OtherAbstract Type=\"Publisher\" Language=\"spa\"><AbstractText>Abstract \
                  available from the publisher.</AbstractText></OtherAbstract>";
    let other = "<OtherAbstract Type=\"Publisher\" Language=\"fre\"><AbstractText Label=\"BUT\">\
                 Autre.</AbstractText></OtherAbstract>";
    for (parts, expected) in [
        ([own, other, ""], Some("Own.")),
        ([other, own, ""], Some("Own.")),
        ([empty, other, ""], Some("BUT: Autre.")),
        ([remark, other, ""], Some("BUT: Autre.")),
        ([remark, "", ""], None),
    ] {
        let found = abstract_of(
            "<PubmedArticle><MedlineCitation><PMID>9</PMID><Article>",
            &parts.concat(),
            "</Article></MedlineCitation></PubmedArticle>",
        );
        assert_eq!(found.as_deref(), expected, "{parts:?}");
    }
    let found = abstract_of(
        "<ArticleSet><Article>",
        &[empty, other].concat(),
        "</Article></ArticleSet>",
    );
    assert_eq!(found.as_deref(), Some("BUT: Autre."));
}
