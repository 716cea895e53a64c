//! Several authors in one string.

use super::super::{Author, NameQuery};

fn displays(authors: &[Author]) -> Vec<String> {
    authors.iter().map(Author::display).collect()
}

#[test]
fn lists() {
    for (text, expected) in [
        (
            "A. B. Smith, C. D. Jones (Univ. X (Y), Z and W), Jean Doe and Q. Public",
            &["Smith, A. B.", "Jones, C. D.", "Doe, Jean", "Public, Q."][..],
        ),
        ("Smith, J.; Doe, A.", &["Smith, J.", "Doe, A."]),
        (
            "García Márquez, Gabriel José; Doe, A.;",
            &["García Márquez, Gabriel José", "Doe, A."],
        ),
        ("Smith, John and Doe, Jane", &["Smith, John", "Doe, Jane"]),
        (
            "Smith, John AND Doe, Jane and others",
            &["Smith, John", "Doe, Jane"],
        ),
        (
            "García Márquez, Gabriel José and de la Cruz, Juan P.",
            &["García Márquez, Gabriel José", "de la Cruz, Juan P."],
        ),
        (
            "{Barnes, Noble and Sons} and Doe, Jane",
            &["Barnes, Noble and Sons", "Doe, Jane"],
        ),
        (
            "King, Martin L., Jr. and Doe, Jane and Roe, R.",
            &["King, Martin L., Jr.", "Doe, Jane", "Roe, R."],
        ),
        (
            "Jean Doe, Ann Roe, and Q. Public",
            &["Doe, Jean", "Roe, Ann", "Public, Q."],
        ),
        (
            "Smith, J., Doe, A. B., & Roe, C.",
            &["Smith, J.", "Doe, A. B.", "Roe, C."],
        ),
        ("Smith, J., & Doe, A.", &["Smith, J.", "Doe, A."]),
        ("Smith J, Doe AB, Roe C", &["Smith, J", "Doe, AB", "Roe, C"]),
        (
            "Hoiby-N, Doring-G, Schiotz-PO",
            &["Hoiby, N", "Doring, G", "Schiotz, PO"],
        ),
        ("Smith, John", &["Smith, John"]),
        ("Smith, John Paul", &["Smith, John Paul"]),
        ("King, Martin L., Jr.", &["King, Martin L., Jr."]),
        (
            "Wang, Weiyun, Gao, Zhangwei",
            &["Wang, Weiyun", "Gao, Zhangwei"],
        ),
        (
            "Smith, John A., Doe, Jane B.",
            &["Smith, John A.", "Doe, Jane B."],
        ),
        (
            "van der Berg, Ludwig, de Boer, Jan",
            &["van der Berg, Ludwig", "de Boer, Jan"],
        ),
        (
            "Jean Doe, Ann Roe, Aristotle",
            &["Doe, Jean", "Roe, Ann", "Aristotle"],
        ),
        (
            "Jean Doe\nAnn Roe\r\nQ. Public",
            &["Doe, Jean", "Roe, Ann", "Public, Q."],
        ),
        ("Smith, J.\nDoe, A.", &["Smith, J.", "Doe, A."]),
        (
            "A. Smith, B. Jones, Jean\n  Doe and Q. Public",
            &["Smith, A.", "Jones, B.", "Doe, Jean", "Public, Q."],
        ),
        ("Jean Doe | Ann Roe", &["Doe, Jean", "Roe, Ann"]),
        ("Art Clay & Dennis Majoe", &["Clay, Art", "Majoe, Dennis"]),
        (
            "ATLAS Collaboration: A. Smith, B. Jones",
            &["ATLAS Collaboration", "Smith, A.", "Jones, B."],
        ),
        ("Jean Doe, Ann Roe, et al.", &["Doe, Jean", "Roe, Ann"]),
        ("Jean Doe (unclosed, Ann Roe", &["Doe, Jean", "Roe, Ann"]),
        ("", &[]),
        (" , ;and ;; ", &[]),
    ] {
        assert_eq!(displays(&Author::parse_list(text)), expected, "{text}");
    }
}

