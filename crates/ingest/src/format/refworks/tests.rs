use expect_test::expect;
use proptest::prelude::*;

use crate::format::xml::testing::read;

/// Our own text, as RefWorks exports it: with a legend, and without.
#[test]
fn records() {
    let first = "RT Journal Article\nSR Electronic(1)\nID 271\nA1 Doe,Jane\nA1 Roe,Richard P.\nT1 How fish swim\n\
         JF Journal of Examples\nYR 2002\nFD Feb\nVO 32\nIS 3\nSP 551\nK1 Fish\nK1 Water\nAB Fish are wet.\n\
         They swim.\nNO PO: Fish; doi: 10.1000/rw.1\nLA English\nLK http://example.org/1\nOL English (30)\n\n";
    let second = "RT Dissertation\nSR Electronic(1)\nA1 Poe,Ann\nT1 Of cats\nYR 2000\nFD 05/31\nPB University of Nowhere\n\
         PMID 90000009\n";
    let found = expect![[r#"
        RefWorks
        refworks:doi:10.1000/rw.1 How fish swim
          by: Doe, Jane; Roe, Richard P.
          on: 2002-02
          in: Journal of Examples
          keywords: Fish; Water
          doi: 10.1000/rw.1
          url: http://example.org/1
          language: en
          abstract: Fish are wet. They swim.
        refworks:pmid:90000009 Of cats
          by: Poe, Ann
          on: 2000-05-31
          in: University of Nowhere
          pmid: 90000009"#]];
    let legend = "Refworks Export Tagged Format\n\nCharacter Set=utf-8\n\nTag legend\n*****\nRT=Reference Type\n\
         T1=Primary Title\n*****\nBEGIN EXPORTED REFERENCES\n\n\n";
    for text in [[first, second].concat(), [legend, first, second].concat()] {
        found.assert_eq(&read(&text));
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(RT Book\n|T1 |A1 |YR |FD |[A-Za-z0-9 ,/é]|\n){0,60}") {
        read(&text);
    }
}
