use expect_test::{Expect, expect};

use crate::format::xml::testing::read;

#[track_caller]
fn check(text: &[u8], expected: Expect) {
    expected.assert_eq(&read(text));
}

#[test]
fn articles() {
    check(
        include_bytes!("../../../../../seeds/formats/jats/article.xml"),
        expect![[r#"
            JATS XML
            jats:doi:10.1000/jats.1 Mixed content in H2O: a trial
              by: van der Meulen, Marylee J (0000-0002-1825-0097); Sato, Aki; Doe, Jane Q.; Example Consortium; Member, A
              on: 2008-04-11
              in: Journal of Examples
              categories: Biology; Ecology
              keywords: Mus musculus; water
              doi: 10.1000/jats.1
              pmid: 90000006
              language: en
              abstract: Background: Let $x^2$ be small. Results. It was < 3 α."#]],
    );
}

/// The authors of an article with these contributors; our own text, after
/// articles of PubMed Central.
#[track_caller]
fn authors(contributors: &str, expected: &str) {
    let article = format!(
        "<article article-type=\"a\"><front><article-meta><title-group><article-title>T\
         </article-title></title-group><contrib-group>{contributors}</contrib-group>\
         </article-meta></front></article>"
    );
    let found = read(article);
    let line = found.lines().find_map(|line| line.strip_prefix("  by: "));
    assert_eq!(line.unwrap_or_default(), expected, "{found}");
}

fn person(family: &str, given: &str) -> String {
    format!(
        "<contrib contrib-type=\"author\"><name><surname>{family}</surname>\
         <given-names>{given}</given-names></name></contrib>"
    )
}

#[test]
fn members_of_a_group_stand_behind_it() {
    let [ann, bob, cyd] = [("Ash", "Ann"), ("Birch", "Bob"), ("Cedar", "Cyd")]
        .map(|(family, given)| person(family, given));
    let group = |members: &str| {
        format!(
            "<contrib contrib-type=\"author\"><collab>Tree Group\
             <contrib-group>{members}</contrib-group></collab></contrib>"
        )
    };
    authors(
        &format!("{ann}{}{cyd}", group(&bob)),
        "Ash, Ann; Tree Group; Birch, Bob; Cedar, Cyd",
    );
    // Who signs and is a member is one author.
    authors(
        &format!("{ann}{}", group(&[&*bob, &ann].concat())),
        "Ash, Ann; Tree Group; Birch, Bob",
    );
    // Who is no author of an article is none in a group.
    authors(
        &group("<contrib contrib-type=\"non-byline\"><name><surname>X</surname></name></contrib>"),
        "Tree Group",
    );
    authors(
        &format!("<collab>Tree Group<contrib-group>{bob}</contrib-group></collab>{ann}"),
        "Tree Group; Birch, Bob; Ash, Ann",
    );
    authors(
        &format!(
            "<contrib><collab><institution-wrap><institution-id>grid.1</institution-id>\
             <institution>Institute of Trees</institution></institution-wrap></collab></contrib>\
             <contrib><collab><institution>Forest Office</institution>\
             <contrib-group>{bob}</contrib-group></collab></contrib>"
        ),
        "Institute of Trees; Forest Office; Birch, Bob",
    );
    // Groups in groups, as deep as it makes sense.
    let nested = (0..60).fold(ann, |inner, _| group(&inner));
    authors(
        &nested,
        "Tree Group; Tree Group; Tree Group; Tree Group; Tree Group",
    );
}

#[test]
fn one_name_in_several_scripts_is_one_author() {
    let name = |language: &str, family: &str, given: &str| {
        format!(
            "<name{language}><surname>{family}</surname><given-names>{given}</given-names></name>"
        )
    };
    let one = |names: &[String]| {
        let names = names.concat();
        format!(
            "<contrib contrib-type=\"author\"><name-alternatives>{names}</name-alternatives></contrib>"
        )
    };
    let (japanese, english) = (" xml:lang=\"ja\"", " xml:lang=\"en\"");
    authors(
        &one(&[name(japanese, "佐藤", "明"), name(english, "Sato", "Aki")]),
        "Sato, Aki",
    );
    authors(
        &one(&[name("", "佐藤", "明"), name("", "Satō", "Aki")]),
        "Satō, Aki",
    );
    authors(
        &one(&[name("", "Müller", "Jörg"), name("", "Mueller", "Joerg")]),
        "Müller, Jörg",
    );
    authors(
        &one(&[name(english, "", ""), name(japanese, "佐藤", "明")]),
        "佐藤, 明",
    );
    authors(
        &one(&["<string-name>佐藤明</string-name><string-name>Aki Sato</string-name>".to_owned()]),
        "Sato, Aki",
    );
}

#[test]
fn a_translated_abstract_stands_in_for_one_that_is_missing() {
    let abstract_of = |parts: &str| {
        let found = read(format!(
            "<article article-type=\"a\"><front><article-meta><title-group><article-title>T\
             </article-title></title-group>{parts}</article-meta></front></article>"
        ));
        let mut lines = found.lines();
        lines.find_map(|line| line.strip_prefix("  abstract: ").map(str::to_owned))
    };
    let picture = "<abstract abstract-type=\"graphical\"><p>A picture.</p></abstract>";
    let own = "<abstract><p>Own.</p></abstract>";
    let empty = "<trans-abstract xml:lang=\"fr\"><p/></trans-abstract>";
    let german = "<trans-abstract xml:lang=\"de\"><p>Deutsch.</p></trans-abstract>";
    for (parts, expected) in [
        ([german, own, picture], Some("Own.")),
        ([picture, empty, german], Some("Deutsch.")),
        ([picture, empty, ""], Some("A picture.")),
        ([empty, "", ""], None),
    ] {
        assert_eq!(abstract_of(&parts.concat()).as_deref(), expected);
    }
}
