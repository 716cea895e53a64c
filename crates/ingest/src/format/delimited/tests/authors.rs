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

fn displayed(header: &str, row: &str) -> String {
    let record = one(header, row).finish().unwrap();
    let names: Vec<String> = record.authors.iter().map(Author::display).collect();
    names.join("; ")
}

/// What Google Scholar's library exports.
#[test]
fn names_of_google_scholar() {
    let header = "\u{feff}Authors,Title,Publication,Volume,Number,Pages,Year,Publisher";
    let row = "\"Doe, Jane A; van der Berg, Ludwig; \",T,Journal of Examples,1,2,3--4,2017,P";
    assert_eq!(displayed(header, row), "Doe, Jane A; van der Berg, Ludwig");
    let draft = one(header, row);
    assert_eq!(draft.venue.as_deref(), Some("Journal of Examples"));
    assert_eq!(draft.date.map(|date| date.year()), Some(2017));
}

/// EndNote's tables, as its help on importing describes them.
#[test]
fn names_of_endnote() {
    for (header, row) in [
        (
            "*Journal Article\nAuthor\tYear\tTitle\tJournal\tKeywords",
            "Doe, Jane//Roe, R.\t2017\tT\tJournal of Examples\tfish//water, wet",
        ),
        ("*Generic\nAuthor\tTitle", "Doe, Jane // Roe, R.\tT"),
        ("*Generic\nTitle\tAuthor", "T\tDoe, Jane; Roe, R."),
    ] {
        assert_eq!(displayed(header, row), "Doe, Jane; Roe, R.", "{header}");
    }
    let header = "*Generic\r\nTitle\tSecondary Title\tKeywords\tURL";
    let draft = one(header, "T\tJ\tfish//water, wet\thttp://example.org/1");
    assert_eq!(draft.venue.as_deref(), Some("J"));
    assert_eq!(draft.keywords, ["fish", "water, wet"]);
    assert_eq!(draft.url.as_deref(), Some("http://example.org/1"));
}

/// As SpringerLink writes them; nobody else's are taken apart like this.
#[test]
fn names_with_nothing_between_them() {
    let names = |header: &str| -> Vec<RawName> {
        let draft = one(header, "T,10.1000/s,Ada LiJan P. Roe");
        draft
            .authors
            .into_iter()
            .map(|author| author.name)
            .collect()
    };
    let of = |name: &str| RawName::One(name.to_owned());
    assert_eq!(
        names("Item Title,Item DOI,Authors"),
        [of("Ada Li"), of("Jan P. Roe")]
    );
    assert_eq!(
        names("Title,DOI,Authors"),
        [RawName::List("Ada LiJan P. Roe".into())]
    );
}
