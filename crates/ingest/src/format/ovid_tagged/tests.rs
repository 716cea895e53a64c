use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::format::xml::testing::read;

/// Our own text, in the forms that Ovid's databases are saved in.
#[test]
fn citations() {
    let text = "<1. >\nVN  - Ovid Technologies\nDB  - Ovid MEDLINE(R) <1946 to 2021>\nUI  - 90000007\n\
         AU  - Doe JA\nAU  - Roe R\nFA  - Doe, Jane A\nFA  - Roe, Richard\nTI  - How fish swim:\n      a trial.\n\
         SO  - Journal of Examples. 12(3):45-6, 2015 Jan 10.\nMH  - *Fishes\nMH  - Water\nAB  - Fish are wet.\n\
         \n      They swim.\nDP  - Jan 2015\nYR  - 2015\nLG  - English.\nDO  - https://dx.doi.org/10.1000/ovid.1\n\n\
         <12. >\nVN  - Ovid Technologies\nDB  - BIOSIS Previews\nAN  - PREV1\n\
         AU  - Doe, Jane A. [Author, Reprint Author; E-mail: doe@example.org]\nAU  - ROE, Richard.\n\
         TI  - Of wet cats\nSO  - Cats & Dogs. 1(2):3-4, November 15, 2004.\nYR  - 2004\n";
    expect![[r#"
        Ovid tagged
        ovid-ovidmedline:doi:10.1000/ovid.1 How fish swim: a trial.
          by: Doe, Jane A; Roe, Richard
          on: 2015-01
          in: Journal of Examples
          keywords: Fishes; Water
          doi: 10.1000/ovid.1
          pmid: 90000007
          language: en
          abstract: Fish are wet. They swim.
        abs:d5be02e63ddfd78837268eb95cf79d94 Of wet cats
          by: Doe, Jane A.; ROE, Richard
          on: 2004
          in: Cats & Dogs"#]]
    .assert_eq(&read(text));
}

/// As PsycINFO and Journals@Ovid write them: one blank before the dash, or one
/// before each line; cited works below, which have dashes of their own.
#[test]
fn dialects() {
    let text = "<53. >\nVN - Ovid Technologies\nDB - PsycINFO\nTI - Of late fish. [References].\nDP - Sep 2014\nYR - 2014\n\
         AU - Doe, Jane\nSO - Roe, Richard [Ed]; Poe, Ann [Ed]. (2014). Fish in practice: A guide. (pp. 11-31). x, 25 pp.\n\
         ID - fish, slow swimming\nMH - *Fishes\n\n";
    let journals = " <6. >\n VN  - Ovid Technologies\n DB  - Journals@Ovid\n AU  - Doe, Jane Y. MD, MPH 1,2,*\n AU  - Simon, Ph. 1\n\
         \x20TI  - \"Fish at Sea\".  [Article]\n SO  - Fish & Water Journal January/February 2015;58(6):688-696\n\
         \x20RF  - Poe, A. (1996). Old fish.\n        AB - Not ours, 12.\n KW  - fish;  sea\n DI  - 10.1000/fish.2\n";
    let source = |text: &str| read(text);
    expect![[r#"
        Ovid tagged
        abs:291b56e4f267caae7a208b7b00da77d1 Of late fish.
          by: Doe, Jane
          on: 2014-09
          in: Fish in practice: A guide
          keywords: Fishes; fish; slow swimming"#]]
    .assert_eq(&source(text));
    expect![[r#"
        Ovid tagged
        ovid-journalsovid:doi:10.1000/fish.2 "Fish at Sea".
          by: Doe, Jane Y.; Simon, Ph.
          on: 2015
          in: Fish & Water Journal
          keywords: fish; sea
          doi: 10.1000/fish.2"#]]
    .assert_eq(&source(journals));
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(<1\\. >\n|TI  - |AU  - |SO  - |[A-Z ,.;\\[\\]()-é]|\n){0,60}") {
        read(&text);
        venue(&text);
        bare_name(&text);
        without_kind(&text);
    }
}
