use expect_test::{Expect, expect};

use crate::format::xml::testing::read;

#[track_caller]
fn check(text: &[u8], expected: Expect) {
    expected.assert_eq(&read(text));
}

#[test]
fn current_form() {
    check(
        include_bytes!("../../../../../seeds/formats/acl/current.xml"),
        expect![[r#"
            ACL Anthology XML
            ACL:2020.example-main.1 Learning from BERTs and $k$ Others
              by: Liu, Yang (0000-0002-1825-0097); Aristotle
              on: 2020-07
              in: Proceedings of the Example Meeting
              doi: 10.18653/v1/2020.example-main.1
              url: https://aclanthology.org/2020.example-main.1
              abstract: We learn a lot from https://example.org."#]],
    );
}

#[test]
fn old_form() {
    check(
        include_bytes!("../../../../../seeds/formats/acl/old.xml"),
        expect![[r#"
            ACL Anthology XML
            ACL:C18-1001 An Old Paper
              by: de Bruyn Kops, Sam; Doe, Jane
              on: 2018-08
              in: Proceedings of the Example Conference
              url: http://www.aclweb.org/anthology/C18-1001
              abstract: Question & answer."#]],
    );
}

#[test]
fn years_of_ids() {
    let text = r#"<volume id="J89"><paper id="1001"><title>T</title></paper></volume>"#;
    check(
        text.as_bytes(),
        expect![[r#"
        ACL Anthology XML
        ACL:J89-1001 T
          on: 1989
          url: https://aclanthology.org/J89-1001"#]],
    );
}
