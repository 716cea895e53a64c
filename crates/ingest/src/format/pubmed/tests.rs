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
