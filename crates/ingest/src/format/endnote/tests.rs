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

/// Two databases said something of one work, as libraries of reviews have it.
#[test]
fn the_database_of_a_record() {
    let record = |database: &str, title: &str| {
        format!(
            "<record><ref-type name=\"Journal Article\">17</ref-type><titles><title>{title}</title></titles>\
             <electronic-resource-num>10.1000/en.8</electronic-resource-num>\
             <remote-database-name>{database}</remote-database-name></record>"
        )
    };
    let library = format!(
        "<xml><records>{}{}</records></xml>",
        record("Embase", "Fish"),
        record("Medline", "Fish.")
    );
    let found = read(library);
    let ids: Vec<&str> = found
        .lines()
        .filter_map(|line| line.split_once(" Fish"))
        .map(|(id, _)| id)
        .collect();
    assert_eq!(
        ids,
        [
            "endnote-embase:doi:10.1000/en.8",
            "endnote-medline:doi:10.1000/en.8"
        ]
    );
}
