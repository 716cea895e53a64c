use expect_test::expect;

use crate::format::xml::testing::read;

#[test]
fn records() {
    expect![[r#"
        EndNote XML
        byte 1691: has neither a title nor an abstract
        endnote:doi:10.1000/en.7 Reward of Escherichia coli & others
          by: Doe, Jane; Roe, R. B.
          on: 2008-03-04
          in: Journal of Examples
          keywords: bacteria; reward
          doi: 10.1000/en.7
          pmid: 12345678
          url: https://example.org/7
          language: en
          abstract: One text in two lines.
        abs:441354336610bdaa5d51764a25bd4282 A Book
          by: Only, One
          on: 1999"#]]
    .assert_eq(&read(include_bytes!(
        "../../../../../seeds/formats/endnote/library.xml"
    )));
}
