use expect_test::{Expect, expect};

use crate::format::xml::testing::read;

#[track_caller]
fn check(text: &[u8], expected: Expect) {
    expected.assert_eq(&read(text));
}

#[test]
fn records() {
    check(
        include_bytes!("../../../../../seeds/formats/dblp/records.xml"),
        expect![[r#"
            DBLP XML
            dblp:journals/ex/Muller13 On n2 Things & Others
              by: Müller, Jürgen (0000-0002-1825-0097); Liu, Yang
              on: 2013
              in: Journal of Examples
              doi: 10.1000/dblp.1
              url: https://doi.org/10.1000/DBLP.1
            dblp:phd/ex/Doe A Thesis?
              by: Doe, Jane
              on: 1999
              in: Example University"#]],
    );
}
