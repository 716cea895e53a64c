use expect_test::{Expect, expect};

use crate::format::xml::testing::read;

#[track_caller]
fn check(text: &[u8], expected: Expect) {
    expected.assert_eq(&read(text));
}

#[test]
fn articles() {
    check(
        include_bytes!("../../../../../seeds/formats/jats/article.xml"),
        expect![[r#"
            JATS XML
            jats:doi:10.1000/jats.1 Mixed content in H2O: a trial
              by: van der Meulen, Marylee J (0000-0002-1825-0097); Sato, Aki; Doe, Jane Q.; Example Consortium
              on: 2008-04-11
              in: Journal of Examples
              categories: Biology; Ecology
              keywords: Mus musculus; water
              doi: 10.1000/jats.1
              pmid: 90000006
              language: en
              abstract: Background: Let $x^2$ be small. Results. It was < 3 α."#]],
    );
}
