use expect_test::{Expect, expect};

use super::*;

/// What the reader yields, one line each.
#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&render(text.as_bytes()));
}

fn render(text: &[u8]) -> String {
    let mut out = String::new();
    for item in Seed.open(Box::new(text), Path::new("x.txt")) {
        let line = match item {
            Ok(Item::Draft(draft)) => {
                let line = draft.origin.place;
                let record = draft.finish().unwrap();
                let authors: Vec<_> = record.authors.iter().map(|a| a.display()).collect();
                let text = record.abstract_text.unwrap();
                format!("{line} {} | {} | {text}", record.title, authors.join("; "))
            }
            Ok(Item::Delete(id)) => format!("delete {id}"),
            Err(error) => format!("{error} «{}»", error.excerpt),
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

#[track_caller]
fn check_sniff(text: &str, expected: Confidence) {
    let head = Head {
        bytes: text.as_bytes(),
        name: "x.txt",
        whole: true,
    };
    assert_eq!(Seed.sniff(&head), expected, "{text:?}");
}

const SEEDS: &str = include_str!("../../../../../seeds/lu_lewei.txt");

#[test]
fn all_ten_works_of_the_seeds() {
    check_sniff(SEEDS, Confidence::Certain);
    let mut n_works = 0;
    for item in Seed.open(Box::new(SEEDS.as_bytes()), Path::new("seeds")) {
        let Ok(Item::Draft(draft)) = item else {
            panic!("{item:?}");
        };
        let record = draft.finish().unwrap();
        let has_owner = record.authors.iter().any(|a| a.display() == "Lu, Lewei");
        assert!(has_owner, "{}", record.title);
        assert!(record.abstract_text.is_some_and(|text| text.len() > 1000));
        n_works += 1;
    }
    assert_eq!(n_works, 10);
}

#[test]
fn ids_do_not_depend_on_blank_lines() {
    let ids = |text: &str| -> Vec<String> {
        Seed.open(Box::new(text.as_bytes()), Path::new("x"))
            .map(|item| match item {
                Ok(Item::Draft(draft)) => draft.finish().unwrap().id.to_string(),
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let plain = ids(SEEDS);
    assert_eq!(ids(&SEEDS.replace('\n', "\r\n\r\n")), plain);
    let distinct: std::collections::HashSet<_> = plain.iter().collect();
    assert_eq!(distinct.len(), 10);
}

#[test]
fn blank_lines_and_line_ends_mean_nothing() {
    check(
        "\r\nLu, Lewei\r\n\r\nScenes, Objects, and More\r\nLu, Lewei, Li, Hao\r\nWe see.\r\n\r\n\r\nOther\r\nLu, Lewei\r\nWe do.\r\n\r\n",
        expect![[r#"
            4 Scenes, Objects, and More | Lu, Lewei; Li, Hao | We see.
            9 Other | Lu, Lewei | We do.
        "#]],
    );
}

#[test]
fn unusual_authors_keep_their_place() {
    check(
        "Lu, Lewei\nOne\nLu, Lewei, GPT-4 Team\nText 1.\nTwo\nThe 2 of us\nText 2.\nThree\nLu, Lewei\nText 3.",
        expect![[r#"
            2 One | Lu, Lewei; GPT-4 Team | Text 1.
            5 Two | The 2 of us | Text 2.
            8 Three | Lu, Lewei | Text 3.
        "#]],
    );
}

#[test]
fn a_missing_line_costs_one_work() {
    for (missing, expected) in [
        (
            2,
            expect![[r#"
                x.txt:4: the work has no abstract «Two»
                6 Three | Lu, Lewei | Text 3.
            "#]],
        ),
        (
            1,
            expect![[r#"
                x.txt:4: the work has no authors line «Two»
                6 Three | Lu, Lewei | Text 3.
            "#]],
        ),
    ] {
        let mut works = vec!["Two", "Lu, Lewei", "Text 2."];
        works.remove(missing);
        check(
            &format!(
                "Lu, Lewei\n\n\n{}\nThree\nLu, Lewei\nText 3.\n",
                works.join("\n")
            ),
            expected,
        );
    }
}

#[test]
fn what_is_too_much_is_rejected() {
    check(
        "Lu, Lewei\nOne\nLu, Lewei\nText 1.\nMore of it.\nTwo\nLu, Lewei\nText 2.\n",
        expect![[r#"
            2 One | Lu, Lewei | Text 1.
            x.txt:5: the work has no authors and no abstract «More of it.»
            6 Two | Lu, Lewei | Text 2.
        "#]],
    );
}

#[test]
fn the_last_work_may_be_cut() {
    let one = "Lu, Lewei\nOne\nLu, Lewei\nText 1.";
    check(
        &format!("{one}\nTwo\nLu, Lewei\n"),
        expect![[r#"
            2 One | Lu, Lewei | Text 1.
            x.txt:5: the work has no abstract «Two»
        "#]],
    );
    check(
        &format!("{one}\nTwo"),
        expect![[r#"
            2 One | Lu, Lewei | Text 1.
            x.txt:5: the work has no authors and no abstract «Two»
        "#]],
    );
    check("Lu, Lewei\n", expect![[""]]);
}

#[test]
fn a_bad_line_costs_its_work() {
    expect![[r#"
        x.txt:3: not UTF-8 at byte 1 of the line «L�, Lewei»
        5 Two | Lu, Lewei | Text 2.
    "#]]
    .assert_eq(&render(
        b"Lu, Lewei\nOne\nL\xfc, Lewei\nText 1.\nTwo\nLu, Lewei\nText 2.\n",
    ));
}

#[test]
fn not_any_text_is_taken() {
    let prose = "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.";
    for text in [
        "",
        "Lu, Lewei",
        "Hello, World\n",
        "Lu, Lewei\nA title\n",
        "Hello, World\nSome text\nand more, of it\nand so on\n",
        "title,abstract\nOne,Text\nTwo,Text\nThree,Text\n",
        "First,Last\nJohn,Smith\nJane,Doe\nJim,Beam\n",
        "Dear, Reader\nfirst\nsecond\nthird",
        "{\"title\": \"a, b\"}\n",
        "@article{a,\n  title = {B},\n}\n",
        "TY  - JOUR\nAU  - Lu, Lewei\n",
        "<?xml version=\"1.0\"?>\n",
    ] {
        check_sniff(text, Confidence::No);
        check_sniff(
            &format!("{text}\n{prose}\n{prose}\n{prose}"),
            Confidence::No,
        );
    }
    check_sniff(
        &format!("van der Maaten, Laurens\nA title\nHinton, Geoffrey, Maaten, L. van der\n{prose}"),
        Confidence::Likely,
    );
    check_sniff(
        "O’Neil, Ann-Marie\nA title\nO’Neil, Ann-Marie\nText.",
        Confidence::Certain,
    );
}
