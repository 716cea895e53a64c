use expect_test::{Expect, expect};

use crate::format::xml::testing::read;

#[track_caller]
fn check(text: &[u8], expected: Expect) {
    expected.assert_eq(&read(text));
}

#[test]
fn feeds() {
    check(
        include_bytes!("../../../../../seeds/formats/arxiv-atom/feed.xml"),
        expect![[r#"
            arXiv Atom
            byte 1356: the server answers: incorrect id format for 1234.12345
            arXiv:2001.99999 Bounds for example spaces
              by: Erdős, Paul; Example Collaboration
              on: 2020-01-01
              in: J. Ex. 1 (2020)
              categories: math.CO; cs.DM
              doi: 10.1000/arx.1
              arxiv: 2001.99999
              abstract: We bound $x < y$."#]],
    );
}
