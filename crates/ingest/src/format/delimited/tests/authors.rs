//! Cells with the names of authors.

use abs_record::Author;
use abs_record::author::NameQuery;

use super::one;
use crate::draft::RawName;

#[test]
fn names() {
    let names = |cell: &str| -> Vec<RawName> {
        let draft = one("Title;Author(s)", &format!("T;\"{cell}\""));
        draft
            .authors
            .into_iter()
            .map(|author| author.name)
            .collect()
    };
    let of = |name: &str| RawName::One(name.to_owned());
    assert_eq!(
        names("['Marx, Karl', \"\"O'Hara, S\"\"]"),
        [of("Marx, Karl"), of("O'Hara, S")]
    );
    assert_eq!(
        names("Liu R., Adler D.G."),
        [RawName::List("Liu R., Adler D.G.".into())]
    );
    assert!(names("[No author name available]").is_empty());
}

/// PubMed, "Save -> CSV": a full stop ends the list, groups stand behind `;`.
#[test]
fn names_of_pubmed() {
    for (cell, expected) in [
        ("Smith JA.", "Smith, JA"),
        (
            "Smith JA, Doe K; ABC Study Group.",
            "Smith, JA; Doe, K; ABC Study Group",
        ),
        ("Smith J 2nd, Doe K 3rd.", "Smith, J, 2nd; Doe, K, 3rd"),
        (
            "Zhu N, Zhang D, Wang W; China Novel Coronavirus Investigating and Research Team.",
            "Zhu, N; Zhang, D; Wang, W; China Novel Coronavirus Investigating and Research Team",
        ),
        (
            "Aad G, Abbott B, CMS Collaboration.",
            "Aad, G; Abbott, B; CMS Collaboration",
        ),
    ] {
        let draft = one(
            "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI",
            &format!("123,T,\"{cell}\",c,Doe J,J,2020,2021/01/02,,,10.1000/x"),
        );
        let record = draft.finish().unwrap();
        let names: Vec<String> = record.authors.iter().map(Author::display).collect();
        assert_eq!(names.join("; "), expected, "{cell}");
        let is_asked_for = NameQuery::parse("Smith, JA");
        assert_eq!(
            record
                .authors
                .iter()
                .any(|author| is_asked_for.key_fits(&author.key())),
            cell.starts_with("Smith"),
        );
    }
}
