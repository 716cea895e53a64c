use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::format::xml::testing::read;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&read(text));
}

/// Our own text, in the form that Ovid's databases are saved in.
#[test]
fn citations() {
    check(
        "Database: Ovid MEDLINE(R) ALL <1946 to October 05, 2021>\nSearch Strategy:\n\
         -----------------\n1     exp Fishes/ (1234)\n2     1 and swimming (2)\n\n\
         ***************************\n\n\
         <1>\nUnique Identifier\n  90000007\nTitle\n  How fish swim:\n  a trial.\nSource\n  \
         Journal of Examples. 12(3):45-6, 2015 Jan 10.\nAuthors\n  Doe JA; Roe R.\n\
         Authors Full Name\n  Doe, Jane A; Roe, Richard.\nAbstract\n  BACKGROUND: Fish are wet.\n  \
         RESULTS: They swim.\nKeyword Heading\n  fish\n  *water\nDigital Object Identifier\n  \
         https://dx.doi.org/10.1000/ovid.1\nYear of Publication\n  2015\n\
         Link to the Ovid Full Text or citation:\nhttp://example.org/1\n\n\
         <2>\nDatabase\n  Embase <1974 to 2021>\nAccession Number\n  2004123456\n\
         Unique Identifier\n  123456\nTitle\n     Of wet cats\nAuthors\n     Doe JA. Roe R.\n\
         Source\n     Cats. 1 (2) (pp 3-4), 2004. Date of Publication: 25 Aug 2004.\n\
         PMID\n     90000008 [http://example.org/?term=90000008]\nDate of Publication\n     25 Aug 2004\n",
        expect![[r#"
            Ovid text
            ovid:doi:10.1000/ovid.1 How fish swim: a trial.
              by: Doe, Jane A; Roe, Richard
              on: 2015-01-10
              in: Journal of Examples
              keywords: fish; water
              doi: 10.1000/ovid.1
              pmid: 90000007
              abstract: BACKGROUND: Fish are wet. RESULTS: They swim.
            ovid-embase:pmid:90000008 Of wet cats
              by: Doe, JA; Roe, R
              on: 2004-08-25
              in: Cats
              pmid: 90000008"#]],
    );
}

/// Our own text, in the form of a full text of Journals@Ovid that is not in an
/// issue yet.
#[test]
fn full_texts() {
    check(
        "<8>\nScore\n  *****\nAccession Number\n  00042637-900000000-90001.\nAuthor\n  \
         Doe, Jane Ann MD *;  van Roe, Jan MD, PhD +;  Poe, Eve RN; PhD; FAAN 1;  Loe, MD 2\n\
         Title\n  Of wet fish: a review.[Review]\nSource\n  Journal of Fish. \nStatus\n  \
         Publish Ahead of Print, POST ACCEPTANCE, 30 November 2015\nAuthor Keywords\n  \
         fish;  wet fish;  water.\nLanguage\n  English.\nDOI Number\n  10.1000/ovid.8\n",
        expect![[r#"
            Ovid text
            ovid:doi:10.1000/ovid.8 Of wet fish: a review
              by: Doe, Jane Ann; van Roe, Jan; Poe, Eve; Loe, MD
              on: 2015-11-30
              in: Journal of Fish
              keywords: fish; wet fish; water
              doi: 10.1000/ovid.8
              language: en"#]],
    );
}

#[test]
fn lines_may_end_in_any_way() {
    let text = "\u{feff}<1>\nTitle\n  Fish\n  swim\n\n<2>\nTitle\n  Cats\nAbstract\n  Not.\n";
    for end in ["\n", "\r\n", "\r"] {
        let found = read(text.replace('\n', end));
        let lines: Vec<&str> = found.lines().collect();
        assert!(
            lines[0] == "Ovid text" && lines[1].ends_with(" Fish swim"),
            "{found}"
        );
        assert!(
            lines[2].ends_with(" Cats") && lines[3] == "  abstract: Not.",
            "{found}"
        );
    }
}

#[test]
fn what_is_not_of_ovid() {
    for text in [
        "<1>\n<2>\n",
        "<1>\nTitle\nnot indented\nTitle\n",
        "Title\n  A\nAbstract\n  B\n",
        "<a>\nTitle\n  A\nSource\n",
    ] {
        let head = Head {
            bytes: text.as_bytes(),
            name: "x.txt",
            whole: true,
        };
        assert_eq!(Ovid.sniff(&head), Confidence::No, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(<[0-9]{0,3}>\n|(Title|Source|Authors|Database)\n|[ -~]{0,9}[\r\n]|  [a-z., <(é]{0,9}\n){0,20}") {
        Ovid.open(Box::new(text.as_bytes()), Path::new("x")).for_each(drop);
    }
}

#[test]
fn names_end_in_their_initials() {
    let names = |text: &str| behind_initials(text);
    assert_eq!(
        names("Liu R. van den Berg J.-P. Adler D.G.").unwrap(),
        ["Liu R.", "van den Berg J.-P.", "Adler D.G."]
    );
    for text in ["Doe JA. Roe R.", "Doe, J.", "D. Doe", "Doe J.; Roe R.", ""] {
        assert_eq!(names(text), None, "{text}");
    }
}
