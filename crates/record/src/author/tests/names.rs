//! Names in every order.

use super::super::{Author, Name};
use super::check_stable;

#[test]
fn display_and_key() {
    for (text, display, key) in [
        ("Lu, Lewei", "Lu, Lewei", "lu, lewei"),
        ("Lewei Lu", "Lu, Lewei", "lu, lewei"),
        ("lu, lewei", "lu, lewei", "lu, lewei"),
        ("LU, LEWEI", "LU, LEWEI", "lu, lewei"),
        ("Reimer, E J", "Reimer, E J", "reimer, e j"),
        ("Reimer EJ", "Reimer, EJ", "reimer, e j"),
        ("Reimer EJ.", "Reimer, EJ", "reimer, e j"),
        ("Reimer E. J.", "Reimer, E. J.", "reimer, e j"),
        ("Hoiby-N", "Hoiby, N", "hoiby, n"),
        ("F. M. Last", "Last, F. M.", "last, f m"),
        ("F.M. Last", "Last, F. M.", "last, f m"),
        ("brenckman,m.", "brenckman, m.", "brenckman, m"),
        ("Samelson,K.", "Samelson, K.", "samelson, k"),
        ("A.Boccalatte", "Boccalatte, A.", "boccalatte, a"),
        (
            "Jean-Pierre Serre",
            "Serre, Jean-Pierre",
            "serre, jean pierre",
        ),
        (
            "Jean Pierre Serre",
            "Serre, Jean Pierre",
            "serre, jean pierre",
        ),
        ("J.-P. Serre", "Serre, J.-P.", "serre, j p"),
        ("J. -P. Serre", "Serre, J.-P.", "serre, j p"),
        ("J. P. Serre", "Serre, J. P.", "serre, j p"),
        ("Serre, JP", "Serre, JP", "serre, j p"),
        ("Serre JP", "Serre, JP", "serre, j p"),
        ("SERRE, JP", "SERRE, JP", "serre, j p"),
        ("LU, LI", "LU, LI", "lu, li"),
        ("AO LI", "LI, AO", "li, ao"),
        ("ABIDI Karima", "ABIDI, Karima", "abidi, karima"),
        (
            "García Márquez, Gabriel",
            "García Márquez, Gabriel",
            "garcia marquez, gabriel",
        ),
        (
            "José Ortega y Gasset",
            "Ortega y Gasset, José",
            "ortega y gasset, jose",
        ),
        ("O'Brien, Pat", "O'Brien, Pat", "obrien, pat"),
        ("Pat O’Brien", "O’Brien, Pat", "obrien, pat"),
        ("Pat OBrien", "OBrien, Pat", "obrien, pat"),
        ("Müller, Jürgen", "Müller, Jürgen", "muller, jurgen"),
        ("Mueller, J", "Mueller, J", "mueller, j"),
        ("Aristotle", "Aristotle", "aristotle"),
        ("胡振", "胡振", "胡振"),
        ("贾 子怡", "贾, 子怡", "贾, 子怡"),
        ("荣超 张", "张, 荣超", "张, 荣超"),
        ("“He,Ho-Ching” Yen", "He, Ho-Ching Yen", "he, ho ching yen"),
    ] {
        let author = Author::parse(text);
        assert_eq!(
            (author.display().as_str(), author.key().as_str()),
            (display, key),
            "{text}"
        );
        check_stable(&author);
    }
}