/// As PubMed saves them: a full stop ends the list, groups stand behind `;`.
#[test]
fn abbreviated_lists() {
    for (text, expected) in [
        ("Smith JA.", &["Smith, JA"][..]),
        ("Smith JA, Doe K.", &["Smith, JA", "Doe, K"]),
        (
            "Smith JA, Doe K; ABC Study Group.",
            &["Smith, JA", "Doe, K", "ABC Study Group"],
        ),
        ("Smith J 2nd, Doe K 3rd.", &["Smith, J, 2nd", "Doe, K, 3rd"]),
        ("Smith J Jr, Doe K Jr.", &["Smith, J, Jr", "Doe, K, Jr"]),
        (
            "Zhu N, Zhang D, Wang W; China Novel Coronavirus Investigating and Research Team.",
            &[
                "Zhu, N",
                "Zhang, D",
                "Wang, W",
                "China Novel Coronavirus Investigating and Research Team",
            ],
        ),
        (
            "Aad G, Abbott B, CMS Collaboration.",
            &["Aad, G", "Abbott, B", "CMS Collaboration"],
        ),
        (
            "GBD 2019 Collaborators; van der Berg L, Kim J-H; EPIC-InterAct; Committee on A, B, and C.",
            &[
                "GBD 2019 Collaborators",
                "van der Berg, L",
                "Kim, J-H",
                "EPIC-InterAct",
                "Committee on A, B, and C",
            ],
        ),
        ("Doe J; ABC Study Group.", &["Doe, J", "ABC Study Group"]),
        (
            "Doe J; Jane Roe; Poe E.",
            &["Doe, J", "Roe, Jane", "Poe, E"],
        ),
        (
            "Smith J, Doe K and Roe R, Poe E",
            &["Smith, J", "Doe, K", "Roe, R", "Poe, E"],
        ),
        ("Liu R., Adler D.G.", &["Liu, R.", "Adler, D. G."]),
        ("Lu, Lewei; Wang, Weiyun", &["Lu, Lewei", "Wang, Weiyun"]),
        ("Smith, J., Doe, K.", &["Smith, J.", "Doe, K."]),
        (
            "Kim, J; Doe, KA; Roe, R.",
            &["Kim, J", "Doe, KA", "Roe, R."],
        ),
    ] {
        assert_eq!(displays(&Author::parse_list(text)), expected, "{text}");
    }
}

#[test]
fn pairs() {
    for (text, expected) in [
        (
            "Wang, Weiyun, Gao, Zhangwei",
            &["Wang, Weiyun", "Gao, Zhangwei"][..],
        ),
        ("Wang, Weiyun, Aristotle", &["Wang, Weiyun", "Aristotle"]),
        (
            "King, Martin L., Jr., Gao, Zhangwei, III",
            &["King, Martin L., Jr.", "Gao, Zhangwei, III"],
        ),
        (
            "King, Jr., Martin L., Gao, Zhangwei",
            &["King, Martin L., Jr.", "Gao, Zhangwei"],
        ),
        (
            "Petrov, IV, Ivanov, A, II",
            &["Petrov, IV", "Ivanov, A, II"],
        ),
        (
            "de la Cruz, Juan Pablo, Gao, Z., and Roe, R.",
            &["de la Cruz, Juan Pablo", "Gao, Z.", "Roe, R."],
        ),
    ] {
        assert_eq!(displays(&Author::parse_pairs(text)), expected, "{text}");
    }
}

#[test]
fn lists_take_linear_time() {
    let many = vec!["Jean van der Doe (Univ. X, Y)"; 3_303].join(", ");
    assert_eq!(Author::parse_list(&many).len(), 3_303);
    for hostile in [
        "(", "{", ")", ",", " and ", "and ", ": ", "a.", " -", "et al ", "van ", "Jr ", "\n",
        "&NA;", "'", "{}", "é´", "Jr., ",
    ] {
        let text = hostile.repeat(200_000);
        let _ = (
            Author::parse(&text),
            Author::parse_list(&text),
            Author::parse_pairs(&text),
            NameQuery::parse(&text),
        );
    }
}