#[test]
fn particles() {
    for (text, display, key) in [
        (
            "de Bruyn Kops, S M",
            "de Bruyn Kops, S M",
            "de bruyn kops, s m",
        ),
        (
            "de Bruyn Kops S M",
            "de Bruyn Kops, S M",
            "de bruyn kops, s m",
        ),
        (
            "Ludwig van der Berg",
            "van der Berg, Ludwig",
            "van der berg, ludwig",
        ),
        (
            "van der Berg, Ludwig",
            "van der Berg, Ludwig",
            "van der berg, ludwig",
        ),
        (
            "Berg, Ludwig van der",
            "van der Berg, Ludwig",
            "van der berg, ludwig",
        ),
        (
            "Berg, Jan van der, Jr.",
            "van der Berg, Jan, Jr.",
            "van der berg, jan",
        ),
        (
            "LUDWIG VAN DER BERG",
            "VAN DER BERG, LUDWIG",
            "van der berg, ludwig",
        ),
        (
            "Erik Van der Kouwe",
            "Van der Kouwe, Erik",
            "van der kouwe, erik",
        ),
        ("Luc De Raedt", "De Raedt, Luc", "de raedt, luc"),
        ("Karyn Le Hur", "Le Hur, Karyn", "le hur, karyn"),
        ("Gerard 't Hooft", "'t Hooft, Gerard", "t hooft, gerard"),
        (
            "Francesco d'Acapito",
            "d'Acapito, Francesco",
            "dacapito, francesco",
        ),
        (
            "Francesco d' Acapito",
            "d' Acapito, Francesco",
            "dacapito, francesco",
        ),
        (
            "C. Figueira de Morisson Faria",
            "de Morisson Faria, C. Figueira",
            "de morisson faria, c figueira",
        ),
        ("al-Faqih, S R", "al-Faqih, S R", "al faqih, s r"),
        ("xu, da", "xu, da", "xu, da"),
        ("xu, xiao da", "xu, xiao da", "xu, xiao da"),
        ("de Bruyn", "de Bruyn", "de bruyn"),
    ] {
        let author = Author::parse(text);
        assert_eq!(
            (author.display().as_str(), author.key().as_str()),
            (display, key),
            "{text}"
        );
        check_stable(&author);
    }
    assert_eq!(
        Author::parse("Berg, Ludwig van der").name,
        Name::Person {
            family: "Berg".into(),
            given: "Ludwig".into(),
            particle: "van der".into(),
            suffix: String::new()
        }
    );
}

/// As Web of Science and PubMed write John R. and Susan R.
#[test]
fn initials_that_look_like_a_junior() {
    for (text, display) in [
        ("White, JR", "White, JR"),
        ("White JR", "White, JR"),
        ("Van Leeuwen, SR", "Van Leeuwen, SR"),
        ("Miesel, J. R.", "Miesel, J. R."),
    ] {
        let author = Author::parse(text);
        assert_eq!(author.display(), display, "{text}");
        assert!(
            matches!(&author.name, Name::Person { suffix, .. } if suffix.is_empty()),
            "{text}"
        );
    }
    for text in ["Martin L. King, JR", "MARTIN KING, JR", "King, Martin JR"] {
        let name = Author::parse(text).name;
        assert!(
            matches!(&name, Name::Person { suffix, .. } if suffix == "JR"),
            "{text}"
        );
    }
}

#[test]
fn suffixes() {
    for (text, display, natural) in [
        (
            "King, Martin L., Jr.",
            "King, Martin L., Jr.",
            "Martin L. King Jr.",
        ),
        (
            "King, Jr., Martin L.",
            "King, Martin L., Jr.",
            "Martin L. King Jr.",
        ),
        (
            "King Jr., Martin L.",
            "King, Martin L., Jr.",
            "Martin L. King Jr.",
        ),
        (
            "Martin L. King Jr.",
            "King, Martin L., Jr.",
            "Martin L. King Jr.",
        ),
        (
            "Martin L. King, Jr.",
            "King, Martin L., Jr.",
            "Martin L. King Jr.",
        ),
        ("King ML Jr", "King, ML, Jr", "ML King Jr"),
        (
            "Fish II, Sands A.",
            "Fish, Sands A., II",
            "Sands A. Fish II",
        ),
        (
            "Frederick A Matsen IV",
            "Matsen, Frederick A, IV",
            "Frederick A Matsen IV",
        ),
        ("Hal Daumé III", "Daumé, Hal, III", "Hal Daumé III"),
        (
            "{Julius Orion} {Smith III}",
            "Smith, Julius Orion, III",
            "Julius Orion Smith III",
        ),
        (
            "3rd Eric H. Nyberg",
            "Nyberg, Eric H., 3rd",
            "Eric H. Nyberg 3rd",
        ),
        (
            "Eduardo Jr Arenas",
            "Arenas, Eduardo, Jr",
            "Eduardo Arenas Jr",
        ),
        // Initials, not a fourth of his name.
        ("Petrov IV", "Petrov, IV", "IV Petrov"),
        ("Petrov, IV", "Petrov, IV", "IV Petrov"),
        ("Smith, John, Ph.D.", "Smith, John", "John Smith"),
        ("Smith, MD", "Smith, MD", "MD Smith"),
    ] {
        let author = Author::parse(text);
        assert_eq!(
            (author.display().as_str(), author.natural().as_str()),
            (display, natural),
            "{text}"
        );
        check_stable(&author);
        assert!(!author.key().contains("jr"), "{text}");
    }
}
